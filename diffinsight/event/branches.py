"""Events of a branch: a push, a group in the merge queue, a release."""

from __future__ import annotations

import re

from diffinsight.event.payload import BRANCH, REF, REVISION, SHA, Payload, branch_of
from diffinsight.event.trigger import Trigger
from diffinsight.models import RunContext

_NO_COMMIT = re.compile(r"0+")  # all zeros
# Of https://docs.github.com/webhooks/webhook-events-and-payloads#release, those after which it is
# there for people; a draft is not, and editing its text changes no file.
_RELEASED = {"published", "released", "prereleased", "created"}


def read_push(reading: Payload) -> Trigger:
    """From what the branch was to what it is."""
    repository = reading.repository()
    default_branch = reading.default_branch()
    ref = reading.text(REF, "ref")
    before = reading.text(SHA, "before")
    after = reading.text(SHA, "after")
    is_new = bool(_NO_COMMIT.fullmatch(before))
    context = RunContext(
        repository=repository,
        server_url=reading.server_url(repository),
        base=default_branch if is_new else before,
        head=after,
        # After a force push the two commits have grown apart: readers saw the old tree
        # and see the new one, what the branches had in common is none of their business.
        two_dot=reading.optional("forced") is True and not is_new,
    )
    branch = branch_of(ref)
    return Trigger(
        event=reading.name,
        context=context,
        default_branch=default_branch,
        branch=branch,
        idle=_idle(branch, after, first_of_default=is_new and branch == default_branch),
    )


def _idle(branch: str | None, after: str, *, first_of_default: bool) -> str | None:
    if branch is None:
        return "a tag was pushed, and no branch changed"
    if _NO_COMMIT.fullmatch(after):
        return f"the branch {branch} was deleted"
    if first_of_default:
        return f"this is the first push of {branch}, and there is nothing to compare with"
    return None


def read_merge_group(reading: Payload) -> Trigger:
    """What the queue is about to merge; there is no one pull request to comment on."""
    repository = reading.repository()
    context = RunContext(
        repository=repository,
        server_url=reading.server_url(repository),
        base=reading.text(SHA, "merge_group", "base_sha"),
        head=reading.text(SHA, "merge_group", "head_sha"),
    )
    gone = reading.optional("action") == "destroyed"
    return Trigger(
        event=reading.name,
        context=context,
        default_branch=reading.default_branch(),
        idle="the merge group is gone" if gone else None,
    )


def read_release(reading: Payload) -> Trigger:
    """What came since the release before, which the payload does not name."""
    repository = reading.repository()
    tag = reading.text(REVISION, "release", "tag_name")
    context = RunContext(repository=repository, server_url=reading.server_url(repository), head=tag)
    done = reading.optional("action")
    default_branch = reading.default_branch()
    aim = reading.optional("release", "target_commitish")
    # A release of a branch is reported on that branch, one of a bare commit on the default branch.
    named = isinstance(aim, str) and BRANCH.fullmatch(aim) and not SHA.fullmatch(aim)
    idle = None
    if done not in _RELEASED:
        idle = f"the release {tag} was {done}, which changes no page"
    elif reading.optional("release", "draft") is True:
        idle = f"the release {tag} is a draft"
    return Trigger(
        event=reading.name,
        context=context,
        default_branch=default_branch,
        branch=str(aim) if named else default_branch,
        idle=idle,
        asks="previous-release",
    )
