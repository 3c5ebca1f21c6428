"""Which branch reports are committed to, and the pull request that brings them to their own."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

from diffinsight.edges import ConflictError, GitHub

PREFIX = "diffinsight/reports-"
_SHORT = 7  # digits of a SHA


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportBranch:
    """Where a commit goes."""

    target: str  # where the reports are to stand in the end
    name: str  # where they are committed to
    origin: str | None = None  # the branch that ``name`` starts from when it is not there

    @property
    def asks(self) -> bool:
        """Whether a pull request leads from one to the other."""
        return self.name != self.target


def request_branch(github: GitHub, target: str) -> ReportBranch:
    """The branch of the open pull request with reports for ``target``, or of the next one.

    Named by where it starts, so that runs at the same time choose the same; one whose pull
    request was merged or closed is not used again.
    """
    name = waiting_branch(github, target) or _unused(github, target)
    return ReportBranch(target=target, name=name, origin=target)


def waiting_branch(github: GitHub, target: str) -> str | None:
    """The branch of the open pull request with reports for ``target``, if there is one."""
    waiting = (it.branch for it in github.requests(base=target) if it.branch.startswith(PREFIX))
    return next(waiting, None)


def _unused(github: GitHub, target: str) -> str:
    stem = f"{PREFIX}{github.branch_head(target)[:_SHORT]}"
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(name for name in names if not github.requests(base=target, branch=name))


def request(github: GitHub, branch: ReportBranch, *, title: str, body: str) -> str:
    """The address of the open pull request from ``branch``, made if there is none."""
    found = _open(github, branch)
    if found:
        return found
    try:
        made = github.open_request(base=branch.target, branch=branch.name, title=title, body=body)
    except ConflictError:
        found = _open(github, branch)
        if found:
            return found  # another run was faster
        raise
    return made.url


def _open(github: GitHub, branch: ReportBranch) -> str | None:
    listed = github.requests(base=branch.target, branch=branch.name)
    return next((it.url for it in listed if it.open), None)
