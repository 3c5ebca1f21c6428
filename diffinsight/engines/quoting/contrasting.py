"""Two versions of a text cut alike, so that what differs between them shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import commonprefix

from diffinsight.engines.quoting.addresses import addresses
from diffinsight.engines.quoting.cutting import ELLIPSIS, cut, cut_text, longest
from diffinsight.engines.quoting.endings import closed, promises_more
from diffinsight.engines.quoting.sides import BESIDE, LITTLE, MOST_BESIDE, Side
from diffinsight.markdown_text import as_shown, one_line
from diffinsight.matching.kinds import classify
from diffinsight.matching.sequences import Change, changes
from diffinsight.matching.words import JOINING

_EASILY_COMPARED = 100  # characters of each of two texts
_ENOUGH = 80  # ... cut around a word or two that differ
_LEAST_CLOSE, _MOST_CLOSE = 28, 60  # ... where that says enough, and no more
_TOUCH = 4  # words of both sides
_SEEN_FROM_START = 0.7  # of a quotation: a difference up to here shows without cutting its start
_APART = 0.3  # ... where it begins a sentence of its own
_LEAST_SHARED = 0.3  # of the shorter text: below, each is cut for itself
_STOPS = (".", "!", "?", "。", "！", "？")  # noqa: RUF001 - East Asian marks are meant
_MOST_OF_ALL = 0.5  # of what differs: so much has to show
_LONGEST_BESIDE = 28  # characters of a word that is only there to be understood
_LONGEST_END = 24  # ... of the end of a name
_LONGEST_NAME = 64  # ... of a section or a page
_WORTH_CUTTING = 30  # characters
_SLIGHT = frozenset({"case", "punctuation", "formatting", "spacing"})
_MARKS = " .,;:!?()[]{}\"'“”‘’「」、。"  # noqa: RUF001 - typographic marks are meant
_MARKS_BEHIND = " ,.;:、。"
_LONG_NAME = 8  # characters that two names begin with: one became the other
_DIGITS = re.compile(r"(?<![\w-])\d[\d.,]*")  # a figure, not a part of a name
_BRACKETS = (("(", ")"), ("[", "]"), ("“", "”"), ("「", "」"), ("（", "）"))  # noqa: RUF001 - East Asian brackets


def contrast(before: str, after: str, limit: int, *, source: bool = False) -> tuple[str, str]:
    """Two texts cut so that their difference shows; ``source``: as written, not as shown."""
    told = _contrast(before, after, limit, source=source)
    if max(map(len, told)) <= _EASILY_COMPARED or not _is_touch(*told):
        return told
    close = _contrast(before, after, _ENOUGH, source=source)
    return close if all(_LEAST_CLOSE <= len(text) <= _MOST_CLOSE for text in close) else told


def _contrast(before: str, after: str, limit: int, *, source: bool) -> tuple[str, str]:
    show = one_line if source else as_shown
    old, new = show(before), show(after)
    if old == new:
        old, new = one_line(before), one_line(after)
    told = cut_text(old, limit), cut_text(new, limit)
    if max(len(old), len(new)) <= limit or not (old and new) or old == new:
        return told
    if _is_rest(old, new) and min(len(old), len(new)) <= limit and told[0] != told[1]:
        return told
    told = cut(old, limit), cut(new, limit)
    found = _Texts.of(old, new)
    if len(found.old.spans) == len(found.new.spans) == 1:
        return addresses(old, new, limit)
    if found.shared >= _LEAST_SHARED or told[0] == told[1]:
        told = found.window(limit)
    told = told if found.is_seen(told) else found.from_difference(limit)
    trimmed = _trimmed(told[0], old, limit), _trimmed(told[1], new, limit)
    told = trimmed if trimmed[0] != trimmed[1] and found.is_seen(trimmed) else told
    apart = found.from_difference(limit)
    if not _is_start(*told):
        ends = (apart, found.from_last(limit))
        begun = not any(text.startswith(ELLIPSIS) for text in told) and not found.has_point(told)
        names = max(len(old), len(new)) <= _LONGEST_NAME and not f"{old} {new}".endswith(_STOPS)
        return next(filter(_is_whole, ends), told) if begun and names else told
    return told if apart[0] == apart[1] or _is_start(*apart) else apart


def shows_point(before: str, after: str, told: tuple[str, str]) -> bool:
    """Whether two texts that were cut to ``told`` still say what became of what."""
    if not any(ELLIPSIS in text for text in told):
        return True
    found = _Texts.of(as_shown(before), as_shown(after))
    if not found.runs or len(found.old.spans) == len(found.new.spans) == 1:
        return True
    return found.shared >= _LEAST_SHARED and found.has_point(told)


def _is_touch(old: str, new: str) -> bool:
    """Whether a word or two of many differ, which a reader would have to look for."""
    found = _Texts.of(old, new)
    words = [run.before[1] - run.before[0] + run.after[1] - run.after[0] for run in found.runs]
    return sum(words) <= _TOUCH and found.shared >= _MOST_OF_ALL


def _is_whole(sides: tuple[str, str]) -> bool:
    """Whether neither is cut at its end."""
    return all(sides) and not any(text.endswith(ELLIPSIS) for text in sides)


def _bare(text: str) -> str:
    return text.replace("`", "").strip(ELLIPSIS + _MARKS)


def _is_start(old: str, new: str) -> bool:
    """Whether one side is cut to what the other one begins with."""
    short, long = sorted((text.strip(ELLIPSIS + _MARKS) for text in (old, new)), key=len)
    return long.startswith(short) and ELLIPSIS in old[-1:] + new[-1:]


def _is_rest(old: str, new: str) -> bool:
    """Whether one is the first sentences of the other, or all but its stop: both begin alike."""
    short, long = sorted((old, new), key=len)
    return short.endswith(_STOPS) and long.startswith(f"{short} ")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Texts:
    """Both texts in words, and the runs of words that differ."""

    old: Side
    new: Side
    runs: tuple[Change, ...]

    @classmethod
    def of(cls, before: str, after: str) -> _Texts:
        old, new = Side.of(before), Side.of(after)
        runs = changes(old.words, new.words)
        parts = (part for run in runs for part in _parted(run, old.words, new.words))
        return cls(old=old, new=new, runs=tuple(parts))

    @property
    def shared(self) -> float:
        """The share of the words of the shorter text that both have."""
        gone = sum(run.before[1] - run.before[0] for run in self.runs)
        shorter = min(len(self.old.spans), len(self.new.spans))
        return (len(self.old.spans) - gone) / max(shorter, 1)

    def window(self, limit: int) -> tuple[str, str]:
        """What differs first and is more than a mark, with the same words around it."""
        focus = self.runs.index(self._focus)
        tries = (self._with_start(focus, limit), self._with_words(focus, limit, 1), self._focus)
        run = next((run for run in tries if self._fits(run, limit)), None)
        if run is None:
            return self._ends(limit) or self._cut_apart(tries[0], self._focus, limit)
        last = focus
        for index in range(focus + 1, len(self.runs)):
            wider = _up_to(run, self.runs[index])
            if not self._fits(wider, limit):
                break
            run, last = wider, index
        if last == focus and self._is_half(focus, limit):
            run, last = _up_to(self.runs[focus], self.runs[focus + 1]), focus + 1
        run = self._with_end(run, last, limit)
        if last + 1 < len(self.runs) and run.before[1] == self.runs[last + 1].before[0]:
            return self.old.rest(run.before[0], limit), self.new.rest(run.after[0], limit)
        told = self._shown(run)
        if self._is_enough(told, run, limit):
            return told
        return self._cut_apart(self._with_words(focus, limit, 1), self.runs[focus], limit)

    def _is_half(self, focus: int, limit: int) -> bool:
        """Whether a word came or went, and what is said of another one right behind it.

        "Not required for most" is not the opposite of "required for some".
        """
        if all(self._slices(self.runs[focus])) or focus + 1 == len(self.runs):
            return False
        both = _up_to(self.runs[focus], self.runs[focus + 1])
        return not self._is_slight(self.runs[focus + 1]) and self._fits(both, limit)

    def is_seen(self, told: tuple[str, str]) -> bool:
        """Whether neither side was cut to what the other one has, too."""
        focus = self._focus
        sides = zip(self._slices(focus), told, (self.new.text, self.old.text), strict=True)
        return not any(
            own and text.endswith(ELLIPSIS) and text.strip(ELLIPSIS + _MARKS) in other
            for own, text, other in sides
        )

    def from_difference(self, limit: int) -> tuple[str, str]:
        """Each side from what differs on."""
        focus = self._focus
        return self.old.rest(focus.before[0], limit), self.new.rest(focus.after[0], limit)

    def from_last(self, limit: int) -> tuple[str, str]:
        """How both end, where that is another end; else nothing."""
        last = self.runs[-1]
        alike = self.shared >= _MOST_OF_ALL
        if not (alike and all(self._slices(last))) or self._is_slight(last):
            return "", ""
        return self.old.rest(last.before[0], limit), self.new.rest(last.after[0], limit)

    @property
    def _focus(self) -> Change:
        """The first value that became another one; else the first words."""
        telling = [run for run in self.runs if not self._is_slight(run)] or self.runs
        return next(filter(self._exchanges_figure, telling), telling[0])

    def _exchanges_figure(self, run: Change) -> bool:
        old, new = (_DIGITS.findall(side) for side in self._slices(run))
        return all(self._slices(run)) and bool(new) and old != new

    def _ends(self, limit: int) -> tuple[str, str] | None:
        """How two long names end that differ there, such as the version of a package."""
        if not self._is_one_word(self._focus):
            return None
        old, new = (side.strip("`.,;:") for side in self._slices(self._focus))
        told = addresses(old, new, min(limit, _LONGEST_END))
        return None if any(text.endswith(ELLIPSIS) for text in told) else told

    @staticmethod
    def _is_one_word(run: Change) -> bool:
        return run.before[1] - run.before[0] == run.after[1] - run.after[0] == 1

    def has_point(self, told: tuple[str, str]) -> bool:
        """Whether ``told`` has all that differs, or the value that became another one."""
        first = self._focus
        if self._exchanges_figure(first):  # of a long name, its end says it
            return self._is_told(first, told) or not any(" " in text for text in told)
        telling = [run for run in self.runs if not self._is_slight(run)]
        sizes = {run: sum(map(len, self._slices(run))) for run in telling}
        said = sum(size for run, size in sizes.items() if self._is_told(run, told))
        return self._is_told(first, told) and said >= sum(sizes.values()) * _MOST_OF_ALL

    def _is_told(self, run: Change, told: tuple[str, str]) -> bool:
        sides = zip(self._slices(run), told, strict=True)
        return all(_bare(side) in _bare(text) for side, text in sides)

    def _is_enough(self, told: tuple[str, str], run: Change, limit: int) -> bool:
        """Whether neither side says little or nothing, though it goes on."""
        short = min(told, key=len)
        bare = [text.strip(ELLIPSIS + _MARKS) for text in told]
        following = self.old.words[run.before[1] : run.before[1] + 1]
        room = all(len(word) <= _LONGEST_BESIDE for word in following)
        little = room and run.before[0] == run.after[0] == 0 and len(short) < limit * LITTLE
        inside = bare[0] in bare[1] or bare[1] in bare[0]
        return not (short.endswith(ELLIPSIS) and (little or inside))

    def _is_slight(self, run: Change) -> bool:
        return classify(*(side.strip(_MARKS) for side in self._slices(run))) in _SLIGHT

    def _with_start(self, index: int, limit: int) -> Change:
        """A run from the start of the text on where it is near; else with a word before it."""
        run = self.runs[index]
        at = max(
            len(side.slice(0, first))
            for side, first in ((self.old, run.before[0]), (self.new, run.after[0]))
        )
        apart = run.before[0] and self.old.words[run.before[0] - 1].endswith(_STOPS)
        if at <= limit * (_APART if apart and all(self._slices(run)) else _SEEN_FROM_START):
            whole = Change(before=(0, run.before[1]), after=(0, run.after[1]))
            if self._fits(whole, limit):
                return whole
        return self._with_words(index, limit, 1 if all(self._slices(run)) else 2)

    def _with_words(self, index: int, limit: int, wanted: int) -> Change:
        """A run with so many words before it that say something, or the whole name it is in."""
        run = self.runs[index]
        least = self.runs[index - 1].before[1] if index else 0
        words = self.old.words
        for first in range(run.before[0] - 1, max(least, run.before[0] - MOST_BESIDE) - 1, -1):
            ended = all(self._slices(run)) and words[first].endswith(_STOPS)
            room = len(self.old.slice(first, self.runs[index].before[0])) < limit * LITTLE
            if ended or len(words[first]) > _LONGEST_BESIDE or not wanted or not room:
                break
            run = _grown(run, before=1)
            named = first > least and _is_name(words[first]) and _is_name(words[first - 1])
            wanted -= _tells(words[first]) and not named
        return run

    def _with_end(self, run: Change, last: int, limit: int) -> Change:
        """``run`` with the words after it that it needs, the same on both sides."""
        words = self.old.words
        following = self.runs[last + 1].before[0] if last + 1 < len(self.runs) else len(words)
        rest = self.old.slice(run.before[1], following)
        if following == len(words) and len(rest) <= _WORTH_CUTTING:
            whole = _grown(run, after=following - run.before[1])
            if self._fits(whole, longest(limit)):
                return whole
        best = run
        for count in range(1, min(MOST_BESIDE, following - run.before[1]) + 1):
            word = words[run.before[1] + count - 1]
            wider = _grown(run, after=count)
            if len(word) > _LONGEST_BESIDE or not self._fits(wider, limit):
                break
            enough = best is not run and self._is_closed(best)
            if count > BESIDE and enough and max(map(len, self._shown(best))) > limit * LITTLE:
                break
            lone = best is run and not all(self._slices(run))
            ahead = words[wider.before[1]] if wider.before[1] < len(words) else ""
            leads = promises_more(words[: wider.before[1]], ahead)
            if lone or (not leads and (self._is_closed(wider) or not self._is_closed(best))):
                best = wider
        return best

    def _cut_apart(self, run: Change, focus: Change, limit: int) -> tuple[str, str]:
        """Each side for itself: what differs is longer than there is room for."""
        told = (
            self.old.cut(run.before[0], max(run.before[1], focus.before[1]), limit),
            self.new.cut(run.after[0], max(run.after[1], focus.after[1]), limit),
        )
        if told[0] != told[1]:
            return told
        if run != focus:
            return self._cut_apart(focus, focus, limit)
        old, new = self._slices(focus)
        return addresses(old, new, limit) if old and new else (old[:limit], new[:limit])

    def _fits(self, run: Change, limit: int) -> bool:
        return max(map(len, self._shown(run))) <= limit

    def _shown(self, run: Change) -> tuple[str, str]:
        return self.old.shown(*run.before), self.new.shown(*run.after)

    def _slices(self, run: Change) -> tuple[str, str]:
        return self.old.slice(*run.before), self.new.slice(*run.after)

    def _is_closed(self, run: Change) -> bool:
        sides = self._slices(run)
        return all(
            side.count(opening) == side.count(closing)
            for side in sides
            for opening, closing in _BRACKETS
        ) and not any(side.count(mark) % 2 for side in sides for mark in '`"')


def _up_to(run: Change, other: Change) -> Change:
    return Change(before=(run.before[0], other.before[1]), after=(run.after[0], other.after[1]))


def _grown(run: Change, *, before: int = 0, after: int = 0) -> Change:
    """``run`` with as many words more, which both sides share."""
    (a, a_end), (b, b_end) = run.before, run.after
    return Change(before=(a - before, a_end + after), after=(b - before, b_end + after))


def _parted(run: Change, old: list[str], new: list[str]) -> Iterator[Change]:
    """``run``, and apart from it a name at its end of which a part became another one."""
    (a, a_end), (b, b_end) = run.before, run.after
    if min(a_end - a, b_end - b) and a_end - a + b_end - b > 2:  # noqa: PLR2004 - a word on each side
        last = old[a_end - 1], new[b_end - 1]
        if len(commonprefix(last)) > _LONG_NAME:
            yield Change(before=(a, a_end - 1), after=(b, b_end - 1))
            yield Change(before=(a_end - 1, a_end), after=(b_end - 1, b_end))
            return
    yield run


def _tells(word: str) -> bool:
    bare = word.strip(_MARKS).casefold()
    return any(map(str.isalnum, bare)) and bare not in JOINING


def _trimmed(text: str, source: str, limit: int) -> str:
    """A cut text without words at its end that promise what is not there."""
    shown = text.removesuffix(ELLIPSIS)
    at = source.find(shown.lstrip(ELLIPSIS))
    if shown == text or " " not in shown or at < 0:
        return text
    following = source[at + len(shown.lstrip(ELLIPSIS)) :]
    marks = following[: len(following) - len(following.lstrip(_MARKS_BEHIND))]
    kept = closed(shown + marks.rstrip(), following[len(marks) :], longest(limit) - 1)
    left = following[len(kept) - len(shown) :] if kept.startswith(shown) else following
    return kept.rstrip(_MARKS_BEHIND) + (ELLIPSIS if left.strip(" .。") else "")


def _is_name(word: str) -> bool:
    return word.strip(_MARKS)[:1].isupper()
