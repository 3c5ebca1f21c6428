"""The prose in source lines of a page: its front matter, paragraphs, items and short code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_NO_PROSE = re.compile(
    r"#|[-*+] |\d+[.)] |[|>:<!~=]|```|---|\s{4}|import |export |\w+:\s*$"
    # A mark of a note, a definition or a lone link; a sentence may begin with a link.
    r"|\[(?:!|\^|[^\]]*\]:|[^\]]*\](?:\([^)]*\)|\[[^\]]*\])?\W*$)"
    r"|[^|`]+\|[^|`]*\|"  # a row of a table that starts without a mark
)
_KEY = re.compile(r"[\w.-]+:(\s|$)")
_ANSWER = re.compile(r"\s*answer:\s*(?:[|>][+-]?)?\s*(.*)")
_QUESTION = re.compile(r"\s*+(?:-\s*+)?question:")
_ITEM = re.compile(r"(?:[-*+]|\d+[.)]|>)\s+(?!\[!)")
_ROW = re.compile(r"\|?[^|]+\|[^|]*(?:\||$)")
_RULE = re.compile(r"(?=[^-]*-)[\s|:-]+")
_FENCES = ("```", "~~~")
_OUTPUT = re.compile(r"(?:```|~~~)\s*(?:output|json|xml|console-output)", re.IGNORECASE)
LONGEST_COMMAND = 90  # characters


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """Source text on one line, of prose or of an item of a list."""

    text: str
    item: bool = False


def parts(lines: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """The front matter and the rest."""
    if not lines or lines[0].strip() != "---":
        return (), lines
    end = next((i for i, line in enumerate(lines) if i and line.strip() == "---"), 0)
    return lines[1:end], lines[end + 1 :]


def answer(lines: Sequence[str]) -> Sequence[str]:
    """Of a question that a page keeps as YAML, what answers it."""
    for number, line in enumerate(lines):
        found = _ANSWER.match(line)
        if found:
            return [found[1], *(following.strip() for following in lines[number + 1 :])]
    return () if any(map(_QUESTION.match, lines)) else lines


def items(lines: Sequence[str]) -> list[str]:
    """The items of lists, each with its mark."""
    return [line for line in lines if _ITEM.match(line.strip())]


def is_fence(line: str) -> bool:
    """Whether a line opens or closes code."""
    return line.lstrip().startswith(_FENCES)


def has_code(lines: Sequence[str]) -> bool:
    return any(map(is_fence, lines))


def paragraphs(lines: Sequence[str]) -> Iterator[Paragraph]:
    """Prose and the items of lists, without code, tables and headings."""
    found: list[str] = []
    fenced = listed = False
    for line in (*lines, ""):
        text = line.strip()
        fence = text.startswith(_FENCES)
        fenced ^= fence
        item = _ITEM.match(text)
        told = bool(item) or not _NO_PROSE.match(text)
        if found and (fence or fenced or not text or item or not told):
            yield Paragraph(text=" ".join(found), item=listed)
            found = []
        if told and text and not fenced and not fence:
            listed = bool(item) or (listed and bool(found))
            found.append(text[item.end() :] if item else text)


def opening(lines: Sequence[str]) -> Iterator[str]:
    """Paragraphs without items, up to the first code."""
    found: list[str] = []
    for line in (*lines, ""):
        if is_fence(line):
            break
        if line.strip() and not _NO_PROSE.match(line) and not _KEY.fullmatch(line):
            found.append(line.strip())
        elif found:
            yield " ".join(found)
            found = []
    if found:
        yield " ".join(found)


def row_names(lines: Sequence[str], *, heads: bool = False) -> list[str]:
    """The first cells of the rows of tables, of their ``heads`` also."""
    rows = [line.strip() for line in lines if _ROW.match(line.strip())]
    rules = [place for place, row in enumerate(rows) if _RULE.fullmatch(row)]
    left = {*rules, *(place - 1 for place in rules if not heads)}
    told = (row for place, row in enumerate(rows) if place not in left)
    return [cell for row in told if (cell := row.strip("|").partition("|")[0].strip())]


def command(lines: Sequence[str]) -> str:
    """The only line of the only code, where it is short: what the lines are for."""
    fences = [place for place, line in enumerate(lines) if is_fence(line)]
    if len(fences) != 2 or _OUTPUT.match(lines[fences[0]].lstrip()):  # noqa: PLR2004 - it opens and closes
        return ""
    code = [line.strip() for line in lines[fences[0] + 1 : fences[1]] if line.strip()]
    told = len(code) == 1 and len(code[0]) <= LONGEST_COMMAND and "`" not in code[0]
    return f"`{code[0]}`" if told else ""
