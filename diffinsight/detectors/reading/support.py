"""Rows of tables that say by signs what there is for them, and what there is not."""

from __future__ import annotations

from collections.abc import Sequence

from diffinsight.detectors.reading.rows import SIGNS, without_marks
from diffinsight.matching.ticks import is_no, is_yes, ticked
from diffinsight.matching.words import first_words
from diffinsight.models import Values
from diffinsight.outline.model import Block


def support(rows: Sequence[Block], columns: Sequence[str]) -> Values:
    """Of a table whose cells say yes or no: for which columns each row says yes."""
    if not all(is_yes(cell) or is_no(cell) for row in rows for cell in row.cells[1:]):
        return {}
    told = ({"row": key_of(row), **ticks(row.cells, columns)} for row in rows)
    said = tuple(row for row in told if "ticks" in row)
    return {"support": said} if said else {}


def ticks(cells: Sequence[str], columns: Sequence[str]) -> Values:
    """The columns that a row of signs for yes and no says yes for, and by which sign."""
    places = ticked(cells)
    if not places:
        return {}
    names = [columns[place] if place < len(columns) else "" for place in places]
    if any(map(SIGNS.fullmatch, names)):
        return {}  # what the page says of the sign is told
    told: Values = {
        "ticks": tuple(name or f"#{place + 1}" for name, place in zip(names, places, strict=True)),
        "tick": cells[places[0]],
    }
    return {**told, "all_ticked": True} if len(places) == len(cells) - 1 > 1 else told


def key_of(row: Block) -> str:
    """The cell a reader finds the row by."""
    return first_words(without_marks(row.cells[0])) if row.cells else ""
