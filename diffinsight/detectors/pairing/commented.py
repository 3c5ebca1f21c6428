"""Text that stands in a comment now, where readers do not see it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import reduce

from diffinsight.detectors.pairing.joined import one
from diffinsight.detectors.reading.model import BlockPairs
from diffinsight.outline.model import Block

HIDDEN = frozenset({"paragraph", "item", "step", "row", "code"})
LEAST = 12  # characters; shorter texts are in a comment by chance


def comment_out(pairs: BlockPairs) -> BlockPairs:
    """``pairs``, where what a new comment holds as it was written is not removed."""
    comments = [
        (new, _plain(new.source))
        for old, new in pairs
        if new and not old and new.kind == "html" and new.text.lstrip().startswith("<!--")
    ]
    held: dict[int, list[Block]] = defaultdict(list)
    for old, new in pairs if comments else ():
        if old and new is None and old.kind in HIDDEN and len(_plain(old.source)) >= LEAST:
            around = next((c for c, text in comments if _plain(old.source) in text), None)
            if around:
                held[id(around)].append(old)
    taken = {id(block) for blocks in held.values() for block in blocks}
    told = [(_all(held[id(new)]), new) if id(new) in held else (old, new) for old, new in pairs]
    return [(old, new) for old, new in told if id(old) not in taken or new]


def _all(blocks: list[Block]) -> Block:
    """One block for all; where its links led is hidden with it."""
    return replace(reduce(one, blocks), links=())


def _plain(source: str) -> str:
    """The source without what sets its lines apart."""
    return " ".join(source.split()).strip(" |")
