"""Cells of a changed table row."""

from __future__ import annotations

from collections.abc import Mapping

from diffinsight.engines.cutting import contrast
from diffinsight.engines.values.speaker import Speaker, Spoken
from diffinsight.languages import Markdown
from diffinsight.models import Finding, Json


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
    # A column without a heading has only its number.
    named = None if column.startswith("#") else speaker.voice.quoted(column)
    return {"column": named, "before": old, "after": new}
