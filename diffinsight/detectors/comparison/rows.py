"""Rows of a table: the name a reader finds one by, and the footnotes its cells point at."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diffinsight.outline.model import Block, Outline

DIGITS = "⁰¹²³⁴-⁹"
MARK = rf"(?:[{DIGITS}]+|\[\^[^\]]+\]|[*†‡]{{1,3}})"
# A power, as in 10⁶, is no mark.
MARKS = re.compile(
    rf"(?:(?<=[^\s,{DIGITS}*†‡])\s+|(?<=[^\d\s,{DIGITS}*†‡])){MARK}(?:[\s,]*{MARK})*\s*$"
)
ONE_MARK = re.compile(rf"[{DIGITS}]|\[\^[^\]]+\]|[*†‡]+")
NOTE = re.compile(rf"^({MARK}):?\s*(?=\S)")


def without_marks(cell: str) -> str:
    """A cell without the marks of footnotes at its end."""
    return MARKS.sub("", cell)


def name_of(row: Block) -> str:
    """The first cell, however it is set: what two versions of a row have in common."""
    cell = without_marks(row.cells[0]) if row.cells else ""
    return " ".join(cell.replace("`", "").casefold().split())


def footnotes(row: Block, cell: str, outline: Outline) -> list[str] | None:
    """The texts that a cell's marks point at; None: they are not to be had."""
    found = MARKS.search(cell)
    marks = ONE_MARK.findall(found.group()) if found else []
    below = list(_notes(row, outline)) if marks else []
    texts = [next((text for mark, text in below if mark == wanted), None) for wanted in marks]
    known = [text for text in texts if text is not None]
    return known if len(known) == len(marks) else None


def _notes(row: Block, outline: Outline) -> Iterator[tuple[str, str]]:
    """Footnotes that stand below a row, each with its mark."""
    for block in outline.blocks:
        if block.first > row.first and block.kind in {"paragraph", "item"}:
            found = NOTE.match(block.text)
            if found:
                yield found[1], block.text[found.end() :]
