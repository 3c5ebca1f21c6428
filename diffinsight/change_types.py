"""The user's own types in place of the four built-in ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fnmatch import fnmatchcase

from diffinsight.globs import compile_globs
from diffinsight.models import FileAnalysis, TypeRule


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
