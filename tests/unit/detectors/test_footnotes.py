"""Footnotes of tables."""

from __future__ import annotations

from support.case_folder import between

from diffinsight.detectors import analyse

TABLE = (
    "| Region | Tiers |\n|--|--|\n| East | all |\n| West <sup>%s</sup> | all |\n"
    "| South <sup>2</sup> | all |\n"
)
FULL, SOME = "This region takes no new services.", "Some tiers are not available here."


def test_a_row_that_kept_the_mark_of_another_footnote_says_something_else() -> None:
    before = f"{TABLE % 1}\n<sup>1</sup> {SOME}\n\n<sup>2</sup> {FULL}\n"
    after = f"{TABLE % 2}\n<sup>1</sup> {FULL}\n\n<sup>2</sup> {SOME}\n"
    (file,) = analyse(between({"a.md": before}, {"a.md": after}, {})).files
    (row,) = [f for f in file.findings if f.kind == "table-row-changed"]
    assert row.subject == "South"
    assert row.values["cells"] == ({"column": "", "before": FULL, "after": SOME},)


def test_a_footnote_that_says_something_else_repoints_no_row() -> None:
    before = f"{TABLE % 1}\n<sup>1</sup> {SOME}\n\n<sup>2</sup> {FULL}\n"
    after = before.replace(FULL, "This region is full.")
    (file,) = analyse(between({"a.md": before}, {"a.md": after}, {})).files
    assert "table-row-changed" not in {finding.kind for finding in file.findings}


def test_a_changed_row_that_kept_the_mark_tells_both() -> None:
    before = f"{TABLE % 1}\n<sup>1</sup> {SOME}\n\n<sup>2</sup> {FULL}\n"
    after = f"{TABLE % 2}\n<sup>1</sup> {FULL}\n\n<sup>2</sup> {SOME}\n"
    changed = after.replace("| South <sup>2</sup> | all |", "| South <sup>2</sup> | some |")
    (file,) = analyse(between({"a.md": before}, {"a.md": changed}, {})).files
    (row,) = [f for f in file.findings if f.kind == "table-row-changed"]
    assert row.values["cells"] == (
        {"column": "Tiers", "before": "all", "after": "some"},
        {"column": "", "before": FULL, "after": SOME},
    )
