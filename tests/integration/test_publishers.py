from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from support.api_proxy import Answer, Proxy
from support.git_repo import GitRepo
from support.github_server import BOT, OWNER_TOKEN, GitHubServer
from support.graphql import refusal
from support.report_samples import PLAIN_FILE

from diffinsight.github_api import GitHubRepository
from diffinsight.inputs import Inputs, read_inputs
from diffinsight.models import Finding, Publication, Report
from diffinsight.publishers import Delivery, failures, publish
from diffinsight.publishers.comment import MOST_CHARACTERS, State
from diffinsight.publishers.delivery import Form, RunNumber


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> GitRepo:
    repo = GitRepo(tmp_path_factory.mktemp("docs"))
    repo.commit({"docs/a.md": "# A\n"})
    repo.git("checkout", "-q", "-b", "topic")
    repo.commit({"docs/a.md": "# B\n"})
    repo.git("checkout", "-q", "main")
    return repo


@dataclass
class Text:
    """Stands in for rendering; notes what it was asked for."""

    text: str
    asked: list[tuple[Form, int | None]] = field(default_factory=list)

    def __call__(self, form: Form, *, limit: int | None = None) -> str:
        self.asked.append((form, limit))
        return f"{self.text}\n"


def front_matter(report: Report) -> str:
    return (
        f"---\ndate: '{report.date.isoformat()}'\npermalink: {report.permalink}\n"
        f"summary: About {report.title}.\ntitle: {report.title}\n---\n\n"
    )


@dataclass(kw_only=True)
class Place:
    """A repository with an open pull request, and a way to it through the proxy."""

    server: GitHubServer
    proxy: Proxy
    name: str
    number: int
    head: str

    def github(self, **permissions: str) -> GitHubRepository:
        granted = permissions or {"pull_requests": "write", "contents": "write"}
        token = self.server.actions_token(**granted)
        return GitHubRepository(name=self.name, api_url=self.proxy.url, token=token, patience=0.0)

    def report(self, *, files: int = 1) -> Report:
        return Report(
            title="Diff Insight Report",
            date=date(2024, 1, 3),
            language="en",
            base="b" * 40,
            head=self.head,
            permalink=f"https://github.com/{self.name}/compare/x...{self.head[:7]}",
            files=(PLAIN_FILE,) * files,
        )

    def delivery(self, text: str = "Report.", run: int = 1, **permissions: str) -> Delivery:
        report = self.report()
        return Delivery(
            report=report,
            write=Text(front_matter(report) + text if "commit" in text else text),
            github=self.github(**permissions),
            run=RunNumber(number=run),
            pull_request=self.number,
            pull_request_head=None,
            branch="main",
            reads_only=False,
            repository=self.name,
            server_url="https://github.com",
            append_summary=lambda _: None,
            sleep=lambda _: None,
        )

    def comments(self) -> list[tuple[str, str]]:
        """Author and text of each, without the hidden line."""
        found = self.server.comments(self.name, self.number)
        return [(it["user"]["login"], it["body"].rpartition("-->")[2].strip()) for it in found]


@pytest.fixture
def place(server: GitHubServer, proxy: Proxy, docs: GitRepo, own_name: str) -> Place:
    name = server.create_repository(own_name)
    server.push(docs.path, name, main="main", topic="topic")
    number = server.open_pull_request(name, head="topic")
    head = docs.say("rev-parse", "topic")
    return Place(server=server, proxy=proxy, name=name, number=number, head=head)


def asked(publishers: str) -> Inputs:
    return read_inputs({"GITHUB_EVENT_NAME": "pull_request", "INPUT_PUBLISH": publishers})


def comment(delivery: Delivery) -> Publication:
    return publish(delivery, asked("comment"))[0]


def commit(delivery: Delivery, *, name: str = "") -> Publication:
    given = {"INPUT_PUBLISH": "commit", "INPUT_REPORT-NAME": name}
    return publish(delivery, read_inputs(given))[0]


