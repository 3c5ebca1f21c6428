"""A documentation repository, as workflows run by `act` meet it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from support.api_proxy import Proxy
from support.container import Docker, Workflow
from support.git_repo import GitRepo
from support.github_server import GitHubServer

WRITES = ("POST", "PATCH", "PUT", "DELETE")
PAGE = "# Install\n\nRun the installer.\n\n## Limits\n\nAt most 10 users.\n"


@dataclass(kw_only=True)
class Project:
    """A documentation repository: on the server, and checked out."""

    server: GitHubServer
    proxy: Proxy
    docker: Docker
    name: str
    repo: GitRepo

    def workflow(self, **inputs: str) -> Workflow:
        given = {name.replace("_", "-"): text for name, text in inputs.items()}
        return Workflow(
            docker=self.docker, proxy=self.proxy, workspace=self.repo.path, inputs=given
        )

    def token(self, **permissions: str) -> str:
        granted = permissions or {"contents": "write", "pull_requests": "write"}
        return self.server.actions_token(**granted)

    def told(self, path: str) -> dict[str, Any]:
        """What the server says, with the proxy's address in it, as the container sees it."""
        text = json.dumps(self.server.request("GET", path))
        told: dict[str, Any] = json.loads(text.replace(self.server.url, self.proxy.url))
        return told

    def pull_request_event(self, number: int) -> dict[str, Any]:
        """The payload as GitHub sends it; the stand-in does not move a pull request's head."""
        pull = self.told(f"/repos/{self.name}/pulls/{number}")
        pull["head"]["sha"] = self.repo.say("rev-parse", "topic")
        repository = self.told(f"/repos/{self.name}")
        return {
            "action": "synchronize",
            "number": number,
            "pull_request": pull,
            "repository": repository,
        }

    def push_event(self, before: str, after: str) -> dict[str, Any]:
        return {
            "ref": "refs/heads/main",
            "before": before,
            "after": after,
            "created": False,
            "deleted": False,
            "forced": False,
            "repository": self.told(f"/repos/{self.name}"),
        }

    def comments(self, number: int) -> list[tuple[str, str]]:
        found = self.server.comments(self.name, number)
        return [(it["user"]["login"], it["body"]) for it in found]

    def changed(self, number: int) -> list[str]:
        """The writes since the last look, with the pull request's number in each if it is one."""
        seen = self.proxy.sent(*WRITES)
        self.proxy.exchanges.clear()
        return [it.replace(f"/repos/{self.name}/", "").replace(f"/{number}/", "/N/") for it in seen]

    def written(self) -> list[str]:
        """Every write since the last look; git asks for objects by POST."""
        return [it for it in self.changed(0) if "/git-upload-pack " not in it]
