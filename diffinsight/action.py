"""The action: an event comes in, a report goes to where people read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from diffinsight import languages, schema
from diffinsight.config import DEFAULT_PATH, Config, read_config
from diffinsight.edges import Edges, GitHub
from diffinsight.errors import ActionError, ExitCode, Problem, reporting_errors
from diffinsight.event import Trigger, read_event
from diffinsight.files import write_file
from diffinsight.globs import escape_glob
from diffinsight.inputs import Inputs, asked_range, read_inputs
from diffinsight.models import ChangeSet, Publication, Report, RunContext
from diffinsight.outputs import read_outputs
from diffinsight.publishers import Delivery, failures, publish
from diffinsight.publishers.delivery import Form, RunNumber
from diffinsight.resolving import resolve
from diffinsight.run import Wishes, breaks_readers, document, make_report
from diffinsight.runner import (
    Commands,
    append_summary,
    give_to_owner,
    read_event_file,
    write_outputs,
)
from diffinsight.scope import category_names

# A folder in the workspace, because a container's other paths mean nothing to the steps after it;
# it ignores itself, so that no later `git add` takes it along.
SCRATCH = ".diffinsight"


def run(edges: Edges) -> int:
    """One run of the action; mistakes become annotations, the exit code is the job's."""
    commands = Commands(edges.stderr)
    return reporting_errors(
        lambda: _run(edges, commands), tell=commands.error, debug=commands.debug
    )


def _run(edges: Edges, commands: Commands) -> int:
    inputs = read_inputs(edges.environ, languages=languages.available())
    commands.mask(inputs.github_token.value)
    event = edges.environ.get("GITHUB_EVENT_NAME", "")
    trigger = read_event(event, read_event_file(edges.environ), edges.environ)
    home = trigger.context.repository or ""
    trigger = resolve(trigger, edges.open_lookups(home, inputs.github_token.value))
    if trigger.idle:
        commands.notice(Problem(message=f"no report: {trigger.idle}"))
        return ExitCode.DONE
    github = edges.open_github(home, inputs.github_token.value)
    this = _Run(edges=edges, commands=commands, inputs=inputs, trigger=trigger, github=github)
    return this.story()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Run:
    """One run on one event."""

    edges: Edges
    commands: Commands
    inputs: Inputs
    trigger: Trigger
    github: GitHub  # the repository that the workflow runs in, whichever one it reports on

    def story(self) -> int:
        change_set = self._change_set(asked_range(self.trigger.context, self.inputs))
        config = self._config(change_set)
        report = self._report(change_set, config)
        parts = [self._delivery(part) for part in self._parts(change_set, config)]
        publications = publish(self._delivery(report), self.inputs, parts=parts)
        self._tell(publications)
        self._hand_over(report, publications)
        return self._exit_code(report, publications)

    def _change_set(self, context: RunContext) -> ChangeSet:
        """From the checkout if it has both commits, else fetched, else what the API gives."""
        workspace = self._workspace
        if not self.inputs.repository and (workspace / ".git").exists():
            try:
                checkout = self.edges.open_repository(workspace, trusted=True)
                return checkout.change_set(context)
            except ActionError as error:
                self.commands.debug(f"the checkout does not have the range: {error.problems[0]}")
        return self._reported().change_set(replace(context, whole=True))

    def _reported(self) -> GitHub:
        """The repository that is reported on."""
        if not self.inputs.repository:
            return self.github
        return self.edges.open_github(self.inputs.repository, self.inputs.github_token.value)

    def _config(self, change_set: ChangeSet) -> Config:
        """The config as reviewed: on pull requests the base's, never what the request proposes."""
        path = self.inputs.config
        source = self._config_source(change_set, path)
        if source is None and path != DEFAULT_PATH:
            message = f"no config file {path} in the revision it is read from"
            self.commands.warning(Problem(message=message, hint="check the input `config`"))
        known = languages.available()
        config = read_config(source, origin=path, languages=known) if source else Config()
        # Reports that were committed are no documentation: no report about reports.
        reports = f"{escape_glob(self.inputs.reports_folder)}/**"
        return replace(config, exclude=(*config.exclude, reports))

    def _config_source(self, change_set: ChangeSet, path: str) -> str | None:
        reviewed = self.trigger.proposed
        tree = change_set.base_tree if reviewed else change_set.head_tree
        if tree is not None and not self.inputs.repository:
            return dict(tree.read([path])).get(path)
        context = self.trigger.context
        revision = (context.base if reviewed else context.head) or self.trigger.default_branch
        found = self.github.read_file(path, branch=revision)
        return found.text if found else None

    def _report(self, change_set: ChangeSet, config: Config, category: str | None = None) -> Report:
        wishes = Wishes(
            language=self.inputs.language,
            heading_language=self.inputs.heading_language,
            category=category,
        )
        return make_report(change_set, config=config, wishes=wishes, now=self.edges.now())

    def _parts(self, change_set: ChangeSet, config: Config) -> Iterator[Report]:
        """The reports of the config's categories that have files, where reports are committed."""
        if "commit" in self.inputs.publish:
            for name in category_names(config):
                part = self._report(change_set, config, name)
                if part.files:
                    yield part

    def _delivery(self, report: Report) -> Delivery:
        def write(form: Form, *, limit: int | None = None) -> str:
            flavor = self.inputs.flavor if form == "markdown" else None
            return document(report, form=form, flavor=flavor, limit=limit)

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
                where = made.url or made.path or made.message
                self.commands.plain(f"{made.destination}: {made.outcome} {where}".rstrip())

    def _hand_over(self, report: Report, publications: Iterable[Publication]) -> None:
        """The report as a file and the outputs, for the steps after this one."""
        saved = self._save(schema.to_json(report))
        outputs = read_outputs(
            report,
            report_path=_first(made.path for made in publications),
            comment_url=_first(made.url for made in publications),
            commit_sha=_first(made.commit for made in publications),
            report_json=f"{SCRATCH}/{saved.name}",
        )
        write_outputs(Path(self._runner_file("GITHUB_OUTPUT")), outputs.pairs())

    def _save(self, text: str) -> Path:
        """Keep the report's JSON in the workspace, which may be somebody's pull request."""
        folder = self._workspace / SCRATCH
        saved, ignore = folder / "report.json", folder / ".gitignore"
        for path in (folder, saved, ignore):
            if path.is_symlink():  # it would lead the writing somewhere else
                path.unlink()
        folder.mkdir(exist_ok=True)
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

    def _runner_file(self, variable: str) -> str:
        path = self.edges.environ.get(variable)
        if not path:
            hint = "the runner sets it in a workflow; use `diffinsight report` elsewhere"
            raise ActionError(f"{variable} is not set", hint)
        return path


def _first(values: Iterable[str | None]) -> str:
    return next((value for value in values if value), "")
