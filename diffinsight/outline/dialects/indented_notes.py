"""Notes and tabs of Material for MkDocs, whose bodies are indented: `!!! note`, `=== "Tab"`."""

from __future__ import annotations

import re

from diffinsight.outline.dialects.reading import IndentedBody, Reading

OPENER = re.compile(r"^(\s*)(!!!|\?\?\?\+?|===\+?)\s+(.+)$")
INDENT = 4  # columns that a body stands to the right of its opener


def read_indented(page: Reading, index: int, line: str) -> bool:
    found = OPENER.match(line)
    if not found:
        return False
    mark, rest = found[2], found[3]
    words = rest.replace('"', " ").split()
    kind = ""
    if mark.startswith("=") and '"' in rest:
        place = page.add("tab", index, text=rest.strip().strip('"'), name="tab")
    elif mark.startswith(("!", "?")) and words:
        kind = words[0].lower()
        place = page.add_note(index, kind, " ".join(words[1:]))
    else:
        return False
    opener = page.source[index]
    indent = len(opener) - len(opener.lstrip()) + INDENT
    page.bodies.append(IndentedBody(indent=indent, kind=kind, place=place))
    page.blank(index)
    return True


def dedent(page: Reading, index: int, line: str) -> str:
    """The line without the indent of the bodies it stands in, after those above it are closed."""
    if not page.bodies:
        return line
    indent = len(line) - len(line.lstrip())
    if line.strip():
        while page.bodies and indent < page.bodies[-1].indent:
            page.close_body(index)
    if page.bodies:
        depth = page.bodies[-1].indent
        line = line[depth:] if indent >= depth else line.lstrip()
        page.scan.lines[index] = line
    return line
