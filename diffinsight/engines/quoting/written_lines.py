"""Which of a finding's lines have something on them.

Blank lines around a text belong to what is told of it, and the line that closes a block of code
may stand outside: git shows it as unchanged where another block ended with the same line.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from diffinsight.changes import hunks
from diffinsight.engines.quoting.source_prose import is_fence
from diffinsight.models import FileChange, LineRange

_BLANK = frozenset(" \t>")


def written(change: FileChange, lines: LineRange, *, old: bool) -> LineRange:
    """``lines`` of one version without the blank ones at their ends, to the end of code."""
    known = _lines(change, old)
    first, last = lines
    while first < last and _is_blank(known.get(first)):
        first += 1
    while last > first and _is_blank(known.get(last)):
        last -= 1
    fences = sum(is_fence(known.get(number, "")) for number in range(first, last + 1))
    return first, last + (fences % 2 and is_fence(known.get(last + 1, "")))


def _is_blank(line: str | None) -> bool:
    return line is not None and set(line) <= _BLANK


@lru_cache(maxsize=2)  # asked for finding by finding
def _lines(change: FileChange, old: bool) -> Mapping[int, str]:  # noqa: FBT001 - a key of the cache
    """The lines that are known of a version, by their numbers."""
    text = change.before if old else change.after
    if text is not None:
        return dict(enumerate(text.splitlines(), 1))
    shown = (line for hunk in hunks(change.patch or "") for line in hunk.lines)
    numbered = ((line.before if old else line.after, line.text) for line in shown)
    return {number: text for number, text in numbered if number is not None}
