"""Every workflow file of this repository but its CI, run by `act` as it is.

The action is the one of this tree. What `act` would have to get from github.com is played:

- `actions/checkout`, `actions/upload-artifact` and `actions/download-artifact` by small actions in
  `tests/e2e/actions`, which are of shell and Python and do what these workflows ask for. Artifacts
  go through act's own artifact server. Where a checkout has no `ref`, act copies the repository
  itself.
- `pipx` by a script in `tests/e2e/runner`, which puts the command of this tree in its place.

`act` heeds no `permissions:`, so each run gets a token with just those its file asks for; it knows
no `concurrency:` across runs and starts nothing by the clock or after another workflow: the
payloads are the tests' own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
import yaml
from support.container import ROOT, Docker
from support.git_repo import GitRepo
from support.git_server import serve_git
from support.github_server import BOT, OWNER, STRANGER
from support.project import PAGE, Project
from support.shipped_workflow import Ran, Runners, build_runner

pytestmark = pytest.mark.e2e

EXAMPLES = ROOT / "examples/workflows"
QUOTAS = PAGE.replace("## Limits", "## Quotas")


@pytest.fixture(scope="session")
def runner(docker: Docker) -> Docker:
    build_runner(docker)
    return docker


@pytest.fixture
def runners(runner: Docker, project: Project, tmp_path: Path) -> Runners:
    return Runners(
        docker=runner,
        proxy=project.proxy,
        repository=project.name,
        checkout=project.repo.path,
        artifacts=tmp_path / "artifacts",
    )


def granted(project: Project, file: Path) -> str:
    """A token with the permissions that a workflow's jobs ask for."""
    workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
    asked = [workflow.get("permissions", {})]
    asked += [job.get("permissions", {}) for job in workflow["jobs"].values()]
    # The server has no artifacts to give access to.
    wanted = {name: level for some in asked for name, level in some.items() if name != "actions"}
    return project.server.actions_token(
        **{name.replace("-", "_"): level for name, level in wanted.items()}
    )


@contextmanager
def git_served(project: Project, folder: Path, **others: GitRepo) -> Iterator[None]:
    """Git addresses of the project, and of ``others`` by name, work while the block runs."""
    for name, repo in {project.name: project.repo, **others}.items():
        bare = folder / f"{name}.git"
        repo.git("clone", "-q", "--bare", "--no-local", str(repo.path), str(bare))
        repo.git("-C", str(bare), "config", "uploadpack.allowAnySHA1InWant", "true")
    with serve_git(folder) as git:
        project.proxy.git = git.url
        yield


def run(  # noqa: PLR0913 - one per circumstance of a run
    project: Project,
    runners: Runners,
    file: Path,
    event: str,
    payload: dict[str, Any],
    *,
    number: int = 1,
    exchange: Mapping[str, str] = MappingProxyType({}),
) -> Ran:
    whole = {"repository": project.told(f"/repos/{project.name}"), **payload}
    token = granted(project, file)
    return runners.run(file, event, whole, token=token, number=number, exchange=exchange)


def reports(project: Project) -> list[str]:
    tip = project.server.branch_head(project.name)
    listed = project.server.request("GET", f"/repos/{project.name}/git/trees/{tip}?recursive=1")
    return [it["path"] for it in listed["tree"] if "/report-" in it["path"]]


@pytest.mark.covers("release", "commit", "summary")
def test_a_release(project: Project, runners: Runners) -> None:
    project.repo.git("tag", "v1")
    project.repo.commit({"docs/install.md": QUOTAS})
    project.repo.git("tag", "v2")
    project.server.push(project.repo.path, project.name, main="main")
    path = f"/repos/{project.name}"
    for name in ("v1", "v2"):
        ref = {"ref": f"refs/tags/{name}", "sha": project.repo.say("rev-parse", name)}
        project.server.request("POST", f"{path}/git/refs", ref)
        asked = {"tag_name": name, "target_commitish": "main"}
        project.server.request("POST", f"{path}/releases", asked)
    payload = {"action": "published", "release": project.told(f"{path}/releases/tags/v2")}

    ran = run(project, runners, EXAMPLES / "release.yml", "release", payload)
    assert ran.succeeded, ran.log
    (report,) = reports(project)
    assert "Quotas" in project.server.text_of(project.name, report)
    assert "Quotas" in ran.summary


