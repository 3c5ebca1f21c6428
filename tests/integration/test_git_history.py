"""The history of a branch on a git server, without its files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.git_repo import GitRepo, clean_environ
from support.git_server import serve_git

from diffinsight.edges import History
from diffinsight.errors import ActionError
from diffinsight.git_cli import GitRepository, fetch_history


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    """A commit on each of 2 to 7 January; the one of the 6th was merged, beside the 5th's."""
    made = GitRepo(tmp_path / "work")
    for day in (2, 3, 4, 5):
        made.commit({"a.md": f"# {day}\n"})
    made.git("checkout", "-q", "-b", "side", "main~1")
    made.commit({"b.md": "# B\n"})
    made.git("checkout", "-q", "main")
    made.commits += 1
    made.git("merge", "-q", "--no-ff", "-m", "Merge", "side")
    return made


@pytest.fixture
def url(repo: GitRepo, tmp_path: Path) -> Iterator[str]:
    bare = tmp_path / "git/docs.git"
    repo.git("clone", "-q", "--bare", "--no-local", str(repo.path), str(bare))
    repo.git("-C", str(bare), "config", "uploadpack.allowFilter", "true")
    with serve_git(tmp_path / "git") as server:
        yield f"{server.url}/docs.git"


def read(url: str, day: int, branch: str | None = "main") -> History:
    since = datetime(2024, 1, day, tzinfo=UTC)
    return fetch_history(url, branch=branch, since=since, environ=clean_environ())


def test_commits_along_first_parents_and_what_they_stand_on(repo: GitRepo, url: str) -> None:
    found = read(url, 4)
    wanted = repo.say("rev-list", "--first-parent", "--max-count=3", "main").split()
    assert [commit.sha for commit in found.commits] == wanted
    assert found.before == repo.say("rev-parse", f"{wanted[-1]}~1")
    assert [commit.committed_at for commit in found.commits] == [
        datetime(2024, 1, day, 12, tzinfo=UTC) for day in (7, 5, 4)
    ]


def test_the_default_branch_and_all_of_it(repo: GitRepo, url: str) -> None:
    found = read(url, 1, branch=None)
    assert found.before is None
    assert found.commits[-1].sha == repo.say("rev-list", "--max-parents=0", "main")


def test_of_a_quiet_branch_the_newest_commit(repo: GitRepo, url: str) -> None:
    found = read(url, 20)
    assert [commit.sha for commit in found.commits] == [repo.say("rev-parse", "main")]
    assert found.before == repo.say("rev-parse", "main~1")


@pytest.mark.parametrize("branch", ["--upload-pack=x", "a b", "nowhere"])
def test_branches_that_are_none(url: str, branch: str) -> None:
    with pytest.raises(ActionError):
        read(url, 1, branch=branch)


def of_clone(repo: GitRepo, day: int, branch: str | None = None) -> History:
    opened = GitRepository(path=repo.path, environ=clean_environ())
    return opened.history(branch=branch, since=datetime(2024, 1, day, tzinfo=UTC))


@pytest.mark.parametrize("day", [1, 4, 20])
def test_a_clone_tells_what_a_server_tells(repo: GitRepo, url: str, day: int) -> None:
    assert of_clone(repo, day) == read(url, day)


def test_a_clone_knows_its_other_branches_and_those_of_its_origin(
    repo: GitRepo, tmp_path: Path
) -> None:
    assert of_clone(repo, 1, "side").commits[0].sha == repo.say("rev-parse", "side")
    repo.git("clone", "-q", str(repo.path), str(tmp_path / "copy"))
    copy = GitRepository(path=tmp_path / "copy", environ=clean_environ())
    found = copy.history(branch="side", since=datetime(2024, 1, 1, tzinfo=UTC))
    assert found == of_clone(repo, 1, "side")


def test_a_branch_that_a_clone_does_not_have(repo: GitRepo) -> None:
    with pytest.raises(ActionError, match="revision nowhere does not exist"):
        of_clone(repo, 1, "nowhere")
