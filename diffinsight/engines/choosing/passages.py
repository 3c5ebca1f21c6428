"""Findings about the same lines put together, so that each change is told once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from diffinsight.engines.choosing.covering import Covering, covers
from diffinsight.engines.choosing.retold import Retold
from diffinsight.matching.phrases import phrases
from diffinsight.matching.sentences import changed_sentences
from diffinsight.models import Finding, Json, LineRange

_BLOCKS = ("paragraph", "list-item", "step", "note", "table-row", "html")
_CHANGED = frozenset(f"{block}-changed" for block in (*_BLOCKS, "code"))
_WHOLE = frozenset(f"{block}-{change}" for block in _BLOCKS for change in ("added", "removed"))
# Told in the sentence about the block they stand in.
_CARRIED = frozenset(
    {
        "link-added",
        "link-removed",
        "link-retargeted",
        "link-text-changed",
        "image-added",
        "image-removed",
        "image-changed",
        "alt-text-changed",
        "typo-fixed",
        "formatting-changed",
        "case-changed",
        "punctuation-changed",
    }
)
# Facts read out of a block's words: where they say all of its change, the block is not told.
_FACTS = frozenset(
    {
        "term-replaced",
        "version-changed",
        "value-changed",
        "availability-changed",
        "deprecation-announced",
        "deprecation-withdrawn",
        "option-renamed",
        "typo-fixed",
        "case-changed",
    }
)

_FIGURES = frozenset({"value-changed", "version-changed"})
Edit = tuple[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A finding, the ones told along with it, and the differences that are left to tell."""

    finding: Finding
    carried: tuple[Finding, ...] = ()
    edits: tuple[Edit, ...] = ()  # before, after
    more_edits: int = 0


def put_together(findings: Sequence[Finding], told: Collection[int] = ()) -> tuple[Passage, ...]:
    """All findings, each one in one passage; facts and blocks that repeat each other once.

    ``told`` are the ids of facts that are told elsewhere, and so need no table row to show them.
    """
    carriers = (_CHANGED | _WHOLE | {"link-retargeted"}) - {"code-changed"}
    blocks = [finding for finding in findings if finding.kind in carriers]
    covering = Covering(blocks)
    parts = {id(term) for term in findings if _is_part(term, covering)}
    by_row = (_shown_by_rows(findings) | parts) - set(told)
    facts = [
        finding for finding in findings if finding.kind in _FACTS and id(finding) not in by_row
    ]
    carriers_of = _Carriers(blocks)
    carried: dict[int, list[Finding]] = {}
    standing = []
    retold = Retold(findings)
    for finding in findings:
        if id(finding) in by_row or retold.has(finding):
            continue
        carrier = carriers_of(finding)
        if carrier is None:
            standing.append(finding)
        else:
            carried.setdefault(id(carrier), []).append(finding)
    own = _within_blocks(facts, standing)
    names = {(f.after_lines, f.before, f.after) for f in findings if f.kind == "option-renamed"}
    passages = (
        _passage(_nameless(finding, names), carried.get(id(finding), ()), own.get(id(finding), ()))
        for finding in standing
    )
    return tuple(passage for passage in passages if passage is not None)


def _nameless(row: Finding, names: Collection[tuple[LineRange | None, Json, Json]]) -> Finding:
    """A row without the cell of its option's name, whose change is told with the option."""
    cells = row.values.get("cells")
    if not names or row.kind != "table-row-changed" or not isinstance(cells, tuple):
        return row
    left = tuple(
        cell
        for cell in cells
        if not isinstance(cell, Mapping)
        or (row.after_lines, *(str(cell.get(s)).replace("`", "") for s in ("before", "after")))
        not in names
    )
    return replace(row, values={**row.values, "cells": left}) if left else row


def _within_blocks(
    facts: Iterable[Finding], standing: Iterable[Finding]
) -> Mapping[int, Sequence[Finding]]:
    """The facts that stand in each block that changed, by its id."""
    changed = Covering(finding for finding in standing if finding.kind in _CHANGED)
    own: dict[int, list[Finding]] = {}
    for fact in facts:
        for block in changed.around(fact):
            own.setdefault(id(block), []).append(fact)
    return own


def _shown_by_rows(findings: Sequence[Finding]) -> set[int]:
    """The ids of facts that a table row shows, and of blocks that an announcement quotes."""
    rows: dict[int, list[Finding]] = {}
    for row in findings:
        first, last = row.after_lines or row.before_lines or (1, 0)
        if row.kind == "table-row-changed":
            for line in range(first, last + 1):
                rows.setdefault(line, []).append(row)
    shown = set()
    for finding in findings:
        line = (finding.after_lines or finding.before_lines or (0, 0))[0]
        beside = rows.get(line, ()) if finding.kind in _FIGURES else ()
        if any(_shows(row, finding) for row in beside):
            shown.add(id(finding))
    return shown | _quoted(findings)


def _quoted(findings: Sequence[Finding]) -> set[int]:
    """The ids of blocks that an announcement quotes."""
    whole = Covering(finding for finding in findings if finding.kind in _WHOLE)
    ends = (finding for finding in findings if finding.kind.startswith("deprecation-"))
    return {id(block) for end in ends for block in whole.around(end) if _quotes(end, block)}


def _is_part(term: Finding, blocks: Covering) -> bool:
    """Whether a word was exchanged in one place, in a sentence that is told as another one."""
    if term.kind != "term-replaced" or term.values.get("count", 1) != 1:
        return False
    sides = (term.before or "", term.after or "")
    return any(
        phrase.whole and len(phrase.edits) > 1
        for block in blocks.around(term)
        if block.before and block.after
        for old, new in changed_sentences(block.before, block.after)
        if old and new and sides[0] in old and sides[1] in new
        for phrase in phrases(old, new)
    )


