"""Lists of what a number counts: "3 links were removed: “a” and “b”", "…, and 4 more"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from diffinsight.engines.checking.anchors import ASIAN, BLANK
from diffinsight.engines.checking.lexicon import lexicon
from diffinsight.engines.checking.numbers import Number

_THING = rf"{BLANK}+"
_ITEM = re.compile(
    rf"\s?{_THING}(?:\s?(?:→|->)\s?{_THING})?(?:\s?[(][^()]*[)])?(?:\s?[\u00d7x]\s?(?P<times>\d+))?"
)
_JOIN = re.compile(r"\s?[,、]\s?(?:and\s|or\s|および)?|\s(?:and|or|und|et|y|e)\s|と|和")
_STOP = re.compile(r"\s?(?:$|[.;。)]|[,、]\s?(?:and\s)?\d|です|でした)")
_WIDE = re.compile(f"[{ASIAN}]")
_COUNTER = re.compile(rf"\s?(?:{lexicon().counters})\s?")
_OPEN = re.compile(r"\s?[:(]")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: its things and what is left out, and where the number stands that counts both."""

    start: int  # where the list's colon or bracket stands
    named: int  # things named, repeated ones as often as it says
    times: tuple[tuple[int, int], ...]  # where a thing ends, how often it is there
    spans: tuple[int, ...]  # where the numbers of "3 times" and "4 more" begin
    more: int | None
    heads: tuple[Number, ...]  # numbers before it that may count its things

    @property
    def total(self) -> int:
        return self.named + (self.more or 0)


def listings(blank: str, numbers: tuple[Number, ...]) -> tuple[Listing, ...]:
    """Lists of a sentence whose anchors are blanked out in ``blank``."""
    return tuple(_found(blank, numbers))


def _found(blank: str, numbers: tuple[Number, ...]) -> Iterator[Listing]:
    at = 0
    for opened in _OPEN.finditer(blank):
        if opened.start() >= at:
            found = _read(blank, opened, numbers)
            if found:
                yield found
                at = opened.end()


def _read(blank: str, opened: re.Match[str], numbers: tuple[Number, ...]) -> Listing | None:
    named, at, more = 0, opened.end(), None
    times: list[tuple[int, int]] = []
    spans: list[int] = []
    while True:
        left = lexicon().left_out.match(blank, at)
        if left:
            digits = next(name for name in left.groupdict() if left[name])
            more, at = int(left[digits]), left.end()
            spans.append(left.start(digits))
            break
        item = _ITEM.match(blank, at)
        if not item:
            return None
        often = int(item["times"] or 1)
        named, at = named + often, item.end()
        if item["times"]:
            times.append((item.start(), often))
            spans.append(item.start("times"))
        joined = _JOIN.match(blank, at)
        if not joined:
            break
        if _STOP.match(blank, at) and not lexicon().left_out.match(blank, joined.end()):
            break
        at = joined.end()
    if not _STOP.match(blank, at) or not named:
        return None
    heads = tuple(_heads(blank, opened, numbers))
    return Listing(opened.start(), named, tuple(times), tuple(spans), more, heads)


def _heads(blank: str, opened: re.Match[str], numbers: tuple[Number, ...]) -> Iterator[Number]:
    """The last numbers before a list in its clause, unless the list is of some of these only."""
    words = lexicon()
    start = opened.start()
    for number in reversed(numbers):
        behind = blank[number.end : start]
        inside = len(re.findall("[(]", behind)) < len(re.findall("[)]", behind))
        if number.end > start or not number.value.isdigit() or inside:
            continue
        if len(re.findall("[(]", behind)) > len(re.findall("[)]", behind)):
            return  # the list stands in a bracket of its own
        if "(" in opened[0] and _WIDE.search(behind) and not _COUNTER.fullmatch(behind):
            return  # a bracket behind a verb may name parts instead of all
        if words.line_before.search(blank[: number.start][-20:]):
            continue
        if words.line_after.search(blank[number.end :][:20]):
            continue
        if words.list_apart.search(re.sub(r"[(][^()]*[)]", "", behind)):
            return
        yield number
        if "(" in opened[0]:
            return
