"""Sentences over all files that stand side by side and are about one file: named once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from diffinsight.engines.quoting.voice import Files, Voice
from diffinsight.languages import Markdown

_MARKS = ",\N{FULLWIDTH COMMA}\N{IDEOGRAPHIC COMMA} "  # behind a place that a sentence begins with
LEAST_RUN = 2  # sentences after the one that names their file


class _Around(NamedTuple):
    """A sentence in two, without the place between them."""

    spot: str
    head: str
    tail: str


_Told = Sequence[tuple[str, _Around | None]]


def named_once(sentences: Iterable[str], names: Collection[str], voice: Voice) -> Iterator[str]:
    """``sentences``, a file that the one before is about as the same one; ``names``: of files.

    The only file there is goes without saying, and one that many are about is named once for all.
    """
    written = [voice.say("place.files", files=(name,), count=1, many=False) for name in names]
    said = list(sentences)
    if len(written) == 1:
        yield from _unnamed(said, written, voice)
        return
    around = [_around(one, before, written, voice) for before, one in pairwise(("", *said))]
    pairs = zip(said, around, strict=True)
    for free, run in groupby(pairs, key=lambda pair: _goes_without(pair[1])):
        told = list(run)
        together = free and len(told) >= LEAST_RUN
        yield from (_together if together else _each)(told, voice)


def _unnamed(sentences: Sequence[str], only: Collection[Markdown], voice: Voice) -> Iterator[str]:
    before = ""
    for sentence in sentences:
        found = _around(sentence, before, only, voice)
        yield _joined(found) if found and _goes_without(found) else sentence
        before += sentence


def _together(told: _Told, voice: Voice) -> Iterator[str]:
    first, *rest = (_joined(found) for _, found in told if found)
    yield voice.phrases.say("place.same_more") + first
    yield from rest


def _each(told: _Told, voice: Voice) -> Iterator[str]:
    for sentence, found in told:
        yield _there(found, voice).join((found.head, found.tail)) if found else sentence


def _there(around: _Around, voice: Voice) -> Markdown:
    """The same file as the place where the sentence has its name."""
    spots = {"where": "place.same_file", "at": "place.same_at", "lead": "place.same_lead"}
    return voice.phrases.say(spots[around.spot])


def _around(
    sentence: str, before: str, names: Collection[Markdown], voice: Voice
) -> _Around | None:
    """What stands around the place in ``sentence``, if the one before is about the same file."""
    here = [name for name in names if name in sentence]
    if len(here) != 1 or [name for name in names if name in before] != here:
        return None
    for spot in ("where", "at", "lead"):
        place = voice.place_in(Files(text=here[0], many=False), spot)
        ends = r"(?!\.?[\w-])" if place[-1:].isalnum() else ""  # "a.md" is no start of "a.mdx"
        pieces = re.split(re.escape(place) + ends, sentence)
        if len(pieces) == 2 and sentence.count(here[0]) == 1:  # noqa: PLR2004 - around one place
            return _Around(spot, *pieces)
    return None


def _goes_without(around: _Around | None) -> bool:
    """Whether the name of the file is no part of what is said."""
    if around is None:
        return False
    return around.spot != "lead" or (not around.head.strip() and around.tail[:1] in _MARKS)


def _joined(around: _Around) -> str:
    """A sentence without the place that stood between its pieces."""
    if around.head.strip():
        return around.head + around.tail
    rest = around.tail.lstrip(_MARKS)
    return rest[:1].upper() + rest[1:]
