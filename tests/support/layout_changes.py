"""Changes of layout alone: a blank line, a fence, an indent or a mark, and no word of a page.

Whether a reader sees one is known from a renderer: the HTML of both versions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import NamedTuple

import pyromark

Lines = list[str]
FRONT_MATTER = 6  # lines at the start of a page that are left alone
_OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_YAML_STYLE_METADATA_BLOCKS
_MARK = re.compile(r"^(#+|[-*]|\d+\.) ")


class Layout(NamedTuple):
    """A page before and after one change of its layout."""

    name: str
    line: int  # of the old version, 1-based
    before: str
    after: str


def _blank(line: str) -> bool:
    return not line.strip()


def _worded(line: str) -> bool:
    return bool(line.strip())


def _without(lines: Lines, at: int, _: Random) -> Lines:
    return [*lines[:at], *lines[at + 1 :]]


def _replaced(lines: Lines, at: int, line: str) -> Lines:
    return [*lines[:at], line, *lines[at + 1 :]]


# By name: which lines it can happen to, and what becomes of the page.
WAYS: dict[str, tuple[Callable[[str], bool], Callable[[Lines, int, Random], Lines]]] = {
    "blank line gone": (_blank, _without),
    "blank line added": (_worded, lambda lines, at, _: [*lines[: at + 1], "", *lines[at + 1 :]]),
    "fence gone": (lambda line: bool(re.match(r"\s*(```|~~~)", line)), _without),
    "indented": (
        _worded,
        lambda lines, at, draw: _replaced(lines, at, " " * draw.randint(1, 4) + lines[at]),
    ),
    "indented less": (
        lambda line: line.startswith("  "),
        lambda lines, at, draw: _replaced(lines, at, lines[at][draw.randint(1, 2) :]),
    ),
    "mark of a quote gone": (
        lambda line: line.startswith("> "),
        lambda lines, at, _: _replaced(lines, at, lines[at][2:]),
    ),
    "comment opened": (_blank, lambda lines, at, _: _replaced(lines, at, "<!-- open")),
    "space after a mark gone": (
        lambda line: bool(_MARK.match(line)),
        lambda lines, at, _: _replaced(lines, at, _MARK.sub(r"\1", lines[at])),
    ),
}


def layout_changes(lines: Sequence[str], seed: str) -> Iterator[Layout]:
    """The page in ``lines``, changed once in each way, where it can be."""
    for name, (fits, change) in WAYS.items():
        places = [at for at, line in enumerate(lines) if at >= FRONT_MATTER and fits(line)]
        if not places:
            continue
        draw = Random(f"{seed} {name}")  # noqa: S311 - a place, the same each time
        at = draw.choice(places)
        after = change(list(lines), at, draw)
        yield Layout(name, at + 1, "\n".join(lines) + "\n", "\n".join(after) + "\n")


def looks_the_same(before: str, after: str) -> bool:
    """Whether a renderer makes the same of both, but for space around what stands in it."""
    return _shown(before) == _shown(after)


def _shown(page: str) -> str:
    html = re.sub(r"(?s)<!--.*?-->|</?p>", "", pyromark.html(page, options=_OPTIONS))
    return re.sub(r"\s+", " ", re.sub(r"\s*(<[^>]*>)\s*", r"\1", html)).strip()
