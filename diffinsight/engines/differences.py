"""Which differences of a changed text are quoted: its words, or the sentences they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from diffinsight.engines.passages import Edit, Passage
from diffinsight.matching.words import PUNCTUATION, STOP_WORDS, words_of
from diffinsight.models import Json

MOST_EDITS = 4  # more differences than these are counted instead of quoted
LONGEST_EDIT = 40  # words changed in a text whose differences are still worth quoting
_MOST_SENTENCES = 2
_LEAST_ALIKE = 0.25  # of the words of two sentences that stand for each other
_MOST_PHRASES = 3  # exchanged words that a reader still puts together
_LEAST_ALONE = 2  # words that say something when they only came or went
_PROSE = frozenset(f"{block}-changed" for block in ("paragraph", "list-item", "step", "note"))
# Words that begin or end in the middle of a clause.
_CUT_OPEN = re.compile(r"^\s*[.,;:!?)\]、。]|[,;:(\[、]\s*$")
_CONTRACTED = re.compile(r"['’](?:t|re|ve|ll|d|m|s)$")  # noqa: RUF001 - a typographic apostrophe
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[^\sa-z])|(?<=[。！？])")  # noqa: RUF001 - East Asian marks are meant


def quotable(passage: Passage) -> tuple[Edit, ...]:
    """Differences before → after, few enough to quote; none when only counts can be told."""
    finding = passage.finding
    size = sum(_integer(finding.values.get(name)) for name in ("words_added", "words_removed"))
    few = len(passage.edits) <= MOST_EDITS and size <= LONGEST_EDIT and not passage.more_edits
    words = passage.edits if few else ()
    if finding.kind not in _PROSE or not (finding.before and finding.after):
        return words
    if words and len(words) <= _MOST_PHRASES and all(map(_tells, words)):
        return words
    sentences = changed_sentences(finding.before, finding.after)
    return sentences if len(sentences) <= _MOST_SENTENCES else ()


def changed_sentences(before: str, after: str) -> tuple[Edit, ...]:
    """The sentences of two texts that differ, one beside the other."""
    old, new = (_BETWEEN_SENTENCES.split(text.strip()) for text in (before, after))
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    return tuple(
        edit
        for tag, i, j, k, m in matcher.get_opcodes()
        if tag != "equal"
        for edit in _paired(old[i:j], new[k:m])
    )


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[Edit]:
    pairs = zip(old, new, strict=True) if len(old) == len(new) else [(" ".join(old), " ".join(new))]
    for before, after in pairs:
        if not before or not after or _are_alike(before, after):
            yield before, after
        else:
            yield before, ""
            yield "", after


def _are_alike(before: str, after: str) -> bool:
    matcher = SequenceMatcher(a=before.split(), b=after.split(), autojunk=False)
    return matcher.ratio() >= _LEAST_ALIKE or " " not in before


def _tells(edit: Edit) -> bool:
    """Whether exchanged words say something without those around them."""
    if any(_CUT_OPEN.search(side) for side in edit):
        return False
    contents = [_contents(side) for side in edit if side]
    if len(contents) == 1:
        return len(contents[0]) >= _LEAST_ALONE
    return all(contents)


def _contents(text: str) -> list[str]:
    """Its words but those that every text has, such as "the" and "doesn't"."""
    return [
        word
        for word in words_of(text)
        if word not in STOP_WORDS | PUNCTUATION and not _CONTRACTED.search(word)
    ]


def _integer(value: Json) -> int:
    return value if isinstance(value, int) else 0
