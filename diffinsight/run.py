"""The pipeline: a range becomes a report, the report a document."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, TextIO

from diffinsight import detectors, languages, render, schema
from diffinsight import report as reports
from diffinsight.answers import AnswerFolder
from diffinsight.conversation import Answers, Model, ModelSettings, RunAnswers
from diffinsight.edges import Edges, GitHub, History, Lookups, ReadHistory
from diffinsight.engines.offline import OfflineEngine
from diffinsight.git_cli import GitRepository, fetch_history, fetch_range
from diffinsight.languages import Phrases
from diffinsight.models import (
    Analysis,
    ChangeSet,
    Config,
    EngineUse,
    Flavor,
    Overview,
    Report,
    RunContext,
)
from diffinsight.scope import select

if TYPE_CHECKING:  # only a run with a model pays for importing them
    from diffinsight.engines.model.engine import ModelEngine
    from diffinsight.engines.model.sharing import Brought, Share

Form = Literal["markdown", "comment", "summary", "html", "json"]
Progress = Callable[[int, int], None]  # files done, files to do


@dataclass(frozen=True, kw_only=True, slots=True)
class Wishes:
    """What the person or workflow that asks for a report wants otherwise than the config says."""

    language: str | None = None
    heading_language: str | None = None
    category: str | None = None
    date: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Aid:
    """A language model that may phrase the facts."""

    model: Model
    settings: ModelSettings
    answers: Answers
    progress: Progress


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
        sleep=time.sleep,
        open_repository=lambda path, *, trusted=False: GitRepository(
            path=path, environ=environ, trust_ownership=trusted
        ),
        open_model=_open_model,
        open_github=lambda name, token: _open_github(name, token, environ),
        open_lookups=lambda name, token: _open_lookups(name, token, environ),
        read_history=_history_reader(environ),
    )


def _open_model(settings: ModelSettings) -> Model:
    from diffinsight.llm import open_model  # openai takes a second to import

    return open_model(settings)


def _open_github(name: str, token: str, environ: Mapping[str, str]) -> GitHub:
    from diffinsight.github_api import open_github  # PyGithub takes half a second to import

    def fetch(context: RunContext) -> ChangeSet:
        url = _clone_url(context.repository or "", environ)
        return fetch_range(url, context, environ=environ, token=token or None)

    return open_github(name, environ, token=token, fetch=fetch)


def _clone_url(repository: str, environ: Mapping[str, str]) -> str:
    server = environ.get("GITHUB_SERVER_URL") or "https://github.com"
    return f"{server}/{repository}.git"


def _history_reader(environ: Mapping[str, str]) -> ReadHistory:
    def read(repository: str, *, branch: str | None, since: datetime, token: str) -> History:
        url = _clone_url(repository, environ)
        return fetch_history(url, branch=branch, since=since, environ=environ, token=token or None)

    return read


def _open_lookups(name: str, token: str, environ: Mapping[str, str]) -> Lookups:
    from diffinsight.github_api import GitHubLookups, open_github

    return GitHubLookups.of(open_github(name, environ, token=token))


def open_aid(
    settings: ModelSettings | None, edges: Edges, *, cache: Path | None, progress: Progress
) -> Aid | None:
    """The model of ``settings``; answers are kept in ``cache``, or as long as the run lasts."""
    if settings is None:
        return None
    answers = AnswerFolder(folder=cache) if cache else RunAnswers()
    return Aid(
        model=edges.open_model(settings), settings=settings, answers=answers, progress=progress
    )


def make_report(  # noqa: PLR0913 - one range, and options by keyword
    change_set: ChangeSet,
    *,
    config: Config,
    wishes: Wishes,
    now: datetime,
    aid: Aid | None = None,
    brought: Sequence[Brought] | None = None,
) -> Report:
    """Facts, then words, then one value; ``now`` dates a bare diff, which has no commit.

    With ``brought``, what several jobs asked the model about the files, it is asked about none.
    """
    phrases = languages.load(wishes.language or config.language)
    headings = wishes.heading_language or config.heading_language
    headed = replace(config, heading_language=headings and languages.load(headings).code)
    analysis = _facts(change_set, config, wishes)
    written, overview, use = _write(analysis, phrases, config, aid, brought)
    return reports.assemble(
        written,
        overview,
        phrases=phrases,
        config=headed,
        on=wishes.date or (change_set.committed_at or now).astimezone(config.zone).date(),
        category=wishes.category,
        use=use,
    )


def ask_share(
    change_set: ChangeSet, *, config: Config, wishes: Wishes, aid: Aid, share: Share
) -> Brought:
    """What the model has to say of one share of the files, for ``make_report`` in another job."""
    phrases = languages.load(wishes.language or config.language)
    return _model_engine(phrases, config, aid).ask(_facts(change_set, config, wishes), share)


def _facts(change_set: ChangeSet, config: Config, wishes: Wishes) -> Analysis:
    return detectors.analyse(select(change_set, config, wishes.category))


def _write(
    analysis: Analysis,
    phrases: Phrases,
    config: Config,
    aid: Aid | None,
    brought: Sequence[Brought] | None,
) -> tuple[Analysis, Overview, EngineUse]:
    if aid is None:
        return *OfflineEngine(phrases=phrases, types=config.types).write(analysis), EngineUse()
    engine = _model_engine(phrases, config, aid)
    composed = (
        engine.compose_from(analysis, brought) if brought is not None else engine.compose(analysis)
    )
    return composed.analysis, composed.overview, composed.use


def _model_engine(phrases: Phrases, config: Config, aid: Aid) -> ModelEngine:
    from diffinsight.engines.model.engine import ModelEngine  # only a run with a model pays for it

    return ModelEngine(
        phrases=phrases,
        model=aid.model,
        types=config.types,
        answers=aid.answers,
        concurrency=aid.settings.concurrency,
        token_budget=aid.settings.token_budget,
        progress=aid.progress,
    )


def read_report(data: bytes, *, origin: str, language: str | None = None) -> Report:
    """A report saved as JSON; ``language`` changes its headings."""
    report = schema.from_json(data, origin=origin)
    return replace(report, heading_language=languages.load(language).code) if language else report


def document(  # noqa: PLR0913 - one report, and options by keyword
    report: Report,
    *,
    form: Form,
    flavor: Flavor | None = None,
    limit: int | None = None,
    categories: Mapping[str, str] | None = None,
    elsewhere: str | None = None,
    templates: Mapping[str, str] | None = None,
) -> str:
    """The report in the form asked for; see ``render.render`` for the options."""
    if form == "json":
        return schema.to_json(report)
    phrases = languages.load("en")  # for reports in a language that there is no pack for
    return render.render(
        report,
        form=form,
        flavor=flavor,
        phrases=phrases,
        limit=limit,
        categories=categories,
        elsewhere=elsewhere,
        templates=templates,
    )


def breaks_readers(report: Report) -> bool:
    """Whether anything a reader relied on is gone."""
    return any(finding.impact == "breaking" for file in report.files for finding in file.findings)
