"""What differs between two versions of a sentence, with the words it takes to be understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from diffinsight.matching.edits import Edit, located
from diffinsight.matching.listings import exchanged, members_of
from diffinsight.matching.sentences import sentences
from diffinsight.matching.sequences import Change
from diffinsight.matching.words import JOINING, PUNCTUATION, STOP_WORDS, Word, split_both

MOST_PHRASES = 3  # exchanged pieces of a sentence that a reader still puts together
_MOST_CHANGED = 0.5  # of a sentence's words: more, and it is another sentence
_MOST_COVERED = 0.75  # of a sentence by its phrases: more, and it can as well be quoted whole
_LEAST_WORDS = 2  # that say something, on each side of a phrase
_MOST_NAMES = 3  # capitalised words beside an exchanged name that belong to it
_LONGEST_GROUP = 4  # words up to the end of the group that a phrase would stop in
_LONGEST_GLUED = 24  # words and marks of an address
_SEPARATE = PUNCTUATION - frozenset(":/.-")  # marks that are no part of an address
_FIRST_PART = re.compile(r"\S+")
_LINKING = frozenset({"for", "of"})  # in a name, such as Database for Postgres
_MOST_WIDER = 4  # words on each side that a phrase may take in
_NEAR = 5  # words from the start of the sentence, where a phrase can as well start there
_GAP = 2  # words between two phrases that read better as one
_SEGMENT = 4  # East Asian characters that say as much as two words
_NO_START = frozenset(".,;:!?)]、。，；：」）")  # noqa: RUF001 - East Asian marks are meant
_NO_END = JOINING | frozenset(",;:([、，；：「（")  # noqa: RUF001 - East Asian marks are meant
_AROUND_MEMBER = " .,;|—。、，；"  # noqa: RUF001 - East Asian marks are meant
_SLIGHT = frozenset({"case", "punctuation", "formatting", "spacing"})
_LONGEST_OBJECT = 8  # words behind a verb
_OBJECTS = frozenset({"the", "a", "an", "this", "these", "all", "any", "your", "its", "not"})
_AND = frozenset({"and", "or"})
_BOUNDS = frozenset(
    "higher later newer above up more greater lower earlier older below less".split()  # noqa: SIM905 - a list of words
)
_ARTICLES = frozenset({"a", "an", "the", "your"})
_LEAST_VERB = 4  # letters
_VERBS = frozenset(
    map(frozenset, (("is", "are"), ("has", "have"), ("was", "were"), ("does", "do")))
)
_CLAUSE_ENDS = frozenset(".,;:!?()")
_FIGURES = re.compile(r"\d+")
_NAME = re.compile(r"`?[A-Z0-9]")
_CONTRACTED = re.compile(r"['’](?:t|re|ve|ll|d|m|s)$")  # noqa: RUF001 - a typographic apostrophe
_IN_TURN = re.compile(r"(?i)\brespectively\b|それぞれ|分别")  # of what is named elsewhere in it
_EAST_ASIAN = re.compile(r"[\u30a0-\u30ff\u3400-\u9fff]")
_PAIRED = {")": "(", "]": "[", "”": "“", "」": "「", "）": "（"}  # noqa: RUF001 - East Asian brackets


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrase:
    """A piece of each version of a sentence, and the edits it holds."""

    before: str
    after: str
    edits: tuple[Edit, ...]
    whole: bool = False  # the whole sentence


@lru_cache(maxsize=1024)  # asked for the same sentences for a title, a sentence, the summary
def phrases(before: str, after: str) -> tuple[Phrase, ...]:
    """The pieces that differ, in order; the whole sentence when they are many or most of it."""
    old, new = split_both(before, after)
    found = list(located(before, after, old, new))
    telling = [item for item in found if item[1].kind not in _SLIGHT] or found
    whole = Phrase(before=before, after=after, edits=tuple(edit for _, edit in telling), whole=True)
    members = exchanged(before, after)
    if members:
        told = tuple(_members(members, whole.edits))
        return told if 0 < len(told) <= MOST_PHRASES else (whole,)
    if not telling or _changed(telling, old, new) > _MOST_CHANGED:
        return (whole,)
    if bool(_IN_TURN.search(before)) != bool(_IN_TURN.search(after)):
        return (whole,)
    sides = _Sides(before=before, after=after, old=old, new=new)
    pieces: list[_Piece] = [(run, (edit,)) for run, edit in telling]
    for _ in range(2):  # what was put together may need other words around it
        pieces = list(_merged([(sides.widened(run), edits) for run, edits in pieces]))
    fine = all(sides.is_closed(run) and sides.is_one_sentence(run) for run, _ in pieces)
    if len(pieces) > MOST_PHRASES or not fine or sides.covered(pieces) > _MOST_COVERED:
        return (whole,)
    told = tuple(sides.phrase(run, edits) for run, edits in pieces)
    return (whole,) if _change_places(told) else told


def _change_places(told: Sequence[Phrase]) -> bool:
    """Whether a member of a list that came in one place went from another one."""
    gone, came = (
        {member for piece in pieces for member in members_of(piece)}
        for pieces in (
            [phrase.before for phrase in told if not phrase.after],
            [phrase.after for phrase in told if not phrase.before],
        )
    )
    return not gone.isdisjoint(came)


def _members(
    members: tuple[tuple[str, ...], tuple[str, ...]], edits: tuple[Edit, ...]
) -> Iterator[Phrase]:
    """Of two lists: what went, then what came; one in which other figures stand is the same."""
    gone, came = (tuple(piece.strip(_AROUND_MEMBER) for piece in pieces) for pieces in members)
    if len(gone) == len(came) == 1 and _FIGURES.sub("", gone[0]) == _FIGURES.sub("", came[0]):
        yield Phrase(before=gone[0], after=came[0], edits=edits)
        return
    yield from (Phrase(before=piece, after="", edits=edits) for piece in gone)
    yield from (Phrase(before="", after=piece, edits=edits) for piece in came)


_Piece = tuple[Change, tuple[Edit, ...]]


def _changed(found: Sequence[tuple[Change, Edit]], old: list[Word], new: list[Word]) -> float:
    """The share of the words that were exchanged, on the side where it is smaller."""
    shares = []
    for words, runs in (
        (old, [run.before for run, _ in found]),
        (new, [run.after for run, _ in found]),
    ):
        exchanged = [word for start, end in runs for word in words[start:end]]
        shares.append(_tell(exchanged) / max(_tell(words), 1))
    return min(shares)


def _merged(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """Pieces that touch, or that only a word or two part, as one."""
    current: _Piece | None = None
    for run, edits in pieces:
        if current is not None and run.before[0] - current[0].before[1] <= _GAP:
            current = _hull(current[0], run), (*current[1], *edits)
            continue
        if current is not None:
            yield current
        current = run, edits
    if current is not None:
        yield current


def _hull(one: Change, other: Change) -> Change:
    """From the start of the first to an end that is the same word on both sides."""
    further = one.before[1] > other.before[1] and one.after[1] > other.after[1]
    last = one if further else other
    return Change(
        before=(min(one.before[0], other.before[0]), last.before[1]),
        after=(min(one.after[0], other.after[0]), last.after[1]),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sides:
    before: str
    after: str
    old: list[Word]
    new: list[Word]

    def widened(self, run: Change) -> Change:
        """``run`` with the shared words around it that it needs."""
        run = self._rounded(self._with_names(run))
        for _ in range(_MOST_WIDER):
            if self._says_enough(run):
                break
            wider = self._wider(self._wider(run, -1), 1)
            if wider == run:  # between two marks
                wider = self._wider(run, -1, over=True)
            if wider == run:
                break
            run = wider
        run = self._with_title(self._to_group_end(self._to_ends(run)))
        run = self._with_glued(run)
        return self._with_bound(self._with_quotes(self._with_object(run)))

    def _with_bound(self, run: Change) -> Change:
        """With "and higher", where it stops in the figure that this is said of."""
        sides = self._texts(run)
        if not all(side and _FIGURES.search(side[-1]) for side in sides):
            return run
        wider = run
        for words in (_AND, _BOUNDS):
            if (self._beside(wider, 1) or "").casefold() not in words:
                return run
            wider = _extended(wider, 1)
        return wider

    def _with_object(self, run: Change) -> Change:
        """With what is said, where it stops in a verb that goes with another subject now."""
        old, new = self._texts(run)
        leads = self._beside(run, 1) or ""
        verb = bool(old and new) and _is_same_verb(old[-1], new[-1])
        if not verb or not (leads.casefold() in _OBJECTS or leads.startswith("`")):
            return run
        wider = run
        for _ in range(_LONGEST_OBJECT):
            beside = self._beside(wider, 1)
            if beside is None or beside in _CLAUSE_ENDS:
                return wider
            wider = _extended(wider, 1)
        return self._wider(self._wider(run, 1), 1)

    def _with_quotes(self, run: Change) -> Change:
        """With the words beside it up to the straight quotation mark that belongs to one in it."""
        for mark in ('"', "'"):
            for step in (1, -1):
                if all(side.count(mark) % 2 for side in self._texts(run)):
                    run = self._up_to_mark(run, step, mark)
        return run

    def _up_to_mark(self, run: Change, step: int, mark: str) -> Change:
        """``run`` with the words up to ``mark``, where that is near."""
        wider = run
        for _ in range(_MOST_WIDER):
            beside = self._beside(wider, step)
            if beside is None:
                break
            wider = _extended(wider, step)
            if beside == mark:
                return wider
        return run

    def _to_group_end(self, run: Change) -> Change:
        """To the end of the group of words that it stops in: "the active" is of something."""
        sides = self._texts(run)
        if not all(sides) or any(_EAST_ASIAN.match(side[-1]) for side in sides):
            return run
        if any(side[-1] in PUNCTUATION for side in sides):
            return run
        wider = run
        for _ in range(_LONGEST_GROUP):
            beside = self._beside(wider, 1)
            if beside is None or not _tells(beside) or _EAST_ASIAN.match(beside):
                return wider
            wider = _extended(wider, 1)
        return run

    def _with_title(self, run: Change) -> Change:
        """With what the verb goes with that a title starts with: "see Create" is half of one."""
        old, new = self._texts(run)
        verb = min(len(old), len(new)) > 1 and old[-1] == new[-1] and old[-1].istitle()
        if not verb or (self._beside(run, 1) or "") not in _ARTICLES:
            return run
        return self._to_group_end(self._wider(run, 1))

    def _with_glued(self, run: Change) -> Change:
        """With the rest of an address or a path that it starts or stops in."""
        for step in (-1, 1):
            for _ in range(_LONGEST_GLUED):
                beside = self._beside(run, step)
                if beside is None or not self._is_glued(run, step):
                    break
                run = _extended(run, step)
        return run

    def _is_glued(self, run: Change, step: int) -> bool:
        """Whether it stops in what has no space in it, but for the marks around a word."""
        first, end = run.after
        edge = self.new[first if step < 0 else end - 1].text if first < end else ","
        if edge in _SEPARATE:
            return False
        if step < 0:
            glued = _last_part(self.after[: self.new[first].start])
        else:
            part = _FIRST_PART.match(self.after, self.new[end - 1].end)
            glued = part[0] if part else ""
        return any(map(str.isalnum, glued)) and glued.isascii()

    def _rounded(self, run: Change) -> Change:
        """With the words beside it that it needs to start and end where a clause may."""
        old, new = self._texts(run)
        if not (old and new):
            return run if self._stands_alone(run) else self._wider(self._wider(run, -1), 1)
        for step, edge, marks in ((-1, 0, _NO_START), (1, -1, _NO_END)):
            if old[edge].casefold() in marks or new[edge].casefold() in marks:
                run = self._wider(run, step, over=True)
        return run

    def _stands_alone(self, run: Change) -> bool:
        """Whether words that came or went are a clause, or a member of a list.

        They start with a word that joins, such as "and" or "for", or a mark ends what they are in.
        """
        words = [word.casefold() for side in self._texts(run) for word in side]
        following = self._beside(run, 1)
        joined = words[0] in STOP_WORDS and words[-1] not in STOP_WORDS
        ended = following is None or following in PUNCTUATION or words[-1] in PUNCTUATION
        return joined or ended or _EAST_ASIAN.match(words[0]) is not None

    def _to_ends(self, run: Change) -> Change:
        """From the start of the sentence on, or to its end, where these are near."""
        if not all(self._words(run)):
            return run
        wider = run
        while (step := self._extendable(wider, -1)) and run.before[0] - wider.before[0] < _NEAR:
            wider = step
        if wider.before[0] and wider.after[0]:
            wider = run
        return wider

    def _extendable(self, run: Change, step: int) -> Change | None:
        return _extended(run, step) if self._beside(run, step) is not None else None

    def _with_names(self, run: Change) -> Change:
        """A name that was exchanged in part, whole: with the capitalised words beside it."""
        texts = self._texts(run)
        for step, edge in ((-1, 0), (1, -1)):
            if all(side and _NAME.match(side[edge]) for side in texts):
                for _ in range(_MOST_NAMES):
                    beside = self._beside(run, step)
                    if beside in _LINKING and step > 0:
                        linked = _extended(run, step)
                        named = self._beside(linked, step)
                        if named and _NAME.match(named):
                            run = _extended(linked, step)
                            continue
                    if not beside or not _NAME.match(beside) or beside.casefold() in STOP_WORDS:
                        break
                    run = _extended(run, step)
        return run

    def _says_enough(self, run: Change) -> bool:
        sides = [words for words in self._words(run) if words]
        return all(_tell(words) >= _LEAST_WORDS for words in sides)

    def _wider(self, run: Change, step: int, *, over: bool = False) -> Change:
        """With the next word that says something on one side, up to a mark unless ``over`` it."""
        wider = run
        for _ in range(_MOST_WIDER):
            beside = self._beside(wider, step)
            if beside is None or (beside in PUNCTUATION and not over):
                return wider
            wider = _extended(wider, step)
            if _tells(beside):
                return wider
        return wider

    def _beside(self, run: Change, step: int) -> str | None:
        """The word that both sides share before or after ``run``."""
        a, b = (run.before[0] - 1, run.after[0] - 1) if step < 0 else (run.before[1], run.after[1])
        if a < 0 or b < 0 or a >= len(self.old) or b >= len(self.new):
            return None
        return self.old[a].text if self.old[a].text == self.new[b].text else None

    def _words(self, run: Change) -> tuple[list[Word], list[Word]]:
        return self.old[slice(*run.before)], self.new[slice(*run.after)]

    def _texts(self, run: Change) -> tuple[list[str], list[str]]:
        old, new = self._words(run)
        return [word.text for word in old], [word.text for word in new]

    def is_closed(self, run: Change) -> bool:
        """Whether each bracket and quotation mark in it has its other half there."""
        return all(
            side.count(start) == side.count(end)
            for side in (self._slices(run))
            for end, start in _PAIRED.items()
        )

    def is_one_sentence(self, run: Change) -> bool:
        return all(len(sentences(side)) <= 1 for side in self._slices(run))

    def covered(self, pieces: Sequence[_Piece]) -> float:
        """The share of the sentence that the pieces are, on the side where it is smaller."""
        return min(
            sum(run.before[1] - run.before[0] for run, _ in pieces) / max(len(self.old), 1),
            sum(run.after[1] - run.after[0] for run, _ in pieces) / max(len(self.new), 1),
        )

    def _slices(self, run: Change) -> tuple[str, str]:
        old, new = self._words(run)
        return _slice(self.before, old), _slice(self.after, new)

    def phrase(self, run: Change, edits: tuple[Edit, ...]) -> Phrase:
        before, after = self._slices(run)
        if not (before and after):  # a member of a list without its comma
            before, after = before.strip(_AROUND_MEMBER), after.strip(_AROUND_MEMBER)
        return Phrase(before=before, after=after, edits=edits)


def _slice(text: str, words: list[Word]) -> str:
    return text[words[0].start : words[-1].end] if words else ""


def _extended(run: Change, step: int) -> Change:
    (a, a_end), (b, b_end) = run.before, run.after
    if step < 0:
        return Change(before=(a - 1, a_end), after=(b - 1, b_end))
    return Change(before=(a, a_end + 1), after=(b, b_end + 1))


def _is_same_verb(one: str, other: str) -> bool:
    """Whether two words are a verb in singular and plural, such as "is" and "are"."""
    pair = frozenset((one.casefold(), other.casefold()))
    short, long = sorted(pair, key=len) if len(pair) > 1 else ("", "-")
    return pair in _VERBS or (len(short) >= _LEAST_VERB and long in {f"{short}s", f"{short}es"})


def _last_part(text: str) -> str:
    """What ``text`` ends with that has no space in it."""
    parts = text.rsplit(maxsplit=1)
    return parts[-1] if parts and text.endswith(parts[-1]) else ""


def _tell(words: Sequence[Word]) -> int:
    """How many of ``words`` say something; a long run of East Asian text counts twice."""
    return sum(
        2 if _EAST_ASIAN.match(word.text) and len(word.text) >= _SEGMENT else 1
        for word in words
        if _tells(word.text)
    )


def _tells(word: str) -> bool:
    """Whether it is none of those that every text has, such as "the" and "doesn't"."""
    low = word.casefold()
    return low not in JOINING and low not in PUNCTUATION and not _CONTRACTED.search(low)
