"""One file for each family of changes, and the one list of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from diffinsight.detectors import front_matter, headings, links, noise, pages, prose, rest
from diffinsight.detectors.comparison import Comparison, compare
from diffinsight.detectors.comparison.whole import Whole
from diffinsight.models import Analysis, ChangeSet, FileAnalysis, Finding

Detector = Callable[[Comparison, Whole], Iterator[Finding]]

# In the order in which findings of the same weight on the same lines are told.
DETECTORS: tuple[Detector, ...] = (
    pages.find,
    headings.find,
    front_matter.find,
    links.find,
    prose.find,
    noise.find,
)
WEIGHT = {"breaking": 0, "notable": 1, "minor": 2, "noise": 3}


def analyse(change_set: ChangeSet) -> Analysis:
    """Everything that can be said of the range without words: findings, groups, notes."""
    comparisons = [compare(change) for change in change_set.files]
    whole = Whole(change_set=change_set, files=comparisons)
    files = tuple(_analyse_file(comparison, whole) for comparison in comparisons)
    return Analysis(change_set=change_set, files=files)


def _analyse_file(file: Comparison, whole: Whole) -> FileAnalysis:
    found = [finding for detector in DETECTORS for finding in detector(file, whole)]
    found += rest.find(file, found)
    return FileAnalysis(change=file.change, findings=tuple(_ordered(found)))


def _ordered(found: list[Finding]) -> list[Finding]:
    """By weight, then by place; findings that say the very same thing once."""
    once: list[Finding] = []
    for finding in found:
        if finding not in once[-20:]:
            once.append(finding)
    return sorted(once, key=lambda finding: (WEIGHT[finding.impact], _line(finding)))


def _line(finding: Finding) -> int:
    lines = finding.after_lines or finding.before_lines
    return lines[0] if lines else 0
