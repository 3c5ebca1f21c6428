"""What documentation tools add to Markdown, found line by line and taken out for the parser.

The text that goes on to the Markdown parser keeps its number of lines, so that line numbers stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from diffinsight.outline.model import Anchor, Block, BlockKind, Link

# A line above this is data, not prose: parsing it as Markdown costs seconds and tells nothing.
LONGEST_LINE = 100_000

NOTE_NAMES = frozenset(
    [
        "note",
        "tip",
        "important",
        "warning",
        "caution",
        "danger",
        "info",
        "success",
        "error",
        "abstract",
        "summary",
        "hint",
        "question",
        "failure",
        "bug",
        "example",
        "quote",
        "attention",
        "details",
        "seealso",
        "todo",
        "question",
        "secondary",
        "remember",
        "callout",
        "check",
        "permissions",
    ]
)

FENCE = re.compile(r"^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)*(`{3,}|~{3,})(.*)$")
COLONS = re.compile(r"^(\s*(?:>\s*)*):{3,}\s*(.*)$")
COLUMN = re.compile(r"^\s*:{3,}\s*(?:row|column)(-end)?\b")
COLON_IMAGE = re.compile(r":::image\s((?:[^:]|:(?!::))*):::")
QUOTE_NOTE = re.compile(
    r"^(\s*(?:[-*+]\s+)?(?:>\s*)+)\[!([A-Za-z-]+)(?:\]([+-]?.*)|\s+([^\]]*)\])\s*$"
)
BANG = re.compile(r"^(\s*)(!!!|\?\?\?\+?|===\+?|///)\s+(.+)$")
LIQUID = re.compile(r"^\s*\{(?:%|\{<|\{%)-?\s*(/?)\s*([\w/-]++)(.*?)-?(?:%\}|>\}\}|%\}\})\s*$")
COMPONENT = re.compile(r"^\s*<(/?)([A-Z][\w.]*)((?:\s[^>]*)?)(/?)>\s*$")
CLOSING_COLONS = 3
LEARN_TAB = re.compile(r"^#{1,6}\s+\[(.+?)\]\(#tab/([^()\s]+)\)\s*$")
INCLUDE = re.compile(r"^\s*\[!(INCLUDE|VIDEO|code(?:-[\w+#-]+)?)[+]?(.*)\]$", re.IGNORECASE)
IMPORT = re.compile(r"""^(?:import|export)\s.*?(?:from\s+)?(?:['"]([^'"]+)['"])?;?$""")
DEFINITION = re.compile(r"^\s{0,3}\[([^\]^][^\]]*)\]:\s*<?([^\s>]+)>?(?:\s+[\"'(].*)?\s*$")
ATTRIBUTE = re.compile(r"""(?<![\w-])([\w-]++)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
STYLE = re.compile(r"""(?:style|type|class)\s*=\s*["']?\.?([\w-]+)""")


# What a line may be by its first character.
READERS = {
    ":": ("_colons",),
    ">": ("_colons", "_quote"),
    **dict.fromkeys("-*+", ("_quote",)),
    **dict.fromkeys("!?=/", ("_bang",)),
    "{": ("_liquid",),
    **dict.fromkeys("#[", ("_learn",)),
    **dict.fromkeys("<ie", ("_mdx",)),
}


@dataclass(kw_only=True, slots=True)
class Scan:
    """The lines for the parser, and what was taken out of them."""

    lines: list[str]
    blocks: list[Block] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    notes: dict[int, str] = field(default_factory=dict)  # line → kind of note it stands in
    troubles: set[str] = field(default_factory=set)


@dataclass(kw_only=True, slots=True)
class _Opener:
    """A note that is still open."""

    kind: str
    place: int  # of its block in the scan
    style: str  # ":", "%", "<" with the component's name


def attributes(text: str) -> dict[str, str]:
    """`a="b"` pairs as HTML, Learn and MDX write them."""
    return {m[1].lower(): m[2] or m[3] or m[4] or "" for m in ATTRIBUTE.finditer(text[:4000])}


