"""The prose in source lines of a page: its front matter, paragraphs, items and short code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from diffinsight.markdown_text import as_shown

_NO_PROSE = re.compile(
    r"#|[-*+] |\d+[.)] |[|>:<!~=]|```|---|///|\s{4}|import |export |\w+:\s*$"
    # A mark of a note, a definition or a lone link; a sentence may begin with a link.
    r"|\[(?:!|\^|[^\]]*\]:|[^\]]*\](?:\([^)]*\)|\[[^\]]*\])?\W*$)"
    r"|[^|`]+\|[^|`]*\|"  # a row of a table that starts without a mark
)
_KEY = re.compile(r"[\w.-]+:(\s|$)")
_ANSWER = re.compile(r"\s*answer:\s*(?:[|>][+-]?)?\s*(.*)")
_QUESTION = re.compile(r"\s*+(?:-\s*+)?question:")
_ITEM = re.compile(r"(?:[-*+]|\d+[.)]|>)\s+(?!\[!)")
_STEP = re.compile(r"\d{1,3}[.)]\s")
_LISTED = re.compile(r"( *)(?:[-*+]|\d{1,3}[.)])\s+(\S.*)")
# What an item names, and what it says of that.
_NAME_ENDS = re.compile(r"(?<=[\w)\]`*]):\**(?:\s|$)|\s(?:[-–—]+|--)\s|(?<=[a-z\d)`*])\.(?:\s|$)")  # noqa: RUF001 - dashes are meant
_ROW = re.compile(r"\|?[^|]+\|[^|]*(?:\||$)")
_RULE = re.compile(r"(?=[^-]*-)[\s|:-]+")
_NAMED = re.compile(r"(?<=\w)(?::| \()|<")  # what else stands in the cell of a column's name
_BREAK = re.compile(r"\s*<br\s*/?>\s*")
_FENCES = ("```", "~~~")
_OUTPUT = re.compile(r"(?:```|~~~)\s*(?:output|json|xml|console-output)", re.IGNORECASE)
# A command of a shell or PowerShell, or a setting; no message.
_RUN_OR_SET = re.compile(
    r"(?:[$#>] ?)?(?:[a-z][^A-Z\s:]*|[.~]?/\S+|[A-Z][a-z]+-[A-Z]\w+)(?:\s|$)|[\w.\[\]-]+ ?="
)
LONGEST_COMMAND = 90  # characters
LONGEST_LEAD = 180  # ... of words that lead to a list, with what it names
LONGEST_ITEM = 40  # ... of a name in it
_BULLET = re.compile(r"[-*+] +(\S.*)")
_CODE_NAME = re.compile(r"`[^`]+`")


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """Source text on one line, of prose or of an item of a list."""

    text: str
    item: bool = False
    aside: bool = False  # in a note


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


def asks_or_answers(line: str) -> bool:
    """Whether a question that a page keeps as YAML begins in it, or what answers it."""
    return bool(_ANSWER.match(line) or _QUESTION.match(line))


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
    fenced = listed = aside = False
    for line in (*lines, ""):
        text = line.strip()
        fence = text.startswith(_FENCES)
        fenced ^= fence
        item = _ITEM.match(text)
        told = bool(item) or not _NO_PROSE.match(text)
        if found and (fence or fenced or not text or item or not told):
            yield Paragraph(text=" ".join(found), item=listed, aside=aside)
            found = []
        if told and text and not fenced and not fence:
            aside = text.startswith(">") or (aside and bool(found))
            listed = bool(item) or (listed and bool(found))
            found.append(text[item.end() :] if item else text)


def opening(lines: Sequence[str]) -> Iterator[str]:
    """Paragraphs without items, up to the first code; what follows steps only closes them."""
    found: list[str] = []
    closing = False
    for line in (*_first_lines_of_items(lines), ""):
        if is_fence(line):
            break
        closing = not line.startswith("#") and (closing or bool(_STEP.match(line)))
        if line.strip() and not closing and not _NO_PROSE.match(line) and not _KEY.fullmatch(line):
            found.append(line.strip())
        elif found:
            yield " ".join(found)
            found = []
    if found:
        yield " ".join(found)


def _first_lines_of_items(lines: Sequence[str]) -> Iterator[str]:
    """``lines``, with nothing for those in which the text of an item goes on."""
    listed = apart = False
    for line in lines:
        if _LISTED.match(line):
            listed = True
        elif line.strip():
            listed = listed and not line.startswith("#") and (line[0].isspace() or not apart)
        goes_on = listed and not _LISTED.match(line) and not is_fence(line)
        yield "" if goes_on else line
        apart = not line.strip()


def first_step(lines: Sequence[str]) -> int:
    """Where the first step stands; 0 where nothing stands before one."""
    return next((place for place, line in enumerate(lines) if _STEP.match(line)), 0)


def row_names(lines: Sequence[str], *, heads: bool = False) -> list[str]:
    """The first cells of the rows of tables, of their ``heads`` also."""
    rows = [line.strip() for line in lines if _ROW.match(line.strip())]
    rules = [place for place, row in enumerate(rows) if _RULE.fullmatch(row)]
    left = {*rules, *(place - 1 for place in rules if not heads)}
    told = (row for place, row in enumerate(rows) if place not in left)
    return [cell for row in told if (cell := row.strip("|").partition("|")[0].strip())]


def row_values(lines: Sequence[str]) -> list[tuple[str, str]]:
    """The cells of each row, where tables have a column for names and one other."""
    rows = [line.strip() for line in lines if _ROW.match(line.strip())]
    heads = {place - 1 for place, row in enumerate(rows) if _RULE.fullmatch(row)}
    told = (row for place, row in enumerate(rows) if not heads & {place, place - 1})
    cells = [
        tuple(as_shown(_BREAK.sub(", ", cell)).strip() for cell in row.strip("|").split("|"))
        for row in told
    ]
    return [(name, value) for name, value in cells] if {*map(len, cells)} == {2} else []


def column_names(lines: Sequence[str]) -> list[str]:
    """What stands above the columns of the first table, the one of its rows' names left out."""
    rows = [line.strip() for line in lines if _ROW.match(line.strip())]
    rule = next((place for place, row in enumerate(rows) if _RULE.fullmatch(row)), 0)
    cells = rows[rule - 1].strip("|").split("|")[1:] if rule else []
    names = (_NAMED.split(as_shown(cell).strip(), 1)[0].strip() for cell in cells)
    return list(filter(None, names))


