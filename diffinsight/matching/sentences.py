"""Sentences of a text, and which sentence of an older text each one came from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from diffinsight.matching.lexicon import abbreviations
from diffinsight.matching.likeness import best_pairs
from diffinsight.matching.words import PUNCTUATION, STOP_WORDS, count, split

# East Asian marks end a sentence without a space; others need one, and no small letter after it.
_END = re.compile(
    r"[.!?]+[\"'”’)\]]*\s+(?=[^\sa-z])"  # noqa: RUF001 - typographic quotation marks
    r"|[。！？]+[」』）\"”]*\s*"  # noqa: RUF001 - East Asian marks
)
_CODE = re.compile(r"(?<!`)(`++).+?(?<!`)\1(?!`)")
_EAST_ASIAN = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
LEAST_ALIKE = 0.35  # two sentences below this are two statements
_MOVED_ALIKE = 0.6  # ... that stand in another order
_GAIN = 0.1  # in likeness, that makes two sentences one that was split, or the other way round
_STOP_WEIGHT = 0.25  # words that every text has say little
LONGEST_TEXT = 10_000  # characters; longer ones are no paragraphs, and taken as one sentence
FEW_WORDS = 6  # of two texts that stand for each other however little they share
MOST_SENTENCES = 150  # on a side: more are paired by equality alone

Pair = tuple[str, str]  # before, after; one is empty where a sentence came or went


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of ``text``, in order; none ends within code or after an abbreviation."""
    if len(text) > LONGEST_TEXT:
        return (text.strip(),)
    short = abbreviations()
    code = [found.span() for found in _CODE.finditer(text)]
    ends = [
        found.end()
        for found in _END.finditer(text)
        if not any(start < found.start() < end for start, end in code)
        and _word_up_to(text, found.start() + 1) not in short
    ]
    parts = (text[start:end].strip() for start, end in pairwise([0, *ends, len(text)]))
    return tuple(part for part in parts if part)


def _word_up_to(text: str, end: int) -> str:
    return text[text.rfind(" ", 0, end) + 1 : end].lstrip("(").casefold()


def changed_sentences(before: str, after: str) -> tuple[Pair, ...]:
    """The sentences that differ, each beside the one it came from, in the order of ``after``.

    A sentence that only moved is not among them. What has no like on the other side stands alone.
    """
    old, new = list(sentences(before)), list(sentences(after))
    if len(old) == len(new) == 1 and max(map(count, (before, after))) <= FEW_WORDS:
        return () if old == new else ((old[0], new[0]),)
    common = Counter(old) & Counter(new)
    old, new = _without(old, common), _without(new, common)
    pairs = _pairs(old, new)
    return tuple(_in_order(_rejoined(pairs, old, new), old, new))


def alike(before: str, after: str) -> float:
    """From 0 to 1: the weight of the words that two sentences share."""
    return _share(_features(before), _features(after))


def _without(listed: Sequence[str], common: Counter[str]) -> list[str]:
    left = Counter(common)
    kept = []
    for sentence in listed:
        if left[sentence]:
            left[sentence] -= 1
        else:
            kept.append(sentence)
    return kept


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Which belong together: first in order, then those left over, wherever they stand."""
    if max(len(old), len(new)) > MOST_SENTENCES or not old or not new:
        return []
    left, right = list(map(_features, old)), list(map(_features, new))
    scores = [[_share(one, other) for other in right] for one in left]
    found = best_pairs(scores, LEAST_ALIKE)
    rows, columns = {i for i, _ in found}, {j for _, j in found}
    moved = sorted(
        (-score, i, j)
        for i, row in enumerate(scores)
        for j, score in enumerate(row)
        if i not in rows and j not in columns and score >= _MOVED_ALIKE
    )
    for _, i, j in moved:
        if i not in rows and j not in columns:
            found.append((i, j))
            rows.add(i)
            columns.add(j)
    return found


_Group = tuple[tuple[int, ...], tuple[int, ...]]


def _rejoined(
    pairs: Sequence[tuple[int, int]], old: Sequence[str], new: Sequence[str]
) -> list[_Group]:
    """The pairs as groups: a sentence beside one of a pair joins it where both became one."""
    groups: list[_Group] = [((i,), (j,)) for i, j in pairs]
    for side, size in ((0, len(old)), (1, len(new))):
        for index in range(size):
            if not any(index in group[side] for group in groups):
                _join(groups, side, index, (old, new))
    return groups


def _join(
    groups: list[_Group], side: int, index: int, texts: tuple[Sequence[str], Sequence[str]]
) -> None:
    """Put an unpaired sentence to the neighbouring group that it makes more alike."""
    best = (_GAIN, -1)
    for place, group in enumerate(groups):
        if index + 1 in group[side] or index - 1 in group[side]:
            gain = _likeness(_with(group, side, index), texts) - _likeness(group, texts)
            best = max(best, (gain, place))
    if best[1] >= 0:
        groups[best[1]] = _with(groups[best[1]], side, index)


def _with(group: _Group, side: int, index: int) -> _Group:
    joined = tuple(sorted((*group[side], index)))
    return (joined, group[1]) if side == 0 else (group[0], joined)


def _likeness(group: _Group, texts: tuple[Sequence[str], Sequence[str]]) -> float:
    sides = (" ".join(text[i] for i in own) for own, text in zip(group, texts, strict=True))
    return alike(*sides)


def _in_order(groups: Sequence[_Group], old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Groups and lone sentences as the new text has them; what went stands where it stood."""
    paired = {i: group for group in groups for i in group[0]}
    taken = {j for group in groups for j in group[1]}
    placed: list[tuple[int, int, Pair]] = []
    last = -1
    for i, sentence in enumerate(old):
        if i not in paired:
            placed.append((last, i, (sentence, "")))
        else:
            last = max(paired[i][1])
    for before, after in groups:
        pair = " ".join(old[i] for i in before), " ".join(new[j] for j in after)
        placed.append((min(after), -1, pair))
    placed += [(j, -1, ("", sentence)) for j, sentence in enumerate(new) if j not in taken]
    return [pair for _, _, pair in sorted(placed, key=lambda item: item[:2])]


def _features(sentence: str) -> Counter[str]:
    """Its words; of East Asian text, which has no spaces, each two neighbouring characters."""
    found: Counter[str] = Counter()
    for word in split(sentence.casefold()):
        if _EAST_ASIAN.match(word.text):
            found.update(a + b for a, b in pairwise(word.text + " "))
        elif word.text not in PUNCTUATION:
            found[word.text] += 1
    return found


def _share(one: Counter[str], other: Counter[str]) -> float:
    both = _weight(one) + _weight(other)
    return 2 * _weight(one & other) / both if both else 1.0


def _weight(counted: Counter[str]) -> float:
    return sum(n * (_STOP_WEIGHT if word in STOP_WORDS else 1.0) for word, n in counted.items())
