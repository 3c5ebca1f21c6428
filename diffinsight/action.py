"""The action: an event comes in, a report goes to where people read it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from diffinsight import schema
from diffinsight.bringing import Parcel, bring, bring_many
from diffinsight.catching_up import catch_up
from diffinsight.earlier import MOST_BYTES, find_reports
from diffinsight.edges import Edges
from diffinsight.engine_choice import choose_model
from diffinsight.errors import ActionError, ExitCode, Problem, reporting_errors
from diffinsight.event import read_event
from diffinsight.files import read_file
from diffinsight.inputs import Inputs, asked_range, read_inputs
from diffinsight.job import Job, folder_inside
from diffinsight.making import make_parts, make_whole, read_range
from diffinsight.models import Report
from diffinsight.resolving import resolve
from diffinsight.run import Aid, open_aid
from diffinsight.runner import Commands, read_event_file
from diffinsight.scope import categories_of
from diffinsight.vetting import vet


def run(edges: Edges) -> int:
    """One run of the action; mistakes become annotations, the exit code is the job's."""
    commands = Commands(edges.stderr)
    return reporting_errors(
        lambda: _run(edges, commands), tell=commands.error, debug=commands.debug
    )


def _run(edges: Edges, commands: Commands) -> int:
    inputs = read_inputs(edges.environ)
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
    job = Job(
        edges=edges, commands=commands, inputs=inputs, trigger=trigger, github=github, aid=aid
    )
    try:
        return _story(job)
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
    if settings and inputs.cache_path:
        cache = folder_inside(Path(edges.environ.get("GITHUB_WORKSPACE", "")), inputs.cache_path)
        if cache is None:
            message = f"no answers are kept: {inputs.cache_path} is a link to another place"
            commands.warning(Problem(message=message, hint="correct the input `cache-path`"))
    return open_aid(settings, edges, cache=cache, progress=tell)


def _story(job: Job) -> int:
    if job.inputs.report_json:
        return _bring_earlier(job, job.inputs.report_json)
    if job.trigger.asks == "last-report" and not job.inputs.base:
        return catch_up(job)
    change_set = read_range(job, asked_range(job.trigger.context, job.inputs))
    config = job.reviewed.config(change_set)
    parcel = Parcel(
        report=make_whole(job, change_set, config),
        parts=tuple(make_parts(job, change_set, config)),
        categories=categories_of(change_set, config),
        templates=job.reviewed.templates(change_set, config),
    )
    return bring(job, parcel)


def _bring_earlier(job: Job, path: str) -> int:
    """Reports that an earlier job made, in templates as reviewed."""
    found = find_reports(job.workspace, path)
    # That job ran with what a stranger proposed.
    reports = _vetted(job, path, found) if job.trigger.event == "workflow_run" else _read(found)
    templates = job.reviewed.templates(None, job.reviewed.config(None))
    if len(reports) > 1:
        return bring_many(job, reports, templates=templates)
    return bring(job, Parcel(report=reports[0], templates=templates))


def _read(found: Iterable[tuple[str, Path]]) -> list[Report]:
    return [schema.from_json(read_file(place), origin=origin) for origin, place in found]


def _vetted(job: Job, path: str, found: Iterable[tuple[str, Path]]) -> list[Report]:
    (origin, place), *others = found
    if others:
        hint = "name one file: a pull request has one report"
        raise ActionError(f"`report-json` is {path}, which has several reports", hint)
    data = read_file(place, most=MOST_BYTES)
    return [vet(data, origin=origin, context=job.trigger.context)]
