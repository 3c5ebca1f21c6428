from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from support.api_proxy import Answer
from support.container import Outcome
from support.git_repo import GitRepo
from support.git_server import serve_git
from support.github_server import BOT
from support.project import PAGE, Project

pytestmark = pytest.mark.e2e


@pytest.mark.covers("pull_request", "comment", "summary", "outputs")
def test_a_pull_request_gets_one_comment(reviewed: tuple[Project, int]) -> None:
    project, number = reviewed
    workflow = project.workflow()

    first = workflow.run(
        "pull_request", project.pull_request_event(number), token=project.token(), number=1
    )
    assert first.succeeded, first.log
    ((author, body),) = project.comments(number)
    assert author == BOT
    assert "Quotas" in body
    assert project.changed(number) == ["POST issues/N/comments 201"]
    assert_told(first, project)

    project.repo.commit({"docs/new.md": "# A brand new page\n\nText.\n"})
    project.server.push(project.repo.path, project.name, topic="topic")
    event = project.pull_request_event(number)
    # The server goes on to tell the head it had when the pull request was opened.
    now = Answer(status=200, body=event["pull_request"])
    project.proxy.refuse("GET", f"/pulls/{number}", now, times=2)
    second = workflow.run("pull_request", event, token=project.token(), number=2)
    assert second.succeeded, second.log
    ((_, updated),) = project.comments(number)
    assert "new.md" in updated
    assert [it.split()[0] for it in project.changed(number)] == ["PATCH"]

    third = workflow.run("pull_request", event, token=project.token(), number=3)
    assert third.succeeded, third.log
    assert project.comments(number) == [(author, updated)]
    assert project.changed(number) == []
    assert (first.roots, second.roots, third.roots) == ((), (), ())


def assert_told(outcome: Outcome, project: Project) -> None:
    """Outputs, summary and the saved report agree with the change."""
    outputs = outcome.outputs
    told = [outputs[name] for name in ("changed-files", "additions", "deletions")]
    assert told == ["1", "1", "1"]
    assert "#issuecomment-" in outputs["comment-url"]
    assert outputs["title"] == "Diff Insight Report"
    assert "Quotas" in outputs["summary"]
    assert outcome.summary.count("install.md") > 1
    report = json.loads((project.repo.path / outputs["report-json"]).read_text())
    assert [file["path"] for file in report["files"]] == ["docs/install.md"]
    assert sum(json.loads(outputs["types"]).values()) == 1


@pytest.mark.covers("pull_request_target", "comment", "summary", "outputs")
def test_a_pull_request_without_a_checkout(reviewed: tuple[Project, int], tmp_path: Path) -> None:
    """As under pull_request_target, where a fork's head is not checked out."""
    project, number = reviewed
    event = project.pull_request_event(number)
    bare = tmp_path / f"git/{project.name}.git"
    project.repo.git("clone", "-q", "--bare", "--no-local", str(project.repo.path), str(bare))
    empty = tmp_path / "empty"
    empty.mkdir()
    with serve_git(tmp_path / "git") as git:
        project.proxy.git = git.url
        outcome = replace(project.workflow(), workspace=empty).run(
            "pull_request_target", event, token=project.token(), number=1
        )
    assert outcome.succeeded, outcome.log
    assert any("upload-pack" in it and it.endswith(" 200") for it in project.proxy.sent("POST"))
    ((_, body),) = project.comments(number)
    assert "Quotas" in body


def test_a_pull_request_with_nothing_but_the_api(
    reviewed: tuple[Project, int], tmp_path: Path
) -> None:
    project, number = reviewed
    event = project.pull_request_event(number)
    empty = tmp_path / "empty"
    empty.mkdir()
    outcome = replace(project.workflow(language="ja"), workspace=empty).run(
        "pull_request_target", event, token=project.token(), number=1
    )
    assert outcome.succeeded, outcome.log
    ((_, body),) = project.comments(number)
    assert "Quotas" in body
    assert "見出し" in body or "セクション" in body


@pytest.mark.covers("push", "commit", "summary", "outputs")
def test_a_push_gets_a_committed_report(project: Project) -> None:
    repo = project.repo
    before = repo.say("rev-parse", "HEAD")
    after = repo.commit({"docs/install.md": PAGE.replace("10", "20")})
    project.server.push(repo.path, project.name, main="main")
    outcome = project.workflow().run(
        "push", project.push_event(before, after), token=project.token(), number=1
    )

    assert outcome.succeeded, outcome.log
    path = outcome.outputs["report-path"]
    assert path.startswith("reports/")
    commit = outcome.outputs["commit-sha"]
    assert project.server.branch_head(project.name) == commit
    report = project.server.text_of(project.name, path)
    assert "| [install.md](" in report
    assert project.server.text_of(project.name, "reports/README.md").count("](2") == 1
    # The stand-in knows no GraphQL: tree, commit and branch instead.
    assert project.changed(0)[1:] == [
        "POST git/trees 201",
        "POST git/commits 201",
        "PATCH git/refs/heads/main 200",
    ]

    # Another token than the workflow's own would start a workflow for that commit.
    repo.commit({path: report})
    own = project.push_event(after, commit)
    again = project.workflow().run("push", own, token=project.token(), number=2)
    assert again.succeeded, again.log
    assert project.changed(0) == []
    assert project.server.branch_head(project.name) == commit
    assert again.outputs.get("report-path", "") == ""


