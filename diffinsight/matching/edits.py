"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from posixpath import commonprefix

from diffinsight.matching.kinds import EditKind, classify, in_context
from diffinsight.matching.sentences import changed_sentences
from diffinsight.matching.sequences import Change, changes
from diffinsight.matching.words import LONGEST_TEXT, PUNCTUATION, Word, first_words, split_both


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """Words that were replaced, with the words around them."""

    before: str
    after: str
    kind: EditKind
    left: str = ""  # up to four words that stand before it in the new text
    right: str = ""  # up to three words after it


@lru_cache(maxsize=2048)  # asked for the same texts when they are found and weighed
def edits(before: str, after: str) -> tuple[Edit, ...]:
    """Word-level differences, in order; one edit for everything when a text is very long."""
    if before == after:
        return ()
    if max(len(before), len(after)) > LONGEST_TEXT:
        return (Edit(before=first_words(before), after=first_words(after), kind="words"),)
    found = tuple(edit for _, edit in located(before, after, *split_both(before, after)))
    return found or (Edit(before="", after="", kind="spacing"),)


def located(
    before: str, after: str, old: list[Word], new: list[Word]
) -> Iterator[tuple[Change, Edit]]:
    """Each edit with the words of both texts that it exchanged."""
    for run in _runs(old, new):
        yield run, _edit(run, old, new, before, after)


def prose_edits(before: str, after: str) -> tuple[Edit, ...]:
    """As `edits`, but each within a sentence and what became of it; a new one is one edit."""
    if max(len(before), len(after)) > LONGEST_TEXT:
        return edits(before, after)
    found = tuple(
        edit
        for old, new in changed_sentences(before, after)
        for edit in (edits(old, new) if old and new else (_whole(old, new),))
    )
    return found or edits(before, after)  # the same sentences in another order


def _whole(before: str, after: str) -> Edit:
    """Of a sentence that came or went."""
    return Edit(before=before, after=after, kind=classify(before, after))


def _runs(old: list[Word], new: list[Word]) -> list[Change]:
    runs = list(_by_position(old, new))
    if runs:
        return runs
    found = [_at_boundary(run, old, new) for run in changes(_texts(old), _texts(new))]
    return list(_joined(found, old))


def _at_boundary(run: Change, old: list[Word], new: list[Word]) -> Change:
    """A run that only came or went, moved to where a clause or a member of a list starts.

    Of "a, b, c" without its "b", the words ", b" and "b," went with equal right.
    """
    (a, a_end), (b, b_end) = run.before, run.after
    if (a < a_end) == (b < b_end):
        return run
    words, start, end = (old, a, a_end) if a < a_end else (new, b, b_end)
    for back in range(end - start):
        if back and (min(a, b) < back or words[start - back].text != words[end - back].text):
            break
        if _is_member(words, start - back, end - back):
            return Change(before=(a - back, a_end - back), after=(b - back, b_end - back))
    return run


def _is_member(words: list[Word], start: int, end: int) -> bool:
    """Whether the words are one member of a list, with the comma behind it."""
    before = words[start - 1].text if start else ":"
    return words[end - 1].text in _COMMAS and (before in _COMMAS or before == ":" or start == 0)


def _texts(words: list[Word]) -> list[str]:
    return [word.text for word in words]


_COMMAS = frozenset(",;、，；")  # noqa: RUF001 - East Asian marks are meant
_LIST_BEFORE = 16  # words before a member of a list in which it may stand already
FIGURE = re.compile(r"v?\d[\d.,-]*")
_VERSION = re.compile(r"v?\d+(?:\.\d+)+")
IN_A_LIST = frozenset({",", "/", "、", "and", "or", "と", "和"})


