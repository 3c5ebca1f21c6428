"""One file of a range, its two versions matched: what the detectors look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from diffinsight.detectors.comparison.changed_pairs import MOST_PAIRS, changed_pairs
from diffinsight.detectors.pairing.bold_headings import bold_headings
from diffinsight.detectors.pairing.inlined import find_inlined, mark_inlined
from diffinsight.detectors.pairing.kept import Kept
from diffinsight.detectors.pairing.moved_blocks import find_moved, passed_by_heading
from diffinsight.detectors.pairing.passes import match_blocks
from diffinsight.detectors.pairing.rendered import find_rendered
from diffinsight.detectors.pairing.sections import find_rewritten, pair_sections
from diffinsight.detectors.pairing.settled import settled
from diffinsight.detectors.pairing.spans import swallowed
from diffinsight.detectors.reading.model import (
    BlockPairs,
    Comparison,
    Pair,
    Rendered,
    SectionPair,
)
from diffinsight.detectors.reading.sides import Sides, sides
from diffinsight.models import FileChange
from diffinsight.outline import FileKind, file_kind, read
from diffinsight.outline.model import Block, Outline
from diffinsight.outline.navigation import is_markdown_toc
from diffinsight.outline.sidebars import is_sidebar, read_sidebar

__all__ = ["Comparison", "Pair", "compare"]


def compare(change: FileChange) -> Comparison:
    """Match the two versions of a file."""
    known = sides(change)
    if _is_contents(change.path, known):
        comparison = _unmatched(change, known, kind="data")
    else:
        before = read(change.previous_path or change.path, known.before, partial=known.partial)
        after = read(change.path, known.after, partial=known.partial)
        kind = _kind(change.path, before, after)
        comparison = replace(_unmatched(change, known, kind=kind), before=before, after=after)
    if not comparison.compared or not (comparison.before.sections or comparison.after.sections):
        return comparison
    return _matched(comparison)


def _is_contents(path: str, known: Sides) -> bool:
    """Whether the file is a table of contents, though it is written as a page or as code."""
    return is_markdown_toc(path, (*known.before, *known.after)) or (
        is_sidebar(path) and read_sidebar(known.after) is not None
    )


def _kind(path: str, before: Outline, after: Outline) -> FileKind:
    """What the path promises; data that holds a page, such as questions and answers, is one."""
    kind = file_kind(path)
    return "page" if kind == "data" and (before.blocks or after.blocks) else kind


def _unmatched(change: FileChange, known: Sides, *, kind: FileKind) -> Comparison:
    return Comparison(
        change=change,
        kind=kind,
        partial=known.partial,
        removed=known.removed,
        added=known.added,
        before_text=known.before,
        after_text=known.after,
    )


def _matched(comparison: Comparison) -> Comparison:
    """Sections first, then their blocks, then what became of each."""
    before, after = comparison.before, comparison.after
    changed = (comparison.removed, comparison.added)
    kept = Kept.of(*changed)
    all_sections = pair_sections(before.sections, after.sections, kept)
    blocks = match_blocks(all_sections, before.blocks, after.blocks, kept)
    rendered = find_rendered(
        (before, after),
        (comparison.before_text, comparison.after_text),
        changed,
        partial=comparison.partial,
    )
    sections = tuple(pair for pair in all_sections if not _stayed(pair, kept, rendered))
    promoted, demoted = bold_headings(sections, blocks, kept)
    blocks = _without(blocks, [*promoted.values(), *demoted.values()])
    moved = find_moved(blocks, sections, changed)
    gone, came = swallowed(blocks, sections, changed, moved)
    moved |= passed_by_heading(blocks, sections, changed)
    matched = replace(
        comparison,
        sections=sections,
        promoted=promoted,
        demoted=demoted,
        gone=gone,
        came=came,
        rendered=rendered,
        rewritten={} if comparison.partial else find_rewritten(sections),
    )
    pairs = tuple(settled(changed_pairs(matched, blocks, moved), rendered, changed))
    inlined = find_inlined(pairs[:MOST_PAIRS], sections, kept)
    return replace(
        matched,
        pairs=mark_inlined(pairs[:MOST_PAIRS], inlined),
        left_out=len(pairs[MOST_PAIRS:]),
        inlined=inlined,
    )


def _stayed(pair: SectionPair, kept: Kept, rendered: Iterable[Rendered]) -> bool:
    """Whether a heading that only one version has stands on lines that both have.

    A fence that came above it makes it code; nobody took it out.
    """
    old, new = (side.heading if side else None for side in (pair.before, pair.after))
    if old and new:
        return False
    shown = any(
        (old and old.first in run.old) or (new and new.first in run.new) for run in rendered
    )
    return shown or kept.untouched(old, new)


def _without(pairs: BlockPairs, told: Iterable[Block]) -> BlockPairs:
    """``pairs`` without the bold lines that are told with the headings they are in one version."""
    ids = {id(block) for block in told}
    return [pair for pair in pairs if ids.isdisjoint(map(id, pair))]
