"""What came since the last report, a day or a week at a time; the last head is in a small file."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from diffinsight.edges import Commit, History
from diffinsight.errors import ActionError
from diffinsight.models import Every

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_VERSION = "diffinsight/watch/1"
_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_NOT_IN_NAMES = re.compile(r"[^\w.-]+", re.ASCII)
# Two weeks and a day: the last whole week has begun by then.
_FIRST_LOOK = timedelta(days=15)
# Clocks of committers differ; what is older than the last head by more is not looked at again.
_OVERLAP = timedelta(days=2)


@dataclass(frozen=True, kw_only=True, slots=True)
class Remembered:
    """Where the last report ended."""

    head: str  # SHA
    committed_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One range to report: a day, a week, or all that came."""

    base: str  # SHA
    head: str  # SHA
    committed_at: datetime  # of the head
    period: str  # 2024-01-31, 2024-W05; empty for a run
    was: str | None = None  # SHA of the last reported head, if it is not on the branch any more

    def remembered(self) -> Remembered:
        """What to remember once it is reported."""
        return Remembered(head=self.head, committed_at=self.committed_at)


def state_path(folder: str, *, repository: str, branch: str | None) -> str:
    """Where the last head is kept: a file for each branch that is watched."""
    owner, _, name = repository.partition("/")
    ending = f"@{_NOT_IN_NAMES.sub('-', branch)}" if branch else ""
    return f"{folder}/.diffinsight/{owner}/{name}{ending}.json"


def read_state(text: str, *, origin: str) -> Remembered:
    """What `write_state` wrote. Raises ActionError for anything else."""
    try:
        value = json.loads(text)
        head, seen = value["head"], datetime.fromisoformat(value["committed_at"])
        if value["schema"] == _VERSION and _SHA.fullmatch(head) and seen.tzinfo:
            return Remembered(head=head, committed_at=seen)
    except (ValueError, LookupError, TypeError, RecursionError):
        pass
    hint = "remove it to start anew, or restore it from the branch's history"
    raise ActionError(f"{origin} does not say where the last report ended", hint)


def write_state(remembered: Remembered) -> str:
    """The content of the file at `state_path`."""
    value = {
        "schema": _VERSION,
        "head": remembered.head,
        "committed_at": remembered.committed_at.isoformat(),
    }
    return json.dumps(value, indent=2) + "\n"


def look_back_to(last: Remembered | None, now: datetime) -> datetime:
    """How far back the history is needed."""
    return last.committed_at - _OVERLAP if last else now - _FIRST_LOOK


def steps_since(
    last: Remembered | None, history: History, *, every: Every, zone: ZoneInfo, now: datetime
) -> tuple[Step, ...]:
    """The ranges to report, the oldest first; days and weeks only when they are over.

    The first time it is the newest of them alone. When the last head is not on the branch any
    more, it was pushed with force: one range then leads from what was reported to what is there.
    """
    period: Every = "day" if last is None and every == "run" else every
    all_steps = split(_after(history, last), every=period, zone=zone)
    if every != "run":
        this = _period(now, every, zone)
        all_steps = tuple(step for step in all_steps if step.period < this)
    if last is None or not all_steps:
        return all_steps[-1:]
    if last.head in _shas(history):
        return all_steps
    newer = [step for step in all_steps if step.committed_at > last.committed_at]
    base = newer[0].base if newer else all_steps[-1].base
    return (replace(all_steps[-1], base=base, was=last.head),)


def split(history: History, *, every: Every, zone: ZoneInfo) -> tuple[Step, ...]:
    """All of ``history`` as steps, the oldest first; a repository's first commit has no base."""
    commits, base = history.commits[::-1], history.before
    if base is None:
        commits, base = commits[1:], commits[0].sha
    made = []
    for period, some in groupby(
        _in_order(commits), lambda it: _period(it.committed_at, every, zone)
    ):
        head = list(some)[-1]
        made.append(Step(base=base, head=head.sha, committed_at=head.committed_at, period=period))
        base = head.sha
    return tuple(made)


def _after(history: History, last: Remembered | None) -> History:
    """What is newer than the last head, or everything when it is not there."""
    shas = _shas(history)
    if last is None or last.head not in shas:
        return history
    return History(commits=history.commits[: shas.index(last.head)], before=last.head)


def _shas(history: History) -> list[str]:
    return [commit.sha for commit in history.commits]


def _in_order(commits: Sequence[Commit]) -> list[Commit]:
    """With times that never go back: one from a clock that was ahead counts as the next one's."""
    ordered: list[Commit] = []
    for commit in reversed(commits):
        latest = ordered[-1].committed_at if ordered else commit.committed_at
        ordered.append(replace(commit, committed_at=min(latest, commit.committed_at)))
    return ordered[::-1]


def _period(moment: datetime, every: Every, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    if every == "run":
        return ""
    return f"{local:%G-W%V}" if every == "week" else f"{local:%Y-%m-%d}"
