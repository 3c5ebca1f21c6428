import json
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from typing import Any

import pytest
from support.node_modules import node_modules

from diffinsight.errors import ActionError
from diffinsight.event import EVENTS, Trigger, read_event
from diffinsight.inputs import read_inputs
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


def read(event: str, payload: Payload, environ: Mapping[str, str] | None = None) -> Trigger:
    return read_event(event, payload, environ or {})


def mistakes(event: str, payload: Payload) -> list[str]:
    with pytest.raises(ActionError) as error:
        read(event, payload)
    return [str(problem) for problem in error.value.problems]


def test_every_pull_request_payload_has_its_range() -> None:
    examples = payloads("pull_request")
    assert len(examples) > 20
    for payload in examples:
        assert read("pull_request", payload) == Trigger(
            event="pull_request",
            context=RunContext(repository=NAME, base=BASE, head=HEAD, pull_request=2),
            default_branch="master",
            branch="changes",
        )


def test_pull_request_target_has_the_same_range() -> None:
    trigger = read("pull_request_target", payloads("pull_request")[0])
    assert (trigger.context.base, trigger.context.head) == (BASE, HEAD)
    assert trigger.event == "pull_request_target"


@pytest.mark.parametrize("fork", [{"full_name": "somebody/Hello-World"}, None])
def test_a_pull_request_from_a_fork_or_from_a_fork_that_is_gone(fork: object) -> None:
    payload = payloads("pull_request")[0]
    payload["pull_request"]["head"]["repo"] = fork
    assert read("pull_request", payload).from_fork is True


def test_the_server_is_the_one_the_payload_came_from() -> None:
    payload = pushed()
    payload["repository"]["html_url"] = f"https://ghe.example.com/{NAME}"
    assert read("push", payload).context.server_url == "https://ghe.example.com"


def test_a_push_is_what_it_put_on_the_branch() -> None:
    assert read("push", pushed()) == Trigger(
        event="push",
        context=RunContext(repository=NAME, base=BASE, head=PUSHED),
        default_branch="master",
        branch="master",
    )


def test_a_force_push_compares_what_readers_saw_with_what_they_see() -> None:
    context = read("push", pushed(forced=True)).context
    assert (context.base, context.head, context.two_dot) == (BASE, PUSHED, True)


def test_a_new_branch_is_compared_with_the_default_branch() -> None:
    payload = pushed(ref="refs/heads/docs/new", before=NOWHERE, created=True, forced=True)
    trigger = read("push", payload)
    assert (trigger.branch, trigger.idle) == ("docs/new", None)
    assert trigger.context == RunContext(repository=NAME, base="master", head=PUSHED)


def test_every_recorded_push_is_one_without_a_report() -> None:
    # They are of tags, and of a default branch that was not there before.
    said = {read("push", payload).idle for payload in payloads("push")}
    assert said == {
        "a tag was pushed, and no branch changed",
        "this is the first push of master, and there is nothing to compare with",
    }


def test_a_deleted_branch_has_nothing_to_report() -> None:
    payload = pushed(ref="refs/heads/old", after=NOWHERE, deleted=True, head_commit=None)
    assert read("push", payload).idle == "the branch old was deleted"


@pytest.mark.parametrize("event", ["deployment", "label", "", "Push"])
def test_other_events_are_refused_and_the_supported_named(event: str) -> None:
    (said,) = mistakes(event, {})
    assert said.startswith(f"the event `{event}` is not supported; start the workflow on pull_")
    assert [name for name in EVENTS if name not in said] == []


def test_every_event_has_a_place_for_its_report() -> None:
    for event in EVENTS:
        assert read_inputs({"GITHUB_EVENT_NAME": event}).publish


def test_every_other_recorded_event_is_refused() -> None:
    others = [event for event in _recorded() if event not in EVENTS]
    assert len(others) > 45
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


def test_a_merge_group_is_what_the_queue_would_merge() -> None:
    (payload,) = payloads("merge_group")
    trigger = read("merge_group", payload)
    assert (trigger.idle, trigger.asks, trigger.branch) == (None, None, None)
    assert trigger.proposed
    group = payload["merge_group"]
    assert trigger.context == RunContext(
        repository=payload["repository"]["full_name"],
        base=group["base_sha"],
        head=group["head_sha"],
    )
    payload["action"] = "destroyed"
    assert read("merge_group", payload).idle == "the merge group is gone"


def test_every_release_payload_asks_for_the_release_before_or_is_idle() -> None:
    told = {(it["action"], read("release", it).idle) for it in payloads("release")}
    assert told == {
        ("created", None),
        ("published", None),
        ("released", None),
        ("prereleased", None),
        ("deleted", "the release 0.0.1 was deleted, which changes no page"),
        ("edited", "the release 0.0.1 was edited, which changes no page"),
    }
    published = next(it for it in payloads("release") if it["action"] == "published")
    trigger = read("release", published)
    assert (trigger.asks, trigger.context.head, trigger.branch) == (
        "previous-release",
        "0.0.1",
        "master",
    )
    published["release"] |= {"draft": True, "target_commitish": PUSHED}
    draft = read("release", published)
    assert (draft.idle, draft.branch) == ("the release 0.0.1 is a draft", "master")


