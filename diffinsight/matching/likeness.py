"""How alike two texts are, and which of many belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from diffinsight.matching.typos import is_same_word
from diffinsight.matching.words import bag, words_of


@dataclass(frozen=True, slots=True)
class Likeness:
    """A text made ready to be compared with many others."""

    words: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Likeness:
        return cls(bag(text))


def likeness(one: Likeness, other: Likeness) -> float:
    """From 0, nothing in common, to 1, the same different words."""
    both = len(one.words) + len(other.words)
    return 2 * len(one.words & other.words) / both if both else 1.0


def almost_same(one: str, other: str) -> bool:
    """Whether two names differ in the form or the spelling of one word, or in marks alone."""
    left, right = words_of(one), words_of(other)
    if len(left) != len(right):
        return False
    different = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    return bool(left) and len(different) <= 1 and all(is_same_word(a, b) for a, b in different)


def best_pairs(scores: Sequence[Sequence[float]], least: float) -> list[tuple[int, int]]:
    """Row and column pairs in increasing order with the greatest sum of scores of ``least`` up."""
    rows, columns = len(scores), len(scores[0]) if scores else 0
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            skip = max(best[i + 1][j], best[i][j + 1])
            score = scores[i][j]
            best[i][j] = max(skip, score + best[i + 1][j + 1]) if score >= least else skip
    found = []
    i = j = 0
    while i < rows and j < columns:
        score = scores[i][j]
        if score >= least and best[i][j] == score + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found
