"""MDX: imports, and components alone on their lines."""

from __future__ import annotations

import re

from diffinsight.outline.dialects.reading import NOTE_NAMES, Reading
from diffinsight.outline.dialects.tag_attributes import attributes
from diffinsight.outline.model import Link

IMPORT = re.compile(r"""^(?:import|export)\s.*?(?:from\s+)?(?:['"]([^'"]+)['"])?;?$""")
COMPONENT = re.compile(
    r"""^\s*<
    (/?)              # 1: whether it ends one
    ([A-Z][\w.]*)     # 2: the name
    ((?:\s[^>]*)?)    # 3: its attributes
    (/?)              # 4: whether it ends itself
    >\s*$""",
    re.VERBOSE,
)
TYPED = frozenset({"callout", "admonition", "aside", "alert"})  # notes that are given their kind


def read_import(page: Reading, index: int, line: str) -> bool:
    found = IMPORT.match(line.rstrip())
    if not found:
        return False
    links = (Link(target=found[1], text="", line=page.line(index)),) if found[1] else ()
    page.add_directive(index, line.split(maxsplit=1)[0], links)
    return True


def read_component(page: Reading, index: int, line: str) -> bool:
    found = COMPONENT.match(line)
    if not found:
        return False
    closing, alone = bool(found[1]), bool(found[4])
    name = found[2].lower()
    if closing and page.close_note(index, "<" + name):
        return True
    given = attributes(found[3])
    kind = given.get("type", "note").lower() if name in TYPED else name
    if closing or alone or kind not in NOTE_NAMES:
        page.add_directive(index, name)
    else:
        page.open_note(index, kind, given.get("title", ""), style="<" + name)
    return True
