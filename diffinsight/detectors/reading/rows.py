"""Rows of a table: the name a reader finds one by, and the footnotes its cells point at."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import zip_longest

from diffinsight.detectors.reading.model import BlockPair, BothVersions, Comparison
from diffinsight.matching.sentences import sentences
from diffinsight.matching.words import first_words
from diffinsight.outline import markdown
from diffinsight.outline.model import Block, Outline

DIGITS = "⁰¹²³⁴-⁹"
MARK = rf"(?:[{DIGITS}]+|\[\^[^\]]+\]|[*†‡]{{1,3}})"
# A power, as in 10⁶, is no mark.
MARKS = re.compile(
    rf"(?:(?<=[^\s,{DIGITS}*†‡])\s+|(?<=[^\d\s,{DIGITS}*†‡])){MARK}(?:[\s,]*{MARK})*\s*$"
)
ONE_MARK = re.compile(rf"[{DIGITS}]|\[\^[^\]]+\]|[*†‡]+")
NOTE = re.compile(rf"^({MARK}):?\s*(?=\S)")
LONE = re.compile(r"(?<!\S)(?:\*{1,3}|[†‡])(?!\S)")  # a mark that a sentence is about
SIGN = "(?:[\u2190-\u2bff\U0001f000-\U0001faff]\ufe0f?)"  # such as a tick or a tool
SIGNS = re.compile(rf"{SIGN}(?:\s*{SIGN})*")
SAID_OF_SIGN = re.compile(rf"^[\s>*+-]*({SIGN})\s*(?:[:=–-]\s*)?(\w.*?|\[.*?)\\?$")  # noqa: RUF001 - a dash is meant
STOP = re.compile(r"(?<!\.)[.。]$")
CODE = re.compile(r"^`[^`]+`")
BOLD = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+(?:\*\*|__)(.+?)(?:\*\*|__)")
CELL_END = re.compile(r"(?<!\\)\|")
LINE_BREAK = re.compile(r"(?i)<br\s*/?>")
NOTES = frozenset({"paragraph", "item"})
LONGEST_NAME = 80  # characters of a row's name
LONGEST_KEY = 40  # characters of a cell that tells a row from its namesakes
MOST_KEYS = 3  # cells that name a row
NOTHING = frozenset({"-", "–", "—"})  # noqa: RUF001 - dashes that stand for no
LONGEST_ROW = 120  # characters of what a row says
LONGEST_NOTE = 260  # ... of a cell of a longer one that explains something
MOST_TOLD = 3  # cells of such a row


def without_marks(cell: str) -> str:
    """A cell without the marks of footnotes at its end."""
    return MARKS.sub("", cell)


def name_of(row: Block) -> str:
    """The first cell, however it is set: what two versions of a row have in common."""
    return _cell(row, 0)


def members(row: Block) -> tuple[tuple[str, ...], ...]:
    """The lines of each cell, as a reader sees them; none for a row whose cells do not show."""
    cells = _written(row)
    if len(cells) < len(row.cells):
        return ()
    shown = cells[: len(row.cells)]  # a cell too many is not shown
    return tuple(tuple(_lines(cell)) if LINE_BREAK.search(cell) else () for cell in shown)


def written(row: Block) -> tuple[str, ...]:
    """The cells that stand in the source: a row may have fewer than its table has columns."""
    return row.cells[: len(_written(row))]


def _written(row: Block) -> list[str]:
    return CELL_END.split(row.source.strip().removeprefix("|").removesuffix("|"))


def _lines(cell: str) -> Iterator[str]:
    for line in LINE_BREAK.split(cell):
        text = " ".join(block.text for block in markdown.parse([line.strip()], 1).blocks)
        if text:
            yield text


class Rows:
    """The rows of one version of a page, each told from its namesakes in the same table."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._namesakes: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
        self._alike: defaultdict[tuple[int, str, int, str], set[int]] = defaultdict(set)
        for block in outline.blocks:
            if block.kind == "row":
                first = _first(block)
                self._namesakes[block.group, first].add(block.first)
                for place, cell in enumerate(block.cells):
                    self._alike[block.group, first, place, _plain(cell)].add(block.first)

    @cached_property
    def legend(self) -> Mapping[str, str]:
        """What the page says of the signs in its tables: each begins a line of a text."""
        found: dict[str, str] = {}
        texts = (block.source for block in self._outline.blocks if block.kind in NOTES)
        for line in (line for text in texts for line in text.split("\n")):
            said = SAID_OF_SIGN.match(line)
            if said:
                found.setdefault(said[1], " ".join(_lines(said[2])).rstrip("."))
        return found

    def holds(self, row: Block, columns: Sequence[str]) -> str:
        """What a row says beside its name."""
        return holds(row, columns, self.legend)

    def footnotes(self, row: Block) -> tuple[str, ...]:
        """What footnotes say of all of a row, without their full stops."""
        notes = footnotes(row, row.cells[0], self._outline) if row.cells else None
        return tuple(_brief(note).removesuffix(".") for note in notes or ())

    def said(self, text: str) -> str:
        """A cell or the name of a column, signs by what they stand for; empty: no one knows."""
        return in_words(text, self.legend)

    def title(self, row: Block, other: Block | None = None) -> str:
        """The cell a reader finds a row by, and as many more as tell it from others.

        Cells in which ``other``, its other version, differs are no name of it.
        """
        told = [place for place, cell in enumerate(row.cells) if any(map(str.isalnum, cell))]
        if not told:
            return ""
        name, *more = told
        first = _first(row)
        twins = self._namesakes[row.group, first]
        keys: list[str] = []
        for place in more:
            if len(twins) <= 1 or len(keys) == MOST_KEYS - 1:
                break
            cell = _cell(row, place)
            left = twins & self._alike[row.group, first, place, cell]
            kept = other is None or _cell(other, place) == cell
            if kept and len(left) < len(twins) and len(row.cells[place]) <= LONGEST_KEY:
                twins = left
                keys.append(row.cells[place])
        title = _first_line(row, name) or first_words(without_marks(row.cells[name]))
        return f"{title} ({', '.join(keys)})" if keys else title


