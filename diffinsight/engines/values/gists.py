"""What new, rewritten and removed pages and sections say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from diffinsight.engines.cutting import shorten
from diffinsight.engines.entries import entries_of
from diffinsight.engines.gist import gist_of, known_lines, lost_of, new_lines
from diffinsight.engines.source_prose import row_names
from diffinsight.engines.values.sizes import integer
from diffinsight.engines.values.speaker import Speaker, Spoken
from diffinsight.languages import Value
from diffinsight.markdown_text import is_code
from diffinsight.matching.weight import Weight, weigh
from diffinsight.models import FileChange, Finding

SAYING = frozenset({"page-added", "heading-added", "release-added", "section-rewritten"})
LONGEST_GIST = 180  # characters
LONGEST_NAME = 40  # characters of a row's
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
    if finding.values.get("text_stays") or (speaker.voice.plain and speaker.voice.files is None):
        return {"gist": None}
    if speaker.voice.plain:
        return {"gist": None} | _rows(speaker, finding)
    if finding.kind == "heading-removed":
        return _lost(speaker, finding)
    if finding.kind not in SAYING:
        return {"gist": None}
    said = [shorten(text, LONGEST_GIST) for text in _said(speaker.source.change, finding)]
    if finding.kind == "page-added" and speaker.voice.files is not None:
        said.reverse()  # what it begins with tells more than that it is a page about something
    told: Spoken = dict(zip(("gist", "gist_more"), said, strict=False))
    return told or _rows(speaker, finding)


def _said(change: FileChange, finding: Finding) -> tuple[str, ...]:
    if finding.kind == "page-added":
        return gist_of(change)
    entries = entries_of(change, finding.after_lines) if finding.kind == "release-added" else ()
    return entries or gist_of(change, finding.after_lines)


def _rows(speaker: Speaker, finding: Finding) -> Spoken:
    """The rows of the table that a new section is."""
    if finding.kind != "heading-added" or not finding.values.get("tables"):
        return {}
    if not finding.after_lines or gist_of(speaker.source.change, finding.after_lines):
        return {}
    known = row_names(known_lines(speaker.source.change).splitlines(), heads=True)
    came = row_names(new_lines(speaker.source.change, finding.after_lines))
    names = [_MARKS.sub("", name) for name in came if name not in known]
    if all(map(is_code, names)):  # such rows are told as options
        return {}
    told = tuple(shorten(name, LONGEST_NAME) for name in names)
    return {"table_rows": told, "table_rows_count": len(told)}


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
    """What a removed section said."""
    if not finding.before_lines or finding.values.get("copy"):
        return {"lost": None}
    said = lost_of(speaker.source.change, finding.before_lines)
    return {"lost": shorten(said[0], LONGEST_GIST) if said else None}


def _rule(lost: Value) -> Value:
    """What a section said, if readers had to follow it: several are not worth more words."""
    return lost if isinstance(lost, str) and weigh("", lost) >= Weight.RULE else None


def told_sections(findings: Sequence[Finding], ones: Sequence[Spoken]) -> list[Spoken]:
    """Several sections, those that are told by what they say before others.

    The uppermost are told so, and of those the weightiest, as long as there is room.
    """
    if not findings[0].kind.startswith(("heading-", "release-", "section-")):
        return list(ones)
    said = [one.get("gist") or _rule(one.get("lost")) for one in ones]
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
    unsaid: Spoken = {"gist": None, "lost": None}
    return [ones[p] if p in chosen else ones[p] | unsaid for p in (*first, *rest)]
