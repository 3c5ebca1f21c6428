"""A GitHub API server on this machine: npm `emulate`, with what tests ask of it."""

from __future__ import annotations

import base64
import json
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jwt
import yaml
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from support.node_modules import NODE, node_modules

OWNER = "contoso"
OWNER_TOKEN = "owner-token"  # noqa: S105 - a made-up token of a server that lives for a test
STRANGER = "mallory"  # may read what is public, and fork it
STRANGER_TOKEN = "stranger-token"  # noqa: S105 - as above
APP_ID = 15368  # GitHub Actions on github.com
BOT = "github-actions[bot]"

PERMISSIONS = {
    "contents": "write",
    "issues": "write",
    "pull_requests": "write",
    "checks": "write",
    "metadata": "read",
}


class RefusedError(Exception):
    """The server answered with an error status."""

    def __init__(self, status: int, body: str) -> None:
        super().__init__(f"{status}: {body}")
        self.status = status


@dataclass(frozen=True, kw_only=True)
class GitHubServer:
    """A running server; every repository in it belongs to ``OWNER``."""

    url: str
    private_key: str = field(repr=False)

    def request(
        self, method: str, path: str, body: object = None, *, token: str = OWNER_TOKEN
    ) -> Any:  # noqa: ANN401 - JSON as the server sends it
        """The answer's JSON, or ``RefusedError``."""
        with closing(HTTPConnection(urlsplit(self.url).netloc, timeout=20)) as connection:
            return send(connection, method, path, body, token=token)

    def create_repository(self, name: str) -> str:
        """An empty repository; returns owner/name."""
        return str(self.request("POST", "/user/repos", {"name": name})["full_name"])

    def actions_token(self, **permissions: str) -> str:
        """A token as a workflow has it: of the GitHub Actions app, with just these permissions."""
        now = int(time.time())
        claims = {"iat": now - 60, "exp": now + 300, "iss": str(APP_ID)}
        signed = jwt.encode(claims, self.private_key, algorithm="RS256")
        answer = self.request(
            "POST",
            "/app/installations/1/access_tokens",
            {"permissions": {"metadata": "read", **permissions}},
            token=signed,
        )
        return str(answer["token"])

    def push(
        self, checkout: Path, repository: str, *, token: str = OWNER_TOKEN, **branches: str
    ) -> None:
        """Copy commits with their SHAs, and point branches (name=revision) at them."""
        with closing(HTTPConnection(urlsplit(self.url).netloc, timeout=20)) as connection:
            History(
                checkout=checkout, connection=connection, repository=repository, token=token
            ).send(branches)

    def open_pull_request(self, repository: str, *, head: str, base: str = "main") -> int:
        """Returns the pull request's number."""
        asked = {"title": f"Merge {head}", "head": head, "base": base}
        return int(self.request("POST", f"/repos/{repository}/pulls", asked)["number"])

    def open_pull_request_from_fork(self, repository: str, checkout: Path, *, branch: str) -> int:
        """Of ``branch`` in a fork of its own, which belongs to ``STRANGER``."""
        asked = f"/repos/{repository}/forks"
        fork = str(self.request("POST", asked, {}, token=STRANGER_TOKEN)["full_name"])
        self.push(checkout, fork, token=STRANGER_TOKEN, **{branch: branch})
        # GitHub gives them out by the repository itself, as refs/pull/N/head:
        # https://docs.github.com/pull-requests/collaborating-with-pull-requests/reviewing-changes-in-pull-requests/checking-out-pull-requests-locally
        with closing(HTTPConnection(urlsplit(self.url).netloc, timeout=20)) as connection:
            History(checkout=checkout, connection=connection, repository=repository).send_commits(
                [branch]
            )
        return self.open_pull_request(repository, head=f"{STRANGER}:{branch}")

    def comments(self, repository: str, number: int) -> list[dict[str, Any]]:
        """All comments of a pull request, oldest first."""
        found: list[dict[str, Any]] = []
        for page in range(1, 20):
            path = f"/repos/{repository}/issues/{number}/comments?per_page=100&page={page}"
            some = self.request("GET", path)
            found += some
            if len(some) < 100:
                break
        return found

    def text_of(self, repository: str, path: str, *, branch: str = "main") -> str:
        """A file's text at the tip of a branch."""
        answer = self.request("GET", f"/repos/{repository}/contents/{path}?ref={branch}")
        return base64.b64decode(answer["content"]).decode()

    def branch_head(self, repository: str, branch: str = "main") -> str:
        """The commit a branch points at."""
        answer = self.request("GET", f"/repos/{repository}/git/ref/heads/{branch}")
        return str(answer["object"]["sha"])


