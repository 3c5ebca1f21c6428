"""Text from a diff in Markdown as text: no structure, link, mention or reference starts in it."""

from __future__ import annotations

import re
from itertools import groupby

_ZERO_WIDTH_SPACE = "\u200b"
# C0 and C1 controls, directional overrides (they would reorder the line around them) and lone
# surrogates (they cannot be encoded).
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_MARKUP = re.compile(r"([\\`*_\[\]{}<|~$^])|&(?=#?\w+;)")
# Pandoc also starts lists with letters, Roman numerals and parentheses.
_BLOCK_START = re.compile(r"^(?:(?P<list>\w{1,9})(?=[.)](?:\s|$))|(?=[#>+=:%(-]))")
_BREAKS = (
    (re.compile(r"(?i)\b(https?|ftp|mailto)(?=:)"), r"\1\\"),  # GFM links bare addresses
    (re.compile(r"(?i)\bwww(?=\.)"), r"www\\"),
    # GitHub makes mentions, references and emoji after the Markdown is parsed: a backslash does
    # not stop it, a zero-width space does. Pandoc reads @word as a citation.
    (re.compile(r"@(?=\w)"), "@" + _ZERO_WIDTH_SPACE),
    (re.compile(r"#(?=\d)"), "#" + _ZERO_WIDTH_SPACE),
    (re.compile(r"(?i)\b(GH-)(?=\d)"), r"\1" + _ZERO_WIDTH_SPACE),
    (re.compile(r"(?i)(?<!\w):(?=[a-z0-9_+\\-]+:)"), ":" + _ZERO_WIDTH_SPACE),
    # A commit's name becomes a link to it.
    (
        re.compile(r"\b(?=[0-9]*[a-f])(?=[a-f]*[0-9])([0-9a-f])(?=[0-9a-f]{6,39}\b)"),
        r"\1" + _ZERO_WIDTH_SPACE,
    ),
)


def one_line(text: str) -> str:
    """``text`` on one line: white space collapsed, control and direction characters gone."""
    return " ".join(_UNPRINTABLE.sub("", text).split())


def escape_prose(text: str) -> str:
    """``text`` as Markdown prose that shows it, on one line, pinging and linking nobody."""
    escaped = _MARKUP.sub(lambda found: "\\" + found[0], one_line(text))
    escaped = _BLOCK_START.sub(lambda found: (found["list"] or "") + "\\", escaped)
    for pattern, replacement in _BREAKS:
        escaped = pattern.sub(replacement, escaped)
    return escaped


def code_span(text: str) -> str:
    """``text`` as a code span on one line, whatever backticks it holds."""
    shown = one_line(text) or " "
    runs = [len(list(run)) for mark, run in groupby(shown) if mark == "`"]
    fence = "`" * next(length for length in range(1, len(shown) + 2) if length not in runs)
    padding = " " if "`" in (shown[0], shown[-1]) else ""
    return f"{fence}{padding}{shown}{padding}{fence}"