def scan(lines: list[str], first_line: int, *, components: bool) -> Scan:
    """Read the dialects of ``lines``. With ``components``, lone `<Tags>` are taken out (MDX)."""
    reader = _Reader(lines, first_line, components=components)
    reader.read()
    return reader.scan


class _Reader:
    def __init__(self, lines: list[str], first_line: int, *, components: bool) -> None:
        self.source = lines
        self.first_line = first_line
        self.components = components
        self.scan = Scan(lines=list(lines))
        self.fence = ""
        self.open: list[_Opener] = []
        self.indents: list[tuple[int, str, int]] = []  # `!!!` notes: indent, kind, block
        self.quoted = ""  # kind of the quote note that is open
        self.commented = False
        # Indents of what stands in the rows and columns that are open; -1: not seen yet.
        self.columns: list[int] = [-1] if _begins_in_column(lines) else []

    def read(self) -> None:
        for index, line in enumerate(self.source):
            self._read_line(index, line)
        for place in [opener.place for opener in self.open] + [
            opened[2] for opened in self.indents
        ]:
            self._end_block(place, len(self.source) - 1)
        if self.fence:
            self.scan.troubles.add("unclosed-fence")

    def _read_line(self, index: int, line: str) -> None:
        if len(line) > LONGEST_LINE:
            self._take_long(index, line)
            return
        line = self._dedented(index, self._out_of_column(index, line))
        if self._in_comment(line):
            return
        if self._in_fence(line):
            self._mark(index)
            return
        if not line.lstrip().startswith(">"):
            self.quoted = ""
        if line and not line.isspace():
            self._read_markup(index, line)
        self._mark(index)

    def _read_markup(self, index: int, line: str) -> None:
        for name in READERS.get(line.lstrip()[0], ()):
            if getattr(self, name)(index, line):
                return
        if ":::image" in line:
            self.scan.lines[index] = COLON_IMAGE.sub(_as_image, line)
        found = DEFINITION.match(line)
        if found and not self.quoted:
            link = Link(target=found[2], text=found[1], line=self._line(index))
            self._block("definition", index, text=found[1], links=(link,))

    def _line(self, index: int) -> int:
        return self.first_line + index

    def _mark(self, index: int) -> None:
        kind = self.quoted or (self.indents[-1][1] if self.indents else "")
        kind = kind or (self.open[-1].kind if self.open else "")
        if kind:
            self.scan.notes[self._line(index)] = kind

    def _in_comment(self, line: str) -> bool:
        """Whether the line stands in a comment that began above it: nothing there is shown."""
        begins = not self.fence and line.lstrip().startswith("<!--")
        inside = self.commented
        if inside or begins:
            self.commented = "-->" not in line
        return inside

    def _in_fence(self, line: str) -> bool:
        found = FENCE.match(line)
        if self.fence:
            closes = found and found[1].startswith(self.fence) and not found[2].strip()
            if closes:
                self.fence = ""
            return True
        if found and not ("`" in found[1] and "`" in found[2]):
            self.fence = found[1]
            return True
        return False

    def _dedented(self, index: int, line: str) -> str:
        """The line without the indent of the `!!!` bodies it stands in."""
        if not self.indents:
            return line
        indent = len(line) - len(line.lstrip())
        if line.strip():
            while self.indents and indent < self.indents[-1][0]:
                self._close_indent(index)
        depth = self.indents[-1][0] if self.indents else 0
        if depth:
            line = line[depth:] if indent >= depth else line.lstrip()
            self.scan.lines[index] = line
        return line

    def _out_of_column(self, index: int, line: str) -> str:
        """The line without the indent that only shows which column it stands in."""
        mark = COLUMN.match(line)
        if mark and not self.fence:
            if not mark[1]:
                self.columns.append(-1)
            elif self.columns:
                self.columns.pop()
        if not self.columns or mark or not line.strip():
            return line
        indent = len(line) - len(line.lstrip())
        if self.columns[-1] < 0:
            self.columns[-1] = indent
        line = line[min(indent, self.columns[-1]) :]
        self.scan.lines[index] = line
        return line

    def _close_indent(self, index: int) -> None:
        self._end_block(self.indents.pop()[2], index - 1)

    def _end_block(self, place: int, index: int) -> None:
        """Write the last line of a note into the block that opened it."""
        block = self.scan.blocks[place]
        if block.kind == "note":
            self.scan.blocks[place] = replace(block, end=max(self._line(index), block.last))

    def _block(  # noqa: PLR0913 - the fields of a block
        self,
        kind: BlockKind,
        index: int,
        *,
        text: str,
        name: str = "",
        links: tuple[Link, ...] = (),
        end: int = 0,
        anchor: str = "",
    ) -> None:
        line = self._line(index)
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

    def _directive(self, index: int, name: str, links: tuple[Link, ...] = ()) -> bool:
        text = " ".join(self.source[index].split())
        self._block("directive", index, text=text, name=name, links=links)
        self.scan.lines[index] = ""
        return True

    def _note(self, index: int, kind: str, title: str, *, end: int = 0) -> None:
        self._block("note", index, text=title.strip(), name=kind.lower(), end=end)

    def _colons(self, index: int, line: str) -> bool:
        found = COLONS.match(line)
        if not found or ":::image" in line:
            return False
        words = _before_colons(found[2]).replace("{", " ").replace("}", " ").split()
        name = words[0].lstrip(".").lower() if words else ""
        name = name.removeprefix("callout-")
        self.scan.lines[index] = found[1] if ">" in found[1] else ""
        if not name:
            if self.open and self.open[-1].style == ":":
                self._close(index)
            else:
                self._directive(index, "end")
        elif name in NOTE_NAMES:
            self._note(index, name, " ".join(words[1:]))
            self.open.append(_Opener(kind=name, place=len(self.scan.blocks) - 1, style=":"))
        else:
            self._directive(index, re.split(r"[\s\[=]", name)[0], self._source_link(index, line))
        return True

    def _source_link(self, index: int, line: str) -> tuple[Link, ...]:
        target = attributes(line).get("source", "")
        return (Link(target=target, text="", line=self._line(index)),) if target else ()

    def _close(self, index: int) -> None:
        self._end_block(self.open.pop().place, index)

    def _quote(self, index: int, line: str) -> bool:
        found = QUOTE_NOTE.match(line)
        if not found:
            return False
        name = found[2].lower()
        if name in NOTE_NAMES and found[3] is not None:
            self.quoted = name
            self._note(index, name, found[3].lstrip("+-"), end=self._quote_end(index))
            self.scan.lines[index] = found[1]
        else:
            self._directive(index, name)
            self.scan.lines[index] = found[1]
        return True

    def _quote_end(self, index: int) -> int:
        last = index
        while last + 1 < len(self.source) and self.source[last + 1].lstrip().startswith(">"):
            last += 1
            if QUOTE_NOTE.match(self.source[last]):
                return self._line(last) - 1
        return self._line(last)

    def _bang(self, index: int, line: str) -> bool:
        found = BANG.match(line)
        if not found:
            return False
        words = found[3].replace('"', " ").split()
        if found[2].startswith("=") and '"' in found[3]:
            title = found[3].strip().strip('"')
            self._block("tab", index, text=title, name="tab", anchor="")
        elif found[2].startswith(("!", "?")) and words:
            self._note(index, words[0], " ".join(words[1:]))
        else:
            return False
        kind = words[0].lower() if not found[2].startswith("=") else ""
        body = len(self.source[index]) - len(self.source[index].lstrip()) + 4
        self.indents.append((body, kind, len(self.scan.blocks) - 1))
        self.scan.lines[index] = ""
        return True

    def _liquid(self, index: int, line: str) -> bool:
        found = LIQUID.match(line)
        if not found:
            return False
        closing = bool(found[1]) or found[2].lower().startswith("end")
        name = found[2].lower().removeprefix("end")
        style = STYLE.search(found[3])
        kind = style[1].lower() if style and name in {"hint", "notice", "callout"} else name
        if name == "notice" and not style and found[3].split():
            kind = found[3].split()[0].strip("\"'").lower()
        if closing and self.open and self.open[-1].style == "%":
            self._close(index)
            self.scan.lines[index] = ""
            return True
        if closing or not (kind in NOTE_NAMES or name in {"hint", "notice", "callout", "alert"}):
            return self._directive(index, found[2].lower())
        self._note(index, kind, "")
        self.open.append(_Opener(kind=kind, place=len(self.scan.blocks) - 1, style="%"))
        self.scan.lines[index] = ""
        return True

    def _learn(self, index: int, line: str) -> bool:
        tab = LEARN_TAB.match(line)
        if tab:
            self._block("tab", index, text=tab[1], name="tab", anchor=f"tab/{tab[2]}")
            name = f"tab/{tab[2]}"
            self.scan.anchors.append(Anchor(name=name, line=self._line(index), kind="tab"))
            self.scan.lines[index] = ""
            return True
        found = INCLUDE.match(line.rstrip())
        if not found:
            return False
        text, target = _named(found[2].strip())
        link = Link(target=target.split(" ")[0], text=text, line=self._line(index))
        return self._directive(index, found[1].lower().split("-")[0], (link,))

    def _mdx(self, index: int, line: str) -> bool:
        if not self.components:
            return False
        found = IMPORT.match(line.rstrip())
        if found:
            links = (Link(target=found[1], text="", line=self._line(index)),) if found[1] else ()
            return self._directive(index, line.split(maxsplit=1)[0], links)
        tag = COMPONENT.match(line)
        return (
            bool(tag) and self._component(index, tag[1] + tag[2], tag[3], bool(tag[4]))
            if tag
            else False
        )

    def _component(self, index: int, name: str, rest: str, alone: bool) -> bool:  # noqa: FBT001 - how the tag ends
        closing = name.startswith("/")
        kind = name.lstrip("/").lower()
        if closing and self.open and self.open[-1].style == "<" + kind:
            self._close(index)
            self.scan.lines[index] = ""
            return True
        given = attributes(rest).get("type", "note").lower()
        note = given if kind in {"callout", "admonition", "aside", "alert"} else kind
        if closing or alone or note not in NOTE_NAMES:
            return self._directive(index, kind)
        self._note(index, note, attributes(rest).get("title", ""))
        self.open.append(_Opener(kind=note, place=len(self.scan.blocks) - 1, style="<" + kind))
        self.scan.lines[index] = ""
        return True

    def _take_long(self, index: int, line: str) -> None:
        self.scan.troubles.add("too-large")
        self._block("html", index, text=line, name="long-line")
        self.scan.lines[index] = ""


