"""Explicit anchors and tabs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.detectors.comparison.telling import known, lines_of, tell
from diffinsight.models import Finding, Values
from diffinsight.outline.model import Anchor, Block, BlockKind

HELD: dict[BlockKind, str] = {
    "paragraph": "paragraphs",
    "item": "items",
    "step": "steps",
}  # told with their tab
ENDS = frozenset({"tab", "heading"})  # of what a tab shows


def find(file: Comparison, whole: Whole) -> Iterator[Finding]:
    if not file.compared:
        return
    before = {anchor.name: anchor for anchor in reversed(file.before.anchors)}
    after = {anchor.name: anchor for anchor in reversed(file.after.anchors)}
    renamed = _heading_anchors(file)
    for name, anchor in before.items():
        if name not in after and name not in renamed and _is_there(anchor, file, old=True):
            yield from _removed(file, anchor, whole)
    for name, anchor in after.items():
        if anchor.kind == "tab":
            continue  # readers see the tab
        if name not in before and name not in renamed and _is_there(anchor, file, old=False):
            yield _added(anchor)
    tabs = (pair for pair in file.pairs if pair.block.kind == "tab")
    alone = [pair for pair in tabs if pair.both or not whole.moves.take_along(pair.block)]
    shown = whole.shown_tabs(file)
    for told in _tabs(file, alone):
        path = shown.get(told.subject) if told.kind == "tab-removed" else None
        values: Values = {**told.values, "direction": "to", "path": path} if path else told.values
        yield replace(told, values=values)


def _heading_anchors(file: Comparison) -> set[str]:
    """Anchors that are told with their headings: added, removed or renamed ones."""
    told: set[str] = set()
    for pair in file.sections:
        old = pair.before.heading if pair.before else None
        new = pair.after.heading if pair.after else None
        if old is None or new is None or old.text != new.text:
            told |= {heading.anchor for heading in (old, new) if heading and heading.anchor}
    return told


def _is_there(anchor: Anchor, file: Comparison, *, old: bool) -> bool:
    """In a hunk, only anchors on changed lines came or went."""
    return not file.partial or anchor.line in (file.removed if old else file.added)


def _removed(file: Comparison, anchor: Anchor, whole: Whole) -> Iterator[Finding]:
    links = whole.links_to_anchor(file, anchor.name)
    if anchor.kind == "tab" and not links.count:
        return
    yield Finding(
        kind="anchor-removed",
        subject=anchor.name,
        impact="breaking" if links.count else "minor",
        before_lines=(anchor.line, anchor.line),
        values=known(anchor_kind=anchor.kind, **links.values()),
    )


def _added(anchor: Anchor) -> Finding:
    return Finding(
        kind="anchor-added",
        subject=anchor.name,
        impact="minor",
        after_lines=(anchor.line, anchor.line),
        values={"anchor_kind": anchor.kind},
    )


def _tabs(file: Comparison, pairs: list[Pair]) -> Iterator[Finding]:
    """Tabs that came, went, or have another title or another ID."""
    pairs = list(_as_sets(pairs))
    gone = [pair for pair in pairs if not pair.after]
    for pair in pairs:
        if pair.both:
            yield from _kept(pair, *pair.both)
            continue
        old = pair.after and next((p for p in gone if p.block.text == pair.block.text), None)
        if old and old.before and pair.after:
            gone.remove(old)
            both = replace(pair, before=old.before)
            if old.before.anchor == pair.after.anchor:
                yield tell("content-moved", both, "minor", values={"block": "tab"})
            else:
                yield from _kept(both, old.before, pair.after)
        elif pair.after:
            yield _with_content(_one_sided("tab-added", pair), pair.after, file)
    yield from (_one_sided("tab-removed", pair) for pair in gone)


def _as_sets(pairs: list[Pair]) -> Iterator[Pair]:
    """The pairs; a tab called like one that is new elsewhere came as that one did."""
    stood = {pair.before.text for pair in pairs if pair.before}
    came = {pair.block.text for pair in pairs if not pair.before} - stood
    for pair in pairs:
        if pair.both and pair.block.text in came:
            yield replace(pair, after=None, section=pair.section_before)
            yield replace(pair, before=None)
        else:
            yield pair


def _with_content(told: Finding, tab: Block, file: Comparison) -> Finding:
    """A new tab with the texts that came with it, up to the next one or to what was there."""
    below = (block for block in file.after.blocks if block.first > tab.first)
    held = list(takewhile(lambda b: b.first in file.added and b.kind not in ENDS, below))
    first = next((block.text for block in held if block.kind == "paragraph"), None)
    lines = (tab.first, held[-1].last) if held else told.after_lines
    kinds = Counter(block.kind for block in held if block.kind in HELD)
    several = kinds.total() > 1  # a lone text is quoted
    counts = {plural: kinds[kind] or None for kind, plural in HELD.items() if several}
    return replace(told, after_lines=lines, values={**told.values, **known(text=first, **counts)})


def _kept(pair: Pair, old: Block, new: Block) -> Iterator[Finding]:
    if old.text != new.text:
        yield tell(
            "tab-renamed", pair, "notable", subject=new.text, before=old.text, after=new.text
        )
    elif old.anchor != new.anchor:
        values: Values = {"ids": True}
        yield tell(
            "tab-renamed", pair, "minor", subject=new.text, before=old.anchor, after=new.anchor,
            values=values,
        )  # fmt: skip


def _one_sided(kind: str, pair: Pair) -> Finding:
    return Finding(
        kind=kind,
        subject=pair.block.text,
        impact="notable",
        values=known(section=pair.section, anchor=pair.block.anchor),
        **lines_of(pair),
    )
