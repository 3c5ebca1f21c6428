"""Reports on the past: ranges planned as a matrix of jobs, and the reports of one such job."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from pathlib import Path

from diffinsight import schema
from diffinsight.edges import Edges, History
from diffinsight.errors import ActionError
from diffinsight.files import write_file
from diffinsight.inputs import Every
from diffinsight.models import ChangeSet, Config, RunContext
from diffinsight.run import Wishes, make_report
from diffinsight.scope import category_names
from diffinsight.watching import split

# "A matrix will generate a maximum of 256 jobs per workflow run":
# https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations
MOST_PARTS = 256
# A part travels as an environment variable, of which Linux takes 128 KiB.
_MOST_RANGES = 400
_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Range:
    """What one report is about."""

    base: str  # SHA
    head: str  # SHA
    category: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """The days to look back to, both included."""

    since: date
    until: date | None  # None: to the last day or week that is over
    every: Every


def plan(span: Span, history: History, config: Config, *, now: datetime) -> tuple[Range, ...]:
    """One range for each day or week of ``span`` that has commits, and for each category."""
    steps = split(history, every=span.every, zone=config.zone)
    today = now.astimezone(config.zone)
    this = f"{today:%G-W%V}" if span.every == "week" else f"{today:%Y-%m-%d}"
    until = span.until or today.date()
    wanted = [
        step
        for step in steps
        if step.period < this
        and span.since <= step.committed_at.astimezone(config.zone).date() <= until
    ]
    names = category_names(config) or (None,)
    return tuple(
        Range(base=step.base, head=step.head, category=name) for step in wanted for name in names
    )


def begin(span: Span, config: Config) -> datetime:
    """The first moment of ``span``."""
    return datetime.combine(span.since, time(), config.zone)


def matrix(ranges: Sequence[Range], *, parts: int) -> str:
    """``ranges`` in as many parts as asked for, or as many as it takes, as a workflow's matrix."""
    if not ranges:
        return json.dumps({"include": []})
    count = min(max(parts, -(-len(ranges) // _MOST_RANGES)), len(ranges))
    if count > MOST_PARTS:
        message = f"{len(ranges):,} reports take {count} jobs; GitHub runs {MOST_PARTS}"
        raise ActionError(message, "fill back a shorter time at once, or `--every week`")
    size = -(-len(ranges) // count)
    batches = [ranges[at : at + size] for at in range(0, len(ranges), size)]
    include = [
        {"part": number, "ranges": json.dumps([asdict(it) for it in batch])}
        for number, batch in enumerate(batches, start=1)
    ]
    return json.dumps({"include": include})


def read_ranges(text: str) -> tuple[Range, ...]:
    """The ranges of one part of a matrix. Raises ActionError for anything else."""
    try:
        found = tuple(Range(**item) for item in json.loads(text))
    except (TypeError, ValueError, RecursionError):
        found = ()
    for it in found:
        category = it.category is None or isinstance(it.category, str)
        shas = (it.base, it.head)
        if not (category and all(isinstance(sha, str) and _SHA.fullmatch(sha) for sha in shas)):
            found = ()
            break
    if not found:
        raise ActionError("--ranges is no part of a matrix", "give `ranges` of one of its entries")
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One job's share of the work."""

    repository: str  # owner/name
    edges: Edges
    config: Config
    wishes: Callable[[str | None], Wishes]  # for a category

    def write_reports(self, ranges: Sequence[Range], folder: Path) -> Iterator[Path]:
        """Write the report of each range that has anything in scope, as JSON."""
        github = self.edges.open_github(self.repository, self.edges.environ.get("GITHUB_TOKEN", ""))
        read: tuple[Range, ChangeSet] | None = None
        for number, it in enumerate(ranges, start=1):
            if read is None or (read[0].base, read[0].head) != (it.base, it.head):
                read = it, github.change_set(_context(self.repository, it))
            report = make_report(
                read[1], config=self.config, wishes=self.wishes(it.category), now=self.edges.now()
            )
            if report.files:
                path = folder / f"{report.date:%Y%m%d}-{it.head[:12]}-{number:04}.json"
                write_file(path, schema.to_json(report))
                yield path


def _context(repository: str, wanted: Range) -> RunContext:
    return RunContext(repository=repository, base=wanted.base, head=wanted.head, whole=True)
