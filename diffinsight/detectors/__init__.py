"""One file for each family of changes, and the one list of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from diffinsight.detectors import (
    anchors,
    broken_links,
    code,
    commands,
    enumerations,
    figures,
    footnotes,
    front_matter,
    headings,
    images,
    lifecycle,
    links,
    list_levels,
    markup,
    moved,
    noise,
    notes,
    old_paths,
    options,
    packages,
    pages,
    prose,
    redirects,
    releases,
    rendering,
    requirements,
    rest,
    rewriting,
    settings,
    tables,
    terms,
    toc,
)
from diffinsight.detectors.across import (
    left_behind,
    misspelt,
    old_wording,
    said_elsewhere,
    shared_names,
)
from diffinsight.detectors.across.groups import find_groups
from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.comparison import Comparison, compare
from diffinsight.models import Analysis, ChangeSet, FileAnalysis, Finding, Note

Detector = Callable[[Comparison, Whole], Iterator[Finding]]

# In the order in which findings of the same weight on the same lines are told.
DETECTORS: tuple[Detector, ...] = (
    pages.find,
    broken_links.find,
    headings.find,
    rendering.find,
    releases.find,
    rewriting.find,
    anchors.find,
    moved.find,
    lifecycle.find,
    options.find,
    packages.find,
    figures.find,
    notes.find,
    tables.find,
    footnotes.find,
    code.find,
    commands.find,
    toc.find,
    redirects.find,
    settings.find,
    requirements.find,
    front_matter.find,
    terms.find,
    enumerations.find,
    prose.find,
    list_levels.find,
    links.find,
    images.find,
    markup.find,
    noise.find,
)
WEIGHT = {"breaking": 0, "notable": 1, "minor": 2, "noise": 3}


def analyse(change_set: ChangeSet) -> Analysis:
    """Everything that can be said of the range without words: findings, groups, notes."""
    comparisons = old_paths.fill_in([compare(change) for change in change_set.files], change_set)
    whole = Whole(change_set, comparisons)
    pages = [file for file in comparisons if file.compared and file.kind == "page"]
    # Of a page that came or went, the diff has all.
    kept = [page for page in pages if page.change.status not in {"added", "removed"}]
    only_hunks = bool(kept) and all(page.partial for page in kept)
    found = [_analyse_file(file, whole, noted=only_hunks) for file in comparisons]
    files = old_wording.mark(found, whole.head)
    for look in (said_elsewhere, misspelt, left_behind, shared_names):
        files = look.mark(comparisons, files)
    groups = find_groups(list(zip(comparisons, files, strict=True)), whole.moves)
    group_of = {path: group.id for group in groups for path in group.paths}
    return Analysis(
        change_set=change_set,
        files=tuple(replace(file, group=group_of.get(file.change.path)) for file in files),
        groups=groups,
        notes=tuple(_notes(whole, only_hunks=only_hunks)),
    )


def _analyse_file(file: Comparison, whole: Whole, *, noted: bool) -> FileAnalysis:
    """``noted``: that only hunks were at hand is said of the whole range."""
    # What stands in another file now is told as moved there, and by no other detector.
    told = replace(file, pairs=whole.taken_over(file).left_in(file.pairs))
    found = [finding for detector in DETECTORS for finding in detector(told, whole)]
    found = rest.complete(file, found)
    return FileAnalysis(
        change=file.change,
        findings=tuple(_ordered(found)),
        notes=tuple(
            note for note in _file_notes(file) if not (noted and note.kind == "patch-only")
        ),
    )


def _ordered(found: Sequence[Finding]) -> list[Finding]:
    """By weight, then by place; findings that say the very same thing once."""
    once: list[Finding] = []
    for finding in found:
        if finding not in once[-20:]:
            once.append(finding)
    return sorted(once, key=lambda finding: (WEIGHT[finding.impact], _line(finding)))


def _line(finding: Finding) -> int:
    lines = finding.after_lines or finding.before_lines
    return lines[0] if lines else 0


def _file_notes(file: Comparison) -> Iterator[Note]:
    """What could not be seen in a file."""
    if file.partial and file.compared and file.kind == "page":
        yield Note(kind="patch-only")
    if file.left_out:
        yield Note(kind="too-many-changes", values={"count": file.left_out})
    for trouble in file.after.troubles or file.before.troubles:
        if trouble == "unclosed-fence" and not file.after.troubles:
            continue  # it is closed now
        yield Note(kind="markup-not-understood", values={"reason": trouble})


def _notes(whole: Whole, *, only_hunks: bool) -> Iterator[Note]:
    told = {note.kind for note in whole.change_set.notes}
    if only_hunks and "whole-texts-missing" not in told:
        yield Note(kind="patch-only")
    if whole.not_judged:
        yield Note(kind="links-not-judged")
    for image, kind in enumerate(("links-broken-before", "images-missing-before")):
        broken = sorted(place[:2] for place in whole.broken_before if place[2] == bool(image))
        places = tuple(f"{path}:{line}" for path, line in broken)
        if places:
            yield Note(kind=kind, values={"count": len(places), "places": places})
    if whole.outside:
        yield Note(kind="links-outside", values={"folders": tuple(sorted(whole.outside))})
