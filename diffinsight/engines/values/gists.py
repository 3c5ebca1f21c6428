"""What new, rewritten and removed pages and sections say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from diffinsight.engines.gists.entries import entries_of
from diffinsight.engines.gists.gist import gist_of, known_lines, lost_items, lost_of, new_lines
from diffinsight.engines.gists.sayings import is_stopped
from diffinsight.engines.quoting.cutting import shorten
from diffinsight.engines.quoting.source_prose import (
    answer,
    column_names,
    listed_names,
    paragraphs,
    row_names,
    row_values,
)
from diffinsight.engines.values.cells import grouped
from diffinsight.engines.values.sizes import integer
from diffinsight.engines.values.speaker import Speaker, Spoken
from diffinsight.languages import Markdown, Value
from diffinsight.markdown_text import is_code
from diffinsight.matching.weight import Weight, weigh
from diffinsight.models import Finding

SAYING = frozenset({"page-added", "heading-added", "release-added", "section-rewritten"})
NEW = frozenset({"page-added", "heading-added"})
LOST = frozenset({"heading-removed", "page-removed"})
LONGEST_GIST = 180  # characters
LONGEST_SUMMED_UP = 110  # ... in a summary
LEAST_ROOM = 60  # ... of a quotation in a summary that has room for one
LONGEST_NAME = 40  # characters of a row's
LONGEST_ITEM = 60  # ... of a list's
LONGEST_CELL = 70  # ... of what a row says of it
MOST_ROWS = 6  # that are told with it
LEAST_LISTED = 3  # items that say more than a sentence beside them
MOST_LISTING = 3  # sections of which the words over all files have room for what they list
MOST_GISTS = 6  # of several sections
MOST_SAID = 750  # characters of them
MOST_NAMED = 6  # sections
MOST_SHARING = 100  # sections that are all read for it
LEAST_SHARING = 4  # sections that have a name in common: fewer are named themselves

_MARKS = re.compile(r"^\*+|[\\*†‡¹²³]+$")  # of footnotes and bold words
# Within a sentence, where not every word starts with a capital letter.
_NAME = re.compile(r"(?:(?<=\[)|(?<=[a-z,] ))[A-Z][A-Za-z\d-]{3,}\b")


def gist(speaker: Speaker, finding: Finding) -> Spoken:
    """What a new page or section says of itself, a rewritten one that it did not say before."""
    stays = finding.values.get("text_stays") and not (
        finding.kind == "heading-added" and finding.values.get("words")
    )
    if stays or (speaker.voice.plain and speaker.voice.files is None):
        return {"gist": None}
    if speaker.voice.plain:
        return _summed_up(speaker, finding)
    if finding.kind in LOST:
        return _lost(speaker, finding)
    if finding.kind not in SAYING:
        return {"gist": None}
    said = [shorten(text, LONGEST_GIST) for text in _said(speaker, finding)]
    if finding.kind == "page-added" and speaker.voice.files is not None:
        said.reverse()  # what it begins with tells more than that it is a page about something
    told: Spoken = dict(zip(("gist", "gist_more"), said, strict=False))
    if len(said) > 1 and speaker.in_full and finding.kind == "heading-added":
        told["point"] = shorten(
            gist_of(speaker.source.change, finding.after_lines)[0], LONGEST_GIST
        )
    if told and not speaker.in_full:
        return told | _items(speaker, finding, told)
    return told | (_rows(speaker, finding) or _items(speaker, finding, told))


def _summed_up(speaker: Speaker, finding: Finding) -> Spoken:
    """What a summary has room for: of a new section or page its weightiest sentence."""
    told = finding.kind in NEW and not speaker.voice.terse and speaker.voice.limit >= LEAST_ROOM
    said = _said(speaker, finding) if told else ()
    said = said[-1:] if finding.kind == "page-added" else said[:1]
    return {"gist": shorten(said[0], LONGEST_SUMMED_UP) if said else None} | _rows(speaker, finding)


def _said(speaker: Speaker, finding: Finding) -> tuple[str, ...]:
    change = speaker.source.change
    if finding.kind == "page-added":
        return gist_of(change)
    entries = entries_of(change, finding.after_lines) if finding.kind == "release-added" else ()
    told = entries or gist_of(change, finding.after_lines, in_order=speaker.in_full)
    if told or not finding.after_lines or finding.values.get("tables"):
        return told
    came = list(paragraphs(answer(new_lines(change, finding.after_lines))))
    if len(came) != 1 or not (finding.values.get("text_stays") or is_stopped(came[0].text)):
        return ()
    return (came[0].text,)  # it is on the heading, or all that the section says


def _items(speaker: Speaker, finding: Finding, told: Spoken) -> Spoken:
    """What a new section lists, where what is ``told`` of it is little."""
    if finding.kind != "heading-added" or not finding.after_lines:
        return {}
    count = integer(finding.values.get("items")) + integer(finding.values.get("steps"))
    mostly = count >= max(LEAST_LISTED, integer(finding.values.get("paragraphs")) + 1)
    if told and (not speaker.in_full or told.get("gist_more") or not mostly):
        return {}
    return _listing(listed_names(new_lines(speaker.source.change, finding.after_lines)))


def _listing(names: Sequence[str]) -> Spoken:
    if len(names) <= 1:
        return {}
    return {"list_items": tuple(shorten(name, LONGEST_ITEM) for name in names)}


def _rows(speaker: Speaker, finding: Finding) -> Spoken:
    """The rows of the table that a new section or page is."""
    # Lines of code may have the marks of rows.
    page = finding.kind == "page-added" and not finding.values.get("code_blocks")
    if not page and not (finding.kind == "heading-added" and finding.values.get("tables")):
        return {}
    lines = None if page else finding.after_lines
    beside = speaker.in_full and not page
    if not (page or lines) or (not beside and gist_of(speaker.source.change, lines)):
        return {}
    known = row_names(known_lines(speaker.source.change).splitlines(), heads=True)
    came = row_names(new_lines(speaker.source.change, lines))
    names = [_MARKS.sub("", name) for name in came if name not in known]
    if names and not page and all(map(is_code, names)):
        cells = _cells(speaker, finding)
        if cells or speaker.in_full:  # longer ones are told as options
            return cells
    if not names:
        return {}
    columns = () if page else column_names(new_lines(speaker.source.change, lines))
    if len(names) == 1 < len(columns):  # what the only row is called says least
        return {"table_columns": tuple(shorten(name, LONGEST_NAME) for name in columns)}
    told = tuple(dict.fromkeys(shorten(name, LONGEST_NAME) for name in names))
    tables = integer(finding.values.get("tables"))
    each = _by_table(speaker, new_lines(speaker.source.change, lines), known) if beside else {}
    rows: Spoken = {"table_rows": told, "table_rows_count": len(told)}
    apart = len(each) == tables > 1
    return ({"row_tables": tuple(each.values())} if apart else rows) | {"tables": tables}


def _by_table(speaker: Speaker, lines: Sequence[str], known: Sequence[str]) -> dict[str, Markdown]:
    """What each table lists, by the name of its first column."""
    told = {}
    for is_row, run in groupby(lines, key=lambda line: line.lstrip().startswith("|")):
        rows = list(run) if is_row else []
        head = row_names(rows, heads=True)[:1]
        came = dict.fromkeys(_MARKS.sub("", name) for name in row_names(rows) if name not in known)
        names = tuple(shorten(name, LONGEST_NAME) for name in came)
        if head and names:
            values: Spoken = {"head": head[0].strip("*_"), "names": names}
            told[head[0]] = speaker.voice.say("item.table", **values)
    return told


def _cells(speaker: Speaker, finding: Finding) -> Spoken:
    """What a few rows say in a word or two."""
    cells = row_values(new_lines(speaker.source.change, finding.after_lines))
    if not 0 < len(cells) <= MOST_ROWS or not all(map(_is_figure_row, cells)):
        return {}
    rows: list[Spoken] = [{"subject": name, "holds": value} for name, value in cells]
    return {"row_cells": tuple(speaker.voice.say("item.row", **one) for one in grouped(rows))}


def _is_figure_row(cells: tuple[str, str]) -> bool:
    """Whether a row says something short of a thing that it names."""
    return all(0 < len(cell) <= LONGEST_CELL for cell in cells)


def shared_name(speaker: Speaker, findings: Sequence[Finding]) -> str | None:
    """A name that all of several new sections say, and nothing else in the file did."""
    if findings[0].kind != "heading-added" or not LEAST_SHARING <= len(findings) <= MOST_SHARING:
        return None
    change = speaker.source.change
    texts = ["\n".join(new_lines(change, f.after_lines)) for f in findings if f.after_lines]
    headings = " ".join(finding.subject for finding in findings)
    if len(texts) < len(findings):
        return None
    names = frozenset.intersection(*(frozenset(_NAME.findall(text)) for text in texts))
    known = known_lines(change)
    own = sorted(name for name in names if name not in known and name not in headings)
    return max(own, key=len, default=None)


def _lost(speaker: Speaker, finding: Finding) -> Spoken:
    """What a removed section or page said."""
    stays = finding.values.get("text_stays") or finding.values.get("partly_in")
    if stays or not finding.before_lines:
        return {"lost": None}
    page = finding.kind == "page-removed"
    if page and speaker.voice.files is not None:
        return {"lost": None}  # said once, where the page is told
    said = lost_of(speaker.source.change, None if page else finding.before_lines)
    if said:
        return {"lost": shorten(said[0], LONGEST_GIST)}
    if page:
        return {"lost": None}
    return {"lost": None} | _listing(lost_items(speaker.source.change, finding.before_lines))


def _rule(lost: Value) -> Value:
    """What a section said, if readers had to follow it: several are not worth more words."""
    return lost if isinstance(lost, str) and weigh("", lost) >= Weight.RULE else None


def told_sections(findings: Sequence[Finding], ones: Sequence[Spoken]) -> list[Spoken]:
    """Several sections, those that are told by what they say before others.

    The uppermost are told so, and of those the weightiest, as long as there is room.
    """
    if not findings[0].kind.startswith(("heading-", "release-", "section-")):
        return list(ones)
    ones = [one | {"gist": one.get("point") or one.get("gist")} for one in ones]
    few = len(ones) <= MOST_LISTING
    lost = (one.get("lost") if few else _rule(one.get("lost")) for one in ones)
    said = [one.get("gist") or text for one, text in zip(ones, lost, strict=True)]
    ranked = sorted(
        (integer(finding.values.get("level")), -weigh("", text), place)
        for place, (finding, text) in enumerate(zip(findings, said, strict=True))
        if isinstance(text, str)
    )
    chosen: list[int] = []
    room = MOST_SAID
    for _, _, place in ranked[:MOST_GISTS]:
        room -= len(str(said[place]))
        if room >= 0:
            chosen.append(place)
    others = [place for place in range(len(ones)) if place not in chosen]
    first = sorted([*chosen, *others[: MOST_NAMED - len(chosen)]])
    rest = [place for place in others if place not in first]
    if len(ones) > MOST_LISTING and any(not one.get("line") for one in ones):
        ones = [one | {"list_items": None} for one in ones]
    ones = [one | {"line": one.get("line") or None} for one in ones]
    unsaid: Spoken = {"gist": None, "lost": None}
    return [ones[p] if p in chosen else ones[p] | unsaid for p in (*first, *rest)]


def said_each(speaker: Speaker, ones: Sequence[Spoken]) -> Spoken:
    """What several sections say, a sentence for each, and those that are only named."""
    said = [one for one in ones if one.get("gist") and one.get("line")]
    if len(said) <= 1:
        return {}
    rest = [one for one in ones if one not in said]
    return {
        "each": speaker.voice.phrases.join(speaker.voice.say("item.says", **one) for one in said),
        "others": tuple(speaker.voice.say("item.placed", **one) for one in rest) or None,
        "others_count": len(rest),
    }
