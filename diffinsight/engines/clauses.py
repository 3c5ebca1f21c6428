"""Findings put together into what is told in one sentence, the most important first."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from diffinsight.engines.audience import is_included
from diffinsight.engines.passages import Passage, put_together
from diffinsight.engines.urgency import changes_default, changes_figure, is_slight, urgency
from diffinsight.matching.weight import Weight
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
    "heading-added",
    "heading-removed",
    "section-moved",
    "redirect-removed",
    "link-broken",
    "availability-changed",
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
    "listing-extended",
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
    "heading-renamed",
    "toc-entry-removed",
    "toc-entry-added",
    "toc-entry-renamed",
    "toc-entry-moved",
    "tab-removed",
    "tab-added",
    "zone-removed",
    "zone-added",
    "zone-changed",
    "heading-moved",
    "heading-demoted",
    "heading-promoted",
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
    "include-removed",
    "include-added",
    "include-changed",
    "link-retargeted",
    "link-added",
    "link-removed",
    "link-text-changed",
    "image-added",
    "image-removed",
    "image-changed",
    "alt-text-changed",
    "lightbox-added",
    "lightbox-removed",
    "redirect-changed",
    "redirect-added",
    "toc-entry-retargeted",
    "toc-entry-changed",
    "setting-changed",
    "setting-added",
    "setting-removed",
    "content-moved",
    "anchor-removed",
    "anchor-added",
    "tab-renamed",
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
    "footnote-renumbered",
    "comment-changed",
    "mode-changed",
)
# Told section by section: what matters to a reader is where the text changed.
TEXT = frozenset(
    f"{block}-{change}"
    for block in ("paragraph", "list-item")
    for change in ("added", "removed", "changed")
)
# One finding per place; told once with the count of places.
_PER_PLACE = frozenset(
    {
        "term-replaced",
        "typo-fixed",
        "case-changed",
        "version-changed",
        "value-changed",
        "footnote-renumbered",
    }
)
_RANK = {kind: rank for rank, kind in enumerate(ORDER)}
# A text that says something as urgent is told as early as a finding of this kind.
_AS_URGENT = {
    Weight.END: "deprecation-announced",
    Weight.FIGURE: "value-changed",
    Weight.RULE: "value-changed",
}
_SLIGHT = ("step-", "note-", "table-row-", "code-")
_NOTABLE = IMPACTS.index("notable")
_LONG = 200  # words of a file that pages take in: as much as a section of theirs


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """Passages of one kind and impact that are told together; at least one."""

    passages: tuple[Passage, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(passage.finding for passage in self.passages)

    @property
    def kind(self) -> str:
        return self.passages[0].finding.kind

    @property
    def impact(self) -> Impact:
        return self.passages[0].finding.impact

    @property
    def section(self) -> str | None:
        """The heading all of them are under."""
        sections = {finding.values.get("section") for finding in self.findings}
        only = sections.pop()
        return only if isinstance(only, str) and not sections else None


def rank(finding: Finding) -> tuple[int, int]:
    """Where a finding stands: lower is told earlier."""
    if finding.kind == "page-added" and is_included(finding.subject):
        long = weight((finding,)) >= _LONG
        return _NOTABLE, _RANK["heading-added" if long else "table-added"]
    if finding.kind == "page-added":
        return -1, 0  # what is wrong with a new page comes after what it is
    return _in_order(finding)


def _in_order(finding: Finding) -> tuple[int, int]:
    """By impact, then by kind; texts by what they say."""
    impact = IMPACTS.index(finding.impact)
    kind = finding.kind
    if kind in TEXT and finding.impact == "minor" and urgency(finding) in _AS_URGENT:
        return _NOTABLE, _RANK[_AS_URGENT[urgency(finding)]]
    if impact == _NOTABLE and kind.startswith(_SLIGHT) and is_slight(finding):
        impact += 1
    if kind == "table-row-changed" and (changes_default(finding) or changes_figure(finding)):
        kind = "value-changed"
    if kind == "code-changed" and finding.values.get("commands"):
        kind = "table-column-removed"  # whoever ran the old command will run the new one
    if kind == "heading-renamed" and finding.values.get("level") == 1 and not is_slight(finding):
        kind = "table-column-removed"  # the page has another title
    if _is_title(finding):
        kind = "term-replaced"  # read in search results and tabs before any text
    if finding.values.get("text_stays"):
        kind = "heading-moved"  # nothing is said that was not said before
    if kind == "content-moved" and finding.values.get("row_names"):
        kind = "heading-added"  # what its own section has is in another one now
    return impact, _RANK.get(kind, len(ORDER))


def gather(findings: Iterable[Finding], *, but: Collection[int] = ()) -> tuple[Clause, ...]:
    """Clauses over ``findings``, the most important first; otherwise in the order of the file.

    ``but`` are the ids of findings that are told elsewhere.
    """
    groups: dict[Hashable, list[Passage]] = {}
    for passage in put_together(tuple(findings), but):
        if id(passage.finding) not in but:
            carried = tuple(item for item in passage.carried if id(item) not in but)
            told = replace(passage, carried=carried)
            groups.setdefault(_topic(passage.finding), []).append(told)
    clauses = (Clause(passages=_ordered(_once(group))) for group in groups.values())
    return tuple(sorted(clauses, key=_importance))


def _ordered(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """What says more first, and terms by how often they were replaced; else as in the file."""
    return tuple(
        sorted(passages, key=lambda passage: (rank(passage.finding), -_times(passage.finding)))
    )


def _times(finding: Finding) -> int:
    count = finding.values.get("count")
    return count if finding.kind == "term-replaced" and isinstance(count, int) else 0


def _once(passages: Iterable[Passage]) -> Iterator[Passage]:
    told = set()
    for passage in passages:
        if passage.finding.kind not in _PER_PLACE:
            yield passage
            continue
        finding = passage.finding
        same = (finding.subject, finding.before, finding.after)
        if same not in told:
            told.add(same)
            yield passage


def _topic(finding: Finding) -> Hashable:
    section = str(finding.values.get("section")) if finding.kind in TEXT else ""
    title = finding.kind == "heading-renamed" and finding.values.get("level") == 1
    return finding.kind, finding.impact, section, title or _is_title(finding)


def _is_title(finding: Finding) -> bool:
    return finding.kind == "front-matter-changed" and finding.subject.casefold() == "title"


def _importance(clause: Clause) -> tuple[int, int, int]:
    return (*min(map(rank, clause.findings)), -weight(clause.findings))


def is_kept(findings: Iterable[Finding]) -> bool:
    """Whether the words of what came or went stand in the other version, too."""
    return all(finding.values.get("text_stays") for finding in findings)


def weight(findings: Sequence[Finding]) -> int:
    """How much text findings are about, in words where known."""
    return sum(_size(finding) for finding in findings)


def _size(finding: Finding) -> int:
    keys = ("words", "words_added", "words_removed", "lines", "count")
    sizes = (finding.values.get(key) for key in keys)
    return sum(size for size in sizes if isinstance(size, int)) or 1
