"""What documentation tools add to Markdown, found line by line and taken out for the parser.

The text that goes on to the Markdown parser keeps its number of lines, so that line numbers stay.
"""

from __future__ import annotations

import re

from diffinsight.outline.dialects.autorefs import references, without_names
from diffinsight.outline.dialects.code_fences import CodeFences, fences
from diffinsight.outline.dialects.colon_fences import Columns, put_images, read_colons
from diffinsight.outline.dialects.components import read_component, read_import
from diffinsight.outline.dialects.indented_notes import dedent, read_indented
from diffinsight.outline.dialects.learn import read_include, read_tab
from diffinsight.outline.dialects.liquid import read_liquid
from diffinsight.outline.dialects.myst import as_role, read_fenced, read_target
from diffinsight.outline.dialects.pymdown import read_slashes, read_snippet, without_language
from diffinsight.outline.dialects.quote_notes import read_quote_note
from diffinsight.outline.dialects.reading import Reader, Reading, Scan
from diffinsight.outline.dialects.tag_attributes import attributes
from diffinsight.outline.model import Link

__all__ = [
    "Scan", "as_role", "attributes", "fences", "references", "scan", "without_language",
    "without_names",
]  # fmt: skip

# A line above this is data, not prose: parsing it as Markdown costs seconds and tells nothing.
LONGEST_LINE = 100_000

DEFINITION = re.compile(r"^\s{0,3}\[([^\]^][^\]]*)\]:\s*<?([^\s>]+)>?(?:\s+[\"'(].*)?\s*$")

# What a line may be by its first character; the first reader that knows it takes it.
READERS: dict[str, tuple[Reader, ...]] = {
    ":": (read_colons,),
    ">": (read_colons, read_quote_note),
    **dict.fromkeys("*+", (read_quote_note,)),
    "-": (read_quote_note, read_snippet),
    **dict.fromkeys("!?=", (read_indented,)),
    "/": (read_slashes,),
    "(": (read_target,),
    "{": (read_liquid,),
    "#": (read_tab,),
    "[": (read_include,),
}
# The same in MDX only: elsewhere, these are words and HTML.
MDX_READERS: dict[str, tuple[Reader, ...]] = {
    "<": (read_component,),
    **dict.fromkeys("ie", (read_import,)),
}


def scan(lines: list[str], first_line: int, *, components: bool) -> Scan:
    """Read the dialects of ``lines``. With ``components``, lone `<Tags>` are taken out (MDX)."""
    return _Scanner(lines, first_line, components=components).read()


class _Scanner:
    """Goes down the lines and knows where it is: in a comment, in code, in a column."""

    def __init__(self, lines: list[str], first_line: int, *, components: bool) -> None:
        self.page = Reading(source=lines, first_line=first_line, scan=Scan(lines=list(lines)))
        self.readers = READERS | MDX_READERS if components else READERS
        self.components = components
        self.code = CodeFences()
        self.columns = Columns.of(lines)
        self.commented = False

    def read(self) -> Scan:
        for index, line in enumerate(self.page.source):
            self._read_line(index, line)
        self.page.end_all()
        if self.code.open:
            self.page.scan.troubles.add("unclosed-fence")
        return self.page.scan

    def _read_line(self, index: int, line: str) -> None:
        if len(line) > LONGEST_LINE:
            self._take_long(index, line)
            return
        line = dedent(self.page, index, self._out_of_column(index, line))
        if self.components and not self.code.open:
            line = self._with_comments(index, line)
        if self._in_comment(line):
            return
        if index in self.page.taken:
            self.page.mark(index)
            return
        if not self.code.open and read_fenced(self.page, index, line):
            return
        if not self.code.holds(self.page.scan.lines[index]):
            if not line.lstrip().startswith(">"):
                self.page.quoted = ""
            if line and not line.isspace():
                self._read_markup(index, line)
        self.page.mark(index)

    def _take_long(self, index: int, line: str) -> None:
        self.page.scan.troubles.add("too-large")
        self.page.add("html", index, text=line, name="long-line")
        self.page.blank(index)

    def _out_of_column(self, index: int, line: str) -> str:
        """The line without the indent that only shows which column it stands in."""
        found = self.columns.without_indent(line, in_code=bool(self.code.open))
        if found != line:
            self.page.scan.lines[index] = found
        return found

    def _with_comments(self, index: int, line: str) -> str:
        """The line with the comments of MDX written as those of Markdown."""
        found = line.replace("{/*", "<!--").replace("*/}", "-->")
        if found != line:
            self.page.scan.lines[index] = found
        return found

    def _in_comment(self, line: str) -> bool:
        """Whether the line stands in a comment that began above it: nothing there is shown."""
        begins = not self.code.open and line.lstrip().startswith("<!--")
        inside = self.commented
        if inside or begins:
            self.commented = "-->" not in line
        return inside

    def _read_markup(self, index: int, line: str) -> None:
        for reader in self.readers.get(line.lstrip()[0], ()):
            if reader(self.page, index, line):
                return
        put_images(self.page, index, line)
        found = DEFINITION.match(line)
        if found and not self.page.quoted:
            link = Link(target=found[2], text=found[1], line=self.page.line(index))
            self.page.add("definition", index, text=found[1], links=(link,))
