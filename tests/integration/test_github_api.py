from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from support.api_proxy import Answer, Proxy
from support.git_repo import GitRepo
from support.github_server import GitHubServer

from diffinsight.edges import ConflictError, NotFoundError, NotPermittedError
from diffinsight.errors import ActionError
from diffinsight.github_api import GitHubRepository, open_github
from diffinsight.models import ChangeSet, RunContext
from diffinsight.publishers.archive import blob_sha

SECRET = "ghs_dont-show-me"  # noqa: S105 - made up


@pytest.fixture(scope="module")
def docs(server: GitHubServer, tmp_path_factory: pytest.TempPathFactory) -> GitRepo:
    """`main` moved on after `topic` left it; `many` changes 305 files."""
    repo = GitRepo(tmp_path_factory.mktemp("docs"))
    many: dict[str, str | bytes | None] = {
        f"many/{number:03}.md": "# Page\n" for number in range(305)
    }
    first: dict[str, str | bytes | None] = {
        "docs/a b.md": "# A\n\nOne.\n",
        "old.md": "# Old\n",
        "logo.png": b"\x89\0",
    }
    repo.commit(many | first)
    repo.git("checkout", "-q", "-b", "topic")
    repo.commit({"docs/a b.md": "# A\n\nTwo.\n", "old.md": None, "新.md": "# 新\n", "e.md": ""})
    repo.commit({"logo.png": b"\x89\0\1"})
    repo.git("checkout", "-q", "-b", "many", "main")
    repo.commit(dict.fromkeys(many, "# Page\n\nMore.\n"))
    repo.git("checkout", "-q", "main")
    repo.commit({"main.md": "# Main\n"})
    name = server.create_repository("docs")
    server.push(repo.path, name, main="main", topic="topic", many="many")
    return repo


def open_docs(proxy: Proxy, name: str = "contoso/docs", token: str = SECRET) -> GitHubRepository:
    opened = open_github(name, {"GITHUB_API_URL": proxy.url, "GITHUB_TOKEN": token})
    return replace(opened, patience=0.0)


def complaint(caught: pytest.ExceptionInfo[ActionError]) -> str:
    (problem,) = caught.value.problems
    assert "\n" not in str(problem)
    assert SECRET not in str(problem)
    assert problem.hint
    return str(problem)


def test_compares_from_the_merge_base(docs: GitRepo, proxy: Proxy) -> None:
    found = open_docs(proxy).change_set(RunContext(base="main", head="topic", pull_request=7))

    assert found.base == docs.say("rev-parse", "main")
    assert found.head == docs.say("rev-parse", "topic")
    assert found.pull_request == 7
    assert found.committed_at == datetime(2024, 1, 4, 12, tzinfo=UTC)
    told = {(it.path, it.status, it.additions, it.deletions, it.binary) for it in found.files}
    assert told == {
        ("docs/a b.md", "modified", 1, 1, False),
        ("old.md", "removed", 0, 1, False),
        ("新.md", "added", 1, 0, False),
        ("e.md", "added", 0, 0, False),
        ("logo.png", "modified", 0, 0, True),
    }
    assert found.notes == ()
    by_path = {file.path: file for file in found.files}
    assert (by_path["docs/a b.md"].patch or "").startswith("@@")
    assert "\n+Two." in (by_path["docs/a b.md"].patch or "")
    assert all(file.before is None and file.after is None for file in found.files)


def test_a_head_that_was_merged_long_ago_changes_nothing(docs: GitRepo, proxy: Proxy) -> None:
    found = open_docs(proxy).change_set(RunContext(base="main", head=docs.say("rev-parse", "main")))
    assert found.files == ()
    assert found.head == found.base


def test_without_a_head_the_default_branch_is_compared(docs: GitRepo, proxy: Proxy) -> None:
    found = open_docs(proxy).change_set(RunContext(base=docs.say("rev-parse", "main~1")))
    assert [file.path for file in found.files] == ["main.md"]


@pytest.mark.usefixtures("docs")
def test_what_the_api_cuts_is_said(proxy: Proxy) -> None:
    found = open_docs(proxy).change_set(RunContext(base="main", head="many"))
    assert len(found.files) == 300
    assert [note.kind for note in found.notes] == ["range-cut"]


