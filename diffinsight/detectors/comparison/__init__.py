"""One file of a range, its two versions matched: what the detectors look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from diffinsight.detectors.comparison.blocks import pair_blocks
from diffinsight.detectors.comparison.sections import SectionPair, pair_sections
from diffinsight.detectors.comparison.sides import Lines, sides
from diffinsight.matching.words import Edit, edits
from diffinsight.models import FileChange
from diffinsight.outline import FileKind, file_kind, read
from diffinsight.outline.model import Block, Fragment, Outline


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """A block in both versions, or in the one that has it; only those that changed."""

    before: Block | None
    after: Block | None
    section: str = ""  # heading it stands under now
    section_before: str = ""
    moved: bool = False
    edits: tuple[Edit, ...] = ()
    inside: bool = False  # all of its section, note or table came or went with it

    @property
    def block(self) -> Block:
        """The new version, or else the old one."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a pair has at least one side")
        return found

    @property
    def both(self) -> tuple[Block, Block] | None:
        return (self.before, self.after) if self.before and self.after else None

    @property
    def before_lines(self) -> tuple[int, int] | None:
        return self.before.lines if self.before else None

    @property
    def after_lines(self) -> tuple[int, int] | None:
        return self.after.lines if self.after else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """A changed file: both outlines, and which part of one is which of the other."""

    change: FileChange
    kind: FileKind
    partial: bool = False
    before: Outline = Outline()
    after: Outline = Outline()
    sections: tuple[SectionPair, ...] = ()
    pairs: tuple[Pair, ...] = ()
    removed: Lines
    added: Lines
    before_text: tuple[Fragment, ...] = ()
    after_text: tuple[Fragment, ...] = ()

    @property
    def path(self) -> str:
        return self.change.path

    @property
    def before_path(self) -> str:
        return self.change.previous_path or self.change.path

    @property
    def compared(self) -> bool:
        """Whether the file has two versions; a new or removed file has one."""
        return self.change.status not in {"added", "removed"}


def compare(change: FileChange) -> Comparison:
    """Match the two versions of a file."""
    known = sides(change)
    path = change.path
    before = read(change.previous_path or path, known.before, partial=known.partial)
    after = read(path, known.after, partial=known.partial)
    comparison = Comparison(
        change=change,
        kind=file_kind(path),
        partial=known.partial,
        before=before,
        after=after,
        removed=known.removed,
        added=known.added,
        before_text=known.before,
        after_text=known.after,
    )
    if not comparison.compared or not (before.sections or after.sections):
        return comparison
    sections = tuple(pair_sections(before.sections, after.sections))
    return replace(comparison, sections=sections, pairs=tuple(_pairs(comparison, sections)))


def _pairs(comparison: Comparison, sections: Sequence[SectionPair]) -> Iterable[Pair]:
    old_names = _section_names(comparison.before)
    new_names = _section_names(comparison.after)
    all_pairs = pair_blocks(sections)
    moved = _moved(all_pairs, comparison)
    swallowed = _swallowed(all_pairs, sections)
    found = []
    for before, after in all_pairs:
        if before and after and before.source == after.source and (before, after) not in moved:
            continue
        old_section = old_names.get(before.first, "") if before else ""
        pair = Pair(
            before=before,
            after=after,
            section_before=old_section,
            section=new_names.get(after.first, "") if after else old_section,
            moved=bool(before and after and (before, after) in moved),
            edits=_edits(before, after),
            inside=_is_swallowed(before, after, swallowed),
        )
        found.append(pair)
    found.sort(key=_place)
    return found


def _place(pair: Pair) -> tuple[int, int, int]:
    return (
        pair.after.first if pair.after else pair.block.first,
        pair.after is not None,
        pair.before.first if pair.before else 0,
    )


def _section_names(outline: Outline) -> dict[int, str]:
    return {
        block.first: section.heading.text if section.heading else ""
        for section in outline.sections
        for block in section.blocks
    }


def _edits(before: Block | None, after: Block | None) -> tuple[Edit, ...]:
    return edits(before.text, after.text) if before and after and before.kind != "meta" else ()


Both = tuple[Block, Block]


def _moved(pairs: Iterable[tuple[Block | None, Block | None]], comparison: Comparison) -> set[Both]:
    """Pairs that git shows as taken out and put in, at places that are not the same."""
    both = sorted(((b, a) for b, a in pairs if b and a), key=lambda pair: pair[0].first)
    exchanged = [
        b.kind != "meta" and b.first in comparison.removed and a.first in comparison.added
        for b, a in both
    ]
    ahead = _next_kept(both, exchanged)
    found = set()
    last = 0
    for index, (b, a) in enumerate(both):
        if not exchanged[index]:
            last = max(last, a.first)
        elif not last < a.first < ahead[index]:
            found.add((b, a))
    return found | _crossing(both, exchanged, found)


def _next_kept(both: Sequence[Both], exchanged: Sequence[bool]) -> list[int]:
    """For each pair, the new line of the nearest pair after it that stayed in its place."""
    ahead = [0] * len(both)
    following = 1 << 60
    for index in range(len(both) - 1, -1, -1):
        ahead[index] = following
        if not exchanged[index]:
            following = min(following, both[index][1].first)
    return ahead


def _crossing(both: Sequence[Both], exchanged: Sequence[bool], found: set[Both]) -> set[Both]:
    """Exchanged pairs that change their order among themselves between the same neighbours."""
    crossing = set()
    highest = 0
    for index, pair in enumerate(both):
        if not exchanged[index] or pair in found:
            continue
        if pair[1].first < highest:
            crossing.add(pair)
        highest = max(highest, pair[1].first)
    return crossing


Span = tuple[int, int]


def _swallowed(
    pairs: Iterable[tuple[Block | None, Block | None]], sections: Iterable[SectionPair]
) -> tuple[list[Span], list[Span]]:
    """Lines of the sections, notes and tables that came or went as a whole."""
    gone: list[Span] = []
    new: list[Span] = []
    for before, after in pairs:
        block = before or after
        if block and not (before and after) and block.kind in {"note", "table"}:
            (gone if before else new).append((block.first + 1, max(block.end, block.last)))
    for section in sections:
        if section.before and not section.after and section.before.heading:
            gone.append((section.before.heading.first + 1, section.before.heading.end))
        if section.after and not section.before and section.after.heading:
            new.append((section.after.heading.first + 1, section.after.heading.end))
    return sorted(gone), sorted(new)


def _is_swallowed(
    before: Block | None, after: Block | None, spans: tuple[list[Span], list[Span]]
) -> bool:
    if before and after:
        return False
    block = before or after
    where = spans[0] if before else spans[1]
    return block is not None and any(first <= block.first <= last for first, last in where)
