"""What kind of work most files of a range are, by the lines that readers see."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from diffinsight.changes import hunks
from diffinsight.engines.choosing.clauses import gather
from diffinsight.models import FileAnalysis, Finding

Line = tuple[str, int]  # its mark in the diff and its number

_MOSTLY = 0.5
_NEARLY_ALL = 0.9
_WHOLE = frozenset({"added", "removed"})  # files that are told as such
_MOVES = re.compile(r"(page|asset|file|section|heading|content)-moved|steps-reordered")
# Kinds of work that a line belongs to by what was found on it.
_BY_LINE = {
    "code": re.compile(r"code-\w+"),
    "tables": re.compile(r"table(-row|-column)?-\w+"),
}
# Kinds of work that a file belongs to when everything that is told of it is of that kind.
_BY_CLAUSE = {
    "links": re.compile(r"link-\w+(-\w+)?"),
    "metadata": re.compile(r"(front-matter-changed|setting-\w+)"),
}


def kind_of_work(file: FileAnalysis) -> str | None:
    """Nothing where no kind has most of the file's changed lines, or all of the file is new."""
    if file.change.status in _WHOLE:
        return None
    seen = [finding for finding in file.findings if finding.impact != "noise"]
    kinds = {clause.kind for clause in gather(seen)}
    for work, pattern in _BY_CLAUSE.items():
        if kinds and all(map(pattern.fullmatch, kinds)):
            return work
    changed = set(_changed_lines(file))
    lines = changed & set(_lines(seen))
    moved = lines & set(_lines([finding for finding in seen if _stays(finding)]))
    if not lines or len(moved) > _MOSTLY * len(lines):
        return None
    return _one_way(lines - moved) or _by_line(lines, seen)


def _stays(finding: Finding) -> bool:
    return bool(_MOVES.fullmatch(finding.kind) or finding.values.get("text_stays"))


def _one_way(lines: set[Line]) -> str | None:
    """Whether lines nearly only came, or nearly only went."""
    marks = Counter(mark for mark, _ in lines)
    for mark, work in (("+", "content"), ("-", "removal")):
        if marks[mark] >= _NEARLY_ALL * len(lines):
            return work
    return None


def _by_line(lines: set[Line], seen: Sequence[Finding]) -> str | None:
    for work, pattern in _BY_LINE.items():
        own = _lines([finding for finding in seen if pattern.fullmatch(finding.kind)])
        if len(lines & set(own)) > _MOSTLY * len(lines):
            return work
    return None


def _changed_lines(file: FileAnalysis) -> Iterator[Line]:
    for hunk in hunks(file.change.patch or ""):
        for line in hunk.lines:
            number = line.before if line.mark == "-" else line.after
            if line.mark in {"+", "-"} and number and line.text.strip():
                yield line.mark, number


def _lines(findings: Sequence[Finding]) -> Iterator[Line]:
    for finding in findings:
        for mark, lines in (("-", finding.before_lines), ("+", finding.after_lines)):
            if lines:
                yield from ((mark, number) for number in range(lines[0], lines[1] + 1))
