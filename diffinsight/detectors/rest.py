"""What no other detector could tell: blank lines, and text that is no prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from diffinsight.detectors.comparison import Comparison
from diffinsight.matching.words import first_words
from diffinsight.models import Finding, Impact, LineRange, Values
from diffinsight.outline.requirements import is_requirements

BLANK = frozenset("> \t\ufeff\u00a0-*+")
MOST_RUNS = 500  # more are told as one, from the first line to the last
LONGEST_LINE = 300  # characters of one that somebody wrote; those of programs are longer
COMMENT = re.compile(r"\s*(?:#|//)")
MARKS = frozenset("{}[](),;\"'` \t")


def complete(file: Comparison, found: Sequence[Finding]) -> list[Finding]:
    """``found`` and findings for the changed lines that it does not reach."""
    told = _with_passed(file, _with_blanks(file, found))
    return [*told, *_left_over(file, told)]


def _with_passed(file: Comparison, found: list[Finding]) -> list[Finding]:
    """What moved, with the lines beside it that it passed: git may show these as the moved ones."""
    removed = _uncovered(file.removed, (f.before_lines for f in found))
    added = _uncovered(file.added, (f.after_lines for f in found))
    texts = [[text for text in side.values() if text.strip()] for side in (removed, added)]
    if not texts[0] or texts[0] != texts[1]:
        return found
    told = list(found)
    for name, passed in (("before_lines", removed), ("after_lines", added)):
        ends = min(passed), max(passed)
        moved = (n for n, finding in enumerate(found) if finding.kind.endswith("-moved"))
        place = next((n for n in moved if _touch(getattr(found[n], name), ends)), None)
        if place is None:
            return found
        span: LineRange = getattr(found[place], name)
        _stretch(told, place, name, (min(span[0], ends[0]), max(span[1], ends[1])))
    return told


def _touch(one: LineRange | None, other: LineRange) -> bool:
    """Whether at most a blank line stands between two ranges."""
    return one is not None and one[0] <= other[1] + 2 and other[0] <= one[1] + 2


def _with_blanks(file: Comparison, found: Sequence[Finding]) -> list[Finding]:
    """Blank lines that came or went beside something else belong to it."""
    told = list(found)
    for name, lines in (("before_lines", file.removed), ("after_lines", file.added)):
        left = _uncovered(lines, (getattr(finding, name) for finding in told))
        blank = [number for number, text in left.items() if set(text) <= BLANK]
        starts: dict[int, int] = {}
        ends: dict[int, int] = {}
        for place, finding in enumerate(told):
            span = getattr(finding, name)
            if span:
                starts.setdefault(span[0], place)
                ends.setdefault(span[1], place)
        for first, last in _runs(dict.fromkeys(blank, "")):
            if first - 1 in ends and first - 1 in lines:
                _stretch(told, ends[first - 1], name, (None, last))
            elif last + 1 in starts and last + 1 in lines:
                _stretch(told, starts[last + 1], name, (first, None))
    return told


def _stretch(
    told: list[Finding], place: int, name: str, ends: tuple[int | None, int | None]
) -> None:
    """Move one end of a finding's lines."""
    finding = told[place]
    span = finding.before_lines if name == "before_lines" else finding.after_lines
    if span is None:
        return
    moved = (ends[0] or span[0], ends[1] or span[1])
    if name == "before_lines":
        told[place] = replace(finding, before_lines=moved)
    else:
        told[place] = replace(finding, after_lines=moved)


def _left_over(file: Comparison, found: Sequence[Finding]) -> Iterator[Finding]:
    removed = _uncovered(file.removed, (f.before_lines for f in found))
    added = _uncovered(file.added, (f.after_lines for f in found))
    if not removed and not added:
        return
    blank_removed, removed = _split_blank(removed)
    blank_added, added = _split_blank(added)
    if blank_removed or blank_added:
        yield from _told("whitespace-changed", file.path, blank_removed, blank_added, "blank-lines")
    if file.kind == "data" or is_requirements(file.path):
        yield from _told_comments(*(_where(lines, said=True) for lines in (removed, added)))
        removed, added = (_where(lines, said=False) for lines in (removed, added))
    old, new = [t.strip() for t in removed.values()], [t.strip() for t in added.values()]
    if not (old or new):
        return
    if old == new and old:
        what = _what(file, removed, added)
        yield from _told("whitespace-changed", file.path, removed, added, what)
    elif file.kind == "data" and _bare(old) == _bare(new):
        yield from _told("formatting-changed", file.path, removed, added, "punctuation")
    else:
        told = _told("text-changed", file.path, removed, added, "")
        yield from told if file.kind == "page" else (_quoted(one, removed, added) for one in told)


