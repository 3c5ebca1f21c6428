"""One Docker daemon for all workflows, a repository for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.api_proxy import Proxy
from support.container import RESULT, Docker, build_image, docker_daemon
from support.git_repo import GitRepo
from support.github_server import GitHubServer
from support.project import PAGE, Project
from support.servers import proxy, server

__all__ = ["docker", "project", "proxy", "reviewed", "server"]


@pytest.fixture(scope="session")
def docker() -> Iterator[Docker]:
    with docker_daemon() as daemon:
        build_image(daemon)
        yield daemon


@pytest.fixture
def project(
    docker: Docker,
    server: GitHubServer,
    proxy: Proxy,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> Project:
    repo = GitRepo(tmp_path / "docs")
    repo.commit(
        {
            "docs/install.md": PAGE,
            ".gitignore": f"{RESULT}\n.github/workflows\n",
            # None of this may ever run or be imported.
            "json.py": "raise SystemExit('the workspace ran')\n",
            "diffinsight/__init__.py": "raise SystemExit('the workspace ran')\n",
            "sitecustomize.py": "raise SystemExit('the workspace ran')\n",
        }
    )
    name = server.create_repository(request.node.name.replace("_", "-"))
    server.push(repo.path, name, main="main")
    return Project(server=server, proxy=proxy, docker=docker, name=name, repo=repo)


@pytest.fixture
def reviewed(project: Project) -> tuple[Project, int]:
    """A project with an open pull request, its head checked out."""
    repo = project.repo
    repo.git("checkout", "-q", "-b", "topic")
    repo.commit({"docs/install.md": PAGE.replace("## Limits", "## Quotas")})
    project.server.push(repo.path, project.name, topic="topic")
    return project, project.server.open_pull_request(project.name, head="topic")
