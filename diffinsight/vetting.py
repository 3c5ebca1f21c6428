"""A report made by a job that ran somebody else's code: believed in nothing it says of itself."""

from __future__ import annotations

import re
from dataclasses import replace

from diffinsight import schema
from diffinsight.errors import ActionError, Problem
from diffinsight.models import FileReport, Overview, Point, Report, RunContext
from diffinsight.report import DEFAULT_TITLE, permalink

_HINT = "the first workflow has to upload what `report-json` gave it, for this very pull request"
_GAP = "\u200b"  # shows nothing, and parts what would be a link
# Inline, reference and full links and images; addresses that GitHub makes links of by itself.
_LINKS = re.compile(
    r"(?<=\])(?=[(\[:])|(?<=<)(?=[a-z])|(?<=:)(?=//)|(?<=\bwww)(?=\.)|(?<=@)(?=\w)", re.IGNORECASE
)


def vet(data: bytes, *, origin: str, context: RunContext) -> Report:
    """The report in ``data``, held to the range that GitHub itself tells (``context``).

    Title, address and pull request are ours; links in its words lead nowhere, so that nothing in
    a comment of ours leads where its author wants. Raises ActionError with every mistake.
    """
    report = schema.from_json(data, origin=origin)
    problems = [
        Problem(message=f"{origin}: its {name} is not {wanted}", hint=_HINT)
        for name, said, wanted in (
            ("repository", report.repository, context.repository),
            ("head", report.head, context.head),
            ("pull_request", report.pull_request, context.pull_request),
        )
        if said != wanted
    ]
    if problems:
        raise ActionError.of(problems)
    return replace(
        report,
        title=DEFAULT_TITLE,
        category=None,
        base=context.base,
        permalink=permalink(context),
        overview=_overview(report.overview),
        files=tuple(_file(file) for file in report.files),
        groups=tuple(replace(group, title=without_links(group.title)) for group in report.groups),
        notes=tuple(without_links(note) for note in report.notes),
    )


def without_links(text: str) -> str:
    """Markdown in which nothing is a link or an image any more."""
    return _LINKS.sub(_GAP, text)


def _overview(overview: Overview) -> Overview:
    return Overview(
        summary=without_links(overview.summary),
        highlights=without_links(overview.highlights),
        new_features=_points(overview.new_features),
        breaking_changes=_points(overview.breaking_changes),
        other_updates=_points(overview.other_updates),
        insights=without_links(overview.insights),
    )


def _points(points: tuple[Point, ...]) -> tuple[Point, ...]:
    return tuple(replace(point, text=without_links(point.text)) for point in points)


def _file(file: FileReport) -> FileReport:
    return replace(
        file,
        type=without_links(file.type),
        title=without_links(file.title),
        explanation=without_links(file.explanation),
        notes=tuple(without_links(note) for note in file.notes),
        page=None,
        removed=(),  # what a model said and was taken back: nobody's business here
    )
