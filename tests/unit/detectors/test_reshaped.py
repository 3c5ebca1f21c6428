"""A list that became a table: what is gone, and what is only elsewhere."""

from __future__ import annotations

from collections import Counter

import pytest
from support.case_folder import between, without_texts

from diffinsight.detectors import analyse

HOSTS = ("`*.vscode.dev`", "`example.com`", "`code.example.com`", "Sweden Central")


@pytest.mark.parametrize("patch_only", [False, True])
def test_items_that_stand_in_the_new_table_were_not_removed(*, patch_only: bool) -> None:
    items = "\n".join(f"* {host}" for host in HOSTS)
    table = (
        "| Host | Purpose |\n| --- | --- |\n"
        "| `code.example.com`<br>`*.vscode.dev` | Needed for `https://example.com/a/b` |\n"
        "| Sweden Central | A region |"
    )
    before = f"# A\n\nAllow these:\n\n{items}\n\nThe end.\n"
    after = f"# A\n\nAllow these:\n\n{table}\n\nThe end.\n"
    change_set = between({"a.md": before}, {"a.md": after}, {})
    (file,) = analyse(without_texts(change_set) if patch_only else change_set).files
    counts = Counter(finding.kind for finding in file.findings)
    assert counts == {"table-added": 1, "list-item-removed": 1, "content-moved": 3}
    (gone,) = (f for f in file.findings if f.kind == "list-item-removed")
    assert gone.before == "`example.com`"
