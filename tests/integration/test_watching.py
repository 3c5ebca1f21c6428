"""A repository that is watched on a schedule: the state is in the reports folder, days add up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.action_run import Outcome, Site, site
from support.api_proxy import Answer
from support.git_repo import GitRepo
from support.github_server import GitHubServer

SCHEDULE = {"schedule": "0 2 * * *"}
STATE = "reports/.diffinsight/{}.json"


def morning(day: int) -> datetime:
    return datetime(2024, 1, day, 2, tzinfo=UTC)


@pytest.fixture
def home(server: GitHubServer, own_name: str, tmp_path: Path) -> Iterator[Site]:
    """The repository with the workflow."""
    repo = GitRepo(tmp_path / "home")
    repo.commit({"README.md": "# Reports\n"})
    with site(server, own_name, repo, tmp_path) as made:
        made.publish(main="main")
        yield made


@pytest.fixture
def upstream(home: Site, tmp_path: Path) -> Site:
    """Somebody else's documentation: a commit at noon of each day from 2 January on."""
    repo = GitRepo(tmp_path / "upstream")
    repo.commit({"docs/a.md": "# A\n"})
    made = home.another(f"{home.name.partition('/')[2]}-upstream", repo)
    change(made, "docs/a.md", "# A\n\nOne.\n")
    return made


def change(upstream: Site, path: str, text: str) -> str:
    commit = upstream.repo.commit({path: text})
    upstream.publish(main="main")
    return commit


def watch(
    home: Site, upstream: Site, day: int, *, every: str = "", commit_via: str = ""
) -> Outcome:
    outcome = home.run(
        "schedule",
        SCHEDULE,
        now=morning(day),
        repository=upstream.name,
        every=every,
        commit_via=commit_via,
    )
    assert outcome.code == 0, outcome.log
    assert "::error" not in outcome.log
    return outcome


def reports(home: Site, branch: str = "main") -> list[str]:
    return [path for path in home.files(branch) if "/report-" in path]


def state(home: Site, upstream: Site) -> str:
    return str(json.loads(home.files()[STATE.format(upstream.name)])["head"])


@pytest.mark.covers("schedule", "commit", "summary", "outputs")
def test_a_report_a_day_and_nothing_when_nothing_came(home: Site, upstream: Site) -> None:
    first = upstream.repo.say("rev-parse", "HEAD")
    watch(home, upstream, 4)
    assert reports(home) == ["reports/202401/report-20240103.md"]
    assert state(home, upstream) == first
    tip = home.server.branch_head(home.name)

    outcome = watch(home, upstream, 4)
    assert "no report: nothing in scope changed" in outcome.log
    assert home.server.branch_head(home.name) == tip
    assert outcome.summary == ""

    second = change(upstream, "docs/a.md", "# A\n\nTwo.\n")
    watch(home, upstream, 5)
    assert reports(home)[1:] == ["reports/202401/report-20240104.md"]
    assert state(home, upstream) == second


def test_a_day_is_told_when_it_is_over(home: Site, upstream: Site) -> None:
    watch(home, upstream, 4)
    change(upstream, "docs/a.md", "# A\n\nTwo.\n")  # on the 4th
    evening = datetime(2024, 1, 4, 23, tzinfo=UTC)
    home.run("schedule", SCHEDULE, now=evening, repository=upstream.name)
    assert len(reports(home)) == 1
    outcome = home.run("schedule", SCHEDULE, now=evening, repository=upstream.name, every="run")
    assert outcome.code == 0
    assert len(reports(home)) == 2


def test_days_that_were_missed_are_caught_up(home: Site, upstream: Site) -> None:
    watch(home, upstream, 4)
    for text in ("Two.", "Three.", "Four."):
        change(upstream, "docs/a.md", f"# A\n\n{text}\n")
    watch(home, upstream, 9)
    assert reports(home) == [f"reports/202401/report-202401{day:02}.md" for day in (3, 4, 5, 6)]
    report = home.files()["reports/202401/report-20240105.md"]
    assert "Three." in report
    assert "Four." not in report


def test_a_week_at_a_time(home: Site, upstream: Site) -> None:
    for text in ("Two.", "Three.", "Four.", "Five.", "Six."):
        change(upstream, "docs/a.md", f"# A\n\n{text}\n")  # to the 8th, a Monday
    watch(home, upstream, 9, every="week")
    (path,) = reports(home)
    assert path == "reports/202401/report-20240107.md"
    assert "Five." in home.files()[path]


