"""The pairs that a reader may have to be told of: where each stands, and how it changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from diffinsight.detectors.pairing.spans import merged, within
from diffinsight.detectors.reading.model import (
    BlockPair,
    BlockPairs,
    BothVersions,
    Comparison,
    Pair,
    SectionPair,
)
from diffinsight.matching.code_edits import code_edits
from diffinsight.matching.edits import Edit, edits, prose_edits
from diffinsight.outline.model import PROSE, Block, Outline

# Changed blocks of one page that are looked into; nobody reads more, and the rest is told as text.
MOST_PAIRS = 3_000


def changed_pairs(
    comparison: Comparison, blocks: BlockPairs, moved: AbstractSet[BothVersions]
) -> Iterator[Pair]:
    """Of ``blocks`` what changed or moved, in the order of the new version."""
    sections = comparison.sections
    old_names = _section_names(comparison.before)
    new_names = _section_names(comparison.after)
    runs = [merged(spans) for spans in (comparison.gone, comparison.came)]
    elsewhere = _in_moved_sections(sections) | _in_moved_notes(comparison.after, moved)
    anew = _rewritten_blocks(sections, comparison.rewritten)
    changed = [
        (b, a) for b, a in blocks if not b or not a or b.source != a.source or (b, a) in moved
    ]
    changed.sort(key=_order)
    for place, (before, after) in enumerate(changed):
        old_section = old_names.get(before.first, "") if before else ""
        yield Pair(
            before=before,
            after=after,
            section_before=old_section,
            section=new_names.get(after.first, "") if after else old_section,
            moved=bool(before and after and (before, after) in moved),
            edits=_edits(before, after) if place < MOST_PAIRS else (),
            inside=_is_told(before, after, runs, elsewhere),
            rewritten=_is_in(before, anew[0]) and _is_in(after, anew[1]),
        )


def _order(pair: BlockPair) -> tuple[int, bool, int]:
    before, after = pair
    old = before.first if before else 0
    return (after.first if after else old, after is not None, old)


def _section_names(outline: Outline) -> dict[int, str]:
    return {
        block.first: section.heading.text if section.heading else ""
        for section in outline.sections
        for block in section.blocks
    }


def _edits(before: Block | None, after: Block | None) -> tuple[Edit, ...]:
    if not (before and after) or before.kind == "meta":
        return ()
    if before.kind == after.kind == "code":
        return code_edits(before.text, after.text)
    tell = prose_edits if after.kind in PROSE else edits
    return tell(before.text, after.text)


def _in_moved_sections(sections: Iterable[SectionPair]) -> frozenset[int]:
    """Lines of the blocks that moved with their whole section, in the new version."""
    return frozenset(
        block.first for pair in sections if pair.moved and pair.after for block in pair.after.blocks
    )


def _in_moved_notes(after: Outline, moved: AbstractSet[BothVersions]) -> frozenset[int]:
    """Lines of the blocks that moved with the note they stand in, in the new version."""
    notes = [new for _, new in moved if new.kind == "note"]
    return frozenset(
        block.first
        for block in (after.blocks if notes else ())
        if any(note.first < block.first <= note.end for note in notes)
    )


def _rewritten_blocks(
    sections: Iterable[SectionPair], rewritten: Mapping[int, int]
) -> tuple[frozenset[int], frozenset[int]]:
    """First lines of the blocks of sections that were written anew, on both sides."""
    old: set[int] = set()
    new: set[int] = set()
    for pair in sections:
        heading = pair.after.heading if pair.after else None
        if pair.before and pair.after and heading and heading.first in rewritten:
            old |= {block.first for block in pair.before.blocks}
            new |= {block.first for block in pair.after.blocks}
    return frozenset(old), frozenset(new)


def _is_in(block: Block | None, lines: frozenset[int]) -> bool:
    return block is None or block.first in lines


def _is_told(
    before: Block | None,
    after: Block | None,
    runs: Sequence[Sequence[tuple[int, int]]],
    elsewhere: frozenset[int],
) -> bool:
    """Whether the section, note or table it came, went or moved with is told."""
    if before and after:
        return after.first in elsewhere
    if before:
        return within(before.first, runs[0])
    return after is not None and within(after.first, runs[1])