def test_a_comment_appears_is_updated_and_then_left_alone(place: Place) -> None:
    outcomes = [
        comment(place.delivery("One.", run=1)).outcome,
        comment(place.delivery("Two.", run=2)).outcome,
    ]
    before = len(place.proxy.sent("POST", "PATCH", "DELETE"))
    done = comment(place.delivery("Two.", run=3))

    assert [*outcomes, done.outcome] == ["created", "updated", "unchanged"]
    assert len(place.proxy.sent("POST", "PATCH", "DELETE")) == before
    assert place.comments() == [(BOT, "Two.")]
    assert (done.url or "").endswith("#issuecomment-1") or "#issuecomment-" in (done.url or "")


def test_the_own_comment_is_found_behind_a_hundred_others(place: Place) -> None:
    path = f"/repos/{place.name}/issues/{place.number}/comments"
    for at in range(105):
        place.server.request("POST", path, {"body": f"comment {at}"})
    comment(place.delivery("One.", run=1))
    place.server.request("POST", path, {"body": "one more"})

    assert comment(place.delivery("Two.", run=2)).outcome == "updated"
    assert [text for author, text in place.comments() if author == BOT] == ["Two."]


def test_a_copied_marker_of_somebody_else_is_left_alone(place: Place) -> None:
    forged = State(category=None, head=place.head, run=RunNumber(number=99)).line()
    path = f"/repos/{place.name}/issues/{place.number}/comments"
    place.server.request("POST", path, {"body": f"{forged}\n\nForged."})

    assert comment(place.delivery("One.")).outcome == "created"
    assert place.comments() == [("contoso", "Forged."), (BOT, "One.")]


def test_a_token_of_a_person_finds_its_own_comment(place: Place) -> None:
    github = GitHubRepository(
        name=place.name,
        api_url=place.proxy.url,
        token=OWNER_TOKEN,
        patience=0.0,
    )
    comment(replace(place.delivery("One.", run=1), github=github))
    done = comment(replace(place.delivery("Two.", run=2), github=github))
    assert done.outcome == "updated"
    assert place.comments() == [("contoso", "Two.")]


def test_an_older_run_never_overwrites_a_newer_report(place: Place) -> None:
    comment(place.delivery("New.", run=7))
    done = comment(place.delivery("Old.", run=6))
    assert (done.outcome, place.comments()) == ("skipped", [(BOT, "New.")])
    assert "run 7 is newer" in done.message


def test_a_run_for_an_older_head_writes_nothing(place: Place) -> None:
    late = place.delivery("Old.")
    late = replace(late, report=replace(late.report, head="0" * 40))
    done = comment(late)
    assert (done.outcome, place.comments()) == ("skipped", [])
    assert "newer commits" in done.message


def test_a_report_on_another_range_is_about_the_pull_request_all_the_same(place: Place) -> None:
    """The workflow's author may say what to compare; newer commits are those of the request."""
    delivery = place.delivery("Since the release.")
    other = replace(delivery.report, head="c" * 40)
    done = comment(replace(delivery, report=other, pull_request_head=place.head))
    assert done.outcome == "created"


def test_a_head_that_moves_while_the_run_lists_comments(place: Place, docs: GitRepo) -> None:
    """The head is read after everything else: what was true when the run began does not count."""
    moved = Answer(
        status=200,
        body={"head": {"sha": docs.say("rev-parse", "main")}, "state": "open", "locked": False},
    )
    place.proxy.refuse("GET", "/pulls/", moved)
    assert comment(place.delivery("Old.")).outcome == "skipped"
    order = [it for it in place.proxy.sent("GET") if "/pulls/" in it or "/comments" in it]
    assert "/pulls/" in order[-1]


def test_a_closed_pull_request_gets_no_comment(place: Place) -> None:
    path = f"/repos/{place.name}/pulls/{place.number}"
    place.server.request("PATCH", path, {"state": "closed"})
    done = comment(place.delivery("One."))
    assert (done.outcome, place.comments()) == ("skipped", [])
    assert "closed meanwhile" in done.message


