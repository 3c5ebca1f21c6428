"""Where a sentence ends, in English, Japanese and Chinese."""

from __future__ import annotations

import re

# Nothing ends inside these.
_WHOLE = re.compile(
    r"`+[^`\n]*`+|https?://[^\s<>()\[\]「」、。]+|“[^”\n]{0,300}”|「[^」\n]{0,300}」|『[^』\n]{0,300}』"
    r"|\"[^\"\n]{0,300}\"|\[[^\]\n]*\]\([^)\n]*\)"
)
_END = re.compile(
    r"\n+"
    r"|[。！？｡]+[」』）)”\"*]*[ \t　]*"  # noqa: RUF001 - other scripts' marks are meant
    r"|(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<!\bvs)(?<!\bNo)(?<!\bcf)(?<!\bca)"
    r"[.!?]+[)”\"'*_]*[ \t]+(?=[^a-z\s])",
)

# A quotation that ends with a mark ends the sentence before a capital or a number.
_ENGLISH_END = re.compile(r"[.!?]+[”\"][ ]+$")


def sentences(text: str) -> tuple[str, ...]:
    """The text in pieces that give it back when joined, each with its end and space."""
    taken = [found.span() for found in _WHOLE.finditer(text)]
    pieces, start = [], 0
    for found in _END.finditer(text):
        if any(first <= found.start() < last for first, last in taken) and not (
            found[0].endswith(" ")
            and any(last <= found.end() and first < found.start() < last for first, last in taken)
            and _ENGLISH_END.match(found[0])
        ):
            continue
        pieces.append(text[start : found.end()])
        start = found.end()
    pieces.append(text[start:])
    return tuple(piece for piece in pieces if piece)
