"""What the readers of reStructuredText and AsciiDoc share: blocks and sections from lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from diffinsight.outline.model import Anchor, Block, BlockKind, Fragment, Link, Outline, Section


@dataclass(kw_only=True, slots=True)
class Page:
    """A page that is being read line by line."""

    lines: Sequence[str]
    first_line: int
    fragment: int = 0
    sections: list[Section] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    heading: Block | None = None
    group: int = 0

    def block(self, kind: BlockKind, first: int, last: int, text: str, **given: object) -> Block:
        """A block from line index ``first`` to ``last``."""
        made = Block(
            kind=kind,
            first=self.first_line + first,
            last=self.first_line + last,
            text=text,
            source="\n".join(self.lines[first : last + 1]),
            **given,  # type: ignore[arg-type]  # fields of Block
        )
        self.blocks.append(made)
        return made

    def headings(self) -> list[Block]:
        open_one = [self.heading] if self.heading else []
        return [*(section.heading for section in self.sections if section.heading), *open_one]

    def lower_headings(self) -> None:
        """Put all headings one level lower."""
        self.heading = _lower(self.heading)
        self.sections = [replace(s, heading=_lower(s.heading)) for s in self.sections]

    def open_section(self, heading: Block | None, last: int | None = None) -> None:
        """End the section that is open, on line ``last``, and begin one under ``heading``."""
        self.blocks = [block for block in self.blocks if block is not heading]
        if self.heading or self.blocks or self.fragment:
            if last is None:
                last = heading.first - 1 if heading else self.first_line + len(self.lines) - 1
            if self.heading:
                self.heading = _ending(self.heading, last)
            blocks, self.blocks = tuple(self.blocks), []
            self.sections.append(
                Section(heading=self.heading, blocks=blocks, fragment=self.fragment)
            )
        self.heading = heading


def _lower(heading: Block | None) -> Block | None:
    return replace(heading, level=min(6, heading.level + 1)) if heading else None


def _ending(heading: Block, last: int) -> Block:
    return replace(heading, end=max(last, heading.last))


Reader = Callable[[Page], None]


def read_light(
    fragments: Sequence[Fragment], reader: Reader, finish: Callable[..., Outline]
) -> Outline:
    """The outline of a page that ``reader`` reads."""
    sections: list[Section] = []
    anchors: list[Anchor] = []
    last = 0
    for index, fragment in enumerate(fragments):
        lines = [line.rstrip("\r") for line in fragment.text.split("\n")]
        if lines and not lines[-1]:
            lines.pop()
        page = Page(lines=lines, first_line=fragment.first_line, fragment=index)
        reader(page)
        page.open_section(None)
        sections += map(_with_notes, page.sections)
        anchors += page.anchors
        last = fragment.first_line + len(lines) - 1
    return finish(sections, anchors=tuple(anchors), lines=last)


def _with_notes(section: Section) -> Section:
    """``section``, whose blocks name the note that they stand in."""
    note, blocks = None, []
    for block in section.blocks:
        inside = note is not None and block.first <= note.end
        blocks.append(replace(block, note=note.name) if inside and note else block)
        if block.kind == "note" and not inside:
            note = block
    return replace(section, blocks=tuple(blocks))


def as_markdown(outline: Outline) -> list[str]:
    """The words of a page as lines of Markdown; what shows no words is left out."""
    lines: list[str] = []
    for block in outline.blocks:
        match block.kind:
            case "heading":
                lines += ["#" * block.level + " " + block.text, ""]
            case "paragraph" if not block.note:
                lines += [block.text, ""]
            case "item":
                lines += [f"- {block.text}", ""]
            case "step":
                lines += [f"{block.number or 1}. {block.text}", ""]
            case "code":
                lines += ["```", *block.text.rstrip().splitlines(), "```", ""]
            case _:
                pass
    return lines


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip())


def body_end(lines: Sequence[str], start: int, indent: int) -> int:
    """Index of the last line of an indented body that follows ``start``."""
    last = start
    for index in range(start + 1, len(lines)):
        if lines[index].strip():
            if indent_of(lines[index]) <= indent:
                break
            last = index
    return last


def paragraph_end(lines: Sequence[str], start: int, stops: re.Pattern[str]) -> int:
    """Index of the last line of the paragraph that begins at ``start``."""
    last = start
    while last + 1 < len(lines) and lines[last + 1].strip() and not stops.match(lines[last + 1]):
        last += 1
    return last


def flat(lines: Sequence[str]) -> str:
    return " ".join(" ".join(lines).split())


def with_text(pattern: re.Pattern[str], text: str, line: int, *, target_first: bool) -> list[Link]:
    """Links in a text; two groups: words and target, in either order."""
    found = []
    for match in pattern.finditer(text):
        one, other = (match[1] or "").strip(), (match[2] or "").strip()
        target, words = (one, other) if target_first else (other, one)
        if target:
            found.append(Link(target=target, text=words, line=line))
    return found