def test_what_is_out_of_scope_writes_nothing(home: Site, upstream: Site) -> None:
    home.repo.commit({".github/diffinsight.yml": "include: docs/**\n"})
    home.publish(main="main")
    change(upstream, "src/a.py", "print()\n")
    tip = home.server.branch_head(home.name)
    outcome = watch(home, upstream, 5)
    assert "nothing in scope changed" in outcome.log
    assert home.server.branch_head(home.name) == tip


def test_reports_are_in_the_templates_of_the_branch(home: Site, upstream: Site) -> None:
    template = '{% extends "default:report.md.j2" %}{% block insights %}OURS{% endblock %}'
    home.repo.commit({".github/diffinsight.yml": "templates: own\n", "own/report.md.j2": template})
    home.publish(main="main")
    watch(home, upstream, 4)
    (path,) = reports(home)
    assert "OURS" in home.files()[path]


def test_one_report_for_each_category(home: Site, upstream: Site) -> None:
    config = "categories: {guides: docs/**, tools: tools/**}\ntimezone: Asia/Tokyo\n"
    home.repo.commit({".github/diffinsight.yml": config})
    home.publish(main="main")
    upstream.repo.write("tools/b.md", "# B\n")
    change(upstream, "docs/a.md", "# A\n\nTwo.\n")
    watch(home, upstream, 6)
    assert reports(home) == [
        "reports/202401/report-20240104-guides.md",
        "reports/202401/report-20240104-tools.md",
    ]


@pytest.mark.parametrize("gone", [False, True])
def test_a_branch_that_was_pushed_with_force(home: Site, upstream: Site, *, gone: bool) -> None:
    watch(home, upstream, 4)
    lost = state(home, upstream)
    upstream.repo.git("reset", "-q", "--hard", "HEAD~1")
    new = change(upstream, "docs/b.md", "# B\n")
    if gone:
        upstream.repo.git("-C", str(upstream.bare), "reflog", "expire", "--expire=now", "--all")
        upstream.repo.git("-C", str(upstream.bare), "prune", "--expire=now")
    outcome = watch(home, upstream, 6)
    text = home.files()[reports(home)[-1]]
    assert state(home, upstream) == new
    assert "b.md" in text
    if gone:
        assert f"{lost[:7]}, where the last report ended, is gone" in outcome.log
    else:
        assert "a.md" in text  # it went back to what it was


def test_a_repository_that_was_renamed_is_followed(home: Site, upstream: Site) -> None:
    watch(home, upstream, 4)
    change(upstream, "docs/a.md", "# A\n\nTwo.\n")
    old = Site(
        server=home.server,
        proxy=home.proxy,
        name="contoso/old-name",
        repo=upstream.repo,
        home=home.home,
    )
    answer = home.server.request("GET", f"/repos/{upstream.name}")
    home.proxy.refuse("GET", "/repos/contoso/old-name", Answer(status=200, body=answer))
    outcome = watch(home, old, 5)
    assert f"contoso/old-name is called {upstream.name} now" in outcome.log
    assert len(reports(home)) == 2


def test_a_repository_that_was_deleted_ends_nothing_in_red(home: Site, upstream: Site) -> None:
    watch(home, upstream, 4)
    tip = home.server.branch_head(home.name)
    home.server.request("DELETE", f"/repos/{upstream.name}")
    outcome = watch(home, upstream, 5)
    assert "::warning" in outcome.log
    assert "is not there any more" in outcome.log
    assert home.server.branch_head(home.name) == tip


def test_a_repository_that_never_was_is_a_mistake(home: Site) -> None:
    outcome = home.run("schedule", SCHEDULE, now=morning(4), repository="contoso/nowhere")
    assert outcome.code == 1
    assert "contoso/nowhere" in outcome.log


def test_the_own_repository_can_be_watched_too(home: Site) -> None:
    home.repo.commit({"docs/a.md": "# A\n"})
    home.publish(main="main")
    outcome = home.run("schedule", SCHEDULE, now=morning(4), checkout="shallow")
    assert outcome.code == 0, outcome.log
    (path,) = reports(home)
    assert path.startswith("reports/202401/report-20240103-")
    again = home.run("workflow_dispatch", {"ref": "refs/heads/main"}, now=morning(4))
    assert again.code == 0
    assert "nothing in scope changed" in again.log


