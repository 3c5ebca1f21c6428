"""Tables: columns, rows, and which cells changed."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple

from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.detectors.comparison.telling import NAMELESS, about, known, lines_of, span, tell
from diffinsight.detectors.pairing.kept import Kept
from diffinsight.detectors.pairing.reshaped import CELL, ITEMS, plain
from diffinsight.detectors.reading.cells import (
    BothTables,
    Tables,
    cell_changes,
    columns_of,
    left_out,
)
from diffinsight.detectors.reading.ends import listed
from diffinsight.detectors.reading.rows import (
    SIGNS,
    Rows,
    footnotes,
    marks_of,
    members,
    repointed,
    without_marks,
)
from diffinsight.detectors.reading.support import key_of, support, ticks
from diffinsight.matching.sequences import changes, matches
from diffinsight.matching.ticks import is_no, is_yes
from diffinsight.matching.words import first_words
from diffinsight.models import Finding, Impact, Json, LineRange, Values
from diffinsight.outline.model import Block, Outline

# Rows of such tables are things to use; of others, cases, limits or dates.
OFFERS = re.compile(
    r"(?i)command|cmdlet|option|parameter|feature|function|method|operator|model|skill|endpoint|\bapi\b|"
    r"コマンド|機能|関数|モデル|命令|功能|函数|模型"
)
WORD = re.compile(r"\w+")
MOST_FILLED = 20  # rows that are named for what they say in a new column
Named = tuple[BothTables, tuple[Rows, Rows]]  # what names the columns and the rows


def find(file: Comparison, whole: Whole) -> Iterator[Finding]:
    tables = _tables(file.before), _tables(file.after)
    rows = Rows(file.before), Rows(file.after)
    replaced = _replaced(file)
    for pair in file.pairs:
        if pair.block.kind == "table":
            yield from _table(file, pair, rows, replaced)
        elif pair.block.kind == "row" and not (pair.inside and not pair.both):
            yield from _row(file, pair, (tables, rows), whole)


def _tables(outline: Outline) -> Tables:
    return {block.group: block for block in outline.blocks if block.kind == "table"}


def _replaced(file: Comparison) -> Tables:
    """By the lines of tables that came: the other ones that went from their places."""
    kept = Kept.of(file.removed, file.added)
    lone = [p for p in file.pairs if p.block.kind == "table" and not p.both and not p.inside]
    gone = {kept.place(p.before.first, old=True): p.before for p in lone if p.before}
    came = {kept.place(p.after.first, old=False): p.after for p in lone if p.after}
    return {came[place].first: gone[place] for place in came if place in gone}


def _table(
    file: Comparison, pair: Pair, titles: tuple[Rows, Rows], replaced: Tables
) -> Iterator[Finding]:
    if pair.both:
        before, after = pair.both
        if before.cells != after.cells:
            yield from _columns(pair, before, after, _rows_of(file.after, after))
        return
    if pair.inside or pair.before in replaced.values():
        return
    block = pair.block
    old = replaced.get(block.first) if pair.after else pair.before
    outline = file.after if pair.after else file.before
    rows = _rows_of(outline, block)
    turned = turned_rows(file, pair)
    entries = _entries(file, rows, titles[1 if pair.after else 0], block.cells[1:])
    if turned:
        entries = {"taken" if pair.after else "listed": len(turned)}
    under = _other_home(file, pair)
    yield Finding(
        kind="table-replaced"
        if under or (old and pair.after)
        else f"table-{'added' if pair.after else 'removed'}",
        subject=first_words(" | ".join(block.cells)) or block.source[:80],
        impact="notable",
        before_lines=_around(_all_of(old, file.gone), [row.before_lines for row in turned]),
        after_lines=_around(_all_of(pair.after, file.came), [row.after_lines for row in turned]),
        values={
            **about(pair, columns=block.cells, rows=len(rows)),
            **known(columns_before=old.cells if old and pair.after else None),
            **known(stood_under=under, **entries, **support(rows, block.cells)),
        },
    )


def turned_rows(file: Comparison, table: Pair) -> list[Pair]:
    """The rows of a table that one version has, if all of them are items of a list in the other."""
    if table.block.kind != "table" or table.both:
        return []
    side, other = ("after", "before") if table.after else ("before", "after")
    rows = {row.first for row in _rows_of(getattr(file, side), table.block)}
    found = [
        pair
        for pair in file.pairs
        if pair.both
        and getattr(pair, side).first in rows
        and getattr(pair, side).kind == "row"
        and getattr(pair, other).kind in ITEMS
    ]
    return found if rows and len(found) == len(rows) else []


def _around(table: LineRange | None, rows: Iterable[LineRange | None]) -> LineRange | None:
    spans = [span for span in (table, *rows) if span]
    return (min(a for a, _ in spans), max(b for _, b in spans)) if spans else None


def _all_of(table: Block | None, spans: Mapping[int, int]) -> LineRange | None:
    return (table.first, spans.get(table.first, table.last)) if table else None


def _entries(
    file: Comparison, rows: Sequence[Block], titles: Rows, columns: Sequence[str]
) -> Values:
    """What the rows of a table are called; of one that was a list, what the list did not have."""
    lines = {row.first for row in rows}
    taken = {
        plain(pair.after.text)
        for pair in file.pairs
        if pair.after and pair.after.name == CELL and pair.after.first in lines
    }
    if not taken:
        return {"entries": tuple(filter(None, map(titles.title, rows)))[:MOST_FILLED]}
    firsts = [(members(row) or ((),))[0] or row.cells[:1] for row in rows]
    came = [cell for cells in firsts for cell in cells if plain(cell) not in taken]
    named = tuple(name for name in columns if not _is_named(name, file))
    told = {"entries": tuple(came)[:MOST_FILLED] or None, "new_columns": named or None}
    return {**told, "taken": len(taken)}


def _is_named(column: str, file: Comparison) -> bool:
    """Whether a text that went names what a column is about, with other marks in it perhaps."""
    name = " ".join(WORD.findall(column))
    gone = (" ".join(WORD.findall(pair.before.text)) for pair in file.pairs if pair.before)
    return any(f" {name} " in f" {text} " for text in gone)


def _other_home(file: Comparison, pair: Pair) -> str | None:
    """Of a table that went, the section of the one with its columns which now stands there."""
    homes = (
        both for both in file.sections if both.before and _has(both.before.blocks, pair.before)
    )
    now = next(homes, None)
    if now is None or now.before is None or now.after is None:
        return None
    took = any(_is_like(block, pair.block, file.added) for block in now.after.blocks)
    was = [
        section
        for section in file.before.sections
        for block in section.blocks
        if _is_like(block, pair.block, file.removed)
    ]
    if not took or len(was) != 1 or was[0].heading is None or was[0] is now.before:
        return None
    return was[0].heading.text


def _has(blocks: Sequence[Block], block: Block | None) -> bool:
    return any(other is block for other in blocks)


def _is_like(block: Block, table: Block, changed: Container[int]) -> bool:
    """Whether it is a table of the same columns on lines that stayed."""
    same = block.kind == "table" and block.cells == table.cells
    return same and block.first not in changed


def _rows_of(outline: Outline, table: Block) -> list[Block]:
    return [block for block in outline.blocks if block.kind == "row" and block.group == table.group]


def _columns(pair: Pair, before: Block, after: Block, rows: Sequence[Block]) -> Iterator[Finding]:
    """``rows`` are those of the table as it is now."""
    lines = (
        span(before.lines, (before.first, before.end)),
        span(after.lines, (after.first, after.end)),
    )
    for change in changes(before.cells, after.cells):
        old, new = before.cells[slice(*change.before)], after.cells[slice(*change.after)]
        # A column in another place neither came nor went.
        old = tuple(name for name in old if name not in after.cells)
        new = tuple(name for name in new if name not in before.cells)
        paired = len(old) == len(new)
        for was, now in zip_longest(old, new):
            if paired and was.casefold() == now.casefold():
                continue  # told as what changes nothing
            if paired:
                yield _column("table-column-renamed", pair, now, lines, before=was, after=now)
            else:
                if was is not None:
                    yield _column("table-column-removed", pair, was, lines, before=was)
                if now is not None:
                    told = _column("table-column-added", pair, now, lines, after=now)
                    filled = _filled(rows, after.cells.index(now))
                    yield replace(told, values={**told.values, **known(filled=filled or None)})
    yield from _columns_in_order(pair, before.cells, after.cells, lines)


def _columns_in_order(
    pair: Pair,
    before: Sequence[str],
    after: Sequence[str],
    lines: tuple[LineRange | None, LineRange | None],
) -> Iterator[Finding]:
    """The columns of both versions that stand in another place among each other."""
    old = [name for name in before if name in after]
    new = [name for name in after if name in before]
    kept = {place for _, place in matches(old, new)}
    for place, name in enumerate(new):
        if place not in kept and name:
            told = _column("content-moved", pair, name, lines)
            values = about(pair, block="table-column", column=name)
            yield replace(told, impact="minor", values=values)


def _filled(rows: Sequence[Block], place: int) -> tuple[Json, ...]:
    """The rows that say something in a column, and what: of marks those for yes, if not all."""
    cells = [(row, row.cells[place]) for row in rows if place < len(row.cells)]
    marked = sum(is_yes(cell) for _, cell in cells)
    return tuple(
        {"row": key_of(row), "value": cell}
        for row, cell in cells
        if any(map(str.isalnum, cell)) or (is_yes(cell) and marked < len(cells))
    )[:MOST_FILLED]


def _column(  # noqa: PLR0913 - the fields of a finding
    kind: str,
    pair: Pair,
    name: str,
    lines: tuple[LineRange | None, LineRange | None],
    *,
    before: str | None = None,
    after: str | None = None,
) -> Finding:
    impact: Impact = "minor" if kind == "table-column-renamed" else "notable"
    block = pair.block
    return Finding(
        kind=kind,
        subject=name or NAMELESS,
        impact=impact,
        before=before,
        after=after,
        before_lines=lines[0],
        after_lines=lines[1],
        values=about(pair, column=name, columns=block.cells, rows=max(0, block.end - block.last)),
    )


def _row(file: Comparison, pair: Pair, named: Named, whole: Whole) -> Iterator[Finding]:
    tables, rows = named
    if not pair.both:
        yield _one_sided(pair, named)
    elif (
        pair.before
        and pair.after
        and pair.before.kind == "row"
        and whole.says_more(pair, figures=True)
    ):
        cells = _told(file, pair.before, pair.after, tables)
        if cells is None:
            old, new = (" ".join(filter(None, map(marks_of, block.cells))) for block in pair.both)
            yield tell(
                "footnote-renumbered",
                pair,
                "noise",
                subject=f"{old} → {new}",
                before=old,
                after=new,
            )
        elif cells:
            key = key_of(pair.after)
            lost = left_out(pair.before, pair.after, tables)
            listed: tuple[Json, ...] = tuple(
                {
                    "column": "" if SIGNS.fullmatch(column) else column,
                    "before": rows[0].said(old) or old,
                    "after": rows[1].said(new) or new,
                    **known(left_out=column in lost or None, footnote=noted or None),
                }
                for column, old, new, noted in cells
            )
            came = all(is_no(cell.before) and is_yes(cell.after) for cell in cells)
            values = about(pair, key=key, cells=listed, ticked=came or None)
            yield Finding(
                kind="table-row-changed",
                subject=rows[1].title(pair.after, pair.before) or first_words(pair.after.text),
                impact="notable",
                values=values,
                **lines_of(pair),
            )


class _Told(NamedTuple):
    """What is told of a cell: its own words, or those of the footnotes that it points at."""

    column: str
    before: str
    after: str
    noted: bool = False


def _told(file: Comparison, before: Block, after: Block, tables: BothTables) -> list[_Told] | None:
    """The cells that say something else; None: only the numbers of footnotes changed."""
    cells = cell_changes(before, after, tables)
    names = columns_of(after, tables[1])[:1]
    told = []
    for column, old, new in cells:
        bare = without_marks(old), without_marks(new)
        gone, came = footnotes(before, old, file.before), footnotes(after, new, file.after)
        if bare[0] != bare[1] or (old != new and _marks(before) == _marks(after)):
            told.append(_Told(column, old, new))
        elif gone is None or came is None:
            # Marks that cannot be looked up say only that there are some now, or none.
            told += [_Told(column, old, new)] if bare in {(old, bare[1]), (bare[0], new)} else []
        elif set(gone) != set(came):
            lost = " ".join(note for note in gone if note not in came)
            now = " ".join(note for note in came if note not in gone)
            said = "" if now else _in_new_column(before, after, tables)
            # A footnote at a row's name is about the row.
            own = "" if said or column in names else column
            told.append(_Told(own, lost, said or now, noted=not said))
    told += [_Told("", gone, came) for gone, came in repointed(file, before, after)]
    return None if cells and not told else told


def _marks(row: Block) -> list[str]:
    """The marks of footnotes in all cells: the same, one that went from a cell came to another."""
    return sorted(filter(None, map(marks_of, row.cells)))


def _in_new_column(before: Block, after: Block, tables: BothTables) -> str:
    """The one thing that a row says in a column that is new, which may have been a footnote."""
    names = columns_of(before, tables[0]), columns_of(after, tables[1])
    if not all(names) or len(names[0]) == len(names[1]):
        return ""
    known_names = {name.casefold() for name in names[0]}
    said = [
        cell
        for column, cell in zip(names[1], after.cells, strict=False)
        if column.casefold() not in known_names and any(map(str.isalnum, cell))
    ]
    return said[0] if len(said) == 1 else ""


def _one_sided(pair: Pair, named: Named) -> Finding:
    block = pair.block
    tables, rows = named
    table = tables[1 if pair.after else 0].get(block.group)
    columns = table.cells if table else ()
    return Finding(
        kind="table-row-added" if pair.after else "table-row-removed",
        subject=rows[1 if pair.after else 0].title(block) or first_words(block.text) or NAMELESS,
        impact="notable",
        values=about(
            pair,
            key=key_of(block),
            cells=block.cells,
            columns=columns or None,
            head=next(filter(None, columns[1:]), None),
            holds=rows[1 if pair.after else 0].holds(block, columns),
            footnotes=rows[1 if pair.after else 0].footnotes(block) or None,
            offers=_offers(block.cells, columns) or None,
            **ticks(block.cells, columns),
        ),
        **lines_of(pair),
    )


def _offers(cells: Sequence[str], columns: Sequence[str]) -> bool:
    """Whether a row is something to use, and not something that ends."""
    return bool(columns and OFFERS.search(columns[0])) and not listed(cells, columns)
