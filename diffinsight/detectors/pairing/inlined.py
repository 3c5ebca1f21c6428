"""Includes that gave way to text of the page, and text that gave way to an include."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from diffinsight.detectors.pairing.kept import Kept
from diffinsight.detectors.reading.model import Pair, SectionPair
from diffinsight.matching.words import count
from diffinsight.outline.model import PROSE, Block

LEAST = 12  # words in the place of an include; fewer may only stand beside it

_Place = tuple[bool, int]  # whether the include went; how many lines that stayed are above
Inlined = Mapping[tuple[bool, int], tuple[Block, ...]]  # whether it went, its line → the texts


def find_inlined(pairs: Sequence[Pair], sections: Sequence[SectionPair], kept: Kept) -> Inlined:
    """The includes that only one version has, with the texts that the other has in their place.

    Of several includes in one place, nobody can tell which text stands for which.
    """
    lone = [pair for pair in pairs if not pair.both and not pair.inside]
    includes: dict[_Place, list[Block]] = defaultdict(list)
    texts: dict[_Place, list[Block]] = defaultdict(list)
    for pair in lone:
        block, went = pair.block, pair.before is not None
        place = kept.place(block.first, old=went)
        if block.name == "include" and block.included:
            includes[went, place].append(block)
        elif block.kind in PROSE:
            texts[not went, place].append(block)
    alone = {at: found[0] for at, found in includes.items() if len(found) == 1 and texts[at]}
    here = _sections(sections) if alone else {}
    found: dict[tuple[bool, int], tuple[Block, ...]] = {}
    for (went, place), block in alone.items():
        section = here.get(id(block))
        same = tuple(b for b in texts[went, place] if section and here.get(id(b)) == section)
        if sum(count(text.text) for text in same) >= LEAST:
            found[went, block.first] = same
    return found


def _sections(sections: Sequence[SectionPair]) -> dict[int, int]:
    """The number of the section that each block stands in, by its id, from 1."""
    return {
        id(block): number
        for number, pair in enumerate(sections, start=1)
        for side in (pair.before, pair.after)
        for block in (side.blocks if side else ())
    }


def mark_inlined(pairs: Sequence[Pair], inlined: Inlined) -> tuple[Pair, ...]:
    """``pairs``, where those that are told with an include are marked."""
    told = {id(text) for texts in inlined.values() for text in texts}
    return tuple(
        replace(pair, inside=True) if not pair.both and id(pair.block) in told else pair
        for pair in pairs
    )
