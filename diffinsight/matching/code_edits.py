"""What changed between two versions of code, line by line: lines whole, or what differs in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from diffinsight.matching.code_comments import COMMENT, without_comment
from diffinsight.matching.code_line_edits import edits_in_line
from diffinsight.matching.code_tokens import TOKEN, depth_of
from diffinsight.matching.edits import Edit, edits
from diffinsight.matching.likeness import best_pairs
from diffinsight.matching.sequences import changes
from diffinsight.matching.words import LONGEST_TEXT

_KEY = re.compile(r"""\s*(?:[-*]\s+)?["']?([\w.$@-]+)["']?\s*[:=]""")
_CONTINUES = re.compile(r"(?:\\|(?<=\s)`|\^)\s*$")
_MEMBER = re.compile(r"""\s*["'][^"'\n]+["']\s*:\s*[{\[]?\s*$""")
_MOST_SCORES = 2_500
_ALIKE = 0.34  # of the tokens of two lines: one is the other's new version
_SAME_KEY = 0.4  # how much more alike lines are that set the same
_LONGEST_UNIT = 6  # lines of a value in brackets
_LONGEST_MEMBER = 60  # ... that has a name


def code_edits(before: str, after: str) -> tuple[Edit, ...]:
    """Differences in order, none of them cut inside a token; white space counts for nothing."""
    if before == after or max(len(before), len(after)) > LONGEST_TEXT:
        return edits(before, after)
    old, new = ([line for line in text.split("\n") if line.strip()] for text in (before, after))
    # A comma at the end of a line comes and goes with the line after it.
    found = tuple(_compare(old, new, _loosely)) or tuple(_compare(old, new, _strictly))
    return found or (Edit(before="", after="", kind="spacing"),)


def _strictly(line: str) -> str:
    return " ".join(line.split())


def _loosely(line: str) -> str:
    return " ".join(line.split()).rstrip(", ")


def _compare(old: Sequence[str], new: Sequence[str], key: Callable[[str], str]) -> Iterator[Edit]:
    for change in changes([key(line) for line in old], [key(line) for line in new]):
        yield from _hunk(old[slice(*change.before)], new[slice(*change.after)], key)


def _hunk(old: Sequence[str], new: Sequence[str], key: Callable[[str], str]) -> Iterator[Edit]:
    if "".join(map(_squeezed, old)) == "".join(map(_squeezed, new)):
        return
    same = _with_other_comments(old, new)
    for was, now in same:
        yield from edits_in_line(was.strip(), now.strip())
    old = [line for line in old if line not in {was for was, _ in same}]
    new = [line for line in new if line not in {now for _, now in same}]
    a = b = 0
    for next_a, next_b in [*_paired(old, new), (len(old), len(new))]:
        yield from (Edit(before=unit, after="", kind="words") for unit in units(old[a:next_a]))
        yield from (Edit(before="", after=unit, kind="words") for unit in units(new[b:next_b]))
        if next_a < len(old) and next_b < len(new):
            was, now = old[next_a].strip(), new[next_b].strip()
            if key is _loosely:
                was, now = was.rstrip(", "), now.rstrip(", ")
            yield from edits_in_line(was, now)
        a, b = next_a + 1, next_b + 1


def _with_other_comments(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]]:
    """Lines whose code is in both, each with another comment behind it."""
    there = {without_comment(line).strip(): line for line in new if without_comment(line) != line}
    here = {without_comment(line).strip(): line for line in old if without_comment(line) != line}
    return [(line, there[code]) for code, line in here.items() if code and code in there]


def _squeezed(line: str) -> str:
    return "".join(line.split())


def _paired(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Lines of which one is the other's new version, in order."""
    if len(old) == len(new) == 1:
        return [(0, 0)] if bool(COMMENT.match(old[0])) == bool(COMMENT.match(new[0])) else []
    if len(old) * len(new) > _MOST_SCORES:
        return []
    left, right = ([_Line.of(line) for line in side] for side in (old, new))
    return best_pairs([[_alike(one, other) for other in right] for one in left], _ALIKE)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line made ready to be compared with many others."""

    words: Counter[str]
    key: str
    comment: bool

    @classmethod
    def of(cls, line: str) -> _Line:
        key = _KEY.match(line)
        words = (token for token in TOKEN.findall(line) if any(map(str.isalnum, token)))
        return cls(Counter(words), key[1] if key else "", bool(COMMENT.match(line)))


def _alike(one: _Line, other: _Line) -> float:
    if one.comment != other.comment:
        return 0.0
    total = one.words.total() + other.words.total()
    same = 2 * (one.words & other.words).total() / total if total else 0.0
    return same + (_SAME_KEY if one.key and one.key == other.key else 0.0)


def units(lines: Sequence[str]) -> list[str]:
    """Lines that came or went, those of one bracketed value or one command as one.

    Marks that only close something are left out where something else is there to tell.
    """
    found: list[str] = []
    place = 0
    while place < len(lines):
        end = _end_of(lines, place)
        found.append("\n".join(lines[place:end]).strip().rstrip(",; "))
        place = end
    return [unit for unit in found if any(map(str.isalnum, unit))] or found[:1]


def _end_of(lines: Sequence[str], first: int) -> int:
    """The index after the last line of what begins at ``first``; the next one's if it is long."""
    depth = 0
    longest = _LONGEST_MEMBER if _MEMBER.match(lines[first]) else _LONGEST_UNIT
    for place in range(first, min(first + longest, len(lines))):
        depth += depth_of(lines[place])
        opens = _CONTINUES.search(lines[place]) or lines[place].rstrip().endswith('":')
        if depth <= 0 and not opens:
            return place + 1
    return first + 1
