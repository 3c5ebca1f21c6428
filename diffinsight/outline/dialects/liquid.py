"""Tags of templates alone on their lines: Liquid `{% … %}`, Hugo `{{< … >}}`, `{{% … %}}`."""

from __future__ import annotations

import re

from diffinsight.outline.dialects.reading import NOTE_NAMES, Reading

TAG = re.compile(
    r"""^\s*
    \{(?:%|\{<|\{%)-?\s*     # what opens a tag
    (/?)\s*                  # 1: Hugo's sign of an end; Liquid has `endnote`
    ([\w/-]++)               # 2: the name
    (.*?)                    # 3: what it is given
    -?(?:%\}|>\}\}|%\}\})    # what closes it
    \s*$""",
    re.VERBOSE,
)
STYLE = re.compile(r"""(?:style|type|class)\s*=\s*["']?\.?([\w-]+)""")
STYLED = frozenset({"hint", "notice", "callout"})  # notes that are given their kind
NOTES = STYLED | {"alert"}  # ... whatever it is


def read_liquid(page: Reading, index: int, line: str) -> bool:
    found = TAG.match(line)
    if not found:
        return False
    written = found[2].lower()
    name = written.removeprefix("end")
    closing = bool(found[1]) or written.startswith("end")
    if closing and page.close_note(index, "%"):
        return True
    kind = _kind(name, found[3])
    if closing or not (kind in NOTE_NAMES or name in NOTES):
        page.add_directive(index, written)
    else:
        page.open_note(index, kind, "", style="%")
    return True


def _kind(name: str, given: str) -> str:
    """The kind of note, as a style or, of a notice, as the first word."""
    style = STYLE.search(given)
    if style and name in STYLED:
        return style[1].lower()
    words = given.split()
    return words[0].strip("\"'").lower() if name == "notice" and not style and words else name