def _by_position(old: list[Word], new: list[Word]) -> Iterator[Change]:
    """Only figures changed: each took the place of the one that stood there.

    In a list of them, one is dropped and another added instead: nothing is yielded for those.
    Versions that only changed places are one edit: none of them became another one.
    """
    if len(old) != len(new):
        return
    differ = [place for place in range(len(old)) if old[place].text != new[place].text]
    was, now = (_texts([side[place] for place in differ]) for side in (old, new))
    if not all(FIGURE.fullmatch(text) for text in was + now):
        return
    if not set(was).isdisjoint(now) and _is_list(old, differ):
        return
    if was and sorted(was) == sorted(now) and all(map(_VERSION.fullmatch, was)):
        runs = [(differ[0], differ[-1] + 1)]
    else:
        runs = [(place, place + 1) for place in differ]
    yield from (Change(before=run, after=run) for run in runs)


def _is_list(words: list[Word], places: list[int]) -> bool:
    """Whether nothing but separators stands between the words at ``places``."""
    between = (words[a + 1 : b] for a, b in pairwise(places))
    return all(word.text in IN_A_LIST for run in between for word in run)


def _joined(runs: list[Change], old: list[Word]) -> Iterator[Change]:
    """Two replacements with nothing but one short mark between them read better as one."""
    current: Change | None = None
    for run in runs:
        if current is None:
            current = run
        elif _close(current, run, old):
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


def _edit(run: Change, old: list[Word], new: list[Word], before: str, after: str) -> Edit:
    was = _slice(before, old[run.before[0] : run.before[1]])
    now = _slice(after, new[run.after[0] : run.after[1]])
    was, now = _without_common_ends(was, now)
    left = _slice(after, new[max(0, run.after[0] - 4) : run.after[0]])
    right = _slice(after, new[run.after[1] : run.after[1] + 3])
    if was and not now and _is_doubled(was, left, right):
        return Edit(before=f"{was} {was}", after=was, kind="typo", left=left, right=right)
    further = _slice(after, new[max(0, run.after[0] - _LIST_BEFORE) : run.after[0]])
    listed = _listed_twice(was, further) if was and not now else ""
    if listed and f"{listed} {was}" in before:
        once = (f"{listed} {was}".rstrip(","), listed.rstrip(","))
        return Edit(before=once[0], after=once[1], kind="typo", left=left, right=right)
    kind = in_context(classify(was, now), was, now, left, right)
    if kind == "words" and classify(was, now) == "punctuation":
        touches = _touches(old, run.before) or _touches(new, run.after)
        kind = "words" if touches else "punctuation"
    return Edit(before=was, after=now, kind=kind, left=left, right=right)


_EAST_ASIAN = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]+")
_LEAST_CHARACTERS = 2  # of East Asian text: one alone is seldom a word


def _without_common_ends(was: str, now: str) -> tuple[str, str]:
    """East Asian text, whose words have no spaces, without the characters both ends share."""
    if not (_EAST_ASIAN.fullmatch(was) and _EAST_ASIAN.fullmatch(now)):
        return was, now
    start = len(commonprefix([was, now]))
    most = min(len(was), len(now)) - start
    end = min(len(commonprefix([was[::-1], now[::-1]])), most)
    while min(len(was), len(now)) - start - end < _LEAST_CHARACTERS and start + end:
        start, end = (start, end - 1) if end else (start - 1, end)
    return was[start : len(was) - end], now[start : len(now) - end]


def _touches(words: list[Word], run: tuple[int, int]) -> bool:
    """Whether no space stands between the words of a run and what follows."""
    first, end = run
    return first < end < len(words) and words[end - 1].end == words[end].start


def _is_doubled(word: str, left: str, right: str) -> bool:
    """Whether a word stands beside where it was, so that it stood there twice."""
    beside = (left.rpartition(" ")[2], right.partition(" ")[0])
    return word.isalpha() and word in beside


def _listed_twice(member: str, left: str) -> str:
    """The members of a list from the one on that ``member`` says again; empty: there is none."""
    name = member.strip(", ")
    start = left.rfind(f"{name},")
    parted = member.endswith(",") and left.endswith(",") and name.isalnum()
    return left[start:] if parted and start >= 0 and not left[:start][-1:].isalnum() else ""


def _slice(text: str, words: list[Word]) -> str:
    return text[words[0].start : words[-1].end] if words else ""