def test_a_locked_conversation(place: Place) -> None:
    said = "Unable to create comment because issue is locked."
    place.proxy.refuse("POST", "/comments", Answer(status=403, message=said))
    done = comment(place.delivery("One."))
    assert done.outcome == "refused"
    assert f"unlock the conversation of #{place.number}" in done.hint


def test_nothing_in_scope_makes_no_comment_but_updates_one(place: Place) -> None:
    def quiet(run: int) -> Delivery:
        return replace(place.delivery("Nothing.", run=run), report=place.report(files=0))

    assert comment(quiet(1)).outcome == "skipped"
    assert place.comments() == []
    comment(place.delivery("One.", run=2))
    assert comment(quiet(3)).outcome == "updated"
    assert place.comments() == [(BOT, "Nothing.")]


def test_categories_have_comments_of_their_own(place: Place) -> None:
    def about(category: str, text: str, run: int) -> Delivery:
        delivery = place.delivery(text, run=run)
        return replace(delivery, report=replace(delivery.report, category=category))

    comment(about("a", "A1", 1))
    comment(about("b", "B1", 1))
    comment(about("a", "A2", 2))
    assert [text for _, text in place.comments()] == ["A2", "B1"]


def test_two_first_runs_at_once_leave_one_comment(place: Place) -> None:
    """The second run comments between the first one's look around and its comment."""
    other = place.delivery("Second.", run=2)

    def meanwhile() -> None:
        assert comment(other).outcome == "created"

    place.proxy.next_time("POST", "/comments", meanwhile)
    done = comment(place.delivery("First.", run=1))

    assert place.comments() == [(BOT, "Second.")]
    assert done.outcome == "unchanged"


def test_two_first_runs_that_do_not_see_each_other_at_once(place: Place) -> None:
    """A comment is listed a moment after it was made: the second look is not taken at once."""
    state = State(category=None, head=place.head, run=RunNumber(number=1)).line()
    path = f"/repos/{place.name}/issues/{place.number}/comments"
    mine = place.delivery("Mine.", run=2)
    token = mine.github.token if isinstance(mine.github, GitHubRepository) else ""
    waits: list[float] = []

    def meanwhile(wait: float) -> None:
        waits.append(wait)
        place.server.request("POST", path, {"body": f"{state}\n\nTheirs."}, token=token)

    comment(replace(mine, sleep=meanwhile))
    assert place.comments() == [(BOT, "Mine.")]
    assert len(waits) == 1


def test_the_newer_of_two_first_runs_wins(place: Place) -> None:
    other = place.delivery("First.", run=1)

    def meanwhile() -> None:
        comment(other)

    place.proxy.next_time("POST", "/comments", meanwhile)
    done = comment(place.delivery("Second.", run=2))

    assert place.comments() == [(BOT, "Second.")]
    assert done.outcome == "updated"


def test_a_look_afterwards_that_fails_takes_nothing_back(place: Place) -> None:
    def fail(_: float) -> None:
        place.proxy.refuse("GET", "/comments", Answer(status=500, message="Oops"), times=9)

    done = comment(replace(place.delivery("One."), sleep=fail))
    assert (done.outcome, place.comments()) == ("created", [(BOT, "One.")])
    assert done.url


def test_a_comment_that_is_taken_away_meanwhile_is_made_anew(place: Place) -> None:
    comment(place.delivery("One."))
    (made,) = place.server.comments(place.name, place.number)
    path = f"/repos/{place.name}/issues/comments/{made['id']}"

    def meanwhile() -> None:
        place.server.request("DELETE", path)

    place.proxy.next_time("PATCH", "/comments", meanwhile)
    done = comment(place.delivery("Two.", run=2))
    assert (done.outcome, place.comments()) == ("created", [(BOT, "Two.")])


