"""The cells of a table's row that changed, by their columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from diffinsight.detectors.reading.rows import members, written
from diffinsight.matching.listings import exchanged
from diffinsight.matching.sequences import matches
from diffinsight.outline.model import Block

LEAST_SENTENCE = 5  # words
STOPS = (".", "!", "?", "。", "！", "？")  # noqa: RUF001 - East Asian marks are meant
T = TypeVar("T")
Tables = Mapping[int, Block]
Members = Mapping[str, tuple[str, ...]]
Cells = list[tuple[str, str, str]]  # column, before, after
BothTables = tuple[Tables, Tables]


def cell_changes(before: Block, after: Block, tables: BothTables) -> Cells:
    """Cells of the columns that both tables have."""
    names = columns_of(before, tables[0]), columns_of(after, tables[1])
    as_now = _as_now(*names)
    held = _held(before, after, as_now, names[1])
    old, new = _named(before.cells, as_now), _named(after.cells, held)
    lists = _named(members(before), as_now), _named(members(after), held)
    columns = dict.fromkeys([*new, *old]) if as_now == names[1] else [c for c in new if c in old]
    return [
        _by_members(column, old.get(column, ""), new.get(column, ""), lists)
        for column in columns
        if old.get(column, "").replace("`", "") != new.get(column, "").replace("`", "")
    ]


def _held(before: Block, after: Block, old: Sequence[str], columns: Sequence[str]) -> Sequence[str]:
    """The columns that the cells of a row belong to, also where one of its cells was lost."""
    was, now = written(before), written(after)
    if old != columns or not len(now) < len(was) == len(columns):
        return columns
    same = [columns[a] for a, _ in matches(was, now)]
    return [*same, *(c for c in columns if c not in same)] if len(same) == len(now) else columns


def left_out(before: Block, after: Block, tables: BothTables) -> Sequence[str]:
    """Columns of cells that a row lost: those that follow stand one column further up."""
    names = columns_of(before, tables[0]), columns_of(after, tables[1])
    held = _held(before, after, _as_now(*names), names[1])
    return held[len(written(after)) :] if held is not names[1] else ()


def columns_of(row: Block, tables: Tables) -> tuple[str, ...]:
    table = tables.get(row.group)
    return table.cells if table else ()


def _as_now(old: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """The old names of columns as the new table writes them, or calls the one in that place."""
    known = {name.casefold(): name for name in new}
    left = {name.casefold() for name in old}
    renamed = {
        was: now
        for was, now in zip(old, new, strict=False)
        if len(old) == len(new) and was.casefold() not in known and now.casefold() not in left
    }
    return tuple(known.get(name.casefold(), renamed.get(name, name)) for name in old)


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= LEAST_SENTENCE and text.rstrip().endswith(STOPS)


def _by_members(
    column: str, old: str, new: str, lists: tuple[Members, Members]
) -> tuple[str, str, str]:
    """A cell that is a list by the members that came and went."""
    was, now = (side.get(column, ()) for side in lists)
    if max(len(was), len(now)) > 1:
        was, now = was or (old,), now or (new,)
        gone = "; ".join(line for line in was if line not in now)
        came = "; ".join(line for line in now if line not in was)
        # Below what the column holds, a sentence is about something else.
        column = "" if was[:1] == now[:1] and _is_sentence(came or gone) else column
    else:
        runs = exchanged(old, new) or ((), ())
        gone, came = ("; ".join(side) for side in runs)
    return (column, gone, came) if gone or came else (column, old, new)


def _named(cells: Sequence[T], names: Sequence[str]) -> dict[str, T]:
    """Cells by column; columns nobody knows are told by their number."""
    named: dict[str, T] = {}
    for index, cell in enumerate(cells):
        name = names[index] if index < len(names) and names[index] else f"#{index + 1}"
        named[name if name not in named else f"{name} #{index + 1}"] = cell
    return named
