"""One file of a range, its two versions matched: what the detectors look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from diffinsight.detectors.comparison.blocks import BlockPairs, pair_blocks
from diffinsight.detectors.comparison.commented import comment_out
from diffinsight.detectors.comparison.gave_way import give_way
from diffinsight.detectors.comparison.in_place import put_in_place
from diffinsight.detectors.comparison.joined import join
from diffinsight.detectors.comparison.kept import Kept
from diffinsight.detectors.comparison.leads import pair_leads
from diffinsight.detectors.comparison.reshaped import CELL, reshape
from diffinsight.detectors.comparison.restated import restate
from diffinsight.detectors.comparison.reunited import is_choice, reunite
from diffinsight.detectors.comparison.rows import in_another_table
from diffinsight.detectors.comparison.sections import (
    SectionPair,
    bold_headings,
    find_rewritten,
    pair_sections,
)
from diffinsight.detectors.comparison.sides import Lines, sides
from diffinsight.detectors.comparison.spans import merged, swallowed, within
from diffinsight.detectors.comparison.split import split
from diffinsight.matching.code_edits import code_edits
from diffinsight.matching.edits import Edit, edits, prose_edits
from diffinsight.models import FileChange
from diffinsight.outline import FileKind, file_kind, read
from diffinsight.outline.model import Block, Fragment, Outline
from diffinsight.outline.navigation import is_markdown_toc
from diffinsight.outline.sidebars import is_sidebar, read_sidebar

Both = tuple[Block, Block]

EMPTY = Outline()
PROSE = frozenset({"paragraph", "item", "step"})  # blocks made of sentences
# Changed blocks of one page that are looked into; nobody reads more, and the rest is told as text.
MOST_PAIRS = 3_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """A block in both versions, or in the one that has it; only those that changed."""

    before: Block | None
    after: Block | None
    section: str = ""  # heading it stands under now
    section_before: str = ""
    moved: bool = False
    edits: tuple[Edit, ...] = ()
    inside: bool = False  # it is told with its section, note or table
    rewritten: bool = False  # so much of its section changed that the section is told

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
    before: Outline = EMPTY
    after: Outline = EMPTY
    sections: tuple[SectionPair, ...] = ()
    pairs: tuple[Pair, ...] = ()
    left_out: int = 0  # changed blocks that were not looked into
    removed: Lines
    added: Lines
    gone: Mapping[int, int] = field(default_factory=dict)  # line of a removed heading, note or
    came: Mapping[int, int] = field(default_factory=dict)  # table → last line that went with it
    rewritten: Mapping[int, int] = field(default_factory=dict)  # line of a heading whose section
    # was written anew → percent of the words that stayed
    promoted: Mapping[int, Block] = field(default_factory=dict)  # line of a new heading → the
    demoted: Mapping[int, Block] = field(default_factory=dict)  # bold line it was; of an old → is
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
    before = after = EMPTY
    contents = is_markdown_toc(path, (*known.before, *known.after)) or (
        is_sidebar(path) and read_sidebar(known.after) is not None
    )
    if not contents:
        before = read(change.previous_path or path, known.before, partial=known.partial)
        after = read(path, known.after, partial=known.partial)
    comparison = Comparison(
        change=change,
        kind="data" if contents else _kind(path, before, after),
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
    kept = Kept.of(known.removed, known.added)
    sections = tuple(pair_sections(before.sections, after.sections, kept))
    all_pairs = pair_leads(pair_blocks(sections, kept), before.blocks, after.blocks)
    all_pairs = join(all_pairs, before.blocks, after.blocks)
    all_pairs = [pair for pair in all_pairs if all(pair) or not kept.untouched(*pair)]
    all_pairs = put_in_place(reunite(split(all_pairs, kept), kept), kept)
    all_pairs = give_way(restate(comment_out(reshape(all_pairs, kept)), kept), kept)
    sections = tuple(pair for pair in sections if not _stayed(pair, kept))
    promoted, demoted = bold_headings(sections, all_pairs, kept)
    told = [*promoted.values(), *demoted.values()]
    all_pairs = [pair for pair in all_pairs if not any(b is block for b in pair for block in told)]
    comparison = replace(comparison, sections=sections, promoted=promoted, demoted=demoted)
    moved = _moved(all_pairs, comparison)
    gone, came = swallowed(all_pairs, sections, (known.removed, known.added), moved)
    rewritten = {} if known.partial else find_rewritten(sections)
    matched = replace(comparison, gone=gone, came=came, rewritten=rewritten)
    pairs = _pairs(matched, all_pairs, moved)
    return replace(matched, pairs=tuple(pairs[:MOST_PAIRS]), left_out=len(pairs[MOST_PAIRS:]))


def _stayed(pair: SectionPair, kept: Kept) -> bool:
    """Whether a heading that only one version has stands on lines that both have.

    A fence that came above it makes it code; nobody took it out.
    """
    old, new = (side.heading if side else None for side in (pair.before, pair.after))
    return not (pair.before and pair.after) and kept.untouched(old, new)


def _kind(path: str, before: Outline, after: Outline) -> FileKind:
    """What the path promises; data that holds a page, such as questions and answers, is one."""
    kind = file_kind(path)
    return "page" if kind == "data" and (before.blocks or after.blocks) else kind


def _pairs(comparison: Comparison, all_pairs: BlockPairs, moved: set[Both]) -> list[Pair]:
    sections = comparison.sections
    old_names = _section_names(comparison.before)
    new_names = _section_names(comparison.after)
    runs = [merged(spans) for spans in (comparison.gone, comparison.came)]
    elsewhere = _moved_sections(sections) | _in_moved_notes(comparison.after, moved)
    anew = _rewritten_blocks(sections, comparison.rewritten)
    found = []
    changed = [
        (b, a) for b, a in all_pairs if not b or not a or b.source != a.source or (b, a) in moved
    ]
    changed.sort(key=_order)
    for place, (before, after) in enumerate(changed):
        old_section = old_names.get(before.first, "") if before else ""
        pair = Pair(
            before=before,
            after=after,
            section_before=old_section,
            section=new_names.get(after.first, "") if after else old_section,
            moved=bool(before and after and (before, after) in moved),
            edits=_edits(before, after) if place < MOST_PAIRS else (),
            inside=_is_told(before, after, runs, elsewhere),
            rewritten=_is_in(before, anew[0]) and _is_in(after, anew[1]),
        )
        found.append(pair)
    return found


def _order(pair: tuple[Block | None, Block | None]) -> tuple[int, bool, int]:
    before, after = pair
    old = before.first if before else 0
    return (after.first if after else old, after is not None, old)


def _section_names(outline: Outline) -> dict[int, str]:
    return {
        block.first: section.heading.text if section.heading else ""
        for section in outline.sections
        for block in section.blocks
    }


def _edits(before: Block | None, after: Block | None) -> tuple[Edit, ...]:
    if not (before and after) or before.kind == "meta":
        return ()
    if before.kind == after.kind == "code":
        return code_edits(before.text, after.text)
    tell = prose_edits if after.kind in PROSE else edits
    return tell(before.text, after.text)


def _moved(pairs: Iterable[tuple[Block | None, Block | None]], comparison: Comparison) -> set[Both]:
    """Pairs that git shows as taken out and put in, at places that are not the same."""
    both_or_one = list(pairs)
    both = sorted(
        ((b, a) for b, a in both_or_one if b and a and a.name != CELL and not _is_hidden(b, a)),
        key=lambda pair: pair[0].first,
    )
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
    found |= _crossing(both, exchanged, found)
    found |= in_another_table(both_or_one)
    found |= {(b, a) for b, a in both_or_one if b and a and a.name == CELL}
    return found | _left_their_section(both, exchanged, comparison.sections)


def _is_hidden(before: Block, after: Block) -> bool:
    """Whether a comment stands around the new version."""
    return after.kind == "html" and before.kind != "html"


def _left_their_section(
    both: Sequence[Both], exchanged: Sequence[bool], sections: Sequence[SectionPair]
) -> set[Both]:
    """What holds more and is in another section now, even if nothing it passed is left."""
    old = {b.first: i for i, p in enumerate(sections) if p.before for b in p.before.blocks}
    new = {b.first: i for i, p in enumerate(sections) if p.after for b in p.after.blocks}
    return {
        (b, a)
        for (b, a), taken in zip(both, exchanged, strict=True)
        if taken and _holds_more(b) and old.get(b.first) != new.get(a.first)
    }


def _holds_more(block: Block) -> bool:
    """Whether it stands for text that is not its own."""
    return bool(block.kind == "note" or block.included or is_choice(block))


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


def _moved_sections(sections: Iterable[SectionPair]) -> frozenset[int]:
    """Lines of the blocks that moved with their whole section, in the new version."""
    return frozenset(
        block.first for pair in sections if pair.moved and pair.after for block in pair.after.blocks
    )


def _in_moved_notes(after: Outline, moved: set[Both]) -> frozenset[int]:
    """Lines of the blocks that moved with the note they stand in, in the new version."""
    notes = [new for _, new in moved if new.kind == "note"]
    return frozenset(
        block.first
        for block in (after.blocks if notes else ())
        if any(note.first < block.first <= note.end for note in notes)
    )


def _rewritten_blocks(
    sections: Iterable[SectionPair], rewritten: Mapping[int, int]
) -> tuple[frozenset[int], frozenset[int]]:
    """First lines of the blocks of sections that were written anew, on both sides."""
    old: set[int] = set()
    new: set[int] = set()
    for pair in sections:
        heading = pair.after.heading if pair.after else None
        if pair.before and pair.after and heading and heading.first in rewritten:
            old |= {block.first for block in pair.before.blocks}
            new |= {block.first for block in pair.after.blocks}
    return frozenset(old), frozenset(new)


def _is_in(block: Block | None, lines: frozenset[int]) -> bool:
    return block is None or block.first in lines


def _is_told(
    before: Block | None,
    after: Block | None,
    runs: Sequence[Sequence[tuple[int, int]]],
    elsewhere: frozenset[int],
) -> bool:
    if before and after:
        return after.first in elsewhere
    if before:
        return within(before.first, runs[0])
    return after is not None and within(after.first, runs[1])
