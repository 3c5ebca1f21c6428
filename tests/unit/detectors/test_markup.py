"""Raw HTML and what it does to the text around it."""

from __future__ import annotations

import pytest
from support.case_folder import between, without_texts

from diffinsight.detectors import analyse

LIST = (
    "- One of the roles\n\n    | Role | ID |\n    | --- | --- |\n    | Owner | 8 |\n\n- Another\n"
)


@pytest.mark.parametrize("patch_only", [False, True])
def test_text_that_a_comment_was_put_around_is_commented_out(*, patch_only: bool) -> None:
    before = f"# A\n\nAssign the roles.\n\n{LIST}\nThe end.\n"
    after = f"# A\n\nAssign the roles.\n\n<!--\n{LIST}-->\n\nThe end.\n"
    change_set = between({"a.md": before}, {"a.md": after}, {})
    (file,) = analyse(without_texts(change_set) if patch_only else change_set).files
    hidden = [f for f in file.findings if f.impact != "noise"]
    assert {(f.kind, f.impact) for f in hidden} == {("html-changed", "notable")}
    # A patch does not show all that stands between the marks.
    assert sum(int(str(f.values["commented"])) for f in hidden) == (7 if patch_only else 9)
