"""Rows of tables that a parser takes for text: without their head, or with an uneven one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from diffinsight.outline import markdown
from diffinsight.outline.model import Block

ROW = re.compile(r"^\s*\|.*\|.*$")
BARE_ROW = re.compile(r"^[^|\s#>`-][^|]*\|[^|]*\|.*$")  # without a mark at its start
DASHES = re.compile(r"^(?=[\s:|]*-)[\s:|-]*+$")
LEAST_ROWS = 4  # in the order of their names, of which chance makes less than one in twenty
MARK = re.compile(r"(?<!\\)\|")


def loose_rows(lines: list[str], first_line: int) -> Iterable[Block]:
    """Table rows whose header the hunk does not show."""
    run: list[int] = []
    for index, line in enumerate([*lines, ""]):
        if ROW.match(line) or _is_bare_row(lines, index):
            run.append(index)
            continue
        if run and not _has_head(lines, run):
            told = [i for i in run if not DASHES.match(lines[i])]
            yield from (_row(lines[i], first_line + i, -first_line - run[0]) for i in told)
        run = []


def joined(blocks: list[Block], above: Sequence[Block]) -> list[Block]:
    """``blocks`` of a hunk, the rows at its start as those of the table that the last one ended in.

    Nobody sees what stands between: their number of cells and the order of their names say it.
    """
    table = list(takewhile(_is_row, reversed(above)))[::-1]
    rows = list(takewhile(_is_row, blocks))
    if not (table and rows and all(row.group < 0 for row in rows)):
        return blocks
    names = [row.cells[0].casefold() for row in (*table, *rows)]
    alike = {len(row.cells) for row in (*table, *rows)}
    ordered = all(one < other for one, other in pairwise(names))
    if table[-1].group <= 0 or len(alike) > 1 or not ordered or len(names) < LEAST_ROWS:
        return blocks
    return [*(replace(row, group=table[-1].group) for row in rows), *blocks[len(rows) :]]


def _is_row(block: Block) -> bool:
    return block.kind == "row" and bool(block.cells)


def _has_head(lines: list[str], run: Sequence[int]) -> bool:
    """Whether a line of dashes stands under the first of some rows, or above rows without marks."""
    places = [*run[1:2], *([run[0] - 1] if run[0] else ())]
    return any("|" in lines[place] and DASHES.match(lines[place]) for place in places)


def _is_bare_row(lines: list[str], index: int) -> bool:
    """Whether a line reads like a row, and one beside it has as many cells."""
    if index >= len(lines) or not BARE_ROW.match(lines[index]):
        return False
    cells = lines[index].rstrip(" |").count("|")
    beside = lines[max(index - 1, 0) : index] + lines[index + 1 : index + 2]
    return any(BARE_ROW.match(other) and other.rstrip(" |").count("|") == cells for other in beside)


def _row(line: str, number: int, table: int) -> Block:
    """A line read as a row; its cells are no blocks, so that a lone dash stays one."""
    head = [_empty(line), _dashes(line)]
    inner = markdown.parse([*head, line.strip()], number - len(head)).blocks
    row = next((block for block in inner if block.kind == "row"), None)
    if row is None:
        return Block(kind="row", first=number, last=number, text=line.strip(), source=line)
    return replace(row, source=line, group=table)


def _width(line: str) -> int:
    """How many cells a line has."""
    return len(MARK.findall(line.strip().removeprefix("|").removesuffix("|"))) + 1


def _empty(line: str) -> str:
    return "|" + " |" * _width(line)


def _dashes(line: str) -> str:
    return "|" + "-|" * _width(line)


def with_uneven_tables(blocks: Iterable[Block]) -> list[Block]:
    """``blocks``, those read as tables whose line of dashes has more or fewer cells than the head.

    CommonMark's tables have as many (https://github.github.com/gfm/#example-203); Markdig, which
    publishes Microsoft Learn, reads them as tables nevertheless.
    """
    found: list[Block] = []
    for block in blocks:
        lines = block.source.split("\n") if block.kind == "paragraph" else []
        found += _table(block, lines) if _is_uneven(lines) else [block]
    return found


def _is_uneven(lines: Sequence[str]) -> bool:
    if len(lines) < 2 or "|" not in lines[1] or not DASHES.match(lines[1]):  # noqa: PLR2004 - head and dashes
        return False
    return all(ROW.match(line) or _width(line) > 1 for line in lines)


def _table(block: Block, lines: Sequence[str]) -> list[Block]:
    evened = [lines[0].strip(), _dashes(lines[0]), *(line.strip() for line in lines[2:])]
    inner = markdown.parse(evened, block.first).blocks
    if any(part.kind not in {"table", "row"} for part in inner):
        return [block]
    return [
        replace(
            part,
            source="\n".join(lines[part.first - block.first : part.last - block.first + 1]),
            group=-block.first,
            note=block.note,
        )
        for part in inner
    ]
