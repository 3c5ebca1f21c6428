"""Which finding is told first: by impact, then by kind, or by what it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from diffinsight.engines.choosing.audience import is_included
from diffinsight.engines.choosing.urgency import (
    calls_otherwise,
    changes_date,
    changes_default,
    exchanges_value,
    is_member,
    is_slight,
    turns,
    urgency,
)
from diffinsight.markdown_text import is_code
from diffinsight.matching.lexicon import lexicon_of
from diffinsight.matching.sentences import sentences
from diffinsight.matching.weight import Weight, weigh
from diffinsight.models import Finding, Impact

IMPACTS: tuple[Impact, ...] = ("breaking", "notable", "minor", "noise")

# What a reader wants to hear first; among findings of the same impact.
ORDER = (
    "page-removed",
    "page-moved",
    "page-added",
    "deprecation-announced",
    "option-removed",
    "option-renamed",
    "release-added",
    "heading-added",
    "section-split",
    "option-added",
    "zone-added",
    "tab-added",
    "value-changed",
    "heading-removed",
    "release-removed",
    "section-moved",
    "redirect-removed",
    "link-broken",
    "listing-extended",
    "availability-changed",
    "section-rewritten",
    "deprecation-withdrawn",
    "version-changed",
    "table-column-removed",
    "table-column-added",
    "table-removed",
    "table-replaced",
    "table-added",
    "table-row-removed",
    "table-row-added",
    "table-row-changed",
    "step-removed",
    "step-added",
    "step-changed",
    "steps-reordered",
    "note-removed",
    "note-added",
    "note-changed",
    "code-removed",
    "code-added",
    "code-changed",
    "rendering-changed",
    "heading-renamed",
    "toc-entry-removed",
    "toc-entry-added",
    "toc-entry-renamed",
    "toc-entry-moved",
    "tab-removed",
    "zone-removed",
    "zone-changed",
    "heading-moved",
    "heading-demoted",
    "heading-promoted",
    "heading-level-changed",
    "asset-removed",
    "asset-added",
    "asset-replaced",
    "asset-moved",
    "file-removed",
    "file-added",
    "file-moved",
    "term-replaced",
    "paragraph-added",
    "paragraph-removed",
    "paragraph-changed",
    "passage-replaced",
    "list-item-added",
    "list-item-removed",
    "list-item-changed",
    "list-level-changed",
    "include-removed",
    "include-added",
    "include-changed",
    "link-retargeted",
    "link-added",
    "link-removed",
    "link-text-changed",
    "image-added",
    "image-removed",
    "image-changed",
    "alt-text-changed",
    "lightbox-added",
    "lightbox-removed",
    "redirect-changed",
    "redirect-added",
    "toc-entry-retargeted",
    "toc-entry-changed",
    "setting-changed",
    "setting-added",
    "setting-removed",
    "content-moved",
    "anchor-removed",
    "anchor-added",
    "tab-renamed",
    "table-column-renamed",
    "directive-removed",
    "directive-added",
    "directive-changed",
    "html-changed",
    "typo-fixed",
    "front-matter-changed",
    "content-changed",
    "text-changed",
    "case-changed",
    "punctuation-changed",
    "formatting-changed",
    "reflowed",
    "whitespace-changed",
    "step-renumbered",
    "footnote-renumbered",
    "comment-changed",
    "mode-changed",
)
# Told section by section: what matters to a reader is where the text changed.
TEXT = frozenset(
    f"{block}-{change}"
    for block in ("paragraph", "list-item")
    for change in ("added", "removed", "changed")
)
_SAYING = ("paragraph-", "list-item-", "step-", "note-", "table-row-", "include-")
_SLIGHT = ("step-", "note-", "table-row-", "code-")
_RANK = {kind: 2 * rank for rank, kind in enumerate(ORDER)}  # room for one place before each
_NOTABLE = IMPACTS.index("notable")
_FIRST = (-1, 0)  # what is wrong with a new page comes after what it is
_FEW = 10  # words of a section
_ALL_OVER = 8  # places of a page
_LONG = 200  # words of a file that pages take in: as much as a section of theirs


class _Place(NamedTuple):
    """Where a finding stands that says something of its own, whatever its kind."""

    holds: Callable[[Finding], bool]
    kind: str  # told as early as this one ...
    before: bool = False  # ... or right before it
    notable: bool = False  # however small a change of its kind is as a rule


def rank(finding: Finding) -> tuple[int, int]:
    """Where a finding stands: lower is told earlier."""
    if finding.kind == "page-added" and not _is_part(finding):
        return _FIRST
    impact = IMPACTS.index(finding.impact)
    if impact == _NOTABLE and finding.kind.startswith(_SLIGHT) and is_slight(finding):
        impact += 1
    for place in _PLACES:
        if place.holds(finding):
            least = _NOTABLE if place.notable and finding.impact != "noise" else impact
            return min(impact, least), _RANK[place.kind] - place.before
    return impact, _RANK.get(finding.kind, 2 * len(ORDER))


def _says(finding: Finding, least: Weight) -> bool:
    return finding.kind.startswith(_SAYING) and urgency(finding) >= least


def runs_other(finding: Finding) -> bool:
    """Whether a command is another one; a setting (`name = value`) is none."""
    commands = finding.values.get("commands")
    listed = commands if isinstance(commands, tuple | list) else ()
    lines = finding.values.get("language") and "command" in _aspects(finding)
    return finding.kind == "code-changed" and (
        bool(lines) or any("=" not in str(it) for it in listed)
    )


def installs_other(finding: Finding) -> bool:
    """Whether a text has something else installed than before, first of all that it says."""
    leads = (finding.after or "").endswith(":")  # what follows tells
    if not (finding.kind.startswith(_SAYING) and finding.before and finding.after) or leads:
        return False
    old, new = (sentences(side)[:1] for side in (finding.before, finding.after))
    return (
        urgency(finding) >= Weight.RULE
        and weigh("".join(old), "".join(new)) >= Weight.RULE
        and all(lexicon_of(one).opens("installs", one) for side in (old, new) for one in side)
    )


def _aspects(finding: Finding) -> tuple[str, ...]:
    aspects = finding.values.get("aspects")
    return tuple(map(str, aspects)) if isinstance(aspects, tuple | list) else ()


def _is_part(finding: Finding) -> bool:
    """Whether a new file is one that pages take in."""
    return finding.kind == "page-added" and is_included(finding.subject)


def _words(finding: Finding) -> int:
    words = finding.values.get("words")
    return words if isinstance(words, int) else _FEW


def is_page_title(finding: Finding) -> bool:
    return finding.kind == "heading-renamed" and bool(finding.values.get("page_title"))


def is_all_over(finding: Finding) -> bool:
    """Whether a name became another one in so many places that the page calls it so now."""
    count = finding.values.get("count")
    return finding.kind == "term-replaced" and isinstance(count, int) and count >= _ALL_OVER


def is_metadata_title(finding: Finding) -> bool:
    return finding.kind == "front-matter-changed" and finding.subject.casefold() == "title"


def is_described(finding: Finding) -> bool:
    """Whether the text of a heading is only the name of an option, a function or a command."""
    sides = [side for side in (finding.before, finding.after) if side]
    own = not (finding.values.get("text_stays") or finding.values.get("into"))
    return bool(sides) and own and all(map(is_code, sides))


def size(findings: Sequence[Finding]) -> int:
    """How much text findings are about, in words where known."""
    return sum(map(_size, findings))


def _size(finding: Finding) -> int:
    keys = ("words", "words_added", "words_removed", "lines", "count")
    sizes = (finding.values.get(key) for key in keys)
    return sum(size for size in sizes if isinstance(size, int)) or 1


# The first that holds.
_PLACES = (
    _Place(lambda f: _is_part(f) and size((f,)) >= _LONG, "heading-added", notable=True),
    _Place(_is_part, "table-added", notable=True),
    # Nothing is said that was not said before.
    _Place(lambda f: bool(f.values.get("text_stays")), "heading-moved"),
    _Place(lambda f: _says(f, Weight.END), "deprecation-announced", notable=True),
    _Place(
        lambda f: _says(f, Weight.FIGURE) and changes_date(f),
        "option-removed",
        before=True,
        notable=True,
    ),
    _Place(changes_default, "value-changed"),
    _Place(installs_other, "value-changed", before=True, notable=True),
    _Place(lambda f: _says(f, Weight.FIGURE) and exchanges_value(f), "value-changed", notable=True),
    _Place(lambda f: _says(f, Weight.FIGURE), "version-changed", before=True, notable=True),
    # What stood in the rows of a table may stand in a column of its own now.
    _Place(lambda f: "filled" in f.values, "version-changed", before=True),
    _Place(lambda f: _says(f, Weight.RULE) and turns(f), "version-changed", notable=True),
    _Place(lambda f: _says(f, Weight.RULE), "table-column-removed", before=True, notable=True),
    # There is one more of what the table is about.
    _Place(
        lambda f: f.kind == "table-row-added" and bool(f.values.get("offers")),
        "value-changed",
        before=True,
    ),
    # A list of names is a table with one column.
    _Place(is_member, "table-row-removed", before=True, notable=True),
    # Whoever ran the old command will run the new one.
    _Place(runs_other, "value-changed", before=True),
    _Place(calls_otherwise, "version-changed", before=True),
    # What its own section has is in another one now.
    _Place(lambda f: f.kind == "content-moved" and "row_names" in f.values, "heading-added"),
    # A page that has words for what another file said, or the other way round.
    _Place(lambda f: f.kind.startswith("include-") and "words" in f.values, "heading-added"),
    # What went to another page is there as a section is.
    _Place(lambda f: f.kind == "content-moved" and "path" in f.values, "section-moved"),
    _Place(is_all_over, "table-column-removed", notable=True),
    # The page has another title; the one in its metadata is read before any text.
    _Place(lambda f: is_page_title(f) and not is_slight(f), "table-column-removed"),
    _Place(is_metadata_title, "term-replaced"),
    # What a page describes under its name has another one, or is described no longer.
    _Place(lambda f: f.kind == "heading-renamed" and is_described(f), "option-renamed"),
    _Place(lambda f: f.kind == "heading-removed" and is_described(f), "option-removed"),
    _Place(lambda f: f.kind == "zone-added" and bool(f.values.get("versions")), "zone-changed"),
    # Hardly more than its heading; what came instead says more.
    _Place(lambda f: f.kind == "heading-removed" and _words(f) < _FEW, "table-row-removed"),
    # It only leads elsewhere.
    _Place(lambda f: f.kind == "heading-added" and f.impact == "minor", "link-added"),
    _Place(lambda f: f.values.get("thing") == "set-apart", "code-changed"),
    # The same in other words comes after anything that somebody can do something with.
    _Place(lambda f: f.kind in TEXT and is_slight(f), "link-added", before=True),
)
