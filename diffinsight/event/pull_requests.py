"""Events about a pull request: its own, a comment on it, a workflow that ran for it."""

from __future__ import annotations

from diffinsight.event.payload import BRANCH, LOGIN, REPOSITORY, SHA, Payload
from diffinsight.event.trigger import Trigger
from diffinsight.models import RunContext

COMMAND = "/diffinsight"
# workflow_run says which event started the first workflow.
_PULL_REQUESTS = {"pull_request", "pull_request_target"}


def read_pull_request(reading: Payload) -> Trigger:
    """From where the request left its base to its head."""
    head_repository = reading.optional("pull_request", "head", "repo", "full_name")
    repository = reading.repository()
    context = RunContext(
        repository=repository,
        server_url=reading.server_url(repository),
        base=reading.text(SHA, "pull_request", "base", "sha"),
        head=reading.text(SHA, "pull_request", "head", "sha"),
        pull_request=reading.number("pull_request", "number"),
    )
    return Trigger(
        event=reading.name,
        context=context,
        default_branch=reading.default_branch(),
        branch=reading.text(BRANCH, "pull_request", "head", "ref"),
        from_fork=head_repository != repository,
    )


def read_comment(reading: Payload) -> Trigger:
    """A comment that asks for the report; who wrote it has to be allowed to."""
    repository = reading.repository()
    context = RunContext(
        repository=repository,
        server_url=reading.server_url(repository),
        pull_request=reading.number("issue", "number"),
    )
    return Trigger(
        event=reading.name,
        context=context,
        default_branch=reading.default_branch(),
        idle=_no_command(reading),
        asks="pull-request",
        commander=reading.text(LOGIN, "comment", "user", "login"),
    )


def _no_command(reading: Payload) -> str | None:
    if reading.optional("issue", "pull_request") is None:
        return "the comment is on an issue, not on a pull request"
    if reading.optional("action") != "created":
        return "only a new comment asks for a report"
    words = str(reading.optional("comment", "body") or "").split(maxsplit=1)
    if words[:1] != [COMMAND]:
        return f"the comment does not start with {COMMAND}"
    return None


def read_workflow_run(reading: Payload) -> Trigger:
    """The second of two workflows: the first ran for a pull request, with a token that only reads.

    `workflow_run.pull_requests` is empty for forks, so the request is found by its head.
    """
    repository = reading.repository()
    context = RunContext(
        repository=repository,
        server_url=reading.server_url(repository),
        head=reading.text(SHA, "workflow_run", "head_sha"),
    )
    return Trigger(
        event=reading.name,
        context=context,
        default_branch=reading.default_branch(),
        branch=reading.optional_text(BRANCH, "workflow_run", "head_branch"),
        idle=_no_pull_request(reading),
        asks="pull-request",
        head_repository=reading.optional_text(
            REPOSITORY, "workflow_run", "head_repository", "full_name"
        ),
    )


def _no_pull_request(reading: Payload) -> str | None:
    if reading.optional("workflow_run", "event") not in _PULL_REQUESTS:
        return "the workflow that ran was not started by a pull request"
    if reading.optional("action") != "completed":
        return "the workflow that ran for the pull request is not finished"
    if reading.optional("workflow_run", "conclusion") != "success":
        return "the workflow that ran for the pull request did not succeed"
    return None
