"""Files that are told together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import chain

from diffinsight.detectors.across.moves import Moves
from diffinsight.detectors.comparison import Comparison
from diffinsight.models import FileAnalysis, Finding, Group

Files = Sequence[tuple[Comparison, FileAnalysis]]


def find_groups(files: Files, moves: Moves) -> tuple[Group, ...]:
    """Groups in the order of their first file; a file is in one group at most."""
    taken: set[str] = set()
    found: list[Group] = []
    for reason, rule, sets in (
        ("same-change", "same-lines", _same(files, _lines)),
        ("same-change", "same-edits", _same(files, _edits)),
        ("moved", "same-folder", _same(files, _folders)),
        ("moved", "section-moved", _moved(moves)),
        ("noise", "only-noise", [_noise(files)]),
    ):
        for paths in sets:
            free = [path for path in paths if path not in taken]
            if len(free) > 1:
                taken.update(free)
                found.append(Group(id="", reason=reason, paths=tuple(free), rule=rule))  # type: ignore[arg-type]  # one of the three
    order = {analysis.change.path: place for place, (_, analysis) in enumerate(files)}
    found.sort(key=lambda group: order[group.paths[0]])
    return tuple(_numbered(found))


def _numbered(groups: Iterable[Group]) -> Iterator[Group]:
    from dataclasses import replace

    for number, group in enumerate(groups, start=1):
        yield replace(group, id=f"{group.reason}-{number}")


def _same(files: Files, sign: object) -> list[list[str]]:
    found: dict[Hashable, list[str]] = defaultdict(list)
    for file, analysis in files:
        key = sign(file, analysis)  # type: ignore[operator]  # one of the functions below
        if key is not None:
            found[key].append(file.path)
    return list(found.values())


def _lines(file: Comparison, _: FileAnalysis) -> Hashable:
    if not file.compared or not (file.added or file.removed):
        return None
    return (tuple(file.removed.values()), tuple(file.added.values()))


def _edits(file: Comparison, analysis: FileAnalysis) -> Hashable:
    """The same facts; what depends on the place does not count."""
    if not file.compared or not (file.added or file.removed):
        return None
    if any(finding.before is None and finding.after is None for finding in analysis.findings):
        return None
    if any(
        finding.kind.endswith(("paragraph-changed", "code-changed"))
        for finding in analysis.findings
    ):
        return None
    return tuple(sorted(map(_sign, analysis.findings)))


def _sign(finding: Finding) -> tuple[str, ...]:
    sides = (finding.before or "", finding.after or "")
    return (finding.kind, finding.subject, *sides, finding.impact)


def _folders(file: Comparison, analysis: FileAnalysis) -> Hashable:
    """Files that went from one folder to another and did not change."""
    if file.change.status != "renamed" or file.added or file.removed:
        return None
    old, new = file.before_path.split("/"), file.path.split("/")
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    kinds = tuple(finding.kind for finding in analysis.findings)
    return (
        (tuple(old), tuple(new), kinds)
        if old != new and old[-1:] != file.before_path.split("/")[-1:]
        else None
    )


def _moved(moves: Moves) -> list[list[str]]:
    by_left: dict[str, list[str]] = defaultdict(list)
    for move in chain.from_iterable(moves.by_old.values()):
        paths = by_left[move.left.path]
        paths += [path for path in (move.left.path, move.came.path) if path not in paths]
    return list(by_left.values())


def _noise(files: Files) -> list[str]:
    return [
        analysis.change.path
        for _, analysis in files
        if analysis.findings and all(finding.impact == "noise" for finding in analysis.findings)
    ]
