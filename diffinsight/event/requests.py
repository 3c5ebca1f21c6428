"""Runs that somebody or the clock asks for: no event says what changed."""

from __future__ import annotations

from diffinsight.event.payload import BRANCH, REF, REVISION, Payload, branch_of
from diffinsight.event.trigger import Trigger
from diffinsight.models import RunContext


def read_schedule(reading: Payload) -> Trigger:
    """What came since the last report."""
    return _request(reading, branch=None, base=None, head=None)


def read_workflow_dispatch(reading: Payload) -> Trigger:
    """The range in the inputs `base` and `head`, else what came since the last report."""
    return _request(
        reading,
        branch=branch_of(reading.text(REF, "ref")),
        base=reading.optional_text(REVISION, "inputs", "base"),
        head=reading.optional_text(REVISION, "inputs", "head"),
    )


def read_repository_dispatch(reading: Payload) -> Trigger:
    """The range in `client_payload.base` and `head`, else what came since the last report."""
    return _request(
        reading,
        branch=reading.optional_text(BRANCH, "branch"),
        base=reading.optional_text(REVISION, "client_payload", "base"),
        head=reading.optional_text(REVISION, "client_payload", "head"),
    )


def _request(
    reading: Payload, *, branch: str | None, base: str | None, head: str | None
) -> Trigger:
    repository = reading.repository()
    default_branch = reading.default_branch()
    branch = branch or default_branch
    context = RunContext(
        repository=repository,
        server_url=reading.server_url(repository),
        base=base,
        head=head or branch,
    )
    return Trigger(
        event=reading.name,
        context=context,
        default_branch=default_branch,
        branch=branch,
        asks=None if base else "last-report",
    )
