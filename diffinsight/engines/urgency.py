"""How urgently a reader has to hear of a change of text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from diffinsight.engines.passages import edits_of
from diffinsight.matching.weight import Weight, weigh
from diffinsight.matching.words import STOP_WORDS, bag
from diffinsight.models import Finding

# Kinds whose two sides are texts that were written to be read.
_TEXT = ("paragraph-", "list-item-", "step-", "note-")
_ASIDE = frozenset({"comment", "output", "placeholder"})  # what nobody runs
_DEFAULT = re.compile(r"(?i)\bdefault|既定|默认")  # heads of columns
_LEAST_WORDS = 6  # of a table cell that is a text; anything shorter is a value


def urgency(finding: Finding) -> Weight:
    """The weight of what differs; NOTHING where no text differs."""
    if finding.values.get("footnote"):
        return Weight.NOTHING  # the rows say it
    if finding.values.get("text_stays"):
        return Weight.NOTHING  # the other version says it, too
    if finding.kind.startswith(_TEXT):
        return weigh(finding.before or "", finding.after or "")
    return Weight.NOTHING


def is_slight(finding: Finding) -> bool:
    """Whether a change only says the same in other words, or touches no code that is run."""
    if finding.kind == "table-row-changed":
        cells = edits_of(finding.values)
        return bool(cells) and all(_is_slight_cell(*cell) for cell in cells)
    if finding.kind == "code-changed":
        aspects = finding.values.get("aspects")
        return isinstance(aspects, tuple | list) and bool(aspects) and _ASIDE.issuperset(aspects)
    if finding.kind == "heading-renamed":
        return _contents(finding.before) == _contents(finding.after)
    return finding.kind.endswith("-changed") and urgency(finding) <= Weight.WORDING


def changes_default(finding: Finding) -> bool:
    """Whether a table row names another default than before: for those who set nothing."""
    cells = finding.values.get("cells")
    return any(
        isinstance(cell, Mapping)
        and bool(_DEFAULT.search(str(cell.get("column"))))
        and bool(cell.get("before") and cell.get("after"))
        for cell in (cells if isinstance(cells, tuple | list) else ())
    )


def changes_figure(finding: Finding) -> bool:
    """Whether a number, a limit or a date in a table row is another one."""
    cells = edits_of(finding.values)
    return any(weigh(before, after) >= Weight.FIGURE for before, after in cells if before and after)


def _contents(text: str | None) -> frozenset[str]:
    """The words that say what a heading is about."""
    return bag(text or "") - STOP_WORDS


def _is_slight_cell(before: str, after: str) -> bool:
    text = min(len(before.split()), len(after.split())) >= _LEAST_WORDS
    return text and weigh(before, after) <= Weight.WORDING
