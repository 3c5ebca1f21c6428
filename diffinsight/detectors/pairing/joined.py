"""Blocks that became one, and one that became several: word for word, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from diffinsight.detectors.reading.model import BlockPairs
from diffinsight.outline.model import PROSE, Block

LEAST_WORDS = 3


def join(pairs: BlockPairs, before: Sequence[Block], after: Sequence[Block]) -> BlockPairs:
    """``pairs`` where a block that stands in its neighbour's other version is a part of it."""
    turned = [(new, old) for old, new in _joined(pairs, before)]
    return [(old, new) for new, old in _joined(turned, after)]


def _joined(pairs: BlockPairs, blocks: Sequence[Block]) -> BlockPairs:
    """The same for one side, the first of each pair."""
    lone = {id(b) for b, other in pairs if b and other is None and _is_text(b)}
    partner = {id(b): (b, other) for b, other in pairs if b and other and b.kind in PROSE}
    if not lone or not partner:
        return pairs
    taken: set[int] = set()
    for block, neighbour in _neighbours(blocks, lone, taken):
        whole, other = partner.get(id(neighbour), (None, None))
        if whole is None or other is None or id(block) in taken:
            continue
        if other.kind in PROSE and _holds(other, block) and not _holds(whole, block):
            partner[id(neighbour)] = (one(whole, block), other)
            taken.add(id(block))
    return [
        partner.get(id(b), (b, other)) if b and other else (b, other)
        for b, other in pairs
        if b is None or id(b) not in taken
    ]


def _is_text(block: Block) -> bool:
    return block.kind in PROSE and len(block.text.split()) >= LEAST_WORDS


def _neighbours(
    blocks: Sequence[Block], lone: set[int], taken: set[int]
) -> Iterator[tuple[Block, Block]]:
    """Each block of ``lone`` with those right above and below it, if both versions have them.

    ``taken`` are those that went to a neighbour since; across any other, nothing is one text.
    """
    for order in (blocks, blocks[::-1]):
        last: Block | None = None
        for block in order:
            if id(block) in lone and last is not None:
                yield block, last
            if id(block) not in lone:
                last = block
            elif id(block) not in taken:
                last = None


def _holds(block: Block, part: Block) -> bool:
    """Whether the words of ``part`` stand in ``block``, whatever sign ends them."""
    return _plain(part) in _plain(block)


def _plain(block: Block) -> str:
    return " ".join(block.text.casefold().split()).rstrip(" .:;")


def one(block: Block, part: Block) -> Block:
    """``block`` with a part that stands above or below it."""
    first, last = sorted((block, part), key=lambda piece: piece.first)
    kind = first.kind if block.kind == "item" else block.kind  # the words that lead into a list
    return replace(
        block,
        kind=kind,
        first=min(block.first, part.first),
        last=max(block.last, part.last),
        text=f"{first.text} {last.text}",
        source=f"{first.source}\n{last.source}",
        links=(*first.links, *last.links),
    )
