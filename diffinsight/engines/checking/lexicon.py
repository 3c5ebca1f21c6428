"""The checker's words, compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

_SPACED = frozenset({"en", "es", "fr", "de", "pt"})  # languages whose words stand alone


@dataclass(frozen=True, kw_only=True, slots=True)
class Noun:
    """A kind of thing: how it is called, and what shows that one came or went."""

    words: re.Pattern[str]
    kinds: tuple[str, ...]
    line: re.Pattern[str] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Direction:
    """What may have happened to a thing: how it is said, and which findings say so."""

    words: re.Pattern[str]
    backed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Lexicon:
    """All words, whatever the language of an answer."""

    directions: Mapping[str, Direction]
    nouns: Mapping[str, Noun]
    counted: Mapping[str, re.Pattern[str]]
    passive: re.Pattern[str]
    place_before: re.Pattern[str]
    place_after: re.Pattern[str]
    replaced: tuple[str, ...]
    number_words: Mapping[str, int]
    counters: str
    between: re.Pattern[str]
    months: tuple[str, ...]
    breaking: re.Pattern[str]
    denied: re.Pattern[str]
    trade: frozenset[str]
    described_before: re.Pattern[str]
    described_after: re.Pattern[str]
    denied_before: re.Pattern[str]
    denied_after: re.Pattern[str]
    clause_end: re.Pattern[str]
    other_verbs: re.Pattern[str]
    starters: frozenset[str]
    inflected: re.Pattern[str]
    chinese: re.Pattern[str]
    line_before: re.Pattern[str]
    line_after: re.Pattern[str]
    old_lines: re.Pattern[str]
    ordinal: re.Pattern[str]
    left_out: re.Pattern[str]
    more: re.Pattern[str]
    list_apart: re.Pattern[str]
    common: Mapping[str, frozenset[str]]


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _words(entry: Mapping[str, Any]) -> re.Pattern[str]:
    spaced = [entry[code] for code in entry if code in _SPACED]
    free = [entry[code] for code in ("ja", "zh") if code in entry]
    whole = [rf"(?<![\w-])(?:{'|'.join(spaced)})(?![A-Za-z_-])"] if spaced else []
    return _compiled("|".join(whole + free))


def _either(patterns: Iterable[str]) -> re.Pattern[str]:
    return _compiled("|".join(patterns))


@cache
def lexicon() -> Lexicon:
    text = resources.files(__package__).joinpath("lexicon.yml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    numbers = data["number_words"]
    return Lexicon(
        directions={
            name: Direction(words=_words(entry), backed=tuple(entry["backed"]))
            for name, entry in data["directions"].items()
        },
        nouns={
            name: Noun(
                words=_words(entry),
                kinds=tuple(entry["kinds"]),
                line=_compiled(entry["line"]) if entry["line"] else None,
            )
            for name, entry in data["nouns"].items()
        },
        counted={name: _words(entry) for name, entry in data["counted"].items()},
        passive=_either(data["passive"].values()),
        place_before=_either(data["place_before"].values()),
        place_after=_either(data["place_after"].values()),
        replaced=tuple(data["replaced"].values()),
        number_words=numbers["en"],
        counters=numbers["counters"],
        between=_compiled(numbers["between"]),
        months=tuple(data["months"]),
        breaking=_compiled(data["breaking"]["said"]),
        denied=_compiled(data["breaking"]["denied"]),
        trade=frozenset(data["trade"]),
        described_before=_either(data["described_before"].values()),
        described_after=_either(data["described_after"].values()),
        denied_before=_either(data["denied_before"].values()),
        denied_after=_either(data["denied_after"].values()),
        starters=frozenset(data["starters"].split()),
        inflected=_compiled(data["inflected"]),
        other_verbs=_compiled(data["other_verbs"]),
        chinese=re.compile(f"[{data['chinese']}]"),
        line_before=_compiled(data["line_number"]["en"]),
        line_after=_either((data["line_number"]["ja"], data["line_number"]["zh"])),
        old_lines=_either(data["old_lines"].values()),
        ordinal=_either(data["ordinal"].values()),
        left_out=_either(data["left_out"].values()),
        more=_either(re.sub(r"\?P<\w+>", "?:", one) for one in data["left_out"].values()),
        list_apart=_either(data["list_apart"].values()),
        clause_end=_compiled(data["clause_end"]),
        common={code: frozenset(words.split()) for code, words in data["common"].items()},
    )
