"""The name of a figure, taken from the words before it."""

from __future__ import annotations

import re

# Marks around a name are no part of it; those within one are.
NAME = re.compile(r"[^\s,;:()\"'“”‘’\[\]{}|<>]+")  # noqa: RUF001 - quotation marks are meant
# What comes before one of these belongs to another figure.
PARTS = re.compile(r"(?i)v?\d[\d.]*|\d{4}-\d{2}-\d{2}(?:-\w+)?|and|or|from")
ARTICLES = frozenset({"the", "a", "an", "of", "to", "is", "in", "for", "this", "your", "its"})
LINKING = frozenset({"is", "are", "was", "were", "of", "means", "equals", "be"})
WEAK = LINKING | frozenset(
    "to up at by on in for than least most about approximately around only any until as with can "  # noqa: SIM905 - a list of words
    "you we it will has have not over under within after before per using use uses".split()
)
TIED = re.compile(r"[:=]\s*[\"'`]*\s*$")
ORDINARY = re.compile(r"[a-z]+(?:['\u2019-][a-z]+)*")
NUMBERED = frozenset({"version", "versions", "build", "release", "kernel"})
CODE = re.compile(r"`([^`]+)`")
PARTICLE = re.compile(
    r"(?:では|には|とは|[はがをもの])、?$|(?:[为為是]|等于)$"
)  # ties it to the figure
MARK = "\0"  # before a term in code: no ordinary word
MOST_WORDS = 3


def label(left: str) -> str:
    """The name that stands before a figure, or nothing where a verb or half a clause does.

    A proper name, a term in code, or words that *is* or *of* ties to the figure.
    """
    clause = CODE.sub(rf"{MARK}\1", left.rpartition(". ")[2]).replace("`", "")
    words = [word.strip(".*_") for word in NAME.findall(clause)]
    words = [word for word in words if any(map(str.isalnum, word))][-4:]
    ends = [i for i, word in enumerate(words) if PARTS.fullmatch(word.lstrip(MARK))]
    words = words[ends[-1] + 1 :] if ends else words
    tied = bool(words) and (words[-1].casefold() in LINKING or bool(TIED.search(left)))
    while words and words[-1].casefold() in WEAK:
        words.pop()
    words = _last_name(words) or (_plain(words) if tied else [])
    while words and words[0].casefold() in ARTICLES:
        words.pop(0)
    return PARTICLE.sub("", " ".join(words[-MOST_WORDS:]).replace(MARK, ""))


def _last_name(words: list[str]) -> list[str]:
    """The words at the end that are no ordinary English ones, and what a version adds to them."""
    end = len(words) - 1 if words and words[-1] in NUMBERED else len(words)
    start = end
    while start and not ORDINARY.fullmatch(words[start - 1]):
        start -= 1
    return words[start:] if start < end else []


def _plain(words: list[str]) -> list[str]:
    """The words after the last one that joins clauses."""
    weak = [place for place, word in enumerate(words) if word.casefold() in WEAK]
    return words[weak[-1] + 1 :] if weak else words
