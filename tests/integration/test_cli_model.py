"""The command line with a language model behind a key."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.git_repo import GitRepo
from support.model_server import faithful, serving

COMMAND = [str(Path(sys.executable).with_name("diffinsight")), "report"]
BEFORE = "# Install\n\nRun `setup` and wait.\n\n## Old name\n\nWords.\n"


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    repo = GitRepo(tmp_path / "docs")
    repo.commit({"install.md": BEFORE})
    repo.commit({"install.md": BEFORE.replace("Old name", "New name")})
    return repo


def run(repo: GitRepo, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if "API_KEY" not in name}
    return subprocess.run(
        [*COMMAND, "--repo", str(repo.path), "--base", "HEAD~1", "--format", "json", *arguments],
        env={**clean, **environ},
        capture_output=True,
        check=False,
        text=True,
    )


def test_a_key_has_the_model_write_and_the_cache_remember(repo: GitRepo, tmp_path: Path) -> None:
    with serving(faithful()) as server:
        asked = (
            *("--llm-base-url", server.url, "--llm-model", "scripted"),
            *("--cache-path", str(tmp_path / "answers")),
        )
        first = run(repo, *asked, DIFFINSIGHT_LLM_API_KEY="sk-secret-key")
        calls = len(server.requests)
        again = run(repo, *asked, DIFFINSIGHT_LLM_API_KEY="sk-secret-key")
        assert calls > 0
        assert len(server.requests) == calls
    engine = json.loads(first.stdout)["engine"]
    assert (engine["name"], engine["model"]) == ("model", "scripted")
    assert json.loads(again.stdout)["files"] == json.loads(first.stdout)["files"]
    assert "asked about 1 of 1 files" in first.stderr
    assert "sk-secret-key" not in first.stdout + first.stderr


def test_offline_asks_nobody_even_with_a_key(repo: GitRepo) -> None:
    with serving(faithful()) as server:
        asked = ("--llm-base-url", server.url, "--llm-model", "scripted", "--engine", "offline")
        result = run(repo, *asked, OPENAI_API_KEY="sk-secret-key")
        assert server.requests == []
    assert json.loads(result.stdout)["engine"]["name"] == "offline"


def test_flags_about_a_model_without_a_key_are_pointed_out(repo: GitRepo) -> None:
    result = run(repo, "--llm-model", "m", "--llm-concurrency", "2")
    assert json.loads(result.stdout)["engine"]["name"] == "offline"
    (line,) = result.stderr.splitlines()
    assert line.startswith("diffinsight: note: --llm-model, --llm-concurrency: there is no key")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--engine", "model"], "engine `model` needs a key; set DIFFINSIGHT_LLM_API_KEY"),
        (["--llm-base-url", "nowhere", "--llm-model", "m"], "`--llm-base-url` is 'nowhere'"),
        (["--llm-base-url", "https://llm.example"], "is set but not `--llm-model`"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(
    repo: GitRepo, arguments: list[str], said: str
) -> None:
    keys = {} if "model" in arguments else {"DIFFINSIGHT_LLM_API_KEY": "key"}
    result = run(repo, *arguments, **keys)
    assert (result.returncode, result.stdout) == (1, "")
    (line,) = result.stderr.splitlines()
    assert said in line
