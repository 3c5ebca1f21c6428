"""What every destination is handed: the report, how to write it down, and where it came from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, Self

from diffinsight.edges import GitHub
from diffinsight.inputs import Inputs
from diffinsight.models import Publication, Report

Form = Literal["markdown", "comment", "summary"]
# https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#workflows-in-forked-repositories
_FORK = (
    "a pull request from a fork gets a token that only reads: the report is in the job summary;"
    " `on: workflow_run` can publish it (docs/forks.md)"
)
_DEPENDABOT = "pull requests of Dependabot get a token that only reads"


class Write(Protocol):
    """The report as text."""

    def __call__(self, form: Form, *, limit: int | None = None) -> str:
        """In one of its forms; ``limit`` is in characters, for a summary in bytes."""


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class RunNumber:
    """Which run of the workflow this is: a later one is greater."""

    number: int = 0  # GITHUB_RUN_NUMBER
    attempt: int = 1  # GITHUB_RUN_ATTEMPT


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """One report on its way."""

    report: Report
    write: Write
    github: GitHub  # the repository of the workflow, not the one reported on
    run: RunNumber
    pull_request: int | None  # to comment on
    pull_request_head: str | None  # SHA, as of the event; None: the report's head
    branch: str | None  # to commit to; None: there is none that may be written
    reads_only: bool  # the token, whatever the workflow asks for
    repository: str  # owner/name of ``github``
    server_url: str
    beside: Mapping[str, str] = field(default_factory=dict)  # path and text, committed along
    append_summary: Callable[[str], None]
    sleep: Callable[[float], None]  # seconds


def what_to_allow(delivery: Delivery, permissions: str) -> str:
    """What to do about a refusal; ``permissions`` are those of the job, as its YAML has them."""
    if delivery.reads_only:
        return _FORK
    allow = f"give the job `permissions: {{ {permissions} }}`"
    return f"{allow}; {_DEPENDABOT}" if delivery.pull_request else allow


class Publisher(Protocol):
    """A destination with its options."""

    @classmethod
    def of(cls, inputs: Inputs) -> Self:
        """From what the workflow's author asked for; here nothing, for those without options."""
        del inputs
        return cls()

    def publish(self, delivery: Delivery, parts: Sequence[Delivery]) -> tuple[Publication, ...]:
        """Bring the report there and say what became of it. May raise ActionError.

        ``parts`` are the reports of its categories, where it has any.
        """
