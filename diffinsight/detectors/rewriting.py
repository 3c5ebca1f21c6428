"""Sections of which most words changed: told as one, not paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.comparison import Comparison
from diffinsight.matching.words import count
from diffinsight.models import Finding
from diffinsight.outline.model import Section


def find(file: Comparison, _: Whole) -> Iterator[Finding]:
    for pair in file.sections:
        before, after = pair.before, pair.after
        if before and after and after.heading and after.heading.first in file.rewritten:
            yield Finding(
                kind="section-rewritten",
                subject=after.heading.text,
                impact="notable",
                before_lines=_lines(before),
                after_lines=_lines(after),
                values={
                    "words_before": _words(before),
                    "words_after": _words(after),
                    "kept": file.rewritten[after.heading.first],
                },
            )


def _lines(section: Section) -> tuple[int, int] | None:
    """From below the heading to the section's end."""
    if not section.blocks:
        return None
    return (section.blocks[0].first, max(block.last for block in section.blocks))


def _words(section: Section) -> int:
    return sum(count(block.text) for block in section.blocks if block.kind != "code")
