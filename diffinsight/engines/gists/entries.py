"""What a release in a change log says: its weightiest entries."""

from __future__ import annotations

import re

from diffinsight.engines.gists.gist import new_lines
from diffinsight.engines.quoting.source_prose import paragraphs
from diffinsight.matching.announcing import announced
from diffinsight.matching.sentences import sentences
from diffinsight.matching.weight import Weight, weigh
from diffinsight.models import FileChange, LineRange

MOST = 2  # entries
_LEAST = 3  # words: fewer are a label
# What readers have to act on; entries below such a heading are that, too.
_BREAKS = re.compile(
    r"(?i)\b(?:break(?:s|ing|(?=\W{0,3}:))|incompatib|dropp?(?:s|ed|ing)?\b|remov(?:e[sd]?|al|ing)\b"
    r"|no longer\b)|破壊的|互換性|削除|廃止|不兼容|移除|弃用"
)
_HEADING = re.compile(r"#{1,6}\s+(.*)")
# Numbers of issues, pull requests and authors behind an entry.
_REFERENCES = re.compile(
    r"(?:(?:,?\s{1,2}and)?[\s,(\[]{1,4}(?:#\d{1,8}|gh-\d{1,8}|[0-9a-f]{7,40}|by @[\w-]{1,40}|in https?://\S{1,200})"
    r"(?:\]\(\S{1,200}\))?[)\]]{0,2}){1,8}(?=\.?$)"
)


def entries_of(change: FileChange, lines: LineRange | None) -> tuple[str, ...]:
    """The source texts of the entries on ``lines`` that break something, and of the first."""
    told: list[tuple[bool, str]] = []
    below = False  # a heading that says that something breaks
    part: list[str] = []
    for line in (*new_lines(change, lines), "#"):
        if not line.startswith("#"):
            part.append(line)
            continue
        told += [(below or _breaks(text), text) for text in _entries(part)]
        heading = _HEADING.match(line)
        below, part = bool(heading and _BREAKS.search(heading[1])), []
    urgent = [text for breaks, text in told if breaks]
    return (*urgent, *(text for breaks, text in told if not breaks))[:MOST]


def _entries(lines: list[str]) -> list[str]:
    """The first sentence of each item."""
    items = (paragraph.text for paragraph in paragraphs(lines) if paragraph.item)
    said = (_REFERENCES.sub("", sentences(text)[0]).rstrip(":") for text in items if text.strip())
    return [text for text in said if len(text.split()) >= _LEAST or not text.isascii()]


def _breaks(text: str) -> bool:
    return bool(announced(text) or weigh("", text) >= Weight.END or _BREAKS.match(text))