def test_many_runs_at_once_leave_one_comment(place: Place) -> None:
    deliveries = [place.delivery(f"Run {run}.", run=run) for run in range(1, 9)]
    threads = [threading.Thread(target=comment, args=(it,)) for it in deliveries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(place.comments()) == 1


def test_a_comment_that_was_sent_twice_is_there_once(place: Place) -> None:
    """The server took the comment and then dropped the line: the library sends it again."""
    path = f"/repos/{place.name}/issues/{place.number}/comments"
    first = place.delivery("One.")

    def taken_but_lost() -> Answer:
        token = first.github.token if isinstance(first.github, GitHubRepository) else ""
        state = State(category=None, head=place.head, run=first.run).line()
        place.server.request("POST", path, {"body": f"{state}\n\nOne."}, token=token)
        return Answer(status=0)

    place.proxy.next_time("POST", "/comments", taken_but_lost)
    assert comment(first).outcome in {"created", "unchanged"}
    assert place.comments() == [(BOT, "One.")]


def test_a_comment_is_never_longer_than_github_takes(place: Place) -> None:
    delivery = place.delivery()
    write = Text("x")
    comment(replace(delivery, write=write))
    ((form, limit),) = write.asked
    (made,) = place.server.comments(place.name, place.number)
    assert form == "comment"
    assert (limit or 0) + len(made["body"]) - len("x") == MOST_CHARACTERS


def at_head(place: Place, delivery: Delivery, head: str, *patches: tuple[str, str]) -> Delivery:
    """A report on another head of the pull request, which the server then has."""
    pull = Answer(status=200, body={"head": {"sha": head}, "state": "open", "locked": False})
    place.proxy.refuse("GET", f"/pulls/{place.number}", pull)
    (file,) = place.report().files
    files = tuple(replace(file, path=path, patch=patch) for path, patch in patches)
    return replace(delivery, report=replace(delivery.report, head=head, files=files))


def body_of(place: Place) -> str:
    (made,) = place.server.comments(place.name, place.number)
    return str(made["body"])


def test_a_comment_tells_what_changed_since_the_report_before(place: Place) -> None:
    first = [("a.md", "+1"), ("b.md", "+2"), ("c.md", "+3")]
    comment(at_head(place, place.delivery("Head 1111111."), "1" * 40, *first))
    assert "Since" not in body_of(place)

    second = [("a.md", "+1"), ("b.md", "+x"), ("@d.md", "+4")]
    later = place.delivery("Head 2222222.", run=2)
    done = comment(at_head(place, later, "2" * 40, *second))
    changes = "new `@d.md`, changed `b.md`, and 1 file no longer differs"
    said = f"Since the report on `1111111`: {changes}."
    assert done.outcome == "updated"
    assert f"\n\n{said} <!-- since -->\n\nHead 2222222." in body_of(place)

    # Another run on the same head leaves the line as it is, whatever else it says.
    again = place.delivery("Head 2222222, other words.", run=3)
    assert comment(at_head(place, again, "2" * 40, *second)).outcome == "updated"
    assert said in body_of(place)


def test_a_push_that_changes_nothing_in_scope_leaves_the_comment_alone(place: Place) -> None:
    files = [("a.md", "+1")]
    comment(at_head(place, place.delivery("Report `0..1111111`."), "1" * 40, *files))
    before = body_of(place)
    later = place.delivery("Report `0..2222222`.", run=2)
    assert comment(at_head(place, later, "2" * 40, *files)).outcome == "unchanged"
    assert body_of(place) == before


@pytest.mark.parametrize(
    ("send", "permission"), [(comment, "pull-requests: write"), (commit, "contents: write")]
)
def test_a_token_that_only_reads(
    place: Place, send: Callable[[Delivery], Publication], permission: str
) -> None:
    done = send(place.delivery("Text.", pull_requests="read", contents="read"))
    assert done.outcome == "refused"
    assert f"{permission} }}`" in done.hint
    assert failures([done]) == (done,)
    assert place.comments() == []


@pytest.mark.parametrize("publisher", ["comment", "commit", "comment,commit"])
def test_what_is_refused_goes_to_the_summary_once(place: Place, publisher: str) -> None:
    summaries: list[str] = []
    readable = place.delivery("Text.", pull_requests="read", contents="read")
    done = publish(replace(readable, append_summary=summaries.append), asked(publisher))
    assert [it.destination for it in done] == [*publisher.split(","), "summary"]
    assert summaries == ["Text.\n"]


def test_parts_are_committed_each_and_commented_on_together(place: Place) -> None:
    whole = place.delivery("commit whole")
    parts = [
        replace(whole, report=replace(whole.report, category=category)) for category in ("a", "b")
    ]
    done = publish(whole, asked("comment,commit"), parts=parts)
    assert [it.destination for it in done] == ["comment", "commit", "commit"]
    assert len({it.commit for it in done[1:]}) == 1
    assert len({it.path for it in done[1:]}) == 2
    assert len(place.comments()) == 1


def test_the_summary_is_written_within_its_limit(place: Place) -> None:
    summaries: list[str] = []
    write = Text("Text.")
    delivery = replace(place.delivery(), write=write, append_summary=summaries.append)
    (done,) = publish(delivery, asked("summary"))
    assert (done.outcome, summaries) == ("created", ["Text.\n"])
    ((form, limit),) = write.asked
    assert form == "summary"
    assert 0 < (limit or 0) <= 1024 * 1024


def test_a_destination_that_fails_stops_no_other(place: Place) -> None:
    place.proxy.refuse("GET", "/comments", Answer(status=500, message="Oops"), times=9)
    summaries: list[str] = []
    delivery = replace(place.delivery("Text."), append_summary=summaries.append)
    done = publish(delivery, asked("comment,summary"))
    assert [it.outcome for it in done] == ["failed", "created"]
    assert done[0].hint
    assert summaries


def test_a_report_is_committed_once(place: Place) -> None:
    first = commit(place.delivery("commit one"))
    head = place.server.branch_head(place.name)
    again = commit(place.delivery("commit one", run=2))
    changed = commit(place.delivery("commit two", run=3))

    assert [first.outcome, again.outcome, changed.outcome] == ["created", "unchanged", "updated"]
    assert (
        first.path
        == again.path
        == changed.path
        == f"reports/202401/report-20240103-{place.head[:7]}.md"
    )
    assert first.commit == head
    assert place.server.text_of(place.name, first.path or "").endswith("commit two\n")


def test_another_ranges_report_is_not_overwritten(place: Place) -> None:
    first = commit(place.delivery("commit one"), name="%Y%m%d.md")
    other = place.delivery("commit two")
    report = replace(other.report, permalink="https://other", head="c" * 40)
    second = commit(replace(other, report=report, write=Text("other")), name="%Y%m%d.md")

    assert (first.path, second.path) == ("reports/20240103.md", "reports/20240103-ccccccc.md")
    assert "commit one" in place.server.text_of(place.name, "reports/20240103.md")


COMMITS = ["/graphql", "/git/refs/heads/main"]  # what makes a commit, with GraphQL and without


@pytest.mark.parametrize(("graphql", "last"), [(True, COMMITS[0]), (False, COMMITS[1])])
def test_a_branch_that_moves_meanwhile(place: Place, *, graphql: bool, last: str) -> None:
    place.proxy.graphql = graphql
    path = f"reports/202401/report-20240103-{place.head[:7]}.md"
    rival = place.github(contents="write")

    def meanwhile() -> None:
        text = front_matter(place.report()) + "rival\n"
        head = rival.branch_head("main")
        rival.commit_files({path: text}, branch="main", onto=head, message="Rival")

    place.proxy.next_time("POST" if graphql else "PATCH", last, meanwhile)
    done = commit(place.delivery("commit mine"))
    assert (done.outcome, done.path) == ("updated", path)
    assert place.server.text_of(place.name, path).endswith("commit mine\n")


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=409, message="is at 1 but expected 2"),
        Answer(status=200, body=refusal("STALE_DATA", "Expected branch to point to ...")),
    ],
)
def test_a_branch_that_moves_again_and_again(place: Place, answer: Answer) -> None:
    place.proxy.refuse("POST", "/graphql", answer, times=30)
    waits: list[float] = []
    done = commit(replace(place.delivery("commit"), sleep=waits.append))
    assert done.outcome == "failed"
    assert len(waits) == 23
    assert waits == sorted(waits)
    assert max(waits) < 32


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=403, message="Resource not accessible by integration"),
        Answer(status=200, body=refusal("FORBIDDEN", "Resource not accessible by integration")),
        Answer(
            status=200,
            body=refusal(
                "UNPROCESSABLE",
                "Repository rule violations found\n\nChanges must be made through a pull request.",
            ),
        ),
        Answer(status=200, body=refusal("UNPROCESSABLE", "Protected branch update failed")),
    ],
)
def test_a_protected_branch(place: Place, answer: Answer) -> None:
    place.proxy.refuse("POST", "/graphql", answer, times=9)
    done = commit(place.delivery("commit"))
    assert (done.outcome, "contents: write" in done.hint) == ("refused", True)
    assert sum("/graphql" in it for it in place.proxy.sent("POST")) <= 4  # the library's own tries


