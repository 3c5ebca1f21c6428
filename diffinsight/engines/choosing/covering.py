"""Which findings cover the lines of another, found without comparing each with all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from diffinsight.models import Finding, LineRange


class Covering:
    """Findings by their lines."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        listed = list(enumerate(findings))
        self._after = _Ranges([(f.after_lines, n, f) for n, f in listed if f.after_lines])
        self._before = _Ranges([(f.before_lines, n, f) for n, f in listed if f.before_lines])
        self._gone = _Ranges(
            [(f.before_lines, n, f) for n, f in listed if f.before_lines and not f.after_lines]
        )

    def around(self, finding: Finding) -> list[Finding]:
        """Those that cover ``finding``, in the order they were given in.

        Lines of the new version are compared where both have them, else those of the old one.
        """
        if not finding.after_lines:
            found = self._before.around(finding.before_lines)
        else:
            found = self._after.around(finding.after_lines)
            found += self._gone.around(finding.before_lines)
        return [other for _, other in sorted(found, key=lambda numbered: numbered[0])]


class _Ranges:
    def __init__(self, ranges: list[tuple[LineRange, int, Finding]]) -> None:
        self._ranges: Sequence[tuple[LineRange, int, Finding]] = sorted(
            ranges, key=lambda held: held[:2]
        )
        self._starts = [first for (first, _), _, _ in self._ranges]
        self._ends = list(accumulate((last for (_, last), _, _ in self._ranges), max))

    def around(self, lines: LineRange | None) -> list[tuple[int, Finding]]:
        """The findings whose range holds ``lines``, with their numbers."""
        found: list[tuple[int, Finding]] = []
        if lines is None:
            return found
        place = bisect_right(self._starts, lines[0]) - 1
        while place >= 0 and self._ends[place] >= lines[1]:  # none before it ends as late
            (_, last), number, finding = self._ranges[place]
            if last >= lines[1]:
                found.append((number, finding))
            place -= 1
        return found


def covers(block: Finding, finding: Finding) -> bool:
    """Whether ``finding`` stands within the lines of ``block``."""
    if finding.after_lines and block.after_lines:
        return _within(finding.after_lines, block.after_lines)
    if finding.before_lines and block.before_lines:
        return _within(finding.before_lines, block.before_lines)
    return False


def _within(inner: LineRange, outer: LineRange) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
