"""Where a report goes when it goes to several places, and what the steps after it learn."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.action_run import Outcome, Site, read_values, site
from support.git_repo import Content, GitRepo
from support.github_server import GitHubServer

PAGE = "# Install\n\nRun the installer.\n\n## Limits\n\nAt most 10 users.\n"
QUOTAS = PAGE.replace("## Limits", "## Quotas")
CONFIG = "categories:\n  API: [api/**]\n  Guides: [docs/**]\n"


@pytest.fixture
def docs(server: GitHubServer, own_name: str, tmp_path: Path) -> Iterator[Site]:
    repo = GitRepo(tmp_path / "docs")
    repo.commit(
        {
            "docs/install.md": PAGE,
            "docs/index.md": "See [limits](install.md#limits).\n",
            "api/users.md": "# Users\n\nA user.\n",
            ".github/diffinsight.yml": CONFIG,
        }
    )
    with site(server, own_name, repo, tmp_path) as made:
        made.publish(main="main")
        yield made


def outputs(outcome: Outcome) -> dict[str, str]:
    return read_values(outcome.outputs)


def comment(docs: Site, payload: dict[str, Any]) -> str:
    (made,) = docs.server.comments(docs.name, payload["number"])
    return str(made["body"])


CHANGED: dict[str, Content] = {
    "docs/install.md": QUOTAS,
    "docs/new.md": "# New\n\nA page.\n",
    "api/users.md": "# Users\n\nA user has a name.\n",
    "api/groups.md": "# Groups\n\nA group.\n",
}


@pytest.mark.covers("pull_request", "comment")
def test_categories_are_parts_of_one_comment(docs: Site) -> None:
    payload = docs.propose(CHANGED)
    assert docs.run("pull_request", payload, checkout="full", at="topic").code == 0
    body = comment(docs, payload)
    api, guides = body.index("#### API"), body.index("#### Guides")
    assert api < body.index("users.md", api) < guides < body.index("install.md", guides)


@pytest.mark.covers("pull_request", "comment", "commit", "check", "summary", "outputs")
def test_categories_are_reports_in_one_commit(docs: Site) -> None:
    payload = docs.propose(CHANGED)
    token = docs.server.actions_token(contents="write", pull_requests="write", checks="write")
    outcome = docs.run(
        "pull_request", payload, token=token, publish="comment, commit, summary, check"
    )
    assert outcome.code == 0
    told = outputs(outcome)
    paths = told["report-path"].split("\n")
    assert len(paths) == 2
    assert docs.server.branch_head(docs.name, "topic") == told["commit-sha"]
    files = docs.files("topic")
    assert {*paths, "reports/README.md", "reports/feed.xml"} == files.keys()
    for path in paths:
        assert path.removeprefix("reports/") in files["reports/README.md"]
    assert "#issuecomment-" in told["comment-url"]
    assert told["pull-request-url"] == ""
    commit = payload["pull_request"]["head"]["sha"]
    runs = docs.server.request("GET", f"/repos/{docs.name}/commits/{commit}/check-runs")
    assert [it["conclusion"] for it in runs["check_runs"]] == ["neutral"]


@pytest.mark.covers("pull_request", "check", "outputs")
def test_a_check_fails_and_points_at_the_line(docs: Site) -> None:
    payload = docs.propose(CHANGED)
    token = docs.server.actions_token(contents="read", checks="write")
    outcome = docs.run(
        "pull_request",
        payload,
        checkout="full",
        at="topic",
        token=token,
        publish="check",
        fail_on="breaking",
    )
    assert outcome.code == 4
    assert int(outputs(outcome)["breaking"]) > 0
    (sent,) = (json.loads(it.body) for it in docs.proxy.exchanges if "check-runs" in it.path)
    assert sent["conclusion"] == "failure"
    lines = {(it["path"], it["start_line"]) for it in sent["output"]["annotations"]}
    assert ("docs/install.md", 5) in lines


def test_a_long_comment_leads_to_the_job_summary(docs: Site) -> None:
    many: dict[str, Content] = {
        f"docs/page-{number}.md": f"# Page {number}\n\n{'A sentence. ' * 40}\n"
        for number in range(400)
    }
    payload = docs.propose(many)
    outcome = docs.run("pull_request", payload, checkout="full", at="topic")
    body = comment(docs, payload)
    assert len(body) <= 65_536
    assert f"]({docs.proxy.url}/{docs.name}/actions/runs/1001)" in body
    assert len(outcome.summary) > len(body)


def test_a_report_waits_in_a_pull_request(docs: Site) -> None:
    before = docs.repo.say("rev-parse", "HEAD")
    after = docs.repo.commit(CHANGED)
    docs.publish(main="main")
    usual = {"created": False, "deleted": False, "forced": False, "ref": "refs/heads/main"}
    outcome = docs.run(
        "push", {**usual, "before": before, "after": after}, commit_via="pull-request"
    )
    assert outcome.code == 0
    told = outputs(outcome)
    assert re.search(r"/pull/\d+$", told["pull-request-url"])
    assert docs.server.branch_head(docs.name) == after
    assert docs.files() == {}
    branch = f"diffinsight/reports-{after[:7]}"
    assert docs.files(branch).keys() > set(told["report-path"].split("\n"))
