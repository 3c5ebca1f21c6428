"""Texts that lead into the same code: one is the other version of the other, in whatever words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from diffinsight.detectors.reading.model import BlockPairs, BothVersions
from diffinsight.matching.sentences import Words
from diffinsight.outline.model import Block

LEADING = frozenset({"paragraph", "step"})
ALIKE = 1.0  # weight of the words of both: one that not every text has, for the code says the rest


def pair_leads(pairs: BlockPairs, before: Sequence[Block], after: Sequence[Block]) -> BlockPairs:
    """``pairs``, where lone texts right above two versions of one piece of code are one."""
    found = list(_led(pairs, _above(before), _above(after)))
    taken = {id(block) for pair in found for block in pair}
    return [*(pair for pair in pairs if taken.isdisjoint(map(id, pair))), *found]


def _above(blocks: Sequence[Block]) -> dict[int, Block]:
    """What stands right above each piece of code."""
    return {id(code): text for text, code in pairwise(blocks) if code.kind == "code"}


def _led(
    pairs: BlockPairs, above_old: dict[int, Block], above_new: dict[int, Block]
) -> Iterator[BothVersions]:
    lone = {id(block) for pair in pairs if None in pair for block in pair}
    for old, new in pairs:
        if old and new and old.kind == new.kind == "code" and old.text == new.text:
            text, now = above_old.get(id(old)), above_new.get(id(new))
            if text and now and lone.issuperset((id(text), id(now))) and _alike(text, now):
                lone -= {id(text), id(now)}
                yield text, now


def _alike(old: Block, new: Block) -> bool:
    words = Words.of(old.text).shared(Words.of(new.text))
    return old.kind == new.kind and old.kind in LEADING and words >= ALIKE