@pytest.mark.covers("merge_group", "summary")
def test_a_merge_queue_stops_what_breaks_something(
    project: Project, runners: Runners, tmp_path: Path
) -> None:
    repo = project.repo
    repo.commit({"docs/index.md": "See [limits](install.md#limits).\n"})
    for branch, page in (("safe", PAGE + "\nAsk for more.\n"), ("breaking", QUOTAS)):
        repo.git("checkout", "-q", "-b", branch, "main")
        repo.commit({"docs/install.md": page})
    project.server.push(repo.path, project.name, main="main", safe="safe", breaking="breaking")
    with git_served(project, tmp_path / "git"):
        for branch in ("safe", "breaking"):
            ends = {"base_sha": "main", "head_sha": branch}
            group = {name: repo.say("rev-parse", revision) for name, revision in ends.items()}
            payload = {"action": "checks_requested", "merge_group": group}
            ran = run(project, runners, EXAMPLES / "merge-queue.yml", "merge_group", payload)
            assert ran.succeeded == (branch == "safe"), ran.log
            assert "install.md" in ran.summary
    assert project.written() == []


@pytest.mark.covers("issue_comment", "comment", "summary")
def test_a_command(reviewed: tuple[Project, int], runners: Runners) -> None:
    project, number = reviewed
    file = EXAMPLES / "command.yml"

    def ask(author: str, body: str) -> Ran:
        payload = {
            "action": "created",
            "issue": {"number": number, "pull_request": {}},
            "comment": {"body": body, "user": {"login": author}},
        }
        return run(project, runners, file, "issue_comment", payload)

    for author, body in ((OWNER, "Looks good"), (STRANGER, "/diffinsight")):
        ran = ask(author, body)
        assert ran.succeeded, ran.log
        assert project.comments(number) == []
    ran = ask(OWNER, "/diffinsight")
    assert ran.succeeded, ran.log
    ((_, body),) = project.comments(number)
    assert "Quotas" in body


def documented(project: Project, folder: Path) -> tuple[str, GitRepo]:
    """Another repository, with a change on each day from 3 to 5 January."""
    upstream = GitRepo(folder / "upstream")
    for words in ("Begin.", "One.", "Two.", "Three."):
        upstream.commit({"docs/a.md": f"# A\n\n{words}\n"})
    name = project.server.create_repository(f"{project.name.partition('/')[2]}-upstream")
    project.server.push(upstream.path, name, main="main")
    return name, upstream


@pytest.mark.covers("schedule", "commit", "summary")
def test_watching(project: Project, runners: Runners, tmp_path: Path) -> None:
    name, upstream = documented(project, tmp_path)
    file = EXAMPLES / "watch.yml"
    exchange = {"MicrosoftDocs/WSL": name}
    with git_served(project, tmp_path / "git", **{name: upstream}):
        first = run(
            project, runners, file, "schedule", {"schedule": "17 2 * * *"}, exchange=exchange
        )
        assert first.succeeded, first.log
        assert reports(project) == ["reports/202401/report-20240105.md"]
        tip = project.server.branch_head(project.name)
        payload = {"ref": "refs/heads/main", "inputs": None}
        second = run(project, runners, file, "workflow_dispatch", payload, exchange=exchange)
    assert second.succeeded, second.log
    assert "nothing in scope changed" in second.log
    assert project.server.branch_head(project.name) == tip


@pytest.mark.covers("workflow_dispatch", "commit")
def test_filling_back(project: Project, runners: Runners, tmp_path: Path) -> None:
    """The example, which calls the workflow in .github: jobs side by side, and one that commits."""
    name, upstream = documented(project, tmp_path)
    dates = {"since": "2024-01-03", "until": "2024-01-04"}
    with git_served(project, tmp_path / "git", **{name: upstream}):
        ran = run(
            project,
            runners,
            EXAMPLES / "backfill.yml",
            "workflow_dispatch",
            {"ref": "refs/heads/main", "inputs": dates},
            exchange={"MicrosoftDocs/WSL": name},
        )
    assert ran.succeeded, ran.log
    assert reports(project) == [f"reports/202401/report-202401{day}.md" for day in ("03", "04")]
    report = project.server.text_of(project.name, "reports/202401/report-20240103.md")
    assert "One." in report
    assert f"permalink: {project.proxy.url}/{name}/compare/" in report
    assert sorted(path.name for path in (tmp_path / "artifacts/1").iterdir()) == [
        "part-1",
        "part-2",
    ]


@pytest.mark.covers("workflow_dispatch", "commit")
def test_one_range_in_parts(project: Project, runners: Runners, tmp_path: Path) -> None:
    """The same workflow with `base` and `head`: its jobs share the files of one report."""
    upstream = GitRepo(tmp_path / "upstream")
    pages = [f"docs/{letter}.md" for letter in "abc"]
    upstream.commit(dict.fromkeys(pages, "# A page\n\nBegin.\n"))
    base = upstream.say("rev-parse", "HEAD")
    head = upstream.commit({path: f"# A page\n\nBegin. See {path}.\n" for path in pages})
    name = project.server.create_repository("upstream-in-parts")
    project.server.push(upstream.path, name, main="main")
    wanted = {"base": base, "head": head, "parts": "2"}
    exchange = {
        "MicrosoftDocs/WSL": name,
        "since: ${{ inputs.since }}": "\n      ".join(f"{k}: {v}" for k, v in wanted.items()),
        "      until: ${{ inputs.until }}\n": "",
    }
    with git_served(project, tmp_path / "git", **{name: upstream}):
        ran = run(
            project,
            runners,
            EXAMPLES / "backfill.yml",
            "workflow_dispatch",
            {"ref": "refs/heads/main", "inputs": {"since": "2024-01-01"}},
            exchange=exchange,
        )
    assert ran.succeeded, ran.log
    (path,) = reports(project)
    report = project.server.text_of(project.name, path)
    assert [page for page in pages if f"See {page}" in report.replace("\\", "")] == pages
    made = sorted(path.name for path in (tmp_path / "artifacts/1").iterdir())
    assert made == ["merged", "part-1", "part-2"]


