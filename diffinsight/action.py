"""The action: an event comes in, a report goes to where people read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from diffinsight import languages, schema
from diffinsight.config import Config
from diffinsight.earlier import find_reports
from diffinsight.edges import Edges, GitHub
from diffinsight.engine_choice import choose_model
from diffinsight.errors import ActionError, ExitCode, Problem, reporting_errors
from diffinsight.event import Trigger, read_event
from diffinsight.files import make_folder, write_file
from diffinsight.inputs import Every, Inputs, asked_range, read_inputs
from diffinsight.models import ChangeSet, Publication, Report, RunContext
from diffinsight.outputs import read_outputs
from diffinsight.publishers import Delivery, failures, publish
from diffinsight.publishers.delivery import Form, RunNumber
from diffinsight.resolving import resolve
from diffinsight.reviewed import Reviewed
from diffinsight.run import (
    Aid,
    Wishes,
    breaks_readers,
    document,
    make_report,
    open_aid,
)
from diffinsight.runner import (
    Commands,
    append_summary,
    give_to_owner,
    read_event_file,
    write_outputs,
)
from diffinsight.scope import categories_of, category_names, select
from diffinsight.upstream import News, Upstream, as_one
from diffinsight.vetting import vet
from diffinsight.watching import Step, write_state

# A folder in the workspace, because a container's other paths mean nothing to the steps after it;
# it ignores itself, so that no later `git add` takes it along.
SCRATCH = ".diffinsight"
_BATCH = 50  # reports in one commit: its request must not get too large
_NOTHING: Mapping[str, str] = MappingProxyType({})


def run(edges: Edges) -> int:
    """One run of the action; mistakes become annotations, the exit code is the job's."""
    commands = Commands(edges.stderr)
    return reporting_errors(
        lambda: _run(edges, commands), tell=commands.error, debug=commands.debug
    )


def _run(edges: Edges, commands: Commands) -> int:
    inputs = read_inputs(edges.environ, languages=languages.available())
    commands.mask(inputs.github_token.value)
    commands.mask(inputs.llm_api_key.value)
    event = edges.environ.get("GITHUB_EVENT_NAME", "")
    trigger = read_event(event, read_event_file(edges.environ), edges.environ)
    home = trigger.context.repository or ""
    trigger = resolve(trigger, edges.open_lookups(home, inputs.github_token.value))
    if trigger.idle:
        commands.notice(Problem(message=f"no report: {trigger.idle}"))
        return ExitCode.DONE
    github = edges.open_github(home, inputs.github_token.value)
    aid = _open_aid(inputs, edges, commands)
    this = _Run(
        edges=edges, commands=commands, inputs=inputs, trigger=trigger, github=github, aid=aid
    )
    try:
        return this.story()
    finally:
        if aid:
            aid.model.close()


