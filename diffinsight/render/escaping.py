"""Text as data, by the place it is written to: heading, cell, link, address, fence, front matter.

Names and titles keep their characters wherever these mean nothing in that place, so that an
ordinary title reads in the source of a report as it reads on the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from diffinsight.markdown_text import bare_code, calm, escape_mark, escape_prose, outside_code

# What a line cannot show: C0, C1, line and paragraph separators, directional overrides.
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SHORT_ESCAPES = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}
# Beside what Markdown marks everywhere: an underscore at a word's edge (after a lone one Pandoc
# no longer sees a heading's anchor), and what Pandoc prints as dashes, an ellipsis and, in titles
# as it likes, quotation marks.
_TITLE = re.compile(
    r"[\\`*\[\]{}|~$^]|<(?! |$)|&(?=#|\w+;)|(?<![^\W_])_|_(?![^\W_])|(?<=-)-|\.(?=\.\.)"
)
_NAME = re.compile(rf"{_TITLE.pattern}|['\"]|#(?=#* *$)")
# Where CommonMark, Pandoc and Python-Markdown do not agree on what ends a cell or a code span in
# it, or a template engine of a site might look for its own marks.
_HARD_CODE = re.compile(r"[|`]|\{[{%#]")
# After up to three spaces backticks close a fence; a context line's mark is one of them.
_BACKTICKS_AT_LINE_START = re.compile(r"(?:^|(?<=[\r\n])) *(`+)")
_SHORTEST_FENCE = 4
_LONGEST_VALUE = 3_000  # characters of front matter
_URL_SAFE = "/:?#[]@!$&'*+,;=-._~%"


def visible(text: str) -> str:
    """``text`` on one line, with characters that show nothing or move others written as escapes."""
    return _INVISIBLE.sub(_by_number, text)


def _by_number(found: re.Match[str]) -> str:
    mark = found[0]
    return _SHORT_ESCAPES.get(mark) or f"\\u{ord(mark):04x}"


def one_row(text: str) -> str:
    """``text`` with its line breaks as spaces; other invisible characters as escapes."""
    return visible(" ".join(text.splitlines()))


def cell(text: str) -> str:
    """A title in a table cell; its code spans stay code."""
    return outside_code(one_row(text), _title, _code_in_cell)


def _title(text: str) -> str:
    return calm(_TITLE.sub(escape_mark, text))


def name(text: str) -> str:
    """A path or file name in a heading, a link's text or a cell, to be read as it is."""
    return calm(_NAME.sub(escape_mark, visible(text)))


def _code_in_cell(code: str) -> str:
    shown = bare_code(code)
    return f"<code>{escape_prose(shown)}</code>" if _HARD_CODE.search(shown) else code


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
    """``values`` as YAML with sorted keys, a line each before folding; what is None is left out.

    What is longer than a page of text is cut: the index reads no more, and YAML writes a
    megabyte in ten seconds.
    """
    import yaml

    known = {key: _short(one_row(value)) for key, value in values.items() if value is not None}
    return yaml.safe_dump(known, allow_unicode=True)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1].rstrip() + "…"
