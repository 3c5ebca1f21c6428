"""Every event, with a full checkout, a shallow one and none, leads to the same report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.action_run import Checkout, Outcome, Site, site
from support.git_repo import GitRepo
from support.github_server import OWNER, GitHubServer

PAGE = "# Install\n\nRun the installer.\n\n## Limits\n\nAt most 10 users.\n"
QUOTAS = PAGE.replace("## Limits", "## Quotas")
CHECKOUTS: tuple[Checkout, ...] = ("full", "shallow", "none")


@pytest.fixture
def docs(server: GitHubServer, own_name: str, tmp_path: Path) -> Iterator[Site]:
    """`v1` and, on `main`, a changed page; on `topic`, which left at `v1`, another change."""
    repo = GitRepo(tmp_path / "docs")
    repo.commit({"docs/install.md": PAGE, "docs/use.md": "# Use\n\nRead this.\n"})
    repo.git("tag", "v1")
    repo.git("checkout", "-q", "-b", "topic")
    repo.commit({"docs/install.md": QUOTAS})
    repo.git("checkout", "-q", "main")
    repo.commit({"docs/use.md": "# Use\n\nRead this first.\n"})
    repo.git("tag", "v2")
    with site(server, own_name, repo, tmp_path) as made:
        made.publish(main="main", topic="topic")
        yield made


def told(outcome: Outcome) -> str:
    """What the job summary says; the run went well."""
    assert outcome.code == 0, outcome.log
    assert "::error" not in outcome.log
    assert "::warning" not in outcome.log, outcome.log
    return outcome.summary


@pytest.mark.parametrize("checkout", CHECKOUTS)
@pytest.mark.parametrize("event", ["pull_request", "pull_request_target"])
def test_a_pull_request(docs: Site, event: str, checkout: Checkout) -> None:
    number = docs.server.open_pull_request(docs.name, head="topic")
    pull = docs.server.request("GET", f"/repos/{docs.name}/pulls/{number}")
    payload = {"action": "opened", "number": number, "pull_request": pull}
    summary = told(docs.run(event, payload, checkout=checkout, at="topic"))
    assert "Quotas" in summary
    assert "use.md" not in summary
    ((_, body),) = comments(docs, number)
    assert "Quotas" in body
    assert docs.files() == {}


def comments(docs: Site, number: int) -> list[tuple[str, str]]:
    found = docs.server.comments(docs.name, number)
    return [(it["user"]["login"], it["body"]) for it in found]


def push(before: str, after: str, **more: object) -> dict[str, Any]:
    usual = {"created": False, "deleted": False, "forced": False, "ref": "refs/heads/main"}
    return {**usual, "before": before, "after": after, **more}


@pytest.mark.parametrize("checkout", CHECKOUTS)
@pytest.mark.covers("push", "commit", "summary", "outputs")
def test_a_push(docs: Site, checkout: Checkout) -> None:
    payload = push(docs.sha("v1"), docs.sha("v2"))
    summary = told(docs.run("push", payload, checkout=checkout))
    assert "use.md" in summary
    assert "install.md" not in summary
    (path,) = [path for path in docs.files() if path.endswith(f"{docs.sha('v2')[:7]}.md")]
    assert path.startswith("reports/202401/report-20240104")


@pytest.mark.parametrize("checkout", CHECKOUTS)
@pytest.mark.covers("push", "commit", "summary", "outputs")
def test_the_first_push_of_a_branch(docs: Site, checkout: Checkout) -> None:
    payload = push("0" * 40, docs.sha("topic"), created=True, ref="refs/heads/topic")
    summary = told(docs.run("push", payload, checkout=checkout, at="topic"))
    assert "Quotas" in summary
    assert "use.md" not in summary
    assert docs.files() == {}
    assert docs.files("topic") != {}


@pytest.mark.parametrize("checkout", CHECKOUTS)
@pytest.mark.covers("push", "commit", "summary")
def test_a_force_push(docs: Site, checkout: Checkout) -> None:
    """From what readers saw to what they see: the page that went back is told too."""
    payload = push(docs.sha("v2"), docs.sha("topic"), forced=True)
    summary = told(docs.run("push", payload, checkout=checkout, at="topic"))
    assert "Quotas" in summary
    assert "use.md" in summary


def test_pushes_without_a_report(docs: Site) -> None:
    nowhere = "0" * 40
    head = docs.sha("v2")
    for payload in (
        push(nowhere, head, ref="refs/tags/v2"),
        push(head, nowhere, ref="refs/heads/old", deleted=True),
    ):
        outcome = docs.run("push", payload)
        assert outcome.code == 0
        assert "::notice title=diffinsight::no report: " in outcome.log
        assert outcome.summary == ""
    assert docs.proxy.sent("GET", "POST", "PUT", "PATCH") == []


@pytest.mark.parametrize("checkout", CHECKOUTS)
@pytest.mark.covers("merge_group", "summary", "outputs")
def test_a_merge_group(docs: Site, checkout: Checkout) -> None:
    group = {"base_sha": docs.sha("main"), "head_sha": docs.sha("topic")}
    payload = {"action": "checks_requested", "merge_group": group}
    summary = told(docs.run("merge_group", payload, checkout=checkout, at="topic"))
    assert "Quotas" in summary
    assert docs.proxy.sent("POST", "PUT", "PATCH") == git_only(docs)


def git_only(docs: Site) -> list[str]:
    """The writes that are none: git asks for objects by POST."""
    return [it for it in docs.proxy.sent("POST") if it.endswith("/git-upload-pack 200")]


@pytest.mark.parametrize("checkout", CHECKOUTS)
@pytest.mark.parametrize(
    ("event", "payload"),
    [
        ("workflow_dispatch", {"ref": "refs/heads/main", "inputs": {"base": "v1", "head": "v2"}}),
        (
            "repository_dispatch",
            {"action": "x", "branch": "main", "client_payload": {"base": "v1", "head": "v2"}},
        ),
    ],
)
def test_a_dispatch_with_a_range(
    docs: Site, event: str, payload: dict[str, Any], checkout: Checkout
) -> None:
    tag(docs, "v1", "v2")
    summary = told(docs.run(event, payload, checkout=checkout))
    assert "use.md" in summary
    assert len([path for path in docs.files() if "/report-" in path]) == 1


def tag(docs: Site, *names: str) -> None:
    for name in names:
        ref = {"ref": f"refs/tags/{name}", "sha": docs.sha(name)}
        docs.server.request("POST", f"/repos/{docs.name}/git/refs", ref)


@pytest.mark.parametrize("checkout", CHECKOUTS)
@pytest.mark.covers("release", "commit", "summary", "outputs")
def test_a_release_is_compared_with_the_one_before(docs: Site, checkout: Checkout) -> None:
    tag(docs, "v1", "v2")
    for name in ("v1", "v2"):
        asked = {"tag_name": name, "target_commitish": "main"}
        docs.server.request("POST", f"/repos/{docs.name}/releases", asked)
    release = docs.server.request("GET", f"/repos/{docs.name}/releases/tags/v2")
    payload = {"action": "published", "release": release}
    summary = told(docs.run("release", payload, checkout=checkout))
    assert "use.md" in summary
    assert "Quotas" not in summary
    assert len([path for path in docs.files() if "/report-" in path]) == 1


@pytest.mark.parametrize("checkout", CHECKOUTS)
@pytest.mark.covers("issue_comment", "comment", "summary", "outputs")
def test_a_command_in_a_comment(docs: Site, checkout: Checkout) -> None:
    number = docs.server.open_pull_request(docs.name, head="topic")
    payload = {
        "action": "created",
        "issue": {"number": number, "pull_request": {}},
        "comment": {"body": "/diffinsight", "user": {"login": OWNER}},
    }
    assert "Quotas" in told(docs.run("issue_comment", payload, checkout=checkout))
    assert len(comments(docs, number)) == 1


def test_a_command_of_somebody_who_may_not_write(docs: Site) -> None:
    number = docs.server.open_pull_request(docs.name, head="topic")
    payload = {
        "action": "created",
        "issue": {"number": number, "pull_request": {}},
        "comment": {
            "body": "/diffinsight",
            "user": {"login": "mallory"},
            "author_association": "OWNER",
        },
    }
    outcome = docs.run("issue_comment", payload)
    assert outcome.code == 0
    assert "mallory asked for it and may not write" in outcome.log
    assert comments(docs, number) == []


@pytest.mark.parametrize("checkout", CHECKOUTS)
@pytest.mark.covers("workflow_run", "comment", "summary", "outputs")
def test_a_workflow_run_after_a_pull_request(docs: Site, checkout: Checkout) -> None:
    number = docs.server.open_pull_request(docs.name, head="topic")
    summary = told(docs.run("workflow_run", ran(docs, docs.sha("topic")), checkout=checkout))
    assert "Quotas" in summary
    assert len(comments(docs, number)) == 1
    later = docs.run("workflow_run", ran(docs, docs.sha("v1")), checkout=checkout)
    assert later.code == 0
    assert "no open pull request has the head that the workflow ran for" in later.log


def uploaded(docs: Site, **changes: object) -> bytes:
    """The report that the first workflow makes for the pull request, and what else is claimed."""
    number = docs.server.open_pull_request(docs.name, head="topic")
    pull = docs.server.request("GET", f"/repos/{docs.name}/pulls/{number}")
    payload = {"action": "opened", "number": number, "pull_request": pull}
    reads = docs.server.actions_token(contents="read")
    made = docs.run("pull_request", payload, checkout="full", at="topic", token=reads)
    assert made.code == 0
    report = json.loads((made.workspace / ".diffinsight/report.json").read_text())
    return json.dumps({**report, **changes}).encode()


@pytest.mark.parametrize("checkout", CHECKOUTS)
@pytest.mark.covers("workflow_run", "comment", "summary")
def test_a_report_that_a_job_without_rights_made(docs: Site, checkout: Checkout) -> None:
    report = uploaded(docs, title="Approved", highlights="[look](https://evil.example)")
    outcome = docs.run(
        "workflow_run",
        ran(docs, docs.sha("topic")),
        checkout=checkout,
        files={"untrusted/report.json": report},
        report_json="untrusted/report.json",
    )
    assert "Quotas" in told(outcome)
    ((_, body),) = comments(docs, 1)
    assert "Quotas" in body
    assert "Approved" not in body
    assert "](https://evil.example" not in body


@pytest.mark.parametrize(
    "changes", [{"head": "c" * 40}, {"repository": "contoso/other"}, {"pull_request": 99}]
)
def test_a_report_that_is_not_what_it_should_be(docs: Site, changes: dict[str, object]) -> None:
    outcome = docs.run(
        "workflow_run",
        ran(docs, docs.sha("topic")),
        files={"report.json": uploaded(docs, **changes)},
        report_json="report.json",
    )
    assert outcome.code == 1
    assert f"its {next(iter(changes))} is not" in outcome.log
    assert comments(docs, 1) == []


def test_reports_of_earlier_jobs_are_committed_together(docs: Site) -> None:
    first = json.loads(uploaded(docs))
    second = {**first, "base": "c" * 40, "date": "2024-02-03"}
    outcome = docs.run(
        "workflow_dispatch",
        {"ref": "refs/heads/main"},
        files={f"parts/{at}.json": json.dumps(it) for at, it in enumerate((first, second))},
        report_json="parts",
        publish="commit",
    )
    assert outcome.code == 0, outcome.log
    made = [path for path in docs.files() if "/report-" in path]
    assert [path.split("/")[1] for path in made] == ["202401", "202402"]
    assert docs.server.branch_head(docs.name) != docs.sha("main")
    history = docs.server.request("GET", f"/repos/{docs.name}/commits?sha=main")
    assert history[1]["sha"] == docs.sha("main"), "one commit for both"


def ran(docs: Site, head: str) -> dict[str, Any]:
    """The first workflow is over."""
    return {
        "action": "completed",
        "workflow_run": {
            "event": "pull_request",
            "conclusion": "success",
            "head_sha": head,
            "head_branch": "topic",
            "head_repository": {"full_name": docs.name},
            "pull_requests": [],
        },
    }


@pytest.mark.parametrize("checkout", CHECKOUTS)
def test_templates_are_those_of_the_base(docs: Site, checkout: Checkout) -> None:
    template = '{% extends "default:comment.md.j2" %}{% block made %}OF THE BASE{% endblock %}'
    config = {
        ".github/diffinsight.yml": "include: docs/**\ntemplates: own\n",
        "own/comment.md.j2": template,
    }
    docs.repo.commit({**config})
    docs.repo.git("checkout", "-q", "-b", "change")
    docs.repo.commit(
        {"docs/use.md": "# Use\n\nDo not.\n", "own/comment.md.j2": "{{ 1 / 0 }} OF THE HEAD"}
    )
    docs.publish(main="main", change="change")
    number = docs.server.open_pull_request(docs.name, head="change")
    pull = docs.server.request("GET", f"/repos/{docs.name}/pulls/{number}")
    payload = {"action": "opened", "number": number, "pull_request": pull}
    told(docs.run("pull_request", payload, checkout=checkout, at="change"))
    ((_, body),) = comments(docs, number)
    assert body.rstrip().endswith("OF THE BASE")
