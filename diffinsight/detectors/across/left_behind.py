"""What a change left as it was, though it fits no more: old names, numbers, words before code."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from diffinsight.changes import hunks
from diffinsight.detectors.comparison import Comparison
from diffinsight.detectors.comparison.telling import MOST_LISTED, add_values
from diffinsight.markdown_text import bare_code
from diffinsight.models import FileAnalysis, Finding, Json, Values
from diffinsight.outline.model import Block
from diffinsight.outline.pages import split_lines

_COLONS = (":", "\N{FULLWIDTH COLON}")
_LEADS = frozenset({"paragraph", "item", "step"})
_BETWEEN = frozenset({"paragraph", "note"})
_NEAR = 4  # blocks further on that code may stand behind what parts it from its words
_QUANTITY = re.compile(
    r"(?<![\w.,$-])((?>\d(?:[\d,.]*\d)?))\s?([A-Za-z%]{0,3})(?![A-Za-z])\s?(\w*)"
)
_FILLING = re.compile(r"[\s,*`]")  # written or not, it is the same quantity
_WORD = re.compile(r"[A-Za-z]{2,}")


def mark(
    comparisons: Sequence[Comparison], files: Sequence[FileAnalysis]
) -> tuple[FileAnalysis, ...]:
    """``files`` with `old_names`, `still_says` and `parted` on the findings that made it so."""
    return tuple(map(_marked, comparisons, files))


def _marked(comparison: Comparison, file: FileAnalysis) -> FileAnalysis:
    found: defaultdict[int, dict[str, Json]] = defaultdict(dict)
    for find in (_old_numbers, _old_names, _parted):
        for index, values in find(comparison, file.findings).items():
            found[index] |= values
    return add_values(file, found)


def _parted(file: Comparison, findings: Sequence[Finding]) -> dict[int, Values]:
    """Texts that came between words that lead into code, and that code."""
    if not file.compared:
        return {}
    led = {
        lead.text: code.source for lead, code in pairwise(file.before.blocks) if _leads(lead, code)
    }
    found: dict[int, Values] = {}
    for number, (lead, came) in enumerate(pairwise(file.after.blocks)):
        new = came.first in file.added and lead.first not in file.added
        if not (new and lead.text in led and came.kind in _BETWEEN):
            continue
        following = file.after.blocks[number + 2 : number + 2 + _NEAR]
        if any(block.kind == "code" and block.source == led[lead.text] for block in following):
            told = (
                index
                for index, finding in enumerate(findings)
                if finding.after_lines and _within(came.first, finding.after_lines)
            )
            found[next(told, 0)] = {"parted": {"lead": lead.text, "line": lead.first}}
    return found


def _leads(lead: Block, code: Block) -> bool:
    return code.kind == "code" and lead.kind in _LEADS and lead.text.rstrip().endswith(_COLONS)


def _within(line: int, lines: tuple[int, int]) -> bool:
    return lines[0] <= line <= lines[1]


def _old_names(file: Comparison, findings: Sequence[Finding]) -> dict[int, Values]:
    """Settings that still have the section before their names from which their rows came."""
    moved: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for index, finding in enumerate(findings):
        names = finding.values.get("row_names")
        if finding.values.get("header_before") and isinstance(names, tuple | list):
            header = str(finding.values["header_before"]).strip("[]")
            moved[header].update((bare_code(str(name)), index) for name in names)
    found: defaultdict[int, list[Json]] = defaultdict(list)
    for header, names in moved.items():
        written = re.compile(rf"(?<![\w.]){re.escape(header)}\.([\w-]++)(?!\.\w)")
        for line, text in _lines(file):
            for name in dict.fromkeys(written.findall(text)):
                if name in names:
                    found[names[name]].append({"name": f"{header}.{name}", "line": line})
    return {index: {"old_names": tuple(listed[:MOST_LISTED])} for index, listed in found.items()}


def _lines(file: Comparison) -> Iterator[tuple[int, str]]:
    for part in file.after_text:
        yield from enumerate(split_lines(part.text), part.first_line)


def _old_numbers(file: Comparison, findings: Sequence[Finding]) -> dict[int, Values]:
    """Sentences above tables that have a number which all of its rows lost."""
    tables: defaultdict[int, list[Block]] = defaultdict(list)
    for block in file.after.blocks:
        if block.kind == "row":
            tables[block.group].append(block)
    group_at = {row.first: group for group, rows in tables.items() for row in rows}
    changed: defaultdict[int, dict[int, Json]] = defaultdict(dict)
    for index, finding in enumerate(findings):
        if finding.kind == "table-row-changed" and finding.after_lines:
            changed[group_at.get(finding.after_lines[0], -1)][index] = finding.values.get("cells")
    changed.pop(-1, None)
    shown = {line for line, _ in _lines(file)} if file.partial and changed else ()
    found: dict[int, Values] = {}
    for group, cells in changed.items():
        if not file.partial or tables[group][-1].last + 1 in shown:  # no row is out of sight
            told = _told_above(file, tables[group], cells.values())
            found.update({min(cells): values for values in told})
    return found


def _told_above(
    file: Comparison, table: Sequence[Block], changed: Iterable[Json]
) -> Iterator[Values]:
    left = {_plain(cell) for row in table for cell in row.cells}
    olds: defaultdict[str, set[str]] = defaultdict(set)
    for cell in (cell for cells in changed if isinstance(cells, tuple) for cell in cells):
        if isinstance(cell, Mapping):
            olds[str(cell.get("column"))].add(str(cell.get("before")))
    for column, texts in olds.items():
        old = texts.pop()
        if texts or column.startswith("#") or _plain(old) in left:
            continue  # several numbers, a column out of sight, or one row still has it
        for said in _above(file, table[0]):
            if _says(said, old, column):
                yield {"still_says": said, "was": old}
                return


def _above(file: Comparison, row: Block) -> Iterator[str]:
    """Texts that did not change and stand between a heading and a table."""
    sections = file.after.sections
    section = next((one for one in sections if any(row is b for b in one.blocks)), None)
    for block in section.blocks if section else ():
        text = block.first < row.first and block.kind in {"paragraph", "item"}
        if text and not any(line in file.added for line in range(block.first, block.last + 1)):
            yield block.text
    if file.partial and section and not section.heading:
        yield from _shown_above(file, row)


def _shown_above(file: Comparison, row: Block) -> Iterator[str]:
    """The line that git shows for where a hunk is; it may be cut off."""
    for hunk in hunks(file.change.patch or ""):
        shown = hunk.after_start <= row.first < hunk.after_start + hunk.after_count
        gone = any(line.startswith(hunk.section) for line in file.removed.values())
        if shown and hunk.section and not gone:
            yield hunk.section


def _says(text: str, old: str, column: str) -> bool:
    """Whether a text has the number that the cells of a column had, as one of what that counts."""
    counted = {word.casefold() for word in _WORD.findall(column)}
    return any(
        _plain(number + unit) == _plain(old) and {unit.casefold(), of.casefold()} & counted
        for number, unit, of in _QUANTITY.findall(text)
    )


def _plain(cell: str) -> str:
    return _FILLING.sub("", cell).casefold()
