"""A page while its dialects are read: what was found, and the notes that are still open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from diffinsight.outline.model import Anchor, Block, BlockKind, Link

NOTE_NAMES = frozenset(
    "abstract attention bug callout caution check danger details error example failure hint "  # noqa: SIM905 - a list of words
    "important info note permissions question quote remember secondary seealso success summary "
    "tip todo warning".split()
)


NO_BLOCK = -1


@dataclass(kw_only=True, slots=True)
class Scan:
    """The lines for the parser, and what was taken out of them."""

    lines: list[str]
    blocks: list[Block] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    notes: dict[int, str] = field(default_factory=dict)  # line → kind of note it stands in
    troubles: set[str] = field(default_factory=set)


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenNote:
    """A note that a mark of its own ends."""

    kind: str
    place: int  # of its block in the scan; NO_BLOCK: it only lays out what stands in it
    style: str  # ":" colons, "%" Liquid, "/" slashes, "<" and the component's name, or a fence


@dataclass(frozen=True, kw_only=True, slots=True)
class IndentedBody:
    """A note or a tab that goes on as far as its body is indented."""

    indent: int
    kind: str  # of the note; "": a tab
    place: int  # of its block in the scan


@dataclass(kw_only=True, slots=True)
class Reading:
    """The state that readers share; ``index`` is always a place in ``source``."""

    source: list[str]
    first_line: int
    scan: Scan
    open: list[OpenNote] = field(default_factory=list)
    bodies: list[IndentedBody] = field(default_factory=list)
    quoted: str = ""  # kind of the quote note that is open
    taken: set[int] = field(default_factory=set)  # lines that a reader above them has read

    def line(self, index: int) -> int:
        return self.first_line + index

    def blank(self, index: int, left: str = "") -> None:
        """Take a line out of what the Markdown parser reads, all but ``left``."""
        self.scan.lines[index] = left

    def add(  # noqa: PLR0913 - the fields of a block
        self,
        kind: BlockKind,
        index: int,
        *,
        text: str,
        name: str = "",
        links: tuple[Link, ...] = (),
        end: int = 0,
        anchor: str = "",
    ) -> int:
        """Add a block of one line and return its place."""
        line = self.line(index)
        self.scan.blocks.append(
            Block(
                kind=kind,
                first=line,
                last=line,
                text=text,
                source=self.source[index],
                name=name,
                links=links,
                end=end,
                anchor=anchor,
            )
        )
        return len(self.scan.blocks) - 1

    def add_directive(self, index: int, name: str, links: tuple[Link, ...] = ()) -> None:
        """Add what a tool acts on and no reader sees."""
        text = " ".join(self.source[index].split())
        self.add("directive", index, text=text, name=name, links=links)
        self.blank(index)

    def add_note(self, index: int, kind: str, title: str, *, end: int = 0) -> int:
        return self.add("note", index, text=title.strip(), name=kind.lower(), end=end)

    def open_note(self, index: int, kind: str, title: str, *, style: str, left: str = "") -> None:
        """Add a note that goes on to the next mark of the same style."""
        place = self.add_note(index, kind, title)
        self.open.append(OpenNote(kind=kind, place=place, style=style))
        self.blank(index, left)

    def open_frame(self, style: str) -> None:
        """Begin what only lays out the text up to the next mark of the same style."""
        kind = self.open[-1].kind if self.open else ""
        self.open.append(OpenNote(kind=kind, place=NO_BLOCK, style=style))

    def close_note(self, index: int, style: str, *, left: str = "") -> bool:
        """End the innermost note if a mark of this style does."""
        if not self.open or self.open[-1].style != style:
            return False
        self._end(self.open.pop().place, index)
        self.blank(index, left)
        return True

    def close_body(self, index: int) -> None:
        """End the innermost indented body above this line."""
        self._end(self.bodies.pop().place, index - 1)

    def end_all(self) -> None:
        """End what is still open with the last line."""
        places = [note.place for note in self.open] + [body.place for body in self.bodies]
        for place in places:
            self._end(place, len(self.source) - 1)

    def _end(self, place: int, index: int) -> None:
        """Write the last line of a note into the block that opened it."""
        if place == NO_BLOCK:
            return
        block = self.scan.blocks[place]
        if block.kind == "note":
            self.scan.blocks[place] = replace(block, end=max(self.line(index), block.last))

    def mark(self, index: int) -> None:
        """Remember which kind of note a line stands in."""
        kind = self.quoted or (self.bodies[-1].kind if self.bodies else "")
        kind = kind or (self.open[-1].kind if self.open else "")
        if kind:
            self.scan.notes[self.line(index)] = kind


Reader = Callable[[Reading, int, str], bool]  # index and line → whether it knew the line
