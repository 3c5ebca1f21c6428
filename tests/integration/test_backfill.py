"""The past of a repository: planned, made in parts, and committed by the action."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.action_run import Site, site
from support.git_repo import GitRepo, clean_environ
from support.github_server import GitHubServer, github_server


@pytest.fixture(scope="module")
def server() -> Iterator[GitHubServer]:
    with github_server() as running:
        yield running


@pytest.fixture
def docs(server: GitHubServer, tmp_path: Path) -> Iterator[Site]:
    """A change of the docs at noon of each day from 3 January on, and on the 5th of the code."""
    repo = GitRepo(tmp_path / "docs")
    repo.commit({"docs/a.md": "# A\n"})
    for text in ("One.", "Two."):
        repo.commit({"docs/a.md": f"# A\n\n{text}\n"})
    repo.commit({"src/a.py": "print()\n"})
    repo.commit({"docs/a.md": "# A\n\nThree.\n"})
    with site(server, "docs", repo, tmp_path) as made:
        made.publish(main="main")
        yield made


def backfill(docs: Site, *arguments: str) -> str:
    """What the command printed."""
    environ = {
        "GITHUB_API_URL": docs.proxy.url,
        "GITHUB_SERVER_URL": docs.proxy.url,
        "GITHUB_TOKEN": docs.server.actions_token(contents="read"),
    }
    done = subprocess.run(
        [str(Path(sys.executable).with_name("diffinsight")), "backfill", *arguments],
        env={**clean_environ(), **environ, "LANG": os.environ.get("LANG", "C.UTF-8")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_planned_made_and_published(docs: Site, tmp_path: Path) -> None:
    config = tmp_path / "config.yml"
    config.write_text("include: docs/**\n")
    asked = ["--github", docs.name, "--config", str(config)]
    planned = json.loads(backfill(docs, *asked, "--since", "2024-01-04", "--parts", "2"))
    assert [entry["part"] for entry in planned["include"]] == [1, 2]

    parts = tmp_path / "parts"
    for entry in planned["include"]:
        backfill(docs, *asked, "--ranges", entry["ranges"], "--output", str(parts))
    made = sorted(parts.iterdir())
    assert [path.name[:8] for path in made] == ["20240104", "20240106"]

    outcome = docs.run(
        "workflow_dispatch",
        {"ref": "refs/heads/main"},
        files={f"parts/{path.name}": path.read_bytes() for path in made},
        report_json="parts",
        repository=docs.name,
        publish="commit",
    )
    assert outcome.code == 0, outcome.log
    reports = [path for path in docs.files() if "/report-" in path]
    assert reports == [f"reports/202401/report-202401{day}.md" for day in ("04", "06")]
