"""Lines of code that changed, read from a patch: words out of code say little by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from diffinsight.engines.choosing.passages import Edit
from diffinsight.models import FileChange, Finding, LineRange

MOST_LINES = 2
LONGEST_LINE = 120  # characters

_FENCE = re.compile(r"```|~~~")  # tells the language, which has words of its own
_HUNK = re.compile(r"@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@")


def changed_lines(finding: Finding, change: FileChange) -> tuple[Edit, ...]:
    """Old and new lines one by one, if they are few, short, and stand against each other."""
    if finding.kind != "code-changed" or not (finding.before_lines and finding.after_lines):
        return ()
    lines = [(m, n, text.strip()) for m, n, text in _lines(change.patch or "")]
    told = [line for line in lines if not _FENCE.match(line[2])]
    old = [text for mark, number, text in told if mark == "-" and _in(number, finding.before_lines)]
    new = [text for mark, number, text in told if mark == "+" and _in(number, finding.after_lines)]
    if not (old and new) or len(old) != len(new) or len(old) > MOST_LINES:
        return ()
    if any(len(text) > LONGEST_LINE for text in (*old, *new)):
        return ()
    # A comma at the end of a line only leads on to the next one.
    pairs = [(a.rstrip(", "), b.rstrip(", ")) for a, b in zip(old, new, strict=True)]
    return tuple(dict.fromkeys(pair for pair in pairs if pair[0] != pair[1]))


def changed_places(finding: Finding, change: FileChange) -> int:
    """Runs of changed lines within the lines of a finding; white space alone is no change."""
    return sum(
        any(_is_of(finding, line) for line in run) and not _is_respaced(run)
        for run in _runs(change.patch or "")
    )


def _is_respaced(run: Sequence[tuple[str, int, str]]) -> bool:
    old, new = ("".join(text for own, _, text in run if own == mark).split() for mark in "-+")
    return "".join(old) == "".join(new)


def _runs(patch: str) -> Iterator[list[tuple[str, int, str]]]:
    """Changed lines with no other line between them."""
    run: list[tuple[str, int, str]] = []
    last = {"-": 0, "+": 0}
    kept = 0  # lines before the run that are in both versions: the same in all of it
    for mark, number, text in _lines(patch):
        last[mark] += 1
        here = number - last[mark]
        if run and here != kept:
            yield run
            run = []
        kept = here
        run.append((mark, number, text))
    if run:
        yield run


def _is_of(finding: Finding, line: tuple[str, int, str]) -> bool:
    mark, number, text = line
    span = finding.before_lines if mark == "-" else finding.after_lines
    return bool(text) and span is not None and _in(number, span)


def added_lines(change: FileChange) -> tuple[tuple[int, str], ...]:
    """Number in the new version and text of each added line, without blanks at its end.

    And of each fence: without those that were there, added code would be prose.
    """
    lines = _lines(change.patch or "", fences=True)
    return tuple((number, text) for mark, number, text in lines if mark != "-")


def removed_lines(change: FileChange) -> tuple[tuple[int, str], ...]:
    """Number in the old version and text of each removed line, without blanks at its end."""
    lines = _lines(change.patch or "")
    return tuple((number, text) for mark, number, text in lines if mark == "-")


def kept_lines(change: FileChange) -> tuple[str, ...]:
    """The lines around the changes that a patch shows."""
    return tuple(line[1:] for line in (change.patch or "").split("\n") if line[:1] == " ")


def _lines(patch: str, *, fences: bool = False) -> Iterator[tuple[str, int, str]]:
    """Mark, number in its version, and text of each removed and added line, or kept fence."""
    before = after = 0
    for line in patch.split("\n"):
        hunk = _HUNK.match(line)
        if hunk:
            before, after = int(hunk[1]), int(hunk[2])
            continue
        mark, text = line[:1], line[1:].rstrip()
        if mark == "-":
            yield mark, before, text
        elif mark == "+" or (fences and mark == " " and _FENCE.match(text.lstrip())):
            yield mark, after, text
        before += mark in {"-", " "}
        after += mark in {"+", " "}


def _in(number: int, lines: LineRange) -> bool:
    return lines[0] <= number <= lines[1]
