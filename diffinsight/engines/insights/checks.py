"""What the author should look at next."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diffinsight.engines.audience import is_included
from diffinsight.engines.cutting import shorten
from diffinsight.engines.insights.scope import Scope
from diffinsight.engines.urgency import is_slight
from diffinsight.languages import Markdown
from diffinsight.models import FileAnalysis, Finding

_NEAR = 12  # lines around a changed step in which an image may show it
_LONGEST_WORDING = 100  # characters of a text that still stands elsewhere
_LOCALE = re.compile(r"(?:^|(?<=/))(?:[a-z]{2}(?:[-_][A-Za-z]{2,4})?)(?=/)")


def checks(scope: Scope) -> Iterator[Markdown]:
    say = scope.phrases.say
    found = (
        ("unlisted", scope.having(lambda finding: finding.values.get("in_toc") is False)),
        ("no_redirect", [file for file in scope.files if _lacks_redirect(file)]),
        ("screenshots", [file for file in scope.told if _shows_changed_steps(file)]),
    )
    for name, files in found:
        if files:
            yield say(f"insights.check.{name}", count=len(files), files=scope.named(files))
    yield from _old_wording(scope)
    translations = tuple(_untouched_translations(scope))
    if translations:
        yield say("insights.check.translations", count=len(translations), files=translations)


def _lacks_redirect(file: FileAnalysis) -> bool:
    return not is_included(file.change.path) and any(
        finding.kind in {"page-removed", "page-moved"}
        and finding.impact == "breaking"
        and not finding.values.get("redirect")
        for finding in file.findings
    )


def _shows_changed_steps(file: FileAnalysis) -> bool:
    """Whether an image stands beside a step that changed, and did not change itself."""
    kinds = {finding.kind for finding in file.findings}
    if file.change.after is None or kinds & {"image-changed", "image-added"}:
        return False
    lines = file.change.after.splitlines()
    return any(
        any(
            re.search(r"!\[|:::image|<img\b", line)
            for line in lines[finding.after_lines[0] - 1 : finding.after_lines[1] + _NEAR]
        )
        for finding in file.findings
        if finding.kind == "step-changed" and finding.after_lines and not is_slight(finding)
    )


def _old_wording(scope: Scope) -> Iterator[Markdown]:
    """Pages that have what other pages said before they changed."""
    changed = scope.findings(_is_still_elsewhere)
    places = scope.places(changed, "still_in")
    if places:
        texts = {finding.before for finding in changed}
        only = texts.pop() if len(texts) == 1 else None
        yield scope.phrases.say(
            "insights.check.old_wording",
            files=scope.named(scope.having(_is_still_elsewhere)),
            places=places,
            before=shorten(only, _LONGEST_WORDING) if only else None,
        )


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
