"""Blocks that both versions have, at places that are not the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from diffinsight.detectors.pairing.reshaped import CELL
from diffinsight.detectors.pairing.reunited import is_choice
from diffinsight.detectors.reading.model import BlockPair, BothVersions, SectionPair
from diffinsight.detectors.reading.rows import in_another_table
from diffinsight.detectors.reading.sides import Lines
from diffinsight.outline.model import Block


def find_moved(
    pairs: Iterable[BlockPair], sections: Sequence[SectionPair], changed: tuple[Lines, Lines]
) -> set[BothVersions]:
    """Pairs that git shows as taken out and put in, at places that are not the same.

    ``changed``: the lines that went, and those that came.
    """
    removed, added = changed
    listed = list(pairs)
    both = sorted(
        ((b, a) for b, a in listed if b and a and a.name != CELL),
        key=lambda pair: (pair[0].first, pair[1].first),  # of two parts of a text, as they stand
    )
    exchanged = [b.kind != "meta" and b.first in removed and a.first in added for b, a in both]
    found = _past_others(both, exchanged)
    found |= _crossing(both, exchanged, found)
    found |= in_another_table(listed)
    found |= {(b, a) for b, a in listed if b and a and a.name == CELL}
    return found | _left_their_section(both, exchanged, sections)


def passed_by_heading(
    pairs: Iterable[BlockPair], sections: Sequence[SectionPair], changed: tuple[Lines, Lines]
) -> set[BothVersions]:
    """Pairs that stand below another heading now, though both versions have the headings.

    Git shows the shorter one of a heading and the text that it passed as the one that moved.
    """
    old = {id(b): pair for pair in sections if pair.before for b in pair.before.blocks}
    new = {id(b): pair for pair in sections if pair.after for b in pair.after.blocks}
    return {
        (b, a)
        for b, a in pairs
        if b
        and a
        and b.kind != "meta"
        and _passed((b, a), (old.get(id(b)), new.get(id(a))), changed)
    }


def _passed(
    block: BothVersions,
    sections: tuple[SectionPair | None, SectionPair | None],
    changed: tuple[Lines, Lines],
) -> bool:
    """Whether a heading stands on new lines where the block did not change, or the reverse."""
    was, now = sections
    if not (was and now) or was is now or was.moved or now.moved:
        return False
    headings = [
        (pair.before.heading, pair.after.heading)
        for pair in (was, now)
        if pair.before and pair.after
    ]
    stands_new = _stands_new(*block, changed)
    return len(headings) == len(sections) and any(
        old and new and stands_new != _stands_new(old, new, changed) for old, new in headings
    )


def _stands_new(old: Block, new: Block, changed: tuple[Lines, Lines]) -> bool:
    return old.first in changed[0] and new.first in changed[1]


def _past_others(both: Sequence[BothVersions], exchanged: Sequence[bool]) -> set[BothVersions]:
    """Exchanged pairs that do not stand between the same two that stayed any more."""
    ahead = _next_kept(both, exchanged)
    found = set()
    last = 0
    for index, (b, a) in enumerate(both):
        if not exchanged[index]:
            last = max(last, a.first)
        elif not last < a.first < ahead[index]:
            found.add((b, a))
    return found


def _next_kept(both: Sequence[BothVersions], exchanged: Sequence[bool]) -> list[int]:
    """For each pair, the new line of the nearest pair after it that stayed in its place."""
    ahead = [0] * len(both)
    following = 1 << 60
    for index in range(len(both) - 1, -1, -1):
        ahead[index] = following
        if not exchanged[index]:
            following = min(following, both[index][1].first)
    return ahead


def _crossing(
    both: Sequence[BothVersions], exchanged: Sequence[bool], found: set[BothVersions]
) -> set[BothVersions]:
    """Exchanged pairs that change their order among themselves between the same neighbours."""
    crossing = set()
    highest = 0
    for index, pair in enumerate(both):
        if not exchanged[index] or pair in found:
            continue
        if pair[1].first < highest:
            crossing.add(pair)
        highest = max(highest, pair[1].first)
    return crossing


def _left_their_section(
    both: Sequence[BothVersions], exchanged: Sequence[bool], sections: Sequence[SectionPair]
) -> set[BothVersions]:
    """What holds more and is in another section now, even if nothing it passed is left."""
    old = {b.first: i for i, p in enumerate(sections) if p.before for b in p.before.blocks}
    new = {b.first: i for i, p in enumerate(sections) if p.after for b in p.after.blocks}
    return {
        (b, a)
        for (b, a), taken in zip(both, exchanged, strict=True)
        if taken and _holds_more(b) and old.get(b.first) != new.get(a.first)
    }


def _holds_more(block: Block) -> bool:
    """Whether it stands for text that is not its own."""
    return bool(block.kind == "note" or block.included or is_choice(block))
