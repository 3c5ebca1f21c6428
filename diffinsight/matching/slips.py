"""Words of a new text that are slips: known misspellings, or a letter off from a word in use.

Two words of a language may be as near to each other as a slip is to its word. Only what hardly
ever makes another word counts: a letter twice at the start (where old text has the word), a double
letter that is single or the other way round, neighbours that changed places, and in a long word a
letter too many, too few, or another vowel. Where it makes one (dessert, plan and planned), it is
not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from itertools import chain

from diffinsight.matching.spellings import is_variant
from diffinsight.matching.typos import ENDING, MISTYPED, VERY_LONG_WORD

# Whole words and options; parts of names, paths and calls are made up more often than misspelt.
WORD = re.compile(
    r"(?<![\w./\\'\u2019@#$%&=+~:<-])(?:--)?[A-Za-z]?[a-z]++(?:-[a-z]++)*+(?![\w/\\'\u2019@(-]|[.:][\w/])"
)
_MOST_OFTEN = 2  # a word that comes more often is meant
_MUCH_MORE = 5  # times as often the right word is in use where the slip was made again and again
_SHORTEST = 7
_SHORTEST_SWAPPED = 8
_SHORTEST_OF_VOWELS = 11  # two shorter words may differ in a vowel (complement, compliment)
_VOWELS = "aeiou"
_LEAST_USED = {True: 2, False: 3}  # how often an option, or a word, has to be in use
_LONGEST_DOUBLED = 6  # letters of a stem such as that of `planned`
_STEM = 2  # letters before a difference that may belong to the ending


class Vocabulary:
    """Words in use, in lower case, with how often each is."""

    def __init__(self, used: Mapping[str, int]) -> None:
        self._used = used
        # A hyphen more or less is no slip.
        whole = (word for word in used if word.isalpha() and self._has(word))
        long = (word for word in whole if len(word) > VERY_LONG_WORD)
        self._shortened = {short: word for word in long for short in _shortened(word)}

    def meant(self, word: str) -> str:
        """The word in use that ``word`` seems to be a slip for; else nothing."""
        option = word.startswith("--")
        if len(word) < _SHORTEST or (not option and "-" in word):
            return ""
        fits: Iterator[str] = filter(self._has, _alike(word))
        if not option and len(word) > VERY_LONG_WORD:
            shorter = filter(self._has, _shortened(word))
            fits = chain(fits, shorter, filter(None, [self._shortened.get(word)]))
        if not option and len(word) >= _SHORTEST_OF_VOWELS:
            fits = chain(fits, filter(self._has, _with_other_vowels(word)))
        fits = (other for other in fits if self._is_rare(word, other))
        return next((other for other in fits if not _are_two_words(word, other)), "")

    def _is_rare(self, word: str, other: str) -> bool:
        """Whether ``word`` comes hardly ever, or far less often than ``other``."""
        times = self._used.get(word, 0)
        return times <= _MOST_OFTEN or self._used[other] >= _MUCH_MORE * times

    def _has(self, word: str) -> bool:
        return self._used.get(word, 0) >= _LEAST_USED[word.startswith("--")]


@cache
def misspelt() -> Mapping[str, str]:
    """Misspellings that are no words, and what each of them is meant to be."""
    source = resources.files(__package__).joinpath("misspellings.yml").read_text(encoding="utf-8")
    told = (line.partition(": ") for line in source.splitlines() if not line.startswith("#"))
    return {written: meant for written, _, meant in told}


def mistyped(word: str) -> str:
    """What a word with a letter too many at its start was before that came; else nothing."""
    found = MISTYPED.search(word)
    other = word[: found.start()] + word[found.start() + 1 :] if found else ""
    return "" if MISTYPED.search(other) else other


def _alike(word: str) -> Iterator[str]:
    """Words with a double letter that is single there, or neighbours that changed places."""
    option = word.startswith("--")
    last = len(word) if option else len(word) - 1  # words are inflected at their end
    for i in range(2, last):
        if word[i].isalpha() and not _is_doubled(word, i):
            yield word[:i] + word[i + 1 :] if word[i] == word[i - 1] else word[: i + 1] + word[i:]
    if len(word) >= _SHORTEST_SWAPPED:
        for i in range(2, last - 1):
            if word[i : i + 2].isalpha() and word[i] != word[i + 1] and not _ends(word[i + 2 :]):
                yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]


def _with_other_vowels(word: str) -> Iterator[str]:
    """Words with another vowel in the middle; at the end they are other forms of it."""
    for i in range(3, len(word) - 4):
        if word[i] in _VOWELS:
            yield from (word[:i] + vowel + word[i + 1 :] for vowel in _VOWELS if vowel != word[i])


def _is_doubled(word: str, at: int) -> bool:
    """Whether an ending follows, before which other short words double a letter, or any an `l`."""
    return (at < _LONGEST_DOUBLED or word[at] == "l") and _ends(word[at + 1 :])


def _ends(rest: str) -> bool:
    return ENDING.fullmatch(rest) is not None


def _shortened(word: str) -> Iterator[str]:
    """A word without one of its inner letters."""
    yield from (word[:i] + word[i + 1 :] for i in range(2, len(word) - 2))


def _are_two_words(one: str, other: str) -> bool:
    """Whether they are spelt in two ways, or differ in their endings alone."""
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    stems = range(max(0, same - _STEM), same + 1)
    endings = ((one[stem:], other[stem:]) for stem in stems)
    return is_variant(one, other) or any(
        all(not end or ENDING.fullmatch(end) for end in both) for both in endings
    )
