"""Slips of a letter or two, as against other words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

ENDING = re.compile(r"s|es|d|ed|r|er|ers|rs|or|ors|ing|ings|ly|n|en|st|est|y|al|able|ion|ions|ment")
NEGATED = re.compile(r"^(?:in|im|ir|un|non|dis|mis)(?=[a-z])")
MISTYPED = re.compile(
    r"(?i)^([b-df-hj-km-np-tv-z])\1|([a-z])\2\2"
)  # English begins with ll, ee, oo
SHORTEST_TYPO = 4
LONG_WORD = 6
VERY_LONG_WORD = 9


def is_typo(before: str, after: str) -> bool:
    """One word each, alike but for a letter or two, and not two different words of the language.

    A different first letter (enable, disable) or a letter exchanged in a short word (date, data)
    is a change of meaning more often than a slip; so is another form of the same word.
    """
    shorter = min(len(before), len(after))
    if shorter < SHORTEST_TYPO or before[0].casefold() != after[0].casefold():
        return False
    if not all(
        side.isalpha() and side.isascii() and not side.isupper() for side in (before, after)
    ):
        return False
    if _is_new(before, after):
        return False
    if len(before) == len(after):
        wrong = [i for i, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
        swapped = len(wrong) == 2 and wrong[1] - wrong[0] == 1 and _swapped(before, after, wrong)  # noqa: PLR2004 - two neighbours
        return swapped or (len(wrong) == 1 and shorter >= LONG_WORD and wrong[0] < shorter - 1)
    return not _inflected(before, after) and _dropped(
        before, after, 2 if shorter >= VERY_LONG_WORD else 1
    )


def _is_new(before: str, after: str) -> bool:
    """Whether the slip came with the change."""
    return bool(MISTYPED.search(after) and not MISTYPED.search(before))


def are_slips(exchanges: Iterable[tuple[str, str]]) -> bool:
    """Whether each exchange of words only mended how a word is spelt or which form it has."""
    return all(_is_slip(before, after) for before, after in exchanges)


def _is_slip(before: str, after: str) -> bool:
    if before.casefold() == after.casefold() or before == f"{after} {after}":
        return True
    old, new = (re.split(r"[-.]", side) for side in (before, after))
    return len(old) == len(new) and all(map(_is_misspelt, old, new))


def _is_misspelt(before: str, after: str) -> bool:
    """Whether it is one word, its letters put right; the same word at the most."""
    if before.casefold() == after.casefold():
        return True
    if not (before.isalpha() and after.isalpha()) or before[0].casefold() != after[0].casefold():
        return False
    if bool(NEGATED.search(before)) != bool(NEGATED.search(after)) or _is_new(before, after):
        return False
    old, new = Counter(before.casefold()), Counter(after.casefold())
    left = (old - new | new - old).total()
    jumbled = left <= (min(len(before), len(after)) >= LONG_WORD)
    return is_same_word(before, after) or jumbled


def is_same_word(before: str, after: str) -> bool:
    """Whether it is one word, in another form or with a slip; not one word and its opposite."""
    sides = sorted((before.casefold(), after.casefold()), key=len)
    if NEGATED.search(sides[1]) and not NEGATED.search(sides[0]):
        return False
    return _inflected(before, after) or is_typo(before, after)


def _inflected(before: str, after: str) -> bool:
    """`file` and `files`, `install` and `installed`: one word in two forms that say two things."""
    short, long = sorted((before.casefold(), after.casefold()), key=len)
    stems = {short, short.removesuffix("e"), short.removesuffix("y") + "i", short + short[-1:]}
    return any(
        long.startswith(stem) and ENDING.fullmatch(long[len(stem) :]) for stem in stems
    ) or bool(NEGATED.search(long) and not NEGATED.search(short))


def _swapped(before: str, after: str, at: list[int]) -> bool:
    return before[at[0]] == after[at[1]] and before[at[1]] == after[at[0]]


def _dropped(before: str, after: str, most: int) -> bool:
    """The longer word is the shorter one with at most ``most`` letters put in."""
    short, long = sorted((before, after), key=len)
    if len(long) - len(short) > most:
        return False
    rest = iter(long)
    return all(letter in rest for letter in short)