def _open_aid(inputs: Inputs, edges: Edges, commands: Commands) -> Aid | None:
    settings = choose_model(
        engine=inputs.engine,
        api_key=inputs.llm_api_key.value,
        base_url=inputs.llm_base_url,
        model=inputs.llm_model,
        concurrency=inputs.llm_concurrency,
        token_budget=inputs.llm_token_budget,
    )

    def tell(done: int, total: int) -> None:
        if done * 10 // total > (done - 1) * 10 // total:  # one line for each tenth
            commands.plain(f"asked about {done} of {total} files")

    cache = None
    if inputs.cache_path:
        cache = Path(edges.environ.get("GITHUB_WORKSPACE", "")) / inputs.cache_path
    return open_aid(settings, edges, cache=cache, progress=tell)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Run:
    """One run on one event."""

    edges: Edges
    commands: Commands
    inputs: Inputs
    trigger: Trigger
    github: GitHub  # the repository that the workflow runs in, whichever one it reports on
    aid: Aid | None = None  # the model to ask
    templates: Mapping[str, str] = field(default_factory=dict)  # the user's own, by file name

    def story(self) -> int:
        if self.inputs.report_json:
            return self._bring_earlier(self.inputs.report_json)
        if self.trigger.asks == "last-report" and not self.inputs.base:
            return self._catch_up()
        change_set = self._change_set(asked_range(self.trigger.context, self.inputs))
        config = self._reviewed.config(change_set)
        parts = tuple(self._parts(change_set, config))
        report = self._report(change_set, config)
        this = replace(self, templates=self._reviewed.templates(change_set, config))
        return this._bring(report, parts, categories=categories_of(change_set, config))  # noqa: SLF001 - our own

    def _bring(
        self,
        report: Report,
        parts: Sequence[Report],
        *,
        beside: Mapping[str, str] = _NOTHING,
        categories: Mapping[str, str] = _NOTHING,
    ) -> int:
        """The report to where it is wanted; ``beside`` is committed with it.

        ``categories``, by path, part the files where they are shown together.
        """
        whole = replace(self._delivery(report, categories), beside=beside)
        publications = publish(whole, self.inputs, parts=[self._delivery(it) for it in parts])
        self._tell(publications)
        self._hand_over(report, publications)
        return self._exit_code(report, publications)

    def _bring_earlier(self, path: str) -> int:
        """Reports that an earlier job made, many to a commit."""
        found = find_reports(self._workspace, path)
        if self.trigger.event == "workflow_run":  # that job ran with what a stranger proposed
            (origin, data), *others = found
            if others:
                hint = "name one file: a pull request has one report"
                raise ActionError(f"`report-json` is {path}, which has several reports", hint)
            return self._bring(vet(data, origin=origin, context=self.trigger.context), ())
        reports = [schema.from_json(data, origin=origin) for origin, data in found]
        batches = [reports[at : at + _BATCH] for at in range(0, len(reports), _BATCH)]
        return max(self._bring(batch[-1], batch) for batch in batches)

    def _catch_up(self) -> int:
        """One report for each day, week or run since the last one."""
        config = self._reviewed.config(None)
        upstream = self._upstream()
        news = upstream.news(self.edges, every=self.inputs.every, zone=config.zone)
        self._tell_fate(upstream, news)
        this = replace(self, templates=self._reviewed.templates(None, config))
        codes = []
        for step in news.steps if self._any_change(news, config) else ():
            change_set = self._step(news, step)
            report = self._report(change_set, config)
            if report.files:
                beside = {upstream.state_path: write_state(step.remembered())}
                parts = tuple(self._parts(change_set, config))
                named = categories_of(change_set, config)
                codes.append(this._bring(report, parts, beside=beside, categories=named))  # noqa: SLF001 - our own
        if not codes and not news.gone:
            self.commands.notice(Problem(message=_nothing_new(news, self.inputs.every)))
        return max(codes, default=ExitCode.DONE)

    def _upstream(self) -> Upstream:
        own = self.trigger.context
        asked = self.inputs.repository
        return Upstream(
            repository=asked or own.repository or "",
            branch=self.inputs.head or (None if asked else own.head),
            home=self.github,
            home_branch=(
                self.inputs.commit_branch or self.trigger.branch or self.trigger.default_branch
            ),
            folder=self.inputs.reports_folder,
            token=self.inputs.github_token.value,
        )

    def _any_change(self, news: News, config: Config) -> bool:
        """Whether anything in scope differs after all steps, before each is looked at."""
        if len(news.steps) < 2:  # noqa: PLR2004 - one is looked at anyway
            return bool(news.steps)
        return bool(select(self._step(news, as_one(news.steps)), config).files)

    def _step(self, news: News, step: Step) -> ChangeSet:
        context = replace(
            self.trigger.context, repository=news.name, base=step.base, head=step.head
        )
        if step.was is None:
            return self._change_set(context)
        try:
            return self._change_set(replace(context, base=step.was, two_dot=True))
        except ActionError as error:
            self.commands.debug(f"{step.was} can't be had: {error.problems[0]}")
            message = f"{step.was[:7]}, where the last report ended, is gone from {news.name}"
            hint = f"this report starts at {step.base[:7]} instead"
            self.commands.warning(Problem(message=message, hint=hint))
            return self._change_set(context)

    def _tell_fate(self, upstream: Upstream, news: News) -> None:
        """What became of the repository, where its watcher should know."""
        if news.gone:
            message = f"{news.name} is not there any more, or the token may not see it"
            hint = "set `repository` to where it went, or end this workflow"
            self.commands.warning(Problem(message=message, hint=hint))
        elif news.name.lower() != upstream.repository.lower():
            message = f"{upstream.repository} is called {news.name} now"
            hint = f"its reports go on; to set `repository: {news.name}`, also move"
            there = replace(upstream, repository=news.name).state_path
            self.commands.notice(
                Problem(message=message, hint=f"{hint} {upstream.state_path} to {there}")
            )

    def _change_set(self, context: RunContext) -> ChangeSet:
        """From the checkout if it has both commits, else fetched, else what the API gives."""
        workspace = self._workspace
        if self._at_home(context) and (workspace / ".git").exists():
            try:
                checkout = self.edges.open_repository(workspace, trusted=True)
                return checkout.change_set(context)
            except ActionError as error:
                self.commands.debug(f"the checkout does not have the range: {error.problems[0]}")
        reported = self.github
        if not self._at_home(context):
            token = self.inputs.github_token.value
            reported = self.edges.open_github(context.repository or "", token)
        return reported.change_set(replace(context, whole=True))

    def _at_home(self, context: RunContext) -> bool:
        """Whether the repository that is reported on is the workflow's own."""
        return context.repository == self.trigger.context.repository

    def _report(self, change_set: ChangeSet, config: Config, category: str | None = None) -> Report:
        wishes = Wishes(
            language=self.inputs.language,
            heading_language=self.inputs.heading_language,
            category=category,
        )
        now = self.edges.now()
        return make_report(change_set, config=config, wishes=wishes, now=now, aid=self.aid)

    def _parts(self, change_set: ChangeSet, config: Config) -> Iterator[Report]:
        """The reports of the config's categories that have files, where reports are committed."""
        if "commit" in self.inputs.publish:
            for name in category_names(config):
                part = self._report(change_set, config, name)
                if part.files:
                    yield part

    def _delivery(self, report: Report, categories: Mapping[str, str] = _NOTHING) -> Delivery:
        def write(form: Form, *, limit: int | None = None) -> str:
            flavor = self.inputs.flavor if form == "markdown" else None
            return document(
                report,
                form=form,
                flavor=flavor,
                limit=limit,
                categories=categories,
                templates=self.templates,
                elsewhere=self._summary_url if form == "comment" else None,
            )

        return Delivery(
            report=report,
            write=write,
            github=self.github,
            run=self._run_number,
            pull_request=self.trigger.context.pull_request,
            pull_request_head=self.trigger.context.head,
            branch=None if self.trigger.from_fork else self.trigger.branch,
            repository=self.trigger.context.repository or "",
            server_url=self.trigger.context.server_url,
            append_summary=self._append_summary,
            sleep=self.edges.sleep,
        )

    def _append_summary(self, text: str) -> None:
        append_summary(Path(self._runner_file("GITHUB_STEP_SUMMARY")), text)

    def _tell(self, publications: Iterable[Publication]) -> None:
        """A line for each destination: what became of it, and what to do about it if it failed."""
        for made in publications:
            problem = Problem(message=f"{made.destination}: {made.message}", hint=made.hint)
            if made.outcome == "failed":
                self.commands.warning(problem)
            elif made.outcome == "refused":
                self.commands.notice(problem)
            else:
                told = (made.outcome, made.url or made.path, made.message)
                self.commands.plain(f"{made.destination}: {' '.join(filter(None, told))}")

    def _hand_over(self, report: Report, publications: Iterable[Publication]) -> None:
        """The report as a file and the outputs, for the steps after this one."""
        saved = self._save(schema.to_json(report))
        cache = self._workspace / (self.inputs.cache_path or SCRATCH)
        if cache.is_dir() and not cache.is_symlink():
            give_to_owner([cache, *cache.rglob("*")], workspace=self._workspace)
        outputs = read_outputs(
            report,
            publications,
            report_json=f"{SCRATCH}/{saved.name}",
        )
        write_outputs(Path(self._runner_file("GITHUB_OUTPUT")), outputs.pairs())

    def _save(self, text: str) -> Path:
        """Keep the report's JSON in the workspace, which may be somebody's pull request."""
        folder = self._workspace / SCRATCH
        saved, ignore = folder / "report.json", folder / ".gitignore"
        for path in (folder, saved, ignore):
            # A link would lead the writing somewhere else.
            if path.is_symlink() or (path == folder and path.is_file()):
                path.unlink()
        make_folder(folder)
        write_file(ignore, "*\n")
        write_file(saved, text)
        give_to_owner([folder, ignore, saved], workspace=self._workspace)
        return saved

    def _exit_code(self, report: Report, publications: Iterable[Publication]) -> int:
        if "breaking" in self.inputs.fail_on and breaks_readers(report):
            hint = "read the report, or leave `breaking` out of `fail-on`"
            self.commands.error(
                Problem(message="something that readers relied on is gone", hint=hint)
            )
            return ExitCode.BREAKING
        if "publish" in self.inputs.fail_on and failures(publications):
            self.commands.error(
                Problem(message="the report did not get everywhere", hint="see the lines above")
            )
            return ExitCode.MISTAKE
        return ExitCode.DONE

    @property
    def _reviewed(self) -> Reviewed:
        return Reviewed(
            commands=self.commands, inputs=self.inputs, trigger=self.trigger, github=self.github
        )

    @property
    def _workspace(self) -> Path:
        return Path(self._runner_file("GITHUB_WORKSPACE"))

    @property
    def _run_number(self) -> RunNumber:
        number = self.edges.environ.get("GITHUB_RUN_NUMBER", "")
        attempt = self.edges.environ.get("GITHUB_RUN_ATTEMPT", "")
        return RunNumber(
            number=int(number) if number.isdecimal() else 0,
            attempt=int(attempt) if attempt.isdecimal() else 1,
        )

    @property
    def _summary_url(self) -> str | None:
        """The page that shows the job summary, where the whole report goes there."""
        run = self.edges.environ.get("GITHUB_RUN_ID", "")
        context = self.trigger.context
        if "summary" not in self.inputs.publish or not run.isdecimal():
            return None
        return f"{context.server_url}/{context.repository}/actions/runs/{run}"

    def _runner_file(self, variable: str) -> str:
        path = self.edges.environ.get(variable)
        if not path:
            hint = "the runner sets it in a workflow; use `diffinsight report` elsewhere"
            raise ActionError(f"{variable} is not set", hint)
        return path


def _nothing_new(news: News, every: Every) -> str:
    message = f"no report: nothing in scope changed in {news.name} since the last one"
    return message if every == "run" else f"{message}, in any {every} that is over"
