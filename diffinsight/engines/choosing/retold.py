"""Findings that say what another one says already, found without comparing each with all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from diffinsight.models import Finding, LineRange

_OPTIONS = frozenset({"option-added", "option-removed"})
_STAGED = frozenset({"heading-renamed", "availability-changed"})
_LABELS = frozenset({"link-text-changed", "alt-text-changed"})
_IN_TABS = frozenset({"paragraph-added", "list-item-added", "step-added"})
# Of which another finding may say all.
_RETOLD = (
    _STAGED
    | _LABELS
    | _IN_TABS
    | {
        "table-row-added",
        "table-row-removed",
        "list-item-added",
        "list-item-removed",
        "link-broken",
        "content-moved",
        "toc-entry-added",
    }
)

_Item = tuple[str, int, int]  # a kind, and where it begins on either side; 0: nowhere


class Retold:
    """What the findings of a file say that another one would say again."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._items = {item for finding in findings for item in _items(finding)}
        self._listed = {
            finding.after_lines
            for finding in findings
            if finding.kind == "deprecation-announced" and finding.values.get("listed")
        }
        self._broken = {place for finding in findings for place in _broken(finding)}
        self._staged: dict[LineRange | None, list[Finding]] = {}
        for finding in findings:
            if finding.kind in _STAGED:
                self._staged.setdefault(finding.after_lines, []).append(finding)
        self._tabs = [f.after_lines for f in findings if f.kind == "tab-added"]
        self._tables = [
            finding.after_lines
            for finding in findings
            if finding.kind == "table-added" and finding.values.get("taken")
        ]
        self._framed = [
            finding.after_lines
            for finding in findings
            if finding.kind == "note-added" and finding.values.get("text_stays")
        ]
        self._instead = {
            (finding.values.get("parent"), finding.values.get("instead"))
            for finding in findings
            if finding.kind == "toc-entry-removed"
        }
        terms = (finding for finding in findings if finding.kind == "term-replaced")
        self._written = tuple(dict.fromkeys((one.before or "", one.after or "") for one in terms))
        self._terms = {(was.casefold(), now.casefold()) for was, now in self._written}
        merged = Counter(str(finding.values.get("merged_with")) for finding in findings)
        self._split = {finding.before for finding in findings if finding.kind == "section-split"}
        self._split |= {name for name, times in merged.items() if times == 1}

    def has(self, finding: Finding) -> bool:
        """Whether another finding says what there is to say about ``finding``."""
        return finding.kind in _RETOLD and (
            _item(finding.kind, finding) in self._items
            or (finding.kind == "table-row-added" and finding.after_lines in self._listed)
            or self._breaks(finding)
            or any(_restages(o, finding) for o in self._staged.get(finding.after_lines, ()))
            or self._renames(finding)
            or self._splits(finding)
            or self._takes_place(finding)
            or (finding.values.get("thing") == "in-table" and _within(finding, self._tables))
            or (finding.kind in _IN_TABS and _within(finding, self._tabs))
            or (_in_place(finding) and _within(finding, self._framed))
        )

    def _splits(self, renamed: Finding) -> bool:
        """Whether a section's new name is told with the one that came out of it or went into it."""
        told = renamed.kind == "heading-renamed" and renamed.before in self._split
        return told and renamed.impact != "breaking"

    def _takes_place(self, entry: Finding) -> bool:
        """Whether a contents entry is told with those that it replaced."""
        added = entry.kind == "toc-entry-added"
        return added and (entry.values.get("parent"), entry.subject) in self._instead

    def _breaks(self, broken: Finding) -> bool:
        """Whether the loss of an anchor tells of a broken link, among those that lead to it."""
        if broken.kind != "link-broken" or broken.after_lines is None:
            return False
        return (broken.values.get("anchor"), broken.after_lines[0]) in self._broken

    def _renames(self, label: Finding) -> bool:
        """Whether a term's replacement is all that changed in the text of a link or an image."""
        if label.kind not in _LABELS:
            return False
        if label.kind == "alt-text-changed":  # which the term counts as it is written
            return any((label.before or "").replace(*term) == label.after for term in self._written)
        old, new = ((text or "").casefold() for text in (label.before, label.after))
        return any(old.replace(was, now) == new for was, now in self._terms)


def _in_place(finding: Finding) -> bool:
    """Whether it says of a text no more than that it moved within its section."""
    return finding.kind == "content-moved" and not {"section_before", "path"} & set(finding.values)


def _within(finding: Finding, spans: Iterable[LineRange | None]) -> bool:
    """Whether it begins on lines of one of ``spans``, such as those of a new table or tab."""
    first, _ = finding.after_lines or (0, 0)
    return any(span and span[0] <= first <= span[1] for span in spans)


def _items(option: Finding) -> Iterator[_Item]:
    """The rows and items that an option's own finding tells of."""
    if option.kind in _OPTIONS:
        for item in ("table-row", "list-item"):
            yield _item(option.kind.replace("option", item), option)


def _item(kind: str, finding: Finding) -> _Item:
    after, before = finding.after_lines, finding.before_lines
    return kind, after[0] if after else 0, before[0] if before else 0


def _broken(cause: Finding) -> Iterator[tuple[object, object]]:
    """The anchor that is gone, with each line that links to it."""
    places = cause.values.get("places")
    for anchor in filter(None, gone_anchors(cause)):
        for place in places if isinstance(places, tuple | list) else ():
            if isinstance(place, Mapping):
                yield anchor, place.get("line")


def gone_anchors(cause: Finding) -> tuple[str, ...]:
    """The anchors that went with what a finding tells; an empty one: a whole page."""
    several = cause.values.get("anchors")
    if isinstance(several, tuple | list):
        return tuple(map(str, several))
    return (str(cause.values.get("anchor_before") or cause.values.get("anchor") or ""),)


def _restages(fact: Finding, finding: Finding) -> bool:
    """Whether a heading that got or lost the mark of a stage is told already.

    A renamed one that links lead to is told as that.
    """
    if {fact.kind, finding.kind} != _STAGED or fact.after_lines != finding.after_lines:
        return False
    renamed, staged = (fact, finding) if fact.kind == "heading-renamed" else (finding, fact)
    same = staged.subject in {renamed.before, renamed.after}
    return same and (fact is renamed) == (renamed.impact == "breaking")
