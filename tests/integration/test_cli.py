"""The command line as a person meets it: a process of its own, real repositories."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.git_repo import GitRepo

COMMAND = [str(Path(sys.executable).with_name("diffinsight"))]
BEFORE = "---\ntitle: Install\n---\n\n# Install\n\nRun `setup`.\n\n## Old name\n\nWords.\n"
AFTER = BEFORE.replace("Old name", "New name")


def run(
    *arguments: str, stdin: bytes = b"", cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *arguments], input=stdin, cwd=cwd, capture_output=True, check=False
    )


def said(result: subprocess.CompletedProcess[bytes]) -> list[str]:
    return result.stderr.decode().splitlines()


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    repo = GitRepo(tmp_path / "docs")
    repo.commit({"install.md": BEFORE})
    repo.commit({"install.md": AFTER})
    return repo


def test_a_range_becomes_a_report(repo: GitRepo) -> None:
    result = run("report", "--repo", str(repo.path), "--base", "HEAD~1", "--head", "HEAD")
    assert (result.returncode, said(result)) == (0, [])
    text = result.stdout.decode()
    assert "## install.md{#item-" in text
    assert "New name" in text


def test_rendering_the_json_gives_the_same_bytes(repo: GitRepo) -> None:
    ranged = ["report", "--repo", str(repo.path), "--base", "HEAD~1"]
    saved = run(*ranged, "--format", "json")
    for form in ("markdown", "comment", "summary", "html"):
        direct = run(*ranged, "--format", form)
        again = run("render", "-", "--format", form, stdin=saved.stdout)
        assert direct.stdout == again.stdout
        assert direct.stdout


@pytest.mark.parametrize("language", ["en", "ja"])
def test_two_runs_give_the_same_bytes(repo: GitRepo, language: str) -> None:
    arguments = ("report", "--repo", str(repo.path), "--base", "HEAD~1", "--language", language)
    assert run(*arguments).stdout == run(*arguments).stdout


def test_a_diff_is_read_from_standard_input(repo: GitRepo) -> None:
    diff = repo.git("diff", "HEAD~1", "HEAD")
    result = run("report", "--diff", "-", "--date", "2026-01-31", "--format", "json", stdin=diff)
    data = json.loads(result.stdout)
    assert data["date"] == "2026-01-31"
    assert [(f["path"], f["additions"], f["deletions"]) for f in data["files"]] == [
        ("install.md", 1, 1)
    ]


def test_the_date_is_the_head_commits_in_the_configs_zone(repo: GitRepo) -> None:
    repo.write(".github/diffinsight.yml", "timezone: Pacific/Kiritimati\n")
    ranged = ["report", "--repo", str(repo.path), "--base", "HEAD~1", "--format", "json"]
    far_east = json.loads(run(*ranged).stdout)["date"]
    repo.write(".github/diffinsight.yml", "timezone: Pacific/Pago_Pago\n")
    far_west = json.loads(run(*ranged).stdout)["date"]
    assert far_west < far_east


def test_the_report_is_written_to_a_file(repo: GitRepo, tmp_path: Path) -> None:
    output = tmp_path / "report.md"
    result = run("report", "--repo", str(repo.path), "--base", "HEAD~1", "--output", str(output))
    assert (result.returncode, result.stdout) == (0, b"")
    assert "# Summary Table" in output.read_text()


def test_nothing_changed_is_said_and_still_a_report(repo: GitRepo) -> None:
    result = run("report", "--repo", str(repo.path), "--base", "HEAD", "--format", "json")
    assert result.returncode == 0
    assert json.loads(result.stdout)["files"] == []
    assert len(said(result)) == 1


def test_fail_on_breaking(repo: GitRepo) -> None:
    repo.commit({"install.md": None})
    arguments = ("report", "--repo", str(repo.path), "--fail-on", "breaking", "--base")
    assert run(*arguments, "HEAD~1").returncode == 4
    assert run(*arguments, "HEAD").returncode == 0


def test_headings_in_another_language(repo: GitRepo) -> None:
    made = run("report", "--repo", str(repo.path), "--base", "HEAD~1", "--format", "json")
    chinese = run("render", "-", "--language", "zh-CN", stdin=made.stdout)
    assert "# 要点" in chinese.stdout.decode()
    unknown = run("render", "-", "--language", "xx", stdin=made.stdout)
    assert (unknown.returncode, unknown.stdout) == (1, b"")
    assert said(unknown)[0].startswith("diffinsight: unknown language 'xx'; use one of en, ja,")


USAGE = [
    ([], "the following arguments are required: COMMAND"),
    (["report"], "one of the arguments --repo --github --diff is required"),
    (["report", "--repo", ".", "--diff", "-"], "not allowed with argument"),
    (["report", "--repo", ".", "--format", "pdf"], "invalid choice: 'pdf'"),
    (["report", "--repo", ".", "--date", "31.1.2026"], "'31.1.2026' is no date like 2026-01-31"),
    (["report", "--repo", ".", "--date", "20260131"], "'20260131' is no date like 2026-01-31"),
    (["report", "--repo", ""], "--repo: it is empty"),
    (["report", "--diff", ""], "--diff: it is empty"),
    (["report", "--diff", "-", "--output", ""], "--output: it is empty"),
    (["report", "--diff", "-", "--output", "new/"], "'new/' is a folder"),
    (["report", "--diff", "-", "--a\nb"], r"unrecognized arguments: --a\nb"),
    (["report", "--diff", "-", "--base", "a", "--two-dot"], "--base, --two-dot: a --diff"),
    (["report", "--github", "o/n", "--base", "a"], "--github needs --base and --head"),
    (["report", "--repo", ".", "--nonsense"], "unrecognized arguments: --nonsense"),
    (["report", "--rep", "."], "one of the arguments --repo --github --diff is required"),
    (["report", "--diff", "-", "--llm-concurrency", "0"], "'0' is no number above 0"),
    (["report", "--diff", "-", "--llm-token-budget", "-5"], "'-5' is no number above 0"),
    (["render"], "the following arguments are required: REPORT.json"),
]


@pytest.mark.parametrize(("arguments", "message"), USAGE)
def test_wrong_usage_is_one_line_and_exits_with_2(arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert result.returncode == 2
    (line,) = said(result)
    assert line.startswith("diffinsight: ")
    assert message in line
    command = " ".join(["diffinsight", *arguments[:1]])
    assert line.endswith(f"; see {command} --help")


MISTAKES = [
    (["report", "--repo", "missing"], "missing"),
    (["report", "--repo", "."], "not a git repository"),
    (["report", "--diff", "missing.diff"], "missing.diff: no such file"),
    (["report", "--diff", "no\nsuch.diff"], r"no\nsuch.diff: no such file"),
    (["report", "--diff", "."], "is a folder"),
    (["report", "--diff", "ok.diff", "--output", "."], ". is a folder; name a file"),
    (["report", "--diff", "prose.txt"], "prose.txt"),
    (["render", "missing.json"], "missing.json: no such file"),
    (["render", "prose.txt"], "prose.txt"),
    (["report", "--diff", "ok.diff", "--config", "missing.yml"], "missing.yml: no such file"),
    (["report", "--diff", "ok.diff", "--config", "broken.yml"], "broken.yml:2"),
    (["report", "--diff", "ok.diff", "--language", "xx"], "xx"),
    (
        ["backfill", "--repo", ".", "--merge", "no/such", "--output", "new"],
        "--merge no/such: there are no parts; name the folder",
    ),
    (["report", "--diff", "ok.diff", "--output", "missing/report.md"], "cannot be written"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    tmp_path.joinpath("prose.txt").write_text("No diff here.\nNone at all.\n")
    tmp_path.joinpath("ok.diff").write_text("--- a/x.md\n+++ b/x.md\n@@ -1 +1 @@\n-a\n+b\n")
    tmp_path.joinpath("broken.yml").write_text("language: en\nlanguag: ja\n")
    yield tmp_path
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "broken.yml",
        "ok.diff",
        "prose.txt",
    ]


@pytest.mark.parametrize(("arguments", "message"), MISTAKES)
def test_a_mistake_is_one_line_and_writes_nothing(
    folder: Path, arguments: list[str], message: str
) -> None:
    result = run(*arguments, cwd=folder)
    assert (result.returncode, result.stdout) == (1, b"")
    (line,) = said(result)
    assert line.startswith("diffinsight: ")
    assert message in line


def test_a_label_is_not_taken_for_a_category_in_silence(repo: GitRepo) -> None:
    result = run("report", "--repo", str(repo.path), "--base", "HEAD~1", "--category", "nope")
    (line,) = said(result)
    assert "`nope` is only a label" in line


def test_a_closed_pipe_is_one_line(repo: GitRepo) -> None:
    read, write = os.pipe()
    os.close(read)
    arguments = ["report", "--repo", str(repo.path), "--base", "HEAD~1"]
    result = subprocess.run(
        [*COMMAND, *arguments], stdout=write, stderr=subprocess.PIPE, check=False
    )
    os.close(write)
    assert result.returncode == 1
    (line,) = result.stderr.decode().splitlines()
    assert "--output FILE" in line


@pytest.mark.parametrize(
    ("closed", "arguments", "message"),
    [
        ("<&-", "report --diff -", "standard input cannot be read (it is closed)"),
        (">&-", "report --diff ok.diff", "standard output cannot be written (it is closed)"),
    ],
)
def test_a_stream_closed_from_the_start_is_one_line(
    folder: Path, closed: str, arguments: str, message: str
) -> None:
    result = subprocess.run(
        ["sh", "-c", f"{COMMAND[0]} {arguments} {closed}"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    assert result.returncode == 1
    (line,) = said(result)
    assert message in line


def test_closed_streams_that_are_not_needed_do_not_matter(repo: GitRepo, tmp_path: Path) -> None:
    ranged = f"report --repo {repo.path} --base HEAD~1 --output {tmp_path / 'report.md'}"
    result = subprocess.run(["sh", "-c", f"{COMMAND[0]} {ranged} <&- >&- 2>&-"], check=False)
    assert result.returncode == 0
    assert "New name" in (tmp_path / "report.md").read_text()
    broken = subprocess.run(["sh", "-c", f"{COMMAND[0]} report --repo '' 2>&-"], check=False)
    assert broken.returncode == 2


def test_a_folder_of_a_work_tree_has_its_config(repo: GitRepo) -> None:
    repo.commit({".github/diffinsight.yml": "language: ja\n", "docs/a.md": "# A\n"})
    inner = run("report", "--repo", str(repo.path / "docs"), "--base", "HEAD~1")
    outer = run("report", "--repo", str(repo.path), "--base", "HEAD~1")
    assert inner.stdout == outer.stdout
    assert "ハイライト" in inner.stdout.decode()


def test_a_bare_repository_has_not_the_config_of_the_folder_it_lies_in(repo: GitRepo) -> None:
    repo.git("clone", "-q", "--bare", ".", "copy.git")
    repo.write(".github/diffinsight.yml", "language: ja\n")
    ranged = ("--base", "HEAD~1", "--head", "HEAD")
    result = run("report", "--repo", str(repo.path / "copy.git"), *ranged)
    assert "ハイライト" not in result.stdout.decode()


def test_a_full_disk_is_one_line(repo: GitRepo) -> None:
    with Path("/dev/full").open("wb") as full:
        arguments = ["report", "--repo", str(repo.path), "--base", "HEAD~1"]
        result = subprocess.run(
            [*COMMAND, *arguments], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert result.returncode == 1
    assert len(result.stderr.decode().splitlines()) == 1


def test_an_interrupt_is_one_line() -> None:
    process = subprocess.Popen(
        [*COMMAND, "report", "--diff", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "DIFFINSIGHT_DEBUG": ""},
    )
    assert process.stdin
    process.stdin.write(b"--- a/x\n")
    process.stdin.flush()
    waited = subprocess.run(["sleep", "1.5"], check=True)
    assert waited.returncode == 0
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert output == b""
    assert len(errors.decode().splitlines()) == 1


def test_start_up_loads_no_slow_library() -> None:
    code = "import sys, diffinsight.cli; print([m for m in sys.modules if m in %r])"
    slow = ("jinja2", "yaml", "github", "unidiff", "pyromark", "jsonschema", "openai")
    result = subprocess.run(
        [sys.executable, "-c", code % (slow,)], capture_output=True, check=True, text=True
    )
    assert result.stdout.strip() == "[]"
