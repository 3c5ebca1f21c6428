"""Footnotes that say the same under another mark."""

from __future__ import annotations

from collections.abc import Iterator

from diffinsight.detectors.comparison import Comparison
from diffinsight.detectors.comparison.rows import other_mark
from diffinsight.detectors.comparison.telling import tell
from diffinsight.detectors.comparison.whole import Whole
from diffinsight.models import Finding


def find(file: Comparison, _: Whole) -> Iterator[Finding]:
    for pair in file.pairs:
        marks = other_mark(pair.before, pair.after)
        if marks:
            yield tell(
                "footnote-renumbered",
                pair,
                "noise",
                subject=f"{marks[0]} → {marks[1]}",
                before=marks[0],
                after=marks[1],
            )