def test_a_protected_branch_without_graphql(place: Place) -> None:
    said = "Repository rule violations found: Changes must be made through a pull request."
    place.proxy.refuse("PATCH", "/git/refs/", Answer(status=422, message=said))
    assert commit(place.delivery("commit")).outcome == "refused"


@pytest.mark.parametrize("graphql", [True, False])
def test_twenty_runs_at_once_lose_no_report(place: Place, *, graphql: bool) -> None:
    place.proxy.graphql = graphql
    runs = [place.delivery("commit", run=run) for run in range(1, 21)]
    deliveries = []
    for number, run in enumerate(runs, start=1):
        report = replace(
            run.report,
            title=f"Report {number}",
            date=date(2024, 1 + number % 3, number),
            head=f"{number:040x}",
            permalink=f"https://github.com/x/y/compare/{number}",
        )
        text = Text(front_matter(report) + f"commit {number}")
        deliveries.append(
            replace(run, report=report, write=text, sleep=lambda wait: time.sleep(wait / 40))
        )
    with ThreadPoolExecutor(20) as pool:
        done = list(pool.map(commit, deliveries))

    assert {it.outcome for it in done} == {"created"}
    assert len({it.commit for it in done}) == len({it.path for it in done}) == 20
    for number, made in enumerate(done, start=1):
        committed = place.server.text_of(place.name, made.path or "")
        assert committed.endswith(f"commit {number}\n")
    index = place.server.text_of(place.name, "reports/README.md")
    listed = re.findall(r"^- (\S+) \[Report (\d+)\]\((\S+)\): About", index, re.MULTILINE)
    assert {f"reports/{path}" for _, _, path in listed} == {it.path for it in done}
    assert [day for day, _, _ in listed] == sorted((it[0] for it in listed), reverse=True)
    feed = ET.fromstring(place.server.text_of(place.name, "reports/feed.xml"))  # noqa: S314 - ours
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 20