def _first_line(row: Block, place: int) -> str:
    """What a cell of several lines begins with, where it is too long for a name."""
    lines = (members(row) or ((),) * len(row.cells))[place]
    named = len(row.cells[place]) > LONGEST_NAME and len(lines) > 1
    return f"{lines[0]}…" if named and len(lines[0]) <= LONGEST_NAME else ""


def _first(row: Block) -> str:
    """The first cell that holds a word, for comparing."""
    return next((_plain(cell) for cell in row.cells if any(map(str.isalnum, cell))), "")


def _cell(row: Block, place: int) -> str:
    return _plain(row.cells[place]) if place < len(row.cells) else ""


def _plain(cell: str) -> str:
    return " ".join(without_marks(cell).replace("`", "").casefold().split())


def called(entry: Block) -> str:
    """The name that an entry of a table or a list begins with; nothing where it begins with none.

    Of a list's: code, a link, or bold words; of footnotes, what they say.
    """
    if entry.kind == "row":
        return name_of(entry)
    note = NOTE.match(entry.text) if entry.kind in NOTES else None
    if note or entry.kind == "paragraph":
        return entry.text[note.end() :] if note else ""
    links = (link.text for link in entry.links if link.text and not link.image)
    bold = BOLD.match(entry.source)
    names = (*CODE.findall(entry.text)[:1], bold[1] if bold else "", *links)
    return next((name.casefold() for name in names if name and entry.text.startswith(name)), "")


def in_another_table(
    pairs: Iterable[BlockPair],
) -> set[BothVersions]:
    """Rows that stand in a table that is another one, by the rows that head the two."""
    listed = list(pairs)
    known = {old.group for old, _ in listed if old and old.kind == "table"}
    heads = {old.group: new.group for old, new in listed if old and new and new.kind == "table"}
    return {
        (old, new)
        for old, new in listed
        if old and new and old.kind == new.kind == "row"
        if old.group in known and new.group in heads.values()
        if heads.get(old.group) != new.group
    }


def footnotes(row: Block, cell: str, outline: Outline) -> list[str] | None:
    """The texts that a cell's marks point at; None: they are not to be had."""
    found = MARKS.search(cell)
    marks = ONE_MARK.findall(found.group()) if found else []
    below = list(_notes(row, outline)) if marks else []
    texts = [next((text for mark, text in below if mark == wanted), None) for wanted in marks]
    known = [text for text in texts if text is not None]
    return known if len(known) == len(marks) else None


