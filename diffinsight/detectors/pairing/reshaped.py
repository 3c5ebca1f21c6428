"""List items that stand in a table now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from diffinsight.detectors.pairing.kept import Kept
from diffinsight.detectors.reading.model import BlockPairs, BothVersions
from diffinsight.outline.model import Block

CELL = "cell"  # name of the new version of such an item
NEAR = 2  # lines that stayed, between the item and the row
MOST = 40_000  # items times rows that are looked at
CODE = re.compile(r"`[^`]+`")
ITEMS = frozenset({"item", "step"})


def reshape(pairs: BlockPairs, kept: Kept) -> BlockPairs:
    """``pairs``, where an item that a new row holds word for word is not removed."""
    items = [old for old, new in pairs if old and new is None and old.kind in ITEMS]
    rows = [new for old, new in pairs if new and old is None and new.kind == "row"]
    if not items or not rows or len(items) * len(rows) > MOST:
        return pairs
    found = {id(old): (old, new) for old, new in _in_cells(items, rows, kept)}
    return [found.get(id(old), (old, new)) for old, new in pairs]


def _in_cells(items: Iterable[Block], rows: Iterable[Block], kept: Kept) -> Iterator[BothVersions]:
    parts = [(row, _parts(row), kept.place(row.first, old=False)) for row in rows]
    for item in items:
        words, place = plain(item.text), kept.place(item.first, old=True)
        near = (
            row
            for row, held, at in parts
            if words in held and abs(at - place) <= NEAR and _targets(item) <= _targets(row)
        )
        row = next(near, None) if words else None
        if row:
            lines = {"first": row.first, "last": row.last, "source": row.source}
            yield item, replace(item, name=CELL, **lines)  # type: ignore[arg-type]  # fields of Block


def _targets(block: Block) -> frozenset[str]:
    return frozenset(link.target for link in block.links)


def _parts(row: Block) -> frozenset[str]:
    """What a row is put together of: its cells, and the terms in code in them."""
    terms = (term for cell in row.cells for term in CODE.findall(cell))
    return frozenset(map(plain, (*row.cells, *terms)))


def plain(text: str) -> str:
    """What two names have in common that differ in spacing alone, or in the sign at their end."""
    return "".join(text.casefold().split()).rstrip(".:;,")
