"""Several files in one commit, made on the tip that its maker has looked at or not at all."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from diffinsight.errors import ActionError
from diffinsight.github_api.answers import explain, one_line

if TYPE_CHECKING:
    from github.Requester import Requester

# https://docs.github.com/graphql/reference/mutations#createcommitonbranch
MUTATION = """\
mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}"""
# Types of GraphQL errors, as the statuses that the REST API has for the same refusals.
_STATUSES = {
    "STALE_DATA": HTTPStatus.CONFLICT,  # "Expected branch to point to … but it did not."
    "FORBIDDEN": HTTPStatus.FORBIDDEN,
    "INSUFFICIENT_SCOPES": HTTPStatus.FORBIDDEN,
    "NOT_FOUND": HTTPStatus.NOT_FOUND,
    "RATE_LIMITED": HTTPStatus.TOO_MANY_REQUESTS,
}
_MISSING = {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED}
_FILE_MODE = "100644"


@dataclass(kw_only=True)
class Commits:
    """Commits on the branches of ``repository`` (owner/name)."""

    requester: Requester
    repository: str
    without_graphql: bool = field(default=False)  # known once it was asked

    def commit(
        self, files: Mapping[str, str], *, branch: str, onto: str, message: str, what: str
    ) -> str:
        """The new commit's SHA; ConflictError when ``branch`` is not at ``onto`` any more.

        By GraphQL, which signs the commit; where a server has none, by the git data API.
        """
        if not self.without_graphql:
            made = self._mutate(files, branch=branch, onto=onto, message=message, what=what)
            if made is not None:
                return made
            self.without_graphql = True
        return self._build(files, branch=branch, onto=onto, message=message)

    def _mutate(
        self, files: Mapping[str, str], *, branch: str, onto: str, message: str, what: str
    ) -> str | None:
        """None: the server does not know the mutation."""
        from github import GithubException

        headline, _, body = message.partition("\n")
        given = {
            "branch": {"repositoryNameWithOwner": self.repository, "branchName": branch},
            "expectedHeadOid": onto,
            "message": {"headline": headline, "body": body.strip()},
            "fileChanges": {
                "additions": [
                    {"path": path, "contents": base64.b64encode(text.encode()).decode()}
                    for path, text in files.items()
                ]
            },
        }
        asked = {"query": MUTATION, "variables": {"input": given}}
        try:
            _, answer = self.requester.requestJsonAndCheck(
                "POST", self.requester.graphql_url, input=asked
            )
        except GithubException as error:
            if error.status in _MISSING:
                return None
            raise
        if answer.get("errors"):
            raise refusal(what, answer["errors"][0])
        return str(answer["data"]["createCommitOnBranch"]["commit"]["oid"])

    def _build(self, files: Mapping[str, str], *, branch: str, onto: str, message: str) -> str:
        """Tree, commit, branch: only the last step can be seen, and it takes no other tip."""
        entries = [
            {"path": path, "mode": _FILE_MODE, "type": "blob", "content": text}
            for path, text in files.items()
        ]
        base_tree = self._ask("GET", f"git/commits/{onto}")["tree"]["sha"]
        tree = self._ask("POST", "git/trees", {"base_tree": base_tree, "tree": entries})
        made = {"message": message, "tree": tree["sha"], "parents": [onto]}
        commit = str(self._ask("POST", "git/commits", made)["sha"])
        self._ask("PATCH", f"git/refs/heads/{quote(branch)}", {"sha": commit, "force": False})
        return commit

    def _ask(self, method: str, path: str, given: object = None) -> Any:  # noqa: ANN401 - JSON
        address = f"/repos/{self.repository}/{path}"
        return self.requester.requestJsonAndCheck(method, address, input=given)[1]


def refusal(what: str, error: Mapping[str, Any]) -> ActionError:
    """What an error in a GraphQL answer means."""
    words = one_line(str(error.get("message") or ""))
    status = _STATUSES.get(str(error.get("type")), HTTPStatus.BAD_REQUEST)
    return explain(what, status, words)
