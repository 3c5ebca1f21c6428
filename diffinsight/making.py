"""From a range to its reports: the range from wherever it can be had, a report for each part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from diffinsight.config import Config
from diffinsight.errors import ActionError
from diffinsight.job import Job
from diffinsight.models import ChangeSet, Report, RunContext
from diffinsight.run import Wishes, make_report
from diffinsight.scope import category_names


def read_range(job: Job, context: RunContext) -> ChangeSet:
    """From the checkout if it has both commits, else fetched, else what the API gives."""
    at_home = context.repository == job.trigger.context.repository
    if at_home and (job.workspace / ".git").exists():
        try:
            checkout = job.edges.open_repository(job.workspace, trusted=True)
            return checkout.change_set(context)
        except ActionError as error:
            job.commands.debug(f"the checkout does not have the range: {error.problems[0]}")
    reported = job.github
    if not at_home:
        token = job.inputs.github_token.value
        reported = job.edges.open_github(context.repository or "", token)
    return reported.change_set(replace(context, whole=True))


def make_whole(job: Job, change_set: ChangeSet, config: Config) -> Report:
    """The report on everything in scope."""
    return _make(job, change_set, config, category=None)


def make_parts(job: Job, change_set: ChangeSet, config: Config) -> Iterator[Report]:
    """The reports of the config's categories that have files, where reports are committed."""
    if "commit" in job.inputs.publish:
        for name in category_names(config):
            part = _make(job, change_set, config, category=name)
            if part.files:
                yield part


def _make(job: Job, change_set: ChangeSet, config: Config, *, category: str | None) -> Report:
    wishes = Wishes(
        language=job.inputs.language,
        heading_language=job.inputs.heading_language,
        category=category,
    )
    return make_report(change_set, config=config, wishes=wishes, now=job.edges.now(), aid=job.aid)
