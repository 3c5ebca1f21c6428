"""The pattern language of the config file: which paths a list of globs takes.

As `on.push.paths` of a workflow has it: a pattern matches the whole path from the repository's
root, `*` stays in its folder, `**` does not, `!` takes back what an earlier pattern took, upper
and lower case differ.
https://docs.github.com/en/actions/reference/workflow-syntax-for-github-actions#filter-pattern-cheat-sheet
Unlike there, `?` is one character and `{a,b}` is either, as in every other glob; a path without
wildcards, or one that ends in `/`, takes the folder of that name too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

LONGEST = 400  # characters of a pattern
MOST_DEEP = 4  # `**` in a pattern: each multiplies the time that a hostile file name can cost

_TOKEN = re.compile(
    r"""
    (?P<folders>(?:(?<=[/{,])|(?<![\s\S]))\*\*+/)
    | (?P<deep>\*\*+)
    | (?P<star>\*)
    | (?P<one>\?)
    | \[(?P<not>[!^]?)(?P<set>[^/][^/\]]*)\]
    | \\(?P<escaped>[\s\S])
    | (?P<special>[\\\[{},])
    | (?P<text>[\s\S])
    """,
    re.VERBOSE,
)
_FIXED = {
    "folders": "(?:.*/)?",
    "deep": ".*",
    "star": "[^/]*",
    "one": "[^/]",
}


class GlobError(ValueError):
    """A pattern that can't be meant: ``args`` are what is wrong and what to write instead."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Rule:
    takes: bool  # False: a pattern behind `!`
    regex: re.Pattern[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Globs:
    """A list of patterns, ready to be asked."""

    rules: tuple[_Rule, ...] = ()

    def __contains__(self, path: str) -> bool:
        """Whether the last pattern that matches ``path`` is one that takes it."""
        for rule in reversed(self.rules):
            if rule.regex.fullmatch(path):
                return rule.takes
        return False


@cache
def compile_globs(patterns: tuple[str, ...]) -> Globs:
    """``patterns`` in order; raises GlobError for the first that is wrong."""
    return Globs(rules=tuple(_rule(pattern) for pattern in patterns))


def check_glob(pattern: str) -> None:
    """Raise GlobError if ``pattern`` can't be meant."""
    _rule(pattern)


@cache
def _rule(pattern: str) -> _Rule:
    body = pattern.removeprefix("!")
    _refuse_impossible(body)
    return _Rule(takes=body == pattern, regex=re.compile(_regex(body), re.DOTALL))


def _refuse_impossible(body: str) -> None:
    bare = body.removeprefix("/")
    if not bare:
        raise GlobError("is empty", "write a path or a pattern; '**' is every file")
    if len(bare) > LONGEST:
        raise GlobError(f"is longer than {LONGEST} characters", "split it")
    if bare.startswith(("/", "./")) or "//" in bare or "/./" in bare:
        raise GlobError("matches no path", "paths start at the repository's root, like 'docs/a.md'")
    if ".." in bare.split("/"):
        raise GlobError("leaves the repository with '..'", "paths start at the repository's root")
    if bare.count("**") > MOST_DEEP:
        raise GlobError(f"has more than {MOST_DEEP} '**'", "split it or leave some out")


def _regex(body: str) -> str:
    parts: list[str] = []
    braces = 0
    wild = False
    for token in _TOKEN.finditer(body.removeprefix("/")):
        kind, text = str(token.lastgroup), token[0]
        wild = wild or kind in {*_FIXED, "set"}
        if kind == "special":
            part, braces = _brace(text, braces)
            parts.append(part)
        else:
            parts.append(_FIXED.get(kind) or _plain(token))
    if braces:
        raise GlobError("has a '{' without '}'", r"close it, or write '\{' for the character")
    ending = ".*" if body.endswith("/") else "" if wild else "(?:/.*)?"
    return "".join(parts) + ending


def _plain(token: re.Match[str]) -> str:
    if token["set"] is not None:
        return _character_set(token["not"], token["set"])
    return re.escape(token["escaped"] or token[0])


def _brace(text: str, depth: int) -> tuple[str, int]:
    """The regex for a character that only means something in its place, and the new depth."""
    if text == "{":
        return "(?:", depth + 1
    if depth and text == "}":
        return ")", depth - 1
    if depth and text == ",":
        return "|", depth
    if text == "[":
        raise GlobError("has a '[' without ']'", r"close it, or write '\[' for the character")
    if text == "\\":
        raise GlobError(r"ends in '\'", "folders are separated by '/'")
    return re.escape(text), depth


def _character_set(negation: str, members: str) -> str:
    ranges = re.findall(r"([\s\S])-([\s\S])|([\s\S])", members)
    for first, last, _ in ranges:
        if first > last:
            raise GlobError(f"has the range '{first}-{last}' backwards", f"write '{last}-{first}'")
    inside = "".join(
        f"{re.escape(first)}-{re.escape(last)}" if first else re.escape(single)
        for first, last, single in ranges
    )
    return f"(?!/)[{'^' if negation else ''}{inside}]"


def takes_nothing(patterns: Iterable[str]) -> bool:
    """Whether every pattern only takes back."""
    return all(pattern.startswith("!") for pattern in patterns)