def _where(lines: Mapping[int, str], *, said: bool) -> dict[int, str]:
    """The lines that are comments, or all others."""
    return {number: text for number, text in lines.items() if bool(COMMENT.match(text)) == said}


def _told_comments(removed: Mapping[int, str], added: Mapping[int, str]) -> Iterator[Finding]:
    for gone, came in zip_longest(_runs(removed), _runs(added)):
        text = added[came[0]] if came else removed[gone[0]] if gone else ""
        one_sided: Values = {} if gone and came else {"change": "added" if came else "removed"}
        yield Finding(
            kind="comment-changed",
            subject=first_words(text),
            impact="noise",
            before_lines=gone,
            after_lines=came,
            values={"data": True, **one_sided},
        )


def _bare(lines: Iterable[str]) -> str:
    """Lines of data without the marks that only hold it together."""
    return "".join(char for line in lines for char in line if char not in MARKS)


def _what(file: Comparison, removed: Mapping[int, str], added: Mapping[int, str]) -> str:
    if list(removed.values()) == list(added.values()):
        alone = len(removed) == 1 and _has_no_newline(file)
        return "final-newline" if alone else "line-ends"
    trailing = [t.rstrip() for t in removed.values()] == [t.rstrip() for t in added.values()]
    return "trailing" if trailing else "indent"


def _has_no_newline(file: Comparison) -> bool:
    """Whether one of the versions ends without a line end."""
    texts = [text for text in (file.change.before, file.change.after) if text]
    patch = file.change.patch or ""
    return any(not text.endswith("\n") for text in texts) or "\n\\ No newline" in patch


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


def _told(
    kind: str, path: str, removed: Mapping[int, str], added: Mapping[int, str], what: str
) -> Iterator[Finding]:
    """One finding for each run of lines, old and new ones side by side in their order."""
    old, new = _runs(removed), _runs(added)
    if max(len(old), len(new)) > MOST_RUNS:
        gone, came = ((runs[0][0], runs[-1][1]) if runs else None for runs in (old, new))
        values = _values(what, len(added), len(removed))
        yield replace(_run(kind, gone, came, values), subject=path)
        return
    for gone, came in zip_longest(old, new):
        values = _values(what, _size(came), _size(gone))
        yield replace(_run(kind, gone, came, values), subject=path)


def _quoted(told: Finding, removed: Mapping[int, str], added: Mapping[int, str]) -> Finding:
    """``told`` with what its lines say, where that is one short line on each side."""
    spans = told.before_lines, told.after_lines
    sides = zip(spans, (removed, added), strict=True)
    if not all(_line(span, lines) for span, lines in sides if span):
        return told
    before, after = _line(told.before_lines, removed), _line(told.after_lines, added)
    subject = first_words(after or before)
    return replace(told, subject=subject, before=before or None, after=after or None)


def _line(span: LineRange | None, lines: Mapping[int, str]) -> str:
    """The only line of a run; empty where it has several, or is not to be read."""
    text = lines[span[0]].strip() if span and _size(span) == 1 else ""
    return text if len(text) <= LONGEST_LINE else ""


def _run(kind: str, gone: LineRange | None, came: LineRange | None, values: Values) -> Finding:
    impact: Impact = "noise" if "what" in values else "minor"
    return Finding(
        kind=kind, subject="", impact=impact, before_lines=gone, after_lines=came, values=values
    )


def _values(what: str, added: int, removed: int) -> Values:
    return (
        {"lines": added + removed, "what": what} if what else {"added": added, "removed": removed}
    )


def _size(span: LineRange | None) -> int:
    return span[1] - span[0] + 1 if span else 0