def test_the_pages_of_a_few_runs_are_those_of_one_that_reads_all(place: Place) -> None:
    for number in range(1, 4):
        run = place.delivery()
        report = replace(
            run.report, head=f"{number:040x}", permalink=f"https://x/{number}", title=f"T {number}"
        )
        commit(replace(run, report=report, write=Text(front_matter(report))))
    pages = ["reports/README.md", "reports/feed.xml"]
    made = [place.server.text_of(place.name, path) for path in pages]
    github = place.github()
    head = github.branch_head("main")
    generated = dict.fromkeys(pages, "<!-- diffinsight index --><generator>diffinsight</generator>")
    github.commit_files(generated, branch="main", onto=head, message="Lose what was known")

    assert commit(replace(run, report=report, write=Text(front_matter(report)))).outcome == (
        "unchanged"
    )
    assert [place.server.text_of(place.name, path) for path in pages] == made


def test_pages_of_somebody_else_stay_as_they_are(place: Place) -> None:
    github = place.github()
    head = github.branch_head("main")
    theirs = {"reports/README.md": "# Ours\n", "reports/feed.xml": "<rss/>\n", "reports/a.md": "-"}
    github.commit_files(theirs, branch="main", onto=head, message="Theirs")
    assert commit(place.delivery("commit")).outcome == "created"
    assert {path: place.server.text_of(place.name, path) for path in theirs} == theirs


