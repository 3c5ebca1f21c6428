"""Whether one sentence says each word that changed: only then did nothing else change."""

from __future__ import annotations

import re
from html import unescape
from itertools import groupby

from diffinsight.changes import hunks
from diffinsight.matching.sequences import changes
from diffinsight.models import FileChange, Hunk
from diffinsight.outline import file_kind

_WORD = re.compile(r"\w+")
_KEY = re.compile(r"^\s*(?:- )*\s*[\w.$-]+:(?=\s|$)")  # of data, which a sentence need not name
_ADDRESS = re.compile(r"\]\([^)]*\)")  # of the lines that a sentence links to


def tells_all(sentence: str, change: FileChange) -> bool:
    """Whether ``sentence`` has every word in which the lines of a patch differ."""
    said = set(_words(unescape(_ADDRESS.sub("]", sentence)).replace("\\", "")))
    data = file_kind(change.path) != "page"
    return all(
        word in said
        for hunk in hunks(change.patch or "")
        for word in _changed_words(hunk, data=data)
    )


def _changed_words(hunk: Hunk, *, data: bool) -> set[str]:
    """Words in which each run of removed lines differs from the added lines that took its place."""
    found: set[str] = set()
    for kept, run in groupby(hunk.lines, key=lambda line: line.mark == " "):
        if kept:
            continue
        sides: dict[str, list[str]] = {"-": [], "+": []}
        for line in run:
            text = _KEY.sub("", line.text) if data else line.text
            sides[line.mark] += _words(text)
        old, new = sides["-"], sides["+"]
        for part in changes(old, new):
            found |= {*old[slice(*part.before)], *new[slice(*part.after)]}
    return found


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]
