"""The event that started a workflow → which range to look at, and where a report may go."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from diffinsight.errors import ActionError, Problem
from diffinsight.models import RunContext

PULL_REQUEST_EVENTS = ("pull_request", "pull_request_target")
SUPPORTED = (*PULL_REQUEST_EVENTS, "push")

# A git object's name in SHA-1 or SHA-256; all zeros stands for "no commit".
_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_NO_COMMIT = re.compile(r"0+")
_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")
# What git allows in a branch name, and no more: the names come from whoever pushed.
_BRANCH = re.compile(r"(?!-)[^\x00-\x20\x7f~^:?*\[\\]+")
_PREFIX = "refs/heads/"


@dataclass(frozen=True, kw_only=True, slots=True)
class Trigger:
    """What started the run."""

    event: str
    context: RunContext
    default_branch: str
    branch: str | None = None  # the pushed one, or the head of the pull request
    from_fork: bool = False  # or the fork is gone: nothing can be committed to ``branch``
    idle: str | None = None  # why there is nothing to report, for the log


def read_event(name: str, payload: Mapping[str, object]) -> Trigger:
    """The trigger that ``name`` (GITHUB_EVENT_NAME) and its webhook payload describe.

    Ranges come from the payload alone: GITHUB_SHA is a merge commit that vanishes
    on pull_request and the default branch on pull_request_target.
    https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
    """
    if name not in SUPPORTED:
        raise ActionError(
            f"the event `{name}` is not supported",
            f"start the workflow on {', '.join(SUPPORTED[:-1])} or {SUPPORTED[-1]}",
        )
    reading = _Payload(name=name, payload=payload)
    trigger = _push(reading) if name == "push" else _pull_request(reading)
    reading.refuse_lacks()
    return trigger


def _pull_request(reading: _Payload) -> Trigger:
    head_repository = reading.optional("pull_request", "head", "repo", "full_name")
    repository = reading.text(_REPOSITORY, "repository", "full_name")
    context = RunContext(
        repository=repository,
        server_url=reading.server_url(repository),
        base=reading.text(_SHA, "pull_request", "base", "sha"),
        head=reading.text(_SHA, "pull_request", "head", "sha"),
        pull_request=reading.number("pull_request", "number"),
    )
    return Trigger(
        event=reading.name,
        context=context,
        default_branch=reading.text(_BRANCH, "repository", "default_branch"),
        branch=reading.text(_BRANCH, "pull_request", "head", "ref"),
        from_fork=head_repository != repository,
    )


def _push(reading: _Payload) -> Trigger:
    repository = reading.text(_REPOSITORY, "repository", "full_name")
    default_branch = reading.text(_BRANCH, "repository", "default_branch")
    ref = reading.text(re.compile(r"refs/.+", re.DOTALL), "ref")
    before = reading.text(_SHA, "before")
    after = reading.text(_SHA, "after")
    is_new = bool(_NO_COMMIT.fullmatch(before))
    context = RunContext(
        repository=repository,
        server_url=reading.server_url(repository),
        base=default_branch if is_new else before,
        head=after,
        # After a force push the two commits have grown apart: readers saw the old tree
        # and see the new one, what the branches had in common is none of their business.
        two_dot=reading.optional("forced") is True and not is_new,
    )
    branch = ref.removeprefix(_PREFIX) if ref.startswith(_PREFIX) else None
    return Trigger(
        event=reading.name,
        context=context,
        default_branch=default_branch,
        branch=branch,
        idle=_idle(branch, after, first_of_default=is_new and branch == default_branch),
    )


def _idle(branch: str | None, after: str, *, first_of_default: bool) -> str | None:
    if branch is None:
        return "a tag was pushed, and no branch changed"
    if _NO_COMMIT.fullmatch(after):
        return f"the branch {branch} was deleted"
    if first_of_default:
        return f"this is the first push of {branch}, and there is nothing to compare with"
    return None


class _Payload:
    """Reads a payload and remembers what it lacks, to say all of it at once."""

    def __init__(self, *, name: str, payload: Mapping[str, object]) -> None:
        self.name = name
        self._payload = payload
        self._lacking: list[str] = []

    def optional(self, *path: str) -> object:
        value: object = self._payload
        for step in path:
            value = value.get(step) if isinstance(value, Mapping) else None
        return value

    def text(self, wanted: re.Pattern[str], *path: str) -> str:
        value = self.optional(*path)
        if isinstance(value, str) and wanted.fullmatch(value):
            return value
        self._lacking.append(".".join(path))
        return ""

    def number(self, *path: str) -> int:
        value = self.optional(*path)
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        self._lacking.append(".".join(path))
        return 0

    def server_url(self, repository: str) -> str:
        """The server's own, also on GitHub Enterprise: the repository's page without its name."""
        page = self.text(re.compile(r"https?://[^\s]+"), "repository", "html_url")
        return page.removesuffix(f"/{repository}")

    def refuse_lacks(self) -> None:
        if self._lacking:
            hint = "GITHUB_EVENT_PATH must be the file that the runner wrote for this event"
            raise ActionError.of(
                Problem(message=f"the {self.name} payload has no usable `{name}`", hint=hint)
                for name in dict.fromkeys(self._lacking)
            )
