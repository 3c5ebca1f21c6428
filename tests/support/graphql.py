"""The one GraphQL mutation that diffinsight sends: held to GitHub's schema, and played.

The API server of the tests has no GraphQL; its git data API does what the mutation stands for.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from contextlib import closing
from functools import cache
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from graphql import GraphQLSchema, build_schema, parse, validate
from graphql.execution.values import get_variable_values
from graphql.language import OperationDefinitionNode
from support.github_server import RefusedError, send
from support.node_modules import node_modules


@cache
def schema() -> GraphQLSchema:
    file = node_modules() / "@octokit/graphql-schema/schema.graphql"
    return build_schema(file.read_text(encoding="utf-8"), assume_valid=True)


def mutation_breach(body: bytes) -> str:
    """How a request breaks GitHub's schema, or nothing."""
    asked = json.loads(body)
    document = parse(asked["query"])
    errors = validate(schema(), document)
    (operation,) = document.definitions
    assert isinstance(operation, OperationDefinitionNode)
    values = get_variable_values(schema(), operation.variable_definitions or (), asked["variables"])
    errors += values if isinstance(values, list) else []
    return "; ".join(error.message for error in errors)


def answer_mutation(body: bytes, upstream: str, token: str) -> Mapping[str, object]:
    """What GitHub answers; the commit is made on the server behind."""
    given = json.loads(body)["variables"]["input"]
    with closing(HTTPConnection(urlsplit(upstream).netloc, timeout=20)) as connection:
        player = Player(connection, given["branch"]["repositoryNameWithOwner"], token)
        try:
            oid = player.commit(given)
        except RefusedError as refused:
            kind = {403: "FORBIDDEN", 404: "NOT_FOUND"}.get(refused.status, "UNPROCESSABLE")
            return refusal(kind, "Resource not accessible by integration")
        except StaleError:
            head = given["expectedHeadOid"]
            said = f'Expected branch to point to "{head}" but it did not.  Pull and try again.'
            return refusal("STALE_DATA", said)
    return {"data": {"createCommitOnBranch": {"commit": {"oid": oid}}}}


def refusal(kind: str, message: str) -> Mapping[str, object]:
    """An error as GitHub sends it, with the status 200."""
    error = {"type": kind, "path": ["createCommitOnBranch"], "message": message}
    return {"data": {"createCommitOnBranch": None}, "errors": [error]}


class StaleError(Exception):
    """The branch is not where the client believes it is."""


class Player:
    """Makes a commit through the git data API."""

    def __init__(self, connection: HTTPConnection, repository: str, token: str) -> None:
        self.connection = connection
        self.repository = repository
        self.token = token

    def commit(self, given: Mapping[str, Any]) -> str:
        branch, head = given["branch"]["branchName"], given["expectedHeadOid"]
        if self.ask("GET", f"git/ref/heads/{branch}")["object"]["sha"] != head:
            raise StaleError
        base = self.ask("GET", f"git/commits/{head}")["tree"]["sha"]
        entries = [
            {
                "path": addition["path"],
                "mode": "100644",
                "type": "blob",
                "content": base64.b64decode(addition["contents"]).decode(),
            }
            for addition in given["fileChanges"]["additions"]
        ]
        tree = self.ask("POST", "git/trees", {"base_tree": base, "tree": entries})["sha"]
        made = {"message": given["message"]["headline"], "tree": tree, "parents": [head]}
        oid = str(self.ask("POST", "git/commits", made)["sha"])
        self.ask("PATCH", f"git/refs/heads/{branch}", {"sha": oid})
        return oid

    def ask(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        return send(
            self.connection, method, f"/repos/{self.repository}/{path}", body, token=self.token
        )