def _before_colons(text: str) -> str:
    """``text`` without the colons that close what they opened."""
    bare = text.rstrip()
    words = bare.rstrip(":")
    return words if len(bare) - len(words) >= CLOSING_COLONS else bare


def _named(text: str) -> tuple[str, str]:
    """Words and target of `[words](target)`; what has no brackets is both."""
    words, target = text, None
    start = text.find("(", text[:-1].rfind(")") + 1)
    if text.endswith(")") and start >= 0:
        words, target = text[:start], text[start + 1 : -1]
    words = words.rstrip().removeprefix("[").removesuffix("]")
    return words, words if target is None else target


def _begins_in_column(lines: list[str]) -> bool:
    """Whether the first mark of a row or a column ends one: a hunk began in it."""
    first = next((mark for line in lines if (mark := COLUMN.match(line))), None)
    return bool(first and first[1])


def _as_image(found: re.Match[str]) -> str:
    given = attributes(found[1])
    alt = given.get("alt-text", "").replace("[", "\\[").replace("]", "\\]")
    return f"![{alt}](<{given.get('source', '')}>)"


def fences(lines: list[str]) -> Iterator[tuple[int, str, bool]]:
    """Fence lines as index, info string and whether it can only open."""
    for index, line in enumerate(lines):
        found = FENCE.match(line) if "```" in line or "~~~" in line else None
        if found and "`" not in found[2]:
            yield index, found[2].strip(), bool(found[2].strip())
