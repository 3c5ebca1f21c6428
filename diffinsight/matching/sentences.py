"""Sentences of a text, and which sentence of an older text each one came from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import median

from diffinsight.matching.lexicon import abbreviations
from diffinsight.matching.likeness import best_pairs
from diffinsight.matching.words import PUNCTUATION, STOP_WORDS, split

# East Asian marks end a sentence without a space; others need one, and no small letter after it.
_END = re.compile(
    r"(?<![.!?])[.!?]+[\"'”’)\]]*\s+(?=[^\sa-z])"  # noqa: RUF001 - typographic quotation marks
    r"|[。！？]+[」』）\"”]*\s*"  # noqa: RUF001 - East Asian marks
    # What is typed stands at the end of a line, without a stop.
    r"|(?<=[^\s`]`)\s+(?=(?:Th(?:is|ese|en|e)|It|You|If|For|When|After|Check|Note)\s)"
)
_STOPPED = re.compile(r"[.!?。！？][\"'”’)\]」』）]*\s*$")  # noqa: RUF001 - East Asian marks are meant
_CODE = re.compile(r"(?<!`)(`++).+?(?<!`)\1(?!`)")
_EAST_ASIAN = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
LEAST_ALIKE = 0.35  # two sentences below this are two statements
_MOVED_ALIKE = 0.6  # ... that stand in another order
_GAIN = 0.1  # in likeness, that makes two sentences one that was split, or the other way round
_STOP_WEIGHT = 0.25  # words that every text has say little
_LIGHT = STOP_WORDS | {"following", "follow"}  # ... as do those that only point to what comes next
_ORDER = 0.5  # that the same words in the same order add to likeness, to choose between two
_PLACE = 0.2  # ... and that the same sentence stands above or below adds
_SAID = 0.75  # of the weight of a sentence that another one has, which then says it, too
_KEPT = 0.6  # ... of a sentence of the same text: too much to call it gone
_LEAST_SAID = 2.5  # weight of the words that both have: fewer are there by chance
_LABEL = re.compile(r"[^\s.:!?][^.:!?]{0,40}:(?=\s)")  # "Version: run it" and "Version: see it"
_PLURAL = re.compile(r"(?<=[a-z]{3})(?<![aius])s$")
LONGEST_TEXT = 10_000  # characters; longer ones are no paragraphs, and taken as one sentence
MOST_SENTENCES = 150  # on a side: more are paired by equality alone

Pair = tuple[str, str]  # before, after; one is empty where a sentence came or went


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of ``text``, in order; none ends within code or after an abbreviation."""
    return tuple(text[start:end] for start, end in _spans(text))


def _spans(text: str) -> list[tuple[int, int]]:
    """Where each sentence stands, without the white space around it."""
    bounds = [0, *(_ends(text) if len(text) <= LONGEST_TEXT else ()), len(text)]
    spans = []
    for start, end in pairwise(bounds):
        part = text[start:end]
        first = start + len(part) - len(part.lstrip())
        if part.strip():
            spans.append((first, first + len(part.strip())))
    return spans


def _ends(text: str) -> Iterator[int]:
    short = abbreviations()
    code = [found.span() for found in _CODE.finditer(text)]
    for found in _END.finditer(text):
        inside = any(start < found.start() < end for start, end in code)
        term = code[:1] == [(0, found.start())]  # what the text begins with, and then explains
        if not (inside or term) and _word_up_to(text, found.start() + 1) not in short:
            yield found.end()


def _word_up_to(text: str, end: int) -> str:
    return text[text.rfind(" ", 0, end) + 1 : end].lstrip("(").casefold()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Side:
    """A text and those of its sentences that the other one does not have."""

    text: str
    spans: tuple[tuple[int, int], ...]
    places: tuple[int, ...]  # of each among all sentences of the text
    around: tuple[tuple[str | None, str | None], ...] = ()  # what stayed above and below each

    @property
    def sentences(self) -> list[str]:
        return [self.text[start:end] for start, end in self.spans]

    def joined(self, indexes: Sequence[int]) -> str:
        """Sentences that stand one after the other, as one piece of the text."""
        return self.text[self.spans[min(indexes)][0] : self.spans[max(indexes)][1]]

    def is_beside(self, index: int, others: Sequence[int]) -> bool:
        return any(abs(self.places[index] - self.places[other]) == 1 for other in others)


