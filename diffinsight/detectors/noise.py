"""Changes that change nothing for a reader: typos, case, punctuation, markup, line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diffinsight.detectors.commands import told_in
from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.detectors.comparison.rows import members, other_mark
from diffinsight.detectors.comparison.telling import edit_values, tell
from diffinsight.detectors.comparison.whole import Whole
from diffinsight.detectors.images import lightboxes
from diffinsight.detectors.list_levels import shift
from diffinsight.detectors.moved import renumbered
from diffinsight.detectors.prose import NAMES
from diffinsight.matching.edits import Edit
from diffinsight.models import Finding, Values
from diffinsight.outline.model import Block

TEXTUAL = frozenset(NAMES) | {"row", "table", "note", "tab", "heading"}
_LAST_CODE = re.compile(r"`([^`\n]+)`[.:]?\s*$")
_FENCED = re.compile(r"^\s*```[^\n`]*\n(.+?)\n\s*```\s*$", re.DOTALL | re.MULTILINE)


def find(file: Comparison, whole: Whole) -> Iterator[Finding]:
    commands = told_in(file)
    for pair in file.pairs:
        if not pair.both or pair.block.kind not in TEXTUAL or pair.moved or commands.has(pair):
            continue
        if renumbered(pair) or shift(pair) or other_mark(pair.before, pair.after):
            continue
        if not pair.edits:
            yield from _same_words(pair)
        elif not whole.says_more(pair):
            for edit in pair.edits:
                yield from _tell(pair, edit)


def _tell(pair: Pair, edit: Edit) -> Iterator[Finding]:
    subject = f"{edit.before} → {edit.after}"
    match edit.kind:
        case "typo":
            yield tell(
                "typo-fixed", pair, "noise", subject=subject, before=edit.before, after=edit.after
            )
        case "case":
            yield tell(
                "case-changed", pair, "noise", subject=subject, before=edit.before, after=edit.after
            )
        case "punctuation":
            yield tell("punctuation-changed", pair, "noise", before=edit.before, after=edit.after)
        case "formatting":
            yield _formatted(pair)
        case "spacing" if pair.both and _looks_otherwise(*pair.both):
            yield _formatted(pair)
        case "spacing" if _has_other_lines(pair):
            yield tell("reflowed", pair, "noise")
        case "spacing":
            yield tell("whitespace-changed", pair, "noise", values={"what": "inside"})


def _has_other_lines(pair: Pair) -> bool:
    sides = (pair.before, pair.after)
    return len({len(block.source.split("\n")) for block in sides if block}) > 1


def _same_words(pair: Pair) -> Iterator[Finding]:
    """The block was written differently and reads the same."""
    if pair.both is None:
        return
    before, after = pair.both
    if _links(before) != _links(after) or bool(lightboxes(before)) != bool(lightboxes(after)):
        return
    if before.kind == after.kind and before.source.split() == after.source.split():
        old, new = before.source.split("\n"), after.source.split("\n")
        if [line.split() for line in old] != [line.split() for line in new]:
            yield tell("reflowed", pair, "noise")
        else:
            yield tell("whitespace-changed", pair, "noise", values={"what": _what(old, new)})
    elif before.kind in {"paragraph", "item", "step", "heading", "row", "table"}:
        yield _formatted(pair)
        yield from _mark_left(pair, before, after)


def _formatted(pair: Pair) -> Finding:
    thing = _looks_otherwise(*pair.both) if pair.both else ""
    values: Values = {"thing": thing} if thing else {}
    return tell("formatting-changed", pair, "minor" if thing else "noise", values=values)


def _looks_otherwise(before: Block, after: Block) -> str:
    """What a reader sees of marks that changed: a list of another sort, lines that run on."""
    if {before.kind, after.kind} == {"item", "step"}:
        return "to-bullets" if before.kind == "step" else "to-numbers"
    joined = after.kind == "row" and _lines(after) < _lines(before)
    return "lines-joined" if joined else ""


def _lines(row: Block) -> int:
    """How many lines the cells of a row have, besides the first of each."""
    return sum(max(len(lines) - 1, 0) for lines in members(row))


def _mark_left(pair: Pair, before: Block, after: Block) -> Iterator[Finding]:
    """Code that was set apart with one of the marks that it stood in before."""
    inline, fenced = _LAST_CODE.search(before.source), _FENCED.search(after.source)
    if not inline or not fenced or fenced[1].strip() == inline[1]:
        return
    if fenced[1].strip().strip("`").strip() == inline[1]:
        edit = Edit(before=inline[1], after=fenced[1].strip(), kind="words")
        yield tell("code-changed", pair, "minor", values=edit_values([edit]))


def _links(block: Block) -> list[tuple[str, str]]:
    """What the links and images of a block say."""
    return [(link.target, link.text) for link in block.links]


def _what(before: list[str], after: list[str]) -> str:
    if [line.rstrip() for line in before] == [line.rstrip() for line in after]:
        return "trailing"
    if [line.strip() for line in before] == [line.strip() for line in after]:
        return "indent"
    return "inside"
