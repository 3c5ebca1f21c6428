"""What there is to report on the past: ranges, shared out as a matrix of jobs."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from diffinsight.edges import History
from diffinsight.engines.model.sharing import Share
from diffinsight.errors import ActionError
from diffinsight.models import ChangeSet, Config, Every
from diffinsight.scope import category_names, select
from diffinsight.watching import split

# A part travels as an environment variable, of which Linux takes 128 KiB.
_MOST_RANGES = 400
# The outputs of a job take 1 MB, counted in UTF-16.
# https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs
_MOST_CHARACTERS = 500_000
_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Range:
    """What one report is about, or a job's share of it."""

    base: str  # SHA
    head: str  # SHA
    category: str | None = None
    share: Share | None = None  # None: all of it


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


def share_out(change_set: ChangeSet, config: Config, *, parts: int) -> tuple[Range, ...]:
    """One range in ``parts`` shares, or as many as it has files, with all categories in each.

    Empty when no file is in scope. The range has to have its two SHAs.
    """
    names = category_names(config) or (None,)
    sizes = {name: len(select(change_set, config, name).files) for name in names}
    count = min(parts, max(sizes.values()))
    return tuple(
        Range(
            base=change_set.base or "",
            head=change_set.head or "",
            category=name,
            share=Share(number=number, of=count),
        )
        for number in range(1, count + 1)
        for name, size in sizes.items()
        if size
    )


def matrix(ranges: Sequence[Range], *, parts: int) -> str:
    """``ranges`` in as many parts as asked for, or as many as it takes, as a workflow's matrix."""
    if not ranges:
        return json.dumps({"include": []})
    count = min(max(parts, -(-len(ranges) // _MOST_RANGES)), len(ranges))
    size = -(-len(ranges) // count)
    batches = [ranges[at : at + size] for at in range(0, len(ranges), size)]
    include = [
        {"part": number, "ranges": json.dumps([_said(it) for it in batch])}
        for number, batch in enumerate(batches, start=1)
    ]
    text = json.dumps({"include": include})
    if len(text) > _MOST_CHARACTERS:
        message = f"{len(ranges):,} reports are more than an output of a job has room for"
        raise ActionError(message, "fill back a shorter time at once, or `--every week`")
    return text


def _said(wanted: Range) -> dict[str, str]:
    said = {"base": wanted.base, "head": wanted.head}
    if wanted.category is not None:
        said["category"] = wanted.category
    if wanted.share is not None:
        said["share"] = str(wanted.share)
    return said


def read_ranges(text: str) -> tuple[Range, ...]:
    """The ranges of one part of a matrix. Raises ActionError for anything else."""
    try:
        found = tuple(_range(**item) for item in json.loads(text))
    except (TypeError, ValueError, RecursionError):
        found = ()
    if not found:
        raise ActionError("--ranges is no part of a matrix", "give `ranges` of one of its entries")
    return found


def _range(*, base: str, head: str, category: str | None = None, share: str | None = None) -> Range:
    """Raises TypeError or ValueError for what is none."""
    if not (_SHA.fullmatch(base) and _SHA.fullmatch(head)):
        raise ValueError(base, head)
    if not (category is None or isinstance(category, str)):
        raise TypeError(category)
    shared = None if share is None else Share.read(share)
    return Range(base=base, head=head, category=category, share=shared)