def _shows(row: Finding, fact: Finding) -> bool:
    """Whether a table row says by its own name what a value or version in it became."""
    if row.kind != "table-row-changed" or fact.kind not in _FIGURES or not covers(row, fact):
        return False
    return any(_holds(fact, edit) for edit in edits_of(row.values))


def _quotes(fact: Finding, block: Finding) -> bool:
    """Whether an announcement is all that a block around it says."""
    if not fact.kind.startswith("deprecation-") or block.kind not in _WHOLE:
        return False
    told, said = (fact.after, block.after) if block.after else (fact.before, block.before)
    return bool(said) and said == told


def _holds(fact: Finding, edit: Edit) -> bool:
    return (fact.before or "") in edit[0] and (fact.after or "") in edit[1]


class _Carriers:
    """The blocks that findings are told along with."""

    def __init__(self, blocks: Sequence[Finding]) -> None:
        self._links: dict[tuple[str | None, LineRange | None], Finding] = {}
        for block in blocks:
            if block.kind == "link-retargeted":
                self._links.setdefault((block.subject, block.after_lines), block)
        self._around = Covering(block for block in blocks if block.kind != "link-retargeted")

    def __call__(self, finding: Finding) -> Finding | None:
        """The block around ``finding``, or else the link whose text it is about."""
        if finding.kind not in _CARRIED or finding.impact == "breaking":
            return None
        block = next(iter(self._around.around(finding)), None)
        if block is None and finding.kind == "link-text-changed":
            return self._links.get((finding.subject, finding.after_lines))
        return block


def _passage(
    finding: Finding, carried: Sequence[Finding], own: Sequence[Finding]
) -> Passage | None:
    """None when its ``own`` facts say everything that is to say about a block."""
    edits = edits_of(finding.values)
    more = finding.values.get("more_edits")
    if finding.kind not in _CHANGED:
        return Passage(finding=finding, carried=tuple(carried), edits=edits)
    carried = [item for item in carried if not _went_along(item, edits)]
    left = _worded(
        edit
        for edit in edits
        if not any(_says(fact, edit) for fact in own)
        and not any(_is_link(item, edit) for item in carried)
    )
    if edits and not left and not more and not carried:
        return None
    return Passage(
        finding=finding,
        carried=tuple(item for item in carried if not _told_by_edits(item, edits)),
        edits=left,
        more_edits=more if isinstance(more, int) else 0,
    )


def _is_link(item: Finding, edit: Edit) -> bool:
    """Whether what came or went is the text of a link, which is told with its target."""
    sides = {"link-removed": edit, "link-added": (edit[1], edit[0])}
    here, there = sides.get(item.kind, ("", ""))
    return bool(here) and not there and _bare(here) == _bare(str(item.values.get("text")))


def _went_along(item: Finding, edits: Iterable[Edit]) -> bool:
    """Whether a link went with words around it that are told as gone."""
    text = _bare(str(item.values.get("text") or ""))
    return (
        item.kind == "link-removed"
        and bool(text)
        and any(not new and text in _bare(old) and text != _bare(old) for old, new in edits)
    )


def _bare(text: str) -> str:
    return " ".join(text.replace("`", "").casefold().split()).strip(" .,;:*()")


def _worded(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """``edits`` without those of punctuation alone, unless there are no others."""
    listed = tuple(edits)
    worded = tuple(edit for edit in listed if any(map(str.isalnum, "".join(edit))))
    return worded or listed


def _says(fact: Finding, edit: Edit) -> bool:
    """Whether the fact holds the whole difference."""
    before, after = (text.strip("`* ") for text in edit)
    if fact.kind == "availability-changed":
        before, after = (_unstaged(text, fact) for text in (before, after))
        return before == after
    if fact.kind == "version-changed" and fact.before and before:
        return before.replace(fact.before, fact.after or "") == after
    return before in (fact.before or "") and after in (fact.after or "")


def _unstaged(text: str, fact: Finding) -> str:
    """A name without the mark of the stage that ``fact`` tells of."""
    for stage in filter(None, (fact.before, fact.after)):
        text = re.sub(rf"(?i)\s*[(（]?{re.escape(stage)}[)）]?", "", text)  # noqa: RUF001 - East Asian marks are meant
    return text


def _told_by_edits(item: Finding, edits: Sequence[Edit]) -> bool:
    """A link's or an image's changed words are among the words of its block."""
    if item.kind not in {"link-text-changed", "formatting-changed", "punctuation-changed"}:
        return any(_says(item, edit) for edit in edits) and item.kind.endswith(("fixed", "case"))
    return bool(edits)


def edits_of(values: Mapping[str, Json]) -> tuple[Edit, ...]:
    """Word-level differences as a finding holds them."""
    edits = values.get("edits") or values.get("cells")  # the cells of a table row that changed
    return tuple(
        (str(edit.get("before") or ""), str(edit.get("after") or ""))
        for edit in (edits if isinstance(edits, tuple | list) else ())
        if isinstance(edit, Mapping)
    )


def places_of(places: Json) -> Iterator[tuple[str, int]]:
    """Path and line of each place that a finding lists."""
    for place in places if isinstance(places, tuple | list) else ():
        if isinstance(place, Mapping):
            line = place.get("line")
            yield str(place.get("path")), line if isinstance(line, int) else 0
