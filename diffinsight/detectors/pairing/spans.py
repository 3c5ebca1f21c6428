"""The sections, notes and tables that came or went as a whole: from which line to which."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from diffinsight.detectors.pairing.reshaped import CELL
from diffinsight.detectors.reading.model import BlockPair, BothVersions, SectionPair
from diffinsight.detectors.reading.sides import Lines
from diffinsight.outline.model import Block, Section

Spans = Mapping[int, int]  # from the line that opens something to the last line it takes along


def swallowed(
    pairs: Iterable[BlockPair],
    sections: Iterable[SectionPair],
    changed: tuple[Lines, Lines],
    moved: AbstractSet[BothVersions],
) -> tuple[Spans, Spans]:
    """The sections, notes and tables that came or went as a whole, on both sides.

    Each ends before the first block in it that the other version has, too; what came from
    elsewhere, or went there, did so with it. ``changed``: the lines that went, and those that came.
    """
    listed = list(pairs)
    openers: tuple[list[Block], list[Block]] = ([], [])
    for before, after in listed:
        block = before or after
        if block and not (before and after) and block.kind in {"note", "table"}:
            openers[0 if before else 1].append(block)
    for section in sections:
        heading = (section.before or section.after or Section(heading=None, blocks=())).heading
        if heading and not (section.before and section.after):
            openers[0 if section.before else 1].append(heading)
    # A mark that ends a part says nothing: it is no text that stayed, nor is an item in a row.
    both = [(b, a) for b, a in listed if b and a and not _says_nothing(b, a)]
    kept = [pair for pair in both if pair not in moved]
    kept_old = sorted(b.first for b, _ in kept)
    kept_new = sorted(a.first for _, a in kept)
    return (
        _spans(openers[0], kept_old, sorted(changed[0])),
        _spans(openers[1], kept_new, sorted(changed[1])),
    )


def _says_nothing(before: Block, after: Block) -> bool:
    return after.name == CELL or (before.kind == "directive" and not before.included)


def _spans(openers: Iterable[Block], kept: list[int], changed: list[int]) -> Spans:
    spans = {}
    for block in openers:
        end = max(block.end, block.last)
        place = bisect_right(kept, block.last)
        if place < len(kept) and kept[place] <= end:
            end = kept[place] - 1
        latest = bisect_right(changed, end) - 1
        spans[block.first] = max(block.last, changed[latest] if latest >= 0 else 0)
    return spans


def merged(spans: Spans) -> list[tuple[int, int]]:
    """The lines below the openers, as runs that do not overlap."""
    runs: list[tuple[int, int]] = []
    for first, last in sorted(spans.items()):
        if runs and first < runs[-1][1]:
            runs[-1] = (runs[-1][0], max(runs[-1][1], last))
        else:
            runs.append((first + 1, last))
    return runs


def within(line: int, runs: Sequence[tuple[int, int]]) -> bool:
    place = bisect_right(runs, (line, 1 << 60)) - 1
    return place >= 0 and runs[place][0] <= line <= runs[place][1]
