"""MyST, the Markdown of Sphinx and Jupyter Book: fenced directives, targets and roles.

https://myst-parser.readthedocs.io/en/latest/syntax/roles-and-directives.html
"""

from __future__ import annotations

import re

from diffinsight.outline.dialects.reading import NOTE_NAMES, Reading
from diffinsight.outline.model import Anchor, Link

OPENER = re.compile(r"^(\s*)(`{3,}|~{3,})\s*\{([A-Za-z][\w:.-]*)\}\s*(.*)$")
TARGET = re.compile(r"^\s*\(([^()\s][^()]*)\)=\s*$")
OPTION = re.compile(r"^\s*:[\w-]+:(?:\s|$)")
ROLE = re.compile(r"\{([A-Za-z][\w:.+-]*)\}$")
TITLED = re.compile(r"^([^<]*?)\s*<[^>]+>$")
# Of roles whose words are prose.
PROSE_ROLES = frozenset({"ref", "doc", "term", "numref", "download", "any", "abbr", "guilabel"})
NOTES = NOTE_NAMES | {"admonition", "versionadded", "versionchanged", "deprecated"}
CODE = frozenset({"code-block", "code", "sourcecode", "code-cell", "doctest", "testcode", "prompt"})
IMAGES = frozenset({"image", "figure"})
LISTS = frozenset({"toctree", "include", "literalinclude"})
# What only lays out the Markdown in it; the first word is its title.
FRAMES = frozenset(
    {
        "tab-set", "tab-item", "grid", "grid-item", "grid-item-card", "card", "dropdown", "margin",
        "sidebar", "aside", "div", "container", "only", "topic", "epigraph",
    }
)  # fmt: skip


def read_fenced(page: Reading, index: int, line: str) -> bool:
    """Read a directive between fences; code goes on to the reader of code, with its language."""
    if page.open and _closes(page.open[-1].style, line):
        return page.close_note(index, page.open[-1].style)
    found = OPENER.match(line)
    if not found:
        return False
    indent, fence, name, argument = found[1], found[2], found[3].lower(), found[4].strip()
    if name in CODE:
        page.scan.lines[index] = f"{indent}{fence}{argument}"
        return False
    if name in NOTES:
        page.open_note(index, "note" if name == "admonition" else name, argument, style=fence)
    elif name in FRAMES:
        _open_frame(page, index, fence, (name, argument))
    elif name in IMAGES:
        _open_frame(page, index, fence, (name, ""))
        page.blank(index, f"![{_alternative(page, index)}](<{argument}>)")
    elif name in LISTS:
        _list(page, index, fence, argument)
        return True
    else:
        return False
    _take_options(page, index)
    return True


def _closes(style: str, line: str) -> bool:
    bare = line.strip()
    return style[:1] in {"`", "~"} and bare.startswith(style) and not bare.strip(style[0])


def _open_frame(page: Reading, index: int, fence: str, named: tuple[str, str]) -> None:
    name, title = named
    if name == "tab-item":
        page.add("tab", index, text=title, name="tab")
        page.blank(index)
    else:
        page.add_directive(index, name)
    page.open_frame(fence)


def _take_options(page: Reading, index: int) -> None:
    for below in range(index + 1, len(page.source)):
        if not OPTION.match(page.source[below]):
            return
        page.taken.add(below)
        page.add_directive(below, "options")


def _alternative(page: Reading, index: int) -> str:
    """The alternative text of an image, among the options below it."""
    for line in page.source[index + 1 :]:
        if not OPTION.match(line):
            break
        if line.strip().startswith(":alt:"):
            return line.strip().removeprefix(":alt:").strip().replace("[", "").replace("]", "")
    return ""


def _list(page: Reading, index: int, fence: str, argument: str) -> None:
    """A directive that names files: in its argument, or one a line."""
    line = page.line(index)
    links = (Link(target=argument, text=argument, line=line),) if argument else ()
    page.add_directive(index, "include" if argument else "toctree", links)
    for below in range(index + 1, len(page.source)):
        page.taken.add(below)
        text = page.source[below].strip()
        if text.startswith(fence):
            page.blank(below)
            return
        if OPTION.match(text):
            page.add_directive(below, "options")
        elif text:
            titled = TITLED.match(text)
            target = text[text.rindex("<") + 1 : -1] if titled else text
            link = Link(target=target, text=titled[1] if titled else text, line=page.line(below))
            page.add("item", below, text=link.text, links=(link,))
            page.blank(below)


def read_target(page: Reading, index: int, line: str) -> bool:
    found = TARGET.match(line)
    if not found:
        return False
    page.scan.anchors.append(Anchor(name=found[1], line=page.line(index), kind="explicit"))
    page.add_directive(index, "target")
    return True


def as_role(before: str, code: str) -> tuple[str, str] | None:
    """Of a role whose name stands at the end of ``before``: the rest of it, and what it shows.

    None: it ends in no name of a role.
    """
    role = ROLE.search(before)
    if not role:
        return None
    titled = TITLED.match(code)
    shown = titled[1] if titled and titled[1] else code.strip("<>").removeprefix("!")
    if shown.startswith("~"):
        shown = shown[1:].rpartition(".")[2]
    prose = role[1].rpartition(":")[2] in PROSE_ROLES
    return before[: role.start()], shown if prose or titled else f"`{shown}`"
