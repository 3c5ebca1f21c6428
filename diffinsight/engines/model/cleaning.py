"""A model's text made harmless: nothing hidden, no structure, no pings, no foreign links."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from urllib.parse import quote

from diffinsight.markdown_text import code_span, escape_prose

LONGEST_TITLE = 120
LONGEST_TEXT = 4_000

# Categories of characters that show nothing: controls, formats (joiners, directions, tags),
# surrogates, private use, unassigned.
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# Letters and marks that show nothing either; text is hidden in variation selectors.
_HIDDEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^>]*>", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_IMAGE = re.compile(r"!\[((?:[^\[\]]|\[[^\]]*\])*)\](?:\([^)]*\)|\[[^\]]*\])?")
_LINK = re.compile(
    r"\[((?:[^\[\]]|\[[^\]]*\])+)\]"
    r"(?:\(\s*<?([^()\s>]*(?:\([^()\s]*\)[^()\s]*)?)>?[^)]*\)|\[[^\]]*\])"
)
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:.*$", re.MULTILINE)
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^>\s]*)>")
_CODE = re.compile(r"(?P<tick>`+)(?P<code>(?:(?!(?P=tick))[^\n])+?)(?P=tick)(?!`)")
_ADDRESS = re.compile(r"(?i:(?:https?|ftp)://|www\.)[^\s<>`\"'「」（）()、。]+")  # noqa: RUF001 - other scripts' marks are meant
_STRONG = re.compile(
    r"\*\*(?=\S)((?:(?!\*\*)[^\n])+?)(?<=\S)\*\*|__(?=\S)((?:(?!__)[^\n])+?)(?<=\S)__"
)
_EMPHASIS = re.compile(r"(?<![\w*_])[*_](?=\S)([^*_\n]+?)(?<=\S)[*_](?![\w*_])|~~([^~\n]+)~~")
_URL_SAFE = "/:?#@!$&*+,;=-._~%"
_FENCE = re.compile(r"^\s*(?:`{3,}|~{3,})")
_RULE = re.compile(r"^\s*(?:=+|(?:[-*_]\s*){3,}|\|?[\s:|-]*-[\s:|-]*\|[\s:|-]*)$")
_BLOCK = re.compile(r"^\s*(?:>\s?)*\s*(?:#{1,6}\s+)?")
_ITEM = re.compile(r"^(\s*)(?:[-*+•]|(\d{1,3})[.)])\s+(?:\[[ xX]\]\s+)?")
_PINGS = ((re.compile(r"@(?=\w)"), "@\u200b"), (re.compile(r"#(?=\d)"), "#\u200b"),
          (re.compile(r"\b(GH-)(?=\d)", re.IGNORECASE), "\\1\u200b"))  # fmt: skip


def strip_hidden(text: str) -> str:
    """``text`` without characters that nobody sees; line feeds and tabs stay."""
    shown = "".join(
        char for char in text
        if char in "\n\t" or unicodedata.category(char) not in _HIDDEN_CATEGORIES
    )  # fmt: skip
    return _HIDDEN.sub("", shown)


def strip_markup(text: str) -> str:
    """``text`` without anything but prose, emphasis, code and links: what is then checked."""
    text = _COMMENT.sub("", strip_hidden(text)).strip()[: 2 * LONGEST_TEXT]
    return _outside_code(_DEFINITION.sub("", text), _strip_prose)


def _strip_prose(text: str) -> str:
    text = _AUTOLINK.sub(r"\1", text)
    text = _IMAGE.sub(r"\1", text)
    while (shorter := _TAG.sub("", text)) != text:  # tags that appear when others go
        text = shorter
    return text


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    pieces, at = [], 0
    for found in _CODE.finditer(text):
        pieces += [change(text[at : found.start()]), found[0]]
        at = found.end()
    return "".join((*pieces, change(text[at:])))


def title(text: str) -> str:
    """Plain text on one line that pings nobody."""
    seen = _LINK.sub(r"\1", strip_markup(text.strip().partition("\n")[0]))
    seen = _EMPHASIS.sub(_inner, _STRONG.sub(_inner, _CODE.sub(lambda found: found["code"], seen)))
    line = " ".join(_BLOCK.sub("", seen).split()).strip("\"'“”").rstrip("。.")
    for pattern, replacement in _PINGS:
        line = pattern.sub(replacement, line)
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1].rstrip() + "…"


def paragraph(text: str) -> str:
    """Plain text, one paragraph, such as the summary."""
    lines = (title_line for line in text.splitlines() if (title_line := _plain_line(line)))
    return " ".join(lines)[:LONGEST_TEXT]


def _plain_line(line: str) -> str:
    seen = _LINK.sub(r"\1", strip_markup(line))
    seen = _EMPHASIS.sub(_inner, _STRONG.sub(_inner, _CODE.sub(lambda found: found["code"], seen)))
    for pattern, replacement in _PINGS:
        seen = pattern.sub(replacement, seen)
    return " ".join(_ITEM.sub("", _BLOCK.sub("", seen)).split())


def markdown(text: str, is_known: Callable[[str], bool]) -> str:
    """Markdown of paragraphs and lists, everything else escaped.

    Links stay when ``is_known`` of their target, else only their text does.
    """
    lines: list[str] = []
    fenced = False
    for raw in text[:LONGEST_TEXT].splitlines():
        if _FENCE.match(raw):
            fenced = not fenced
        elif fenced:
            lines += [code_span(raw)] if raw.strip() else []
        elif not _RULE.match(raw):
            lines.append(_line(raw, is_known, inside=_depth_inside(lines)))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def point(text: str, is_known: Callable[[str], bool]) -> str:
    """Markdown of one bullet."""
    return _line(_ITEM.sub("", " ".join(text.split())), is_known).strip()


def _depth_inside(lines: Sequence[str]) -> int:
    """How deep an item may stand below these lines; indented deeper it would be code."""
    above = _ITEM.match(next((line for line in reversed(lines) if line), ""))
    return len(above[1]) // 2 + 1 if above else 0


def _line(raw: str, is_known: Callable[[str], bool], *, inside: int = 0) -> str:
    item = _ITEM.match(raw)
    mark = ""
    if item:
        indent = "  " * min(2, inside, len(item[1].expandtabs(4)) // 2)
        mark = indent + (f"{item[2]}. " if item[2] else "- ")
        raw = raw[item.end() :]
    return mark + _inline(_BLOCK.sub("", raw), is_known) if raw.strip() else ""


def _inline(line: str, is_known: Callable[[str], bool]) -> str:
    """One line's prose escaped, around its code, links and strong emphasis."""
    kept: list[str] = []

    def keep(markup: str) -> str:
        kept.append(markup)
        return f"\ue000{len(kept) - 1}\ue001"

    def link(found: re.Match[str]) -> str:
        target = found[2] or ""
        if not (target.startswith(("https://", "http://")) and is_known(target)):
            return found[1]
        return keep("[") + found[1] + keep(f"]({quote(target, safe=_URL_SAFE)})")

    def strong(found: re.Match[str]) -> str:
        return keep("**") + _inner(found) + keep("**")

    text = _CODE.sub(lambda found: keep(code_span(found["code"])), line)
    text = _LINK.sub(link, text)
    text = _ADDRESS.sub(lambda found: keep(code_span(found[0])), text)
    text = _EMPHASIS.sub(_inner, _STRONG.sub(strong, text))
    return re.sub("\ue000(\\d+)\ue001", lambda found: kept[int(found[1])], escape_prose(text))


def _inner(found: re.Match[str]) -> str:
    return next(group for group in found.groups() if group is not None)