def test_a_token_that_only_reads(reviewed: tuple[Project, int]) -> None:
    project, number = reviewed
    token = project.token(contents="read", pull_requests="read")
    outcome = project.workflow(publish="comment").run(
        "pull_request", project.pull_request_event(number), token=token, number=1
    )
    assert outcome.succeeded, outcome.log
    assert project.comments(number) == []
    assert "::notice" in outcome.log
    assert "pull-requests: write" in outcome.log
    assert "install.md" in outcome.summary
    assert token not in outcome.log


def test_broken_inputs_are_all_named(reviewed: tuple[Project, int]) -> None:
    project, number = reviewed
    workflow = project.workflow(publish="coment", fail_on="always")
    outcome = workflow.run(
        "pull_request", project.pull_request_event(number), token=project.token(), number=1
    )
    assert not outcome.succeeded
    assert outcome.log.count("::error") == 2
    assert "did you mean `comment`?" in outcome.log
    assert project.comments(number) == []
    assert project.changed(number) == []


@pytest.mark.covers("merge_group", "summary", "outputs")
def test_a_merge_group_gets_a_summary(reviewed: tuple[Project, int]) -> None:
    project, _ = reviewed
    group = {
        "base_sha": project.repo.say("rev-parse", "main"),
        "head_sha": project.repo.say("rev-parse", "topic"),
    }
    event = {
        "action": "checks_requested",
        "merge_group": group,
        "repository": project.told(f"/repos/{project.name}"),
    }
    token = project.token(contents="read")
    outcome = project.workflow().run("merge_group", event, token=token, number=1)
    assert outcome.succeeded, outcome.log
    assert "Quotas" in outcome.summary
    assert project.changed(0) == []


@pytest.mark.covers("schedule", "commit", "summary", "outputs")
def test_another_repository_is_watched_on_a_schedule(project: Project, tmp_path: Path) -> None:
    upstream = GitRepo(tmp_path / "upstream")
    upstream.commit({"docs/a.md": "# A\n"})
    upstream.commit({"docs/a.md": "# A\n\nMore.\n"})
    name = project.server.create_repository("upstream-of-a-schedule")
    project.server.push(upstream.path, name, main="main")
    bare = tmp_path / f"git/{name}.git"
    upstream.git("clone", "-q", "--bare", "--no-local", str(upstream.path), str(bare))
    event = {"schedule": "0 2 * * *", "repository": project.told(f"/repos/{project.name}")}
    workflow = project.workflow(repository=name)
    with serve_git(tmp_path / "git") as git:
        project.proxy.git = git.url
        first = workflow.run("schedule", event, token=project.token(), number=1)
        assert first.succeeded, first.log
        path = first.outputs["report-path"]
        assert path == "reports/202401/report-20240103.md"
        assert "More." in project.server.text_of(project.name, path)
        state = project.server.text_of(project.name, f"reports/.diffinsight/{name}.json")
        assert upstream.say("rev-parse", "HEAD") in state

        tip = project.server.branch_head(project.name)
        second = workflow.run("schedule", event, token=project.token(), number=2)
    assert second.succeeded, second.log
    assert "nothing in scope changed" in second.log
    assert project.server.branch_head(project.name) == tip


@pytest.mark.covers("pull_request", "summary", "outputs")
@pytest.mark.covers("workflow_run", "comment", "outputs")
def test_one_job_makes_the_report_and_another_publishes_it(
    reviewed: tuple[Project, int], tmp_path: Path
) -> None:
    """As for a fork: the first has a token that reads, the second no checkout."""
    project, number = reviewed
    pull = project.pull_request_event(number)
    reads = project.token(contents="read")
    first = project.workflow(publish="summary").run("pull_request", pull, token=reads, number=1)
    assert first.succeeded, first.log
    made = (project.repo.path / first.outputs["report-json"]).read_bytes()

    workspace = tmp_path / "empty"
    (workspace / "untrusted").mkdir(parents=True)
    (workspace / "untrusted/report.json").write_bytes(made)
    event = {
        "action": "completed",
        "workflow_run": {
            "event": "pull_request",
            "conclusion": "success",
            "head_sha": project.repo.say("rev-parse", "topic"),
            "head_branch": "topic",
            "head_repository": {"full_name": project.name},
            "pull_requests": [],
        },
        "repository": project.told(f"/repos/{project.name}"),
    }
    workflow = project.workflow(publish="comment", report_json="untrusted/report.json")
    second = replace(workflow, workspace=workspace).run(
        "workflow_run", event, token=project.token(), number=1
    )
    assert second.succeeded, second.log
    ((author, body),) = project.comments(number)
    assert author == BOT
    assert "Quotas" in body


@pytest.mark.covers("repository_dispatch", "commit", "check", "summary", "outputs")
def test_a_dispatch_gets_a_check_run_too(reviewed: tuple[Project, int]) -> None:
    project, _ = reviewed
    base, head = (project.repo.say("rev-parse", name) for name in ("main", "topic"))
    event = {
        "action": "docs-changed",
        "branch": "main",
        "client_payload": {"base": base, "head": head},
        "repository": project.told(f"/repos/{project.name}"),
    }
    token = project.token(contents="write", checks="write")
    workflow = project.workflow(publish="commit, check, summary")
    outcome = workflow.run("repository_dispatch", event, token=token, number=1)
    assert outcome.succeeded, outcome.log
    assert "Quotas" in project.server.text_of(project.name, outcome.outputs["report-path"])
    runs = project.server.request("GET", f"/repos/{project.name}/commits/{head}/check-runs")
    assert [it["name"] for it in runs["check_runs"]] == ["diffinsight"]
