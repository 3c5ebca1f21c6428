"""Sentences over all files that stand side by side and are about one file: named once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from diffinsight.engines.quoting.voice import Files, Voice
from diffinsight.languages import Markdown

_MARKS = ",\N{FULLWIDTH COMMA}\N{IDEOGRAPHIC COMMA} "  # behind a place that a sentence begins with


def named_once(sentences: Iterable[str], names: Collection[str], voice: Voice) -> Iterator[str]:
    """``sentences``, a file that the one before is about as the same one; ``names``: of files.

    The only file there is goes without saying.
    """
    written = [voice.say("place.files", files=(name,), count=1, many=False) for name in names]
    before = ""
    for sentence in sentences:
        yield _shortened(sentence, before, written, voice)
        before = before + sentence if len(written) == 1 else sentence


def _shortened(sentence: str, before: str, names: Collection[Markdown], voice: Voice) -> str:
    here = [name for name in names if name in sentence]
    if len(here) != 1 or [name for name in names if name in before] != here:
        return sentence
    only = len(names) == 1
    for spot in (*(("at",) if only else ()), "where", "lead"):
        place = voice.place_in(Files(text=here[0], many=False), spot)
        ends = r"(?!\.?[\w-])" if place[-1:].isalnum() else ""  # "a.md" is no start of "a.mdx"
        pieces = re.split(re.escape(place) + ends, sentence)
        if len(pieces) != 2 or sentence.count(here[0]) != 1:  # noqa: PLR2004 - around one place
            continue
        if only and spot == "lead" and (pieces[0].strip() or pieces[1][:1] not in _MARKS):
            return sentence  # the name is a part of what is said
        if only:
            return _joined(*pieces)
        return voice.phrases.say("place.same_lead" if spot == "lead" else "place.same_file").join(
            pieces
        )
    return sentence


def _joined(head: str, tail: str) -> str:
    """A sentence without the place that stood between its pieces."""
    if head.strip():
        return head + tail
    rest = tail.lstrip(_MARKS)
    return rest[:1].upper() + rest[1:]
