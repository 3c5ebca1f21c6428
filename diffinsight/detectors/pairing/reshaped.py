"""List items that stand in a table now, and rows that stand in a list."""

from __future__ import annotations

import re
from collections import defaultdict
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
    pairs = _listed(pairs)
    items = [old for old, new in pairs if old and new is None and old.kind in ITEMS]
    rows = [new for old, new in pairs if new and old is None and new.kind == "row"]
    if not items or not rows or len(items) * len(rows) > MOST:
        return pairs
    found = {id(old): (old, new) for old, new in _in_cells(items, rows, kept)}
    return [found.get(id(old), (old, new)) for old, new in pairs]


def _listed(pairs: BlockPairs) -> BlockPairs:
    """``pairs``, where all rows of a table that one version has are items in the other."""
    turned: BlockPairs = [(new, old) for old, new in _items_of_rows(pairs)]
    return [(old, new) for new, old in _items_of_rows(turned)]


def _items_of_rows(pairs: BlockPairs) -> BlockPairs:
    """The same for rows on the first side and items on the second."""
    rows = [row for row, new in pairs if row and new is None and row.kind == "row"]
    items = {_letters(i.text): i for row, i in pairs if i and row is None and i.kind in ITEMS}
    tables: defaultdict[int, list[Block]] = defaultdict(list)
    for row in rows if items else ():
        tables[row.group].append(row)
    found = {
        id(row): items[_letters("".join(row.cells))]
        for table in tables.values()
        if all(all(map(_letters, row.cells)) for row in table)  # a sign is no word of an item
        if all(_letters("".join(row.cells)) in items for row in table)
        for row in table
    }
    taken = set(map(id, found.values()))
    told = [(row, found.get(id(row), item)) for row, item in pairs]
    return [(row, item) for row, item in told if row or id(item) not in taken]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


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
