"""Every event brings its report to every destination that makes sense for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from support.action_run import Outcome, Site, read_values, site
from support.claims import REVIEWS
from support.git_repo import GitRepo
from support.github_server import OWNER, GitHubServer

from diffinsight.event import EVENTS

PAGE = "# Install\n\nRun the installer.\n\n## Limits\n\nAt most 10 users.\n"
QUOTAS = PAGE.replace("## Limits", "## Quotas")


@pytest.fixture
def docs(server: GitHubServer, own_name: str, tmp_path: Path) -> Iterator[Site]:
    """`v1` on `main` and `v2` on `topic`, with a pull request from one to the other."""
    repo = GitRepo(tmp_path / "docs")
    repo.commit({"docs/install.md": PAGE})
    repo.git("tag", "v1")
    repo.git("checkout", "-q", "-b", "topic")
    repo.commit({"docs/install.md": QUOTAS})
    repo.git("tag", "v2")
    with site(server, own_name, repo, tmp_path) as made:
        made.publish(main="main", topic="topic")
        path = f"/repos/{made.name}"
        for tag in ("v1", "v2"):
            ref = {"ref": f"refs/tags/{tag}", "sha": made.sha(tag)}
            server.request("POST", f"{path}/git/refs", ref)
            release = {"tag_name": tag, "target_commitish": "main"}
            server.request("POST", f"{path}/releases", release)
        server.open_pull_request(made.name, head="topic")
        yield made


def pull_request(docs: Site) -> dict[str, Any]:
    pull = docs.server.request("GET", f"/repos/{docs.name}/pulls/1")
    return {"action": "opened", "number": 1, "pull_request": pull}


def workflow_run(docs: Site) -> dict[str, Any]:
    ran = {
        "event": "pull_request",
        "conclusion": "success",
        "head_sha": docs.sha("v2"),
        "head_branch": "topic",
        "head_repository": {"full_name": docs.name},
        "pull_requests": [],
    }
    return {"action": "completed", "workflow_run": ran}


def issue_comment(docs: Site) -> dict[str, Any]:
    del docs
    return {
        "action": "created",
        "issue": {"number": 1, "pull_request": {}},
        "comment": {"body": "/diffinsight", "user": {"login": OWNER}},
    }


def merge_group(docs: Site) -> dict[str, Any]:
    group = {"base_sha": docs.sha("v1"), "head_sha": docs.sha("v2")}
    return {"action": "checks_requested", "merge_group": group}


def push(docs: Site) -> dict[str, Any]:
    usual = {"created": False, "deleted": False, "forced": False, "ref": "refs/heads/main"}
    docs.publish(main="topic")
    return {**usual, "before": docs.sha("v1"), "after": docs.sha("v2")}


def release(docs: Site) -> dict[str, Any]:
    made = docs.server.request("GET", f"/repos/{docs.name}/releases/tags/v2")
    return {"action": "published", "release": made}


def schedule(docs: Site) -> dict[str, Any]:
    docs.publish(main="topic")
    return {"schedule": "0 2 * * *"}


def workflow_dispatch(docs: Site) -> dict[str, Any]:
    del docs
    return {"ref": "refs/heads/main", "inputs": {"base": "v1", "head": "v2"}}


def repository_dispatch(docs: Site) -> dict[str, Any]:
    del docs
    return {"action": "x", "branch": "main", "client_payload": {"base": "v1", "head": "v2"}}


PAYLOADS: Mapping[str, Callable[[Site], dict[str, Any]]] = {
    "pull_request": pull_request,
    "pull_request_target": pull_request,
    "workflow_run": workflow_run,
    "issue_comment": issue_comment,
    "merge_group": merge_group,
    "push": push,
    "release": release,
    "schedule": schedule,
    "workflow_dispatch": workflow_dispatch,
    "repository_dispatch": repository_dispatch,
}


def run(docs: Site, event: str, *, publish: str, commit_branch: str = "") -> Outcome:
    token = docs.server.actions_token(contents="write", pull_requests="write", checks="write")
    payload = PAYLOADS[event](docs)
    return docs.run(event, payload, token=token, publish=publish, commit_branch=commit_branch)


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(
            "pull_request",
            marks=pytest.mark.covers(
                "pull_request", "comment", "commit", "check", "summary", "outputs"
            ),
        ),
        pytest.param(
            "pull_request_target",
            marks=pytest.mark.covers(
                "pull_request_target", "comment", "commit", "check", "summary", "outputs"
            ),
        ),
        pytest.param(
            "workflow_run",
            marks=pytest.mark.covers(
                "workflow_run", "comment", "commit", "check", "summary", "outputs"
            ),
        ),
        pytest.param(
            "issue_comment",
            marks=pytest.mark.covers(
                "issue_comment", "comment", "commit", "check", "summary", "outputs"
            ),
        ),
        pytest.param(
            "push",
            marks=pytest.mark.covers("push", "commit", "check", "summary", "outputs"),
        ),
        pytest.param(
            "release",
            marks=pytest.mark.covers("release", "commit", "check", "summary", "outputs"),
        ),
        pytest.param(
            "schedule",
            marks=pytest.mark.covers("schedule", "commit", "check", "summary", "outputs"),
        ),
        pytest.param(
            "workflow_dispatch",
            marks=pytest.mark.covers("workflow_dispatch", "commit", "check", "summary", "outputs"),
        ),
        pytest.param(
            "repository_dispatch",
            marks=pytest.mark.covers(
                "repository_dispatch", "commit", "check", "summary", "outputs"
            ),
        ),
    ],
)
def test_everywhere_at_once(docs: Site, event: str) -> None:
    review = event in REVIEWS
    places = ["commit", "check", "summary", *(["comment"] if review else [])]
    outcome = run(docs, event, publish=", ".join(places))
    told = read_values(outcome.outputs)
    assert outcome.code == 0, outcome.log
    assert "::warning" not in outcome.log, outcome.log
    assert "::notice" not in outcome.log, outcome.log
    assert "Quotas" in outcome.summary
    assert told["changed-files"] == "1"
    assert "Quotas" in docs.files("topic" if review else "main")[told["report-path"]]
    runs = docs.server.request("GET", f"/repos/{docs.name}/commits/{docs.sha('v2')}/check-runs")
    assert [it["conclusion"] for it in runs["check_runs"]] == ["neutral"]
    bodies = [it["body"] for it in docs.server.comments(docs.name, 1)]
    assert ["Quotas" in body for body in bodies] == [True] * review
    assert bool(told["comment-url"]) is review


@pytest.mark.covers("merge_group", "commit", "check", "summary", "outputs")
def test_a_merge_group_is_committed_elsewhere(docs: Site) -> None:
    """Its own branch is the queue's, and gone after the merge."""
    outcome = run(docs, "merge_group", publish="commit,check,summary", commit_branch="reports")
    assert outcome.code == 0, outcome.log
    assert "Quotas" in outcome.summary
    path = read_values(outcome.outputs)["report-path"]
    assert "Quotas" in docs.files("reports")[path]
    runs = docs.server.request("GET", f"/repos/{docs.name}/commits/{docs.sha('v2')}/check-runs")
    assert len(runs["check_runs"]) == 1

    asked = run(docs, "merge_group", publish="commit")
    assert asked.code == 0
    assert "commit-branch" in asked.log
    assert "fork" not in asked.log


@pytest.mark.parametrize("event", [event for event in EVENTS if event not in REVIEWS])
def test_no_comment_without_a_pull_request(docs: Site, event: str) -> None:
    outcome = run(docs, event, publish="comment")
    assert outcome.code == 1
    assert f"{event} has no pull request" in outcome.log
    assert docs.server.comments(docs.name, 1) == []
