"""The whole story: a range becomes a report, the report a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import BinaryIO, Literal, TextIO

from diffinsight import detectors, languages, render, schema
from diffinsight import report as reports
from diffinsight.config import Config
from diffinsight.edges import Edges, GitHub
from diffinsight.engines.offline import OfflineEngine
from diffinsight.git_cli import GitRepository
from diffinsight.models import ChangeSet, Report
from diffinsight.scope import select

Form = Literal["markdown", "comment", "summary", "json", "html"]


def connect(
    environ: Mapping[str, str], *, stdin: BinaryIO, stdout: BinaryIO, stderr: TextIO
) -> Edges:
    """The real outside world."""
    return Edges(
        environ=environ,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        now=lambda: datetime.now(UTC),
        open_repository=lambda path: GitRepository(path=path),
        open_github=lambda name: _open_github(name, environ),
    )


def _open_github(name: str, environ: Mapping[str, str]) -> GitHub:
    from diffinsight.github_api import open_github  # PyGithub takes half a second to import

    return open_github(name, environ)


def make_report(
    change_set: ChangeSet,
    *,
    config: Config,
    now: datetime,
    language: str | None = None,
    category: str | None = None,
    on: date | None = None,
) -> Report:
    """Facts, then words, then one value. ``on`` overrules the report's date."""
    phrases = languages.load(language or config.language)
    scoped = select(change_set, config, category)
    analysis = detectors.analyse(scoped)
    written, overview = OfflineEngine(phrases=phrases, types=config.types).write(analysis)
    report = reports.assemble(written, overview, phrases=phrases, config=config, category=category)
    return replace(
        report, date=on or (change_set.committed_at or now).astimezone(config.zone).date()
    )


def read_report(data: bytes, *, origin: str, language: str | None = None) -> Report:
    """A report saved as JSON; ``language`` changes its headings."""
    report = schema.from_json(data, origin=origin)
    return replace(report, heading_language=language) if language else report


def document(report: Report, *, form: Form, flavor: Literal["pandoc", "github"] | None) -> str:
    """The report in the form asked for."""
    if form == "json":
        return schema.to_json(report)
    phrases = languages.load(report.heading_language or report.language)
    return render.render(report, form=form, flavor=flavor, phrases=phrases)


def breaks_readers(report: Report) -> bool:
    """Whether anything a reader relied on is gone."""
    return any(finding.impact == "breaking" for file in report.files for finding in file.findings)
