"""``--github`` as a person meets it: a process of its own against a real API server."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from support.git_repo import GitRepo, clean_environ
from support.github_server import OWNER_TOKEN, GitHubServer

COMMAND = [str(Path(sys.executable).with_name("diffinsight")), "report"]


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> GitRepo:
    repo = GitRepo(tmp_path_factory.mktemp("docs"))
    repo.commit({"docs/a.md": "# A\n\n## Old\n", "with space/日本|.md": "# J\n"})
    repo.git("tag", "v1")
    repo.commit({"docs/a.md": "# A\n\n## New\n", "with space/日本|.md": "# K\n", "b.md": "# B\n"})
    return repo


@pytest.fixture(scope="module")
def server(server: GitHubServer, docs: GitRepo) -> GitHubServer:
    """The one of all modules, with the docs on it."""
    name = server.create_repository("docs")
    server.push(docs.path, name, main="main", v1="v1")
    return server


def run(server: GitHubServer, *arguments: str, token: str = "") -> subprocess.CompletedProcess[str]:
    environ = {"GITHUB_API_URL": server.url, "GITHUB_SERVER_URL": server.url}
    return subprocess.run(
        [*COMMAND, *arguments],
        env=clean_environ() | environ | {"GITHUB_TOKEN": token or OWNER_TOKEN},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_files_and_counts_are_those_of_a_clone(server: GitHubServer, docs: GitRepo) -> None:
    ranged = ("--base", "v1", "--head", "main", "--format", "json")
    there = json.loads(run(server, "--github", "contoso/docs", *ranged).stdout)
    here = json.loads(run(server, "--repo", str(docs.path), *ranged).stdout)
    keys = ("path", "status", "additions", "deletions", "binary")
    assert [[file[key] for key in keys] for file in there["files"]] == [
        [file[key] for key in keys] for file in here["files"]
    ]
    assert (there["base"], there["head"], there["date"]) == (
        here["base"],
        here["head"],
        here["date"],
    )
    assert there["permalink"].startswith(f"{server.url}/contoso/docs/compare/contoso:")


MISTAKES = [
    ("contoso/nothing", "v1", "main", "contoso/nothing"),
    ("contoso/docs", "v0", "main", "v0"),
    ("contoso/docs", "v1", "../../user", "../../user"),
    ("https://github.com/contoso/docs", "v1", "main", "OWNER/NAME"),
]


@pytest.mark.parametrize(("repository", "base", "head", "message"), MISTAKES)
def test_a_mistake_is_one_line(
    server: GitHubServer, repository: str, base: str, head: str, message: str
) -> None:
    result = run(server, "--github", repository, "--base", base, "--head", head)
    assert (result.returncode, result.stdout) == (1, "")
    (line,) = result.stderr.splitlines()
    assert message in line
    assert ";" in line


@pytest.mark.parametrize("token", ["s3cret\ntwo", "日本語"])
def test_a_broken_token_is_told_and_not_shown(server: GitHubServer, token: str) -> None:
    ranged = ("--github", "contoso/docs", "--base", "v1", "--head", "main")
    result = run(server, *ranged, token=token)
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert token.split(maxsplit=1)[0] not in line


def test_a_fetch_that_fails_names_no_folder_that_is_gone(server: GitHubServer) -> None:
    ranged = ("--github", "contoso/docs", "--base", "v1", "--head", "main", "--two-dot")
    result = run(server, *ranged)  # the stand-in has no git transport
    assert (result.returncode, result.stdout) == (1, "")
    (line,) = result.stderr.splitlines()
    assert "the server has no such repository" in line
    assert "/tmp" not in line  # noqa: S108 - looked for, not written to
