"""The event that started a workflow → which range to look at, and where a report may go."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from diffinsight.errors import ActionError
from diffinsight.event.branches import read_merge_group, read_push, read_release
from diffinsight.event.payload import Payload
from diffinsight.event.pull_requests import read_comment, read_pull_request, read_workflow_run
from diffinsight.event.requests import (
    read_repository_dispatch,
    read_schedule,
    read_workflow_dispatch,
)
from diffinsight.event.trigger import Question, Trigger

__all__ = ["EVENTS", "Question", "Trigger", "read_event"]

EVENTS: Mapping[str, Callable[[Payload], Trigger]] = {
    "pull_request": read_pull_request,
    "pull_request_target": read_pull_request,
    "push": read_push,
    "merge_group": read_merge_group,
    "workflow_dispatch": read_workflow_dispatch,
    "release": read_release,
    "schedule": read_schedule,
    "repository_dispatch": read_repository_dispatch,
    "workflow_run": read_workflow_run,
    "issue_comment": read_comment,
}


def read_event(name: str, payload: Mapping[str, object], environ: Mapping[str, str]) -> Trigger:
    """The trigger that ``name`` (GITHUB_EVENT_NAME) and its webhook payload describe.

    Ranges come from the payload alone: GITHUB_SHA is a merge commit that vanishes
    on pull_request and the default branch on pull_request_target.
    https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
    ``environ`` names the repository where the payload does not (schedule).
    """
    if name not in EVENTS:
        raise ActionError(
            f"the event `{name}` is not supported",
            f"start the workflow on {', '.join([*EVENTS][:-1])} or {[*EVENTS][-1]}",
        )
    reading = Payload(name=name, payload=payload, environ=environ)
    trigger = EVENTS[name](reading)
    reading.refuse_lacks()
    return trigger