def command(lines: Sequence[str]) -> str:
    """The only line of the only code, where it is short: what the lines are for."""
    fences = [place for place, line in enumerate(lines) if is_fence(line)]
    return _lone_line(lines, *fences) if len(fences) == 2 else ""  # noqa: PLR2004 - it opens and closes


def with_lists(lines: Sequence[str]) -> list[str]:
    """``lines``, with the names in a list that has no more behind the words that lead to it."""
    told = list(lines)
    for place, line in enumerate(lines):
        if not line.rstrip().endswith(":") or _NO_PROSE.match(line) or _LISTED.match(line):
            continue
        names = _names_below(lines[at] for at in range(place + 1, len(lines)))
        if names and len(line) + len(names) <= LONGEST_LEAD:
            told[place] = f"{line.rstrip()} {names}."
    return told


def _names_below(lines: Iterable[str]) -> str:
    """What the items of the list name that comes next, joined, where none says more."""
    listed = takewhile(lambda line: not line.strip() or _BULLET.match(line), lines)
    items = [found[1] for line in listed if (found := _BULLET.match(line))]
    names = [code[0] if (code := _CODE_NAME.match(item)) else _item_name(item) for item in items]
    short = len(names) > 1 and all(0 < len(name) <= LONGEST_ITEM for name in names)
    return ", ".join(names) if short else ""


def with_commands(lines: Sequence[str]) -> list[str]:
    """``lines``, with the only line of short code behind the words that lead to it."""
    told: list[str] = []
    fences = [place for place, line in enumerate(lines) if is_fence(line)]
    led = dict(zip(fences[::2], fences[1::2], strict=False))
    after = 0
    for place, line in enumerate(lines):
        code = _lone_line(lines, place, led[place]) if place in led else ""
        leads = next((at for at in range(len(told) - 1, -1, -1) if told[at].strip()), None)
        if code and leads is not None and told[leads].rstrip().endswith(":"):
            told[leads] = f"{told[leads].rstrip(' :')}: {code}"
            after = led[place] + 1
        if place >= after:
            told.append(line)
    return told


def _lone_line(lines: Sequence[str], opens: int, closes: int) -> str:
    """The only line of code between two fences, where it is short and no output."""
    if _OUTPUT.match(lines[opens].lstrip()):
        return ""
    code = [line.strip() for line in lines[opens + 1 : closes] if line.strip()]
    told = len(code) == 1 and len(code[0]) <= LONGEST_COMMAND and "`" not in code[0]
    told = told and bool(_RUN_OR_SET.match(code[0]))
    return f"`{code[0]}`" if told else ""


def listed_names(lines: Sequence[str]) -> list[str]:
    """What the items of the outermost list name, each by its first words; notes are no items."""
    found: list[tuple[int, str]] = []
    fenced = False
    for line in lines:
        fenced ^= is_fence(line)
        item = None if fenced else _LISTED.match(line.expandtabs(4))
        if item:
            found.append((len(item[1]), item[2]))
    least = min((indent for indent, _ in found), default=0)
    return [_item_name(text) for indent, text in found if indent == least]


def _item_name(item: str) -> str:
    """An item of a list without what explains it; a lone word is a label such as "Fix"."""
    name = _NAME_ENDS.split(item, maxsplit=1)[0].strip()
    kept = item if name.isalpha() and item[len(name) : len(name) + 1] == ":" else name
    return as_shown(kept).strip("*_").rstrip(" .:;,")
