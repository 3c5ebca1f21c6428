"""Common subsequences in time that stays near the length of the input."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# difflib takes time in the product of both lengths: gaps above this are told as replaced whole.
LARGEST_GAP = 40_000
# ... and all the gaps of one comparison together may not take more than this.
LARGEST_WORK = 4_000_000

Pair = tuple[int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A run of elements of ``before`` that became a run of ``after``; half-open indexes."""

    before: tuple[int, int]
    after: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Gap:
    a: int
    a_end: int
    b: int
    b_end: int

    @property
    def size(self) -> int:
        return (self.a_end - self.a) * (self.b_end - self.b)


def matches(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[Pair]:
    """Index pairs of equal elements, increasing on both sides."""
    found: list[Pair] = []
    work = LARGEST_WORK
    stack = [_Gap(0, len(before), 0, len(after))]
    while stack:
        gap = _strip_ends(before, after, stack.pop(), found)
        if not gap.size:
            continue
        anchors = _unique_matches(before, after, gap)
        if anchors:
            stack.extend(_between(gap, anchors))
            found.extend(anchors)
        elif gap.size <= min(LARGEST_GAP, work):
            work -= gap.size
            found.extend(_small(before, after, gap))
    return sorted(found)


def changes(before: Sequence[Hashable], after: Sequence[Hashable]) -> Iterator[Change]:
    """What stands between the matches, in order."""
    a = b = 0
    for next_a, next_b in [*matches(before, after), (len(before), len(after))]:
        if next_a > a or next_b > b:
            yield Change(before=(a, next_a), after=(b, next_b))
        a, b = next_a + 1, next_b + 1


def _strip_ends(
    before: Sequence[Hashable], after: Sequence[Hashable], gap: _Gap, found: list[Pair]
) -> _Gap:
    a, a_end, b, b_end = gap.a, gap.a_end, gap.b, gap.b_end
    while a < a_end and b < b_end and before[a] == after[b]:
        found.append((a, b))
        a, b = a + 1, b + 1
    while a < a_end and b < b_end and before[a_end - 1] == after[b_end - 1]:
        a_end, b_end = a_end - 1, b_end - 1
        found.append((a_end, b_end))
    return _Gap(a, a_end, b, b_end)


def _unique_matches(before: Sequence[Hashable], after: Sequence[Hashable], gap: _Gap) -> list[Pair]:
    """Elements that stand once on each side, the longest run of them that keeps its order."""
    in_before = Counter(before[gap.a : gap.a_end])
    in_after = Counter(after[gap.b : gap.b_end])
    where = {
        after[index]: index for index in range(gap.b, gap.b_end) if in_after[after[index]] == 1
    }
    pairs = [
        (index, where[before[index]])
        for index in range(gap.a, gap.a_end)
        if in_before[before[index]] == 1 and before[index] in where
    ]
    return [pairs[i] for i in increasing([b for _, b in pairs])]


def increasing(numbers: Sequence[int]) -> list[int]:
    """Indexes of a longest increasing subsequence."""
    tails: list[int] = []
    tail_values: list[int] = []
    previous: list[int] = []
    for index, number in enumerate(numbers):
        place = bisect_left(tail_values, number)
        previous.append(tails[place - 1] if place else -1)
        if place == len(tails):
            tails.append(index)
            tail_values.append(number)
        else:
            tails[place] = index
            tail_values[place] = number
    run: list[int] = []
    index = tails[-1] if tails else -1
    while index >= 0:
        run.append(index)
        index = previous[index]
    return run[::-1]


def _between(gap: _Gap, anchors: list[Pair]) -> Iterator[_Gap]:
    a, b = gap.a, gap.b
    for next_a, next_b in [*anchors, (gap.a_end, gap.b_end)]:
        yield _Gap(a, next_a, b, next_b)
        a, b = next_a + 1, next_b + 1


def _small(before: Sequence[Hashable], after: Sequence[Hashable], gap: _Gap) -> Iterator[Pair]:
    left, right = before[gap.a : gap.a_end], after[gap.b : gap.b_end]
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for block in matcher.get_matching_blocks():
        for offset in range(block.size):
            yield gap.a + block.a + offset, gap.b + block.b + offset
