"""What the new text has that its author hardly meant, and what was left as it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from diffinsight.engines.choosing.passages import edits_of
from diffinsight.engines.insights.scope import Place, Scope
from diffinsight.engines.quoting.cutting import shorten
from diffinsight.engines.values.second_look import LONGEST_TEXT, listed, say_slip
from diffinsight.languages import Markdown
from diffinsight.matching.typos import is_same_word
from diffinsight.models import FileAnalysis, Finding, Json

_ENOUGH = 2  # files in which words went back in the same way
_Pair = tuple[str, str]
_Slip = Mapping[str, Json]


def second_look(scope: Scope) -> Iterator[Markdown]:
    pairs = _went_back(scope)
    if pairs:
        items = tuple(scope.phrases.say("pair", before=old, after=new) for old, new in pairs)
        count = len({path for paths in pairs.values() for path in paths})
        yield scope.phrases.say("insights.check.went_back", count=count, pairs=items)
    yield from _slips(scope, pairs)
    yield from _left_out(scope)
    for file in scope.files:
        for finding in file.findings:
            yield from _old_names(scope, file, finding)
            yield from _parted(scope, file, finding)
            if finding.values.get("still_says"):
                yield scope.phrases.say(
                    "insights.check.still_says",
                    files=scope.named([file]),
                    text=shorten(str(finding.values["still_says"]), LONGEST_TEXT),
                    was=str(finding.values["was"]),
                )


def is_set_back(finding: Finding) -> bool:
    """Whether the day of a page is an earlier one now."""
    return finding.values.get("reason") == "set-back"


def _went_back(scope: Scope) -> dict[_Pair, list[str]]:
    """Words of pages whose dates went back that did so, too, with the files that have them.

    One has to look like a slip; the others are as near to each other, in several files.
    """
    older = [file for file in scope.files if any(map(is_set_back, file.findings))]
    slips = {_pair(found): None for _, found in _slips_in(older) if found.get("replaced")}
    near = (pair for file in older for pair in _pairs(file) if slips and _are_near(*pair))
    pairs = {**slips, **dict.fromkeys(near)}
    found = {pair: [f.change.path for f in scope.files if pair in _pairs(f)] for pair in pairs}
    return {key: paths for key, paths in found.items() if key in slips or len(paths) >= _ENOUGH}


def _pairs(file: FileAnalysis) -> Iterator[_Pair]:
    """What became what, as far as findings have both sides."""
    for finding in file.findings:
        yield finding.before or "", finding.after or ""
        yield from edits_of(finding.values)
        yield from map(_pair, listed(finding, "slips"))


def _slips_in(files: Iterable[FileAnalysis]) -> Iterator[tuple[FileAnalysis, _Slip]]:
    for file in files:
        yield from ((file, slip) for found in file.findings for slip in listed(found, "slips"))


def _pair(slip: _Slip) -> _Pair:
    return str(slip["meant"]), str(slip["written"])


def _are_near(old: str, new: str) -> bool:
    words = old.isalpha() and new.isalpha() and old != new
    return words and (old.casefold() == new.casefold() or is_same_word(old, new))


def _slips(scope: Scope, told: Mapping[_Pair, object]) -> Iterator[Markdown]:
    places: dict[_Pair, list[Place]] = {}
    first: dict[_Pair, _Slip] = {}
    for file, found in _slips_in(scope.files):
        if (key := _pair(found)) not in told:
            first.setdefault(key, found)
            places.setdefault(key, []).append(_place(file, found))
    items = tuple(
        say_slip(scope.phrases, slip, scope.places(places[key])) for key, slip in first.items()
    )
    if items:
        yield scope.phrases.say("insights.check.slips", count=len(items), items=items)


def _left_out(scope: Scope) -> Iterator[Markdown]:
    """Rows that have a cell less than their table has columns, and had it before."""
    rows = [
        (file, finding)
        for file in scope.files
        for finding in file.findings
        if any(cell.get("left_out") for cell in listed(finding, "cells"))
    ]
    if rows:
        names = tuple(shorten(finding.subject, LONGEST_TEXT) for _, finding in rows)
        places = scope.places(
            Place(path=file.change.path, line=finding.after_lines[0])
            for file, finding in rows
            if finding.after_lines
        )
        yield scope.phrases.say(
            "insights.check.left_out", count=len(rows), rows=names, places=places
        )


def _old_names(scope: Scope, file: FileAnalysis, finding: Finding) -> Iterator[Markdown]:
    found = listed(finding, "old_names")
    if found:
        yield scope.phrases.say(
            "insights.check.old_names",
            names=tuple(dict.fromkeys(str(one["name"]) for one in found)),
            before=str(finding.values["header_before"]),
            after=str(finding.values["header_after"]),
            places=scope.places(_place(file, one) for one in found),
        )


def _parted(scope: Scope, file: FileAnalysis, finding: Finding) -> Iterator[Markdown]:
    parts = finding.values.get("parted")
    if isinstance(parts, Mapping) and "lead" in parts:
        yield scope.phrases.say(
            "insights.check.parted",
            lead=shorten(str(parts["lead"]), LONGEST_TEXT),
            places=scope.places([_place(file, parts)]),
        )


def _place(file: FileAnalysis, found: _Slip) -> Place:
    line = found.get("line")
    return Place(path=file.change.path, line=line if isinstance(line, int) else 0)
