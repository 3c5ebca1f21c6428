"""What came since the last report, in the own repository or a watched one: a report per step."""

from __future__ import annotations

from dataclasses import dataclass, replace

from diffinsight.bringing import Parcel, bring
from diffinsight.config import Config
from diffinsight.edges import NotPermittedError
from diffinsight.errors import ActionError, ExitCode, Problem
from diffinsight.job import Job
from diffinsight.making import make_parts, make_whole, read_range
from diffinsight.models import ChangeSet, Every
from diffinsight.publishers.report_branch import waiting_branch
from diffinsight.scope import categories_of, select
from diffinsight.upstream import News, Upstream, as_one
from diffinsight.watching import Step, write_state


def catch_up(job: Job) -> int:
    """One report for each day, week or run since the last one; the exit code of the worst."""
    config = job.reviewed.config(None)
    upstream = _upstream(job)
    news = upstream.news(job.edges, every=job.inputs.every, zone=config.zone)
    _tell_fate(job, upstream, news)
    watch = _Watch(job=job, config=config, upstream=upstream, news=news)
    codes = watch.report()
    if not codes and not news.gone:
        job.commands.notice(Problem(message=_nothing_new(news, job.inputs.every)))
    return max(codes, default=ExitCode.DONE)


def _upstream(job: Job) -> Upstream:
    own, asked = job.trigger.context, job.inputs.repository
    return Upstream(
        repository=asked or own.repository or "",
        branch=job.inputs.head or (None if asked else own.head),
        home=job.github,
        home_branches=_home_branches(job),
        folder=job.inputs.reports_folder,
        token=job.inputs.github_token.value,
    )


def _home_branches(job: Job) -> tuple[str, ...]:
    """Where the last reports are: in the pull request that waits to be merged, else merged."""
    target = job.inputs.commit_branch or job.trigger.branch or job.trigger.default_branch
    if job.inputs.commit_via == "push":
        return (target,)
    try:
        waiting = waiting_branch(job.github, target)
    except NotPermittedError as error:  # the publisher will say what to do about it
        job.commands.debug(str(error.problems[0]))
        waiting = None
    return (waiting, target) if waiting else (target,)


def _tell_fate(job: Job, upstream: Upstream, news: News) -> None:
    """What became of the repository, where its watcher should know."""
    if news.gone:
        message = f"{news.name} is not there any more, or the token may not see it"
        hint = "set `repository` to where it went, or end this workflow"
        job.commands.warning(Problem(message=message, hint=hint))
    elif news.name.lower() != upstream.repository.lower():
        message = f"{upstream.repository} is called {news.name} now"
        hint = f"its reports go on; to set `repository: {news.name}`, also move"
        there = replace(upstream, repository=news.name).state_path
        job.commands.notice(
            Problem(message=message, hint=f"{hint} {upstream.state_path} to {there}")
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Watch:
    """What is new upstream, on its way into reports."""

    job: Job
    config: Config
    upstream: Upstream
    news: News

    def report(self) -> list[int]:
        """The exit code of each report that there was something for."""
        templates = self.job.reviewed.templates(None, self.config)
        codes = []
        for step in self.news.steps if self._any_change() else ():
            change_set = self._change_set(step)
            report = make_whole(self.job, change_set, self.config)
            if report.files:
                parcel = Parcel(
                    report=report,
                    parts=tuple(make_parts(self.job, change_set, self.config)),
                    categories=categories_of(change_set, self.config),
                    templates=templates,
                    beside={self.upstream.state_path: write_state(step.remembered())},
                )
                codes.append(bring(self.job, parcel))
        return codes

    def _any_change(self) -> bool:
        """Whether anything in scope differs after all steps, before each is looked at."""
        steps = self.news.steps
        if len(steps) < 2:  # noqa: PLR2004 - one is looked at anyway
            return bool(steps)
        return bool(select(self._change_set(as_one(steps)), self.config).files)

    def _change_set(self, step: Step) -> ChangeSet:
        name, commands = self.news.name, self.job.commands
        event = self.job.trigger.context
        context = replace(event, repository=name, base=step.base, head=step.head)
        if step.was is None:
            return read_range(self.job, context)
        try:
            return read_range(self.job, replace(context, base=step.was, two_dot=True))
        except ActionError as error:
            commands.debug(f"{step.was} can't be had: {error.problems[0]}")
            message = f"{step.was[:7]}, where the last report ended, is gone from {name}"
            hint = f"this report starts at {step.base[:7]} instead"
            commands.warning(Problem(message=message, hint=hint))
            return read_range(self.job, context)


def _nothing_new(news: News, every: Every) -> str:
    message = f"no report: nothing in scope changed in {news.name} since the last one"
    return message if every == "run" else f"{message}, in any {every} that is over"
