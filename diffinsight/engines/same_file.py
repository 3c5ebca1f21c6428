"""Sentences over all files that stand side by side and are about one file: named once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from diffinsight.engines.voice import Files, Voice
from diffinsight.languages import Markdown


def named_once(sentences: Iterable[str], names: Collection[str], voice: Voice) -> Iterator[str]:
    """``sentences``, a file that the one before is about as the same one; ``names``: of files."""
    written = [voice.say("place.files", files=(name,), count=1, many=False) for name in names]
    before = ""
    for sentence in sentences:
        yield _shortened(sentence, before, written, voice)
        before = sentence


def _shortened(sentence: str, before: str, names: Collection[Markdown], voice: Voice) -> str:
    here = [name for name in names if name in sentence]
    if len(here) != 1 or [name for name in names if name in before] != here:
        return sentence
    place = voice.place_in(Files(text=here[0], many=False), "where")
    ends = r"(?!\.?[\w-])" if place[-1:].isalnum() else ""  # "a.md" is no start of "a.mdx"
    pieces = re.split(re.escape(place) + ends, sentence)
    alone = len(pieces) == 2 and sentence.count(here[0]) == 1  # noqa: PLR2004 - around one place
    same = voice.phrases.say("place.same_file")
    return same.join(pieces) if alone else sentence
