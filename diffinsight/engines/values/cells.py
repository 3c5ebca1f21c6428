"""Cells of a changed table row."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from itertools import takewhile
from posixpath import commonprefix

from diffinsight.engines.choosing.passages import edits_of
from diffinsight.engines.quoting.contrasting import contrast
from diffinsight.engines.quoting.cutting import ELLIPSIS, shorten
from diffinsight.engines.quoting.differences import weightiest
from diffinsight.engines.values.exchanges import said_exchange
from diffinsight.engines.values.speaker import Speaker, Spoken
from diffinsight.languages import Markdown
from diffinsight.markdown_text import prose_with_code
from diffinsight.matching.edits import edits
from diffinsight.matching.sentences import changed_sentences, is_another, is_kept, sentences
from diffinsight.models import Finding, Json

_LAST_CLAUSE = re.compile(r"[,;:.!?]\s|[、。，；：]")  # noqa: RUF001 - East Asian marks are meant
_MOST_BEFORE = 3  # words
_MOST_LED = 10
_FIGURE = re.compile(r"[\W\d_]*")
_OPEN_END = re.compile(r"\s*[(\[{]$")
NUMBER = re.compile(r"[vV]?[\d.\-/]+")
LONGEST_ROW = 350  # characters
MOST_NUMBERS = 2  # columns without a name that are told by their number; more are counted
MOST_TICKED = 6  # columns that are named; more are counted
MOST_GROUPS = 3  # of rows that say the same, or changed alike
LEAST_SHOWN = 16  # ... of a part of a cell
LEAST_LED = 40  # characters of a quotation where there is room for what leads to it
LONGEST_BRIEF = 150  # ... in the words over all files


def holds(speaker: Speaker, finding: Finding) -> Spoken:
    """What a row that came or went says, with its code as code."""
    if "ticks" in finding.values and not speaker.voice.plain:
        return {"holds": _ticks(speaker, finding.values)}
    said = [str(finding.values.get("holds") or "").removesuffix("."), *_notes(finding)]
    if not any(said) or speaker.voice.plain:
        return {}
    told = shorten("; ".join(filter(None, said)), LONGEST_ROW if speaker.in_full else LONGEST_BRIEF)
    return {"holds": Markdown(prose_with_code(told.removesuffix(".")))}


def _ticks(speaker: Speaker, row: Mapping[str, Json]) -> Markdown:
    """What a row of signs says yes for."""
    columns = _strings(row.get("ticks"))
    values: Spoken = {"tick": str(row.get("tick")), "count": len(columns)}
    many = bool(row.get("all_ticked")) or len(columns) > MOST_TICKED
    return speaker.voice.say(
        "item.ticks",
        **values,
        all=bool(row.get("all_ticked")),
        columns=None if many else _columns(speaker, columns),
    )


def supported(speaker: Speaker, finding: Finding) -> Spoken:
    """Of a table of signs, what its rows say yes for, those that say the same together."""
    rows: list[Spoken] = [
        {"subject": str(row.get("row")), "holds": _ticks(speaker, row)}
        for row in _listed(finding, "support")
        if row.get("ticks")
    ]
    if not rows or speaker.voice.plain:
        return {}
    return {"support": tuple(speaker.voice.say("item.row", **one) for one in grouped(rows))}


def _columns(
    speaker: Speaker, columns: Sequence[str], *, noted: bool = False, called: bool = False
) -> Markdown | None:
    """Several columns by what heads them, or by their numbers.

    ``noted``: with a word on why a column has no other name; ``called``: with a word that says
    that they are columns, where nothing else does. None: one of them has no name at all.
    """
    noted = noted and speaker.source.in_hunks and not speaker.voice.plain
    names = [_column(speaker, column) for column in dict.fromkeys(columns)]
    if not all(speaker.voice.phrases.can_say("item.column", **name) for name in names):
        return None
    numbers = tuple(str(name["number"]) for name in names if name["column"] is None)
    if len(numbers) == len(names):
        told: Spoken = {"numbers": numbers, "count": len(numbers), "noted": noted}
        return speaker.voice.say("item.columns", **told)
    listed = [speaker.voice.say("item.column", **name) for name in names]
    if called and not numbers:
        return speaker.voice.say("item.columns", names=tuple(listed), count=len(listed))
    return speaker.voice.enumerate(listed, 4)


def _strings(listed: Json) -> tuple[str, ...]:
    return tuple(map(str, listed)) if isinstance(listed, tuple | list) else ()


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


def cells(speaker: Speaker, finding: Finding) -> Spoken:
    """What changed in a row; where that is one thing, its sides and its columns by themselves."""
    alike: dict[tuple[str, str], list[Mapping[str, Json]]] = {}
    for cell in _listed(finding):
        exchange = str(cell.get("before") or ""), str(cell.get("after") or "")
        alike.setdefault(exchange, []).append(cell)
    listed = [
        part for same in alike.values() for part in (_told(speaker, same), *_also(speaker, same))
    ]
    spoken: Spoken = {"cells": speaker.voice.enumerate(listed, 3) or None}
    if len(listed) != 1:
        return spoken
    (only,) = alike.values()
    if only[0].get("footnote"):
        return spoken | _footnote_values(speaker, *next(iter(alike)))
    values = _cell(speaker, only[0])
    columns = [str(cell.get("column") or "") for cell in only]
    named = _columns(speaker, columns, noted=True)
    if named is None or "edit" in values or values["left_out"] or len(columns) > MOST_TICKED:
        return spoken
    old, new = str(values["before"] or ""), str(values["after"] or "")
    if any(ELLIPSIS in side and len(side) < LEAST_SHOWN for side in (old, new)):
        return spoken  # so little of a cell says nothing
    sides: Spoken = {"cell_before": old, "cell_after": new} if old and new else {}
    lone: Spoken = {} if sides else {"cell_added": new or None, "cell_removed": old or None}
    return spoken | sides | lone | {"cell_columns": named}


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
    alike = pairs if len(pairs) == 1 else set(map(_difference, pairs))
    if len(rows) < len(findings) or len(alike) != 1 or not all(next(iter(alike))):
        return {}
    before, after = alike.pop()
    if len(pairs) > 1 and not speaker.voice.plain and any(map(str.isdigit, before)):
        before, after = _led_alike(pairs, before, after, speaker.voice.limit)
    columns = {tuple(str(cell.get("column") or "") for cell in row) for row in rows}
    ticked = all(finding.values.get("ticked") for finding in findings)
    spoken: Spoken = {"same_before": before, "same_after": after, "ticked": ticked}
    named = _columns(speaker, columns.pop(), noted=True, called=True)
    if columns:  # several words tell what changed, wherever that is; a sign or a figure does not
        return spoken | {"in_names": len(before.split()) > 1}
    return spoken | ({"in_names": True} if named is None else {"in_columns": named})


def _difference(pair: tuple[str, str]) -> tuple[str, str]:
    """The only words of two texts that differ; the texts where there are more.

    Figures alone say nothing without the words before them.
    """
    found = edits(*pair)
    sides = (found[0].before, found[0].after) if len(found) == 1 else pair
    if not all(map(_FIGURE.fullmatch, sides)):
        return sides
    lead = commonprefix(pair).rpartition(" ")[0]
    words = _LAST_CLAUSE.split(lead)[-1].split()[-_MOST_BEFORE:]
    return (" ".join((*words, sides[0])), " ".join((*words, sides[1]))) if words else pair


def _led_alike(
    pairs: Collection[tuple[str, str]], before: str, after: str, limit: int
) -> tuple[str, str]:
    """What became of a piece of several texts, after as many words before it as they share."""
    texts = [old.partition(before)[0].split()[-_MOST_LED:] for old, _ in pairs]
    if not all(texts):
        return before, after
    shared = takewhile(lambda words: len(set(words)) == 1, zip(*map(reversed, texts), strict=False))
    lead = [words[0] for words in shared][::-1]
    while lead and len(" ".join((*lead, before))) >= limit:
        lead = lead[1:]
    led = " ".join((*lead, before))
    return (
        (ELLIPSIS + led, ELLIPSIS + after) if lead and not led.count("`") % 2 else (before, after)
    )


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
    entries = list(listed)
    if len(entries) > 1 and len({entry["value"] for entry in entries}) == 1:
        rows = tuple(entry["row"] for entry in entries)
        return (speaker.voice.say("item.filled_alike", value=entries[0]["value"], rows=rows),)
    return tuple(speaker.voice.say("item.filled", **entry) for entry in entries)


def _listed(finding: Finding, name: str = "cells") -> list[Mapping[str, Json]]:
    cells = finding.values.get(name)
    listed = cells if isinstance(cells, tuple | list) else ()
    return [cell for cell in listed if isinstance(cell, Mapping)]


def _cell(speaker: Speaker, cell: Mapping[str, Json]) -> Spoken:
    before, after = (_closed(str(cell.get(name) or "")) for name in ("before", "after"))
    column = _column(speaker, str(cell.get("column") or ""))
    column["left_out"] = bool(cell.get("left_out"))
    if cell.get("footnote"):
        notes = _footnote_values(speaker, before, after)
        return column | {"edit": speaker.voice.say("item.footnote", **notes)}
    said = said_exchange(speaker, before, after)
    if said is not None:
        return column | {"edit": said}
    led = _led(before, after, speaker.voice.limit) if cell.get("column") == "" else {}
    if led:
        return column | led
    if max(len(before), len(after)) > speaker.voice.limit:
        heaviest = weightiest(before, after)
        # A lone sentence in the place of another one is told with it, and so is one among others
        # in the place of which nothing stays.
        several = max(len(sentences(side)) for side in (before, after)) > 1
        if all(heaviest) or (several and not is_another(before, after)):
            before, after = _within(before, after, *heaviest)
    shown = contrast(before, after, speaker.voice.limit)
    return column | {"before": shown[0], "after": shown[1]}


def _also(speaker: Speaker, cells: Sequence[Mapping[str, Json]]) -> Iterator[Markdown]:
    """Sentences that came to a long cell, or went, beside the one that is told of it."""
    before, after = (str(cells[0].get(name) or "") for name in ("before", "after"))
    long = max(len(before), len(after)) > speaker.voice.limit and bool(before and after)
    if speaker.voice.plain or not long or cells[0].get("footnote"):
        return
    told = weightiest(before, after)
    if not all(told):  # the one that is told came or went itself
        return
    for old, new in changed_sentences(before, after):
        if not (old and new) and not is_kept(old or new, before if new else after):
            sides = contrast(old, new, speaker.voice.limit)
            yield speaker.voice.say("item.cell", before=sides[0], after=sides[1])


def _footnote_values(speaker: Speaker, before: str, after: str) -> Spoken:
    """The footnotes that a row points at now, and those that it pointed at."""
    old, new = (shorten(side, speaker.voice.limit) or None for side in (before, after))
    if not new:
        return {"footnote_removed": old}
    return {"footnote_before": old, "footnote_after": new} if old else {"footnote_added": new}


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
    # The other side after fewer words, so that both can be read side by side.
    near = " ".join((*words[-_MOST_BEFORE:], after))
    same = new.partition(after)[0].split()[-_MOST_BEFORE:] == words[-_MOST_BEFORE:]
    ends = ELLIPSIS + near if same and len(words) > _MOST_BEFORE else after
    return {"before": ELLIPSIS + led if len(words) > _MOST_LED else led, "after": ends}


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
