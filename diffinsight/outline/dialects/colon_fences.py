"""What stands between colons: notes of Docusaurus and Quarto; zones, columns, images of Learn."""

from __future__ import annotations

import re
from collections.abc import Iterable

from diffinsight.outline.dialects.reading import NOTE_NAMES, Reading
from diffinsight.outline.dialects.tag_attributes import attributes
from diffinsight.outline.model import Link

COLONS = re.compile(r"^(\s*(?:>\s*)*):{3,}\s*(.*)$")  # indent and quotes; the words, if any
CLOSING = 3  # colons that may end a line that they began
COLUMN = re.compile(r"^\s*:{3,}\s*(?:row|column)(-end)?\b")
COLON_IMAGE = re.compile(r":::image\s((?:[^:]|:(?!::))*):::")


def read_colons(page: Reading, index: int, line: str) -> bool:
    found = COLONS.match(line)
    if not found or ":::image" in line:
        return False
    words = _before_colons(found[2]).replace("{", " ").replace("}", " ").split()
    name = words[0].lstrip(".").lower() if words else ""
    name = name.removeprefix("callout-")
    left = found[1] if ">" in found[1] else ""  # the quote goes on
    if not name:
        if not page.close_note(index, ":", left=left):
            page.add_directive(index, "end")
    elif name in NOTE_NAMES:
        page.open_note(index, name, " ".join(words[1:]), style=":", left=left)
    else:
        page.add_directive(index, re.split(r"[\s\[=]", name)[0], _source(page, index, line))
    return True


def _before_colons(text: str) -> str:
    """``text`` without the colons that close what they opened."""
    bare = text.rstrip()
    words = bare.rstrip(":")
    return words if len(bare) - len(words) >= CLOSING else bare


def _source(page: Reading, index: int, line: str) -> tuple[Link, ...]:
    target = attributes(line).get("source", "")
    return (Link(target=target, text="", line=page.line(index)),) if target else ()


def put_images(page: Reading, index: int, line: str) -> None:
    """Write images between colons as Markdown has them."""
    if ":::image" in line:
        page.scan.lines[index] = COLON_IMAGE.sub(_as_image, line)


def _as_image(found: re.Match[str]) -> str:
    given = attributes(found[1])
    alt = given.get("alt-text", "").replace("[", "\\[").replace("]", "\\]")
    return f"![{alt}](<{given.get('source', '')}>)"


class Columns:
    """The rows and columns that are open at a line."""

    def __init__(self, indents: Iterable[int]) -> None:
        self._indents = list(indents)  # of what stands in each; -1: not seen yet

    @classmethod
    def of(cls, lines: Iterable[str]) -> Columns:
        """One is open from the start where the first mark ends one: a hunk began in it."""
        first = next((mark for line in lines if (mark := COLUMN.match(line))), None)
        return cls([-1] if first and first[1] else [])

    def without_indent(self, line: str, *, in_code: bool) -> str:
        """The next line without the indent that only shows which column it stands in."""
        mark = COLUMN.match(line)
        if mark and not in_code:
            if not mark[1]:
                self._indents.append(-1)
            elif self._indents:
                self._indents.pop()
        if not self._indents or mark or not line.strip():
            return line
        indent = len(line) - len(line.lstrip())
        if self._indents[-1] < 0:
            self._indents[-1] = indent
        return line[min(indent, self._indents[-1]) :]