def test_what_the_api_cuts_is_fetched(docs: GitRepo, proxy: Proxy) -> None:
    asked: list[RunContext] = []

    def fetch(context: RunContext) -> ChangeSet:
        asked.append(context)
        return ChangeSet(base=context.base, head=context.head, two_dot=True)

    opened = replace(open_docs(proxy), fetch=fetch)
    found = opened.change_set(RunContext(base="main", head="many"))

    assert asked[0].base == docs.say("merge-base", "main", "many")
    assert asked[0].head == docs.say("rev-parse", "many")
    assert asked[0].two_dot
    assert found.base == docs.say("rev-parse", "main")
    assert not found.two_dot
    assert found.committed_at is not None


@pytest.mark.usefixtures("docs")
def test_a_fetch_that_fails_leaves_the_cut_list_and_says_so(proxy: Proxy) -> None:
    def fetch(_: RunContext) -> ChangeSet:
        raise ActionError("git is not installed", "install git")

    found = replace(open_docs(proxy), fetch=fetch).change_set(RunContext(base="main", head="many"))
    assert len(found.files) == 300
    assert [note.kind for note in found.notes] == ["range-cut", "fetch-failed"]
    assert found.notes[1].values == {"reason": "git is not installed"}


@pytest.mark.usefixtures("docs")
def test_whole_texts_are_fetched_on_request_or_their_lack_is_said(proxy: Proxy) -> None:
    def fetch(_: RunContext) -> ChangeSet:
        raise ActionError("git is not installed", "install git")

    context = RunContext(base="main", head="topic", whole=True)
    found = replace(open_docs(proxy), fetch=fetch).change_set(context)
    assert len(found.files) == 5
    assert [note.kind for note in found.notes] == ["whole-texts-missing"]


@pytest.mark.parametrize(
    ("name", "base", "head", "expected"),
    [
        ("contoso/nothing", "main", "topic", "no repository contoso/nothing"),
        ("contoso/docs", "mian", "topic", "contoso/docs has no revision mian"),
        ("contoso/docs", "main", "0" * 40, f"contoso/docs has no revision {'0' * 40}"),
    ],
)
@pytest.mark.usefixtures("docs")
def test_says_what_is_missing(proxy: Proxy, name: str, base: str, head: str, expected: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        open_docs(proxy, name).change_set(RunContext(base=base, head=head))
    assert expected in complaint(caught)


@pytest.mark.parametrize("name", ["docs", "a/b/c", "contoso/../x", "", "-/ "])
def test_refuses_what_is_no_repository_name(name: str) -> None:
    with pytest.raises(ActionError, match="is no repository"):
        open_github(name, {})


@pytest.mark.parametrize("address", ["api.example.com", "ftp://example.com", "https://"])
def test_refuses_what_is_no_web_address(address: str) -> None:
    with pytest.raises(ActionError, match="is no web address"):
        open_github("contoso/docs", {"GITHUB_API_URL": address})


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(status=401, message="Bad credentials"), "GITHUB_TOKEN"),
        (Answer(status=403, message="Resource not accessible by integration"), "permission"),
        (Answer(status=403, message="API rate limit exceeded for you."), "run again later"),
        (Answer(status=429, message="Too many requests"), "run again later"),
        (Answer(status=422, message="Validation failed"), "Validation failed"),
        (Answer(status=502, message="Bad gateway"), "GitHub keeps failing"),
        (Answer(status=403, message="x", headers={"Retry-After": "0"}), "GitHub keeps failing"),
        (Answer(status=0), "no connection"),
    ],
)
@pytest.mark.usefixtures("docs")
def test_explains_refusals(proxy: Proxy, answer: Answer, expected: str) -> None:
    proxy.refuse("GET", "/compare/", answer, times=9)
    with pytest.raises(ActionError) as caught:
        open_docs(proxy).change_set(RunContext(base="main", head="topic"))
    assert expected in complaint(caught)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=502, message="Bad gateway"),
        Answer(status=429, message="Slow down", headers={"Retry-After": "0"}),
        Answer(status=403, message="You have exceeded a secondary rate limit."),
        Answer(status=0),
    ],
)
@pytest.mark.usefixtures("docs")
def test_tries_again_after_a_hiccup(proxy: Proxy, answer: Answer) -> None:
    proxy.refuse("GET", "/compare/", answer, times=2)
    found = open_docs(proxy).change_set(RunContext(base="main", head="topic"))
    assert len(found.files) == 5


def test_nobody_listens() -> None:
    opened = GitHubRepository(
        name="contoso/docs", api_url="http://localhost:9", token=SECRET, patience=0.0
    )
    with pytest.raises(ActionError) as caught:
        opened.branch_head("main")
    assert "Connection refused" in complaint(caught)


def test_the_token_is_in_no_repr() -> None:
    assert SECRET not in repr(open_github("contoso/docs", {"GITHUB_TOKEN": SECRET}))


