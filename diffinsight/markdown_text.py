"""Text from a diff in Markdown as text: no structure, link, mention or reference starts in it."""

from __future__ import annotations

import re
from collections.abc import Callable
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


_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_SHOWN = (
    (re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\([^()]*\)[^()\s]*)?(?:\s+[\"'][^)]*)?\)"), r"\1"),
    (re.compile(r"!?\[([^\[\]]+)\]\[[^\[\]]*\]"), r"\1"),
    (re.compile(r"(?<!\\)(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*]+?)(?<=[^\s*\\])\*(?![\w*])"), r"\1"),
    (re.compile(r"(?i)<br\s*/?>"), " "),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
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


def as_shown(text: str) -> str:
    """Markdown source as a reader sees it, on one line; code keeps its backticks."""
    return one_line(_outside_code(text, _without_markup, lambda code: code))


def prose_with_code(text: str) -> str:
    """As `escape_prose`, but what stands between backticks becomes code."""
    return _outside_code(one_line(text), escape_prose, lambda code: code_span(_bare(code)))


def without_backticks(text: str) -> str:
    """Text on one line, code in it without its backticks."""
    return _outside_code(one_line(text), lambda part: part, _bare)


def is_code(text: str) -> bool:
    """Whether ``text`` is one code span and nothing else."""
    found = _CODE.match(text)
    return found is not None and found.end() == len(text)


def _without_markup(text: str) -> str:
    for pattern, replacement in _SHOWN:
        text = pattern.sub(replacement, text)
    return text


def _bare(code: str) -> str:
    return code.strip("`").strip()


def _outside_code(text: str, prose: Callable[[str], str], code: Callable[[str], str]) -> str:
    """``text`` with one function over its code spans and one over what is between them."""
    parts, end = [], 0
    for found in _CODE.finditer(text):
        parts += [_spaced(text[end : found.start()], prose), code(found[0])]
        end = found.end()
    return "".join([*parts, _spaced(text[end:], prose)])


def _spaced(text: str, prose: Callable[[str], str]) -> str:
    """What `prose` makes of a part of a line, with the white space at its ends kept."""
    bare = text.strip()
    if not bare:
        return text
    start = text.index(bare)
    return text[:start] + prose(bare) + text[start + len(bare) :]


def code_span(text: str) -> str:
    """``text`` as a code span on one line, whatever backticks it holds."""
    shown = one_line(text) or " "
    runs = [len(list(run)) for mark, run in groupby(shown) if mark == "`"]
    fence = "`" * next(length for length in range(1, len(shown) + 2) if length not in runs)
    padding = " " if "`" in (shown[0], shown[-1]) else ""
    return f"{fence}{padding}{shown}{padding}{fence}"
