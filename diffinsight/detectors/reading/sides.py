"""The two versions of a file as far as they are at hand: whole, or what the hunks show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from diffinsight.changes import hunks
from diffinsight.matching.sequences import changes
from diffinsight.models import FileChange, Hunk
from diffinsight.outline.model import Fragment
from diffinsight.outline.openings import Opening, opening
from diffinsight.outline.pages import split_lines

Lines = Mapping[int, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sides:
    """What is known of a file's two versions."""

    before: tuple[Fragment, ...] = ()
    after: tuple[Fragment, ...] = ()
    partial: bool = False  # the fragments are hunks, not the whole file
    removed: Lines = field(default_factory=dict)  # changed lines of the old version, by number
    added: Lines = field(default_factory=dict)


def sides(change: FileChange) -> Sides:
    """Read ``change``; whole versions win over hunks."""
    found = hunks(change.patch) if change.patch else ()
    removed: Lines = _changed(found, "-")
    added: Lines = _changed(found, "+")
    if not _whole(change):
        return _from_hunks(found, removed, added)
    if not found and change.before != change.after:
        removed, added = _compared(change.before or "", change.after or "")
    return Sides(
        before=_fragment(change.before), after=_fragment(change.after), removed=removed, added=added
    )


def _whole(change: FileChange) -> bool:
    """Whether every version the status promises is there."""
    before = change.before is not None or change.status == "added"
    after = change.after is not None or change.status == "removed"
    return before and after


def _fragment(text: str | None) -> tuple[Fragment, ...]:
    return (Fragment(first_line=1, text=text),) if text else ()


def _from_hunks(found: tuple[Hunk, ...], removed: Lines, added: Lines) -> Sides:
    both = [_both(hunk) for hunk in found]
    return Sides(
        before=tuple(before for before, _ in both),
        after=tuple(after for _, after in both),
        partial=True,
        removed=removed,
        added=added,
    )


def _both(hunk: Hunk) -> tuple[Fragment, Fragment]:
    """The versions of a hunk; they begin in the same thing, whatever changed below."""
    old = [line.text for line in hunk.lines if line.mark != "+"]
    new = [line.text for line in hunk.lines if line.mark != "-"]
    begins = opening(old, new, first_line=hunk.before_start)
    return _side(old, hunk.before_start, begins), _side(new, hunk.after_start, begins)


def _side(lines: Iterable[str], first_line: int, begins: Opening) -> Fragment:
    text = "".join(line + "\n" for line in lines)
    return Fragment(first_line=max(1, first_line), text=text, opening=begins)


def _changed(found: Iterable[Hunk], mark: str) -> dict[int, str]:
    lines = (line for hunk in found for line in hunk.lines if line.mark == mark)
    return {(line.before or line.after or 0): line.text for line in lines}


def _compared(before: str, after: str) -> tuple[Lines, Lines]:
    old, new = split_lines(before), split_lines(after)
    removed: dict[int, str] = {}
    added: dict[int, str] = {}
    for change in changes(old, new):
        removed.update({i + 1: old[i] for i in range(*change.before)})
        added.update({i + 1: new[i] for i in range(*change.after)})
    return removed, added
