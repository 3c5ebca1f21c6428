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
from itertools import groupby

LONGEST = 400  # characters of a pattern
MOST_ALTERNATIVES = 100  # what `{a,b}{c,d}…` unfolds to

_TOKEN = re.compile(
    r"""
    (?P<folders>(?:(?<=/)|(?<![\s\S]))\*\*+/)
    | (?P<deep>\*\*+)
    | (?P<star>\*)
    | (?P<one>\?)
    | \[(?P<not>[!^]?)(?P<set>[^/][^/\]]*)\]
    | \\(?P<escaped>[\s\S])
    | (?P<broken>[\\\[])
    | (?P<text>[\s\S])
    """,
    re.VERBOSE,
)
_PIECE = re.compile(r"\\[\s\S]|\[[!^]?[^/][^/\]]*\]|[\s\S]")
_DEEP = {"folders": "(?:.*?/)??", "deep": ".*?"}


class GlobError(ValueError):
    """A pattern that can't be meant: ``args`` are what is wrong and what to write instead."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Rule:
    """Patterns that stand one after the other and all take, or all take back."""

    takes: bool
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
    runs = groupby(patterns, key=lambda pattern: not pattern.startswith("!"))
    rules = (_Rule(takes=takes, regex=_compile(map(_checked, run))) for takes, run in runs)
    return Globs(rules=tuple(rules))


def check_glob(pattern: str) -> None:
    """Raise GlobError if ``pattern`` can't be meant."""
    _checked(pattern)


def _compile(regexes: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(regexes), re.DOTALL)


def _checked(pattern: str) -> str:
    body = pattern.removeprefix("!")
    _refuse_impossible(body)
    return _regex(body)


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


def _regex(body: str) -> str:
    whole = body.removeprefix("/")
    return "|".join(_alternative(path) for path in _unfold(whole))


def _unfold(body: str) -> list[str]:
    """Every pattern that the braces in ``body`` stand for."""
    current = [""]  # all readings of what was read since the last `{` or `,`
    opened: list[tuple[list[str], list[str]]] = []  # readings before a `{`, and inside it so far
    for piece in _PIECE.findall(body):
        if piece == "{":
            opened.append((current, []))
            current = [""]
        elif piece == "," and opened:
            opened[-1][1].extend(current)
            current = [""]
        elif piece == "}" and opened:
            before, inside = opened.pop()
            inside.extend(current)
            if len(before) * len(inside) > MOST_ALTERNATIVES:
                message = f"stands for more than {MOST_ALTERNATIVES} patterns"
                raise GlobError(message, "write several patterns with fewer braces")
            current = [start + end for start in before for end in inside]
        else:
            current = [reading + piece for reading in current]
    if opened:
        raise GlobError("has a '{' without '}'", r"close it, or write '\{' for the character")
    return current


def _alternative(path: str) -> str:
    """The regex of a pattern without braces.

    A wildcard with what follows it up to the next one is atomic: the earliest place where that
    fits is as good as any later one. Without, a hostile file name makes the engine try all of them.
    """
    tokens = list(_TOKEN.finditer(f"{path}**" if path.endswith("/") else path))
    starts = [at for at, token in enumerate(tokens) if token.lastgroup in _DEEP]
    regex = _level(tokens[: starts[0] if starts else None], last=not starts)
    for at, start in enumerate(starts):
        last = at + 1 == len(starts)
        end = None if last else starts[at + 1]
        step = _DEEP[str(tokens[start].lastgroup)] + _level(tokens[start + 1 : end], last=last)
        regex += step if last else f"(?>{step})"
    wild = any(token.lastgroup in {*_DEEP, "star", "one", "set"} for token in tokens)
    return regex if wild else f"{regex}(?:/.*)?"


def _level(tokens: list[re.Match[str]], *, last: bool) -> str:
    """Tokens without `**`; ``last``: up to the end of the path."""
    chunks = [""]
    for token in tokens:
        if token.lastgroup == "star":
            chunks.append("")
        else:
            chunks[-1] += _one(token)
    steps = [f"[^/]*?{chunk}" for chunk in chunks[1:]]
    open_end = steps.pop() if steps and last else ""
    return chunks[0] + "".join(f"(?>{step})" for step in steps) + open_end


def _one(token: re.Match[str]) -> str:
    """The regex of exactly one character."""
    if token.lastgroup == "one":
        return "[^/]"
    if token["set"] is not None:
        return _character_set(token["not"], token["set"])
    if token.lastgroup != "broken":
        return re.escape(token["escaped"] or token[0])
    if token[0] == "[":
        raise GlobError("has a '[' without ']'", r"close it, or write '\[' for the character")
    raise GlobError(r"ends in '\'", "folders are separated by '/'")


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


def escape_glob(path: str) -> str:
    """The pattern that takes ``path`` and what is below it, whatever characters it has."""
    return re.sub(r"([\\*?\[\]{}!,])", r"\\\1", path)