def ask(home: Site, upstream: Site, day: int) -> Outcome:
    """A run whose reports wait in a pull request."""
    return watch(home, upstream, day, commit_via="pull-request")


def waiting(home: Site) -> list[tuple[int, str]]:
    """Number and branch of each open pull request."""
    pulls = home.server.request("GET", f"/repos/{home.name}/pulls?state=open")
    return [(it["number"], it["head"]["ref"]) for it in pulls]


def commits(home: Site, branch: str) -> int:
    return len(home.server.request("GET", f"/repos/{home.name}/commits?sha={branch}&per_page=100"))


def test_a_pull_request_that_waits_gets_each_day_once(home: Site, upstream: Site) -> None:
    ask(home, upstream, 4)
    ((number, branch),) = waiting(home)
    third = home.files(branch)["reports/202401/report-20240103.md"]
    assert commits(home, branch) == commits(home, "main") + 1

    again = ask(home, upstream, 4)
    assert "nothing in scope changed" in again.log

    for text in ("Two.", "Three."):
        change(upstream, "docs/a.md", f"# A\n\n{text}\n")
    ask(home, upstream, 6)
    assert waiting(home) == [(number, branch)]
    days = [f"reports/202401/report-2024010{day}.md" for day in (3, 4, 5)]
    assert reports(home, branch) == days
    assert home.files(branch)[days[0]] == third
    assert commits(home, branch) == commits(home, "main") + 3
    assert reports(home) == []


def test_a_merged_pull_request_is_followed_by_another(home: Site, upstream: Site) -> None:
    ask(home, upstream, 4)
    ((number, branch),) = waiting(home)
    home.server.request("PUT", f"/repos/{home.name}/pulls/{number}/merge", {})
    change(upstream, "docs/a.md", "# A\n\nTwo.\n")
    ask(home, upstream, 5)
    ((later, other),) = waiting(home)
    assert (later != number, other != branch) == (True, True)
    made = [f"reports/202401/report-2024010{day}.md" for day in (3, 4)]
    assert reports(home) == made[:1]
    assert reports(home, other) == made


def test_what_a_closed_pull_request_held_is_made_again(home: Site, upstream: Site) -> None:
    ask(home, upstream, 4)
    ((number, branch),) = waiting(home)
    home.server.request("PATCH", f"/repos/{home.name}/pulls/{number}", {"state": "closed"})
    ask(home, upstream, 4)
    ((_, other),) = waiting(home)
    assert other != branch
    assert reports(home, other) == ["reports/202401/report-20240103.md"]


def test_a_state_that_is_merged_already_counts_too(
    home: Site, upstream: Site, tmp_path: Path
) -> None:
    """Another watch has the pull request open, on a branch from before this one's last report."""
    repo = GitRepo(tmp_path / "second")
    repo.commit({"docs/a.md": "# A\n"})
    second = home.another(f"{home.name.partition('/')[2]}-second", repo)
    change(second, "docs/a.md", "# A\n\nOne.\n")
    ask(home, upstream, 4)
    watch(home, second, 4)
    change(second, "docs/a.md", "# A\n\nTwo.\n")
    ask(home, second, 5)
    ((_, branch),) = waiting(home)
    held = home.files(branch)
    assert {STATE.format(upstream.name), STATE.format(second.name)} <= held.keys()
    assert reports(home, branch) == [f"reports/202401/report-2024010{day}.md" for day in (3, 4)]
    assert "Two." in held["reports/202401/report-20240104.md"]


def test_a_token_that_may_not_list_pull_requests(home: Site, upstream: Site) -> None:
    said = "Resource not accessible by integration"
    home.proxy.refuse("GET", "/pulls", Answer(status=403, message=said), times=20)
    outcome = ask(home, upstream, 4)
    assert "pull-requests: write" in outcome.log
    assert "::notice" in outcome.log


def test_a_watched_repository_is_never_written_to(home: Site, upstream: Site) -> None:
    watch(home, upstream, 4)
    writes = home.proxy.sent("POST", "PUT", "PATCH", "DELETE")
    there = [it for it in writes if upstream.name in it and "git-upload-pack" not in it]
    assert there == []
