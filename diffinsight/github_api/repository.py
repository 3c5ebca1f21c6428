"""PyGithub, asked for what diffinsight needs and no more."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from diffinsight.edges import (
    Check,
    Comment,
    NotFoundError,
    NotPermittedError,
    PullRequest,
    Request,
    StoredFile,
)
from diffinsight.errors import ActionError
from diffinsight.github_api.answers import explained
from diffinsight.github_api.checks import batches
from diffinsight.github_api.commits import Commits
from diffinsight.github_api.comparison import file_change, is_cut, range_notes
from diffinsight.models import ChangeSet, Note, RunContext

if TYPE_CHECKING:
    from github import Github
    from github.Commit import Commit
    from github.Comparison import Comparison
    from github.IssueComment import IssueComment
    from github.PullRequest import PullRequest as Pull
    from github.Repository import Repository

Fetch = Callable[[RunContext], ChangeSet]

_NAME = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)
_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_TOKEN = re.compile(r"[!-~]*")
_INSTALLATION = "ghs_"  # how such a token starts
_TRIES = 3
_TIMEOUT = 30  # seconds; a comparison of 300 files takes GitHub up to ten
# "wait for at least one minute": GitHub's "Best practices for using the REST API"
_LONGEST_WAIT = 60


def open_github(
    name: str, environ: Mapping[str, str], *, token: str | None = None, fetch: Fetch | None = None
) -> GitHubRepository:
    """The repository ``name`` (owner/name) on the server that the environment names."""
    api_url = environ.get("GITHUB_API_URL") or "https://api.github.com"
    if not _NAME.fullmatch(name):
        raise ActionError(f"'{name}' is no repository", "write it as OWNER/NAME")
    if urlsplit(api_url).scheme not in {"http", "https"} or not urlsplit(api_url).hostname:
        raise ActionError(f"GITHUB_API_URL '{api_url}' is no web address", "correct or unset it")
    given = (token or environ.get("GITHUB_TOKEN") or "").strip()
    if not _TOKEN.fullmatch(given):  # the libraries below would repeat it in their complaints
        hint = "copy it again: letters, digits and signs without spaces and line breaks"
        raise ActionError("the token for the API is none", hint)
    return GitHubRepository(
        name=name,
        api_url=api_url.rstrip("/"),
        token=given,
        fetch=fetch,
    )


@dataclass(frozen=True, kw_only=True)
class GitHubRepository:
    """A repository on a GitHub server.

    ``fetch`` has git compare two commits where the API cuts its answer; ``patience`` scales every
    wait between tries (1: seconds, as GitHub asks for).
    """

    name: str  # owner/name
    api_url: str
    token: str = field(repr=False)
    fetch: Fetch | None = field(default=None, repr=False)
    patience: float = 1.0

    def change_set(self, context: RunContext) -> ChangeSet:
        """What changed in the range; where the API cuts, git is asked, else a note says so."""
        base, head = self._ends(context)
        if context.two_dot:
            return self._two_dot(replace(context, base=base, head=head))
        with explained(f"comparing {base}...{head} of {self.name}"):
            comparison = self._compare(base, head)
            tip = self._commit(head)
            change_set = ChangeSet(
                repository=self.name,
                server_url=context.server_url,
                base=comparison.base_commit.sha,
                head=tip.sha,
                pull_request=context.pull_request,
                committed_at=tip.commit.committer.date,
                files=tuple(file_change(file) for file in comparison.files),
            )
            merge_base = comparison.merge_base_commit.sha
        wanted = context.whole or is_cut(change_set.files)
        return self._completed(change_set, merge_base) if wanted else change_set

    def author(self) -> str | None:
        """Who the token writes as; None when GitHub does not tell it.

        `GET /user` is refused to installation tokens, such as a workflow's own.
        """
        if not self.token or self.token.startswith(_INSTALLATION):
            return None
        try:
            with explained("asking who the token belongs to"):
                return self._server.get_user().login
        except NotPermittedError:
            return None

    def pull_request(self, number: int) -> PullRequest:
        """Its state as of now."""
        with explained(f"reading pull request #{number} of {self.name}"):
            pull = self._repository.get_pull(number)
            return PullRequest(
                head=pull.head.sha, open=pull.state == "open", locked=bool(pull.raw_data["locked"])
            )

    def comments(self, number: int) -> tuple[Comment, ...]:
        """All comments of a pull request, over all pages, oldest first."""
        with explained(f"reading the comments of #{number} of {self.name}"):
            listed = self._repository.get_issue(number).get_comments()
            return tuple(_comment(comment) for comment in listed)

    def create_comment(self, number: int, body: str) -> Comment:
        """A new comment at the end of the conversation."""
        with explained(f"commenting on #{number} of {self.name}"):
            return _comment(self._repository.get_issue(number).create_comment(body))

    def update_comment(self, comment_id: int, body: str) -> Comment:
        """Another text for a comment."""
        with explained(f"updating comment {comment_id} of {self.name}"):
            comment = self._comment(comment_id)
            comment.edit(body)
            return _comment(comment)

    def delete_comment(self, comment_id: int) -> None:
        """Take a comment away; one that is gone already is no error."""
        try:
            with explained(f"deleting comment {comment_id} of {self.name}"):
                self._comment(comment_id).delete()
        except NotFoundError:
            return

    def read_file(self, path: str, *, branch: str) -> StoredFile | None:
        """A text file at the tip of ``branch``; None when the branch has no such file."""
        from github import UnknownObjectException

        with explained(f"reading {path} on {branch} of {self.name}"):
            try:
                found = self._repository.get_contents(path, ref=branch)
            except UnknownObjectException:
                return None
            if isinstance(found, list):
                raise ActionError(f"{path} on {branch} is a folder", "choose another report name")
            # Above 1 MB the contents API sends no content; the blob API goes to 100 MB:
            # https://docs.github.com/rest/repos/contents#get-repository-content
            content = found.content or self._repository.get_git_blob(found.sha).content
            return StoredFile(
                sha=found.sha, text=base64.b64decode(content).decode(errors="replace")
            )

    def files_below(self, folder: str, *, revision: str) -> Mapping[str, str]:
        """Path and SHA of the blob of every file in a folder; empty when there is none."""
        with explained(f"listing {folder} of {self.name}"):
            sha: str | None = self._tree(revision)
            for step in PurePosixPath(folder).parts:
                entries = self._ask("GET", f"git/trees/{sha}")["tree"]
                found = (it for it in entries if it["path"] == step and it["type"] == "tree")
                sha = next((str(it["sha"]) for it in found), None)
                if sha is None:
                    return {}
            listed = self._ask("GET", f"git/trees/{sha}?recursive=1")["tree"]
        return {f"{folder}/{it['path']}": str(it["sha"]) for it in listed if it["type"] == "blob"}

    def read_blob(self, sha: str) -> str:
        """The text of a blob; invalid UTF-8 is replaced."""
        with explained(f"reading {sha} of {self.name}"):
            content = self._ask("GET", f"git/blobs/{sha}")["content"]
            return base64.b64decode(content).decode(errors="replace")

    def commit_files(
        self, files: Mapping[str, str], *, branch: str, onto: str, message: str
    ) -> str:
        """Commit files together on ``branch``, which must be at ``onto``."""
        what = f"committing to {branch} of {self.name}"
        with explained(what):
            return self._commits.commit(files, branch=branch, onto=onto, message=message, what=what)

    def branch_head(self, branch: str) -> str:
        """The commit at the tip of a branch."""
        with explained(f"reading branch {branch} of {self.name}"):
            return self._repository.get_git_ref(f"heads/{branch}").object.sha

    def default_branch(self) -> str:
        """The name of the branch that the repository shows."""
        with explained(f"reading repository {self.name}"):
            return self._repository.default_branch

    def create_branch(self, branch: str, *, at: str) -> None:
        """A new branch at a commit."""
        with explained(f"creating branch {branch} of {self.name}"):
            self._repository.create_git_ref(f"refs/heads/{branch}", at)

    def requests(self, *, base: str, branch: str | None = None) -> tuple[Request, ...]:
        """The open pull requests into ``base``, or all that ever were for ``branch``."""
        owner = self.name.partition("/")[0]
        with explained(f"listing the pull requests of {self.name}"):
            if branch is None:
                pulls = self._repository.get_pulls(state="open", base=base)
            else:
                head = f"{owner}:{branch}"
                pulls = self._repository.get_pulls(state="all", base=base, head=head)
            # A fork's branch may be called the same.
            ours = (it for it in pulls if it.head.repo and it.head.repo.full_name == self.name)
            return tuple(_request(pull) for pull in ours)

    def open_request(self, *, base: str, branch: str, title: str, body: str) -> Request:
        """A new pull request in the same repository."""
        with explained(f"opening a pull request for {branch} of {self.name}"):
            return _request(
                self._repository.create_pull(base=base, head=branch, title=title, body=body)
            )

    def create_check(self, check: Check) -> str:
        """Show a check run at its commit, with all its annotations."""
        first, *later = batches(check)
        with explained(f"writing a check run for {check.head} of {self.name}"):
            made = self._ask("POST", "check-runs", first)
            for more in later:
                self._ask("PATCH", f"check-runs/{made['id']}", more)
            return str(made["html_url"] or "")

    def _ask(self, method: str, path: str, given: object = None) -> Any:  # noqa: ANN401 - JSON
        address = f"/repos/{self.name}/{path}"
        return self._server.requester.requestJsonAndCheck(method, address, input=given)[1]

    @cached_property
    def _commits(self) -> Commits:
        return Commits(requester=self._server.requester, repository=self.name)

    @cached_property
    def _repository(self) -> Repository:
        return self._server.get_repo(self.name)

    @cached_property
    def _server(self) -> Github:
        from github import Auth, Github, GithubRetry

        retry = GithubRetry(
            total=_TRIES,
            backoff_factor=self.patience,
            backoff_max=_LONGEST_WAIT,
            retry_after_max=int(_LONGEST_WAIT * self.patience),
            secondary_rate_wait=_LONGEST_WAIT * self.patience,
            max_rate_limit_wait=_LONGEST_WAIT * self.patience,
            # A comment posted twice by a retry is found and removed by its publisher.
            allowed_methods=None,
            status_forcelist=[HTTPStatus.FORBIDDEN, *range(500, 600)],
        )
        return Github(
            base_url=self.api_url,
            auth=Auth.Token(self.token) if self.token else None,
            retry=retry,
            timeout=_TIMEOUT,
            per_page=100,
            user_agent="diffinsight",
            seconds_between_requests=0,
            # "at least one second between each" write: best practices, as above
            seconds_between_writes=self.patience,
            lazy=True,  # the name alone is enough to ask about what belongs to it
        )

    def _ends(self, context: RunContext) -> tuple[str, str]:
        if not context.base:
            raise ActionError("no base to compare from", "give --base a branch, tag or commit")
        if context.head:
            return context.base, context.head
        return context.base, self.default_branch()

    def _compare(self, base: str, head: str) -> Comparison:
        from github import UnknownObjectException

        try:
            comparison = self._repository.compare(base, head)
            comparison.complete()
        except UnknownObjectException as error:
            raise self._missing(base, head, error) from error
        return comparison

    def _missing(self, base: str, head: str, error: Exception) -> ActionError:
        """Which of repository, base and head is not there: the comparison's 404 does not say."""
        from github import UnknownObjectException

        hint = f"check the name; a private repository needs GITHUB_TOKEN (asked: {self.api_url})"
        try:
            self._repository.complete()
        except UnknownObjectException:
            return NotFoundError(f"no repository {self.name}, or the token may not see it", hint)
        for revision in (base, head):
            try:
                self._commit(revision)
            except UnknownObjectException:
                hint = "give a branch, tag or full commit that was pushed"
                return NotFoundError(f"{self.name} has no revision {revision}", hint)
        said = getattr(error, "message", None) or "no common ancestor"
        return NotFoundError(
            f"{base} and {head} of {self.name} can't be compared: {said}",
            "choose related revisions",
        )

    def _commit(self, revision: str) -> Commit:
        # One file a page: only the SHA and the date are of interest.
        commit = self._repository.get_commit(revision, commit_files_per_page=1)
        commit.complete()
        return commit

    def _tree(self, revision: str) -> str:
        """The tree of a commit, branch or tag; the git data API knows commits only."""
        if _SHA.fullmatch(revision):
            return str(self._ask("GET", f"git/commits/{revision}")["tree"]["sha"])
        return self._commit(revision).commit.tree.sha

    def _two_dot(self, context: RunContext) -> ChangeSet:
        if self.fetch is None:
            message = "GitHub compares from the merge base only"
            raise ActionError(message, "leave --two-dot out, or use --repo with a clone")
        return self.fetch(context)

    def _completed(self, cut: ChangeSet, merge_base: str) -> ChangeSet:
        """The whole range by git; when that fails, what the API gave, and a note."""
        noted = replace(cut, notes=range_notes(cut.files))
        if self.fetch is None:
            return noted
        asked = RunContext(
            repository=self.name,
            server_url=cut.server_url,
            base=merge_base,
            head=cut.head,
            two_dot=True,
            pull_request=cut.pull_request,
        )
        try:
            fetched = self.fetch(asked)
        except ActionError as error:
            kind = "fetch-failed" if is_cut(cut.files) else "whole-texts-missing"
            failed = Note(kind=kind, values={"reason": error.problems[0].message})
            return replace(noted, notes=(*noted.notes, failed))
        return replace(
            fetched,
            base=cut.base,
            two_dot=False,
            committed_at=cut.committed_at or fetched.committed_at,
        )

    def _comment(self, comment_id: int) -> IssueComment:
        # A comment's address does not name its pull request, so any number leads there.
        return self._repository.get_issue(1).get_comment(comment_id)


def _comment(comment: IssueComment) -> Comment:
    # An account that was deleted leaves its comments without an author.
    author = comment.user.login if comment.user else ""
    return Comment(id=comment.id, author=author, body=comment.body or "", url=comment.html_url)


def _request(pull: Pull) -> Request:
    return Request(branch=pull.head.ref, open=pull.state == "open", url=pull.html_url)
