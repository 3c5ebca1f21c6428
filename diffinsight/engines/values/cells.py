"""Cells of a changed table row."""

from __future__ import annotations

from collections.abc import Mapping

from diffinsight.engines.cutting import contrast, shorten
from diffinsight.engines.values.speaker import Speaker, Spoken
from diffinsight.languages import Markdown
from diffinsight.models import Finding, Json

LONGEST_ROW = 160  # characters


def holds(speaker: Speaker, finding: Finding) -> Spoken:
    """What a row that came or went says; in a file's own explanation, all of it."""
    said = finding.values.get("holds")
    if not isinstance(said, str) or not speaker.in_full:
        return {}
    return {"holds": shorten(said, LONGEST_ROW)}


def cells(speaker: Speaker, finding: Finding) -> Markdown:
    cells = finding.values.get("cells")
    told = [
        speaker.voice.say("item.cell", **_cell(speaker, cell))
        for cell in (cells if isinstance(cells, tuple | list) else ())
        if isinstance(cell, Mapping)
    ]
    return speaker.voice.enumerate(told, 3)


def _cell(speaker: Speaker, cell: Mapping[str, Json]) -> Spoken:
    before, after = (str(cell.get(name) or "") for name in ("before", "after"))
    old, new = contrast(before, after, speaker.voice.limit)
    column = str(cell.get("column") or "")
    # A column without a heading has only its number; the first is the row's own name.
    number = column.removeprefix("#") if column.startswith("#") else None
    named = speaker.voice.quoted(column) if number is None else None
    return {
        "column": named,
        "number": None if number == "1" else number,
        "before": old,
        "after": new,
    }
