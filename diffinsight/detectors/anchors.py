"""Explicit anchors and tabs."""

from __future__ import annotations

from collections.abc import Iterator

from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.detectors.comparison.telling import known, lines_of, tell
from diffinsight.detectors.comparison.whole import Whole
from diffinsight.models import Finding
from diffinsight.outline.model import Anchor


def find(file: Comparison, whole: Whole) -> Iterator[Finding]:
    if not file.compared:
        return
    before = {anchor.name: anchor for anchor in reversed(file.before.anchors)}
    after = {anchor.name: anchor for anchor in reversed(file.after.anchors)}
    renamed = _heading_anchors(file)
    for name, anchor in before.items():
        if name not in after and name not in renamed and _is_there(anchor, file, old=True):
            yield _removed(file, anchor, whole)
    for name, anchor in after.items():
        if name not in before and name not in renamed and _is_there(anchor, file, old=False):
            yield _added(anchor)
    for pair in file.pairs:
        if pair.block.kind == "tab":
            yield from _tab(pair, before, after)


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


def _removed(file: Comparison, anchor: Anchor, whole: Whole) -> Finding:
    links = whole.links_to_anchor(file, anchor.name)
    return Finding(
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


def _tab(pair: Pair, before: dict[str, Anchor], after: dict[str, Anchor]) -> Iterator[Finding]:
    block = pair.block
    if pair.both:
        old, new = pair.both
        if old.text != new.text:
            yield tell(
                "tab-renamed", pair, "notable", subject=new.text, before=old.text, after=new.text
            )
        return
    here, there = (after, before) if pair.after else (before, after)
    told = block.anchor in here and here[block.anchor].line == block.first
    if not told or block.anchor in there:
        kind = "tab-added" if pair.after else "tab-removed"
        yield Finding(
            kind=kind,
            subject=block.text,
            impact="notable",
            values=known(section=pair.section, anchor=block.anchor),
            **lines_of(pair),
        )
