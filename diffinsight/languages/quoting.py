"""Quotations as a language's typography wants them: the marks inside, the stop at the end."""

from __future__ import annotations

import re
from functools import lru_cache

from diffinsight.markdown_text import outside_code

# Straight marks around words; not those of JSON and the like.
_STRAIGHT = re.compile(r'(?<![^\s(])"([^\s"][^"]*)"(?=[\s.,;!?)]|$)')
_OPENED = re.compile(r'(?<![^\s(])"(?=[^\s"])')  # and closed where the text is cut
_SOURCE = re.compile(r"[{}\[\]=;<>]")
_LEAST_SPACES = 3  # of a sentence; the marks of something shorter may be what changed


@lru_cache(maxsize=2048)
def nested(text: str, outer: str, inner: str) -> str:
    """``text``, which stands between the marks ``outer``, with those in it turned to ``inner``."""
    opening, closing = _marks(outer)
    within = _marks(inner)

    def prose(part: str) -> str:
        return part.replace(opening, within[0]).replace(closing, within[1])

    # Straight marks are turned where they would look like those around, as of one language.
    alike = opening == "“" and text.count(" ") >= _LEAST_SPACES
    if alike and not _SOURCE.search(text):
        return _closed(outside_code(text, lambda part: _curled(prose(part), *within), str), *within)
    return _closed(outside_code(text, prose, str), *within)


def _closed(text: str, opening: str, closing: str) -> str:
    """``text`` with the mark that ends a quotation in it where it was cut within that."""
    opened = opening != closing and text.count(opening) > text.count(closing)
    return text + closing if opened and text.endswith("…") else text


def _curled(text: str, opening: str, closing: str) -> str:
    text = _STRAIGHT.sub(rf"{opening}\1{closing}", text)
    cut = text.endswith("…") and text.count('"') == 1
    return _OPENED.sub(opening, text) if cut else text


def unstopped(text: str, outer: str) -> str:
    """``text`` without the full stops that end quoted sentences.

    One stays where the same words are also quoted without it: there it is what changed.
    """
    opening, closing = _marks(outer)
    quotation = re.compile(rf"{opening}([^{opening}{closing}]*[^.{opening}{closing}])\.{closing}")

    def without(found: re.Match[str]) -> str:
        words = found[1].removesuffix("\\")  # the stop may be escaped
        bare = f"{opening}{words}{closing}"
        sentence = " " in words
        return bare if sentence and bare not in text else found[0]

    return quotation.sub(without, text)


def _marks(quote: str) -> tuple[str, str]:
    opening, _, closing = quote.partition("{}")
    return opening, closing
