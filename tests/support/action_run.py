"""The action in this process: on a real checkout, against the local API server and git server."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast

from support.api_proxy import Proxy, api_proxy
from support.git_repo import Content, GitRepo, clean_environ
from support.git_server import serve_git
from support.github_server import GitHubServer
from support.landings import note_landings

from diffinsight import action, run
from diffinsight.edges import Edges, GitHub
from diffinsight.github_api import GitHubRepository

Checkout = Literal["full", "shallow", "none"]
_OUTPUT = re.compile(r"(?P<name>[\w-]+)<<(?P<end>\w+)\n(?P<value>.*?)\n(?P=end)\n", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a run left behind."""

    workspace: Path
    code: int
    log: str
    summary: str
    outputs: str


@dataclass(kw_only=True)
class Site:
    """A repository with its history, on the API server and on a git server."""

    server: GitHubServer
    proxy: Proxy
    name: str
    repo: GitRepo
    home: Path
    runs: int = field(default=0, init=False)

    def publish(self, **branches: str) -> None:
        """Push branches (name=revision) to both servers, tags to the git server."""
        self.server.push(self.repo.path, self.name, **branches)
        refs = [f"+{revision}:refs/heads/{name}" for name, revision in branches.items()]
        self.repo.git("push", "-q", "--tags", str(self.bare), *refs)

    def propose(self, files: dict[str, Content]) -> dict[str, Any]:
        """The payload of a pull request that changes ``files``."""
        self.repo.git("checkout", "-q", "-b", "topic")
        self.repo.commit(files)
        self.publish(topic="topic")
        number = self.server.open_pull_request(self.name, head="topic")
        pull = self.server.request("GET", f"/repos/{self.name}/pulls/{number}")
        return {"action": "opened", "number": number, "pull_request": pull}

    def sha(self, revision: str) -> str:
        """Of the commit that a revision leads to."""
        return self.repo.say("rev-parse", f"{revision}^{{commit}}")

    def another(self, name: str, repo: GitRepo) -> Site:
        """Another repository on the same two servers."""
        made = Site(
            server=self.server,
            proxy=self.proxy,
            name=self.server.create_repository(name),
            repo=repo,
            home=self.home,
        )
        made.prepare()
        return made

    def prepare(self) -> None:
        """An empty repository on the git server, which gives out what GitHub does."""
        self.repo.git("init", "-q", "--bare", "-b", "main", "--template=", str(self.bare))
        for setting in ("allowFilter", "allowAnySHA1InWant"):
            self.repo.git("-C", str(self.bare), "config", f"uploadpack.{setting}", "true")

    @property
    def bare(self) -> Path:
        return self.home / "git" / f"{self.name}.git"

    def repository(self) -> dict[str, Any]:
        """As payloads have it."""
        return {
            "full_name": self.name,
            "default_branch": "main",
            "html_url": f"{self.proxy.url}/{self.name}",
        }

    def run(  # noqa: PLR0913 - one per circumstance of a run
        self,
        event: str,
        payload: Mapping[str, object],
        *,
        checkout: Checkout = "none",
        at: str = "main",
        now: datetime | None = None,
        token: str | None = None,
        files: Mapping[str, str | bytes] = MappingProxyType({}),
        prepare: Callable[[Path], None] | None = None,
        **inputs: str,
    ) -> Outcome:
        """One run of the action, with ``at`` checked out and ``files`` beside it.

        ``prepare`` is handed the workspace before the run.
        """
        self.runs += 1
        folder = self.home / f"run-{self.runs}"
        folder.mkdir()
        workspace = self._check_out(folder / "workspace", checkout, at)
        for path, content in files.items():
            (workspace / path).parent.mkdir(parents=True, exist_ok=True)
            (workspace / path).write_bytes(
                content.encode() if isinstance(content, str) else content
            )
        if prepare:
            prepare(workspace)
        (folder / "event.json").write_text(json.dumps({"repository": self.repository(), **payload}))
        granted = token or self.server.actions_token(contents="write", pull_requests="write")
        given = {f"INPUT_{name.upper().replace('_', '-')}": text for name, text in inputs.items()}
        log = io.StringIO()
        edges = run.connect(
            {
                **clean_environ(),
                **self._runner(folder, workspace, event),
                **given,
                "INPUT_GITHUB-TOKEN": granted,
            },
            stdin=io.BytesIO(),
            stdout=io.BytesIO(),
            stderr=log,
        )
        before = len(self.proxy.exchanges)
        code = action.run(at_once(edges, now))
        outcome = Outcome(
            workspace=workspace,
            code=code,
            log=log.getvalue(),
            summary=read(folder / "summary.md"),
            outputs=read(folder / "outputs"),
        )
        values = read_values(outcome.outputs)
        note_landings(self.proxy, event, since=before, summary=outcome.summary, outputs=values)
        return outcome

    def _runner(self, folder: Path, workspace: Path, event: str) -> dict[str, str]:
        return {
            "GITHUB_EVENT_NAME": event,
            "GITHUB_EVENT_PATH": str(folder / "event.json"),
            "GITHUB_WORKSPACE": str(workspace),
            "GITHUB_OUTPUT": str(folder / "outputs"),
            "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
            "GITHUB_API_URL": self.proxy.url,
            "GITHUB_SERVER_URL": self.proxy.url,
            "GITHUB_RUN_NUMBER": str(self.runs),
            "GITHUB_RUN_ID": str(1000 + self.runs),
        }

    def _check_out(self, workspace: Path, checkout: Checkout, at: str) -> Path:
        workspace.mkdir()
        if checkout != "none":
            source = f"file://{self.repo.path}"
            depth = ["--depth=1"] if checkout == "shallow" else []
            clone = ["clone", "-q", *depth, "--branch", at, source, str(workspace / "clone")]
            self.repo.git(*clone)
            for path in (workspace / "clone").iterdir():
                shutil.move(path, workspace)
        return workspace

    def files(self, branch: str = "main") -> dict[str, str]:
        """Path and text of what is in the reports folder on the API server."""
        tip = self.server.branch_head(self.name, branch)
        listed = self.server.request("GET", f"/repos/{self.name}/git/trees/{tip}?recursive=1")
        paths = [it["path"] for it in listed["tree"] if it["type"] == "blob"]
        return {
            path: self.server.text_of(self.name, path, branch=branch)
            for path in paths
            if path.startswith("reports/")
        }


def at_once(edges: Edges, now: datetime | None) -> Edges:
    """The same world without waiting between requests, at another time of day."""
    fixed: Callable[[], datetime] = (lambda: now) if now else edges.now

    def open_github(name: str, token: str) -> GitHub:
        opened = cast("GitHubRepository", edges.open_github(name, token))
        return replace(opened, patience=0.0)

    return replace(edges, open_github=open_github, now=fixed, sleep=lambda _: None)


def read_values(outputs: str) -> dict[str, str]:
    """The outputs by name, from the file that the runner reads."""
    return {found["name"]: found["value"] for found in _OUTPUT.finditer(outputs)}


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


@contextmanager
def site(server: GitHubServer, name: str, repo: GitRepo, home: Path) -> Iterator[Site]:
    """A repository called ``name``, empty on the servers until it is published."""
    with api_proxy(server.url) as proxy, serve_git(home / "git") as git:
        proxy.git = git.url
        made = Site(
            server=server,
            proxy=proxy,
            name=server.create_repository(name),
            repo=repo,
            home=home,
        )
        made.prepare()
        yield made
        assert proxy.mistakes == []
