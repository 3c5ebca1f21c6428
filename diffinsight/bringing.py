"""A report to everywhere it is wanted, and to the steps after this one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from diffinsight import schema
from diffinsight.errors import ExitCode, Problem
from diffinsight.files import make_folder, write_file
from diffinsight.job import Job, folder_inside
from diffinsight.models import Publication, Report
from diffinsight.outputs import read_outputs
from diffinsight.publishers import Delivery, failures, publish, publish_many
from diffinsight.publishers.delivery import Form
from diffinsight.run import breaks_readers, document
from diffinsight.runner import append_summary, give_to_owner, write_outputs

# A folder in the workspace, because a container's other paths mean nothing to the steps after it;
# it ignores itself, so that no later `git add` takes it along.
SCRATCH = ".diffinsight"


@dataclass(frozen=True, kw_only=True, slots=True)
class Parcel:
    """A report with all that goes with it."""

    report: Report
    parts: tuple[Report, ...] = ()  # of its categories, to be committed one by one
    categories: Mapping[str, str] = field(default_factory=dict)  # by path, where shown together
    templates: Mapping[str, str] = field(default_factory=dict)  # the user's own, by file name
    beside: Mapping[str, str] = field(default_factory=dict)  # path and text, committed along


def bring(job: Job, parcel: Parcel) -> int:
    """Publish, say what became of it, hand it on; the exit code."""
    whole = replace(_delivery(job, parcel, parcel.report), beside=parcel.beside)
    # A part has no parts: its files are of one category.
    one_by_one = replace(parcel, categories={})
    parts = [_delivery(job, one_by_one, part) for part in parcel.parts]
    publications = publish(whole, job.inputs, parts=parts)
    _tell(job, publications)
    _hand_over(job, parcel.report, publications)
    return _exit_code(job, publications, breaks=breaks_readers(parcel.report))


def bring_many(job: Job, reports: Sequence[Report], *, templates: Mapping[str, str]) -> int:
    """Publish many reports together; the last one is what the steps after this one get."""
    parcels = [Parcel(report=report, templates=templates) for report in reports]
    deliveries = [_delivery(job, parcel, parcel.report) for parcel in parcels]
    publications = publish_many(deliveries, job.inputs)
    _tell(job, publications)
    _hand_over(job, reports[-1], publications)
    return _exit_code(job, publications, breaks=any(map(breaks_readers, reports)))


def _delivery(job: Job, parcel: Parcel, report: Report) -> Delivery:
    def write(form: Form, *, limit: int | None = None) -> str:
        return document(
            report,
            form=form,
            flavor=job.inputs.flavor if form == "markdown" else None,
            limit=limit,
            categories=parcel.categories,
            templates=parcel.templates,
            elsewhere=job.summary_url if form == "comment" else None,
        )

    trigger = job.trigger
    return Delivery(
        report=report,
        write=write,
        github=job.github,
        run=job.run_number,
        pull_request=trigger.context.pull_request,
        pull_request_head=trigger.context.head,
        branch=None if trigger.from_fork else trigger.branch,
        reads_only=trigger.from_fork and trigger.event == "pull_request",
        repository=trigger.context.repository or "",
        server_url=trigger.context.server_url,
        append_summary=lambda text: append_summary(job.summary_file, text),
        sleep=job.edges.sleep,
    )


def _tell(job: Job, publications: Iterable[Publication]) -> None:
    """A line for each destination: what became of it, and what to do about it if it failed."""
    for made in publications:
        problem = Problem(message=f"{made.destination}: {made.message}", hint=made.hint)
        if made.outcome == "failed":
            job.commands.warning(problem)
        elif made.outcome == "refused":
            job.commands.notice(problem)
        else:
            told = (made.outcome, made.url or made.path, made.message)
            job.commands.plain(f"{made.destination}: {' '.join(filter(None, told))}")


def _hand_over(job: Job, report: Report, publications: Iterable[Publication]) -> None:
    """The report as a file and the outputs, for the steps after this one."""
    saved = _save(job.workspace, schema.to_json(report))
    _give_cache(job)
    outputs = read_outputs(report, publications, report_json=f"{SCRATCH}/{saved.name}")
    write_outputs(job.output_file, outputs.pairs())


def _give_cache(job: Job) -> None:
    """The model's answers, and the folders that were made for them, to the workspace's owner."""
    path = job.inputs.cache_path
    cache = folder_inside(job.workspace, path) if path else None
    if path and cache and cache.is_dir():
        above = [job.workspace / it for it in list(PurePosixPath(path).parents)[:-1]]
        give_to_owner([*above, cache, *cache.rglob("*")], workspace=job.workspace)


def _save(workspace: Path, text: str) -> Path:
    """Keep the report's JSON in the workspace, which may be somebody's pull request."""
    folder = workspace / SCRATCH
    saved, ignore = folder / "report.json", folder / ".gitignore"
    for path in (folder, saved, ignore):
        # A link would lead the writing somewhere else.
        if path.is_symlink() or (path == folder and path.is_file()):
            path.unlink()
    make_folder(folder)
    write_file(ignore, "*\n")
    write_file(saved, text)
    give_to_owner([folder, ignore, saved], workspace=workspace)
    return saved


def _exit_code(job: Job, publications: Iterable[Publication], *, breaks: bool) -> int:
    if breaks and "breaking" in job.inputs.fail_on:
        hint = "read the report, or leave `breaking` out of `fail-on`"
        job.commands.error(Problem(message="something that readers relied on is gone", hint=hint))
        return ExitCode.BREAKING
    if "publish" in job.inputs.fail_on and failures(publications):
        job.commands.error(
            Problem(message="the report did not get everywhere", hint="see the lines above")
        )
        return ExitCode.MISTAKE
    return ExitCode.DONE
