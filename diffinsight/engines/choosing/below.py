"""A new section together with those that came within it."""

from __future__ import annotations

from dataclasses import replace

from diffinsight.engines.choosing.clauses import Clause
from diffinsight.engines.choosing.passages import Passage
from diffinsight.models import Finding

_SUMMED = ("words", "paragraphs", "items", "steps", "code_blocks", "tables", "images")
_ASIDE = ("text_stays", "thing")  # of such headings, what is below them may not be new
_NAMED = 2  # of those within, the largest


def with_those_below(clause: Clause) -> Clause:
    """``clause`` as one section, where all others that it is about are in that one.

    `within` names some of them; `below` is their number where there are more.
    """
    first, *rest = sorted(clause.passages, key=_line)
    names = {first.finding.subject}
    for finding in (passage.finding for passage in rest):
        if finding.values.get("parent") not in names or _level(finding) <= _level(first.finding):
            return clause
        names.add(finding.subject)
    aside = any(f.values.get(name) for f in clause.findings for name in _ASIDE)
    if clause.kind != "heading-added" or aside or not rest:
        return clause
    return Clause(passages=(_together(first, [passage.finding for passage in rest]),))


def _line(passage: Passage) -> int:
    lines = passage.finding.after_lines
    return lines[0] if lines else 0


def _level(finding: Finding) -> int:
    return _number(finding, "level")


def _together(first: Passage, rest: list[Finding]) -> Passage:
    largest = sorted(rest, key=lambda finding: -_number(finding, "words"))[:_NAMED]
    values = {
        **first.finding.values,
        **{name: sum(_number(f, name) for f in (first.finding, *rest)) for name in _SUMMED},
        **({"below": len(rest)} if len(rest) > _NAMED else {}),
        "within": tuple(finding.subject for finding in rest if finding in largest),
    }
    return replace(first, finding=replace(first.finding, values=values))


def _number(finding: Finding, name: str) -> int:
    value = finding.values.get(name)
    return value if isinstance(value, int) else 0
