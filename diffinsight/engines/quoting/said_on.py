"""Quotes of a text whose words came where others went, while those stand in a new sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from posixpath import commonprefix

from diffinsight.engines.quoting.quote import Quote
from diffinsight.markdown_text import is_code
from diffinsight.matching.sentences import Pair, Words
from diffinsight.matching.words import STOP_WORDS, words_of

_LEAST_AGAIN = 0.5  # of the words of a piece: so many stand in a new sentence not by chance
_ANSWER = 1  # word, such as "Yes!", that says nothing without the next sentence


def not_as_exchanges(quotes: Sequence[Quote], pairs: Sequence[Pair]) -> Iterator[Quote]:
    """``quotes``; of an exchange whose old words a new sentence has, only what came."""
    new = " ".join(after for before, after in pairs if not before)
    for quote in quotes:
        came = _what_came(quote)
        yield replace(quote, before="", after=came) if came and _stands(quote, new) else quote


def _stands(quote: Quote, text: str) -> bool:
    """Whether ``text`` has half of the words that went, or all of their code."""
    gone = _telling(quote.before) - _telling(quote.after)
    code = {word for word in words_of(quote.before) if is_code(word)} - {*words_of(quote.after)}
    half = len(gone & _telling(text)) >= max(len(gone) * _LEAST_AGAIN, 1)
    return half or (bool(code) and code <= set(words_of(text)))


def _what_came(quote: Quote) -> str:
    """The new words of a piece of a sentence, without those at its ends that stood there.

    Empty: only words went, or a figure became another one.
    """
    old, new = quote.before.split(), quote.after.split()
    first = len(commonprefix([old, new]))
    last = len(commonprefix([old[first:][::-1], new[first:][::-1]]))
    came = " ".join(new[first : len(new) - last])
    figures = all(any(map(str.isdigit, side)) for side in (quote.before, quote.after))
    kept = set(words_of(came)) <= set(words_of(quote.before))
    return "" if quote.whole or not old or figures or kept else came


def _telling(text: str) -> set[str]:
    return set(Words.of(text).counted) - STOP_WORDS


def answers_joined(quotes: Sequence[Quote], text: str) -> list[Quote]:
    """``quotes``; a new word with the new sentence that follows in ``text``."""
    told: list[Quote] = []
    for quote in quotes:
        last = told[-1] if told else None
        both = f"{last.after} {quote.after}" if last and _is_answer(last) else ""
        if quote.whole and not quote.before and both and both in text:
            told[-1] = replace(quote, after=both)
        else:
            told.append(quote)
    return told


def _is_answer(quote: Quote) -> bool:
    return quote.whole and not quote.before and len(words_of(quote.after)) <= _ANSWER
