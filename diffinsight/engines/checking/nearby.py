"""The findings that a sentence is about, by what it names; their lines and how many they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from diffinsight.engines.checking.anchors import Anchor
from diffinsight.engines.checking.folding import fold, plain
from diffinsight.engines.checking.ground import Ground, Spot
from diffinsight.engines.checking.lexicon import lexicon
from diffinsight.engines.checking.numbers import Number

_DASH = "\\s?[\uff5e~\u2013-]\\s?"
_TO = re.compile(_DASH)
_PAIR = 2


def start_of(text: str) -> str:
    """What is compared of a text that may be cut."""
    return max(fold(text).split("..."), key=len).strip()


def _named(known: Sequence[Anchor]) -> list[str]:
    return [start_of(anchor.text) for anchor in known if anchor.marked]


def _score(spot: Spot, named: Sequence[str]) -> int:
    return sum(name in spot.words for name in named)


def nearest(ground: Ground, named: Sequence[str]) -> tuple[Spot, ...]:
    """The findings that have most of these texts; all when none has any."""
    scores = [_score(spot, named) for spot in ground.spots]
    most = max(scores, default=0)
    return tuple(spot for spot, score in zip(ground.spots, scores, strict=True) if score == most)


def _around(ground: Ground, named: Sequence[str]) -> list[Spot]:
    """The findings that have any of these texts, in the sections that are named, if any is."""
    sections = {name for name in named if any(spot.section == name for spot in ground.spots)}
    things = [name for name in named if name not in sections]
    spots = [spot for spot in ground.spots if not sections or spot.section in sections]
    found = [spot for spot in spots if not things or _score(spot, things)]
    return found or [spot for spot in ground.spots if _score(spot, things)] or list(ground.spots)


# --- lines -------------------------------------------------------------------------------------


def is_line_number(blank: str, number: Number) -> bool:
    words = lexicon()
    before, after = blank[max(0, number.start - 20) : number.start], blank[number.end :][:20]
    return bool(words.line_before.search(before) or words.line_after.search(after))


def wrong_lines(
    blank: str, numbers: Sequence[Number], known: Sequence[Anchor], ground: Ground
) -> list[tuple[int, int]]:
    """Where line numbers and ranges stand that are not those of what is named around them."""
    told = _ranges(blank, [number for number in numbers if number.value.isdigit()])
    wrong = []
    for index, (first, last) in enumerate(told):
        left = told[index - 1][1].end if index else 0
        right = told[index + 1][0].start if index + 1 < len(told) else len(blank)
        around = [anchor for anchor in known if left <= anchor.start < right]
        old = bool(lexicon().old_lines.search(blank[: first.start][-24:]))
        lines = (int(first.value), int(last.value))
        rest = bool(lexicon().more.search(blank, first.start, right))
        scopes = [_named(around)]
        if len(told) > 1:  # a list of findings, each with its lines behind it
            scopes.append(_named([anchor for anchor in around if anchor.end <= first.start])[-1:])
        if not any(
            _stands(lines, scope, ground, old=old, rest=rest)
            for scope in scopes
            if scope or len(told) == 1
        ):
            wrong.append((first.start, last.end))
    return wrong


def old_lines(blank: str, numbers: Sequence[Number]) -> Iterator[str]:
    """Line numbers of the version before: nothing that was added stands there."""
    for first, last in _ranges(blank, [number for number in numbers if number.value.isdigit()]):
        if lexicon().old_lines.search(blank[: first.start][-24:]):
            yield blank[first.start : last.end]


def _ranges(blank: str, numbers: Sequence[Number]) -> list[tuple[Number, Number]]:
    told: list[tuple[Number, Number]] = []
    for number in numbers:
        if told and _TO.fullmatch(blank, told[-1][1].end, number.start):
            told[-1] = (told[-1][0], number)
        elif is_line_number(blank, number):
            told.append((number, number))
    return told


def _stands(
    lines: tuple[int, int], named: Sequence[str], ground: Ground, *, old: bool, rest: bool
) -> bool:
    """Whether one finding stands there, or the first and the last of several."""
    if any(lines in spot.lines(old=old) for spot in nearest(ground, named)):
        return True
    spots = ground.spots if rest else _around(ground, named)
    held = [line for spot in spots for line in spot.lines(old=old)]
    first, last = lines
    starts, ends = {line[0] for line in held}, {line[1] for line in held}
    return first in starts and (first == last or (first < last and last in ends))


# --- how often ---------------------------------------------------------------------------------


def repetitions(
    ground: Ground, blank: str, known: Sequence[Anchor], at: int
) -> frozenset[int] | None:
    """How often what stands before a place (or behind it) changed into the other."""
    marked = [anchor for anchor in known if anchor.marked]
    before = [anchor for anchor in marked if anchor.end <= at][-_PAIR:]
    told = before if len(before) == _PAIR else marked[:_PAIR]
    if not told or lexicon().list_apart.search(blank[at : told[0].start]):
        return None
    named = _named(told)
    pair = tuple(named)
    same = [spot for spot in ground.spots if spot.pair == pair]
    exact = ground.pairs.count((named[0], named[-1]))
    if same:
        own = {number for spot in same for number in spot.numbers}
        return frozenset({len(same), exact, *own, *_by_section(same)})
    if exact:
        return frozenset({exact})
    found = [spot for spot in nearest(ground, named) if _score(spot, named) == _PAIR]
    if len(set(named)) < _PAIR or not found:
        return None
    pairs = sum(named[0] in b and named[1] in a for b, a in ground.pairs)
    numbers = (number for spot in found for number in spot.numbers)
    return frozenset({len(found), pairs, *_by_section(found), *numbers})


def _by_section(spots: Sequence[Spot]) -> frozenset[int]:
    return frozenset(Counter(spot.section for spot in spots).values())


def stands_so_often(ground: Ground, anchor: Anchor, often: int) -> bool:
    """Whether a text is found in that many findings or lines."""
    name = start_of(plain(anchor.text)).rstrip(" `*")
    found = sum(name in spot.words for spot in ground.spots)
    return often <= max(found, ground.shown.count(name))
