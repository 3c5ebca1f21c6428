"""What the action takes from where, and what it leaves behind, on real repositories and servers."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from support.action_run import Checkout, Outcome, Site, read_values, site
from support.git_repo import Content, GitRepo
from support.github_server import GitHubServer
from support.model_server import faithful, serving
from support.node_modules import node_modules

PAGE = "# Install\n\nRun the installer.\n\n## Limits\n\nAt most 10 users.\n"
QUOTAS = PAGE.replace("## Limits", "## Quotas")
WRITES = ("POST", "PATCH", "PUT", "DELETE")


@pytest.fixture
def docs(server: GitHubServer, own_name: str, tmp_path: Path) -> Iterator[Site]:
    repo = GitRepo(tmp_path / "docs")
    repo.commit({"docs/install.md": PAGE, "src/main.py": "print(1)\n"})
    with site(server, own_name, repo, tmp_path) as made:
        made.publish(main="main")
        yield made


def push(docs: Site, files: dict[str, Content]) -> dict[str, Any]:
    """The payload of a push that changes ``files`` on main."""
    before = docs.repo.say("rev-parse", "HEAD")
    after = docs.repo.commit(files)
    docs.publish(main="main")
    usual = {"created": False, "deleted": False, "forced": False, "ref": "refs/heads/main"}
    return {**usual, "before": before, "after": after}


def outputs(outcome: Outcome) -> dict[str, str]:
    return read_values(outcome.outputs)


def report(docs: Site, outcome: Outcome) -> Any:  # noqa: ANN401 - JSON
    """The report that the last run left in its workspace."""
    workspace = docs.home / f"run-{docs.runs}" / "workspace"
    return json.loads((workspace / outputs(outcome)["report-json"]).read_text())


def told(outcome: Outcome, level: str) -> list[str]:
    """The annotations of a level."""
    return re.findall(rf"^::{level} [^:]*::(.*)$", outcome.log, re.MULTILINE)


def comments(docs: Site, payload: dict[str, Any]) -> list[str]:
    return [it["body"] for it in docs.server.comments(docs.name, payload["number"])]


def written(docs: Site) -> list[str]:
    """What was changed on the server, fetches aside."""
    return [it for it in docs.proxy.sent(*WRITES) if "/git-upload-pack" not in it]


def test_a_later_run_from_another_checkout_finds_nothing_to_change(docs: Site) -> None:
    payload = docs.propose({"docs/install.md": QUOTAS, "docs/new.md": "# Brand new\n"})
    outcome = docs.run("pull_request", payload, checkout="full", at="topic")
    assert [outputs(outcome)[name] for name in ("changed-files", "additions", "deletions")] == [
        "2",
        "2",
        "1",
    ]
    (comment,) = comments(docs, payload)
    # Known only to who has both versions of the page.
    assert "Limits" in comment
    docs.proxy.exchanges.clear()
    assert docs.run("pull_request", payload, checkout="shallow", at="topic").code == 0
    assert docs.run("pull_request", payload, checkout="none").code == 0
    assert written(docs) == []


def test_the_config_is_the_bases_on_a_pull_request(docs: Site) -> None:
    docs.repo.commit({".github/diffinsight.yml": "language: ja\nexclude: [src/**]\n"})
    docs.publish(main="main")
    payload = docs.propose(
        {
            ".github/diffinsight.yml": "language: en\nexclude: ['**']\n",
            "docs/install.md": QUOTAS,
            "src/main.py": "print(2)\n",
        },
    )
    made = report(docs, docs.run("pull_request", payload, checkout="full", at="topic"))
    paths = [file["path"] for file in made["files"]]
    assert made["language"] == "ja"
    assert paths == [".github/diffinsight.yml", "docs/install.md"]


def test_the_config_is_the_new_one_on_a_push(docs: Site) -> None:
    config = "language: ja\n"
    payload = push(docs, {".github/diffinsight.yml": config, "docs/install.md": QUOTAS})
    assert report(docs, docs.run("push", payload))["language"] == "ja"


def test_a_broken_config_is_told_line_by_line_and_nothing_is_written(docs: Site) -> None:
    broken = "languag: ja\ntimezone: Mars/Olympus\n"
    outcome = docs.run("push", push(docs, {".github/diffinsight.yml": broken}))
    assert outcome.code == 1
    assert [line.split(": ")[0] for line in told(outcome, "error")] == [
        ".github/diffinsight.yml:1",
        ".github/diffinsight.yml:2",
    ]
    assert written(docs) == []
    assert (outcome.summary, outcome.outputs) == ("", "")


def test_nothing_in_scope_is_quiet(docs: Site) -> None:
    docs.repo.commit({".github/diffinsight.yml": "include: [docs/**]\n"})
    docs.publish(main="main")
    payload = docs.propose({"src/main.py": "print(2)\n"})
    outcome = docs.run("pull_request", payload)
    assert outcome.code == 0
    assert written(docs) == []
    assert outputs(outcome)["changed-files"] == "0"
    assert told(outcome, "error") + told(outcome, "warning") == []


def test_paths_may_be_written_from_here(docs: Site) -> None:
    named, folder = "./.github/words.yml", "./reports//of/"
    config: dict[str, Content] = {".github/words.yml": "language: ja\n"}
    payload = push(docs, {**config, "docs/install.md": QUOTAS})
    outcome = docs.run("push", payload, config=named, reports_folder=folder)
    assert (outcome.code, told(outcome, "warning")) == (0, [])
    assert outputs(outcome)["report-path"].startswith("reports/of/2024")
    assert report(docs, outcome)["language"] == "ja"
    payload = push(docs, {"reports/of/x.md": "# X\n"})
    again = docs.run("push", payload, config=named, reports_folder=folder)
    assert outputs(again)["changed-files"] == "0"


def test_why_nothing_was_written_is_in_the_log(docs: Site) -> None:
    payload = docs.propose({"docs/install.md": QUOTAS})
    assert docs.run("pull_request", payload).code == 0
    path = f"/repos/{docs.name}/pulls/{payload['number']}"
    docs.server.request("PATCH", path, {"state": "closed"})
    outcome = docs.run("pull_request", payload)
    assert outcome.code == 0
    (line,) = [it for it in outcome.log.splitlines() if it.startswith("comment: skipped")]
    assert "closed" in line


def test_a_report_about_reports_is_not_made(docs: Site) -> None:
    outcome = docs.run("push", push(docs, {"reports/202401/report.md": "# Report\n"}))
    assert outcome.code == 0
    assert written(docs) == []


def test_a_fork_gets_its_report_in_the_summary(docs: Site) -> None:
    payload = docs.propose({"docs/install.md": QUOTAS})
    payload["pull_request"]["head"]["repo"]["full_name"] = "mallory/docs"
    reader = docs.server.actions_token(contents="read", pull_requests="read")
    outcome = docs.run("pull_request", payload, token=reader, publish="comment,commit")
    assert outcome.code == 0
    assert len(told(outcome, "notice")) == 2
    assert any("from a fork gets a token that only reads" in it for it in told(outcome, "notice"))
    assert "install.md" in outcome.summary
    assert comments(docs, payload) == []
    assert docs.files("topic") == {}


def from_a_fork(docs: Site, files: dict[str, Content]) -> dict[str, Any]:
    """A payload that GitHub sent, made into one of a fork's pull request that changes ``files``.

    The fork's commits are in the repository, but on no branch of it.
    """
    index = node_modules() / "@octokit/webhooks-examples/api.github.com/index.json"
    recorded = json.loads(index.read_text(encoding="utf-8"))
    (events,) = (it["examples"][1:] for it in recorded if it["name"] == "pull_request")
    payload: dict[str, Any] = next(it for it in events if it["action"] == "synchronize")
    base = docs.repo.say("rev-parse", "HEAD")
    docs.repo.git("checkout", "-q", "-b", "changes")
    head = docs.repo.commit(files)
    docs.server.push(docs.repo.path, docs.name, changes="changes")
    docs.repo.git("push", "-q", str(docs.bare), "changes:refs/pull/1/head")
    home = {**payload["repository"], **docs.repository()}
    fork = {**home, "full_name": "mallory/Hello-World", "fork": True}
    pull = payload["pull_request"]
    pull["base"] |= {"ref": "main", "sha": base, "repo": home}
    pull["head"] |= {"sha": head, "repo": fork, "label": "mallory:changes"}
    pull["number"] = docs.server.open_pull_request(docs.name, head="changes")
    return {**payload, "number": pull["number"], "repository": home}


@pytest.mark.parametrize("checkout", ["none", "full"])
def test_a_real_event_of_a_fork(docs: Site, checkout: Checkout) -> None:
    payload = from_a_fork(docs, {"docs/install.md": QUOTAS})
    reader = docs.server.actions_token(contents="read", pull_requests="read")
    outcome = docs.run("pull_request", payload, token=reader, checkout=checkout, at="changes")
    assert outcome.code == 0, outcome.log

    (why,) = told(outcome, "notice")
    assert why.startswith("comment: ")
    for part in ("GitHub says 403", "from a fork", "only reads", "in the job summary"):
        assert part in why
    assert "permissions" not in why, "none would help"
    assert told(outcome, "error") + told(outcome, "warning") == []
    assert {line.rpartition(" ")[2] for line in written(docs)} == {"403"}

    assert outcome.summary.count("install.md") >= 1
    assert "Limits" in outcome.summary
    assert "Quotas" in outcome.summary
    assert "+## Quotas" in outcome.summary, "with the diff, which the summary has room for"
    assert outputs(outcome)["comment-url"] == ""
    assert report(docs, outcome)["pull_request"] == payload["number"]


def test_a_fork_where_the_permission_is_what_lacks(docs: Site) -> None:
    payload = from_a_fork(docs, {"docs/install.md": QUOTAS})
    reader = docs.server.actions_token(contents="read", pull_requests="read")
    outcome = docs.run("pull_request_target", payload, token=reader)
    (why,) = told(outcome, "notice")
    assert "permissions: { contents: read, pull-requests: write }" in why


TEMPLATE = '{% extends "default:comment.md.j2" %}{% block made %}OF THE BASE{% endblock %}'


def test_a_report_of_an_earlier_job_is_in_the_bases_templates(docs: Site) -> None:
    docs.repo.commit({".github/diffinsight.yml": "templates: own\n", "own/comment.md.j2": TEMPLATE})
    docs.publish(main="main")
    payload = docs.propose(
        {"docs/install.md": QUOTAS, "own/comment.md.j2": "{{ 1 / 0 }} OF THE HEAD"}
    )
    reader = docs.server.actions_token(contents="read")
    made = docs.run("pull_request", payload, token=reader)
    head = payload["pull_request"]["head"]["sha"]
    first = {
        "event": "pull_request",
        "conclusion": "success",
        "head_sha": head,
        "head_branch": "topic",
        "head_repository": {"full_name": docs.name},
    }
    outcome = docs.run(
        "workflow_run",
        {"action": "completed", "workflow_run": first},
        files={"untrusted/report.json": json.dumps(report(docs, made))},
        report_json="untrusted/report.json",
    )
    assert outcome.code == 0, outcome.log
    (body,) = comments(docs, payload)
    assert body.rstrip().endswith("OF THE BASE")


def earlier(docs: Site, count: int) -> dict[str, str]:
    """Reports on as many days, as files in a folder."""
    made = report(docs, docs.run("push", push(docs, {"docs/install.md": None}), publish="summary"))
    parts = {}
    for day in range(count):
        ends = {"base": f"{day:040x}", "head": f"{day + 1:040x}"}
        on = date(2024, 1, 1) + timedelta(days=day)
        address = f"https://github.com/o/r/compare/{day}"
        part = {**made, **ends, "date": on.isoformat(), "permalink": address}
        parts[f"parts/{on:%Y%m%d}.json"] = json.dumps(part)
    return parts


def bring(
    docs: Site,
    parts: dict[str, str],
    *,
    token: str | None = None,
    publish: str = "",
    fail_on: str = "",
) -> Outcome:
    return docs.run(
        "workflow_dispatch",
        {"ref": "refs/heads/main"},
        token=token,
        files=parts,
        report_json="parts",
        publish=publish,
        fail_on=fail_on,
    )


def test_reports_of_earlier_jobs_are_listed_with_their_places(docs: Site) -> None:
    before = docs.repo.say("rev-parse", "HEAD")
    parts = earlier(docs, 52)
    outcome = bring(docs, parts)
    assert outcome.code == 0, outcome.log
    heading, _, *lines = outcome.summary.splitlines()
    assert heading == "#### Reports"
    assert len(lines) == 52
    assert lines[0].startswith("- 2024-02-21 [")
    links = re.findall(r"\]\((\S+)\): 1 file · 1 file breaks", outcome.summary)
    places = [link.removeprefix(f"{docs.proxy.url}/{docs.name}/blob/") for link in links]
    commits = {place.partition("/")[0] for place in places}
    assert len(commits) == 2, "fifty to a commit"
    paths = [place.partition("/")[2] for place in places]
    assert set(paths) < docs.files().keys()
    assert sorted(paths) == sorted(outputs(outcome)["report-path"].split("\n"))
    assert before != docs.server.branch_head(docs.name)

    again = bring(docs, dict(list(parts.items())[:2]), fail_on="breaking")
    assert again.code == 4
    assert again.summary.count("/blob/main/reports/2024") == 2


def test_reports_that_may_not_be_committed_are_listed(docs: Site) -> None:
    reader = docs.server.actions_token(contents="read")
    outcome = bring(docs, earlier(docs, 2), token=reader, publish="commit")
    assert outcome.code == 0
    assert len(told(outcome, "notice")) == 1
    assert outcome.summary.count("](https://github.com/o/r/compare/") == 2


def test_a_deleted_fork_is_no_obstacle(docs: Site) -> None:
    payload = docs.propose({"docs/install.md": QUOTAS})
    payload["pull_request"]["head"]["repo"] = None
    assert docs.run("pull_request", payload).code == 0
    assert len(comments(docs, payload)) == 1


@pytest.mark.parametrize(
    ("wish", "code"), [("never", 0), ("publish", 1), ("breaking", 4), ("breaking,publish", 4)]
)
def test_a_job_fails_only_on_what_it_was_asked_to(docs: Site, wish: str, code: int) -> None:
    payload = docs.propose({"docs/install.md": None})
    reader = docs.server.actions_token(contents="read", pull_requests="read")
    outcome = docs.run("pull_request", payload, token=reader, fail_on=wish)
    assert outcome.code == code
    assert bool(told(outcome, "error")) == bool(code)


def test_a_token_is_in_nothing_that_is_written(docs: Site) -> None:
    payload = docs.propose({"docs/install.md": QUOTAS})
    for permissions in ({"contents": "read"}, {"contents": "write", "pull_requests": "write"}):
        token = docs.server.actions_token(**permissions)
        outcome = docs.run("pull_request", payload, token=token)
        log = outcome.log.replace(f"::add-mask::{token}\n", "", 1)
        assert len(log) < len(outcome.log)
        assert token not in log + outcome.summary + outcome.outputs


def test_nothing_in_the_workspace_leads_the_writing_elsewhere(docs: Site, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    docs.repo.link(".diffinsight", str(outside))
    payload = docs.propose({"docs/install.md": QUOTAS})
    outcome = docs.run("pull_request", payload, checkout="full", at="topic")
    assert outcome.code == 0
    assert list(outside.iterdir()) == []
    assert report(docs, outcome)["files"] != []


def test_a_file_where_the_report_goes_is_no_obstacle(docs: Site) -> None:
    payload = docs.propose({"docs/install.md": QUOTAS, ".diffinsight": "A file.\n"})
    outcome = docs.run("pull_request", payload, checkout="full", at="topic")
    assert outcome.code == 0
    assert report(docs, outcome)["files"] != []


LACKS = {
    "pull_request": ("pull_request.base.sha", "pull_request.head.sha", "pull_request.number"),
    "push": ("before", "after", "ref"),
}


@pytest.mark.parametrize("event", LACKS)
def test_a_payload_that_lacks_everything_names_it_all(docs: Site, event: str) -> None:
    outcome = docs.run(event, {})
    assert outcome.code == 1
    for name in LACKS[event]:
        assert sum(f"`{name}`" in line for line in told(outcome, "error")) == 1
    assert docs.proxy.exchanges == []


def test_all_wrong_inputs_are_named_at_once(docs: Site) -> None:
    outcome = docs.run(
        "push",
        push(docs, {"docs/install.md": QUOTAS}),
        publish="coment",
        fail_on="never,breaking",
        language="xx",
        config="../secret.yml",
        report_name="{nope}.md",
        repository="no-slash",
        langage="en",
    )
    assert outcome.code == 1
    for name in ("coment", "never", "xx", "../secret.yml", "nope", "no-slash", "langage"):
        assert any(name in line for line in told(outcome, "error")), name
    assert docs.proxy.exchanges == []


def test_a_range_that_nobody_has_says_what_to_do(docs: Site) -> None:
    payload = push(docs, {"docs/install.md": QUOTAS})
    outcome = docs.run("push", {**payload, "before": "1" * 40})
    assert outcome.code == 1
    (line,) = told(outcome, "error")
    assert "1111111" in line
    assert ";" in line
    assert written(docs) == []


def test_a_key_has_the_model_write_and_shows_up_nowhere(docs: Site) -> None:
    payload = docs.propose({"docs/install.md": QUOTAS})
    with serving(faithful()) as service:
        outcome = docs.run(
            "pull_request",
            payload,
            llm_base_url=service.url,
            llm_model="scripted",
            llm_api_key="sk-very-secret",
            cache_path=".answers",
        )
        assert service.requests
    assert outcome.code == 0
    assert report(docs, outcome)["engine"]["name"] == "model"
    assert "::add-mask::sk-very-secret" in outcome.log
    shown = outcome.log.replace("::add-mask::sk-very-secret", "")
    assert "sk-very-secret" not in shown + outcome.outputs + outcome.summary
    assert "sk-very-secret" not in "".join(comments(docs, payload))
    assert any((outcome.workspace / ".answers").rglob("*.json"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_kept_answers_belong_to_the_workspaces_owner(docs: Site, tmp_path: Path) -> None:
    """A self-hosted runner could not remove what root has left in its workspace."""
    payload = docs.propose({"docs/install.md": QUOTAS})
    outside = tmp_path / "outside"
    outside.touch()

    def prepare(workspace: Path) -> None:
        (workspace / "own/answers").mkdir(parents=True)
        (workspace / "own/answers/link").symlink_to(outside)
        os.chown(workspace, 1001, 1002)

    with serving(faithful()) as service:
        outcome = docs.run(
            "pull_request",
            payload,
            prepare=prepare,
            llm_base_url=service.url,
            llm_model="scripted",
            llm_api_key="sk-very-secret",
            cache_path="own/answers",
        )
    assert outcome.code == 0, outcome.log
    kept = [it for it in outcome.workspace.rglob("*") if it.suffix == ".json"]
    assert {it.relative_to(outcome.workspace).parts[0] for it in kept} == {"own", ".diffinsight"}
    left = [it.lstat() for it in outcome.workspace.rglob("*")]
    assert {(it.st_uid, it.st_gid) for it in left} == {(1001, 1002)}
    assert outside.stat().st_uid == 0, "links are not followed"


def test_answers_are_kept_nowhere_else(docs: Site, tmp_path: Path) -> None:
    payload = docs.propose({"docs/install.md": QUOTAS})
    outside = tmp_path / "outside"
    outside.mkdir()
    with serving(faithful()) as service:
        outcome = docs.run(
            "pull_request",
            payload,
            prepare=lambda workspace: (workspace / "own").symlink_to(outside),
            llm_base_url=service.url,
            llm_model="scripted",
            llm_api_key="sk-very-secret",
            cache_path="own/answers",
        )
    assert outcome.code == 0
    assert any("own/answers is a link" in line for line in told(outcome, "warning"))
    assert list(outside.iterdir()) == []


def test_a_model_without_a_key_is_one_error(docs: Site) -> None:
    payload = docs.propose({"docs/install.md": QUOTAS})
    outcome = docs.run("pull_request", payload, engine="model")
    assert outcome.code == 1
    (error,) = told(outcome, "error")
    assert "engine `model` needs a key" in error
    assert comments(docs, payload) == []
