"""What one file has to tell, parted into what is told as one matter each."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from diffinsight.engines.choosing.clauses import Clause, rewrites_page, standing
from diffinsight.engines.choosing.passages import Edit, Passage
from diffinsight.engines.choosing.ranking import TEXT
from diffinsight.engines.overview.leads import Level, level, place
from diffinsight.engines.overview.matters import findings_of
from diffinsight.models import Finding

_ITEMS = frozenset({"list-item-added", "list-item-removed"})
_PASSAGE = 3  # new texts one below the other: two may be two matters
_MERGED = ("into", "partly_in")  # where the text of a section that went stands
# Steps, sections and examples are counted, too: in all that is told of them they are as many.
_TOGETHER = _ITEMS | {"code-changed", "step-added", "step-removed", "heading-removed"}
_APART = 10  # lines between items that no list has in common


def parted(clauses: Sequence[Clause]) -> list[list[Clause]]:
    """Facts of one kind each, texts one by one, and what is left; the most important first."""
    if rewrites_page(clauses):
        return [list(clauses)]
    parts: dict[Hashable, dict[int, list[Passage]]] = {}
    runs = _runs(clauses)
    for number, clause in enumerate(clauses):
        whole = place(clause.findings)[0] if clause.kind in _TOGETHER else None
        for passage in clause.passages:
            part = parts.setdefault(_matter(passage.finding, clause, runs, whole), {})
            part.setdefault(number, []).append(passage)
    found = (
        sorted((Clause(passages=tuple(them)) for them in part.values()), key=standing)
        for part in parts.values()
    )
    return sorted(found, key=lambda part: place(findings_of(part)))


def _matter(
    finding: Finding, clause: Clause, runs: Mapping[int, int], whole: Level | None
) -> Hashable:
    """What findings of a file have in common that are told as one matter.

    ``runs``: the first line of the new text that each is a part of, by its id; ``whole``: the level
    of all findings of the clause, where they are told together.
    """
    found = level(finding) if whole is None else whole
    if found > Level.RULE:
        return ""
    if id(finding) in runs:
        return runs[id(finding)]
    if clause.kind in _ITEMS:
        return _list(finding, clause)
    if clause.kind in TEXT:
        return id(finding)
    # A section that went is another matter than one whose text stands in others.
    return found, clause.kind, any(name in finding.values for name in _MERGED)


def _runs(clauses: Iterable[Clause]) -> Mapping[int, int]:
    """The first line of each passage of new texts, and of a list with its lead, by their ids."""
    texts = [finding for finding in findings_of(clauses) if finding.kind in TEXT]
    leads = {finding.values.get("led_by") for finding in texts}
    new = [f for f in texts if f.after_lines and (not f.before or f.after in leads)]
    runs: dict[int, list[Finding]] = {}
    first = last = 0
    for finding in sorted(new, key=lambda f: f.after_lines or (0, 0)):
        start, end = finding.after_lines or (0, 0)
        first = first if start <= last + 1 else start
        last = end
        runs.setdefault(first, []).append(finding)
    return {
        id(finding): first
        for first, run in runs.items()
        for finding in run
        if len(run) >= _PASSAGE or leads.intersection(f.after for f in run)
    }


def _list(item: Finding, clause: Clause) -> Hashable:
    """The items that stand near ``item``: those of another list say something of their own."""
    spans = sorted(f.after_lines or f.before_lines or (0, 0) for f in clause.findings)
    here = item.after_lines or item.before_lines or (0, 0)
    starts = (new for old, new in pairwise(spans) if new[0] > old[1] + _APART and new <= here)
    return id(clause), max(starts, default=spans[0])


def once(parts: Iterable[list[Clause]]) -> Iterator[list[Clause]]:
    """``parts`` without passages of which a part before, which is nothing else, tells all."""
    known: set[Edit] = set()
    for part in parts:
        passages = (tuple(p for p in c.passages if not _says(known, p)) for c in part)
        left = [Clause(passages=them) for them in passages if them]
        if left:
            yield left
        if len(left) == 1 and len(left[0].passages) == 1 and len(left[0].passages[0].edits) == 1:
            known |= {edit for p in left[0].passages for edit in map(bare, p.edits) if all(edit)}


def _says(known: Collection[Edit], passage: Passage) -> bool:
    edits = {bare(edit) for edit in passage.edits}
    plain = not (passage.more_edits or passage.carried)
    return plain and bool(edits) and edits <= set(known)


def bare(edit: Edit) -> Edit:
    """Words and what they became, with or without the marks of code."""
    before, after = (side.strip("`\"'") for side in edit)
    return before, after
