"""Texts and tables that were matched by their place alone, though neither is the other anew."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from diffinsight.detectors.pairing.block_keys import unmarked_key
from diffinsight.detectors.pairing.kept import Kept
from diffinsight.detectors.pairing.reshaped import CELL
from diffinsight.detectors.reading.model import BlockPair, BlockPairs
from diffinsight.detectors.reading.rows import name_of
from diffinsight.matching.sentences import Words, alike
from diffinsight.outline.model import PROSE, Block

HELD = 0.6  # of the weight of the shorter text that the other one has: less says nothing
ALIKE = 0.4
TELLING = 6.0  # weight of a text; shorter ones are alike by chance
BEGINNING = 4  # words: texts that begin with the same ones are of one thing
TABLE = frozenset({"table", "row"})


def part(pairs: BlockPairs, kept: Kept) -> BlockPairs:
    """``pairs``, where two texts that share little are one each, if others stand in their place.

    Of the only ones between lines that stayed, one took the place of the other.
    """
    pairs = _from_cells(pairs)
    others = _other_tables(pairs, kept)
    crowd = [_crowd((pair[side] for pair in pairs), kept, old=not side) for side in (0, 1)]
    return [
        single
        for pair in pairs
        for single in (_alone(pair) if _is_of(pair, others) else _parted(pair, kept, crowd))
    ]


def _from_cells(pairs: BlockPairs) -> BlockPairs:
    """``pairs``, where a text that a row had word for word is not another one in other words."""
    rows = [old for old, new in pairs if old and new is None and old.kind == "row"]
    found: BlockPairs = []
    for old, new in pairs:
        both = old and new and old.kind in PROSE and new.kind in PROSE and old.text != new.text
        stood = both and new and any(new.text in row.text for row in rows)
        if old and new and stood and Words.of(new.text).weight >= TELLING:
            # Its row is told with the table that went.
            found += [(old, None), (replace(old, text=new.text, links=new.links), new)]
        else:
            found.append((old, new))
    return found


def _alone(pair: BlockPair) -> Iterator[BlockPair]:
    yield pair[0], None
    yield None, pair[1]


def _is_of(pair: BlockPair, tables: frozenset[tuple[int, int]]) -> bool:
    old, new = pair
    both = old and new and old.kind == new.kind and old.kind in TABLE
    return bool(old and new and both and (old.group, new.group) in tables)


def _other_tables(pairs: BlockPairs, kept: Kept) -> frozenset[tuple[int, int]]:
    """The groups of tables that took the place of one with other columns and other rows."""
    rows: tuple[defaultdict[int, list[Block]], ...] = (defaultdict(list), defaultdict(list))
    for pair in pairs:
        for block, found in zip(pair, rows, strict=True):
            if block and block.kind == "row":
                found[block.group].append(block)
    return frozenset(
        (old.group, new.group)
        for old, new in pairs
        if old and new and old.kind == new.kind == "table"
        if {c.casefold() for c in old.cells}.isdisjoint(c.casefold() for c in new.cells)
        if _are_others(rows[0][old.group], rows[1][new.group], kept)
    )


def _are_others(old: list[Block], new: list[Block], kept: Kept) -> bool:
    """Whether all rows of a table went, and those of another name came."""
    gone = all(row.first in kept.removed for row in old)
    came = all(row.first in kept.added for row in new)
    names = {name_of(row) for row in old}
    return bool(old and new) and gone and came and names.isdisjoint(map(name_of, new))


def _crowd(blocks: Iterator[Block | None], kept: Kept, *, old: bool) -> Counter[int]:
    """How many texts came, or went, between the same lines that stayed."""
    changed = kept.removed if old else kept.added
    return Counter(
        kept.place(block.first, old=old)
        for block in blocks
        if block and block.kind in PROSE and block.first in changed
    )


def _parted(pair: BlockPair, kept: Kept, crowd: list[Counter[int]]) -> Iterator[BlockPair]:
    old, new = pair
    if old and new and old.first in kept.removed and new.first in kept.added:
        places = kept.place(old.first, old=True), kept.place(new.first, old=False)
        alone = places[0] == places[1] and crowd[0][places[0]] == crowd[1][places[1]] == 1
        if not alone and _are_two(old, new):
            yield from _alone(pair)
            return
    yield pair


def _are_two(old: Block, new: Block) -> bool:
    if not old.kind == new.kind == "paragraph" or CELL in (old.name, new.name):
        return False
    if {link.target for link in old.links} & {link.target for link in new.links}:
        return False
    if old.text.casefold().split()[:BEGINNING] == new.text.casefold().split()[:BEGINNING]:
        return False
    if unmarked_key(old) and unmarked_key(old) == unmarked_key(new):
        return False  # what is set as code counts as one word
    one, other = Words.of(old.text), Words.of(new.text)
    held = one.shared(other) / max(min(one.weight, other.weight), 1.0)
    return held < HELD and alike(old.text, new.text) < ALIKE
