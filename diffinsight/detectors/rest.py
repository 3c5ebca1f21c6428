"""What no other detector could tell: blank lines, and text that is no prose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from diffinsight.detectors.comparison import Comparison
from diffinsight.models import Finding, LineRange

BLANK = frozenset("> \t\ufeff")


def find(file: Comparison, found: Sequence[Finding]) -> Iterator[Finding]:
    """Findings for the changed lines that ``found`` does not reach."""
    removed = _uncovered(file.removed, (f.before_lines for f in found))
    added = _uncovered(file.added, (f.after_lines for f in found))
    if not removed and not added:
        return
    blank_removed, removed = _split_blank(removed)
    blank_added, added = _split_blank(added)
    if blank_removed or blank_added:
        yield from _whitespace(file.path, blank_removed, blank_added, "blank-lines")
    old, new = [t.strip() for t in removed.values()], [t.strip() for t in added.values()]
    if old == new and old:
        yield from _whitespace(file.path, removed, added, _what(removed, added))
        return
    yield from _text(file.path, removed, added)


def _what(removed: Mapping[int, str], added: Mapping[int, str]) -> str:
    if list(removed.values()) == list(added.values()):
        return "line-ends"
    trailing = [t.rstrip() for t in removed.values()] == [t.rstrip() for t in added.values()]
    return "trailing" if trailing else "indent"


def _uncovered(lines: Mapping[int, str], ranges: Iterable[LineRange | None]) -> dict[int, str]:
    covered: set[int] = set()
    for span in ranges:
        if span and (span[0] in lines or span[1] > span[0]):
            covered.update(range(span[0], span[1] + 1))
    return {number: text for number, text in sorted(lines.items()) if number not in covered}


def _split_blank(lines: dict[int, str]) -> tuple[dict[int, str], dict[int, str]]:
    blank = {number: text for number, text in lines.items() if set(text) <= BLANK}
    return blank, {number: text for number, text in lines.items() if number not in blank}


def _runs(lines: Mapping[int, str]) -> list[LineRange]:
    runs: list[LineRange] = []
    for number in lines:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _whitespace(
    path: str, removed: Mapping[int, str], added: Mapping[int, str], what: str
) -> Iterator[Finding]:
    yield from _told("whitespace-changed", path, removed, added, what)


def _text(path: str, removed: Mapping[int, str], added: Mapping[int, str]) -> Iterator[Finding]:
    yield from _told("text-changed", path, removed, added, "")


def _told(
    kind: str, path: str, removed: Mapping[int, str], added: Mapping[int, str], what: str
) -> Iterator[Finding]:
    """One finding for each run of lines, old and new ones side by side in their order."""
    old, new = _runs(removed), _runs(added)
    for index in range(max(len(old), len(new))):
        gone = old[index] if index < len(old) else None
        came = new[index] if index < len(new) else None
        counts = _size(came), _size(gone)
        yield Finding(
            kind=kind,
            subject=path,
            impact="noise" if what else "minor",
            before_lines=gone,
            after_lines=came,
            values={"lines": sum(counts), "what": what}
            if what
            else {"added": counts[0], "removed": counts[1]},
        )


def _size(span: LineRange | None) -> int:
    return span[1] - span[0] + 1 if span else 0
