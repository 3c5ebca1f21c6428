"""Two addresses or names without spaces cut alike, and what differs between two targets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from posixpath import commonprefix

from diffinsight.engines.quoting.cutting import ELLIPSIS, cut

_SEGMENT = re.compile(r"(?<![:/])[/#?&](?!/)")  # where an address is best cut
_PART = re.compile(r"[/#?&=\-_.]|:(?!/)")


def addresses(old: str, new: str, limit: int) -> tuple[str, str]:
    """Two addresses or names from the same mark on; what both end in is cut alike, too."""
    start = len(commonprefix([old, new]))
    if not start:
        return _apart(old, new, limit)
    segments = [found.start() for found in _SEGMENT.finditer(old[:start])]
    marks = [found.start() for found in _PART.finditer(old[:start])]
    near = [at for at in marks if at > max(segments, default=0)]
    same = _common_end(old[start:], new[start:])
    tries = [_Cut(first=first, same=same, kept=same) for first in (0, *segments, *near)]
    stops = [found.start() for found in _PART.finditer(old[len(old) - same :])]
    for first in (*segments[-1:], *near):
        # The later a common end is cut, the more it says.
        tries += [_Cut(first=first, same=same, kept=kept) for kept in reversed(stops)]
    fitting = (pair for cut_at in tries if max(map(len, pair := cut_at.of(old, new))) <= limit)
    last = max((*near, *segments), default=0)
    mark = ELLIPSIS if last else ""
    return next(fitting, None) or _hard(mark + old[last:], mark + new[last:], limit)


def _apart(old: str, new: str, limit: int) -> tuple[str, str]:
    """Two addresses that begin differently, each with its end."""
    told = cut(old, limit), cut(new, limit)
    return told if told[0] != told[1] else _hard(old, new, limit)


def _hard(old: str, new: str, limit: int) -> tuple[str, str]:
    """Two texts cut anywhere where they are too long."""
    cut_off = (text if len(text) <= limit else text[: limit - 1] + ELLIPSIS for text in (old, new))
    return next(cut_off), next(cut_off)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Cut:
    """Where two addresses start, and how much of what both end in is kept."""

    first: int
    same: int
    kept: int

    def of(self, old: str, new: str) -> tuple[str, str]:
        return self._side(old), self._side(new)

    def _side(self, text: str) -> str:
        end = len(text) - self.same + self.kept
        mark = ELLIPSIS if self.first else ""
        return mark + text[self.first : end] + (ELLIPSIS if end < len(text) else "")


def _common_end(old: str, new: str) -> int:
    """How many characters both end in, from a mark on that parts addresses."""
    same = len(commonprefix([old[::-1], new[::-1]]))
    found = _PART.search(old[len(old) - same :])
    return same - found.start() if found else 0


def difference(before: str, after: str) -> tuple[str, str]:
    """The path segments that differ between two targets."""
    old, new = before.split("/"), after.split("/")
    start = len(commonprefix([old, new]))
    end = len(commonprefix([old[start:][::-1], new[start:][::-1]]))
    return "/".join(old[start : len(old) - end]), "/".join(new[start : len(new) - end])