def test_a_run_reads_only_what_is_new_to_it(place: Place) -> None:
    commit(place.delivery("commit one"))
    other = place.delivery("commit")
    report = replace(other.report, permalink="https://other", head="c" * 40)
    place.proxy.exchanges.clear()
    commit(replace(other, report=report, write=Text(front_matter(report))))
    assert sum("/git/blobs/" in it for it in place.proxy.sent("GET")) == 2  # index and feed


def test_a_branch_that_was_deleted_meanwhile(place: Place) -> None:
    done = commit(replace(place.delivery("commit"), branch="gone"))
    assert done.outcome == "skipped"
    assert "gone is not there" in done.message


def test_what_stands_beside_a_report_is_committed_with_it(place: Place) -> None:
    beside = {"reports/state.json": "{}\n"}
    done = commit(replace(place.delivery("commit"), beside=beside))
    assert place.server.text_of(place.name, "reports/state.json") == "{}\n"
    assert place.server.branch_head(place.name) == done.commit
    alone = replace(place.delivery("commit"), report=place.report(files=0), beside=beside)
    assert publish(alone, asked("commit")) == ()


def test_nothing_in_scope_commits_nothing(place: Place) -> None:
    head = place.server.branch_head(place.name)
    done = commit(replace(place.delivery("commit"), report=place.report(files=0)))
    assert done.outcome == "skipped"
    assert place.server.branch_head(place.name) == head


def test_a_fork_has_no_branch_to_commit_to(place: Place) -> None:
    assert commit(replace(place.delivery("commit"), branch=None)).outcome == "refused"


def send(delivery: Delivery, **inputs: str) -> Publication:
    given = {f"INPUT_{name.upper().replace('_', '-')}": text for name, text in inputs.items()}
    return publish(delivery, read_inputs(given))[0]


def test_a_check_run_with_more_remarks_than_a_request_takes(place: Place) -> None:
    found = tuple(
        Finding(
            kind="heading-removed",
            subject=f"S {line}",
            impact="breaking",
            before=f"S {line}",
            after_lines=(line, line),
        )
        for line in range(1, 121)
    )
    (file,) = place.report().files
    delivery = place.delivery("Text.", checks="write")
    report = replace(delivery.report, files=(replace(file, findings=found),))
    done = send(replace(delivery, report=report), publish="check", fail_on="breaking")

    assert done.outcome == "created"
    listed = place.server.request("GET", f"/repos/{place.name}/commits/{place.head}/check-runs")
    (run,) = listed["check_runs"]
    assert (run["name"], run["status"], run["conclusion"]) == (
        "diffinsight",
        "completed",
        "failure",
    )
    assert run["output"]["title"] == "1 file breaks something for readers"
    sent = [json.loads(it.body) for it in place.proxy.exchanges if "check-runs" in it.path]
    assert [len(it["output"]["annotations"]) for it in sent] == [50, 50, 20]


def test_a_check_run_only_informs_unless_asked_to_fail(place: Place) -> None:
    delivery = place.delivery("Text.", checks="write")
    quiet = replace(delivery, report=place.report(files=0))
    assert send(quiet, publish="check").outcome == "created"
    listed = place.server.request("GET", f"/repos/{place.name}/commits/{place.head}/check-runs")
    assert [it["conclusion"] for it in listed["check_runs"]] == ["neutral"]


def test_a_check_run_without_a_pull_request_is_on_the_reported_commit(place: Place) -> None:
    delivery = place.delivery("Text.", checks="write")
    watched = replace(delivery, pull_request=None, pull_request_head="main")
    assert send(watched, publish="check").outcome == "created"
    (sent,) = (json.loads(it.body) for it in place.proxy.exchanges if "check-runs" in it.path)
    assert sent["head_sha"] == place.head


