"""Blocks of two versions of one section: equal ones, then those that begin or are alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from diffinsight.detectors.pairing.block_keys import (
    ENTRIES,
    keys,
    rough_key,
    standing,
    unmarked_key,
    unspaced_key,
    whole_key,
)
from diffinsight.detectors.pairing.block_likeness import Candidates, pair_alike
from diffinsight.detectors.pairing.kept import Stayed
from diffinsight.detectors.pairing.sections import gaps
from diffinsight.detectors.reading.model import BothVersions, SectionPair
from diffinsight.detectors.reading.rows import called
from diffinsight.matching.sequences import matches
from diffinsight.outline.model import Block


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionBlocks:
    """The blocks of a section that are in both versions of it, and those left over."""

    pairs: list[BothVersions]
    gone: list[Block]
    new: list[Block]


def pair_section(section: SectionPair, stayed: Stayed) -> SectionBlocks:
    """Match the blocks of a section, but those that ``stayed`` with one of another section."""
    before, after, anchors = _standing_here(section, stayed)
    found = _pair(before, after, anchors)
    taken = set(found.values())
    return SectionBlocks(
        pairs=[(before[a], after[b]) for a, b in found.items()],
        gone=[block for a, block in enumerate(before) if a not in found],
        new=[block for b, block in enumerate(after) if b not in taken],
    )


def pair_run(before: Sequence[Block], after: Sequence[Block]) -> Iterator[BothVersions]:
    """The blocks of two versions of one section that belong together, in their order.

    Between blocks that do, a lone one of the same kind stands in the place of the other.
    """
    pairs = _pair(before, after, {})
    for old, new in list(gaps(pairs, len(before), len(after))):
        if len(old) == len(new) == 1 and before[old[0]].kind == after[new[0]].kind:
            pairs[old[0]] = new[0]
    for a, b in sorted(pairs.items()):
        yield before[a], after[b]


def _standing_here(
    section: SectionPair, stayed: Stayed
) -> tuple[list[Block], list[Block], dict[int, int]]:
    """The blocks of both sides without those that stayed with a block of another section.

    And the places of those that stayed with one of this section.
    """
    before, after = (side.blocks if side else () for side in (section.before, section.after))
    old = _here(before, stayed.now, {id(block) for block in after}, stayed.loose)
    new = _here(after, stayed.was, {id(block) for block in before}, stayed.loose)
    places = {id(block): place for place, block in enumerate(new)}
    anchors = {
        a: places[id(stayed.now[id(block)])]
        for a, block in enumerate(old)
        if id(stayed.now.get(id(block))) in places
    }
    return old, new, anchors


def _here(
    blocks: Sequence[Block], other: Mapping[int, Block], section: set[int], loose: frozenset[int]
) -> list[Block]:
    """``blocks`` but those of which the other version is in another section for sure.

    A diff may take the head of one table, or the end of one part, for that of the next.
    """
    return [
        block
        for block in blocks
        if id(block) in loose or id(block) not in other or id(other[id(block)]) in section
    ]


def _pair(
    before: Sequence[Block], after: Sequence[Block], anchors: Mapping[int, int]
) -> dict[int, int]:
    """Equal blocks, then those that begin alike, then those that are alike; in order."""
    pairs = dict(anchors)
    for key in (whole_key, unspaced_key, unmarked_key, rough_key):
        for old, new in list(gaps(pairs, len(before), len(after))):
            if old and new:
                old_keys = keys([before[a] for a in old], key, "old")
                new_keys = keys([after[b] for b in new], key, "new")
                pairs |= {old[a]: new[b] for a, b in matches(old_keys, new_keys)}
    taken = set(pairs.values())
    left = (
        frozenset(standing(block) for a, block in enumerate(before) if a not in pairs),
        frozenset(standing(block) for b, block in enumerate(after) if b not in taken),
    )
    for old, new in list(gaps(pairs, len(before), len(after))):
        pairs |= pair_alike(Candidates(before, after, left), old, new)
    return pairs | dict(_called_alike(before, after, pairs))


def _called_alike(
    before: Sequence[Block], after: Sequence[Block], pairs: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """Entries that stand elsewhere in their section now, by a name no other has."""
    old = _by_name(before, pairs)
    new = _by_name(after, set(pairs.values()))
    for key, places in old.items():
        others = new.get(key, [])
        if len(places) == len(others) == 1:
            yield places[0], others[0]


def _by_name(
    blocks: Sequence[Block], taken: Mapping[int, int] | set[int]
) -> dict[tuple[str, str], list[int]]:
    """The places of the entries that have a name and are not matched yet."""
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, block in enumerate(blocks):
        if place not in taken and block.kind in ENTRIES and (name := called(block)):
            found[block.kind, name].append(place)
    return found
