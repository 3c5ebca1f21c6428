"""List items that stand at another level."""

from __future__ import annotations

import pytest
from support.case_folder import between, without_texts

from diffinsight.detectors import analyse
from diffinsight.models import Finding

TOP = "# A\n\nText.\n\n- Fruit:\n  - Apples\n"
NESTED = "  - Trees:\n    - Oaks\n    - Limes\n"
LIFTED = "- Trees:\n  - Oaks\n  - Limes\n"


def told(before: str, after: str, *, patch_only: bool = False) -> tuple[Finding, ...]:
    change_set = between({"a.md": before}, {"a.md": after}, {})
    (file,) = analyse(without_texts(change_set) if patch_only else change_set).files
    return file.findings


@pytest.mark.parametrize("patch_only", [False, True])
@pytest.mark.parametrize("up", [False, True])
def test_items_that_went_up_or_down_are_told_once(*, up: bool, patch_only: bool) -> None:
    sides = (TOP + NESTED, TOP + LIFTED)
    (found,) = told(*(sides if up else sides[::-1]), patch_only=patch_only)
    assert (found.kind, found.subject, found.values["items"]) == ("list-level-changed", "Trees", 3)
    assert found.values.get("higher") is (True if up else None)
    assert (found.before_lines, found.after_lines) == ((7, 9), (7, 9))


def test_more_blanks_at_the_same_level_are_white_space() -> None:
    deeper = TOP.replace("  - Apples", "    - Apples")
    assert {finding.kind for finding in told(TOP, deeper)} == {"whitespace-changed"}


def test_items_are_told_with_the_one_that_they_were_or_are_nested_under() -> None:
    flat = "- Plants\n  - Fern\n- Trees\n  - Oak\n  - Elm\n"
    nested = "- Plants\n  - Fern\n  - Trees\n    - Oak\n    - Elm\n"
    for before, after, higher in ((nested, flat, True), (flat, nested, None)):
        (found,) = told(before, after)
        assert (found.subject, found.values["parent"]) == ("Trees", "Plants")
        assert found.values.get("higher") is higher


def test_numbered_items_that_became_bullets_are_seen() -> None:
    (*found,) = told("1. Plant it.\n2. Water it.\n", "- Plant it.\n- Water it.\n")
    assert {(f.kind, f.impact, f.values["thing"]) for f in found} == {
        ("formatting-changed", "minor", "to-bullets")
    }
