"""Cells of a changed table row."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence

from diffinsight.engines.contrasting import contrast
from diffinsight.engines.cutting import ELLIPSIS, shorten
from diffinsight.engines.differences import weightiest
from diffinsight.engines.passages import edits_of
from diffinsight.engines.values.exchanges import said_exchange
from diffinsight.engines.values.speaker import Speaker, Spoken
from diffinsight.languages import Markdown
from diffinsight.markdown_text import prose_with_code
from diffinsight.matching.edits import edits
from diffinsight.matching.sentences import sentences
from diffinsight.models import Finding, Json

_LAST_CLAUSE = re.compile(r"[,;:.!?]\s|[、。，；：]")  # noqa: RUF001 - East Asian marks are meant
_MOST_BEFORE = 3  # words
_MOST_LED = 10
_FIGURE = re.compile(r"[\W\d_]*")
_OPEN_END = re.compile(r"\s*[(\[{]$")
NUMBER = re.compile(r"[vV]?[\d.\-/]+")
LONGEST_ROW = 350  # characters
MOST_NUMBERS = 2  # columns without a name that are told by their number; more are counted
MOST_GROUPS = 3  # of rows that say the same, or changed alike
LEAST_LED = 40  # characters of a quotation where there is room for what leads to it
LONGEST_BRIEF = 150  # ... in the words over all files


def holds(speaker: Speaker, finding: Finding) -> Spoken:
    """What a row that came or went says, with its code as code."""
    said = [str(finding.values.get("holds") or "").removesuffix("."), *_notes(finding)]
    if not any(said) or speaker.voice.plain:
        return {}
    told = shorten("; ".join(filter(None, said)), LONGEST_ROW if speaker.in_full else LONGEST_BRIEF)
    return {"holds": Markdown(prose_with_code(told.removesuffix(".")))}


def noted(speaker: Speaker, findings: Sequence[Finding]) -> Spoken:
    """Each footnote of several rows once, and the rows that it says something of."""
    rows: dict[str, list[str]] = {}
    for finding in findings:
        for note in _notes(finding):
            rows.setdefault(note, []).append(finding.subject)
    told = (speaker.voice.say("item.noted", note=n, subjects=tuple(of)) for n, of in rows.items())
    return {"noted": tuple(told) or None}


def _notes(finding: Finding) -> tuple[str, ...]:
    notes = finding.values.get("footnotes")
    return tuple(map(str, notes)) if isinstance(notes, tuple | list) else ()


def cells(speaker: Speaker, finding: Finding) -> Markdown:
    alike: dict[tuple[str, str], list[Mapping[str, Json]]] = {}
    for cell in _listed(finding):
        sides = str(cell.get("before") or ""), str(cell.get("after") or "")
        alike.setdefault(sides, []).append(cell)
    return speaker.voice.enumerate([_told(speaker, same) for same in alike.values()], 3)


def _told(speaker: Speaker, cells: Sequence[Mapping[str, Json]]) -> Markdown:
    """What changed in a cell, or in several that changed alike."""
    values = _cell(speaker, cells[0])
    columns_of = dict.fromkeys(str(cell.get("column") or "") for cell in cells)
    names = [_column(speaker, column) for column in columns_of]
    known = all(speaker.voice.phrases.can_say("item.column", **name) for name in names)
    if known and len(names) > 1 and values.get("before") and values.get("after"):
        many = sum(name["column"] is None for name in names) > MOST_NUMBERS
        columns = tuple(speaker.voice.say("item.column", **name) for name in names)
        values |= {"columns": None if many else columns, "count": len(names)}
        return speaker.voice.say("item.cells", **values)
    told = [speaker.voice.say("item.cell", **values | name) for name in names]
    return speaker.voice.enumerate(told)


def only_column(speaker: Speaker, row: Finding) -> Spoken:
    """The column that a title names of a row with a number for its name."""
    columns = [str(cell.get("column") or "") for cell in _listed(row)]
    titled = speaker.voice.plain and speaker.voice.files is None
    if not titled or len(columns) != 1 or not NUMBER.fullmatch(row.subject.strip("`")):
        return {}
    name = _column(speaker, columns[0])["column"]
    return {"only_column": name}


def same_cells(speaker: Speaker, findings: Sequence[Finding]) -> Spoken:
    """What was exchanged for what, and where, when it is the same in every cell of some rows."""
    rows = [_listed(finding) for finding in findings if finding.kind == "table-row-changed"]
    pairs = {pair for finding in findings for pair in edits_of(finding.values)}
    pairs = pairs if len(pairs) == 1 else set(map(_difference, pairs))
    if len(rows) < len(findings) or len(pairs) != 1 or not all(next(iter(pairs))):
        return {}
    before, after = pairs.pop()
    spoken: Spoken = {"same_before": before, "same_after": after}
    columns = {tuple(str(cell.get("column")) for cell in row) for row in rows}
    named = [_column(speaker, column) for column in columns.pop()]
    if columns:
        return spoken
    if not all(speaker.voice.phrases.can_say("item.column", **name) for name in named):
        return spoken | {"in_names": True}
    told = tuple(speaker.voice.say("item.column", **name) for name in named)
    return spoken | {"in_columns": told}


def _difference(pair: tuple[str, str]) -> tuple[str, str]:
    """The only words of two texts that differ; the texts where there are more.

    Figures alone say nothing without the words beside them.
    """
    found = edits(*pair)
    sides = (found[0].before, found[0].after) if len(found) == 1 else pair
    return pair if all(map(_FIGURE.fullmatch, sides)) else sides


def grouped(ones: Sequence[Spoken]) -> list[Spoken]:
    """What is said of each of several rows; of the first ones, those that are alike together."""
    groups: dict[Hashable, list[Spoken]] = {}
    for number, one in enumerate(ones):
        said = one.get("cells") or one.get("holds")
        groups.setdefault(said if isinstance(said, str) else number, []).append(one)
    told, rest = list(groups.values())[:MOST_GROUPS], list(groups.values())[MOST_GROUPS:]
    together = [
        group[0] | {"subjects": tuple(str(one["subject"]) for one in group)}
        if len(group) > 1
        else group[0]
        for group in told
    ]
    # What is only counted is counted row by row.
    return [*together, *(one for group in rest for one in group)]


def filled(speaker: Speaker, findings: Sequence[Finding]) -> Spoken:
    """What rows say in columns that are new."""
    if not all(finding.kind == "table-column-added" for finding in findings):
        return {}
    entries = [_filled(speaker, finding) for finding in findings]
    spoken: Spoken = {"filled": told} if (told := sum(entries, ())) else {}
    if len(findings) > 1 and all(entries):
        spoken["filled_columns"] = tuple(
            speaker.voice.say("item.filled_column", column=finding.subject, filled=entry)
            for finding, entry in zip(findings, entries, strict=True)
        )
    return spoken


def _filled(speaker: Speaker, column: Finding) -> tuple[Markdown, ...]:
    listed = (
        {name: str(entry.get(name) or "") for name in ("row", "value")}
        for entry in _listed(column, "filled")
    )
    return tuple(speaker.voice.say("item.filled", **entry) for entry in listed)


def _listed(finding: Finding, name: str = "cells") -> list[Mapping[str, Json]]:
    cells = finding.values.get(name)
    listed = cells if isinstance(cells, tuple | list) else ()
    return [cell for cell in listed if isinstance(cell, Mapping)]


def _cell(speaker: Speaker, cell: Mapping[str, Json]) -> Spoken:
    before, after = (_closed(str(cell.get(name) or "")) for name in ("before", "after"))
    column = _column(speaker, str(cell.get("column") or ""))
    column["left_out"] = bool(cell.get("left_out"))
    said = said_exchange(speaker, before, after)
    if said is not None:
        return column | {"edit": said}
    led = _led(before, after, speaker.voice.limit) if cell.get("column") == "" else {}
    if led:
        return column | led
    if max(len(before), len(after)) > speaker.voice.limit:
        heaviest = weightiest(before, after)
        # A lone sentence in the place of another one is told with it.
        if all(heaviest) or max(len(sentences(side)) for side in (before, after)) > 1:
            before, after = _within(before, after, *heaviest)
    old, new = contrast(before, after, speaker.voice.limit)
    return column | {"before": old, "after": new}


def _led(old: str, new: str, limit: int) -> Spoken:
    """What differs in a sentence that no column names, after the words that say what it is of."""
    before, after = weightiest(old, new) if old and new else ("", "")
    longest = max(len(before), len(after))
    if not (before and after) or limit < LEAST_LED or longest > limit:
        return {}
    words = old.partition(before)[0].split()
    led = " ".join((*words[-_MOST_LED:], before))
    if led.count("`") % 2:
        return {}
    return {"before": ELLIPSIS + led if len(words) > _MOST_LED else led, "after": after}


def _within(old: str, new: str, before: str, after: str) -> tuple[str, str]:
    """A piece of two long cells with the words before it, for a column's name is not its own."""
    if not (before and after):
        return before, after
    leads = old.partition(before)[0], new.partition(after)[0]
    words, others = (_LAST_CLAUSE.split(lead)[-1].split()[-_MOST_BEFORE:] for lead in leads)
    if not all(leads) or words != others:
        return before, after
    lead = ELLIPSIS + "".join(f"{word} " for word in words)
    return lead + before, lead + after


def _closed(text: str) -> str:
    """Without a bracket at its end that only opens something."""
    return _OPEN_END.sub("", text) or text


def _column(speaker: Speaker, column: str) -> Spoken:
    """A column by its heading, or by its number; the first is the row's own name."""
    number = column.removeprefix("#") if column.startswith("#") else None
    named = speaker.voice.quoted(column) if column and number is None else None
    return {"column": named, "number": None if number == "1" else number}
