"""Comments in code: which lines are one, what they say, the code before one."""

from __future__ import annotations

import re

from diffinsight.matching.code_tokens import is_open

COMMENT = re.compile(r"\s*(?:#|//|--(?![a-zA-Z])|;|/\*|\*(?!\*)|<!--|(?:rem|REM)\s)")
# A setting that is not in force, and nothing else: `# size = 4`.
COMMENTED_SETTING = re.compile(r"\s*(?:#|;|//)\s*([A-Za-z][\w.-]*)\s*[=:]\s*\S*\s*$")
_COMMENT_MARKS = re.compile(
    r"^\s*(?:#+|//+|--+|;+|/\*+|\*+|<!--+|rem\b|REM\b)|(?:\*/|(?<!-)--+>)\s*$"
)
# A comment behind code, but no address or colour in it.
_TRAILING = re.compile(r"(?<=[;,)\]}\w])[ \t]+(?://|#)[ \t].*$")


def is_comment(text: str) -> bool:
    """Whether all lines say something to readers of the code only."""
    return all(COMMENT.match(line) for line in text.split("\n"))


def as_prose(comment: str) -> str:
    """What a comment says, on one line and without its marks."""
    lines = (_COMMENT_MARKS.sub("", line).strip() for line in comment.split("\n"))
    return " ".join(filter(None, lines))


def trails(line: str) -> bool:
    """Whether a comment stands behind code."""
    return bool(_TRAILING.search(line)) and not is_open(without_comment(line))


def without_comment(line: str) -> str:
    """The code that a comment stands behind."""
    return _TRAILING.sub("", line)
