"""How urgently a reader has to hear of a change of text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from diffinsight.engines.choosing.passages import Edit, edits_of
from diffinsight.matching.code_comments import as_prose
from diffinsight.matching.edits import edits
from diffinsight.matching.lexicon import lexicon_of, says_default
from diffinsight.matching.requests import exchanges_request
from diffinsight.matching.sentences import sentences
from diffinsight.matching.ticks import NO, YES, sign
from diffinsight.matching.typos import are_slips
from diffinsight.matching.weight import Weight, exchanges_code, weigh, without_samples
from diffinsight.matching.words import STOP_WORDS, bag
from diffinsight.models import Finding

# Kinds whose two sides are texts that were written to be read.
_TEXT = ("paragraph-", "list-item-", "step-", "note-")
_ROW = "table-row-"
_TAKEN_IN = frozenset({"include-added", "include-removed"})
# In the name of a file that tells how far something has come.
_STAGE = re.compile(r"(?i)(?<![a-z])(?:preview|beta|deprecat|retire)")
_MARKUP = frozenset({"case", "punctuation", "formatting", "spacing"})
_ASIDE = frozenset({"comment", "output", "placeholder"})  # what nobody runs
_LONGEST_TURN = 20  # characters that turn the sentence around them
_LEAST_WORDS = 6  # of a table cell that is a text; anything shorter is a value
_MOST_NAMING = 6  # words of a list item that names a thing
# Not the words of a language: code, or letters and digits in one.
_REWRITTEN = 10  # words of a text
LONGEST_VALUE = 5  # words of a table cell that is a value
_MOST_EDITS = 2  # of a text that is told for a figure
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")  # names the version of an interface or a model
_AMOUNT = re.compile(r"[$€£¥]?\d[\d,.]*\+? ?[^\W\d_]")
# Few words that are no sentence and no label.
_NAMING = re.compile(r"[A-Z][^\s.:;!?]*(?: [^\s.:;!?]+){1,3}")
_CALLED = re.compile(r"`[^`]+`|\b[A-Za-z][\w.-]*\d|\b\d+\.\d")
# With a hyphen and a digit, as models and packages have them.
_PICKED = re.compile(r"(?<![\w./-])(?=[\w.]{0,40}-[\w.-]{0,60}\d)[A-Za-z][\w.]*(?:-[\w.]*\w)+")
# How a call or a request names what it passes on; spaces around the mark are those of a variable.
_PASSED = re.compile(r"""(?:([A-Za-z_]\w*)=(?=[^\s=])|"([A-Za-z_]\w*)"\s*:)""")
_NAME = re.compile(r"(?<![\w<-])[A-Za-z_]\w*(?:\.\w+)*(?![\w>-])")
_NAMED = re.compile(r"[._]|[a-z][A-Z]")  # in a name, and in no word
_VALUE = re.compile(r"""["']?\w+["']?""")
_MARKS = YES | NO | {"yes", "no", "n/a"}
# Ways to write that nothing is set.
_BLANK = re.compile(r"^(?:null|nil|none|<none>|blank|empty(?: string)?|n/?a|-|not set)$")
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
# As texts write it: digits alone are the name of a version more often than a day.
_DATE = re.compile(
    rf"(?i)\b(?:{_MONTHS})[a-z]*\.? \d{{1,4}}(?:, \d{{4}})?|\b\d{{1,2}} (?:{_MONTHS})[a-z]*\b"
    r"|\d{4}\s?年\s?\d{1,2}\s?月|\d{1,2}\s?月\s?\d{1,2}\s?日"
)


def urgency(finding: Finding) -> Weight:
    """The weight of what differs; NOTHING where no text differs, nor what a call passes on."""
    if finding.values.get("footnote") or finding.values.get("text_stays"):
        return Weight.NOTHING  # the rows say it; the other version says it, too
    if finding.kind.startswith(_TEXT):
        weight = weigh(finding.before or "", finding.after or "")
        weight = max(weight, Weight.RULE) if finding.values.get("turned") else weight
        return max(weight, Weight.FIGURE if is_amount(finding) else _named(finding))
    if finding.kind in _TAKEN_IN:
        return (
            Weight.RULE if _STAGE.search(finding.before or finding.after or "") else Weight.NOTHING
        )
    if finding.kind.startswith(_ROW):
        default = Weight.FIGURE if changes_default(finding) else Weight.NOTHING
        return max((*_cells(finding), default))
    if finding.kind == "code-changed":
        return _of_code(finding)
    return Weight.NOTHING


def _of_code(code: Finding) -> Weight:
    """Comments say something to readers, too; what else nobody runs says nothing."""
    aspects = _strings(code, "aspects")
    if aspects == ("comment",):
        sides = (tuple(map(as_prose, side)) for side in edits_of(code.values))
        return max((weigh(*side) for side in sides), default=Weight.NOTHING)
    return Weight.RULE if calls_otherwise(code) else Weight.NOTHING


def picks_other(text: Finding) -> bool:
    """Whether it now names another thing to choose, as it is called and not in words."""
    sides = (text.before or "", text.after or "")
    old, new = (frozenset(map(str.casefold, _PICKED.findall(side))) for side in sides)
    return bool(old - new and new - old)


def is_member(finding: Finding) -> bool:
    """Whether it is an item that is one of the names or amounts of a list, which came or went."""
    return is_amount(finding) or _named(finding) == Weight.LISTED == urgency(finding)


def _named(finding: Finding) -> Weight:
    """LISTED for an item of a list that came or went and is the name of a thing, or hardly more."""
    if not _is_short(finding):
        return Weight.NOTHING
    text = finding.after or finding.before or ""
    called = _CALLED.search(text) or (_NAMING.fullmatch(text) and not finding.values.get("linked"))
    return Weight.LISTED if called else Weight.NOTHING


def is_amount(finding: Finding) -> bool:
    """Whether an item of a list that came or went says how much, and of what."""
    return _is_short(finding) and bool(_AMOUNT.match(finding.after or finding.before or ""))


def _is_short(finding: Finding) -> bool:
    if not finding.kind.startswith("list-item-") or (finding.before and finding.after):
        return False
    return len((finding.after or finding.before or "").split()) <= _MOST_NAMING


def _cells(row: Finding) -> Iterator[Weight]:
    """The weights of what changed in the cells of a row, or of what the whole of it says."""
    if row.kind.endswith("-changed"):
        for before, after in edits_of(row.values):
            if _is_support(before, after):
                yield Weight.RULE
            elif (before and after) or _is_text(before + after):
                yield weigh(before, after)
        return
    key = str(row.values.get("key") or "")
    for column, cell in zip(*(_strings(row, name) for name in ("columns", "cells")), strict=False):
        if _is_text(cell):
            yield weigh("", cell)
        if cell != key:  # a limit is one by what heads its row or its column
            said = weigh("", f"{key}, {column}: {cell}")
            yield said if said == Weight.FIGURE else Weight.NOTHING


def _is_support(before: str, after: str) -> bool:
    """Whether a cell says yes instead of no, or has what is there for a row, or had it."""
    sides = [sign(side).casefold() for side in (before, after)]
    if all(side in _MARKS for side in sides):
        return sides[0] != sides[1]
    return bool(sides[0]) != bool(sides[1]) and not _is_text(before + after)


def _strings(finding: Finding, name: str) -> tuple[str, ...]:
    listed = finding.values.get(name)
    return tuple(map(str, listed)) if isinstance(listed, tuple | list) else ()


def _is_text(cell: str) -> bool:
    return len(cell.split()) >= _LEAST_WORDS


def turns(finding: Finding) -> bool:
    """Whether a text now says that something can't be done, or the opposite of what it said.

    What a row has for what it is about, it has plainly.
    """
    before, after = finding.before or "", finding.after or ""
    said = after if before else "".join(sentences(after)[:1])  # what comes later is an aside
    if finding.kind.startswith(_ROW) or limits(said)[0] > limits(before)[0]:
        return True
    lexicon = lexicon_of(after)
    return any(
        lexicon.count("turns", old) != lexicon.count("turns", new)
        and max(len(old), len(new)) <= _LONGEST_TURN
        for old, new in edits_of(finding.values)
    )


def limits(text: str) -> tuple[int, int]:
    """How many times a text says that something can't be done, and how far it can."""
    lexicon = lexicon_of(text)
    return lexicon.count("bars", text), lexicon.count("limits", text)


def is_slight(finding: Finding) -> bool:
    """Whether a change only says the same in other words, or touches no code that is run."""
    if finding.kind == "table-row-changed":
        cells = edits_of(finding.values)
        return bool(cells) and all(_is_slight_cell(*cell) for cell in cells)
    if finding.kind == "code-changed":
        aspects = _strings(finding, "aspects")
        aside = bool(aspects) and _ASIDE.issuperset(aspects)
        return (aside and urgency(finding) < Weight.RULE) or _is_sample(finding)
    if finding.kind == "heading-renamed":
        return _is_respelt(finding) or _contents(finding.before) == _contents(finding.after)
    return finding.kind.endswith("-changed") and urgency(finding) <= Weight.WORDING


def is_rewritten(finding: Finding) -> bool:
    """Whether more than a few words of a text that stayed are others."""
    words = (finding.values.get(name) for name in ("words_added", "words_removed"))
    return sum(count for count in words if isinstance(count, int)) >= _REWRITTEN


def _is_respelt(heading: Finding) -> bool:
    """Whether the words of a heading are the same in another spelling."""
    changed = edits(heading.before or "", heading.after or "")
    words = [(edit.before, edit.after) for edit in changed if edit.kind not in _MARKUP]
    return bool(words) and are_slips(words)


def calls_otherwise(finding: Finding) -> bool:
    """Whether code passes something on under another name, or asks for it in another way."""
    sides = edits_of(finding.values) if finding.kind == "code-changed" else ()
    return any(exchanges_name(side) or exchanges_request(*side) for side in sides)


def uses_other_name(finding: Finding) -> bool:
    """Whether code calls something else or has another option, and is the same beside that."""
    edits = edits_of(finding.values)
    few = len(edits) <= _MOST_EDITS and not finding.values.get("more_edits")
    if finding.kind != "code-changed" or not few:
        return False
    option = bool(finding.values.get("language")) and "option" in _strings(finding, "aspects")
    return option or any(map(_is_renamed, edits))


def _is_renamed(edit: Edit) -> bool:
    """Whether one name that programs have for things became another one, or a value one."""
    old, new = (frozenset(filter(_NAMED.search, _NAME.findall(side))) for side in edit)
    return bool((old - new or _VALUE.fullmatch(edit[0])) and new - old)


def exchanges_name(edit: Edit) -> bool:
    """Whether the name under which code passes something on became another one."""
    old, new = map(_PASSED.match, edit)
    if old is None or new is None:
        return False
    return old[old.lastindex or 0] != new[new.lastindex or 0]


def _is_sample(finding: Finding) -> bool:
    """Whether nothing differs but the numbers by which an example calls its things."""
    pairs = edits_of(finding.values)
    same = all(without_samples(before) == without_samples(after) for before, after in pairs)
    return bool(pairs) and same and not finding.values.get("more_edits")


def changes_default(finding: Finding) -> bool:
    """Whether a table row names another default than before: for those who set nothing."""
    cells = finding.values.get("cells")
    return finding.kind == "table-row-changed" and any(
        isinstance(cell, Mapping)
        and says_default(str(cell.get("column")))
        and _is_other(str(cell.get("before") or ""), str(cell.get("after") or ""))
        for cell in (cells if isinstance(cells, tuple | list) else ())
    )


def _is_other(before: str, after: str) -> bool:
    """Whether a default is another value, not the same one written otherwise."""
    old, new = (_BLANK.sub("", side.strip("`\"' ").casefold()) for side in (before, after))
    return bool(before and after) and old != new


def exchanges_value(finding: Finding) -> bool:
    """Whether a figure, or what is typed, is another one, and hardly a word around it."""
    if is_amount(finding) or changes_default(finding):
        return True
    row = finding.kind == "table-row-changed"
    if urgency(finding) < (Weight.RULE if row else Weight.FIGURE):
        return False
    sides = edits_of(finding.values)
    few = row or (len(sides) <= _MOST_EDITS and not finding.values.get("more_edits"))
    return few and any(
        _differ_in_figures(*side, text=not row) or exchanges_code(*map(_without_days, side))
        for side in sides
    )


def _differ_in_figures(before: str, after: str, *, text: bool) -> bool:
    """Whether a figure took the place of another; a text that has one more may only name it."""
    old, new = (frozenset(_FIGURE.findall(_without_days(side))) for side in (before, after))
    value = all(side and len(side.split()) <= LONGEST_VALUE for side in (before, after))
    if old - new and new - old:
        return value or not text
    return old != new and value and not text


def _without_days(text: str) -> str:
    """``text`` without the days that name versions of one thing."""
    return _DAY.sub("", text)


def changes_date(finding: Finding) -> bool:
    """Whether a day in a text or a table row is another one."""
    sides = edits_of(finding.values) if finding.kind.startswith(_ROW) else ()
    sides = sides or ((finding.before or "", finding.after or ""),)
    return any(_exchanges(before, after) for before, after in sides)


def _exchanges(before: str, after: str) -> bool:
    old, new = (frozenset(map(str.casefold, _DATE.findall(text))) for text in (before, after))
    gone, come = old - new, new - old
    # The same day with its year is no other day.
    return any(not any(a.startswith(b) or b.startswith(a) for b in come) for a in gone if come)


def _contents(text: str | None) -> frozenset[str]:
    """The words that say what a heading is about."""
    return bag(text or "") - STOP_WORDS


def _is_slight_cell(before: str, after: str) -> bool:
    text = min(len(before.split()), len(after.split())) >= _LEAST_WORDS
    return text and weigh(before, after) <= Weight.WORDING
