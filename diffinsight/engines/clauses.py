"""Findings put together into what is told in one sentence, the most important first."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace

from diffinsight.engines.passages import Passage, put_together
from diffinsight.engines.ranking import TEXT, is_metadata_title, is_page_title, rank, size
from diffinsight.engines.urgency import urgency
from diffinsight.models import Finding, Impact

# One finding per place; told once with the count of places.
_PER_PLACE = frozenset(
    {
        "term-replaced",
        "version-changed",
        "value-changed",
        "footnote-renumbered",
    }
)


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
    return tuple(sorted(passages, key=_standing))


def _standing(passage: Passage) -> tuple[tuple[int, int], int, int]:
    finding = passage.finding
    rows = urgency(finding) if finding.kind.startswith("table-row-") else 0  # steps keep theirs
    return rank(finding), -rows, -_times(finding)


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
        # Each table or section has footnotes of its own.
        own = finding.values.get("section") if finding.kind == "footnote-renumbered" else None
        same = (finding.subject, finding.before, finding.after, own)
        if same not in told:
            told.add(same)
            yield passage


def _topic(finding: Finding) -> Hashable:
    section = str(finding.values.get("section")) if finding.kind in TEXT else ""
    title = is_page_title(finding) or is_metadata_title(finding)
    # A heading over text that was there is no new section, and one that was merged not gone.
    own = finding.values.get("into")
    if finding.kind == "heading-added":
        own = bool(finding.values.get("text_stays"))
    return finding.kind, finding.impact, section, title, str(own)


def _importance(clause: Clause) -> tuple[int, int, bool, int]:
    """Of what weighs the same, a value or a row of a table is plainer than a text about it."""
    text = clause.kind.startswith(("paragraph-", "list-item-", "step-", "note-"))
    return (*min(map(rank, clause.findings)), text, -size(clause.findings))


def is_kept(findings: Iterable[Finding]) -> bool:
    """Whether the words of what came or went stand in the other version, too."""
    return all(finding.values.get("text_stays") for finding in findings)


def leads_there_still(findings: Iterable[Finding]) -> bool:
    """Whether they are links that only write the same address in another way."""
    return all(f.kind == "link-retargeted" and f.impact == "noise" for f in findings)