@dataclass(frozen=True, kw_only=True)
class History:
    """Copies a local history through the Git data API, which keeps every SHA."""

    checkout: Path
    connection: HTTPConnection
    repository: str
    token: str = OWNER_TOKEN

    def send(self, branches: Mapping[str, str]) -> None:
        self.send_commits(branches.values())
        for name, revision in branches.items():
            sha = self.git("rev-parse", revision).decode().strip()
            try:
                self.api("POST", "git/refs", {"ref": f"refs/heads/{name}", "sha": sha})
            except RefusedError:
                self.api("PATCH", f"git/refs/heads/{name}", {"sha": sha, "force": True})

    def send_commits(self, revisions: Iterable[str]) -> None:
        listed = self.git("rev-list", "--reverse", "--topo-order", *revisions, "--")
        for commit in listed.split():
            self.send_commit(commit.decode())

    def send_commit(self, sha: str) -> None:
        head, _, message = self.git("cat-file", "commit", sha).partition(b"\n\n")
        lines = [line.split(" ", 1) for line in head.decode().splitlines()]
        people = {key: person(rest) for key, rest in lines if key in {"author", "committer"}}
        parents = [rest for key, rest in lines if key == "parent"]
        tree = self.send_tree(sha, parents)
        asked = {"message": message.decode(), "tree": tree, "parents": parents, **people}
        assert self.api("POST", "git/commits", asked)["sha"] == sha

    def send_tree(self, sha: str, parents: list[str]) -> str:
        known = {entry[2] for parent in parents[:1] for entry in self.entries(parent)}
        entries = self.entries(sha)
        for _, kind, blob, _ in entries:
            if kind == "blob" and blob not in known:
                content = base64.b64encode(self.git("cat-file", "blob", blob)).decode()
                self.api("POST", "git/blobs", {"content": content, "encoding": "base64"})
        tree = [
            {"mode": mode, "type": kind, "sha": blob, "path": path}
            for mode, kind, blob, path in entries
        ]
        return str(self.api("POST", "git/trees", {"tree": tree})["sha"])

    def entries(self, revision: str) -> list[tuple[str, str, str, str]]:
        listed = self.git("ls-tree", "-r", "-z", revision).decode().split("\0")
        split = [line.partition("\t") for line in listed if line]
        return [(*about.split(" "), path) for about, _, path in split]  # type: ignore[misc]  # mode, type, sha

    def api(self, method: str, path: str, body: object) -> Any:  # noqa: ANN401 - JSON
        path = f"/repos/{self.repository}/{path}"
        return send(self.connection, method, path, body, token=self.token)

    def git(self, *arguments: str) -> bytes:
        command = ["git", "-C", str(self.checkout), *arguments]
        return subprocess.run(command, check=True, capture_output=True).stdout


def person(line: str) -> dict[str, str]:
    """``Name <mail> seconds zone`` as the API wants it."""
    name, _, rest = line.partition(" <")
    mail, _, when = rest.partition("> ")
    moment = time.gmtime(int(when.split()[0]))
    return {"name": name, "email": mail, "date": time.strftime("%Y-%m-%dT%H:%M:%SZ", moment)}


def send(
    connection: HTTPConnection,
    method: str,
    path: str,
    body: object = None,
    *,
    token: str = OWNER_TOKEN,
) -> Any:  # noqa: ANN401 - JSON as the server sends it
    """One request on an open connection."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    connection.request(method, path, None if body is None else json.dumps(body), headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    if answer.status >= 400:
        raise RefusedError(answer.status, text)
    return json.loads(text) if text else None


@contextmanager
def github_server() -> Iterator[GitHubServer]:
    """Start a server of its own with an empty state; it ends with the block."""
    key = private_key()
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        seed = Path(folder, "seed.yaml")
        seed.write_text(yaml.safe_dump(seed_for(key)))
        command = [
            NODE,
            str(node_modules() / "emulate/dist/index.js"),
            "start",
            "--service",
            "github",
        ]
        with (
            Path(folder, "log").open("wb") as log,
            subprocess.Popen(
                [*command, "--port", str(port), "--seed", str(seed)],
                cwd=folder,
                stdout=log,
                stderr=subprocess.STDOUT,
            ) as process,
        ):
            try:
                wait_for(port, process)
                # PyGithub insists on the host it was given, and the server says localhost.
                yield GitHubServer(url=f"http://localhost:{port}", private_key=key)
            finally:
                process.terminate()


def seed_for(key: str) -> dict[str, object]:
    installation = {"installation_id": 1, "account": OWNER, "repository_selection": "all"}
    app = {
        "app_id": APP_ID,
        "slug": "github-actions",
        "name": "GitHub Actions",
        "private_key": key,
        "permissions": PERMISSIONS,
        "installations": [installation],
    }
    return {
        "tokens": {
            OWNER_TOKEN: {"login": OWNER, "scopes": ["repo"]},
            STRANGER_TOKEN: {"login": STRANGER, "scopes": ["repo"]},
        },
        "github": {"users": [{"login": OWNER}, {"login": STRANGER}], "apps": [app]},
    }


@cache
def private_key() -> str:
    return (
        rsa.generate_private_key(public_exponent=65537, key_size=2048)
        .private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        .decode()
    )


def free_port() -> int:
    """A port nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until the port answers; a server that ended, or 20 seconds, is an error."""
    for _ in range(400):
        if process.poll() is not None:
            raise RuntimeError(f"the server on port {port} ended with {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"nothing answers on port {port}")
