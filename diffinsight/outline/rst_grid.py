"""Grid tables of reStructuredText, whose cells may span rows and columns.

https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#grid-tables
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from unicodedata import east_asian_width

_LINED = frozenset("-=")
_FILLER = "\0"  # behind a character that is two columns wide
_WIDE = frozenset("WF")


@dataclass(kw_only=True, slots=True)
class Cell:
    """A cell while its lines are read."""

    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(filter(None, self.lines))


@dataclass(frozen=True, kw_only=True, slots=True)
class Band:
    """The lines between two borders, and the cells that they are part of, one for each column."""

    first: int
    last: int
    cells: tuple[Cell, ...]


def read_grid(lines: Sequence[str], start: int, end: int) -> list[Band]:
    """The bands of the grid from line index ``start`` to ``end``, each with the border below it.

    A cell that spans bands is in each of them, one that spans columns in the first of them.
    """
    grid = [_spread(line.strip()) for line in lines[start : end + 1]]
    edges = sorted(
        {place for line in grid if "+-" in line or "+=" in line for place in _plus(line)}
    )
    columns = list(pairwise(edges))
    cells = [Cell() for _ in columns]
    bands = []
    first = 0
    for index, line in enumerate(grid):
        lined = [_is_border(line, column) for column in columns]
        if any(lined):
            if first < index:
                bands.append(Band(first=start + first, last=start + index, cells=tuple(cells)))
            cells = [Cell() if new else cell for new, cell in zip(lined, cells, strict=True)]
            first = index + 1
        _take(line, columns, lined, cells)
    return bands


def _spread(line: str) -> str:
    """``line`` with as many characters as it is columns wide."""
    if line.isascii():
        return line
    return "".join(char + _FILLER * (east_asian_width(char) in _WIDE) for char in line)


def _plus(line: str) -> Iterator[int]:
    """Where a border meets another one."""
    for place, char in enumerate(line):
        beside = line[max(place - 1, 0) : place] + line[place + 1 : place + 2]
        if char == "+" and _LINED & set(beside):
            yield place


def _is_border(line: str, column: tuple[int, int]) -> bool:
    inside = line[column[0] + 1 : column[1]]
    return bool(inside) and set(inside) <= _LINED


def _take(
    line: str, columns: Sequence[tuple[int, int]], lined: Sequence[bool], cells: Sequence[Cell]
) -> None:
    """Give the cells what stands in them on ``line``; columns that nothing parts are one."""
    place = 0
    while place < len(columns):
        last = place
        while last + 1 < len(columns) and line[columns[last][1] : columns[last][1] + 1] not in "|+":
            last += 1
        if not lined[place]:
            text = line[columns[place][0] + 1 : columns[last][1]]
            cells[place].lines.append(text.replace(_FILLER, "").strip())
        place = last + 1
