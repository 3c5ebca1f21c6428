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


# What is no line of a paragraph: nothing, or the start of a list item, a heading, code, a table.
NO_TEXT = re.compile(r"[\s>]*(?:$|[-*+]\s|\d+[.)]\s|\#{1,6}\s|```|~~~|<|\||:::)")


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
    while last + 1 < len(page.source) and _goes_on(*page.source[last : last + 2]):
        last += 1
        if QUOTE_NOTE.match(page.source[last]):
            return page.line(last) - 1
    return page.line(last)


def _goes_on(line: str, following: str) -> bool:
    """Whether a line is in the quote of the one above; a paragraph goes on without the mark.

    https://spec.commonmark.org/0.31.2/#lazy-continuation-line
    """
    if following.lstrip().startswith(">"):
        return True
    return not NO_TEXT.match(line) and not NO_TEXT.match(following)
