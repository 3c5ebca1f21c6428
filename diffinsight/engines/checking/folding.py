"""Texts made comparable: width, case, markup and white space aside."""

from __future__ import annotations

import re
import unicodedata

_LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\]]*\])*)\]\([^)\s]*(?:\s[^)]*)?\)")
_MARKUP = re.compile(r"[*`~_]{1,3}(?=\S)|(?<=\S)[*`~_]{1,3}|<[^>\n]{1,200}>|\\(?=[^\w\s])")
_QUOTES = str.maketrans(dict.fromkeys('“”‘’『』"', "'") | {"…": "...", "\u200b": None})  # noqa: RUF001 - marks of other scripts; those within a quotation differ by language
_SPACE = re.compile(r"\s+")
_SPACE_IN_LINE = re.compile(r"[^\S\n]+")
# White space between two characters of scripts that use none says nothing.
_WIDE_SPACE = re.compile(r"(?<=[\u3040-\u9fff]) (?=\S)|(?<=\S) (?=[\u3040-\u9fff])")


def fold(text: str) -> str:
    """One line, without case and width."""
    folded = unicodedata.normalize("NFKC", text.translate(_QUOTES)).casefold()
    return _WIDE_SPACE.sub("", _SPACE.sub(" ", folded)).strip()


def fold_lines(text: str) -> str:
    """Folded line by line, so that nothing is found across two lines."""
    folded = unicodedata.normalize("NFKC", text.translate(_QUOTES)).casefold()
    return _WIDE_SPACE.sub("", _SPACE_IN_LINE.sub(" ", folded))


def plain(text: str) -> str:
    """The text as a reader sees it: links by their text, no emphasis, no tags."""
    return _MARKUP.sub("", _LINK.sub(r"\1", text))


def both(text: str) -> str:
    """As written and as seen, and whole paragraphs as one line: sentences run over line ends."""
    seen = plain(text)
    return "\n".join((fold_lines(text), fold_lines(seen), fold(seen)))


def contains(haystack: str, needle: str) -> bool:
    """Whether a folded text holds a folded word or phrase as a whole."""
    return count(haystack, needle, most=1) > 0


def count(haystack: str, needle: str, most: int = 1000) -> int:
    """How often, not inside longer words of the same script."""
    found, at = 0, haystack.find(needle) if needle else -1
    while at >= 0 and found < most:
        end = at + len(needle)
        found += not (_joined(haystack, at) or _joined(haystack, end))
        at = haystack.find(needle, at + 1)
    return found


def _joined(text: str, at: int) -> bool:
    """Whether the characters on both sides of a place belong to one word."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    return _in_word(left) and _in_word(right)


def _in_word(char: str) -> bool:
    return char == "_" or (char.isalnum() and (char < "\u3000" or char.isdigit()))