@pytest.mark.covers("pull_request", "summary")
@pytest.mark.covers("workflow_run", "comment")
def test_a_pull_request_from_a_fork(project: Project, runners: Runners, tmp_path: Path) -> None:
    """One workflow makes the report with a token that only reads, the other one publishes it."""
    project.repo.git("checkout", "-q", "-b", "topic")
    head = project.repo.commit({"docs/install.md": QUOTAS})
    number = project.server.open_pull_request_from_fork(
        project.name, project.repo.path, branch="topic"
    )
    payload = project.pull_request_event(number)
    fork = payload["pull_request"]["head"]["repo"]["full_name"]
    assert fork == f"{STRANGER}/{project.name.partition('/')[2]}"
    with git_served(project, tmp_path / "git"):
        first = run(
            project, runners, EXAMPLES / "fork-report.yml", "pull_request", payload, number=7
        )
    assert first.succeeded, first.log
    assert "Quotas" in first.summary
    assert project.written() == []
    made = json.loads((tmp_path / "artifacts/7/docs-report/report.json").read_text())
    assert (made["head"], made["pull_request"]) == (head, number)

    after = {
        "id": 7,
        "event": "pull_request",
        "conclusion": "success",
        "head_sha": head,
        "head_branch": "topic",
        "head_repository": {"full_name": fork},
        "pull_requests": [],
    }
    event = {"action": "completed", "workflow_run": after}
    second = run(project, runners, EXAMPLES / "fork-publish.yml", "workflow_run", event, number=8)
    assert second.succeeded, second.log
    ((author, body),) = project.comments(number)
    assert author == BOT
    assert "Quotas" in body

    failed = {**event, "workflow_run": {**after, "conclusion": "failure"}}
    project.proxy.exchanges.clear()
    third = run(project, runners, EXAMPLES / "fork-publish.yml", "workflow_run", failed, number=9)
    assert third.succeeded, third.log
    assert project.proxy.exchanges == []


@pytest.mark.covers("pull_request", "comment", "summary")
def test_the_own_documentation(project: Project, runners: Runners, tmp_path: Path) -> None:
    """`uses: ./`: the checkout has the action in it."""
    repo = project.repo
    repo.commit(
        {name: (ROOT / name).read_text(encoding="utf-8") for name in ("action.yml", "Dockerfile")}
    )
    repo.git("checkout", "-q", "-b", "topic")
    repo.commit({"docs/install.md": QUOTAS})
    project.server.push(repo.path, project.name, main="main", topic="topic")
    number = project.server.open_pull_request(project.name, head="topic")
    with git_served(project, tmp_path / "git"):
        ran = run(
            project,
            runners,
            ROOT / ".github/workflows/docs-report.yml",
            "pull_request",
            project.pull_request_event(number),
        )
    assert ran.succeeded, ran.log
    ((_, body),) = project.comments(number)
    assert "Quotas" in body


@pytest.mark.covers("pull_request", "comment", "summary")
@pytest.mark.covers("push", "commit", "summary")
def test_what_the_readme_says_to_paste(
    reviewed: tuple[Project, int], runners: Runners, tmp_path: Path
) -> None:
    project, number = reviewed
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    pasted = re.findall(r"^```yaml\n(name: .*?)^```", text, re.MULTILINE | re.DOTALL)
    files = [tmp_path / f"{at}.yml" for at in range(len(pasted))]
    for file, workflow in zip(files, pasted, strict=True):
        file.write_text(workflow, encoding="utf-8")
    on_pull_requests, on_pushes = files

    payload = project.pull_request_event(number)
    ran = run(project, runners, on_pull_requests, "pull_request", payload)
    assert ran.succeeded, ran.log
    ((_, body),) = project.comments(number)
    assert "Quotas" in body

    before, after = (project.repo.say("rev-parse", name) for name in ("main", "topic"))
    project.server.push(project.repo.path, project.name, main="topic")
    ran = run(project, runners, on_pushes, "push", project.push_event(before, after))
    assert ran.succeeded, ran.log
    (report,) = reports(project)
    assert "「" in project.server.text_of(project.name, report)
