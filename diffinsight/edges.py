"""The outside world as typed callables: what a run may touch, handed in by whoever starts it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Literal, Protocol, TextIO

from diffinsight.conversation import Model, ModelSettings
from diffinsight.errors import ActionError
from diffinsight.models import ChangeSet, RunContext


class Repository(Protocol):
    """A git checkout (or bare repository) on disk."""

    def change_set(self, context: RunContext) -> ChangeSet:
        """What changed between ``context.base`` and ``context.head``."""

    def history(self, *, branch: str | None, since: datetime) -> History:
        """Without ``branch`` the one checked out; what is older than ``since`` is left out."""


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """A pull request that asks for what somebody's branch holds."""

    branch: str  # in the same repository
    open: bool
    url: str


AnnotationLevel = Literal["notice", "warning", "failure"]
Conclusion = Literal["neutral", "success", "failure"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Annotation:
    """A remark on lines of a file, shown beside them."""

    path: str
    first_line: int
    last_line: int
    level: AnnotationLevel
    title: str
    message: str  # plain text


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """A check run that is over."""

    name: str
    head: str  # SHA
    conclusion: Conclusion
    title: str
    summary: str  # Markdown
    annotations: tuple[Annotation, ...] = ()


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

    def files_below(self, folder: str, *, revision: str) -> Mapping[str, str]:
        """Path and SHA of the blob of every file in a folder; empty when there is none."""

    def read_blob(self, sha: str) -> str:
        """The text of a blob; invalid UTF-8 is replaced."""

    def commit_files(
        self, files: Mapping[str, str], *, branch: str, onto: str, message: str
    ) -> str:
        """Commit files (path and text) together on ``branch``; returns the commit's SHA.

        ``onto`` is the commit that the branch is at; ``ConflictError`` when it has moved.
        """

    def branch_head(self, branch: str) -> str:
        """The commit at the tip of a branch."""

    def default_branch(self) -> str:
        """The name of the branch that the repository shows."""

    def create_branch(self, branch: str, *, at: str) -> None:
        """A new branch at a commit; ``ConflictError`` when there is one of that name."""

    def requests(self, *, base: str, branch: str | None = None) -> tuple[Request, ...]:
        """The open pull requests into ``base``, or all that ever were for ``branch``."""

    def open_request(self, *, base: str, branch: str, title: str, body: str) -> Request:
        """A new pull request; ``ConflictError`` when there is one already."""

    def create_check(self, check: Check) -> str:
        """Show a check run at its commit, with all its annotations; returns its address."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PullRequestEnds:
    """The two ends of a pull request as of now."""

    number: int
    base: str  # SHA
    head: str  # SHA
    head_repository: str | None  # owner/name; None: the fork is gone
    branch: str  # of the head
    open: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Release:
    """A published release."""

    tag: str
    published_at: datetime
    prerelease: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Commit:
    """A commit, as far as it is needed to say when a branch was where."""

    sha: str
    committed_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class History:
    """What a branch was, along first parents."""

    commits: tuple[Commit, ...]  # the newest first, at least one
    before: str | None  # SHA of the oldest one's parent; None: it is the first of all


class Lookups(Protocol):
    """What events leave open about a repository, asked of its server.

    Everything here may raise ``NotPermittedError``, ``NotFoundError`` or another ``ActionError``.
    """

    def current_name(self) -> str:
        """Owner/name as of now: a repository can be renamed, and the old name still leads there."""

    def pull_request_ends(self, number: int) -> PullRequestEnds:
        """One pull request."""

    def open_pull_requests(
        self, *, head_repository: str, branch: str
    ) -> tuple[PullRequestEnds, ...]:
        """The open pull requests whose head is this branch."""

    def releases(self) -> tuple[Release, ...]:
        """All releases that are no drafts, the newest first."""

    def may_write(self, login: str) -> bool:
        """Whether somebody may push to the repository."""


class ReadHistory(Protocol):
    """Reads what a branch of a repository on the server was."""

    def __call__(
        self, repository: str, *, branch: str | None, since: datetime, token: str
    ) -> History:
        """Without ``branch`` the default branch; what is older than ``since`` is left out."""


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
    open_model: Callable[[ModelSettings], Model]
    open_github: Callable[[str, str], GitHub]  # takes owner/name and a token, empty for none
    open_lookups: Callable[[str, str], Lookups]  # takes the same
    read_history: ReadHistory
