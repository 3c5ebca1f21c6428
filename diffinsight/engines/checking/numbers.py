"""Numbers in texts: digits of any width, with separators, in words, and of months."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from diffinsight.engines.checking.lexicon import lexicon

# Not inside a word: the 4 of gpt-4o and the 3 of v3 belong to names, which are checked whole.
_NUMBER = re.compile(r"(?<![A-Za-z0-9_.\-/])\d+(?:,\d{3})*(?:\.\d+)?")
_ANY = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_DIGITS = re.compile(r"\d+")
_KANJI = {**dict(zip("〇一二三四五六七八九", range(10), strict=True)), "两": 2, "兩": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10_000, "億": 100_000_000, "萬": 10_000, "亿": 100_000_000}


@dataclass(frozen=True, slots=True)
class Number:
    """A number where it stands in a text, and its value written plainly."""

    value: str
    start: int
    end: int


def plain_number(text: str) -> str:
    """``007``, ``7`` and ``7.0`` are the same number."""
    digits = text.replace(",", "")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    head, dot, tail = digits.partition(".")
    return (head.lstrip("0") or "0") + dot + tail


def numbers_in(text: str) -> frozenset[str]:
    """Every number a text shows, its parts and months included: what an answer may use."""
    wide = unicodedata.normalize("NFKC", text)
    found = {plain_number(part) for part in _ANY.findall(wide)}
    found |= {plain_number(part) for part in _DIGITS.findall(wide)}
    folded = wide.casefold()
    months = enumerate(lexicon().months, start=1)
    found |= {str(number) for number, name in months if re.search(rf"\b{name}", folded)}
    words = lexicon().number_words
    found |= {str(words[word]) for word in re.findall(r"[a-z]+", folded) if word in words}
    return frozenset(found)


def numbers_said(text: str) -> Iterator[Number]:
    """The numbers a sentence states. ``text`` must be of normal width (NFKC)."""
    for found in _NUMBER.finditer(text):
        scale = _SCALES.get(text[found.end() : found.end() + 1])
        if scale:
            value = plain_number(str(float(found[0].replace(",", "")) * scale))
            yield Number(value, found.start(), found.end() + 1)
        else:
            yield Number(plain_number(found[0]), found.start(), found.end())
    words = lexicon().number_words
    for found in re.finditer(r"(?<![\w-])[a-z]+(?![\w-])", text, re.IGNORECASE):
        if found[0].lower() in words:
            yield Number(str(words[found[0].lower()]), found.start(), found.end())
    for found in re.finditer(rf"([一二三四五六七八九十百千两兩]+)(?:{lexicon().counters})", text):
        count = _kanji(found[1])
        if count > 1:  # one is an article more often than a count
            yield Number(str(count), found.start(1), found.end(1))


def _kanji(text: str) -> int:
    total = digit = 0
    for char in text:
        if char in _TENS:
            total += (digit or 1) * _TENS[char]
            digit = 0
        else:
            digit = _KANJI.get(char, 0)
    return total + digit
