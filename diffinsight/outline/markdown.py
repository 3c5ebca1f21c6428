"""Markdown to an outline; the only module that knows pyromark."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace

import pyromark
from pyromark import Options

from diffinsight.outline import dialects
from diffinsight.outline.model import Anchor, Block, BlockKind, Link
from diffinsight.outline.steps import without_names

OPTIONS = (
    Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_HEADING_ATTRIBUTES
)
HTML_ID = re.compile(r"""<[A-Za-z][^<>]*?\s(?:id|name)\s*=\s*["']?([^"'\s<>]+)""")
TAG = re.compile(r"<[^<>]+>")
HTML_LINK = re.compile(r"""<(a|img|source|video)\s([^<>]*)>""", re.IGNORECASE)
RAISING = re.compile(r"</?sup>", re.IGNORECASE)
FORMING_TAG = re.compile(
    r"</?(?:a|b|i|u|s|em|strong|code|kbd|sup|sub|span|mark|small|font|br|wbr|ins|del|center|var"
    r"|img|picture|source)\b"
    r"|<!--|</",
    re.IGNORECASE,
)
LISTING_TAG = re.compile(r"<(/?)(ul|ol|li|p|div)\b", re.IGNORECASE)  # in the cell of a table
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
INVISIBLE = {ord(mark): None for mark in "\u200b\u2060\ufeff"}  # they part or join words unseen
BARE_URL = re.compile(r"https?://[^\s<>()\[\]`\"']+[^\s<>()\[\]`\"'.,;:!?]")


@dataclass(kw_only=True, slots=True)
class Parsed:
    """Blocks and anchors of a run of Markdown lines."""

    blocks: list[Block] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    troubles: set[str] = field(default_factory=set)


@dataclass(kw_only=True, slots=True)
class _Leaf:
    """A block that is being read."""

    kind: BlockKind
    first: int
    last: int
    parts: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    name: str = ""
    level: int = 0
    number: int | None = None
    anchor: str = ""
    group: int = 0
    cells: list[str] = field(default_factory=list)
    filled: bool = False


def parse(
    lines: list[str], first_line: int, *, components: bool = False, groups: int = 0
) -> Parsed:
    """Read ``lines``; ``first_line`` is the number of the first. Groups count from ``groups``."""
    found = dialects.scan(lines, first_line, components=components)
    reader = _Reader(found.lines, lines, first_line, groups)
    reader.read()
    blocks = [*reader.blocks, *found.blocks]
    blocks.sort(key=lambda block: (block.first, block.last))
    ends = {block.group: block.last for block in blocks if block.kind == "row"}
    noted = without_names(_finished(block, found.notes, ends) for block in blocks)
    return Parsed(
        blocks=noted,
        anchors=sorted([*reader.anchors, *found.anchors], key=lambda a: a.line),
        troubles=found.troubles,
    )


def _finished(block: Block, notes: dict[int, str], ends: dict[int, int]) -> Block:
    """With the note it stands in, and a table with its last row."""
    if block.kind == "table":
        block = replace(block, end=ends.get(block.group, block.last))
    note = notes.get(block.first, "") if block.kind != "note" else ""
    return replace(block, note=note) if note else block


class _Reader:
    def __init__(self, lines: list[str], source: list[str], first_line: int, groups: int) -> None:
        self.text = "\n".join(lines) + "\n"
        self.source = source
        self.first_line = first_line
        self.starts = _starts(lines)
        self.blocks: list[Block] = []
        self.anchors: list[Anchor] = []
        self.leaf: _Leaf | None = None
        self.lists: list[tuple[int, int | None]] = []  # group, next number
        self.items: list[int] = []  # first lines of the items that are being read
        self.groups = groups
        self.table = 0
        self.open_links: list[tuple[str, str, int, int, bool]] = []
        self.raised = False  # between <sup> and </sup>
        self.cell_from = 0

    def line(self, offset: int) -> int:
        return self.first_line + bisect_right(self.starts, offset) - 1

    def read(self) -> None:
        for event, span in pyromark.events_with_range(self.text, options=OPTIONS, merge_text=True):
            self._take(event, span["start"], span["end"])
        self._flush()

    def _take(self, event: object, start: int, end: int) -> None:
        if isinstance(event, str):
            self._plain(event, start, end)
            return
        ((tag, value),) = event.items()  # type: ignore[attr-defined]  # every other event has one key
        if tag == "Start":
            name, data = _tag(value)
            self._start(name, data, start, end)
        elif tag == "End":
            self._end(_tag(value)[0], end)
        else:
            self._inline(tag, value, start, end)

    def _plain(self, event: str, start: int, end: int) -> None:
        if event == "Rule":
            self._flush()
            self._open("directive", start, end, name="rule").parts.append("---")
            self._flush()
        elif self.leaf:
            self.leaf.parts.append(" ")

    def _open(self, kind: BlockKind, start: int, end: int, **given: object) -> _Leaf:
        last = self.line(max(start, end - 1))
        self.leaf = _Leaf(kind=kind, first=self.line(start), last=last, **given)  # type: ignore[arg-type]  # fields of _Leaf
        return self.leaf

    def _start(self, name: str, data: object, start: int, end: int) -> None:
        match name:
            case "Link" | "Image":
                self._start_link(data, start, image=name == "Image")
            case "Emphasis" | "Strong" | "Strikethrough" | "Superscript" | "Subscript":
                self._leaf(start, end)
            case "TableCell":
                self.cell_from = len(self.leaf.parts) if self.leaf else 0
            case "Paragraph" if (
                self.leaf and self.leaf.kind in {"item", "step"} and not self.leaf.filled
            ):
                pass
            case _:
                self._flush()
                self._start_block(name, data, start, end)

    def _start_block(self, name: str, data: object, start: int, end: int) -> None:
        match name:
            case "Heading":
                self._start_heading(data, start, end)
            case "CodeBlock":
                info = data["Fenced"] if isinstance(data, dict) else ""
                self._open("code", start, end, name=info)
            case "HtmlBlock":
                self._open("html", start, end)
            case "List":
                self.groups += 1
                self.lists.append((self.groups, data if isinstance(data, int) else None))
            case "Item":
                self._start_item(start)
            case "Table":
                self.groups += 1
                self.table = self.groups
            case "TableHead":
                self._open("table", start, end, group=self.table)
            case "TableRow":
                self._open("row", start, end, group=self.table)
            case _:
                pass

    def _start_heading(self, data: object, start: int, end: int) -> None:
        given = data if isinstance(data, dict) else {}
        level, anchor = int(given.get("level", "H1")[1]), given.get("id") or ""
        self._open("heading", start, end, level=level, anchor=anchor)

    def _start_item(self, start: int) -> None:
        group, number = self.lists[-1]
        self.items.append(self.line(start))
        kind: BlockKind = "item" if number is None else "step"
        self._open(kind, start, start, level=len(self.lists) - 1, number=number, group=group)
        if number is not None:
            self.lists[-1] = (group, number + 1)

    def _end(self, name: str, end: int) -> None:
        match name:
            case "Link" | "Image":
                self._end_link()
            case "TableCell" if self.leaf:
                self.leaf.cells.append(_flat(self.leaf.parts[self.cell_from :]))
                self.leaf.parts.append(" ")
            case "List":
                self._flush()
                self.lists.pop()
            case "Item":
                self._flush()
                self.items.pop()
            case "Emphasis" | "Strong" | "Strikethrough" | "Superscript" | "Subscript":
                if self.leaf:
                    self.leaf.last = max(self.leaf.last, self.line(end - 1))
            case "TableCell":
                pass
            case _:
                self._flush()

    def _leaf(self, start: int, end: int) -> _Leaf:
        """The leaf that inline content belongs to; a paragraph begins where none is open."""
        leaf = self.leaf or self._open("paragraph", start, end)
        leaf.last = max(leaf.last, self.line(max(start, end - 1)))
        leaf.filled = True
        return leaf

    def _inline(self, tag: str, value: object, start: int, end: int) -> None:
        leaf = self._leaf(start, end)
        match tag:
            case "Text" if leaf.kind in {"code", "html"}:
                leaf.parts.append(str(value))
            case "Text":
                leaf.parts.append(self._raise(str(value), leaf))
                if "://" in str(value) and not self.open_links:
                    self._bare_links(str(value), start)
            case "Code":
                leaf.parts.append(_shown_code(str(value), leaf))
            case "InlineHtml" if RAISING.match(str(value)):
                self.raised = not str(value).startswith("</")
            case "Html" | "InlineHtml":
                self._html(str(value), start)
                leaf.parts.append(_shown_html(str(value), leaf))
            case "FootnoteReference":
                leaf.parts.append(f"[^{value}]")
            case "TaskListMarker":
                leaf.parts.append("[x] " if value else "[ ] ")

    def _raise(self, text: str, leaf: _Leaf) -> str:
        """A footnote's mark or a power, as it looks; an anchor is made from what was written."""
        marks = self.raised and leaf.kind != "heading" and set(text) <= set("0123456789, ")
        return text.translate(RAISED) if marks else text

    def _bare_links(self, text: str, start: int) -> None:
        line = self.line(start)
        for found in BARE_URL.finditer(text):
            if self.leaf:
                self.leaf.links.append(Link(target=found.group(), text=found.group(), line=line))

    def _html(self, html: str, start: int) -> None:
        for found in HTML_ID.finditer(html):
            line = self.line(start) + html.count("\n", 0, found.start())
            self.anchors.append(Anchor(name=found[1], line=line, kind="html"))
        for found in HTML_LINK.finditer(html):
            given = dialects.attributes(found[2])
            image = found[1].lower() != "a"
            target = given.get("src" if image else "href", "")
            if target and self.leaf:
                line = self.line(start) + html.count("\n", 0, found.start())
                text = given.get("alt", "") if image else _link_text(html[found.end() :])
                self.leaf.links.append(Link(target=target, text=text, line=line, image=image))

    def _start_link(self, data: object, start: int, *, image: bool) -> None:
        leaf = self._leaf(start, start)
        target, title = str(data["dest_url"]), str(data["title"])  # type: ignore[index]  # _LinkData
        self.open_links.append((target, title, self.line(start), len(leaf.parts), image))

    def _end_link(self) -> None:
        if not self.open_links or self.leaf is None:
            return
        target, title, line, since, image = self.open_links.pop()
        text = _flat(self.leaf.parts[since:])
        self.leaf.links.append(Link(target=target, text=text, line=line, image=image, title=title))
        if image:
            del self.leaf.parts[since:]

    def _flush(self) -> None:
        leaf, self.leaf = self.leaf, None
        self.raised = False
        self.open_links.clear()
        if leaf is None or (leaf.kind in {"item", "step"} and not leaf.filled):
            return  # a bullet with nothing of its own, such as one that holds a quote
        self.blocks.append(self._block(leaf))

    def _block(self, leaf: _Leaf) -> Block:
        verbatim = leaf.kind in {"code", "html"}
        plain = "".join(leaf.parts) if verbatim else _plain(leaf.parts)
        last = leaf.last
        while last > leaf.first and not self.source[last - self.first_line].strip():
            last -= 1
        if leaf.kind == "table":
            last += 1  # the line of dashes
        source = self.source[leaf.first - self.first_line : last - self.first_line + 1]
        if "][" in plain and not verbatim:
            leaf.links += dialects.references(plain, source, leaf.first)
        if leaf.anchor:
            self.anchors.append(Anchor(name=leaf.anchor, line=leaf.first, kind="explicit"))
        return Block(
            kind=leaf.kind,
            first=leaf.first,
            last=last,
            text=plain if verbatim else dialects.without_names(plain),
            source="\n".join(source),
            name=leaf.name.strip(),
            level=leaf.level,
            number=leaf.number,
            cells=tuple(leaf.cells),
            links=tuple(leaf.links),
            anchor=leaf.anchor,
            group=leaf.group,
            item=self.items[-1] if self.items and leaf.kind not in {"item", "step"} else 0,
        )


def _shown_code(code: str, leaf: _Leaf) -> str:
    """Code as it looks, where the words before it don't say that it is something else."""
    role = dialects.as_role(leaf.parts[-1], code) if leaf.parts else None
    if role is None:
        return f"`{dialects.without_language(code)}`"
    leaf.parts[-1], shown = role
    return shown


def _link_text(html: str) -> str:
    """What a link in HTML shows up to its end: its words, or those that stand for its image."""
    inner, end, _ = html.partition("</a>")
    if not end:
        return ""
    alternatives = (
        dialects.attributes(image[2]).get("alt", "") for image in HTML_LINK.finditer(inner)
    )
    return _flat([TAG.sub(" ", inner)]) or " ".join(filter(None, alternatives))


def _shown_html(html: str, leaf: _Leaf) -> str:
    """Raw HTML as a part of a text: tags that only form the text show nothing."""
    listing = LISTING_TAG.match(html) if leaf.kind in {"table", "row"} else None
    if listing:
        before = next(filter(None, reversed(leaf.parts)), " ")  # a space parts cells
        follows = listing[2].lower() in {"li", "p"} and not listing[1]
        return ", " if follows and before.strip(", ") else ""
    if leaf.kind == "html" or not FORMING_TAG.match(html):
        return html
    return " " if html.startswith("<br") else ""


def _tag(value: object) -> tuple[str, object]:
    if isinstance(value, str):
        return value, None
    ((name, data),) = value.items()  # type: ignore[attr-defined]  # tags with data have one key
    return name, data


def _flat(parts: list[str]) -> str:
    return dialects.without_names(_plain(parts))


def _plain(parts: list[str]) -> str:
    return " ".join("".join(parts).translate(INVISIBLE).split())


def _starts(lines: list[str]) -> list[int]:
    """Byte offsets at which the lines begin."""
    starts = []
    offset = 0
    for line in lines:
        starts.append(offset)
        offset += len(line.encode()) + 1
    return starts
