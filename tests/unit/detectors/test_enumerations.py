from __future__ import annotations

import pytest
from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.models import Finding

FEW = "`en`, `es`"
MANY = "`en`, `es`, `fr`, `de`, `it`, `ja`"


def compare(before: str, after: str) -> tuple[Finding, ...]:
    pages = (f"# Names\n\nLanguages\n\n{text}\n" for text in (before, after))
    old, new = pages
    (file,) = analyse(between({"a.md": old}, {"a.md": new}, {})).files
    return file.findings


def test_a_list_that_grew_is_told_by_its_size_under_its_label() -> None:
    (grown,) = compare(FEW, MANY)
    assert (grown.kind, grown.subject) == ("listing-extended", "Languages")
    assert (grown.values["members_before"], grown.values["members_after"]) == (2, 6)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (FEW, FEW + ", `fr`"),
        (MANY, FEW),
        (FEW, f"Use {MANY}."),
        ("`en`, `zh-hans`", MANY.replace("`en`, ", "")),
    ],
)
def test_a_list_that_lost_names_or_got_few_is_quoted(before: str, after: str) -> None:
    assert "listing-extended" not in {finding.kind for finding in compare(before, after)}
