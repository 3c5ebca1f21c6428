"""Lists in running text, such as "a, b, and c": which members came and which went."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

_COMMA = re.compile(r"(?<!\s)\s*[,、，]\s*(?:and\s+|or\s+)?")  # noqa: RUF001 - East Asian commas
LEAST_MEMBERS = 4
_LONGEST_MEMBER = 30  # characters; anything longer is a clause

Span = tuple[int, int]


def exchanged(before: str, after: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Neighbouring members that went, and that came, as written; None for texts that are no lists.

    Members that only changed their places are in neither.
    """
    old, new = _members(before), _members(after)
    if min(len(old), len(new)) < LEAST_MEMBERS:
        return None
    was, now = ({text[slice(*at)] for at in spans} for text, spans in ((before, old), (after, new)))
    return tuple(_runs(before, old, now)), tuple(_runs(after, new, was))


def _members(text: str) -> list[Span]:
    """Where each member stands; empty where one is longer than a name."""
    marks = [found.span() for found in _COMMA.finditer(text)]
    starts, ends = [0, *(end for _, end in marks)], [*(start for start, _ in marks), len(text)]
    spans = [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]
    return spans if all(end - start <= _LONGEST_MEMBER for start, end in spans) else []


def members_of(text: str) -> tuple[str, ...]:
    """What stands between the commas of a piece of a list."""
    return tuple(filter(None, _COMMA.split(text)))


def _runs(text: str, spans: Sequence[Span], others: set[str]) -> Iterator[str]:
    """The members that are not among ``others``, neighbours as one piece of ``text``."""
    for known, run in groupby(spans, key=lambda at: text[slice(*at)] in others):
        listed = list(run)
        if not known:
            yield text[listed[0][0] : listed[-1][1]]
