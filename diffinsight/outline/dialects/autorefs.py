"""Cross-references to names that other pages define: `[text][name]`, or `[name][]` alone.

https://mkdocstrings.github.io/autorefs/; definitions that a snippet brings are read the same way.
"""

from __future__ import annotations

import re

from diffinsight.outline.model import Link

_SPAN = re.compile(
    r"(?P<code>(?<!`)(`+)(?!`).+?(?<!`)\2(?!`))"
    r"|(?<![\w\]\\!])!?\[(?P<text>(?:[^\[\]`]|`[^`]*`)+)\]\[(?P<name>[^\[\]\s]*)\]"
)


def without_names(text: str) -> str:
    """``text`` with the words of each cross-reference alone; code stays as it is."""
    if "][" not in text:
        return text
    return _SPAN.sub(lambda found: found["code"] or found["text"], text)


def references(text: str, lines: list[str], first_line: int) -> list[Link]:
    """The cross-references in ``text``, which stands on ``lines``; their targets are no paths."""
    found = (span for span in _SPAN.finditer(text) if span["text"])
    return [
        Link(
            target=f"[{span['name'] or span['text'].strip('`')}]",
            text=span["text"],
            line=_line(f"][{span['name']}]", lines, first_line),
        )
        for span in found
    ]


def _line(end: str, lines: list[str], first_line: int) -> int:
    return next((n for n, line in enumerate(lines, first_line) if end in line), first_line)
