"""AsciiDoc: headings, anchors, links, images, notes, code blocks, lists, tables by line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from diffinsight.outline.light_markup import Page, flat, paragraph_end, with_text
from diffinsight.outline.model import Anchor, Block, BlockKind, Link

# What ends with a bracket is looked for within a limit, or time would grow with the square of a
# line of openers. Browsers and servers take addresses up to about 2,000 characters.
LONGEST_TARGET = 1_000  # characters of an address
LONGEST_WORDS = 500  # characters of the words of a link, or of its attributes

HEADING = re.compile(r"^(={1,6}|#{1,6})\s+(\S.*)$")
ANCHOR = re.compile(r"^\[\[([^\],]+)(?:,[^\]]*)?\]\]\s*$|^\[#([\w-]++)[^\]]*\]\s*$")
INLINE_ANCHOR = re.compile(r"\[\[([^\[\],]+)(?:,[^\[\]]*)?\]\]|anchor:([\w-]+)\[")
BLOCK_NOTE = re.compile(r"^\[(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*$")
LINE_NOTE = re.compile(r"^(NOTE|TIP|IMPORTANT|WARNING|CAUTION):\s+(.*)$")
ATTRIBUTES = re.compile(r"^\[([^\]]*)\]\s*$")
ENTRY = re.compile(r"^:([\w!-]+):\s*(.*)$")
FENCE = re.compile(r"^(-{4,}|\.{4,}|={4,}|_{4,}|\*{4,}|\|===|```+\w*|--)\s*$")
_TARGET = rf"([^\[\s]{{1,{LONGEST_TARGET}}}+)"
_WORDS = rf"\[([^\]]{{0,{LONGEST_WORDS}}}+)\]"
IMAGE = re.compile(
    rf"image::?{_TARGET}\[([^\],]{{0,{LONGEST_WORDS}}}+)(?:,[^\]]{{0,{LONGEST_WORDS}}}+)?\]"
)
LINK = re.compile(
    rf"(?:link:|xref:){_TARGET}{_WORDS}"
    rf"|<<([^<>,]{{1,{LONGEST_TARGET}}})(?:,([^<>]{{0,{LONGEST_WORDS}}}))?>>"
)
URL = re.compile(rf"(https?://[^\[\s]{{1,{LONGEST_TARGET}}}+){_WORDS}")
MACRO = re.compile(r"^(include|ifdef|ifndef|endif|toc|video)::(.*)$")
ITEM = re.compile(r"^(\s*)([*\-]{1,5}|\.{1,5}|\d+\.)\s+(.*)$")
STOPS = re.compile(r"^(?:[*\-.]{1,5}\s|\d+\.\s|={1,6}\s|\[|\||-{4,}|\.{4,}|={4,}|\+\s*$|//)")
CLOSING = "-.=_*|`"  # what a line begins with that ends a block
LITERAL = ("-", ".", "`")


def _places(lines: Sequence[str]) -> dict[str, list[int]]:
    """Where lines stand that may close a block, in order."""
    places: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if line and line[0] in CLOSING:
            places.setdefault(line.rstrip(), []).append(index)
    return places


class _AsciiDoc:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.lines = page.lines
        self.language = ""
        self.counters: dict[int, int] = {}
        self.places = _places(page.lines)

    def read(self) -> None:
        index = 0
        while index < len(self.lines):
            index = self._take(index) + 1

    def _take(self, index: int) -> int:
        line = self.lines[index]
        if not line.strip():
            self.counters.clear() if not line else None
            return index
        for take in (self._heading, self._note, self._mark, self._fence, self._item):
            last = take(index, line)
            if last is not None:
                return last
        last = paragraph_end(self.lines, index, STOPS)
        self._text("paragraph", index, last, flat(self.lines[index : last + 1]))
        return last

    def _heading(self, index: int, line: str) -> int | None:
        found = HEADING.match(line.rstrip())
        if not found:
            return None
        text = INLINE_ANCHOR.sub("", found[2]).strip()
        heading = self.page.block("heading", index, index, text, level=len(found[1]))
        self._anchors(index, line)
        self.page.open_section(heading)
        return index

    def _anchors(self, index: int, line: str) -> None:
        for match in INLINE_ANCHOR.finditer(line):
            name = match[1] or match[2]
            number = self.page.first_line + index
            self.page.anchors.append(Anchor(name=name, line=number, kind="explicit"))

    def _note(self, index: int, line: str) -> int | None:
        opened = BLOCK_NOTE.match(line)
        if opened:
            end = self.page.first_line + self._note_end(index)
            self.page.block("note", index, index, "", name=opened[1].lower(), end=end)
            return index
        found = LINE_NOTE.match(line)
        if found is None:
            return None
        last = paragraph_end(self.lines, index, STOPS)
        text = flat([found[2], *self.lines[index + 1 : last + 1]])
        self.page.block(
            "note", index, last, text, name=found[1].lower(), end=self.page.first_line + last
        )
        return last

    def _note_end(self, index: int) -> int:
        start = index + 1
        if start < len(self.lines) and self.lines[start].startswith("===="):
            closing = self._next(self.lines[start].rstrip(), start)
            return start if closing is None else closing
        return paragraph_end(self.lines, start, STOPS) if start < len(self.lines) else index

    def _next(self, mark: str, index: int) -> int | None:
        """Index of the next line after ``index`` that holds ``mark`` alone."""
        places = self.places.get(mark, ())
        at = bisect_right(places, index)
        return places[at] if at < len(places) else None

    def _mark(self, index: int, line: str) -> int | None:
        """Lines that are no text: anchors, attributes, macros, comments, titles."""
        anchor = ANCHOR.match(line)
        if anchor:
            number = self.page.first_line + index
            name = anchor[1] or anchor[2]
            self.page.anchors.append(Anchor(name=name, line=number, kind="explicit"))
            return self._directive(index, "anchor")
        entry = ENTRY.match(line)
        if entry:
            self.page.block("meta", index, index, entry[2], name=entry[1])
            return index
        macro = MACRO.match(line)
        if macro:
            target = macro[2].partition("[")[0]
            link = Link(target=target, text="", line=self.page.first_line + index)
            return self._directive(index, macro[1], (link,) if macro[1] == "include" else ())
        attributes = ATTRIBUTES.match(line)
        if attributes:
            words = attributes[1].split(",")
            self.language = (
                words[1].strip() if words[0].strip() == "source" and len(words) > 1 else ""
            )
            return self._directive(index, "attributes")
        return self._directive(index, "comment") if line.startswith("//") else None

    def _directive(self, index: int, name: str, links: tuple[Link, ...] = ()) -> int:
        self.page.block(
            "directive", index, index, self.lines[index].strip(), name=name, links=links
        )
        return index

    def _fence(self, index: int, line: str) -> int | None:
        found = FENCE.match(line)
        if not found:
            return None
        mark = line.rstrip()
        if mark == "|===":
            return self._table(index)
        if not mark.startswith(LITERAL) or mark == "--":
            return self._directive(index, "block")
        closing = "```" if mark.startswith("```") else mark
        last = self._next(closing, index)
        if last is None:
            return self._directive(index, "block")
        text = "\n".join(self.lines[index + 1 : last]) + "\n"
        self.page.block("code", index, last, text, name=self.language or mark.lstrip("`.-"))
        self.language = ""
        return last

    def _table(self, index: int) -> int:
        """Each line of cells is a row; the first is the header."""
        closing = self._next("|===", index)
        last = len(self.lines) - 1 if closing is None else closing
        self.page.group += 1
        rows = [
            i
            for i in range(index + 1, last + 1)
            if self.lines[i].lstrip().startswith("|") and self.lines[i].rstrip() != "|==="
        ]
        self._directive(index, "table")
        for place, number in enumerate(rows):
            cells = tuple(cell.strip() for cell in self.lines[number].split("|")[1:])
            end = self.page.first_line + rows[-1] if place == 0 else 0
            kind: BlockKind = "table" if place == 0 else "row"
            following = rows[place + 1] if place + 1 < len(rows) else last
            to = following - 1
            while to > number and not self.lines[to].strip():
                to -= 1
            self.page.block(
                kind,
                number,
                max(number, to),
                " ".join(cells),
                cells=cells,
                group=self.page.group,
                end=end,
            )
        if last > index and self.lines[last].rstrip() == "|===":
            self._directive(last, "table-end")
        return last

    def _item(self, index: int, line: str) -> int | None:
        found = ITEM.match(line)
        if not found or not found[3]:
            return None
        last = paragraph_end(self.lines, index, STOPS)
        depth = len(found[2]) - 1 if not found[2][0].isdigit() else 0
        ordered = found[2][0] in ".0123456789"
        text = flat([found[3], *self.lines[index + 1 : last + 1]])
        number = None
        if ordered:
            number = self.counters[depth] = self.counters.get(depth, 0) + 1
        self._text("step" if ordered else "item", index, last, text, depth, number)
        return last

    def _text(  # noqa: PLR0913, PLR0917 - the fields of a block
        self,
        kind: BlockKind,
        first: int,
        last: int,
        text: str,
        depth: int = 0,
        number: int | None = None,
    ) -> Block:
        line = self.page.first_line + first
        self._anchors(first, text)
        images = [
            Link(target=m[1], text=m[2].strip(), line=line, image=True)
            for m in IMAGE.finditer(text)
        ]
        links = with_text(URL, text, line, target_first=True)
        for match in LINK.finditer(text):
            target = match[1] or "#" + match[3]
            words = match[2] or match[4] or ""
            links.append(Link(target=target, text=words.strip(), line=line))
        shown = IMAGE.sub("", text)
        shown = URL.sub(lambda m: m[2] or m[1], shown)
        shown = LINK.sub(lambda m: m[2] or m[4] or m[1] or m[3], shown)
        return self.page.block(
            kind,
            first,
            last,
            " ".join(shown.split()),
            links=(*links, *images),
            level=depth,
            number=number,
            group=self.page.group,
        )


def read_asciidoc(page: Page) -> None:
    """Read the blocks of an AsciiDoc page into ``page``."""
    _AsciiDoc(page).read()
