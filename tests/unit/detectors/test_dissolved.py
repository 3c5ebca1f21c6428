"""Sections whose heading went, while their text, or a part of it, stands elsewhere."""

from __future__ import annotations

import pytest
from support.case_folder import between, without_texts

from diffinsight.detectors import analyse
from diffinsight.models import Finding

KEPT = "Failures of the base model help you to find the data that you need to collect."
GONE = "A garden has more flowers in spring than anybody could count in winter."


def told(before: str, after: str, *, patch_only: bool) -> list[Finding]:
    change_set = between({"a.md": before}, {"a.md": after}, {})
    (file,) = analyse(without_texts(change_set) if patch_only else change_set).files
    return [finding for finding in file.findings if finding.kind == "heading-removed"]


@pytest.mark.parametrize("patch_only", [False, True])
@pytest.mark.parametrize(("kept", "partly_in"), [(True, "Start"), (False, None)])
def test_a_section_of_which_a_sentence_stands_in_another_is_not_all_gone(
    partly_in: str | None, *, kept: bool, patch_only: bool
) -> None:
    start, end = "# A\n\n## Start\n\n", "## End\n\nBye.\n"
    before = f"{start}## Why\n\n{GONE} {KEPT}\n\nA valley has more water than a hill.\n\n{end}"
    new = f"{KEPT} It is also a baseline that others are measured against later on."
    after = f"{start}{new if kept else 'Rockets burn fuel.'}\n\n{end}"
    (removed,) = told(before, after, patch_only=patch_only)
    assert removed.values.get("partly_in") == partly_in


def test_a_section_whose_name_another_one_has_is_told_as_one_of_them() -> None:
    before = f"# A\n\n## One\n\n### Options\n\n{GONE}\n\n## Two\n\n### Options\n\n{KEPT}\n"
    after = f"# A\n\n## One\n\n### Options\n\n{GONE}\n\n## Two\n"
    (removed,) = told(before, after, patch_only=False)
    assert removed.values["namesake"] is True
