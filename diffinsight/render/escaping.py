"""Text as data, by the place it is written to: heading, cell, link, address, fence, front matter.

Names and titles keep their characters wherever these mean nothing in that place, so that an
ordinary title reads in the source of a report as it reads on the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

# What a line cannot show: C0, C1, line and paragraph separators, directional overrides.
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SHORT_ESCAPES = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}
_TAG = r"<(?=[A-Za-z/!?])"
_LINK = r"\](?=[(\[])"
_CELL = re.compile(rf"[|\\]|{_TAG}|{_LINK}")
# A heading also ends in attributes, and Pandoc reads @word as a citation, $…$ as a formula,
# ~…~ and ^…^ as sub- and superscript.
_NAME = re.compile(r"[\\`*\[\]{}<|$~^]|@(?=\w)|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])")
_WORD_EDGE_UNDERSCORES = re.compile(r"(?<![^\W_])_.*_(?![^\W_])")
# After up to three spaces backticks close a fence; a context line's mark is one of them.
_BACKTICKS_AT_LINE_START = re.compile(r"(?:^|(?<=[\r\n])) *(`+)")
_SHORTEST_FENCE = 4
_URL_SAFE = "/:?#[]@!$&'*+,;=-._~%"


def visible(text: str) -> str:
    """``text`` on one line, with characters that show nothing or move others written as escapes."""
    return _INVISIBLE.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    mark = found[0]
    return _SHORT_ESCAPES.get(mark) or f"\\u{ord(mark):04x}"


def one_row(text: str) -> str:
    """``text`` with its line breaks as spaces; other invisible characters as escapes."""
    return visible(" ".join(text.splitlines()))


def cell(text: str) -> str:
    """Plain text in a table cell."""
    return _CELL.sub(_with_backslash, one_row(text))


def name(text: str) -> str:
    """A path or file name in a heading, a link's text or a cell, to be read as it is."""
    shown = visible(text)
    paired = _WORD_EDGE_UNDERSCORES.search(shown)
    return _NAME.sub(lambda found: _with_backslash(found, paired=bool(paired)), shown)


def _with_backslash(found: re.Match[str], *, paired: bool = True) -> str:
    return found[0] if found[0] == "_" and not paired else "\\" + found[0]


def url(text: str) -> str:
    """An address as a link's target: only http, https and in-page ones, percent-encoded."""
    if not text.startswith(("http://", "https://", "#")):
        return ""
    return quote(text, safe=_URL_SAFE, errors="replace")


def fence(text: str) -> str:
    """A fence of backticks that nothing in ``text`` closes; at least four."""
    runs = (len(found[1]) for found in _BACKTICKS_AT_LINE_START.finditer(text))
    return "`" * max(_SHORTEST_FENCE, 1 + max(runs, default=0))


def front_matter(values: Mapping[str, str | None]) -> str:
    """``values`` as YAML with sorted keys, a line each before folding; what is None is left out."""
    import yaml

    known = {key: one_row(value) for key, value in values.items() if value is not None}
    return yaml.safe_dump(known, allow_unicode=True)