def marks_of(cell: str) -> str:
    """The marks of footnotes at a cell's end."""
    found = MARKS.search(cell)
    return found.group().strip() if found else ""


def other_mark(before: Block | None, after: Block | None) -> tuple[str, str] | None:
    """The marks of a footnote that says the same under another one now."""
    if before is None or after is None or before.kind not in NOTES or after.kind not in NOTES:
        return None
    old, new = NOTE.match(before.text), NOTE.match(after.text)
    if not old or not new or old[1] == new[1]:
        return None
    same = before.text[old.end() :] == after.text[new.end() :]
    return (old[1], new[1]) if same else None


def renumbered(file: Comparison) -> frozenset[str]:
    """What the footnotes say that have another mark now."""
    return frozenset(called(p.block) for p in file.pairs if other_mark(p.before, p.after))


def repointed(file: Comparison, before: Block, after: Block) -> Iterator[tuple[str, str]]:
    """What the marks of cells pointed at that kept theirs when others moved, and what they do now.

    Of each note, its first sentence.
    """
    moved = renumbered(file)
    for cell in after.cells if moved else ():
        kept = cell in before.cells and marks_of(cell)
        gone, came = footnotes(before, cell, file.before), footnotes(after, cell, file.after)
        if kept and gone and came and gone != came and not moved.isdisjoint([*gone, *came]):
            yield " ".join(map(_first_said, gone)), " ".join(map(_first_said, came))


def _first_said(note: str) -> str:
    return next(iter(sentences(note)), note)


def _notes(row: Block, outline: Outline) -> Iterator[tuple[str, str]]:
    """Footnotes that stand below a row, each with its mark."""
    for block in outline.blocks:
        if block.first > row.first and block.kind in NOTES:
            found = NOTE.match(block.text)
            if found:
                yield found[1], block.text[found.end() :]
            else:
                yield from ((mark, block.text) for mark in LONE.findall(block.text))


def in_words(text: str, legend: Mapping[str, str]) -> str:
    """``text``; of signs what ``legend`` says of them, nothing if it says nothing."""
    if not SIGNS.fullmatch(text):
        return text
    return ", ".join(filter(None, (legend.get(sign, "") for sign in re.findall(SIGN, text))))


def holds(row: Block, columns: Sequence[str], legend: Mapping[str, str]) -> str:
    """What a row says beside its name, by its columns; nothing where that is too much to repeat.

    Of a row of few cells, each is told by its first sentences.
    """
    columns = _over(row, columns)
    said = [
        (f"{column}: " if column and not SIGNS.fullmatch(column) else "", cell)
        for column, cell in (
            (column, in_words(cell, legend) or (SIGNS.sub("", column) and cell))
            for column, cell in zip_longest(columns[1:], _in_lists(row)[1:], fillvalue="")
        )
        if cell and cell not in NOTHING and (column or any(map(str.isalnum, cell)))
    ]
    if sum(len(column) + len(cell) for column, cell in said) > LONGEST_ROW:
        said = [(column, _brief(cell)) for column, cell in said] if len(said) <= MOST_TOLD else []
    return "; ".join(column + STOP.sub("", cell) for column, cell in said)


def _over(row: Block, columns: Sequence[str]) -> Sequence[str]:
    """The names of columns; where a cell was left out, the last one may stand under a wrong one."""
    there = len(_written(row))
    return columns[: there - 1] if "|" in row.source and 1 < there < len(row.cells) else columns


def _in_lists(row: Block) -> list[str]:
    """The cells, the lines of one with commas between them."""
    lines = members(row) or ((),) * len(row.cells)
    return [", ".join(said) or cell for said, cell in zip(lines, row.cells, strict=False)]


def _brief(cell: str) -> str:
    """The first sentences of a cell, which say what it is and when it holds."""
    first, *others = sentences(cell) or (cell,)
    told = first_words(first, LONGEST_NOTE)
    for sentence in others:
        if len(told) + len(sentence) >= LONGEST_NOTE:
            return f"{told.rstrip('.。')}…"
        told = f"{told} {sentence}"
    return told
