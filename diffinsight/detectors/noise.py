"""Changes that change nothing for a reader: typos, case, punctuation, markup, line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.commands import is_command
from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.detectors.comparison.telling import tell
from diffinsight.detectors.images import lightboxes
from diffinsight.detectors.list_levels import shift
from diffinsight.detectors.moved import renumbered
from diffinsight.detectors.prose import NAMES
from diffinsight.detectors.reading.rows import members, other_mark
from diffinsight.detectors.tables import turned_rows
from diffinsight.matching.edits import Edit
from diffinsight.matching.kinds import digits
from diffinsight.models import Finding, Impact, Values
from diffinsight.outline.model import Block
from diffinsight.outline.steps import NUMBER

TEXTUAL = frozenset(NAMES) | {"row", "table", "note", "tab", "heading"}
_LAST_CODE = re.compile(r"`([^`\n]+)`[.:]?\s*$")
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_BARE = str.maketrans("|", " ", "`")  # cells stand apart however wide they are written
_FENCED = re.compile(r"^\s*```[^\n`]*\n(.+?)\n\s*```\s*$", re.DOTALL | re.MULTILINE)


def find(file: Comparison, whole: Whole) -> Iterator[Finding]:
    listed = {id(row) for pair in file.pairs for row in turned_rows(file, pair)}
    for pair in file.pairs:
        if not pair.both or pair.block.kind not in TEXTUAL or id(pair) in listed:
            continue
        if pair.moved and {block.kind for block in pair.both} != {"item", "step"}:
            continue  # a list of another sort looks so wherever it is
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
        case "formatting" if digits(edit.before) == digits(edit.after) != "":
            yield tell(
                "formatting-changed",
                pair,
                "noise",
                subject=subject,
                before=edit.before,
                after=edit.after,
                values={"thing": "digits"},
            )
        case "formatting" if pair.both:
            yield _formatted(pair, *pair.both)
        case "spacing" if pair.both and _looks_otherwise(*pair.both):
            yield _formatted(pair, *pair.both)
        case "spacing":
            yield tell("whitespace-changed", pair, "noise", values={"what": "inside"})


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
        yield _formatted(pair, *pair.both)


def _formatted(pair: Pair, before: Block, after: Block) -> Finding:
    left = _left_with_mark(before, after)
    thing = "mark-left" if left else _looks_otherwise(before, after)
    values: Values = {"thing": thing} if thing else _code_marks(before, after)
    thing = str(values.get("thing") or "")
    impact: Impact = "minor" if thing else "noise"
    return tell("formatting-changed", pair, impact, after=left or None, values=values)


def _looks_otherwise(before: Block, after: Block) -> str:
    """What a reader sees of marks that changed: a list of another sort, code apart."""
    listed = {before.kind, after.kind} <= {"item", "step"}
    if listed and _is_numbered(before) != _is_numbered(after):
        return "to-bullets" if _is_numbered(before) else "to-numbers"
    if is_command(f"`{_set_apart(before, after)}`"):
        return "set-apart"
    joined = after.kind == "row" and _lines(after) < _lines(before)
    return "lines-joined" if joined else ""


def _is_numbered(block: Block) -> bool:
    """Whether it has a number: a step, or an item of a list of names."""
    return block.kind == "step" or bool(NUMBER.match(block.source))


def _code_marks(before: Block, after: Block) -> Values:
    """What is no longer set as code, or is now, where no other mark and no word changed."""
    bare = [block.source.translate(_BARE).split() for block in (before, after)]
    old, new = (dict.fromkeys(_CODE.findall(block.source)) for block in (before, after))
    gone, come = ([code for code in a if code not in b] for a, b in ((old, new), (new, old)))
    if before.kind != after.kind or bare[0] != bare[1] or bool(gone) == bool(come):
        return {}
    return {"thing": "code-off" if gone else "code-on", "terms": tuple(gone or come)}


def _lines(row: Block) -> int:
    """How many lines the cells of a row have, besides the first of each."""
    return sum(max(len(lines) - 1, 0) for lines in members(row))


def _left_with_mark(before: Block, after: Block) -> str:
    """Code that was set apart with one of the marks that it stood in before, or nothing."""
    code = _set_apart(before, after)
    return "" if code == code.strip("`") else code


def _set_apart(before: Block, after: Block) -> str:
    """Code that ended a sentence and is a block below it now, as it is there; or nothing."""
    inline, fenced = _LAST_CODE.search(before.source), _FENCED.search(after.source)
    code = fenced[1].strip() if fenced else ""
    return code if inline and code.strip("`").strip() == inline[1] else ""


def _links(block: Block) -> list[tuple[str, str]]:
    """What the links and images of a block say."""
    return [(link.target, link.text) for link in block.links]


def _what(before: list[str], after: list[str]) -> str:
    if [line.rstrip() for line in before] == [line.rstrip() for line in after]:
        return "trailing"
    if [line.strip() for line in before] == [line.strip() for line in after]:
        return "indent"
    return "inside"
