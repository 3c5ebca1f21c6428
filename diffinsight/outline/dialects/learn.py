"""Microsoft Learn: headings that are tabs, and files that are taken in."""

from __future__ import annotations

import re

from diffinsight.outline.dialects.reading import Reading
from diffinsight.outline.model import Anchor, Link

TAB = re.compile(r"^\s*#{1,6}\s+\[(.+?)\]\(#tab/([^()\s]+)\)\s*$")
# What it is, code with its language; and what is taken in.
INCLUDE = re.compile(r"^\s*\[!(INCLUDE|VIDEO|code(?:-[\w+#-]+)?)[+]?(.*)\]$", re.IGNORECASE)


def read_tab(page: Reading, index: int, line: str) -> bool:
    found = TAB.match(line)
    if not found:
        return False
    name = f"tab/{found[2]}"
    page.add("tab", index, text=found[1], name="tab", anchor=name)
    page.scan.anchors.append(Anchor(name=name, line=page.line(index), kind="tab"))
    page.blank(index)
    return True


def read_include(page: Reading, index: int, line: str) -> bool:
    found = INCLUDE.match(line.rstrip())
    if not found:
        return False
    text, target = _named(found[2].strip())
    link = Link(target=target.split(" ")[0], text=text, line=page.line(index))
    page.add_directive(index, found[1].lower().split("-")[0], (link,))
    return True


def _named(text: str) -> tuple[str, str]:
    """Words and target of `[words](target)`; what has no brackets is both."""
    words, target = text, None
    start = text.find("(", text[:-1].rfind(")") + 1)
    if text.endswith(")") and start >= 0:
        words, target = text[:start], text[start + 1 : -1]
    words = words.rstrip().removeprefix("[").removesuffix("]")
    return words, words if target is None else target
