"""reStructuredText: headings, anchors, links, images, notes, code blocks, toctrees."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from diffinsight.outline.light_markup import (
    Page,
    body_end,
    flat,
    indent_of,
    paragraph_end,
    with_text,
)
from diffinsight.outline.model import Anchor, BlockKind, Link
from diffinsight.outline.rst_tables import Row, read_listed, read_rows, table_end

UNDERLINE = re.compile(r"^([=\-~^\"'#*+`:._])\1{2,}\s*$")
LABEL = re.compile(r"^\s*\.\. _((?:[^:`]|:(?=\S))+|`[^`]+`):\s*(.*)$")
UNNAMED = re.compile(r"^\s*(?:__|\.\. __:)\s+(\S.*)$")  # the target of the next `text`__
SUBSTITUTION = re.compile(r"^(\s*)\.\. \|([^|]+)\|\s+([\w-]+)::\s*(.*)$")
DIRECTIVE = re.compile(r"^(\s*)\.\. ([\w:-]+)::\s*(.*)$")
COMMENT = re.compile(r"^\s*\.\.(?:\s|$)")
ITEM = re.compile(r"^(\s*)(?:([-*+•])|((?:\d+|#|[a-zA-Z])[.)]))\s+(.*)$")
LINK = re.compile(r"`([^`<]*?)\s*<([^>`]+)>`__?")
ROLE = re.compile(r":(?:doc|ref|download|numref|any):`(?:([^`<]*?)\s*<)?([^`>]+)>?`")
CODE_ROLE = re.compile(r"(?<![\w:])(?::[\w+.-]+)+:`(?:([^`<]+?)\s*<[^`>]+>|[~!]?([^`]+))`")
REFERENCE = re.compile(r"(?<![`\w:])`([^`<>]+)`__?(?!\w)")
NAME = re.compile(r"(?<![\w`.-])([A-Za-z0-9][\w.-]{0,80})_(?![\w_])")  # of a target, in the text
STOPS = re.compile(r"^\s*(?:\.\. |__\s|[-*+]\s|\d+[.)]\s)")
NOTES = frozenset(
    [
        "note",
        "tip",
        "important",
        "warning",
        "caution",
        "danger",
        "attention",
        "hint",
        "error",
        "seealso",
        "admonition",
        "todo",
    ]
)
# As Sphinx prints them: https://www.sphinx-doc.org/en/master/usage/restructuredtext/directives.html
VERSION_NOTES = {
    "versionadded": "Added in version",
    "versionchanged": "Changed in version",
    "versionremoved": "Removed in version",
    "deprecated": "Deprecated since version",
}
# Directives that describe an object under its name, whatever the domain.
OBJECTS = frozenset(
    "attribute class classmethod cmdoption confval data decorator describe directive enum "  # noqa: SIM905 - a list of words
    "enumerator envvar exception function globalvar macro member method object option property "
    "role setting staticmethod struct type var".split()
)
AUTO = "auto"  # of those whose words come from the code
LONGEST_NAME = 80  # characters of a signature
IMAGES = frozenset({"image", "figure"})
CODE = frozenset(
    {"code-block", "code", "sourcecode", "highlight", "literalinclude", "parsed-literal", "prompt"}
)


class _Rst:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.lines = page.lines
        self.styles: list[str] = []
        self.targets = _targets(page.lines)
        self.level = 1  # of the last heading
        self.objects: list[int] = []  # how far those are indented in which the line stands

    def read(self) -> None:
        index = 0
        while index < len(self.lines):
            index = self._take(index) + 1
        if not self._has_title():
            self.page.lower_headings()

    def _has_title(self) -> bool:
        """Whether the first heading is the page's title: the only one of its style, at the top.

        https://docutils.sourceforge.io/docs/ref/doctree.html#title
        """
        headings = self.page.headings()
        alone = [heading.level for heading in headings].count(1) == 1
        return alone and self.page.first_line == 1 and headings[0].level == 1

    def _take(self, index: int) -> int:
        """Read what begins at ``index``; the index of its last line."""
        line = self.lines[index]
        if not line.strip():
            return index
        self._leave_objects(index, line)
        for take in (
            self._table,
            self._overlined,
            self._heading,
            self._label,
            self._substitution,
            self._directive,
            self._item,
        ):
            last = take(index, line)
            if last is not None:
                return last
        return self._paragraph(index)

    def _leave_objects(self, index: int, line: str) -> None:
        """What stands below an object belongs to no section: its heading is far above."""
        inside = [indent for indent in self.objects if indent < indent_of(line)]
        if inside == self.objects:
            return
        self.objects = inside
        found = DIRECTIVE.match(line)
        headed = self.lines[index + 1 : index + 2] and UNDERLINE.match(self.lines[index + 1])
        if not (headed or LABEL.match(line) or (found and _describes(found[2].split(":")[-1]))):
            self.page.open_section(None, self.page.first_line + index - 1)

    def _table(self, index: int, line: str) -> int | None:
        if line.lstrip()[:1] not in {"=", "+"}:
            return None
        last = table_end(self.lines, index)
        if last is None:
            return None
        self._rows(list(read_rows(self.lines, index, last)), last)
        return last

    def _rows(self, rows: Sequence[Row], last: int) -> None:
        """The rows of a table, the first one as its head."""
        self.page.group += 1
        for place, row in enumerate(rows):
            cells = tuple(map(self._shown, row.cells))
            kind: BlockKind = "row" if place else "table"
            end = 0 if place else self.page.first_line + last
            text = " ".join(cells)
            group = self.page.group
            self.page.block(kind, row.first, row.last, text, cells=cells, group=group, end=end)

    def _overlined(self, index: int, line: str) -> int | None:
        if not UNDERLINE.match(line) or index + 2 >= len(self.lines):
            return None
        if self.lines[index + 2].rstrip() != line.rstrip() or not self.lines[index + 1].strip():
            return None
        self._open(index, index + 2, self.lines[index + 1].strip(), line[0] * 2)
        return index + 2

    def _heading(self, index: int, line: str) -> int | None:
        if index + 1 >= len(self.lines) or line[0].isspace() or UNDERLINE.match(line):
            return None
        under = UNDERLINE.match(self.lines[index + 1])
        if not under or len(self.lines[index + 1].rstrip()) < min(len(line.rstrip()), 3):
            return None
        self._open(index, index + 1, line.strip(), under[1])
        return index + 1

    def _open(self, first: int, last: int, text: str, style: str) -> None:
        if style not in self.styles:
            self.styles.append(style)
        self.level = self.styles.index(style) + 1
        shown = self._shown(text)
        heading = self.page.block("heading", first, last, shown, level=min(6, self.level))
        self.page.open_section(heading)

    def _label(self, index: int, line: str) -> int | None:
        found = UNNAMED.match(line)
        if found:
            return self._definition(index, found[1], found[1])
        found = LABEL.match(line)
        if not found:
            return None
        name = found[1].strip("`")
        if found[2]:
            return self._definition(index, name, found[2])
        number = self.page.first_line + index
        self.page.anchors.append(Anchor(name=name, line=number, kind="explicit"))
        return index

    def _definition(self, index: int, name: str, target: str) -> int:
        link = Link(target=target, text=name, line=self.page.first_line + index)
        self.page.block("definition", index, index, name, links=(link,))
        return index

    def _substitution(self, index: int, line: str) -> int | None:
        """What stands for `|name|` in the text: an image, or other words."""
        found = SUBSTITUTION.match(line)
        if not found:
            return None
        last = body_end(self.lines, index, indent_of(line))
        if found[3] in IMAGES:
            self._image(index, last, found[4], found[2])
        else:
            text = flat(self.lines[index : last + 1])
            self.page.block("directive", index, last, text, name=found[3])
        return last

    def _directive(self, index: int, line: str) -> int | None:
        found = DIRECTIVE.match(line)
        if not found:
            if not COMMENT.match(line):
                return None
            last = body_end(self.lines, index, indent_of(line))
            self.page.block("html", index, last, f"<!-- {flat(self.lines[index : last + 1])} -->")
            return last
        name, argument, indent = found[2].split(":")[-1], found[3].strip(), len(found[1])
        last = body_end(self.lines, index, indent)
        if name in NOTES:
            end = self.page.first_line + last
            self.page.block("note", index, index, argument, name=name, end=end)
            return index
        if name in VERSION_NOTES:
            said = flat(self.lines[index + 1 : last + 1])
            since = f"{VERSION_NOTES[name]} {argument}"
            self._text("paragraph", index, last, f"{since}: {said}" if said else since, None, 0)
            return last
        if argument and _describes(name, alone=last == index):
            return self._object(index, argument, indent)
        if name in CODE:
            text = "\n".join(line[indent:] for line in self.lines[index + 1 : last + 1])
            self.page.block("code", index, last, text + "\n", name=argument)
        elif name in IMAGES:
            self._image(index, last, argument)
        elif name == "list-table" and last > index:
            self._rows(list(read_listed(self.lines, index, last)), last)
        elif name == "toctree":
            self._toctree(index, last)
        else:
            self.page.block("directive", index, last, flat(self.lines[index : last + 1]), name=name)
        return last

    def _object(self, index: int, signature: str, indent: int) -> int:
        level = min(6, self.level + len(self.objects) + 1)
        name = signature if len(signature) <= LONGEST_NAME else signature.partition("(")[0]
        anchor = signature.partition("(")[0].strip()
        heading = self.page.block("heading", index, index, f"`{name}`", level=level, anchor=anchor)
        self.page.open_section(heading)
        self.objects.append(indent)
        last = index
        if self.lines[index + 1 : index + 2] and self.lines[index + 1].lstrip().startswith(":"):
            last = paragraph_end(self.lines, index + 1, DIRECTIVE)
            options = flat(self.lines[index + 1 : last + 1])
            self.page.block("directive", index + 1, last, options, name="options")
        return last

    def _image(self, first: int, last: int, target: str, name: str = "") -> None:
        body = "\n".join(self.lines[first + 1 : last + 1])
        alt = re.search(r":alt:\s*(.*)", body)
        caption = [
            own for own in body.split("\n") if own.strip() and not own.strip().startswith(":")
        ]
        number = self.page.first_line + first
        link = Link(target=target, text=alt[1].strip() if alt else name, line=number, image=True)
        self.page.block("paragraph", first, last, flat(caption), links=(link,))

    def _toctree(self, first: int, last: int) -> None:
        self.page.block("directive", first, first, self.lines[first].strip(), name="toctree")
        self.page.group += 1
        for index in range(first + 1, last + 1):
            entry = self.lines[index].strip()
            if entry and not entry.startswith(":"):
                text, target = _named(entry)
                link = Link(target=target, text=text, line=self.page.first_line + index)
                self.page.block("item", index, index, text, links=(link,), group=self.page.group)
            elif entry:
                self.page.block("directive", index, index, entry, name="toctree-option")

    def _item(self, index: int, line: str) -> int | None:
        found = ITEM.match(line)
        if not found or not found[4]:
            return None
        stops = ITEM
        last = paragraph_end(self.lines, index, stops)
        number = int(found[3][:-1]) if found[3] and found[3][:-1].isdigit() else None
        text = flat([found[4], *self.lines[index + 1 : last + 1]])
        self._text(
            "step" if number is not None else "item", index, last, text, number, len(found[1])
        )
        return last

    def _paragraph(self, index: int) -> int:
        last = paragraph_end(self.lines, index, STOPS)
        text = flat(self.lines[index : last + 1])
        self._text("paragraph", index, last, text, None, 0)
        if text.endswith("::") and last + 1 < len(self.lines):
            end = body_end(self.lines, last, indent_of(self.lines[index]))
            if end > last:
                start = next(i for i in range(last + 1, end + 1) if self.lines[i].strip())
                self.page.block("code", start, end, "\n".join(self.lines[start : end + 1]) + "\n")
                return end
        return last

    def _text(  # noqa: PLR0913, PLR0917 - the fields of a block
        self, kind: BlockKind, first: int, last: int, text: str, number: int | None, depth: int
    ) -> None:
        line = self.page.first_line + first
        links = with_text(LINK, text, line, target_first=False)
        links += with_text(ROLE, text, line, target_first=False)
        self.page.block(
            kind,
            first,
            last,
            self._shown(text),
            links=tuple(found for link in links if (found := self._resolved(link))),
            number=number,
            level=depth // 2,
            group=self.page.group,
        )

    def _shown(self, text: str) -> str:
        """What a reader sees of a text with inline markup."""
        shown = REFERENCE.sub(r"\1", ROLE.sub(_words, LINK.sub(_words, text)))
        shown = CODE_ROLE.sub(lambda m: m[1] or f"`{m[2]}`", shown)
        return NAME.sub(lambda m: m[1] if self._is_target(m[1]) else m[0], shown).replace("``", "`")

    def _is_target(self, name: str) -> bool:
        return name.casefold() in self.targets

    def _resolved(self, link: Link) -> Link | None:
        """A link by the name of a target leads where the page says, if it does."""
        if not link.target.endswith("_"):
            return link
        target = self.targets.get(link.target[:-1].casefold())
        return replace(link, target=target) if target else None


def _describes(name: str, *, alone: bool = False) -> bool:
    """Whether a directive describes an object; ``alone``: it has no body.

    `class` without one is a style for what follows it.
    """
    return name.removeprefix(AUTO) in OBJECTS and (name.startswith(AUTO) or not alone)


def _words(link: re.Match[str]) -> str:
    return link[1] or link[2].removesuffix("_")


def _targets(lines: Sequence[str]) -> dict[str, str]:
    """Where the names that links are given by lead to."""
    found = filter(None, map(LABEL.match, lines))
    return {label[1].strip("`").casefold(): label[2] for label in found if label[2]}


def _named(entry: str) -> tuple[str, str]:
    """Text and target of an entry of a toctree."""
    text, mark, target = entry.removesuffix(">").rpartition("<")
    return (text.rstrip(), target) if mark and target and entry[-1] == ">" else (entry, entry)


def read_rst(page: Page) -> None:
    """Read the blocks of a reStructuredText page into ``page``."""
    _Rst(page).read()
