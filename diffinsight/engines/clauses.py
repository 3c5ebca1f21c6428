"""Findings put together into what is told in one sentence, the most important first."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from diffinsight.models import Finding, Impact

IMPACTS: tuple[Impact, ...] = ("breaking", "notable", "minor", "noise")

# What a reader wants to hear first; among findings of the same impact.
ORDER = (
    "page-removed",
    "page-moved",
    "page-added",
    "deprecation-announced",
    "option-removed",
    "option-renamed",
    "link-broken",
    "heading-removed",
    "heading-renamed",
    "section-moved",
    "redirect-removed",
    "availability-changed",
    "heading-added",
    "option-added",
    "section-rewritten",
    "deprecation-withdrawn",
    "version-changed",
    "value-changed",
    "table-column-removed",
    "table-column-added",
    "table-removed",
    "table-added",
    "table-row-removed",
    "table-row-added",
    "table-row-changed",
    "step-removed",
    "step-added",
    "step-changed",
    "steps-reordered",
    "note-removed",
    "note-added",
    "note-changed",
    "code-removed",
    "code-added",
    "code-changed",
    "toc-entry-removed",
    "toc-entry-added",
    "toc-entry-renamed",
    "toc-entry-moved",
    "heading-moved",
    "heading-level-changed",
    "asset-removed",
    "asset-added",
    "asset-replaced",
    "asset-moved",
    "file-removed",
    "file-added",
    "file-moved",
    "term-replaced",
    "paragraph-added",
    "paragraph-removed",
    "paragraph-changed",
    "list-item-added",
    "list-item-removed",
    "list-item-changed",
    "link-retargeted",
    "link-added",
    "link-removed",
    "link-text-changed",
    "image-added",
    "image-removed",
    "image-changed",
    "alt-text-changed",
    "redirect-changed",
    "redirect-added",
    "toc-entry-retargeted",
    "toc-entry-changed",
    "setting-changed",
    "content-moved",
    "anchor-removed",
    "anchor-added",
    "table-column-renamed",
    "directive-removed",
    "directive-added",
    "directive-changed",
    "html-changed",
    "front-matter-changed",
    "content-changed",
    "text-changed",
    "typo-fixed",
    "case-changed",
    "punctuation-changed",
    "formatting-changed",
    "reflowed",
    "whitespace-changed",
    "step-renumbered",
    "mode-changed",
)
# Told section by section: what matters to a reader is where the text changed.
TEXT = frozenset(
    f"{block}-{change}"
    for block in ("paragraph", "list-item", "link", "image")
    for change in ("added", "removed", "changed")
) | {"content-moved", "html-changed", "link-text-changed", "alt-text-changed"}
# One finding per place; told once with the count of places.
_PER_PLACE = frozenset({"term-replaced", "typo-fixed", "case-changed"})
_RANK = {kind: rank for rank, kind in enumerate(ORDER)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """Findings of one kind and impact that are told together; at least one."""

    findings: tuple[Finding, ...]

    @property
    def kind(self) -> str:
        return self.findings[0].kind

    @property
    def impact(self) -> Impact:
        return self.findings[0].impact

    @property
    def section(self) -> str | None:
        """The heading all of them are under."""
        sections = {finding.values.get("section") for finding in self.findings}
        only = sections.pop()
        return only if isinstance(only, str) and not sections else None


def rank(finding: Finding) -> tuple[int, int]:
    """Where a finding stands: lower is told earlier."""
    return IMPACTS.index(finding.impact), _RANK.get(finding.kind, len(ORDER))


def gather(findings: Iterable[Finding]) -> tuple[Clause, ...]:
    """Clauses over ``findings``, the most important first; otherwise in the order of the file."""
    groups: dict[Hashable, list[Finding]] = {}
    for finding in _once(findings):
        groups.setdefault(_topic(finding), []).append(finding)
    clauses = (Clause(findings=tuple(group)) for group in groups.values())
    return tuple(sorted(clauses, key=_importance))


def _once(findings: Iterable[Finding]) -> Iterable[Finding]:
    seen = set()
    for finding in findings:
        place = (finding.kind, finding.subject, finding.impact)
        if finding.kind in _PER_PLACE:
            if place in seen:
                continue
            seen.add(place)
        yield finding


def _topic(finding: Finding) -> Hashable:
    section = str(finding.values.get("section")) if finding.kind in TEXT else ""
    return finding.kind, finding.impact, section


def _importance(clause: Clause) -> tuple[int, int, int]:
    return (*rank(clause.findings[0]), -weight(clause.findings))


def weight(findings: Sequence[Finding]) -> int:
    """How much text findings are about, in words where known."""
    keys = ("words", "words_added", "words_removed", "lines", "count")
    total = 0
    for finding in findings:
        sizes = [finding.values.get(key) for key in keys]
        total += sum(size for size in sizes if isinstance(size, int)) or 1
    return total
