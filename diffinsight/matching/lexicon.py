"""Words that a reader must act on, for the language a page is written in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, get_args

import yaml

Class = Literal[
    "bars",
    "turns",
    "demands",
    "bounds",
    "limits",
    "prices",
    "gains",
    "defaults",
    "points",
    "advises",
    "troubles",
    "leans",
    "stands",
    "leads",
    "frames",
    "conditions",
    "asks",
    "looks",
    "installs",
    "vague",
]
CLASSES: tuple[Class, ...] = get_args(Class)

_LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KANA = re.compile(r"[\u3041-\u30ff]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_NEVER = re.compile(r"(?!)")
_ENDING = "n't"  # of a word, where the others are words


@dataclass(frozen=True, kw_only=True, slots=True)
class Lexicon:
    """One language's words as patterns over text in lower case."""

    classes: tuple[tuple[Class, re.Pattern[str]], ...]
    abbreviations: frozenset[str]
    same: tuple[tuple[re.Pattern[str], str], ...]  # ways to write a thing, and the one for all
    idle: re.Pattern[str]  # words of a class that are none here

    def plain(self, text: str) -> str:
        """``text`` in lower case, and what can be written in two ways in one of them."""
        words = text.casefold().replace("\u2019", "'")
        for pattern, written in self.same:
            words = pattern.sub(written, words)
        return words

    def count(self, name: Class, text: str) -> int:
        """How many words of the class ``name`` stand in ``text``."""
        words = self.idle.sub(" ", text.casefold().replace("\u2019", "'"))
        return sum(1 for _ in dict(self.classes)[name].finditer(words))

    def opens(self, name: Class, text: str) -> bool:
        """Whether ``text`` begins with a word of the class ``name``."""
        return bool(dict(self.classes)[name].match(self.plain(text)))


def lexicon_of(text: str) -> Lexicon:
    """The lexicon of the language that ``text`` is written in, as far as its script says."""
    if _KANA.search(text):
        return _lexicons()["ja"]
    return _lexicons()["zh" if _HAN.search(text) else "en"]


def says_default(text: str) -> bool:
    """Whether ``text`` speaks of what holds unless somebody changes it."""
    return lexicon_of(text).count("defaults", text) > 0


@cache
def abbreviations() -> frozenset[str]:
    """After which no sentence ends, in any language; in lower case."""
    return frozenset[str]().union(*(one.abbreviations for one in _lexicons().values()))


@cache
def _lexicons() -> dict[str, Lexicon]:
    source = resources.files(__package__).joinpath("lexicon.yml").read_text(encoding="utf-8")
    return {
        code: Lexicon(
            classes=tuple(
                (name, _pattern(words[name], spaced=words["spaced"])) for name in CLASSES
            ),
            abbreviations=frozenset(words.get("abbreviations", ())),
            idle=_pattern(words.get("idle", ()), spaced=words["spaced"]),
            same=tuple((re.compile(was), now) for was, now in words.get("same", {}).items()),
        )
        for code, words in yaml.load(source, Loader=_LOADER).items()  # noqa: S506 - both are safe
    }


def _pattern(words: Iterable[str], *, spaced: bool) -> re.Pattern[str]:
    """Any of ``words``, the longest that stands at a place."""
    listed = sorted(words, key=lambda word: (-len(word), word))
    if not listed:
        return _NEVER
    if not spaced:
        return re.compile("|".join(map(re.escape, listed)))
    whole = "|".join(re.escape(word) for word in listed if word != _ENDING)
    ending = rf"|(?<=[a-z]){_ENDING}\b" if _ENDING in listed else ""
    return re.compile(rf"\b(?:{whole})\b{ending}")
