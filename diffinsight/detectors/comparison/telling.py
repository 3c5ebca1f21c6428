"""Findings made from matched blocks, without repeating their fields each time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypedDict

from diffinsight.detectors.comparison import Pair
from diffinsight.matching.edits import Edit
from diffinsight.matching.words import count, first_words
from diffinsight.models import FileAnalysis, Finding, Impact, Json, LineRange, Values

MOST_LISTED = 20
NAMELESS = "–"  # noqa: RUF001 - the dash that stands for nothing; subject of what has no words


class Lines(TypedDict):
    """The line fields of a finding."""

    before_lines: LineRange | None
    after_lines: LineRange | None


def lines_of(pair: Pair) -> Lines:
    return {"before_lines": pair.before_lines, "after_lines": pair.after_lines}


def known(**values: Json) -> Values:
    """The values that say something."""
    return {key: value for key, value in values.items() if value is not None and value != ""}


def about(pair: Pair, **values: Json) -> Values:
    """``values`` with the section and the note the pair stands in."""
    return known(section=pair.section, note=pair.block.note, **values)


def tell(  # noqa: PLR0913 - the fields of a finding
    kind: str,
    pair: Pair,
    impact: Impact,
    *,
    subject: str = "",
    before: str | None = None,
    after: str | None = None,
    values: Values | None = None,
) -> Finding:
    """A finding on the lines of ``pair``; its subject is the block's first words by default."""
    return Finding(
        kind=kind,
        subject=subject or first_words(pair.block.text or pair.block.source),
        impact=impact,
        before=before,
        after=after,
        values=about(pair, **(values or {})),
        **lines_of(pair),
    )


def add_values(file: FileAnalysis, found: Mapping[int, Values]) -> FileAnalysis:
    """``file`` with more values on findings, which are called by their places in it."""
    findings = (
        replace(finding, values={**finding.values, **found[index]}) if index in found else finding
        for index, finding in enumerate(file.findings)
    )
    return replace(file, findings=tuple(findings)) if found else file


def edit_values(edits: Sequence[Edit]) -> dict[str, Json]:
    """What changed word by word, and how much."""
    listed = tuple({"before": e.before, "after": e.after} for e in edits[:MOST_LISTED])
    values: dict[str, Json] = {"edits": listed}
    if len(edits) > MOST_LISTED:
        values["more_edits"] = len(edits) - MOST_LISTED
    return values


def word_counts(edits: Iterable[Edit]) -> dict[str, Json]:
    found = list(edits)
    return {
        "words_added": sum(count(edit.after) for edit in found),
        "words_removed": sum(count(edit.before) for edit in found),
    }


def span(first: LineRange | None, last: LineRange | None) -> LineRange | None:
    """From the first line of one to the last of the other."""
    return (first[0], last[1]) if first and last else first or last