@pytest.mark.usefixtures("docs")
def test_two_dot_needs_a_fetch(proxy: Proxy) -> None:
    with pytest.raises(ActionError, match="merge base only"):
        open_docs(proxy).change_set(RunContext(base="main", head="topic", two_dot=True))


@pytest.mark.usefixtures("docs")
def test_comments_over_all_pages(server: GitHubServer, proxy: Proxy) -> None:
    number = server.open_pull_request("contoso/docs", head="topic")
    token = server.actions_token(pull_requests="write", contents="read")
    github = open_docs(proxy, token=token)
    texts = [f"comment {at}" for at in range(130)]
    made = [github.create_comment(number, text) for text in texts]

    assert [comment.body for comment in github.comments(number)] == texts
    assert made[0].author == "github-actions[bot]"
    assert github.update_comment(made[120].id, "changed").body == "changed"
    github.delete_comment(made[0].id)
    github.delete_comment(made[0].id)  # gone already
    assert [comment.body for comment in github.comments(number)][119] == "changed"
    state = github.pull_request(number)
    assert (state.open, state.locked) == (True, False)
    assert state.head == server.branch_head("contoso/docs", "topic")


@pytest.mark.parametrize("graphql", [True, False])
def test_files_on_a_branch(
    docs: GitRepo, server: GitHubServer, proxy: Proxy, *, graphql: bool
) -> None:
    proxy.graphql = graphql
    name = server.create_repository(f"files-{graphql}")
    server.push(docs.path, name, **{"main": "main", "feature/x": "topic"})
    github = open_docs(proxy, name, server.actions_token(contents="write"))
    head = github.branch_head("feature/x")
    files = {"reports/a b.md": "# 一\n", "reports/2024/c.md": "c\n"}

    assert github.files_below("reports", revision=head) == {}
    commit = github.commit_files(files, branch="feature/x", onto=head, message="Add\n\nWhy.")
    assert github.branch_head("feature/x") == commit
    stored = github.files_below("reports", revision=commit)
    assert {path: github.read_blob(sha) for path, sha in stored.items()} == files
    assert {path: blob_sha(text) for path, text in files.items()} == stored
    assert github.files_below("reports/2024", revision=commit).keys() == {"reports/2024/c.md"}
    with pytest.raises(ConflictError):
        github.commit_files({"d": "d"}, branch="feature/x", onto=head, message="Add")
    again = github.commit_files({"d": "d"}, branch="feature/x", onto=commit, message="Add")
    assert github.branch_head("feature/x") == again
    assert github.files_below("reports", revision=again) == stored
    assert sum("/graphql" in it for it in proxy.sent("POST")) == (3 if graphql else 1)


def test_reading_what_is_not_there(docs: GitRepo, server: GitHubServer, proxy: Proxy) -> None:
    name = server.create_repository("reading")
    server.push(docs.path, name, main="main")
    github = open_docs(proxy, name, server.actions_token(contents="read"))
    assert github.read_file("reports/a.md", branch="main") is None
    with pytest.raises(ActionError, match="is a folder"):
        github.read_file("docs", branch="main")
    with pytest.raises(NotFoundError):
        github.branch_head("nowhere")


def test_a_token_that_may_not_write(docs: GitRepo, server: GitHubServer, proxy: Proxy) -> None:
    name = server.create_repository("guarded")
    server.push(docs.path, name, main="main", topic="topic")
    number = server.open_pull_request(name, head="topic")
    token = server.actions_token(pull_requests="read", contents="read")
    github = open_docs(proxy, name, token)

    assert github.comments(number) == ()
    with pytest.raises(NotPermittedError) as caught:
        github.create_comment(number, "hello")
    assert token not in str(caught.value)
    head = github.branch_head("main")
    with pytest.raises(NotPermittedError):
        github.commit_files({"a.md": "x"}, branch="main", onto=head, message="Add")


@pytest.mark.parametrize("token", ["ghp_secret\nghp_secret", "ghp_secret 日本"])
def test_a_token_that_cannot_be_one_is_refused_and_not_shown(token: str) -> None:
    with pytest.raises(ActionError) as caught:
        open_github("contoso/docs", {"GITHUB_TOKEN": token})
    (problem,) = caught.value.problems
    assert "secret" not in str(problem)


def test_the_line_break_after_a_token_does_not_matter() -> None:
    opened = open_github("contoso/docs", {"GITHUB_TOKEN": "ghp_secret\n"})
    assert opened == open_github("contoso/docs", {"GITHUB_TOKEN": "ghp_secret"})
