"""Tables of reStructuredText: simple ones, grids, and lists of rows.

https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#tables
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from diffinsight.outline.rst_grid import read_grid

BORDER = re.compile(r"^\s*=+(?:\s+=+)+\s*$")
GRID = re.compile(r"^\s*\+(?:[-=]+\+)+\s*$")
LISTED_ROW = re.compile(r"^(\s*)\*\s+-(?:\s+(.*))?$")
LISTED_CELL = re.compile(r"^\s*-(?:\s+(.*))?$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A row and the indexes of its lines."""

    first: int
    last: int
    cells: tuple[str, ...]


def table_end(lines: Sequence[str], start: int) -> int | None:
    """Index of the last line of the simple table or grid that begins at ``start``."""
    if GRID.match(lines[start]):
        end = start
        while end + 1 < len(lines) and lines[end + 1].lstrip().startswith(("|", "+")):
            end += 1
        return end if end > start else None
    if not BORDER.match(lines[start]):
        return None
    borders = []
    for index in range(start, len(lines)):
        if BORDER.match(lines[index]):
            borders.append(index)
            # The second border ends the head, or a table without one.
            closes = index + 1 >= len(lines) or not lines[index + 1].strip()
            if len(borders) > 1 and closes:
                return index
    return None


def read_rows(lines: Sequence[str], start: int, end: int) -> Iterator[Row]:
    """The rows between the borders of a simple table or a grid; the first is its head."""
    if GRID.match(lines[start]):
        for band in read_grid(lines, start, end):
            texts = tuple(cell.text for cell in band.cells)
            yield Row(first=band.first, last=band.last, cells=texts)
        return
    spans = [(found.start(), found.end()) for found in re.finditer("=+", lines[start])]
    rows: list[tuple[int, int, list[str]]] = []
    begins = True
    for index in range(start + 1, end):
        line = lines[index]
        if not line.strip() or BORDER.match(line):
            begins = True
            continue
        cells = _cells(line, spans)
        if begins or cells[0]:
            rows.append((index, index, cells))
        else:
            first, _, known = rows[-1]
            joined = [f"{one} {more}".strip() for one, more in zip(known, cells, strict=True)]
            rows[-1] = (first, index, joined)
        begins = False
    for first, last, joined in rows:
        yield Row(first=first, last=last, cells=tuple(joined))


def _cells(line: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """The texts under the runs of a border; the last column has no end."""
    ends = [*(start for start, _ in spans[1:]), len(line)]
    return [line[start:end].strip() for (start, _), end in zip(spans, ends, strict=True)]


def read_listed(lines: Sequence[str], start: int, end: int) -> Iterator[Row]:
    """The rows of a `list-table`, whose items are rows and whose items of items are cells."""
    first, cells = -1, list[str]()
    for index in range(start + 1, end + 1):
        line = lines[index]
        row = LISTED_ROW.match(line)
        cell = LISTED_CELL.match(line)
        if row:
            if cells:
                yield Row(first=first, last=index - 1, cells=tuple(cells))
            first, cells = index, [row[2] or ""]
        elif cell and cells:
            cells.append(cell[1] or "")
        elif cells and line.strip():
            cells[-1] = f"{cells[-1]} {line.strip()}".strip()
    if cells:
        yield Row(first=first, last=end, cells=tuple(cells))