@lru_cache(maxsize=2048)  # asked for the same texts when they are found, weighed and told
def changed_sentences(before: str, after: str) -> tuple[Pair, ...]:
    """The sentences that differ, each beside the one it came from, in the order of ``after``.

    A sentence that only moved is not among them. What has no like on the other side stands alone.
    """
    if before != after and _unmarked(before) == _unmarked(after):
        return ((before, after),)  # where code starts and ends is all that differs
    old, new = sentences(before), sentences(after)
    if len(old) == len(new) == 1 and not all(_STOPPED.search(text) for text in (before, after)):
        # A label or a list that has no sentence in it: whatever they share, one became the other.
        return () if old == new else ((old[0], new[0]),)
    common = Counter(old) & Counter(new)
    sides = _without(before, common), _without(after, common)
    pairs = _pairs(*sides)
    return tuple(_in_order(_rejoined(pairs, sides), *sides))


def is_another(before: str, after: str) -> bool:
    """Whether no sentence of one text stays in the other, or became one of it."""
    kept = not set(sentences(before)).isdisjoint(sentences(after))
    return not kept and not any(old and new for old, new in changed_sentences(before, after))


def _unmarked(text: str) -> str:
    return "".join(text.replace("`", "").split())


def alike(before: str, after: str) -> float:
    """From 0 to 1: the weight of the words that two sentences share."""
    return _share(_features(before), _features(after))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, made ready to be looked for in many others."""

    counted: Counter[str]
    weight: float

    @classmethod
    def of(cls, text: str) -> Words:
        counted = _features(text)
        return cls(counted, _weight(counted))

    def shared(self, other: Words) -> float:
        """The weight of the words that both have."""
        return _weight(self.counted & other.counted)


def is_said(sentence: str, text: str, *, most: float = _SAID) -> bool:
    """Whether ``text`` has ``most`` words of ``sentence`` by weight, each figure and all code."""
    words, others = _features(sentence), _features(text)
    held = words & others
    code = (found.group().casefold().strip("`") for found in _CODE.finditer(sentence))
    exact = [*code, *(word for word in words if any(map(str.isdigit, word)))]
    enough = _weight(held) >= max(most * _weight(words), _LEAST_SAID)
    return enough and all(_PLURAL.sub("", word) in others for word in exact)


def carried(before: str, after: str) -> str:
    """The sentences of ``after`` that ``before`` has, word for word or nearly."""
    changed = changed_sentences(before, after)
    anew = [now for was, now in changed if now and not _is_nearly(was, now)]
    left = (text for text in sentences(after) if not any(text in now for now in anew))
    return " ".join(left) if anew else after


def _is_nearly(was: str, now: str) -> bool:
    held = bool(was) and (was in now or _same_label(was, now))
    return held or alike(was, now) >= _MOVED_ALIKE


def is_kept(sentence: str, text: str) -> bool:
    """Whether a sentence that went out of ``text`` is said by one that stands there now."""
    return any(is_said(sentence, other, most=_KEPT) for other in sentences(text))


def _without(text: str, common: Counter[str]) -> _Side:
    left = Counter(common)
    spans, places = [], []
    stayed: list[str | None] = [""]  # each sentence if the other text has it, between both ends
    for place, (start, end) in enumerate(_spans(text)):
        sentence = text[start:end]
        if left[sentence]:
            left[sentence] -= 1
            stayed.append(sentence)
        else:
            spans.append((start, end))
            places.append(place)
            stayed.append(None)
    stayed.append("")
    around = tuple((stayed[place], stayed[place + 2]) for place in places)
    return _Side(text=text, spans=tuple(spans), places=tuple(places), around=around)


def _pairs(before: _Side, after: _Side) -> list[tuple[int, int]]:
    """Which belong together: first in order, then those left over, wherever they stand."""
    old, new = before.sentences, after.sentences
    if max(len(old), len(new)) > MOST_SENTENCES or not old or not new:
        return []
    left, right = list(map(_features, old)), list(map(_features, new))
    scores = [
        [_likely(_share(one, other), old[i], new[j]) for j, other in enumerate(right)]
        for i, one in enumerate(left)
    ]
    found = best_pairs(_ordered(scores, before, after), LEAST_ALIKE)
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


def _likely(score: float, old: str, new: str) -> float:
    """Two sentences below the same label are one, in whatever words."""
    return max(score, LEAST_ALIKE) if _same_label(old, new) else score


def _same_label(old: str, new: str) -> bool:
    was, now = _LABEL.match(old), _LABEL.match(new)
    return bool(was and now and was[0] == now[0])


def _ordered(scores: Sequence[Sequence[float]], old: _Side, new: _Side) -> list[list[float]]:
    """``scores``, of two as alike the one in the same place, or with more words in order, first."""
    left, right = (list(map(_neighbours, side.sentences)) for side in (old, new))
    return [
        [
            score + _ORDER * len(one & other) / max(len(one), len(other), 1) + _place(was, now)
            if score >= LEAST_ALIKE
            else score
            for score, other, now in zip(row, right, new.around, strict=True)
        ]
        for row, one, was in zip(scores, left, old.around, strict=True)
    ]


def _place(old: tuple[str | None, str | None], new: tuple[str | None, str | None]) -> float:
    """What it adds that one sentence stands where the other one stood."""
    same = any(was is not None and was == now for was, now in zip(old, new, strict=True))
    return _PLACE if same else 0.0


def _neighbours(sentence: str) -> frozenset[tuple[str, str]]:
    words = [word.text for word in split(sentence.casefold()) if word.text not in PUNCTUATION]
    return frozenset(pairwise(words))


_Group = tuple[tuple[int, ...], tuple[int, ...]]


def _rejoined(pairs: Sequence[tuple[int, int]], sides: tuple[_Side, _Side]) -> list[_Group]:
    """The pairs as groups: a sentence beside one of a pair joins it where both became one."""
    groups: list[_Group] = [((i,), (j,)) for i, j in pairs]
    for which, side in enumerate(sides):
        indexes = range(len(side.spans))
        for index in (*indexes, *reversed(indexes)):  # beside one that joined, too
            if not any(index in group[which] for group in groups):
                _join(groups, which, index, sides)
    return groups


def _join(groups: list[_Group], which: int, index: int, sides: tuple[_Side, _Side]) -> None:
    """Put an unpaired sentence to the neighbouring group that it makes more alike."""
    best = (_GAIN, -1)
    own = sides[which].sentences[index]
    for place, group in enumerate(groups):
        if sides[which].is_beside(index, group[which]):
            other = sides[1 - which].joined(group[1 - which])
            gain = _likeness(_with(group, which, index), sides) - _likeness(group, sides)
            rest = sides[which].joined(group[which])
            if is_said(own, other) or _are_halves(own, rest, other, sides):
                gain = max(gain, _GAIN)
            if _is_in_order(own, rest, other, above=index < group[which][0]):
                best = max(best, (gain, place))
    if best[1] >= 0:
        groups[best[1]] = _with(groups[best[1]], which, index)


def _are_halves(own: str, rest: str, other: str, sides: tuple[_Side, _Side]) -> bool:
    """Whether all that changed is one sentence that says most of each of two."""
    alone = sorted(len(side.spans) for side in sides) == [1, 2]
    return alone and all(is_said(half, other, most=_KEPT) for half in (own, rest))


def _is_in_order(own: str, rest: str, other: str, *, above: bool) -> bool:
    """Whether ``other`` says ``own`` above, or below, what it says of the text beside it."""
    words = [_PLURAL.sub("", word.text) for word in split(other.casefold())]
    one, two = (frozenset(_features(side)) - _LIGHT for side in (own, rest))
    once = {word: place for place, word in enumerate(words) if words.count(word) == 1}
    places = [
        [place for word, place in once.items() if word in told] for told in (one - two, two - one)
    ]
    if not all(places):
        return True
    return (median(places[0]) < median(places[1])) == above


def _with(group: _Group, which: int, index: int) -> _Group:
    joined = tuple(sorted((*group[which], index)))
    return (joined, group[1]) if which == 0 else (group[0], joined)


def _likeness(group: _Group, sides: tuple[_Side, _Side]) -> float:
    return alike(sides[0].joined(group[0]), sides[1].joined(group[1]))


def _in_order(groups: Sequence[_Group], old: _Side, new: _Side) -> list[Pair]:
    """Groups and lone sentences as the new text has them; what went stands where it stood."""
    paired = {i: group for group in groups for i in group[0]}
    taken = {j for group in groups for j in group[1]}
    placed: list[tuple[int, int, Pair]] = []
    last = -1
    for i, sentence in enumerate(old.sentences):
        if i not in paired:
            placed.append((last, i, (sentence, "")))
        else:
            last = max(paired[i][1])
    for before, after in groups:
        placed.append((min(after), -1, (old.joined(before), new.joined(after))))
    lone = ((j, sentence) for j, sentence in enumerate(new.sentences) if j not in taken)
    placed += [(j, -1, ("", sentence)) for j, sentence in lone]
    return [pair for _, _, pair in sorted(placed, key=lambda item: item[:2])]


@lru_cache(maxsize=2048)
def _features(sentence: str) -> Counter[str]:
    """Its words; of East Asian text, which has no spaces, each two neighbouring characters."""
    found: Counter[str] = Counter()
    for word in split(sentence.casefold()):
        if _EAST_ASIAN.match(word.text):
            found.update(a + b for a, b in pairwise(word.text + " "))
        elif word.text not in PUNCTUATION:
            found[_PLURAL.sub("", word.text.strip("`"))] += 1
    return found


def _share(one: Counter[str], other: Counter[str]) -> float:
    both = _weight(one) + _weight(other)
    return 2 * _weight(one & other) / both if both else 1.0


def _weight(counted: Counter[str]) -> float:
    return sum(n * (_STOP_WEIGHT if word in _LIGHT else 1.0) for word, n in counted.items())
