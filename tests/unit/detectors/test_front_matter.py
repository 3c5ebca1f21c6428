"""Dates in the front matter that went back."""

from __future__ import annotations

import pytest
from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.models import Finding


def change(key: str, before: str, after: str) -> Finding:
    old, new = ({"a.md": f"---\n{key}: {value}\n---\n\n# Page\n"} for value in (before, after))
    (file,) = analyse(between(old, new, {})).files
    (finding,) = file.findings
    return finding


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        ("ms.date", "09/12/2024", "08/19/2024"),
        ("ms.date", "1/2/2025", "12/30/2024"),
        ("date", "2025-01-02", "2024-12-30T10:00:00"),
    ],
)
def test_a_date_that_was_set_back(key: str, before: str, after: str) -> None:
    found = change(key, before, after)
    assert (found.impact, found.values["reason"]) == ("minor", "set-back")


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        ("ms.date", "08/19/2024", "09/12/2024"),
        ("ms.date", "12/30/2024", "1/2/2025"),
        ("ms.date", "09/12/2024", "2024-01-01"),
        ("ms.author", "2025-01-02", "2024-12-30"),
    ],
)
def test_what_is_no_date_that_was_set_back(key: str, before: str, after: str) -> None:
    found = change(key, before, after)
    assert found.impact == "noise"
    assert "reason" not in found.values
