"""Text from a diff in Markdown as text: no structure, link, mention or reference starts in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from html import unescape
from itertools import groupby

# Texts whose written form is remembered: one is told in a title, a sentence and the summary.
_REMEMBERED = 2048

_ZERO_WIDTH_SPACE = "\u200b"
# C0 and C1 controls, directional overrides (they would reorder the line around them) and lone
# surrogates (they cannot be encoded).
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
# What Markdown would take for markup. Python-Markdown takes fewer characters after a backslash
# than CommonMark and Pandoc do (markdown.core.Markdown.ESCAPED_CHARS); those that it would show
# with their backslash are written as character references, which all three show as characters.
# Of dashes and dots Pandoc makes typography.
_MARKUP = re.compile(r"[\\`*_\[\]{}|<~$^]|&(?=#|\w+;)|(?<=-)-|\.(?=\.\.)")
_REFERENCES = {mark: f"&#{ord(mark)};" for mark in "~$^:=%(!?/'\""} | {"<": "&lt;", "&": "&amp;"}
# Pandoc also starts lists with letters, Roman numerals and parentheses; of Python-Markdown's
# extensions three of a mark start a box.
_BLOCK_START = re.compile(
    r"^(?:(?P<list>\w{1,9})(?P<end>[.)])(?=\s|$)|(?P<mark>[#>+=:%(-]|([!?/])(?=\4\4)))"
)
_BREAKS = (
    (re.compile(r"(?i)(https?|ftp|mailto):"), r"\1&#58;"),  # GFM links bare addresses
    (re.compile(r"(?i)(?<![a-z0-9])(www)\."), r"\1\\."),
    # GitHub makes mentions, references and emoji after the Markdown is parsed: a backslash does
    # not stop it, a zero-width space does. Pandoc reads @word as a citation.
    # What follows a last one is a letter in languages that write no spaces.
    (re.compile(r"(?<!\w)@(?=\w|\Z)"), "@" + _ZERO_WIDTH_SPACE),
    (re.compile(r"(?<!&)#(?=\d)"), "#" + _ZERO_WIDTH_SPACE),
    (re.compile(r"(?i)\b(GH-)(?=\d)"), r"\1" + _ZERO_WIDTH_SPACE),
    # A time of day is none.
    (re.compile(r"(?i)(?:(?<!\d):|:(?=\D))(?=[a-z0-9_+\\-]+:)"), ":" + _ZERO_WIDTH_SPACE),
)
# The groups of hexadecimal digits of an identifier, which has to be copied as it is, name no
# commit: the first and the last are as long as short names of commits.
_GUIDS = (
    r"(?![0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b)"
    r"(?!(?<=[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-)[0-9a-f]{12}\b)"
)
# Also what looks like a mail address or a commit's name becomes a link.
_BREAKS_IN_PROSE = (
    *_BREAKS,
    (re.compile(r"(?<=\w)@(?=\w)"), "@" + _ZERO_WIDTH_SPACE),
    (
        re.compile(rf"\b{_GUIDS}(?=[0-9]*[a-f])(?=[a-f]*[0-9])([0-9a-f])(?=[0-9a-f]{{6,39}}\b)"),
        r"\1" + _ZERO_WIDTH_SPACE,
    ),
)


_ADDRESS = re.compile(r"(?<![\w`])https?://[^\s`<>\"“”‘’「」『』()\[\]]*[\w/=&#-](?!`)")  # noqa: RUF001 - typographic marks are meant
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
# Code behind the name of a role of MyST, which no reader sees, or without one.
_ROLED = re.compile(r"(?:\{[A-Za-z][\w:.+-]{0,60}\})?((?<!`)(`+)(?!`)(?:.+?)(?<!`)\2(?!`))")
_ASIDE = 0x100000  # the first of the private characters that stand for code for a while
_MOST_ASIDE = 60_000
# Marks that never close would take time that grows with their square.
_LONGEST_BOLD = 500  # characters
_LONGEST_TITLE = 300  # of a link
_SHOWN = (
    (
        re.compile(
            r"!?\[([^\[\]]*)\]\([^()\s]*(?:\([^()]*\)[^()\s]*)?"
            rf"(?:\s+[\"'][^)]{{0,{_LONGEST_TITLE}}}+)?\)"
        ),
        r"\1",
    ),
    (re.compile(r"!?\[([^\[\]]+)\]\[[^\[\]]*\]"), r"\1"),
    (re.compile(rf"(?<!\\)(\*\*|__)(?=\S)(.{{1,{_LONGEST_BOLD}}}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*]+?)(?<=[^\s*\\])\*(?![\w*])"), r"\1"),
    (re.compile(r"(?i)(?<=\w)\s*<br\s*/?>\s*(?=\w)"), ", "),
    (re.compile(r"(?i)<br\s*/?>"), " "),
    (
        re.compile(
            r"(?i)</?(?:a|b|i|u|s|em|strong|kbd|sup|sub|span|mark|small|font|wbr|ins|del|center|var)"
            r"(?:\s[^<>]{0,500})?>"
        ),
        "",
    ),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
    (
        re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{2,31});"),
        lambda found: unescape(found[0]),
    ),
)


def one_line(text: str) -> str:
    """``text`` on one line: white space collapsed, control and direction characters gone."""
    return " ".join(_UNPRINTABLE.sub("", text).split())


@lru_cache(maxsize=_REMEMBERED)
def escape_prose(text: str) -> str:
    """``text`` as Markdown prose that shows it, on one line, pinging and linking nobody."""
    return _BLOCK_START.sub(_no_block, _escape_inline(one_line(text)))


def _escape_inline(text: str) -> str:
    return _broken(_MARKUP.sub(escape_mark, text), _BREAKS_IN_PROSE)


def escape_mark(found: re.Match[str]) -> str:
    """The matched character as one that means nothing in Markdown or to an engine of templates."""
    if found[0] == "{" and found.string[found.end() : found.end() + 1] in ("%", "#"):
        return "&#123;"
    return _REFERENCES.get(found[0]) or "\\" + found[0]


def calm(escaped: str) -> str:
    """Escaped text in which no address is a link and nothing a mention, a reference or an emoji.

    A name such as `icon@2x.png` or one made of a digest can still be copied.
    """
    return _broken(escaped, _BREAKS)


def _broken(escaped: str, breaks: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for pattern, replacement in breaks:
        escaped = pattern.sub(replacement, escaped)
    return escaped


def _no_block(found: re.Match[str]) -> str:
    if found["list"]:
        return f"{found['list']}\\{found['end']}"
    return _REFERENCES.get(found["mark"]) or "\\" + found["mark"]


@lru_cache(maxsize=_REMEMBERED)
def as_shown(text: str) -> str:
    """Markdown source as a reader sees it, on one line; code keeps its backticks."""
    plain = _ROLED.sub(r"\1", text) if "}`" in text else text
    if plain.count("`") > _MOST_ASIDE or max(plain, default="") >= chr(_ASIDE):
        return one_line(outside_code(plain, _without_markup, lambda code: code))
    codes: list[str] = []

    def put_aside(code: str) -> str:
        codes.append(code)
        return chr(_ASIDE + len(codes) - 1)

    # The marks of a link or of bold text may stand around code.
    shown = _without_markup(outside_code(plain, lambda part: part, put_aside))
    return one_line("".join(codes[ord(c) - _ASIDE] if c >= chr(_ASIDE) else c for c in shown))


@lru_cache(maxsize=_REMEMBERED)
def prose_with_code(text: str) -> str:
    """As `escape_prose` within a line, but what stands between backticks becomes code."""
    return outside_code(one_line(text), _with_addresses, lambda code: code_span(bare_code(code)))


def _with_addresses(text: str) -> str:
    """Escaped prose with each bare address as code, which is no link and reads as it is."""
    parts, end = [], 0
    for found in _ADDRESS.finditer(text):
        parts += [_spaced(text[end : found.start()], _escape_inline), code_span(found[0])]
        end = found.end()
    return "".join([*parts, _spaced(text[end:], _escape_inline)])


@lru_cache(maxsize=_REMEMBERED)
def without_backticks(text: str) -> str:
    """Text on one line, code in it without its backticks."""
    return outside_code(one_line(text), lambda part: part, bare_code)


def is_code(text: str) -> bool:
    """Whether ``text`` is one code span and nothing else."""
    found = _CODE.match(text)
    return found is not None and found.end() == len(text)


def _without_markup(text: str) -> str:
    for pattern, replacement in _SHOWN:
        text = pattern.sub(replacement, text)
    return text


def bare_code(code: str) -> str:
    """What a code span shows."""
    fence = len(code) - len(code.lstrip("`"))
    return code[fence:-fence].strip()


def outside_code(text: str, prose: Callable[[str], str], code: Callable[[str], str]) -> str:
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
