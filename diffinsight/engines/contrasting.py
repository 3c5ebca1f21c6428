"""Two versions of a text cut alike, so that what differs between them shows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from diffinsight.engines.addresses import addresses
from diffinsight.engines.cutting import ELLIPSIS, cut, longest
from diffinsight.engines.endings import closed, promises_more
from diffinsight.markdown_text import as_shown, one_line
from diffinsight.matching.kinds import classify
from diffinsight.matching.sequences import Change, changes
from diffinsight.matching.words import JOINING

_SEEN_FROM_START = 0.7  # of a quotation: a difference up to here shows without cutting its start
_APART = 0.3  # ... where it begins a sentence of its own
_LITTLE = 0.5  # of a quotation: there is room for more
_LEAST_SHARED = 0.3  # of the shorter text: below, each is cut for itself
_STOPS = (".", "!", "?", "。", "！", "？")  # noqa: RUF001 - East Asian marks are meant
_BESIDE = 3  # words after what differs, and one or two before it
_MOST_BESIDE = 6  # ... until one says something, or a bracket closes
_LONGEST_BESIDE = 28  # characters of a word that is only there to be understood
_WORTH_CUTTING = 30  # characters
_SLIGHT = frozenset({"case", "punctuation", "formatting", "spacing"})
_MARKS = " .,;:!?()[]{}\"'“”‘’「」、。"  # noqa: RUF001 - typographic marks are meant
_BRACKETS = (("(", ")"), ("[", "]"), ("“", "”"), ("「", "」"), ("（", "）"))  # noqa: RUF001 - East Asian brackets
# A word with its marks; East Asian text has no spaces: a run of one class of characters.
_CHUNK = re.compile(
    r"[\u3400-\u9fff々]+[、。，；：）」]*"  # noqa: RUF001 - East Asian marks are meant
    r"|[\u3041-\u309f]+[、。，；：）」]*"  # noqa: RUF001 - East Asian marks are meant
    r"|[\u30a0-\u30ff]+[、。，；：）」]*"  # noqa: RUF001 - East Asian marks are meant
    r"|[^\s\u3041-\u30ff\u3400-\u9fff々]+"
)


def contrast(before: str, after: str, limit: int, *, source: bool = False) -> tuple[str, str]:
    """Two texts cut so that their difference shows; ``source``: as written, not as shown."""
    show = one_line if source else as_shown
    old, new = show(before), show(after)
    if old == new:
        old, new = one_line(before), one_line(after)
    told = cut(old, limit), cut(new, limit)
    if max(len(old), len(new)) <= limit or not (old and new) or old == new:
        return told
    if _is_rest(old, new) and min(len(old), len(new)) <= limit and told[0] != told[1]:
        return told
    found = _Texts.of(old, new)
    if len(found.old.spans) == len(found.new.spans) == 1:
        return addresses(old, new, limit)
    if found.shared >= _LEAST_SHARED or told[0] == told[1]:
        told = found.window(limit)
    told = told if found.is_seen(told) else found.from_difference(limit)
    trimmed = _trimmed(told[0], old, limit), _trimmed(told[1], new, limit)
    told = trimmed if trimmed[0] != trimmed[1] and found.is_seen(trimmed) else told
    apart = found.from_difference(limit) if _is_start(*told) else told
    return told if apart[0] == apart[1] or _is_start(*apart) else apart


def _is_start(old: str, new: str) -> bool:
    """Whether one side is cut to what the other one begins with."""
    short, long = sorted((text.strip(ELLIPSIS + _MARKS) for text in (old, new)), key=len)
    return long.startswith(short) and ELLIPSIS in old[-1:] + new[-1:]


def _is_rest(old: str, new: str) -> bool:
    """Whether one is the first sentences of the other, or all but its stop: both begin alike."""
    short, long = sorted((old, new), key=len)
    return short.endswith(_STOPS) and long.startswith(f"{short} ")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Side:
    text: str
    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: str) -> _Side:
        return cls(text=text, spans=tuple(found.span() for found in _CHUNK.finditer(text)))

    @property
    def words(self) -> list[str]:
        return [self.text[start:end] for start, end in self.spans]

    def slice(self, first: int, end: int) -> str:
        return self.text[self.spans[first][0] : self.spans[end - 1][1]] if first < end else ""

    def shown(self, first: int, end: int) -> str:
        """The words from ``first`` up to ``end``, with marks for what is left out."""
        text = self.slice(first, end)
        opened, closed = first > 0, end < len(self.spans)
        head = self.text[: self.spans[first][0]] if first < len(self.spans) else self.text
        if head.count("`") % 2 and text:  # code begins before it
            text = f"`{text}"
        if closed:
            text = text.rstrip(" ,.;:、。")
        if text.count("`") % 2 and closed:
            text += "`"
        return (ELLIPSIS if opened else "") + text + (ELLIPSIS if closed else "")

    def cut(self, first: int, end: int, limit: int) -> str:
        """From ``first`` on: all the rest, a few words more than up to ``end``, or what fits."""
        first = min(first, len(self.spans) - 1)
        whole = self.shown(first, len(self.spans))
        if len(whole) <= limit and len(self.spans) - end <= _MOST_BESIDE:
            return whole
        least = max(end, first + 1)
        most = min(end + _BESIDE, len(self.spans))
        while most < len(self.spans) and len(self.shown(first, most)) < limit * _LITTLE:
            most += 1
        for last in range(most, least - 1, -1):
            text = self.shown(first, last)
            ahead = self.words[last] if last < len(self.words) else ""
            leads = promises_more(self.words[:last], ahead)
            if len(text) <= limit and (last == least or not leads):
                return text
        return self.rest(first, limit)

    def rest(self, first: int, limit: int) -> str:
        """From ``first`` on, as much as fits."""
        first = min(first, len(self.spans) - 1)
        return cut((ELLIPSIS if first else "") + self.text[self.spans[first][0] :], limit)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Texts:
    """Both texts in words, and the runs of words that differ."""

    old: _Side
    new: _Side
    runs: tuple[Change, ...]

    @classmethod
    def of(cls, before: str, after: str) -> _Texts:
        old, new = _Side.of(before), _Side.of(after)
        return cls(old=old, new=new, runs=tuple(changes(old.words, new.words)))

    @property
    def shared(self) -> float:
        """The share of the words of the shorter text that both have."""
        gone = sum(run.before[1] - run.before[0] for run in self.runs)
        shorter = min(len(self.old.spans), len(self.new.spans))
        return (len(self.old.spans) - gone) / max(shorter, 1)

    def window(self, limit: int) -> tuple[str, str]:
        """What differs first and is more than a mark, with the same words around it."""
        focus = next((i for i, run in enumerate(self.runs) if not self._is_slight(run)), 0)
        run = self._with_start(focus, limit)
        if not self._fits(run, limit):
            return self._cut_apart(run, self.runs[focus], limit)
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

    @property
    def _focus(self) -> Change:
        return next((run for run in self.runs if not self._is_slight(run)), self.runs[0])

    def _is_enough(self, told: tuple[str, str], run: Change, limit: int) -> bool:
        """Whether neither side says little or nothing, though it goes on."""
        short = min(told, key=len)
        bare = [text.strip(ELLIPSIS + _MARKS) for text in told]
        following = self.old.words[run.before[1] : run.before[1] + 1]
        room = all(len(word) <= _LONGEST_BESIDE for word in following)
        little = room and run.before[0] == run.after[0] == 0 and len(short) < limit * _LITTLE
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
        for first in range(run.before[0] - 1, max(least, run.before[0] - _MOST_BESIDE) - 1, -1):
            ended = all(self._slices(run)) and words[first].endswith(_STOPS)
            room = len(self.old.slice(first, self.runs[index].before[0])) < limit * _LITTLE
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
        for count in range(1, min(_MOST_BESIDE, following - run.before[1]) + 1):
            word = words[run.before[1] + count - 1]
            wider = _grown(run, after=count)
            if len(word) > _LONGEST_BESIDE or not self._fits(wider, limit):
                break
            enough = best is not run and self._is_closed(best)
            if count > _BESIDE and enough and max(map(len, self._shown(best))) > limit * _LITTLE:
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
    kept = closed(shown, following.lstrip(" ,.;:、。"), longest(limit) - 1)
    left = following[len(kept) - len(shown) :] if kept.startswith(shown) else following
    return kept.rstrip(" ,.;:、。") + (ELLIPSIS if left.strip(" .。") else "")


def _is_name(word: str) -> bool:
    return word.strip(_MARKS)[:1].isupper()
