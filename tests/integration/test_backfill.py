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
from support.github_server import GitHubServer
from support.model_server import faithful, files_asked, path_of, serving


@pytest.fixture
def docs(server: GitHubServer, tmp_path: Path) -> Iterator[Site]:
    """A change of the docs at noon of each day from 3 January on, and on the 5th of the code."""
    repo = GitRepo(tmp_path / "docs")
    repo.commit({"docs/a.md": "# A\n"})
    for text in ("One.", "Two."):
        repo.commit({"docs/a.md": f"# A\n\n{text}\n"})
    repo.commit({"src/a.py": "print()\n"})
    repo.commit({"docs/a.md": "# A\n\nThree.\n"})
    with site(server, tmp_path.name, repo, tmp_path) as made:
        made.publish(main="main")
        yield made


def backfill(docs: Site, *arguments: str, **environ: str) -> str:
    """What the command printed."""
    reached = {
        "GITHUB_API_URL": docs.proxy.url,
        "GITHUB_SERVER_URL": docs.proxy.url,
        "GITHUB_TOKEN": docs.server.actions_token(contents="read"),
    }
    done = command("backfill", *arguments, **reached, **environ)
    assert done.returncode == 0, done.stderr
    return done.stdout


def command(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).with_name("diffinsight")), *arguments],
        env={**clean_environ(), **environ, "LANG": os.environ.get("LANG", "C.UTF-8")},
        capture_output=True,
        text=True,
        check=False,
    )


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


def test_one_range_split_worded_merged_and_published(docs: Site, tmp_path: Path) -> None:
    docs.repo.commit({f"docs/{name}/new.md": f"# New {name}\n\nWords.\n" for name in "bcd"})
    docs.publish(main="main")
    ends = ["--base", docs.repo.say("rev-parse", "main~3"), "--head", "main"]
    asked = ["--github", docs.name]
    planned = json.loads(backfill(docs, *asked, *ends, "--parts", "2"))
    with serving(faithful()) as server:
        model = ["--engine", "model", "--llm-base-url", server.url, "--llm-model", "scripted"]
        key = {"DIFFINSIGHT_LLM_API_KEY": "key"}
        for entry in planned["include"]:
            ranges = ["--ranges", entry["ranges"], "--output", str(tmp_path / "parts")]
            backfill(docs, *asked, *ranges, *model, **key)
        paths = [path_of(part) for it in server.requests for part in files_asked(it)]
        assert sorted(paths) == ["docs/a.md", *(f"docs/{it}/new.md" for it in "bcd"), "src/a.py"]
        merging = ["--merge", str(tmp_path / "parts"), "--output", str(tmp_path / "merged")]
        backfill(docs, *asked, *merging, *model, **key)
        assert len([it for it in server.requests if not files_asked(it)]) == 1
    (merged,) = (tmp_path / "merged").iterdir()
    report = json.loads(merged.read_bytes())
    assert (report["engine"]["written"], report["engine"]["fallen_back"]) == (5, 0)

    outcome = docs.run(
        "workflow_dispatch",
        {"ref": "refs/heads/main"},
        files={f"merged/{merged.name}": merged.read_bytes()},
        report_json="merged",
        repository=docs.name,
        publish="commit",
    )
    assert outcome.code == 0, outcome.log
    (path,) = [path for path in docs.files() if "/report-" in path]
    assert "A changed page" in docs.files()[path]


@pytest.fixture
def clone(tmp_path: Path) -> GitRepo:
    """Three changes on three days, with a config of its own."""
    repo = GitRepo(tmp_path / "clone")
    repo.commit({"docs/a.md": "# A\n", ".github/diffinsight.yml": "include: docs/**\n"})
    repo.commit({"docs/a.md": "# A\n\nOne.\n"})
    repo.commit({"src/a.py": "print()\n"})
    repo.commit({"docs/b.md": "# B\n", "docs/a.md": "# A\n\nTwo.\n"})
    return repo


def test_a_clone_needs_no_api(clone: GitRepo, tmp_path: Path) -> None:
    asked = ["backfill", "--repo", str(clone.path)]
    done = command(*asked, "--since", "2024-01-03", "--parts", "1")
    (entry,) = json.loads(done.stdout)["include"]
    heads = [it["head"] for it in json.loads(entry["ranges"])]
    assert heads == clone.say("rev-list", "--reverse", "HEAD~3..HEAD").split()
    parts = tmp_path / "parts"
    made = command(*asked, "--ranges", entry["ranges"], "--output", str(parts))
    assert made.returncode == 0, made.stderr
    assert [path.name[:8] for path in sorted(parts.iterdir())] == ["20240103", "20240105"]


def test_one_range_of_a_clone_is_what_report_makes_of_it(clone: GitRepo, tmp_path: Path) -> None:
    asked = ["backfill", "--repo", str(clone.path)]
    planned = command(*asked, "--base", "HEAD~3", "--parts", "9")
    assert "one range in 2 parts" in planned.stderr, "there are two files in scope"
    first, second = json.loads(planned.stdout)["include"]
    parts, merged = str(tmp_path / "parts"), tmp_path / "merged"
    for entry in (first, second):
        command(*asked, "--ranges", entry["ranges"], "--output", parts)
    done = command(*asked, "--merge", parts, "--output", str(merged))
    assert "note" not in done.stderr
    whole = command(
        "report", "--repo", str(clone.path), "--base", "HEAD~3", "--format", "json"
    ).stdout
    (path,) = merged.iterdir()
    assert path.read_text(encoding="utf-8") == whole

    next(Path(parts).glob("*-002-of-002-*")).unlink()
    again = command(*asked, "--merge", parts, "--output", str(merged))
    assert "note: part 2/2 is missing" in again.stderr
    assert path.read_text(encoding="utf-8") == whole


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "give --since or --base and --head to plan"),
        (["--base", "HEAD~1", "--since", "2024-01-01"], 2, "give --since or --base"),
        (["--base", "HEAD~1", "--output", "x"], 2, "--output goes with --ranges"),
        (["--merge", "parts"], 2, "--output goes with --ranges"),
        (["--merge", "parts", "--output", "x", "--language", "ja"], 2, "--language: the parts"),
        (["--base", "HEAD~1", "--parts", "257"], 2, "--parts has to be from 1 to 256"),
        (["--base", "nowhere"], 1, "revision nowhere does not exist"),
        (["--since", "2024-01-01", "--branch", "nowhere"], 1, "revision nowhere does not exist"),
        (["--merge", "parts", "--output", "x"], 1, "--merge parts: there are no parts; name"),
    ],
)
def test_mistakes_are_said_in_one_line(
    clone: GitRepo, arguments: list[str], code: int, said: str
) -> None:
    done = command("backfill", "--repo", str(clone.path), *arguments)
    assert done.returncode == code
    (line,) = done.stderr.splitlines()
    assert said in line


def test_one_range_on_github_has_two_ends() -> None:
    done = command("backfill", "--github", "contoso/docs", "--head", "main")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--github needs both --base and --head" in done.stderr
