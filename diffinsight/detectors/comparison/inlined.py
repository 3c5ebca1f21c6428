"""Includes that gave way to text of the page, and text that gave way to an include."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from diffinsight.detectors.comparison.kept import Kept
from diffinsight.detectors.comparison.model import Pair, SectionPair
from diffinsight.matching.words import count
from diffinsight.outline.model import PROSE, Block

LEAST = 12  # words in the place of an include; fewer may only stand beside it

Inlined = Mapping[tuple[bool, int], tuple[Block, ...]]  # whether it went, its line → the texts


def find_inlined(pairs: Sequence[Pair], sections: Sequence[SectionPair], kept: Kept) -> Inlined:
    """The includes that only one version has, with the texts that the other has in their place."""
    found = {}
    for pair in pairs:
        block, went = pair.block, pair.before is not None
        if block.name == "include" and block.included and not pair.both and not pair.inside:
            place = kept.place(block.first, old=went)
            here = _section(block, sections, went=went)
            texts = tuple(
                other.block
                for other in pairs
                if _is_lone(other, went=not went)
                and other.block.first in here
                and kept.place(other.block.first, old=not went) == place
            )
            if sum(count(text.text) for text in texts) >= LEAST:
                found[went, block.first] = texts
    return found


def _is_lone(pair: Pair, *, went: bool) -> bool:
    alone = not pair.both and (pair.before is not None) == went
    return alone and not pair.inside and pair.block.kind in PROSE


def _section(include: Block, sections: Sequence[SectionPair], *, went: bool) -> frozenset[int]:
    """The lines where blocks of the other version of an include's section begin."""
    for pair in sections:
        here, there = (pair.before, pair.after) if went else (pair.after, pair.before)
        if here and there and any(block is include for block in here.blocks):
            return frozenset(block.first for block in there.blocks)
    return frozenset()


def mark_inlined(pairs: Sequence[Pair], inlined: Inlined) -> tuple[Pair, ...]:
    """``pairs``, where those that are told with an include are marked."""
    told = {id(text) for texts in inlined.values() for text in texts}
    return tuple(
        replace(pair, inside=True) if not pair.both and id(pair.block) in told else pair
        for pair in pairs
    )
