"""A repository that is watched: what came since the last report, whatever became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diffinsight.edges import Edges, GitHub, NotFoundError
from diffinsight.models import Every
from diffinsight.watching import (
    Remembered,
    Step,
    look_back_to,
    read_state,
    state_path,
    steps_since,
)

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """What there is to report on it."""

    name: str  # owner/name as of now
    steps: tuple[Step, ...] = ()  # the oldest first
    gone: bool = False  # deleted, or made private


@dataclass(frozen=True, kw_only=True, slots=True)
class Upstream:
    """A branch of a repository, and where it is kept how far it was reported."""

    repository: str  # owner/name as the workflow's author wrote it
    branch: str | None  # None: whichever is the default one
    home: GitHub  # the repository that the reports are committed to
    home_branches: tuple[str, ...]  # the first that has the state counts
    folder: str  # of the reports
    token: str

    @property
    def state_path(self) -> str:
        """In ``home``."""
        return state_path(self.folder, repository=self.repository, branch=self.branch)

    def news(self, edges: Edges, *, every: Every, zone: ZoneInfo) -> News:
        """What to report now. A repository that was never there is an ActionError."""
        now = edges.now()
        last = self._last()
        try:
            name = edges.open_lookups(self.repository, self.token).current_name()
        except NotFoundError:
            if last is None:
                raise
            return News(name=self.repository, gone=True)
        history = edges.read_history(
            name, branch=self.branch, since=look_back_to(last, now), token=self.token
        )
        return News(name=name, steps=steps_since(last, history, every=every, zone=zone, now=now))

    def _last(self) -> Remembered | None:
        for branch in self.home_branches:
            stored = self.home.read_file(self.state_path, branch=branch)
            if stored:
                return read_state(stored.text, origin=self.state_path)
        return None


def as_one(steps: tuple[Step, ...]) -> Step:
    """One range over all of them; there must be one."""
    first, last = steps[0], steps[-1]
    return Step(
        base=first.base, head=last.head, committed_at=last.committed_at, period="", was=first.was
    )