def test_a_dispatch_has_the_range_of_its_inputs() -> None:
    (payload,) = payloads("workflow_dispatch")
    payload["inputs"] = {"base": "v1", "head": "v2", "other": "x"}
    trigger = read("workflow_dispatch", payload)
    assert trigger.context == RunContext(repository="octo-org/octo-repo", base="v1", head="v2")
    assert (trigger.asks, trigger.branch) == (None, "master")
    (sent,) = payloads("repository_dispatch")
    sent["client_payload"] = {"base": "v1"}
    dispatched = read("repository_dispatch", sent)
    assert (dispatched.context.base, dispatched.context.head) == ("v1", "master")


@pytest.mark.parametrize("event", ["workflow_dispatch", "repository_dispatch"])
def test_a_dispatch_without_a_base_is_about_what_came_since_the_last_report(event: str) -> None:
    (payload,) = payloads(event)
    payload |= {"inputs": None, "client_payload": {"base": "", "head": ""}}
    trigger = read(event, payload)
    assert (trigger.asks, trigger.context.base, trigger.context.head) == (
        "last-report",
        None,
        "master",
    )


def test_a_dispatch_with_nonsense_for_a_range_is_refused() -> None:
    (payload,) = payloads("workflow_dispatch")
    payload["inputs"] = {"base": "--output=x", "head": ["v2"]}
    said = mistakes("workflow_dispatch", payload)
    assert ["`inputs.base`" in said[0], "`inputs.head`" in said[1]] == [True, True]


def test_a_schedule_needs_nothing_but_the_environment() -> None:
    environ = {
        "GITHUB_REPOSITORY": NAME,
        "GITHUB_REF_NAME": "trunk",
        "GITHUB_SERVER_URL": "https://ghe.example.com",
    }
    server = "https://ghe.example.com"
    wanted = RunContext(repository=NAME, server_url=server, head="trunk")
    trigger = read("schedule", {"schedule": "0 2 * * *"}, environ)
    assert trigger.context == wanted
    assert (trigger.asks, trigger.branch, trigger.default_branch) == (
        "last-report",
        "trunk",
        "trunk",
    )
    told = {"full_name": NAME, "default_branch": "main", "html_url": f"https://github.com/{NAME}"}
    assert read("schedule", {"repository": told}, environ).context.head == "main"


def commented(**changes: object) -> Payload:
    """A real comment, made into a command on a pull request."""
    payload = next(it for it in payloads("issue_comment") if it["action"] == "created")
    payload["issue"]["pull_request"] = {"url": "https://api.github.com/repos/x/y/pulls/1"}
    payload["comment"] |= {"body": "/diffinsight please\n", **changes}
    return payload


def test_a_command_asks_for_the_pull_request_it_is_on() -> None:
    trigger = read("issue_comment", commented())
    assert (trigger.idle, trigger.asks, trigger.commander) == (None, "pull-request", "Codertocat")
    assert trigger.context == RunContext(repository=NAME, pull_request=1)


@pytest.mark.parametrize("body", ["Nice!", "", None, "/diffinsightful", "see /diffinsight"])
def test_other_comments_are_left_alone(body: str | None) -> None:
    idle = read("issue_comment", commented(body=body)).idle
    assert idle == "the comment does not start with /diffinsight"


def test_no_recorded_comment_is_a_command() -> None:
    examples = payloads("issue_comment")
    assert len(examples) > 5
    assert all(read("issue_comment", payload).idle for payload in examples)


def test_a_command_that_was_edited_or_removed_is_none() -> None:
    payload = commented()
    payload["action"] = "edited"
    assert read("issue_comment", payload).idle == "only a new comment asks for a report"


def ran(**changes: object) -> Payload:
    """A real run of a first workflow, made into one for a fork's pull request."""
    payload = next(it for it in payloads("workflow_run") if it["action"] == "completed")
    payload["workflow_run"] |= {"event": "pull_request", **changes}
    return payload


def test_a_workflow_run_is_about_the_head_that_the_first_workflow_ran_for() -> None:
    fork = {"full_name": "somebody/docs"}
    payload = ran(head_repository=fork, pull_requests=[], head_branch="patch-1")
    trigger = read("workflow_run", payload)
    assert (trigger.idle, trigger.asks) == (None, "pull-request")
    assert (trigger.head_repository, trigger.branch) == ("somebody/docs", "patch-1")
    assert trigger.context.head == payload["workflow_run"]["head_sha"]
    assert trigger.context.pull_request is None


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"event": "push"}, "the workflow that ran was not started by a pull request"),
        ({"conclusion": "failure"}, "the workflow that ran for the pull request did not succeed"),
    ],
)
def test_other_workflow_runs_lead_to_nothing(changes: dict[str, object], why: str) -> None:
    assert read("workflow_run", ran(**changes)).idle == why
