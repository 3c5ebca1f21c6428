import json
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from typing import Any

import pytest
from support.node_modules import node_modules

from diffinsight.errors import ActionError
from diffinsight.event import SUPPORTED, Trigger, read_event
from diffinsight.models import RunContext

NOWHERE = "0" * 40
BASE = "f95f852bd8fca8fcc58a9a2d6c842781e32a215e"
HEAD = "ec26c3e57ca3a959ca5aad62de7213c562f8c821"
PUSHED = "6113728f27ae82c7b1a177c8d03f9e96e0adf246"
NAME = "Codertocat/Hello-World"

Payload = dict[str, Any]


@cache
def _recorded() -> Mapping[str, list[Payload]]:
    """Payloads that GitHub sent, by event; the first of each is a merge of the others."""
    index = node_modules() / "@octokit/webhooks-examples/api.github.com/index.json"
    return {
        entry["name"]: entry["examples"][1:]
        for entry in json.loads(index.read_text(encoding="utf-8"))
    }


def payloads(event: str) -> list[Payload]:
    return deepcopy(_recorded()[event])


def pushed(**changes: object) -> Payload:
    """A real first push, made into what a push to a branch looks like."""
    push = next(push for push in payloads("push") if push["ref"] == "refs/heads/master")
    usual = {"before": BASE, "after": PUSHED, "created": False}
    return {**push, **usual, **changes}


def mistakes(event: str, payload: Payload) -> list[str]:
    with pytest.raises(ActionError) as error:
        read_event(event, payload)
    return [str(problem) for problem in error.value.problems]


def test_every_pull_request_payload_has_its_range() -> None:
    examples = payloads("pull_request")
    assert len(examples) > 20
    for payload in examples:
        assert read_event("pull_request", payload) == Trigger(
            event="pull_request",
            context=RunContext(repository=NAME, base=BASE, head=HEAD, pull_request=2),
            default_branch="master",
            branch="changes",
        )


def test_pull_request_target_has_the_same_range() -> None:
    trigger = read_event("pull_request_target", payloads("pull_request")[0])
    assert (trigger.context.base, trigger.context.head) == (BASE, HEAD)
    assert trigger.event == "pull_request_target"


@pytest.mark.parametrize("fork", [{"full_name": "somebody/Hello-World"}, None])
def test_a_pull_request_from_a_fork_or_from_a_fork_that_is_gone(fork: object) -> None:
    payload = payloads("pull_request")[0]
    payload["pull_request"]["head"]["repo"] = fork
    assert read_event("pull_request", payload).from_fork is True


def test_the_server_is_the_one_the_payload_came_from() -> None:
    payload = pushed()
    payload["repository"]["html_url"] = f"https://ghe.example.com/{NAME}"
    assert read_event("push", payload).context.server_url == "https://ghe.example.com"


def test_a_push_is_what_it_put_on_the_branch() -> None:
    assert read_event("push", pushed()) == Trigger(
        event="push",
        context=RunContext(repository=NAME, base=BASE, head=PUSHED),
        default_branch="master",
        branch="master",
    )


def test_a_force_push_compares_what_readers_saw_with_what_they_see() -> None:
    context = read_event("push", pushed(forced=True)).context
    assert (context.base, context.head, context.two_dot) == (BASE, PUSHED, True)


def test_a_new_branch_is_compared_with_the_default_branch() -> None:
    payload = pushed(ref="refs/heads/docs/new", before=NOWHERE, created=True, forced=True)
    trigger = read_event("push", payload)
    assert (trigger.branch, trigger.idle) == ("docs/new", None)
    assert trigger.context == RunContext(repository=NAME, base="master", head=PUSHED)


def test_every_recorded_push_is_one_without_a_report() -> None:
    # They are of tags, and of a default branch that was not there before.
    said = {read_event("push", payload).idle for payload in payloads("push")}
    assert said == {
        "a tag was pushed, and no branch changed",
        "this is the first push of master, and there is nothing to compare with",
    }


def test_a_deleted_branch_has_nothing_to_report() -> None:
    payload = pushed(ref="refs/heads/old", after=NOWHERE, deleted=True, head_commit=None)
    assert read_event("push", payload).idle == "the branch old was deleted"


@pytest.mark.parametrize("event", ["schedule", "issue_comment", "merge_group", "", "Push"])
def test_other_events_are_refused_and_the_supported_named(event: str) -> None:
    (said,) = mistakes(event, {})
    hint = "start the workflow on pull_request, pull_request_target or push"
    assert said == f"the event `{event}` is not supported; {hint}"


def test_every_other_recorded_event_is_refused() -> None:
    others = [event for event in _recorded() if event not in SUPPORTED]
    assert len(others) > 50
    for event in others:
        for payload in payloads(event):
            assert len(mistakes(event, payload)) == 1


def test_all_that_a_payload_lacks_is_said_at_once() -> None:
    assert [line.split(";")[0] for line in mistakes("pull_request", {})] == [
        f"the pull_request payload has no usable `{name}`"
        for name in (
            "repository.full_name",
            "repository.html_url",
            "pull_request.base.sha",
            "pull_request.head.sha",
            "pull_request.number",
            "repository.default_branch",
            "pull_request.head.ref",
        )
    ]


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"before": "--output=x"}, "before"),
        ({"before": None}, "before"),
        ({"after": "6113728"}, "after"),
        ({"ref": 7}, "ref"),
        ({"repository": []}, "repository.full_name"),
    ],
)
def test_values_that_are_no_commits_or_names_are_not_used(
    changes: dict[str, object], name: str
) -> None:
    assert mistakes("push", pushed(**changes))[0] == (
        f"the push payload has no usable `{name}`; "
        "GITHUB_EVENT_PATH must be the file that the runner wrote for this event"
    )


def test_a_branch_that_git_would_take_for_an_option_is_not_used() -> None:
    payload = pushed()
    payload["repository"]["default_branch"] = "--upload-pack=x"
    assert "`repository.default_branch`" in mistakes("push", payload)[0]