def test_a_token_that_may_write_no_checks(place: Place) -> None:
    done = send(place.delivery("Text.", contents="read"), publish="check")
    assert done.outcome == "refused"
    assert "checks: write" in done.hint


def test_another_branch_is_made_from_the_default_branch(place: Place) -> None:
    head = place.server.branch_head(place.name)
    first = send(place.delivery("commit one"), publish="commit", commit_branch="docs/reports")
    again = send(place.delivery("commit two"), publish="commit", commit_branch="docs/reports")
    assert (first.outcome, again.outcome) == ("created", "updated")
    assert place.server.branch_head(place.name) == head
    text = place.server.text_of(place.name, first.path or "", branch="docs/reports")
    assert text.endswith("commit two\n")


def test_a_fork_is_reported_on_another_branch(place: Place) -> None:
    fork = replace(place.delivery("commit"), branch=None)
    assert send(fork, publish="commit", commit_branch="reports").outcome == "created"


REQUEST = {"publish": "commit", "commit_via": "pull-request"}


def about(delivery: Delivery, number: int) -> Delivery:
    """The same about another range."""
    report = replace(delivery.report, head=f"{number:040x}", permalink=f"https://x/{number}")
    text = front_matter(report) + f"commit {number}"
    return replace(delivery, report=report, write=Text(text))


def test_reports_come_as_one_pull_request(place: Place) -> None:
    head = place.server.branch_head(place.name)
    done = [send(about(place.delivery(), number), **REQUEST) for number in (1, 2, 2)]
    assert [it.outcome for it in done] == ["created", "created", "unchanged"]
    assert len({it.url for it in done}) == 1
    assert place.server.branch_head(place.name) == head
    number = int((done[0].url or "").rpartition("/")[2])
    pull = place.server.request("GET", f"/repos/{place.name}/pulls/{number}")
    assert (pull["base"]["ref"], pull["title"]) == ("main", "Add reports on what changed")
    branch = pull["head"]["ref"]
    assert branch == f"diffinsight/reports-{head[:7]}"
    index = place.server.text_of(place.name, "reports/README.md", branch=branch)
    assert index.count("\n- 2024") == 2


def test_a_pull_request_that_was_closed_is_left_alone(place: Place) -> None:
    first = send(about(place.delivery(), 1), **REQUEST)
    number = (first.url or "").rpartition("/")[2]
    path = f"/repos/{place.name}/pulls/{number}"
    place.server.request("PATCH", path, {"state": "closed"})
    second = send(about(place.delivery(), 2), **REQUEST)
    assert second.outcome == "created"
    assert second.url != first.url
    branch = f"diffinsight/reports-{place.server.branch_head(place.name)[:7]}-2"
    index = place.server.text_of(place.name, "reports/README.md", branch=branch)
    assert index.count("\n- 2024") == 1


def test_what_stands_in_the_branch_already_needs_no_pull_request(place: Place) -> None:
    commit(about(place.delivery(), 1))
    before = len(place.proxy.sent("POST", "PATCH"))
    done = send(about(place.delivery(), 1), **REQUEST)
    assert (done.outcome, done.url) == ("unchanged", None)
    assert len(place.proxy.sent("POST", "PATCH")) == before


def test_several_runs_at_once_share_a_pull_request(place: Place) -> None:
    deliveries = [
        replace(about(place.delivery(run=number), number), sleep=lambda wait: time.sleep(wait / 40))
        for number in range(1, 6)
    ]
    with ThreadPoolExecutor(5) as pool:
        done = list(pool.map(lambda it: send(it, **REQUEST), deliveries))
    assert {it.outcome for it in done} == {"created"}
    assert len({it.url for it in done}) == 1


def test_a_setting_may_forbid_pull_requests(place: Place) -> None:
    said = "GitHub Actions is not permitted to create or approve pull requests."
    place.proxy.refuse("POST", "/pulls", Answer(status=403, message=said), times=9)
    done = send(about(place.delivery(), 1), **REQUEST)
    assert done.outcome == "refused"
    assert "settings" in done.hint
