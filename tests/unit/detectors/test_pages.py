"""Pages that came, went or gave way to others."""

from __future__ import annotations

import pytest
from support.case_folder import between

from diffinsight.detectors import analyse

OLD = "Guide\n=====\n\nWords that were there.\n"
NEW = "# Guide\n\nEverything was written anew.\n"


@pytest.mark.parametrize(
    ("new", "link", "impact", "successor"),
    [
        ("docs/a.md", "a.md", "minor", "a.md"),
        ("docs/a.md", "a.rst", "breaking", "a.md"),
        ("docs/b.md", "b.md", "breaking", None),
    ],
)
def test_a_page_in_another_markup_language_takes_the_place_of_the_old_one(
    new: str, link: str, impact: str, successor: str | None
) -> None:
    other = {"docs/c.md": f"# C\n\nSee [it]({link}).\n"}
    files = analyse(between({"docs/a.rst": OLD, **other}, {new: NEW, **other}, other)).files
    (gone,) = [f for file in files for f in file.findings if f.kind == "page-removed"]
    assert (gone.impact, gone.values.get("successor")) == (impact, successor)
