"""Footnotes that say the same under another mark, and rows that kept the old one."""

from __future__ import annotations

from collections.abc import Iterator

from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.comparison import Comparison
from diffinsight.detectors.comparison.telling import tell
from diffinsight.detectors.reading.rows import other_mark, repointed, without_marks
from diffinsight.matching.words import first_words
from diffinsight.models import Finding, Json


def find(file: Comparison, _: Whole) -> Iterator[Finding]:
    found = False
    for pair in file.pairs:
        marks = other_mark(pair.before, pair.after)
        if marks:
            found = True
            yield tell(
                "footnote-renumbered",
                pair,
                "noise",
                subject=f"{marks[0]} → {marks[1]}",
                before=marks[0],
                after=marks[1],
            )
    if found:
        yield from _left_behind(file)


def _left_behind(file: Comparison) -> Iterator[Finding]:
    """Rows that read as before, and point at another footnote now."""
    rows = {b.cells: b for b in file.before.blocks if b.kind == "row"}
    for row in file.after.blocks:
        was = rows.get(row.cells) if row.kind == "row" else None
        told = repointed(file, was, row) if was else ()
        cells: tuple[Json, ...] = tuple(
            {"column": "", "before": gone, "after": came} for gone, came in told
        )
        if was and cells:
            yield Finding(
                kind="table-row-changed",
                subject=first_words(without_marks(row.cells[0])),
                impact="notable",
                before_lines=was.lines,
                after_lines=row.lines,
                values={"cells": cells},
            )
