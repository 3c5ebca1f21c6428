"""Where the old wording of a change still stands: the pages that its author may have missed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from diffinsight.changes import hunks
from diffinsight.detectors.across.repository import LARGEST_PAGE, Place, Revision
from diffinsight.detectors.comparison.telling import add_values
from diffinsight.matching.words import count
from diffinsight.models import FileAnalysis, FileChange, Finding, Json, Values
from diffinsight.outline import PAGES, suffix

MOST_PAGES = 2_000  # read for this alone; beyond them it costs more than it tells
MOST_PLACES = 20
# As much as a sentence has; less is alike by chance.
_LEAST_WORDS = 8
_LEAST_CHARACTERS = 16  # of Chinese or Japanese, which have no spaces between words
_CJK = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
_WORDS = frozenset(
    f"{name}-changed"
    for name in ("paragraph", "list-item", "step", "note", "table-row", "version", "value", "text")
)
_MARKS = " \t>-*+|0123456789.)"
_YAML_PAGES = frozenset({".yml", ".yaml"})  # questions and answers, landing pages


def mark(files: Sequence[FileAnalysis], head: Revision | None) -> tuple[FileAnalysis, ...]:
    """``files`` with `still_in` on findings whose old lines other pages have at ``head``."""
    if head is None:
        return tuple(files)
    wanted = {line for file in files for lines in _old_lines(file).values() for line in lines}
    places = _missed(_find(wanted, head) if wanted else {}, files)
    return tuple(_marked(file, places) for file in files) if places else tuple(files)


def _missed(
    places: Mapping[str, Sequence[Place]], files: Sequence[FileAnalysis]
) -> Mapping[str, Sequence[Place]]:
    """``places`` without those beside other changes: who made these left them as they are."""
    shown = {
        file.change.path: {
            line.after for hunk in hunks(file.change.patch or "") for line in hunk.lines
        }
        for file in files
    }
    left = {
        text: [place for place in found if place.line not in shown.get(place.path, ())]
        for text, found in places.items()
    }
    return {text: found for text, found in left.items() if found}


def _marked(file: FileAnalysis, places: Mapping[str, Sequence[Place]]) -> FileAnalysis:
    old = _old_lines(file)
    marks: dict[int, Values] = {}
    for index, lines in old.items():
        found = {
            (place.path, place.line)
            for line in lines
            for place in places.get(line, ())
            if place.path != file.change.path
        }
        if found:
            listed: tuple[Json, ...] = tuple(
                {"path": path, "line": line} for path, line in sorted(found)[:MOST_PLACES]
            )
            marks[index] = {"still_in": listed}
    return add_values(file, marks)


def _old_lines(file: FileAnalysis) -> dict[int, list[str]]:
    """By a finding's place in the file, its old lines that are told by their words alone."""
    if file.change.before is None or file.change.after is None:
        return {}
    changed = {
        index: finding
        for index, finding in enumerate(file.findings)
        if finding.kind in _WORDS and finding.impact != "noise"
    }
    if not changed:
        return {}
    now = set(map(_bare, file.change.after.splitlines()))
    return {
        index: lines
        for index, finding in changed.items()
        if (lines := [line for line in _telling(file.change, finding) if line not in now])
    }


def _telling(change: FileChange, finding: Finding) -> Iterator[str]:
    if finding.before_lines is None or finding.after_lines is None:
        return
    first, last = finding.before_lines
    for line in (change.before or "").splitlines()[first - 1 : last]:
        bare = _bare(line)
        if count(bare) >= _LEAST_WORDS or len(_CJK.findall(bare)) >= _LEAST_CHARACTERS:
            yield bare


def _bare(line: str) -> str:
    """A line without the marks of lists, quotes and tables around it."""
    return line.strip(_MARKS)


def _find(wanted: set[str], head: Revision) -> Mapping[str, Sequence[Place]]:
    pages = [path for path in head.paths if suffix(path) in PAGES | _YAML_PAGES]
    if len(pages) > MOST_PAGES:
        return {}
    head.load(pages)
    found: dict[str, list[Place]] = defaultdict(list)
    for path in sorted(pages):
        text = head.texts.get(path, "")
        if len(text) <= LARGEST_PAGE:
            for number, line in enumerate(text.splitlines(), start=1):
                if (bare := _bare(line)) in wanted:
                    found[bare].append(Place(path, number, "", ""))
    return found
