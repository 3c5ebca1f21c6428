"""A text that was taken apart, such as into a list, and one that was put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import reduce

from diffinsight.detectors.pairing.joined import one
from diffinsight.detectors.pairing.kept import Kept
from diffinsight.detectors.reading.model import BlockPairs
from diffinsight.matching.words import bag
from diffinsight.outline.model import PROSE, Block

MOST_PARTS = 6
LEAST_WORDS = 8  # different ones of the whole; of a shorter text the same words say little
SAME = 0.7  # of the words of either side that the other has, too
LEAST_OWN = 0.4  # of the words of each part: one with others is new


def split(pairs: BlockPairs, kept: Kept) -> BlockPairs:
    """``pairs``, where texts that stand alone in the place of one are its other version."""
    turned: BlockPairs = [(new, old) for old, new in _split(pairs, kept, old=True)]
    return [(old, new) for new, old in _split(turned, kept, old=False)]


def _split(pairs: BlockPairs, kept: Kept, *, old: bool) -> BlockPairs:
    """The same for wholes on one side, the first of each pair; ``old``: it is the old one."""
    wholes = _by_place((b for b, _ in pairs if b), kept, old=old)
    parts = _by_place((b for _, b in pairs if b), kept, old=not old)
    partner = {id(b): other for pair in pairs for b, other in (pair, pair[::-1]) if b}
    found: BlockPairs = []
    taken: set[int] = set()
    for place, blocks in wholes.items():
        run = parts.get(place, [])
        own = {id(block) for block in (*blocks, *run)}
        others = [partner[key] for key in own]
        if all(other is None or id(other) in own for other in others) and _same(blocks, run):
            found.append((blocks[0], reduce(one, run)))
            taken |= own
    return [*(pair for pair in pairs if taken.isdisjoint(map(id, pair))), *found]


def _by_place(blocks: Iterable[Block], kept: Kept, *, old: bool) -> dict[int, list[Block]]:
    """Blocks on changed lines, by what stays above them."""
    changed = kept.removed if old else kept.added
    found: dict[int, list[Block]] = defaultdict(list)
    for block in sorted(blocks, key=lambda block: block.first):
        if block.first in changed and block.last in changed:
            found[kept.place(block.first, old=old)].append(block)
    return found


def _same(wholes: Sequence[Block], parts: Sequence[Block]) -> bool:
    """Whether one text has most of the words of several others, and no more."""
    if len(wholes) != 1 or not 1 < len(parts) <= MOST_PARTS:
        return False
    if not all(block.kind in PROSE and not block.note for block in (*wholes, *parts)):
        return False
    whole = bag(wholes[0].text)
    each = [bag(part.text) for part in parts]
    if any(len(whole & own) < LEAST_OWN * len(own) for own in each):
        return False
    told = frozenset[str]().union(*each)
    both = len(whole & told)
    return len(whole) >= LEAST_WORDS and both >= SAME * max(len(whole), len(told))
