"""What leads in the words over all files: by what it means for a reader, then by its size."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum

from diffinsight.engines.choosing.audience import is_included
from diffinsight.engines.choosing.passages import edits_of
from diffinsight.engines.choosing.ranking import (
    installs_other,
    is_all_over,
    is_described,
    rank,
    runs_other,
    size,
)
from diffinsight.engines.choosing.urgency import (
    LONGEST_VALUE,
    changes_date,
    exchanges_value,
    is_member,
    is_slight,
    urgency,
    uses_other_name,
)
from diffinsight.matching.lexicon import lexicon_of
from diffinsight.matching.weight import Weight
from diffinsight.models import Finding


class Level(IntEnum):
    """What a reader of the report must know first, from the end of something to mere form."""

    END = 0  # something ends, is renamed, or is there for others than before
    FIGURE = 1  # a limit, a default, a date, a value
    NEWS = 2  # a page, a section, a setting came; a page or a large section went
    RULE = 3  # what one must, can or can't do; a version, a command
    CONTENT = 4  # steps, notes, examples, small sections
    TEXT = 5  # what a text says
    WORDING = 6  # how it says it
    FORM = 7  # links, images, metadata


Place = tuple[Level, int, tuple[int, int, bool]]  # level, size, rank; lower is told earlier

_ENDS = ("deprecation-", "availability-changed", "option-removed", "option-renamed")
_DOORS = ("tab-added", "zone-added")  # another language, model or tool that a page is there for
_NEWS = (
    "page-",
    "option-added",
    "release-added",
    "table-added",
    "table-removed",
    "table-replaced",
    *_DOORS,
)
_NEWS_ROWS = frozenset(
    f"table-{part}-{change}" for part in ("row", "column") for change in ("added", "removed")
) | {"listing-extended"}
_SECTIONS = frozenset({"heading-added", "heading-removed", "section-rewritten"})
_CONTENT = (
    "page-moved",
    "step-",
    "note-",
    "code-",
    "tab-",
    "zone-",
    "section-",
    "heading-",
    "table-",
    "file-",
    "toc-entry-",
)
_TEXT = ("paragraph-", "list-item-", "term-replaced", "include-")
_SAID = ("paragraph-", "list-item-", "note-", "step-")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SECTION = 20  # words of a section that is worth a line of its own
_PART = 60  # words of a file that pages take in
_NOMINAL = 30  # words that a setting or a column of a table is worth
_ROW = 12  # ... a row or a table
_DOOR = 6  # ... of a tab; its examples are told apart
_WHOLE = ("option-", "table-column-", "content-moved", "code-changed")
_BY_SIZE = frozenset({Level.NEWS, Level.CONTENT, Level.TEXT, Level.WORDING})


def place(findings: Iterable[Finding]) -> Place:
    """Where what is told of several findings stands among all matters of a range."""
    listed = tuple(findings)
    first = min(map(level, listed), default=Level.FORM)
    leading = [finding for finding in listed if level(finding) == first]
    # Of what weighs the same, a row or a version is plainer than a text about it.
    told = min((*rank(finding), finding.kind.startswith(_SAID)) for finding in listed)
    if first in _BY_SIZE:
        return first, -magnitude(leading), told
    return first, all(map(_went, leading)) - any(map(_is_warning, leading)), told


def is_plain(finding: Finding) -> bool:
    """Whether it is a fact by its kind, not by the words of a text."""
    said = finding.kind.startswith(_SAID) and not is_member(finding)
    return level(finding) <= Level.RULE and not said


def _is_warning(finding: Finding) -> bool:
    told = finding.kind in {"note-added", "note-removed"} and not finding.values.get("text_stays")
    return told and bool(finding.values.get("serious"))


def _went(finding: Finding) -> bool:
    """Whether a text only went: what came or took its place says more."""
    text = finding.kind.endswith("-removed") and finding.kind.startswith(_SAID)
    return text or _stands_elsewhere(finding)


def level(finding: Finding) -> Level:
    """The level of one finding."""
    return next((it for it, holds in _LEVELS if holds(finding)), Level.FORM)


def _ends(finding: Finding) -> bool:
    left = finding.kind in {"heading-renamed", "heading-removed"} and is_described(finding)
    return left or finding.kind.startswith(_ENDS) or urgency(finding) >= Weight.END


def _is_figure(finding: Finding) -> bool:
    fact = changes_date(finding) or exchanges_value(finding) or installs_other(finding)
    return finding.kind == "value-changed" or fact or _is_bill(finding)


def _is_bill(finding: Finding) -> bool:
    """Whether a text says what costs something, and before it nothing did."""
    if not finding.kind.startswith(_SAID) or urgency(finding) < Weight.RULE:
        return False
    before, after = finding.before or "", finding.after or ""
    lexicon = lexicon_of(after)
    return lexicon.count("prices", after) > lexicon.count("prices", before)


def _is_news(finding: Finding) -> bool:
    if finding.kind in _SECTIONS:
        large = finding.impact != "minor" and size((finding,)) >= _SECTION
        return large and not _stands_elsewhere(finding)
    if finding.kind == "page-added" and is_included(finding.subject):
        return size((finding,)) >= _PART
    if finding.kind == "page-moved":
        return finding.impact != "minor"
    if runs_other(finding):
        return not is_slight(finding)
    moved = finding.kind == "content-moved" and "row_names" in finding.values
    gone = finding.kind == "list-item-removed" and is_member(finding) and not _is_replaced(finding)
    news = finding.kind.startswith(_NEWS) or finding.kind in _NEWS_ROWS
    return moved or gone or news or _is_release(finding)


def _is_replaced(item: Finding) -> bool:
    """Whether something that stood there before stands for what went."""
    return bool(item.values.get("instead"))


def _is_release(finding: Finding) -> bool:
    """Whether a version that has a day for a name, as those of interfaces have, is another one."""
    return finding.kind == "version-changed" and bool(_DAY.match(finding.after or ""))


def _is_rule(finding: Finding) -> bool:
    return (
        (finding.kind == "version-changed" and finding.impact != "minor")
        or finding.kind == "link-broken"
        or _is_warning(finding)
        or (finding.kind == "code-removed" and bool(finding.values.get("commands")))
        or urgency(finding) >= Weight.RULE
        or is_member(finding)
        or uses_other_name(finding)
        or _stands_elsewhere(finding)
        or is_all_over(finding)
    )


def leaves_anchor(finding: Finding) -> bool:
    """Whether a section has another name, so that links from other sites no longer find it."""
    named = finding.kind == "heading-renamed" and not finding.values.get("page_title")
    gone = named and finding.impact != "minor" and finding.values.get("anchor_kept") is False
    return gone or finding.kind == "section-split"


def _stands_elsewhere(section: Finding) -> bool:
    """Whether nobody knows how much of a section went: a part of it is in another one."""
    return section.impact != "minor" and "partly_in" in section.values


def _is_unnamed(finding: Finding) -> bool:
    """Whether a table row tells of columns of which nobody knows what they hold, each otherwise."""
    cells = finding.values.get("cells")
    columns = [
        str(cell.get("column"))
        for cell in (cells if isinstance(cells, tuple | list) else ())
        if isinstance(cell, Mapping)
    ]
    alike = len(columns) > 1 and len(set(edits_of(finding.values))) == 1
    if not columns or alike or changes_date(finding):
        return False
    values = all(len(after.split()) <= LONGEST_VALUE for _, after in edits_of(finding.values))
    return values and all(column.startswith("#") for column in columns)


def magnitude(findings: Iterable[Finding]) -> int:
    """About how much is told, as a power of four: what is about as large stands by its kind."""
    return (sum(map(_words, findings)).bit_length() + 1) // 2


def _words(finding: Finding) -> int:
    if finding.kind.startswith(_WHOLE):
        return _NOMINAL
    if finding.kind.startswith(_DOORS):
        return _DOOR
    return max(size((finding,)), _ROW) if finding.kind.startswith("table-") else size((finding,))


# The first that holds.
_LEVELS: tuple[tuple[Level, Callable[[Finding], bool]], ...] = (
    (Level.FORM, lambda f: f.impact == "noise"),
    (Level.WORDING, lambda f: bool(f.values.get("text_stays"))),
    (Level.END, _ends),
    (Level.RULE, lambda f: _is_figure(f) and _is_unnamed(f)),
    (Level.FIGURE, _is_figure),
    (Level.NEWS, _is_news),
    (Level.RULE, _is_rule),
    (Level.WORDING, is_slight),
    (Level.CONTENT, lambda f: f.kind.startswith(_CONTENT)),
    (Level.TEXT, lambda f: f.kind.startswith(_TEXT) or bool(f.values.get("alone"))),
)
