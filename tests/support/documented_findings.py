"""Findings as docs/findings.md describes them: every kind, with the values it says it has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from diffinsight.models import Finding, Impact, Json

DOCUMENT = Path(__file__).parents[2] / "docs/findings.md"
_VALUE = re.compile(r"`(\w+)(\??)` (list of s|list of `\{[^}]*\}`|list|[sib])")
_SHARED = {
    "section": "s",
    "places": "list of `{path, line}`",
    "still_in": "list of `{path, line}`",
    "links": "i",
    "edits": "list of `{before, after}`",
    "more_edits": "i",
    "words": "i",
    "lines": "i",
    "note": "s",
}
_IMPACTS: tuple[Impact, ...] = ("breaking", "notable", "minor", "noise")


@dataclass(frozen=True, kw_only=True)
class DocumentedKind:
    """A row of a table: a kind, its impact, and its values' types by name."""

    kind: str
    impact: Impact
    before: bool
    after: bool
    needed: dict[str, str]
    optional: dict[str, str]


def documented_kinds() -> list[DocumentedKind]:
    """All kinds of all tables, in the document's order."""
    text = DOCUMENT.read_text(encoding="utf-8")
    tables = text[: text.index("\n## Notes of a file")].partition("\n## Files")[2]
    found: list[DocumentedKind] = []
    earlier: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for line in tables.splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if cells and cells[0].startswith("`"):
            needed, optional = _values(cells[-1])
            if re.search(r"as above|the same\b(?! words)|as `paragraph", cells[-1]):
                needed, optional = earlier[0] | needed, earlier[1] | optional
            else:
                earlier = needed, optional
            found += [_kind(name, cells, needed, optional) for name in _kinds(cells[0])]
    return found


def _kinds(cell: str) -> list[str]:
    return re.findall(r"`([a-z-]+)`", cell)


def _values(cell: str) -> tuple[dict[str, str], dict[str, str]]:
    needed: dict[str, str] = {}
    optional: dict[str, str] = {}
    for name, mark, type_ in _VALUE.findall(cell):
        (optional if mark else needed)[name] = type_
    for name in re.findall(r"`(\w+)\??`", cell):
        if name in _SHARED and name not in needed:
            optional.setdefault(name, _SHARED[name])
    return needed, optional


def _kind(
    name: str, cells: list[str], needed: dict[str, str], optional: dict[str, str]
) -> DocumentedKind:
    impact = next(word for word in re.findall(r"\w+", cells[2]) if word in _IMPACTS)
    # One or both sides of an arrow; without letters, a side is empty.
    sides = [bool(re.search(r"\w", side)) for side in cells[3].split("→")]
    if len(cells) == 4:  # no column for the two sides
        sides = [False]
    return DocumentedKind(
        kind=name,
        impact=impact,
        before=not name.endswith("-added") and sides[0],
        after=not name.endswith("-removed") and sides[-1],
        needed=needed,
        optional=optional,
    )


def example_of(kind: DocumentedKind, *, number: int = 1, full: bool = False) -> Finding:
    """A finding of ``kind``; ``full``: with the values that may be missing."""
    types = kind.needed | (kind.optional if full else {})
    return Finding(
        kind=kind.kind,
        subject=f"folder/subject{number}.md",
        impact=kind.impact,
        before=f"old text {number}" if kind.before else None,
        after=f"new text {number}" if kind.after else None,
        before_lines=None if kind.kind.endswith("-added") else (10 * number, 10 * number),
        after_lines=None if kind.kind.endswith("-removed") else (10 * number, 10 * number + 2),
        values={name: _example(name, type_, number) for name, type_ in types.items()},
    )


def _example(name: str, type_: str, number: int) -> Json:
    if type_ == "b":
        return True
    if type_ == "i":
        return number + 1
    if type_ == "s":
        return f"{name} {number}"
    if type_ == "list of s":
        return (f"{name} {number} first", f"{name} {number} second")
    keys = re.findall(r"\w+", type_.partition("{")[2]) or ["before", "after"]
    return ({key: 7 if key == "line" else f"{key} {number}" for key in keys},)
