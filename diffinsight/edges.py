"""The outside world as typed callables: what a run may touch, handed in by whoever starts it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol, TextIO

from diffinsight.errors import ActionError
from diffinsight.models import ChangeSet, RunContext


class Repository(Protocol):
    """A git checkout (or bare repository) on disk."""

    def change_set(self, context: RunContext) -> ChangeSet:
        """What changed between ``context.base`` and ``context.head``."""


class NotPermittedError(ActionError):
    """The token may not do what was asked of it."""


class NotFoundError(ActionError):
    """What was asked for is not there, or the token may not see it."""


class ConflictError(ActionError):
    """Somebody else wrote at the same time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """A comment in the conversation of a pull request."""

    id: int
    author: str  # login; an app's ends in [bot]
    body: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PullRequest:
    """What a pull request is right now."""

    head: str  # SHA
    open: bool
    locked: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredFile:
    """A file on a branch."""

    sha: str  # of the blob
    text: str


class GitHub(Protocol):
    """A repository on a GitHub server, reached through its API.

    Everything here may raise ``NotPermittedError``, ``NotFoundError`` or another ``ActionError``.
    """

    def change_set(self, context: RunContext) -> ChangeSet:
        """What changed between ``context.base`` and ``context.head``; cuts are said in notes."""

    def author(self) -> str | None:
        """Who the token writes as; None when GitHub does not tell it."""

    def pull_request(self, number: int) -> PullRequest:
        """Its state as of now, not as the event had it."""

    def comments(self, number: int) -> tuple[Comment, ...]:
        """All comments of a pull request, oldest first."""

    def create_comment(self, number: int, body: str) -> Comment:
        """A new comment at the end of the conversation."""

    def update_comment(self, comment_id: int, body: str) -> Comment:
        """Another text for a comment; only its author and maintainers may."""

    def delete_comment(self, comment_id: int) -> None:
        """Take a comment away; one that is gone already is no error."""

    def read_file(self, path: str, *, branch: str) -> StoredFile | None:
        """A text file at the tip of ``branch``; None when the branch has no such file."""

    def write_file(
        self, path: str, text: str, *, branch: str, message: str, replaces: str | None
    ) -> str:
        """Commit one file on ``branch`` and return the commit's SHA.

        ``replaces`` is the SHA of the blob that is there now, None for a new file;
        ``ConflictError`` when something else is there, or the branch moved meanwhile.
        """

    def branch_head(self, branch: str) -> str:
        """The commit at the tip of a branch."""


class OpenRepository(Protocol):
    """Opens the repository in a folder."""

    def __call__(self, path: Path, *, trusted: bool = False) -> Repository:
        """``trusted``: also when the folder belongs to another user, as in a container."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Edges:
    """The environment, streams, clock, git and GitHub of one run."""

    environ: Mapping[str, str]
    stdin: BinaryIO
    stdout: BinaryIO
    stderr: TextIO
    now: Callable[[], datetime]
    sleep: Callable[[float], None]  # seconds
    open_repository: OpenRepository
    open_github: Callable[[str, str], GitHub]  # takes owner/name and a token, empty for none
