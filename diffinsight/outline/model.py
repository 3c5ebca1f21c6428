"""What a page is made of, with the lines it stands on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal[
    "meta",  # a key of the front matter
    "heading",
    "paragraph",
    "item",
    "step",
    "table",  # the header row of a table
    "row",
    "code",
    "note",  # the line that opens a note
    "tab",
    "html",
    "directive",
    "definition",  # the target of a reference link
]


PROSE = frozenset({"paragraph", "item", "step"})  # blocks made of sentences


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A link or an image, as written and with its line."""

    target: str
    text: str
    line: int
    image: bool = False
    title: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchor:
    """A place in a page that links can name."""

    name: str
    line: int
    kind: Literal["explicit", "tab", "html"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A piece of a page that a reader would point at."""

    kind: BlockKind
    first: int  # line, 1-based
    last: int
    text: str  # what a reader sees, on one line; code spans keep their backticks
    source: str  # as written
    name: str = ""  # key of front matter, language of code, kind of note, directive or heading
    level: int = 0  # of a heading; depth of an item
    number: int | None = None  # of a step
    cells: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    anchor: str = ""  # explicit anchor of a heading, target of a tab
    group: int = 0  # which list or table of the page it belongs to
    end: int = 0  # last line of the whole note, table or section it opens
    note: str = ""  # the kind of note it stands in
    item: int = 0  # first line of the list item that it stands in, and is none itself

    @property
    def lines(self) -> tuple[int, int]:
        return (self.first, self.last)

    @property
    def has_words(self) -> bool:
        """Whether it is text for readers: no metadata, code or comment."""
        comment = self.kind == "html" and self.text.lstrip().startswith("<!--")
        return self.kind not in {"meta", "code"} and not comment

    @property
    def is_counted(self) -> bool:
        """Whether its words are those of the page: what lays it out has none."""
        return self.has_words and self.kind != "directive"

    @property
    def included(self) -> Link | None:
        """The file that a directive takes text or code in from."""
        named = self.kind == "directive" and self.name in {"include", "code", "literalinclude"}
        return self.links[0] if named and self.links else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A heading and what stands under it, up to the next heading."""

    heading: Block | None
    blocks: tuple[Block, ...]
    fragment: int = 0
    parent: str = ""  # text of the heading above it
    anchor: str = ""  # as GitHub makes it from the heading, or explicit


@dataclass(frozen=True, kw_only=True, slots=True)
class Fragment:
    """A run of lines of a page: all of it, or what one hunk shows."""

    first_line: int
    text: str
    opening: Literal["", "page", "code"] = ""  # what a hunk begins in; "": not judged yet


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    """One version of a page."""

    sections: tuple[Section, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    troubles: tuple[str, ...] = ()  # what could not be read, such as "unclosed-fence"
    lines: int = 0
    blocks: tuple[Block, ...] = field(default=())

    @property
    def headings(self) -> tuple[Section, ...]:
        return tuple(section for section in self.sections if section.heading)

    @property
    def links(self) -> tuple[Link, ...]:
        return tuple(link for block in self.blocks for link in block.links)
