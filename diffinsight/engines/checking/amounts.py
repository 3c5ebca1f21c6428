"""The numbers of a sentence: lines, counts and everything else the ground must show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from diffinsight.engines.checking.anchors import Anchor
from diffinsight.engines.checking.claims import Claim
from diffinsight.engines.checking.folding import contains, fold
from diffinsight.engines.checking.ground import Ground
from diffinsight.engines.checking.lexicon import lexicon
from diffinsight.engines.checking.listings import Listing, listings
from diffinsight.engines.checking.nearby import (
    is_line_number,
    repetitions,
    stands_so_often,
    wrong_lines,
)
from diffinsight.engines.checking.numbers import Number

_AFTER_NUMBER = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (r"\s", r"\s?[a-z-]+\s", r"\s?(?:[a-z-]+\s){2}", r"\s?(?:個|つ|件|本|枚|箇所)の")
)
_TIMES = re.compile("\u00d7\\s?$")
Wrong = tuple[Literal["number", "count"], str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what is named blanked out, and what was read from it."""

    blank: str
    numbers: tuple[Number, ...]
    known: tuple[Anchor, ...]
    stated: tuple[Claim, ...]


def wrong_numbers(said: Sentence, ground: Ground) -> Iterator[Wrong]:
    blank = said.blank
    for start, end in wrong_lines(blank, said.numbers, said.known, ground):
        yield "number", blank[start:end]
    lists = listings(blank, said.numbers)
    for number in said.numbers:
        if not is_line_number(blank, number) and _is_wrong(number, said, lists, ground):
            fault: Literal["number", "count"] = "count" if _noun(blank, number) else "number"
            yield fault, blank[number.start : number.end + 12].strip()


def _is_wrong(number: Number, said: Sentence, lists: Sequence[Listing], ground: Ground) -> bool:
    part = next((one for one in lists if number.start in one.spans), None)
    own = next((one for one in lists if number in one.heads), None)
    if lexicon().ordinal.search(said.blank[max(0, number.start - 12) : number.end + 4]):
        return f"#{number.value}" not in ground.shown and number.value not in ground.numbers
    if part:
        return not _fits(part, said, ground)
    if own and _is_count(said, number):
        if own.total != int(number.value):
            return len(own.heads) == 1 or not _is_so(said, number, ground)
        return not _is_most(said, number, ground, named=own.more is None)
    return not _is_so(said, number, ground)


def _is_count(said: Sentence, number: Number) -> bool:
    """Whether it counts things: those of the list behind it."""
    behind = said.blank[number.end :]
    return bool(
        _noun(said.blank, number)
        or re.match(rf"\s?(?:{lexicon().counters})", behind)
        or re.match(r"\s(?:[a-z-]+\s){0,3}?[a-z-]+s\b", behind)
    )


def _fits(part: Listing, said: Sentence, ground: Ground) -> bool:
    """Whether a list's "3 times" and "4 more" make what its head says, or what the ground has."""
    for at, often in part.times:
        thing = next((a for a in said.known if a.start >= at), None)
        if thing is None or not stands_so_often(ground, thing, often):
            return False
    if part.heads:
        return any(part.total == int(head.value) for head in part.heads)
    if part.more is None:
        return True
    before = said.blank[: part.start].rstrip(" :(はが")
    for name, noun in lexicon().nouns.items():
        if any(found.end() == len(before) for found in noun.words.finditer(before + "が")):
            return part.total in ground.counts.get(name, ())
    return str(part.more) in ground.numbers or str(part.total) in ground.numbers


def _is_most(said: Sentence, number: Number, ground: Ground, *, named: bool) -> bool:
    """Whether there are so many or more: a list may be of those around some lines only.

    ``named``: all things stand in the list, so that they need no number of their own.
    """
    noun = _noun(said.blank, number)
    ways = _ways(said.blank, number, said.stated) & {"added", "removed"}
    if named and (noun not in lexicon().nouns or len(ways) != 1):
        return True
    key = f"{noun}-{next(iter(ways))}" if len(ways) == 1 and noun else noun or "places"
    counts = ground.counts.get(key, frozenset())
    return int(number.value) <= max(counts, default=0) or _is_so(said, number, ground)


def _is_so(said: Sentence, number: Number, ground: Ground) -> bool:
    blank = said.blank
    if _literally(blank, number, ground):
        return number.value in ground.numbers
    noun = _noun(blank, number)
    if noun == "places" or _TIMES.search(blank[: number.start]):
        often = repetitions(ground, blank, said.known, number.start)
        if often is not None:
            return int(float(number.value)) in often
    if noun:
        return _counts(said, number, noun, ground)
    return number.value in ground.numbers


def _noun(blank: str, number: Number) -> str:
    """The noun a number counts, or an empty string."""
    words = lexicon()
    for at in _noun_places(blank, number.end):
        for name, noun in words.nouns.items():
            if noun.words.match(blank, at):
                return name
        for name, pattern in words.counted.items():
            if pattern.match(blank, at):
                return name
    before = words.between.sub("", blank[: number.start].rstrip(" がをはも、"))
    if re.match(rf"\s?(?:{words.counters})", blank[number.end :]):
        for name, noun in words.nouns.items():
            if any(found.end() == len(before) for found in noun.words.finditer(before + "が")):
                return name
    return ""


def _noun_places(blank: str, at: int) -> Iterator[int]:
    """Where what is counted may begin: at once, or up to two words later."""
    yield at
    for pattern in _AFTER_NUMBER:
        found = pattern.match(blank, at)
        if found and found.end() > at:
            yield found.end()


def _literally(blank: str, number: Number, ground: Ground) -> bool:
    """Whether the page itself says it, such as "up to 3 files"."""
    words = re.match(r"\s?\w+", blank[number.end :])
    phrase = fold(blank[number.start : number.end] + (words[0] if words else ""))
    return contains(ground.shown, phrase)


def _counts(said: Sentence, number: Number, noun: str, ground: Ground) -> bool:
    """Whether there are so many; of what came or went, if the sentence says that."""
    ways = _ways(said.blank, number, said.stated)
    way = next(iter(ways)) if len(ways) == 1 else ""
    exact = ground.counts.get(f"{noun}-{way}")
    if exact is None and way in ("added", "removed") and noun in lexicon().nouns:
        return False
    counts = ground.counts.get(noun, ()) if exact is None else exact
    return number.value in {str(value) for value in counts}


def _ways(blank: str, number: Number, stated: Sequence[Claim]) -> set[str]:
    """The directions told in the clause of a number."""
    marks = [found.span() for found in lexicon().clause_end.finditer(blank)]
    first = max((end for _, end in marks if end <= number.start), default=0)
    last = min((start for start, _ in marks if start >= number.end), default=len(blank))
    return {claim.direction for claim in stated if first <= claim.verb < last and not claim.denied}
