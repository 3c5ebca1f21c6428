"""What type of change a file is: one of four by rule, or the user's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from fnmatch import fnmatchcase

from diffinsight.globs import compile_globs
from diffinsight.matching.typos import are_slips
from diffinsight.models import TEXT_CHANGED, FileAnalysis, Finding, TypeRule

NEW_FEATURE = "new feature"
BREAKING_CHANGE = "breaking change"
BUG_FIX = "bug fix"
MINOR_UPDATE = "minor update"
TYPES = (NEW_FEATURE, BREAKING_CHANGE, BUG_FIX, MINOR_UPDATE)

# A reader finds something that was not there before.
_NEW = frozenset({"page-added", "asset-added", "heading-added", "release-added", "option-added"})
# New only when nothing of the same kind went away: otherwise it was exchanged.
_NEW_UNLESS_REMOVED = {
    "code-added": "code-removed",
    "step-added": "step-removed",
    "table-added": "table-removed",
    "toc-entry-added": "toc-entry-removed",
    "tab-added": "tab-removed",
    "zone-added": "zone-removed",
}
# What was there was wrong, and means the same now.
_FIXES = frozenset({"typo-fixed", "punctuation-changed", "case-changed"})


def classify(findings: Sequence[Finding]) -> tuple[str, Finding | None]:
    """A file's built-in type and the finding that decided it; None: nothing stood out.

    ``findings`` come the most important first: a new feature or a fix is what the title tells.
    """
    kinds = {finding.kind for finding in findings}
    new = _NEW | {kind for kind, gone in _NEW_UNLESS_REMOVED.items() if gone not in kinds}
    breaking = next((finding for finding in findings if finding.impact == "breaking"), None)
    if breaking:
        return BREAKING_CHANGE, breaking
    first = next((finding for finding in findings if finding.impact != "noise"), None)
    if first and _is_new(first, new, kinds):
        return NEW_FEATURE, first
    mended = all(finding.impact == "noise" or _only_mends(finding) for finding in findings)
    if findings and mended and _is_fix(findings[0]):
        return BUG_FIX, findings[0]
    return MINOR_UPDATE, None


def _is_new(first: Finding, new: AbstractSet[str], kinds: set[str]) -> bool:
    """Whether a file is told for what came; images come with what they show."""
    shown = first.kind == "asset-added" and first.values.get("image")
    if shown or first.values.get("text_stays") or first.values.get("limits"):
        return False
    return first.kind in new or _is_offered(first, kinds)


def _is_fix(finding: Finding) -> bool:
    return finding.kind in _FIXES or _only_mends(finding)


def _only_mends(finding: Finding) -> bool:
    """Whether all that changed in a text is how words are spelt or which form they have."""
    edits = finding.values.get("edits")
    if finding.kind not in TEXT_CHANGED or finding.values.get("more_edits") or not edits:
        return False
    listed = edits if isinstance(edits, tuple | list) else ()
    pairs = [edit for edit in listed if isinstance(edit, Mapping)]
    return are_slips((str(it.get("before") or ""), str(it.get("after") or "")) for it in pairs)


def _is_offered(finding: Finding, kinds: set[str]) -> bool:
    """A row of a table of commands, models or the like; other tables list limits, dates, cases."""
    added = finding.kind == "table-row-added" and bool(finding.values.get("offers"))
    return added and "table-row-removed" not in kinds


def name_types(
    analyses: Iterable[FileAnalysis], rules: tuple[TypeRule, ...]
) -> tuple[FileAnalysis, ...]:
    """``analyses``, each with the name of the first rule that fits; none: its type stays.

    For analyses that carry their built-in type, so after an engine wrote and highlights are chosen.
    """
    return tuple(replace(analysis, type=_name(analysis, rules)) for analysis in analyses)


def _name(analysis: FileAnalysis, rules: tuple[TypeRule, ...]) -> str:
    return next((rule.name for rule in rules if _fits(analysis, rule)), analysis.type)


def _fits(analysis: FileAnalysis, rule: TypeRule) -> bool:
    """Whether all of the conditions that the rule has are met."""
    change = analysis.change
    return (
        (not rule.classes or analysis.type in rule.classes)
        and (not rule.statuses or change.status in rule.statuses)
        and (not rule.paths or change.path in compile_globs(rule.paths))
        and (not rule.findings or _has_finding(analysis, rule.findings))
    )


def _has_finding(analysis: FileAnalysis, wanted: tuple[str, ...]) -> bool:
    return any(
        fnmatchcase(finding.kind, pattern) for finding in analysis.findings for pattern in wanted
    )
