"""Pages that Microsoft Learn keeps as YAML: questions and answers, landing pages, hubs.

Each line becomes the line of Markdown that says the same, so that line numbers stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import PurePosixPath

from diffinsight.outline import markdown
from diffinsight.outline.model import Block, Fragment, Outline, Section
from diffinsight.outline.pages import cut_sections, finish, split_lines

# The schemas of https://learn.microsoft.com/contribute/content that hold prose.
MIME = re.compile(r"^###\s*YamlMime:\s*(?:FAQ|Landing|Hub)\s*$", re.IGNORECASE | re.MULTILINE)
# What a hunk shows of one, where its first line is not seen.
FAQ_NAME = re.compile(r"(?:^|[-_])faq(?:[-_].*)?\.ya?ml$", re.IGNORECASE)
SPEAKING = re.compile(
    r"^[ \t]*(?:-[ \t]+)?(?:linkListType|linkLists|landingContent|conceptualContent"
    r"|productDirectory|highlightedContent|url|ms\.[\w.-]+)\s*:",
    re.MULTILINE,
)
KEY = re.compile(r"^(\s*)((?:-\s+)*)([A-Za-z_][\w.-]*)\s*:(?:\s+(\S.*))?$")
SCALAR = re.compile(r"^[|>][+-]?\d?[+-]?\s*(?:#.*)?$")
NAMES = frozenset({"title", "name", "text"})
TEXTS = frozenset({"summary", "answer", "additionalContent", "description", "intro", "note"})
ADDRESSES = frozenset({"url", "href"})
LISTS = frozenset(
    {"sections", "questions", "landingContent", "linkLists", "links", "items", "metadata"}
    | {"conceptualContent", "productDirectory", "highlightedContent", "tools", "cards"}
)
STRUCTURE = NAMES | TEXTS | ADDRESSES | LISTS | {"question", "linkListType", "itemType"}
METADATA = frozenset(
    {"titleSuffix", "author", "manager", "reviewer", "keywords", "services", "brand", "robots"}
)
DEEPEST_HEADING = 6


def is_learn_page(path: str, fragments: Sequence[Fragment], *, partial: bool) -> bool:
    """Whether a YAML file holds a page; of hunks, as far as its name and its keys tell."""
    if any(MIME.search(fragment.text[:2_000]) for fragment in fragments):
        return True
    if not partial:
        return False
    name = PurePosixPath(path).name
    if FAQ_NAME.search(name):
        return True
    landing = name.lower() in {"index.yml", "index.yaml"}
    return landing and any(SPEAKING.search(fragment.text) for fragment in fragments)


def read_learn(fragments: Sequence[Fragment]) -> Outline:
    """The outline of the page, or of what hunks show of it."""
    sections: list[Section] = []
    anchors = []
    groups = last = 0
    for index, fragment in enumerate(fragments):
        lines = split_lines(fragment.text)
        reader = _Reader(lines, fragment.first_line)
        reader.read()
        last = fragment.first_line + len(lines) - 1
        blocks = list(reader.meta)
        for start, end in reader.texts():
            first = fragment.first_line + start
            parsed = markdown.parse(reader.lines[start:end], first, groups=groups)
            groups = max([groups, *(block.group for block in parsed.blocks)])
            blocks += (reader.placed(block) for block in parsed.blocks)
            anchors += parsed.anchors
        blocks.sort(key=lambda block: (block.first, block.last))
        sections += cut_sections(blocks, index, last)
    return finish(sections, anchors=tuple(anchors), lines=last)


@dataclass(kw_only=True, slots=True)
class _Text:
    """A value that goes on over lines."""

    indent: int  # of its key
    level: int  # of the heading it becomes; 0: prose
    depth: int = -1  # indent of its own lines, once the first is seen
    head: int = -1  # index of the line that holds its heading
    block: bool = False  # written as a block, in which a hash is no comment


@dataclass(slots=True)
class _Reader:
    source: Sequence[str]
    first_line: int
    lines: list[str] = field(default_factory=list)
    meta: list[Block] = field(default_factory=list)
    parents: list[tuple[int, str]] = field(default_factory=list)  # indent and name of open keys
    text: _Text | None = None
    opens: dict[int, int] = field(default_factory=dict)  # line of a text → line of its key
    ends: dict[int, int] = field(default_factory=dict)  # line of a heading → its last line
    starts: list[int] = field(default_factory=list)  # indexes at which a text begins
    questions: set[int] = field(default_factory=set)  # lines of their headings
    fields: dict[int, str] = field(default_factory=dict)  # line of a text of the page → its key

    def read(self) -> None:
        for index, line in enumerate(self.source):
            self.lines.append("")
            within = self.text is not None and self.text.block
            if not line.strip() or (line.lstrip().startswith("#") and not within):
                continue
            key = _key(line)
            indent = len(key[1]) + len(key[2]) if key else len(line) - len(line.lstrip())
            if self.text and self.text.indent < 0 and key and _is_key_of_a_page(key):
                self.text = None  # what stood above was the end of a text
            if self.text and (indent > self.text.indent or not key):
                self._go_on(index, line)
            elif key and (self.parents or self.text or _is_key_of_a_page(key)):
                self._take(index, key, indent)
            else:
                # A hunk that begins within a text: its key is not seen.
                self.text = _Text(indent=-1, level=0, block=True)
                self.starts.append(index)
                self._go_on(index, line)

    def texts(self) -> Iterator[tuple[int, int]]:
        """Where the texts stand: each is a piece of Markdown by itself."""
        yield from pairwise([*self.starts, len(self.lines)])

    def _take(self, index: int, key: re.Match[str], indent: int) -> None:
        self.text = None
        self.starts.append(index)
        while self.parents and (self.parents[-1][0] >= indent):
            self.parents.pop()
        name, value = key[3], key[4] or ""
        inside = {parent for _, parent in self.parents}
        if not value and name not in TEXTS | {"question"}:
            self.parents.append((indent, name))
            return
        level = self._level(index, name, indent)
        address = name in ADDRESSES and self._sibling(index, indent, NAMES)
        if "metadata" in inside or (name not in STRUCTURE and not level) or name == "linkListType":
            self._add_meta(index, indent, name, value)
        elif address or (name in NAMES and self._sibling(index, indent, ADDRESSES)):
            self._link(index, indent, name, value)
        else:
            self.text = _Text(indent=indent, level=level, block=bool(SCALAR.match(value)))
            if name == "question":
                self.questions.add(self.first_line + index)
            elif name in TEXTS and not self.parents and not indent:
                self.fields[self.first_line + index] = name
            if value and not SCALAR.match(value):
                self._put(index, _bare(value))

    def _level(self, index: int, name: str, indent: int) -> int:
        """The level of the heading that a key becomes."""
        lists = sum(parent in LISTS - {"metadata"} for _, parent in self.parents)
        if name == "question":
            return 3
        if name not in NAMES or self._sibling(index, indent, ADDRESSES):
            return 0
        seen = bool(self.parents) or indent > 0
        return min(DEEPEST_HEADING, max(lists, seen) + 1)

    def _sibling(self, index: int, indent: int, names: frozenset[str]) -> str:
        """The value of a key of the same mapping that has one of ``names``."""
        for step in (-1, 1):
            place = index
            while True:
                here = _key(self.source[place])
                if place != index and here and len(here[1]) + len(here[2]) == indent:
                    if here[3] in names:
                        return _bare(here[4] or "")
                elif place != index and (here is None or len(here[1]) + len(here[2]) < indent):
                    break
                if step < 0 and here and here[2]:
                    break  # the dash that opens the mapping
                place += step
                if not 0 <= place < len(self.source):
                    break
                following = _key(self.source[place])
                if step > 0 and following and following[2]:
                    break
        return ""

    def _link(self, index: int, indent: int, name: str, value: str) -> None:
        """`text` and `url` are one link, on the line of the text."""
        self.text = None
        if name in ADDRESSES:
            return
        target = self._sibling(index, indent, ADDRESSES)
        self.lines[index] = f"- [{_bare(value)}](<{target}>)"
        self._cover(index, indent)

    def _cover(self, index: int, indent: int) -> None:
        """The lines of both keys belong to the link."""
        for place in (index - 1, index + 1):
            key = _key(self.source[place]) if 0 <= place < len(self.source) else None
            if key and key[3] in ADDRESSES and len(key[1]) + len(key[2]) == indent:
                line, other = self.first_line + index, self.first_line + place
                self.opens[line] = min(line, other)
                self.ends[line] = max(line, other)

    def _add_meta(self, index: int, indent: int, name: str, value: str) -> None:
        line = self.first_line + index
        block = Block(
            kind="meta", first=line, last=line, text=value, source=self.source[index], name=name
        )
        self.meta.append(block)
        self.text = _Text(indent=indent, level=-1)

    def _go_on(self, index: int, line: str) -> None:
        text = self.text
        if text is None:
            return
        if text.level < 0:
            last = self.meta[-1]
            value = f"{last.text}\n{line}"
            source = f"{last.source}\n{line}"
            self.meta[-1] = replace(last, last=self.first_line + index, text=value, source=source)
            return
        indent = len(line) - len(line.lstrip())
        if text.depth < 0 <= text.indent and _opens_text(self.source[index - 1]):
            self.opens[self.first_line + index] = self.first_line + index - 1
        text.depth = indent if text.depth < 0 else min(text.depth, indent)
        self._put(index, line[text.depth :])

    def _put(self, index: int, words: str) -> None:
        """A line of the value that is being read."""
        text, line = self.text, self.first_line + index
        if text is None:
            return
        if text.head >= 0:
            self.lines[text.head] += " " + words.strip()
            self.ends[self.first_line + text.head] = line
            return
        if text.level:
            text.head = index
            words = "#" * text.level + " " + words.strip()
        self.lines[index] = words

    def placed(self, block: Block) -> Block:
        """A block with the lines of its keys, and a question with the anchor it has on Learn."""
        first = self.opens.get(block.first, block.first)
        last = max(block.last, self.ends.get(block.first, block.last))
        asked = block.kind == "heading" and (
            first in self.questions or block.first in self.questions
        )
        if asked:
            block = replace(block, name="question", anchor=question_anchor(block.text))
        if block.kind == "paragraph" and first in self.fields:
            block = replace(block, name=self.fields[first])
        return replace(block, first=first, last=last)


def _key(line: str) -> re.Match[str] | None:
    return KEY.match(line.rstrip())


def _bare(value: str) -> str:
    """A plain or quoted value without its quotes."""
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].replace("''", "'") if value[0] == "'" else value[1:-1]
    return value.partition(" #")[0].rstrip()


def _is_key_of_a_page(key: re.Match[str]) -> bool:
    """Whether a line is a key and no words with a colon behind the first."""
    return key[3] in STRUCTURE or key[3] in METADATA or key[3].startswith("ms.")


def _opens_text(line: str) -> bool:
    """Whether the value of a key begins on the next line."""
    key = _key(line)
    return key is not None and (not key[4] or bool(SCALAR.match(key[4])))


def question_anchor(text: str) -> str:
    """Learn's anchor of a question: each sign that is no letter or digit is a hyphen."""
    plain = text.replace("`", "").strip()
    return "".join(char if char.isalnum() else "-" for char in plain.casefold())
