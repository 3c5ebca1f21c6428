"""The lines of what one sentence tells: they cover all of it, what went included."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from diffinsight.changes import hunks
from diffinsight.models import FileChange, Finding, LineRange

_APART = 20  # lines between what is hardly about the same


def lines_of(
    findings: Sequence[Finding], change: FileChange, *, whole: bool
) -> tuple[list[LineRange], list[LineRange]]:
    """Lines of the new version, and old lines of what went far from these.

    ``whole``: all of it is in one section, where one range says enough.
    """
    here = [finding.after_lines for finding in findings if finding.after_lines]
    gone = [f.before_lines for f in findings if f.before_lines and not f.after_lines]
    if not here:
        return [], _joined(gone, whole=False)
    spans = _joined(here, whole=whole)
    stood = _standing(change) if gone else {}
    beside: list[LineRange] = []
    far: list[LineRange] = []
    for lines in gone:
        first, last = (stood.get(line, line) for line in lines)
        near = any(first - end <= _APART and start - last <= _APART for start, end in spans)
        (beside if near else far).append((first, last) if near else lines)
    return _joined([*here, *beside], whole=whole), _joined(far, whole=False)


def _standing(change: FileChange) -> Mapping[int, int]:
    """By its old number, the line of the new version that each removed line stood at."""
    places: dict[int, int] = {}
    for hunk in hunks(change.patch or ""):
        following, last = hunk.after_start, hunk.after_start + hunk.after_count - 1
        for line in hunk.lines:
            if line.after is not None:
                following = line.after + 1
            elif line.before is not None:
                places[line.before] = max(min(following, last), 1)
    return places


def _joined(lines: Iterable[LineRange], *, whole: bool) -> list[LineRange]:
    """From the first to the last line; where these are in no known section, part by part."""
    spans: list[LineRange] = []
    for first, last in sorted(lines):
        if spans and (whole or first - spans[-1][1] <= _APART):
            spans[-1] = spans[-1][0], max(last, spans[-1][1])
        else:
            spans.append((first, last))
    return spans
