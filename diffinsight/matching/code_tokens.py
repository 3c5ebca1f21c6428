"""Code in tokens: strings, names, marks; what is open in it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

# What has an end is looked for within a limit, or time would grow with the square of a line.
TOKEN = re.compile(
    r'"(?:\\.|[^"\\\n]){0,1000}"'
    r"|(?<![\w'])'(?:\\.|[^'\\\n]){0,1000}'(?!\w)"
    r"|`[^`\n]{0,1000}`"
    r"|</?[A-Za-z_][\w .|:-]{0,200}>"
    r"|\{\{[^{}\n]{0,200}\}\}"
    r"|[^\s\"'`()\[\]{}<>,;=|&:]+(?::+[^\s\"'`()\[\]{}<>,;=|&:]+)*"
    r"|\S"
)
QUOTED = re.compile(r"([\"'`]).*\1", re.DOTALL)
_BRACKETS = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Code:
    """A line in tokens."""

    text: str
    tokens: tuple[re.Match[str], ...]
    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Code:
        tokens = tuple(TOKEN.finditer(text))
        return cls(text, tokens, tuple(token[0] for token in tokens))

    def piece(self, run: tuple[int, int]) -> str:
        first, end = run
        return (
            self.text[self.tokens[first].start() : self.tokens[end - 1].end()]
            if first < end
            else ""
        )

    def left(self, first: int) -> str:
        end = self.tokens[first].start() if first < len(self.tokens) else len(self.text)
        return self.text[:end]

    def right(self, end: int) -> str:
        return self.text[self.tokens[end].start() :] if end < len(self.tokens) else ""


def depth_of(text: str) -> int:
    """How many brackets are open at its end; those in strings do not count."""
    marks = Counter(TOKEN.findall(text))
    return sum(marks[mark] for mark in "([{") - sum(marks[mark] for mark in ")]}")


def is_open(text: str) -> bool:
    """Whether a bracket or a quotation mark has no partner in it."""
    stack: list[str] = []
    for token in TOKEN.findall(text):
        if token in _BRACKETS.values():
            stack.append(token)
        elif token in _BRACKETS and (not stack or stack.pop() != _BRACKETS[token]):
            return True
    return bool(stack) or any(text.count(mark) % 2 for mark in '"`')


def unquoted(text: str) -> str:
    """What a string says; anything else as it is."""
    return text[1:-1] if len(text) > 1 and QUOTED.fullmatch(text) else text
