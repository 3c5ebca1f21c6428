"""What a reader will notice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diffinsight.engines.insights.scope import Scope
from diffinsight.engines.urgency import is_slight
from diffinsight.languages import Markdown
from diffinsight.models import FileAnalysis, Finding

# Everything but other words in text that was there before.
_MORE_THAN_WORDS = re.compile(
    r"(?!(paragraph|list-item)-changed|term-replaced|typo-fixed|case-changed|punctuation-changed"
    r"|formatting-changed|reflowed|whitespace-changed|comment-changed)"
)
_NOT_COPIED = frozenset({None, "", "output", "text", "txt", "plaintext"})  # languages of fences
_STEPS = frozenset({"step-added", "step-removed"})


def readers(scope: Scope) -> Iterator[Markdown]:
    say = scope.phrases.say
    if scope.told and not scope.having(_is_more_than_words):
        yield say("insights.only_words")
    places = scope.places(scope.findings(_breaks_links), "places")
    if places:
        yield say("insights.broken_places", count=len(places), places=places)
    steps = [file for file in scope.files if _changes_known_steps(file)]
    if steps:
        kinds = {finding.kind for file in steps for finding in file.findings} & _STEPS
        only = {kind.removeprefix("step-"): kinds == {kind} for kind in sorted(_STEPS)}
        yield say("insights.steps", count=len(steps), files=scope.named(steps), **only)
    code = scope.having(_is_copied)
    if code:
        yield say("insights.code", count=len(code), files=scope.named(code))
    unlinked = [file for file in scope.files if _leaves_no_links(file)]
    if unlinked:
        yield say("insights.no_links", count=len(unlinked), files=scope.named(unlinked))


def _is_more_than_words(finding: Finding) -> bool:
    dates = finding.kind == "front-matter-changed" and finding.impact == "noise"
    return not dates and bool(_MORE_THAN_WORDS.match(finding.kind))


def _breaks_links(finding: Finding) -> bool:
    return finding.impact == "breaking" and bool(finding.values.get("links"))


def _changes_known_steps(file: FileAnalysis) -> bool:
    """Whether steps came into a procedure that was there, or left one that is still there."""
    kinds = {finding.kind for finding in file.findings}
    starts = any(finding.values.get("number") == 1 for finding in _steps(file, "added"))
    return "step-removed" in kinds or ("step-added" in kinds and not starts)


def _steps(file: FileAnalysis, change: str) -> Iterator[Finding]:
    return (finding for finding in file.findings if finding.kind == f"step-{change}")


def _is_copied(finding: Finding) -> bool:
    """Whether something that readers ran or pasted is gone or another one."""
    if finding.kind == "code-changed" and is_slight(finding):
        return False
    if finding.kind.endswith(("-changed", "-removed")) and finding.values.get("commands"):
        return True
    code = finding.kind == "code-changed" and finding.impact == "notable"
    gone = finding.values.get("lines_removed") != 0
    known = finding.values.get("language") not in _NOT_COPIED
    return (code and known and gone) or finding.kind == "option-renamed"


def _leaves_no_links(file: FileAnalysis) -> bool:
    """Whether things are gone that no page links to, none of them."""
    gone = {
        "page-removed",
        "page-moved",
        "heading-removed",
        "heading-demoted",
        "heading-renamed",
        "asset-removed",
    }
    links = [finding.values.get("links") for finding in file.findings if finding.kind in gone]
    return set(links) == {0}
