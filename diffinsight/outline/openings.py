"""What a hunk begins in, where the opening of it is not shown: a page, code, or a comment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from typing import Literal

from diffinsight.outline.dialects import fences

Opening = Literal["", "page", "code"]

# Signs of a program, of data and of a command, in the languages that pages hold.
CODE = re.compile(
    r"[;{}()\[\],\\]\s*$|^\s*[{}\])]"
    r"|^\s*[\w.$\[\]]+\s*(?:[-+*|:]?=)\s*\S"
    r"|^\s*[\"'][^\"']+[\"']\s*:|^\s*[\w.-]+\s*:\s*[\"'\d\[{]"
    r"|^\s*(?:import|from|using|export|const|let|var|def|class|return|if|for|await|print|public"
    r"|private|curl|sudo|az|pip|npm|docker|git|cd|apt|dotnet|wsl(?:\.exe)?)\b[^.]*(?:\S\.\S.*)?$"
    r"|^\s*[\w.]+\(.*\)\s*$"
)
# Signs of a page: a link, a quote, a heading, a list, a table, a second sentence.
MARKUP = re.compile(
    r"\]\(|^\s*>\s|^#{2,6} |^\s*(?:[-*+]|\d+\.)\s+[A-Z*`\[]|^\s*\|.*\||^:::|^---|^<\w"
)
TWO_SENTENCES = re.compile(r"\*\*|\. [A-Z]\w+ \w")
COMMENT = re.compile(r"^\s*(?:# |#!|//|--|/\*)")
# What only a page has: headings below the title, notes, containers, quoted notes, tabs.
ONLY_PAGES = re.compile(r"^\s*(?:#{2,6} \S|> \[!|:::|\[!INCLUDE)|\]\([\w./#~-]+\.md|\(#tab/")
BULLET = re.compile(r"^\s*(?:[-*+]|\d+[.)])?\s*[*_`\[]*")
NO_PROSE = frozenset("{};=")
ENDS = (".", ":", "?", "!", "*")
LEAST_WORDS = 4
LONGEST = 2_000  # characters of a line that is looked at
COMMENT_MARK = re.compile(r"<!--|-->")
NAMED_INSIDE = 4.0  # a fence with a language can't end a block
MISPLACED = 1.5  # a blank line on the wrong side of a fence
UNSEEN = 0.8  # a fence right below a text, with which a hunk ends
FOREIGN = 3.0  # a line that only a page has, in code
LIKELY = 0.5  # a sentence in code, or code in the page


def opening(*sides: Sequence[str], first_line: int) -> Opening:
    """What all of ``sides`` of a hunk begin in: the state before it is the same for each."""
    if first_line <= 1:
        return "page"
    sides = tuple(side[comment_end(side) :] for side in sides)
    found = [list(fences(list(side))) for side in sides]
    if not any(found):
        return "code" if _is_all_code([*chain.from_iterable(sides)]) else "page"
    costs = {
        inside: sum(
            _cost(side, fences_of, inside=inside)
            for side, fences_of in zip(sides, found, strict=True)
        )
        for inside in (False, True)
    }
    return "code" if costs[True] < costs[False] else "page"


Fence = tuple[int, str, bool]


def _cost(lines: Sequence[str], found: Sequence[Fence], *, inside: bool) -> float:
    """How much speaks against the lines' beginning ``inside`` code, or outside of it."""
    marks = {index: named for index, _, named in found}
    total = 0.0
    for index, line in enumerate(lines):
        if index in marks:
            total += _fence_cost(lines, index, named=marks[index], inside=inside)
            inside = marks[index] or not inside
        elif line.strip():
            total += _line_cost(line, inside=inside)
    return total


def _fence_cost(lines: Sequence[str], index: int, *, named: bool, inside: bool) -> float:
    """What speaks against a fence that ends a block, if ``inside`` one, or else begins it."""
    if named:
        return NAMED_INSIDE if inside else 0.0
    above = lines[index - 1].strip() if index else ""
    below = lines[index + 1].strip() if index + 1 < len(lines) else ""
    opens = not above and bool(below) and index > 0
    closes = bool(above) and not below
    if closes and not inside:
        return MISPLACED if index + 1 < len(lines) else UNSEEN
    return MISPLACED if opens and inside else 0.0


def _line_cost(line: str, *, inside: bool) -> float:
    line = line[:LONGEST]
    if inside:
        return FOREIGN if ONLY_PAGES.search(line) else LIKELY * _is_sentence(line)
    return LIKELY * _is_code(line)


def _is_sentence(line: str) -> bool:
    words = BULLET.sub("", line).strip()
    told = words[:1].isupper() and words.endswith(ENDS) and len(words.split()) >= LEAST_WORDS
    return told and NO_PROSE.isdisjoint(words)


def _is_code(line: str) -> bool:
    return bool(CODE.search(line)) and not MARKUP.search(line) and not _is_sentence(line)


def _is_all_code(lines: Sequence[str]) -> bool:
    """Runs without a fence that stand in a block of code: most lines can be nothing else."""
    told = [line[:LONGEST] for line in lines if line.strip()]
    other = [line for line in told if not CODE.search(line)]
    rest = [line for line in other if not COMMENT.match(line)]
    if len(told) - len(other) <= max(1, len(rest)):
        return False
    return not (any(map(MARKUP.search, told)) or any(map(TWO_SENTENCES.search, rest)))


def comment_end(lines: Sequence[str]) -> int:
    """How many lines a hunk begins with that end a comment begun above it."""
    for index, line in enumerate(lines):
        found = COMMENT_MARK.search(line)
        if found:
            ends = found.group() == "-->" and not line[found.end() :].strip()
            return index + 1 if ends else 0
    return 0
