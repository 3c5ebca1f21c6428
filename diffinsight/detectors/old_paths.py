"""Where a file was that moved, as the rest of the range shows it, when its own patch does not."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from diffinsight.detectors import links, markup, redirects, toc
from diffinsight.detectors.across.targets import candidates, read_target
from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.comparison import Comparison, compare
from diffinsight.matching.likeness import almost_same
from diffinsight.models import ChangeSet, Finding
from diffinsight.outline import PAGES, suffix

# What leads somewhere else now, from `before` to `after`.
RETARGETED = frozenset({"link-retargeted", "toc-entry-retargeted", "include-changed"})
ENOUGH = 2  # files that name the same old path; one of them may link to another page now

Witnesses = Mapping[str, Mapping[str, frozenset[str]]]  # new path → old path → who names both


def fill_in(files: Sequence[Comparison], change_set: ChangeSet) -> list[Comparison]:
    """``files``, where those that came from nowhere have the one old path that others show."""
    lost = {file.path for file in files if links.came_from_nowhere(file)}
    if not lost:
        return list(files)
    whole = Whole(change_set, files)
    known = _witnesses(files, lost, whole)
    there = frozenset(whole.head.paths if whole.head else ()) | {file.path for file in files}
    return [_filled(file, known, there) if file.path in lost else file for file in files]


def _filled(file: Comparison, known: Witnesses, there: frozenset[str]) -> Comparison:
    found = {old: who for old, who in known.get(file.path, {}).items() if old not in there}
    if len(found) != 1:
        return file
    [(old, who)] = found.items()
    sure = "redirect" in who or len(who) >= ENOUGH or _same_name(old, file.path)
    return compare(replace(file.change, previous_path=old)) if sure else file


def _same_name(old: str, new: str) -> bool:
    """Whether two files are called the same, but for one word or for marks."""
    names = [posixpath.splitext(posixpath.basename(path))[0].casefold() for path in (old, new)]
    letters = ["".join(filter(str.isalnum, name)) for name in names]
    return letters[0] == letters[1] or almost_same(*(name.replace("-", " ") for name in names))


def _witnesses(files: Iterable[Comparison], lost: set[str], whole: Whole) -> Witnesses:
    found: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for file in files:
        for finding in _leading(file, whole):
            for new in _means(finding.after or "", file.path) & lost:
                old = _old_path(finding, file)
                if old and old != new:
                    who = "redirect" if finding.kind == "redirect-added" else file.path
                    found[new][old] = found[new].get(old, frozenset()) | {who}
    return found


def _leading(file: Comparison, whole: Whole) -> Iterator[Finding]:
    """What leads elsewhere now, and readers of what they are sent on."""
    for find in (links.find, markup.find, toc.find, redirects.find):
        for finding in find(file, whole):
            if finding.kind in RETARGETED or finding.kind == "redirect-added":
                yield finding


def _means(link: str, page: str) -> set[str]:
    target = read_target(link, page)
    return set(candidates(target, page)) if target else set()


def _old_path(finding: Finding, file: Comparison) -> str:
    """The path of the repository that it led to, or that readers are sent on from."""
    if finding.kind == "redirect-added":
        folder, source = posixpath.dirname(file.path), finding.subject
        path = source if source.startswith(f"{folder}/") else posixpath.join(folder, source)
    else:
        target = read_target(finding.before or "", file.before_path)
        path = target.path if target and not target.rooted else ""
    return path if suffix(path) in PAGES else ""
