from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from diffinsight.edges import NotFoundError, PullRequestEnds, Release
from diffinsight.event import Trigger
from diffinsight.models import RunContext
from diffinsight.resolving import read_version, release_before, resolve

NAME = "contoso/docs"
ENDS = PullRequestEnds(
    number=7, base="b" * 40, head="a" * 40, head_repository=NAME, branch="topic", open=True
)
FORK = replace(ENDS, number=8, head_repository="somebody/docs")


@dataclass(frozen=True, kw_only=True)
class Server:
    """Knows two pull requests, and who may write."""

    pulls: tuple[PullRequestEnds, ...] = (ENDS, FORK)
    published: tuple[Release, ...] = ()

    def current_name(self) -> str:
        return NAME

    def pull_request_ends(self, number: int) -> PullRequestEnds:
        for ends in self.pulls:
            if ends.number == number:
                return ends
        raise NotFoundError(f"no #{number}")

    def open_pull_requests(
        self, *, head_repository: str, branch: str
    ) -> tuple[PullRequestEnds, ...]:
        wanted = (head_repository, branch)
        return tuple(it for it in self.pulls if (it.head_repository, it.branch) == wanted)

    def releases(self) -> tuple[Release, ...]:
        return self.published

    def may_write(self, login: str) -> bool:
        return login == "maintainer"


def command(login: str, number: int = 7) -> Trigger:
    return Trigger(
        event="issue_comment",
        context=RunContext(repository=NAME, pull_request=number),
        default_branch="main",
        asks="pull-request",
        commander=login,
    )


def ran(repository: str | None, head: str = "a" * 40) -> Trigger:
    return Trigger(
        event="workflow_run",
        context=RunContext(repository=NAME, head=head),
        default_branch="main",
        branch="topic",
        asks="pull-request",
        head_repository=repository,
    )


def test_a_maintainers_command_has_the_range_of_the_pull_request_as_it_is_now() -> None:
    trigger = resolve(command("maintainer"), Server())
    assert (trigger.idle, trigger.asks, trigger.from_fork) == (None, None, False)
    assert trigger.context == RunContext(
        repository=NAME, base="b" * 40, head="a" * 40, pull_request=7
    )
    assert resolve(command("maintainer", 8), Server()).from_fork


@pytest.mark.parametrize(
    ("login", "number", "why"),
    [
        ("passer-by", 7, "passer-by asked for it and may not write to the repository"),
        ("maintainer", 9, "the pull request #9 is not there any more"),
        ("maintainer", 6, "the pull request #6 is closed"),
    ],
)
def test_commands_that_lead_to_nothing(login: str, number: int, why: str) -> None:
    closed = replace(ENDS, number=6, open=False)
    assert resolve(command(login, number), Server(pulls=(ENDS, closed))).idle == why


def test_a_forks_pull_request_is_found_by_its_repository_branch_and_head() -> None:
    trigger = resolve(ran("somebody/docs"), Server())
    assert (trigger.context.pull_request, trigger.context.base) == (8, "b" * 40)
    assert (trigger.from_fork, trigger.proposed) == (True, True)


@pytest.mark.parametrize(
    ("trigger", "why"),
    [
        (ran("mallory/docs"), "no open pull request has the head that the workflow ran for"),
        (ran("somebody/docs", "c" * 40), "no open pull request has the head"),
        (ran(None), "the fork or the branch of the pull request is gone"),
    ],
)
def test_heads_without_a_pull_request(trigger: Trigger, why: str) -> None:
    assert (resolve(trigger, Server()).idle or "").startswith(why)


def test_what_is_known_already_is_asked_of_nobody() -> None:
    pushed = replace(command("x"), event="push", asks=None)
    assert resolve(pushed, Server()) is pushed
    idle = replace(command("x"), idle="nothing")
    assert resolve(idle, Server()) is idle


def releases(*tags: str) -> tuple[Release, ...]:
    """Published one day after the other; a dash makes a prerelease."""
    first = datetime(2024, 1, 1, tzinfo=UTC)
    return tuple(
        Release(tag=tag, published_at=first + timedelta(days=day), prerelease="-rc" in tag)
        for day, tag in enumerate(tags)
    )


@pytest.mark.parametrize(
    ("tag", "others", "before"),
    [
        ("v2.0", ("v1.0", "v2.0"), "v1.0"),
        ("v1.10.0", ("v1.2.0", "v1.9.0", "v1.10.0"), "v1.9.0"),
        # A fix of an old version, after the next one was out.
        ("v1.9.5", ("v1.9.4", "v2.0.0", "v1.9.5"), "v1.9.4"),
        ("v2.0", ("v1.0", "v2.0-rc.1", "v2.0"), "v1.0"),
        ("v2.0-rc.2", ("v1.0", "v2.0-rc.1", "v2.0-rc.2"), "v2.0-rc.1"),
        # Two products in one repository.
        ("api-v1.1", ("docs-v1.0", "api-v1.0", "docs-v1.05", "api-v1.1"), "api-v1.0"),
        ("spring", ("autumn", "winter", "spring", "summer"), "winter"),
        ("v1.0", ("v1.0", "v2.0"), None),
        ("v1.0", (), None),
    ],
)
def test_the_release_before(tag: str, others: tuple[str, ...], before: str | None) -> None:
    assert release_before(tag, releases(*others)) == before


def test_a_release_is_compared_with_the_one_before() -> None:
    trigger = Trigger(
        event="release",
        context=RunContext(repository=NAME, head="v2"),
        default_branch="main",
        asks="previous-release",
    )
    server = Server(published=releases("v1", "v2"))
    assert resolve(trigger, server).context == RunContext(repository=NAME, base="v1", head="v2")
    first = resolve(trigger, Server(published=releases("v2")))
    assert first.idle == "v2 is the first release: there is nothing to compare with"


def test_versions_in_order() -> None:
    tags = ("v1.0-rc.1", "v1.0", "v1.0.1", "v1.2", "v1.10")
    versions = [version for tag in tags if (version := read_version(tag))]
    assert versions == sorted(versions)
    assert len(versions) == len(tags)
    assert read_version("v1.0") == read_version("v1.0.0")
    assert read_version("nightly") is None
    assert read_version("1" * 5000) is None
