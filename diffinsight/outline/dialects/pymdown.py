"""Blocks between slashes, snippets and code in lines, as PyMdown Extensions read them.

https://facelessuser.github.io/pymdown-extensions/extensions/blocks/
https://facelessuser.github.io/pymdown-extensions/extensions/inlinehilite/
"""

from __future__ import annotations

import re

from diffinsight.outline.dialects.reading import NOTE_NAMES, Reading
from diffinsight.outline.model import Link

SLASHES = re.compile(r"^\s*/{3,}(?:\s+([A-Za-z][\w-]*)\s*(?:\|\s*(.*))?)?\s*$")
SNIPPET = re.compile(r"^\s*-{1,}8<-{1,}(?:\s+[\"'](.+)[\"'])?\s*$")
LANGUAGE = re.compile(r"^(?:#!|:::)[A-Za-z][\w+#.-]*[ \t]+(?=\S)")
FRAMES = frozenset({"html", "define", "caption", "figure-caption", "table-caption"})


def read_slashes(page: Reading, index: int, line: str) -> bool:
    found = SLASHES.match(line)
    if not found:
        return False
    name, title = (found[1] or "").lower(), found[2] or ""
    if not name:
        if not page.close_note(index, "/"):
            page.add_directive(index, "end")
    elif name == "tab":
        page.add("tab", index, text=title, name="tab")
        page.blank(index)
        page.open_frame("/")
    elif name in FRAMES:
        page.add_directive(index, name)
        page.open_frame("/")
    else:
        kind = name if name in NOTE_NAMES else "note"
        page.open_note(index, kind, title or ("" if kind == name else found[1]), style="/")
    return True


def read_snippet(page: Reading, index: int, line: str) -> bool:
    """A line that takes in a file; without one it begins or ends a list of them."""
    found = SNIPPET.match(line)
    if not found:
        return False
    path = (found[1] or "").removeprefix("; ")
    links = (Link(target=path, text=path, line=page.line(index)),) if path else ()
    page.add_directive(index, "include", links)
    return True


def without_language(code: str) -> str:
    """Code in a line without the mark of its language, which readers don't see."""
    return LANGUAGE.sub("", code)
