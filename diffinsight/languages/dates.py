"""Dates of English pages, written as a language writes them."""

from __future__ import annotations

import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(
    r"(?P<month>[A-Z][a-z]{2,8})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})"
)


def dated(text: str, pattern: str) -> str:
    """``text`` by ``pattern`` if it is a date such as May 13, 2025; else, and for "", as it is."""
    found = _DATE.fullmatch(text.strip())
    month = found["month"][:3].lower() if found else ""
    if not pattern or found is None or month not in _MONTHS:
        return text
    return pattern.format(
        year=int(found["year"]), month=_MONTHS.index(month) + 1, day=int(found["day"])
    )
