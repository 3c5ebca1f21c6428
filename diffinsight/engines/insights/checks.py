"""What the author should look at next."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from posixpath import basename

from diffinsight.changes import hunks
from diffinsight.engines.choosing.audience import is_included
from diffinsight.engines.choosing.passages import places_of
from diffinsight.engines.insights.old_sites import old_sites
from diffinsight.engines.insights.scope import Place, Scope
from diffinsight.engines.insights.second_look import is_set_back, second_look
from diffinsight.engines.quoting.cutting import shorten
from diffinsight.languages import Markdown
from diffinsight.models import FileAnalysis, FileChange, Finding, LineRange
from diffinsight.outline import IMAGES, suffix

_IMAGE = re.compile(r"!\[|:::image|<img\b")
_NAMED = re.compile(r"\*\*[^*\n]+\*\*|`[^`\n]+`")  # what a step names of the screen
_NEAR = 4  # lines below a changed step in which an image shows it
_LONGEST_WORDING = 100  # characters of a text that still stands elsewhere
# Languages that documentation is written in; other folders of two letters are no languages.
_LANGUAGES = "ar|cs|da|de|en|es|fi|fr|he|hi|hu|id|it|ja|ko|nb|nl|no|pl|pt|ro|ru|sv|th|tr|uk|vi|zh"
_LOCALE = re.compile(rf"(?:^|(?<=/))(?:{_LANGUAGES})(?:[-_][A-Za-z]{{2,4}})?(?=/)")


def checks(scope: Scope) -> Iterator[Markdown]:
    say = scope.phrases.say
    new = {basename(file.change.path) for file in scope.files if suffix(file.change.path) in IMAGES}
    older = scope.having(is_set_back)
    found = (
        ("unlisted", scope.having(lambda finding: finding.values.get("in_toc") is False)),
        ("screenshots", [file for file in scope.told if _shows_changed_steps(file, new)]),
        ("set_back", [file for file in older if not _is_only_dated(file)]),
        ("set_back_alone", [file for file in older if _is_only_dated(file)]),
    )
    for name, files in found:
        if files:
            yield say(f"insights.check.{name}", count=len(files), files=scope.named(files))
    yield from second_look(scope)
    gone = [f for f in scope.files if _lacks_redirect(f) and not _is_said_of(f, scope)]
    if gone:
        yield say("insights.check.no_redirect", count=len(gone), files=scope.named_before(gone))
    yield from old_sites(scope)
    yield from _old_wording(scope)
    translations = tuple(_untouched_translations(scope))
    if translations:
        yield say("insights.check.translations", count=len(translations), files=translations)


def _is_only_dated(file: FileAnalysis) -> bool:
    """Whether nothing but metadata changed: no change of the text can have been undone."""
    return all(finding.kind == "front-matter-changed" for finding in file.findings)


def _lacks_redirect(file: FileAnalysis) -> bool:
    return not is_included(file.change.path) and any(
        finding.kind in {"page-removed", "page-moved"}
        and finding.impact == "breaking"
        and not finding.values.get("redirect")
        for finding in file.findings
    )


def _is_said_of(file: FileAnalysis, scope: Scope) -> bool:
    """Whether the words above tell that a page is gone, by its path or by its title."""
    titles = [f.before for f in file.findings if f.kind == "page-removed" and f.before]
    return any(scope.has_said([name]) for name in (*scope.named_before([file]), *titles))


def _shows_changed_steps(file: FileAnalysis, new: Collection[str]) -> bool:
    """Whether an image that is not among the ``new`` ones stands below a step that changed."""
    kinds = {finding.kind for finding in file.findings}
    if kinds & {"image-changed", "image-added"}:
        return False
    images = {
        number
        for number, line in _known_lines(file.change)
        if _IMAGE.search(line) and not any(name in line for name in new)
    }
    return any(
        any(finding.after_lines[0] <= line <= finding.after_lines[1] + _NEAR for line in images)
        for finding in file.findings
        if finding.kind == "step-changed" and finding.after_lines and _names_others(finding, file)
    )


def _names_others(step: Finding, file: FileAnalysis) -> bool:
    """Whether a step names other buttons, entries or inputs than before."""
    lines = [line for hunk in hunks(file.change.patch or "") for line in hunk.lines]
    old = [
        line.text for line in lines if line.mark != "+" and _is_in(line.before, step.before_lines)
    ]
    new = [line.text for line in lines if line.mark != "-" and _is_in(line.after, step.after_lines)]
    before, after = (set(_NAMED.findall("\n".join(side))) for side in (old, new))
    return bool(before) and before != after


def _is_in(number: int | None, lines: LineRange | None) -> bool:
    return number is not None and lines is not None and lines[0] <= number <= lines[1]


def _known_lines(change: FileChange) -> Iterator[tuple[int, str]]:
    """Numbers and lines of the new version, or of what the patch shows of it."""
    if change.after is not None:
        yield from enumerate(change.after.splitlines(), 1)
        return
    for hunk in hunks(change.patch or ""):
        yield from ((line.after, line.text) for line in hunk.lines if line.after)


def _old_wording(scope: Scope) -> Iterator[Markdown]:
    """Pages that have what other pages said before they changed."""
    texts: dict[str, list[Place]] = {}
    for finding in scope.findings(_is_still_elsewhere):
        places = [
            Place(path=path, line=line) for path, line in places_of(finding.values.get("still_in"))
        ]
        texts.setdefault(shorten(finding.before or "", _LONGEST_WORDING), []).extend(places)
    items = tuple(
        scope.phrases.say("insights.standing", before=before, places=scope.places(places))
        for before, places in texts.items()
        if before
    )
    if items:
        yield scope.phrases.say("insights.check.old_wording", count=len(items), items=items)


def _is_still_elsewhere(finding: Finding) -> bool:
    return bool(finding.values.get("still_in"))


def _untouched_translations(scope: Scope) -> Iterator[str]:
    """Pages of the same name under another language's folder that the range leaves alone."""
    tree = scope.analysis.change_set.head_tree
    paths = tree.paths() if tree else frozenset()
    changed = {file.change.path for file in scope.files}
    originals = {_without_locale(file.change.path) for file in scope.told} - {None}
    if not originals:
        return
    for path in sorted(paths - changed):
        if _without_locale(path) in originals:
            yield path


def _without_locale(path: str) -> str | None:
    found = _LOCALE.search(path)
    return path[: found.start()] + "*" + path[found.end() :] if found else None
