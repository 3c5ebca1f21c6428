"""Notes in quotes, as GitHub, Learn and Obsidian write them: `> [!NOTE]`."""

from __future__ import annotations

import re

from diffinsight.outline.dialects.reading import NOTE_NAMES, Reading

QUOTE_NOTE = re.compile(
    r"""^
    (\s*(?:[-*+]\s+)?(?:>\s*)+)   # 1: the quote, perhaps in a list item
    \[!([A-Za-z-]+)               # 2: kind of note, or name of a directive such as `div`
    (?:
        \]([+-]?.*)               # 3: a title, after the sign of a note that folds
      | \s+([^\]]*)\]             # 4: what a directive is given
    )
    \s*$""",
    re.VERBOSE,
)


def read_quote_note(page: Reading, index: int, line: str) -> bool:
    found = QUOTE_NOTE.match(line)
    if not found:
        return False
    name = found[2].lower()
    if name in NOTE_NAMES and found[3] is not None:
        page.quoted = name
        page.add_note(index, name, found[3].lstrip("+-"), end=_end(page, index))
    else:
        page.add_directive(index, name)
    page.blank(index, found[1])
    return True


def _end(page: Reading, index: int) -> int:
    """The last line of the quote, or the one above the next note in it."""
    last = index
    while last + 1 < len(page.source) and page.source[last + 1].lstrip().startswith(">"):
        last += 1
        if QUOTE_NOTE.match(page.source[last]):
            return page.line(last) - 1
    return page.line(last)
