"""What a comparison is made of: blocks and sections in both versions, and the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from diffinsight.detectors.reading.sides import Lines
from diffinsight.matching.edits import Edit
from diffinsight.models import FileChange
from diffinsight.outline import FileKind
from diffinsight.outline.model import Block, Fragment, Outline, Section

BlockPair = tuple[Block | None, Block | None]  # old and new version; None: the other has it alone
BlockPairs = list[BlockPair]
BothVersions = tuple[Block, Block]

EMPTY = Outline()


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionPair:
    """A section in both versions, or in the one that has it."""

    before: Section | None
    after: Section | None
    moved: bool = False


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
    def both(self) -> BothVersions | None:
        return (self.before, self.after) if self.before and self.after else None

    @property
    def before_lines(self) -> tuple[int, int] | None:
        return self.before.lines if self.before else None

    @property
    def after_lines(self) -> tuple[int, int] | None:
        return self.after.lines if self.after else None


Role = Literal[
    "text", "heading", "item", "row", "code", "hidden", "note", "listed"
]  # as what a line shows


@dataclass(frozen=True, kw_only=True, slots=True)
class Rendered:
    """Lines that follow each other, stayed, and show as ``now`` where they showed as ``was``."""

    was: Role
    now: Role
    old: tuple[int, ...]  # the lines in both versions
    new: tuple[int, ...]
    texts: tuple[str, ...]  # what each block says, where it is no mere text, or text at all
    headings: tuple[int, ...]  # the old lines of headings among them
    # The changed lines that are told along: the marks around them, or the lines themselves.
    removed: frozenset[int]
    added: frozenset[int]
    unpaired: bool = False  # the code it is in now has a fence that was one of other code

    @property
    def before_lines(self) -> tuple[int, int]:
        return (min((*self.old, *self.removed)), max((*self.old, *self.removed)))

    @property
    def after_lines(self) -> tuple[int, int]:
        return (min((*self.new, *self.added)), max((*self.new, *self.added)))


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
    rendered: tuple[Rendered, ...] = ()
    inlined: Mapping[tuple[bool, int], tuple[Block, ...]] = field(default_factory=dict)  # whether
    # an include went, and its line → the texts in its place
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
