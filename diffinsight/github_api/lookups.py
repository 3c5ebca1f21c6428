"""What events leave open: pull requests, releases and permissions, as GitHub knows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diffinsight.edges import NotFoundError, PullRequestEnds, Release
from diffinsight.github_api.answers import explained
from diffinsight.github_api.repository import GitHubRepository

if TYPE_CHECKING:
    from github.PullRequest import PullRequest

# `maintain` and `triage` are told as write and read:
# https://docs.github.com/rest/collaborators/collaborators#get-repository-permissions-for-a-user
_MAY_WRITE = {"admin", "write"}


@dataclass(frozen=True, kw_only=True)
class GitHubLookups(GitHubRepository):
    """The same repository, asked about its events."""

    @classmethod
    def of(cls, repository: GitHubRepository) -> GitHubLookups:
        """With the name, server and token of ``repository``."""
        return cls(
            name=repository.name,
            api_url=repository.api_url,
            token=repository.token,
            patience=repository.patience,
        )

    def current_name(self) -> str:
        """Owner/name as of now."""
        with explained(f"reading repository {self.name}"):
            self._repository.complete()  # it was opened by name alone
            return self._repository.full_name

    def pull_request_ends(self, number: int) -> PullRequestEnds:
        """One pull request."""
        with explained(f"reading pull request #{number} of {self.name}"):
            pull = self._repository.get_pull(number)
            pull.complete()
            return _ends(pull)

    def open_pull_requests(
        self, *, head_repository: str, branch: str
    ) -> tuple[PullRequestEnds, ...]:
        """The open pull requests whose head is this branch."""
        owner = head_repository.partition("/")[0]
        with explained(f"looking for pull requests of {owner}:{branch} in {self.name}"):
            pulls = self._repository.get_pulls(state="open", head=f"{owner}:{branch}")
            found = [_ends(pull) for pull in pulls]
        # An owner may have several forks of one network.
        return tuple(ends for ends in found if ends.head_repository == head_repository)

    def releases(self) -> tuple[Release, ...]:
        """All releases that are no drafts, the newest first."""
        with explained(f"reading the releases of {self.name}"):
            return tuple(
                Release(
                    tag=release.tag_name,
                    published_at=release.published_at or release.created_at,
                    prerelease=release.prerelease,
                )
                for release in self._repository.get_releases()
                if not release.draft
            )

    def may_write(self, login: str) -> bool:
        """Whether somebody may push to the repository."""
        try:
            with explained(f"asking what {login} may do in {self.name}"):
                return self._repository.get_collaborator_permission(login) in _MAY_WRITE
        except NotFoundError:
            return False


def _ends(pull: PullRequest) -> PullRequestEnds:
    # PyGithub has no type for a head whose fork was deleted.
    fork = pull.raw_data["head"]["repo"]
    return PullRequestEnds(
        number=pull.number,
        base=pull.base.sha,
        head=pull.head.sha,
        head_repository=fork["full_name"] if fork else None,
        branch=pull.head.ref,
        open=pull.state == "open",
    )
