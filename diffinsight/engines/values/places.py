"""Where findings are, for each spot in a sentence at which that is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from diffinsight.engines.choosing.passages import places_of
from diffinsight.engines.quoting.voice import blob_url, link
from diffinsight.engines.values.speaker import Speaker, Spoken
from diffinsight.languages import Markdown
from diffinsight.models import Finding, Json

_TABLE = re.compile(r"(?m)^[ >]*\|?[ :]*-{2,}[ :]*\|")  # the line under its head
_SEVERAL = 2
_SPOTS = ("at", "where", "lead")


def place(speaker: Speaker, finding: Finding) -> Spoken:
    line = speaker.source.line(speaker.voice, finding.before_lines, finding.after_lines)
    found = finding.values.get("section")
    section = found if isinstance(found, str) else None
    asks = section and section != speaker.source.title and section.endswith(("?", "？"))  # noqa: RUF001 - other scripts' mark
    spoken = place_of(speaker, section, line) | {"asked": section if asks else None}
    if section and finding.kind.startswith("table-row-") and _has_tables(speaker):
        spoken["where"] = _in_section(speaker, section) or spoken["where"]
    return spoken


def _has_tables(speaker: Speaker) -> bool:
    """Whether a page has several tables: "the table" is none of them."""
    page = speaker.source.change.after or ""
    return len(list(islice(_TABLE.finditer(page), _SEVERAL))) == _SEVERAL


def _in_section(speaker: Speaker, section: str) -> Markdown:
    """A section of the one file that is named; empty where there are more, or none."""
    voice, files = speaker.voice, speaker.voice.files
    if files is None or not files.one or section == speaker.source.title:
        return Markdown()
    quoted = voice.quoted(section)
    return voice.phrases.say("place.where_in_file", section=quoted, files=files.text)


def place_of(speaker: Speaker, section: str | None, line: Markdown) -> Spoken:
    """Where something is, for each spot in a sentence at which that is said."""
    voice = speaker.voice
    if voice.files is not None:
        said = {name: voice.place_in(voice.files, name) for name in _SPOTS}
        return {"line": Markdown(), "files": voice.files.text, **said}
    if section == speaker.source.title:
        section = None  # everything on the page is under its title
    known = section is not None and section == voice.under
    quoted = None if section is None or known else voice.quoted(section)
    silent = voice.plain or not (quoted or line)
    values: Spoken = {"section": quoted, "line": line or None, "same": known}
    return {
        "line": line,
        "at": voice.say("place.at", line=line) if line else Markdown(),
        "where": Markdown() if silent else voice.say("place.where", **values),
        "lead": voice.say("place.lead", **values),
    }


def sections(speaker: Speaker, findings: Sequence[Finding]) -> Markdown:
    """Where findings are that stand in several sections."""
    sections = [finding.values.get("section") for finding in findings]
    if None in sections or len(set(sections)) == 1:
        return Markdown()
    named = tuple(dict.fromkeys(speaker.voice.quoted(str(section)) for section in sections))
    return speaker.voice.say("place.where_sections", sections=named)


def places(speaker: Speaker, places: Json) -> Iterator[Markdown]:
    for path, line in places_of(places):
        url = blob_url(speaker.change_set, speaker.change_set.head, path)
        text = link(speaker.voice.say("place.line", line=line), url, (line, line))
        yield speaker.voice.say("place.linked_from", path=path, line=text)
