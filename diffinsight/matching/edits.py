"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from diffinsight.matching.kinds import EditKind, classify, in_context
from diffinsight.matching.sequences import Change, changes
from diffinsight.matching.words import LONGEST_TEXT, PUNCTUATION, Word, first_words, split


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """Words that were replaced, with the words around them."""

    before: str
    after: str
    kind: EditKind
    left: str = ""  # up to four words that stand before it in the new text
    right: str = ""  # up to three words after it


def edits(before: str, after: str) -> tuple[Edit, ...]:
    """Word-level differences, in order; one edit for everything when a text is very long."""
    if before == after:
        return ()
    if max(len(before), len(after)) > LONGEST_TEXT:
        return (Edit(before=first_words(before), after=first_words(after), kind="words"),)
    old, new = split(before), split(after)
    runs = list(_by_position(old, new))
    runs = runs or list(_joined(list(changes(_texts(old), _texts(new))), old, new))
    found = tuple(_edit(run, old, new, before, after) for run in runs)
    return found or (Edit(before="", after="", kind="spacing"),)


def _texts(words: list[Word]) -> list[str]:
    return [word.text for word in words]


FIGURE = re.compile(r"v?\d[\d.,-]*")
IN_A_LIST = frozenset({",", "/", "、", "and", "or", "と", "和"})


def _by_position(old: list[Word], new: list[Word]) -> Iterator[Change]:
    """Only figures changed: each took the place of the one that stood there.

    In a list of them, one is dropped and another added instead: nothing is yielded for those.
    """
    if len(old) != len(new):
        return
    differ = [place for place in range(len(old)) if old[place].text != new[place].text]
    was, now = (_texts([side[place] for place in differ]) for side in (old, new))
    if not all(FIGURE.fullmatch(text) for text in was + now):
        return
    if not set(was).isdisjoint(now) and _is_list(old, differ):
        return
    for place in differ:
        yield Change(before=(place, place + 1), after=(place, place + 1))


def _is_list(words: list[Word], places: list[int]) -> bool:
    """Whether nothing but separators stands between the words at ``places``."""
    between = (words[a + 1 : b] for a, b in pairwise(places))
    return all(word.text in IN_A_LIST for run in between for word in run)


def _joined(runs: list[Change], old: list[Word], new: list[Word]) -> Iterator[Change]:
    """Two replacements with nothing but one short mark between them read better as one.

    Figures stay apart, so that each is told with the one that took its place.
    """
    current: Change | None = None
    for run in runs:
        if current is None:
            current = run
        elif _close(current, run, old) and not _are_figures((current, run), old, new):
            current = Change(
                before=(current.before[0], run.before[1]), after=(current.after[0], run.after[1])
            )
        else:
            yield current
            current = run
    if current is not None:
        yield current


def _close(one: Change, other: Change, old: list[Word]) -> bool:
    between = old[one.before[1] : other.before[0]]
    replaced = all(c.before[0] < c.before[1] and c.after[0] < c.after[1] for c in (one, other))
    return replaced and len(between) == 1 and between[0].text in PUNCTUATION


def _are_figures(runs: tuple[Change, Change], old: list[Word], new: list[Word]) -> bool:
    """Whether each replaces one version or number by one."""
    sides = [side for run in runs for side in (old[slice(*run.before)], new[slice(*run.after)])]
    return all(len(side) == 1 and side[0].text[:1].isdigit() for side in sides)


def _edit(run: Change, old: list[Word], new: list[Word], before: str, after: str) -> Edit:
    was = _slice(before, old[run.before[0] : run.before[1]])
    now = _slice(after, new[run.after[0] : run.after[1]])
    left = _slice(after, new[max(0, run.after[0] - 4) : run.after[0]])
    right = _slice(after, new[run.after[1] : run.after[1] + 3])
    if was and not now and _is_doubled(was, left, right):
        return Edit(before=f"{was} {was}", after=was, kind="typo", left=left, right=right)
    kind = in_context(classify(was, now), was, now, left, right)
    if kind == "words" and classify(was, now) == "punctuation":
        touches = _touches(old, run.before) or _touches(new, run.after)
        kind = "words" if touches else "punctuation"
    return Edit(before=was, after=now, kind=kind, left=left, right=right)


def _touches(words: list[Word], run: tuple[int, int]) -> bool:
    """Whether no space stands between the words of a run and what follows."""
    first, end = run
    return first < end < len(words) and words[end - 1].end == words[end].start


def _is_doubled(word: str, left: str, right: str) -> bool:
    """Whether a word stands beside where it was, so that it stood there twice."""
    beside = (left.rpartition(" ")[2], right.partition(" ")[0])
    return word.isalpha() and word in beside


def _slice(text: str, words: list[Word]) -> str:
    return text[words[0].start : words[-1].end] if words else ""
