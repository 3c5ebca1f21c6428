"""What a workflow's event says about the run it started."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from diffinsight.models import RunContext

# What an event leaves open and only the server, or the last run, can tell.
Question = Literal["pull-request", "previous-release", "last-report"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Trigger:
    """What started the run."""

    event: str
    context: RunContext
    default_branch: str
    branch: str | None = None  # the pushed one, or the head of the pull request
    from_fork: bool = False  # or the fork is gone: nothing can be committed to ``branch``
    idle: str | None = None  # why there is nothing to report, for the log
    asks: Question | None = None  # what has to be found out before ``context`` is a range
    head_repository: str | None = None  # owner/name that ``branch`` is in, if the event tells
    commander: str | None = None  # login of whoever asked for the report in a comment

    @property
    def proposed(self) -> bool:
        """Whether the head was not accepted yet, so that the config is the base's."""
        return self.context.pull_request is not None or self.event == "merge_group"
