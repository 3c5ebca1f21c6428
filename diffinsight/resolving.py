"""What an event leaves open, answered by the server: which pull request, which release before."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from diffinsight.edges import Lookups, NotFoundError, PullRequestEnds, Release
from diffinsight.event import Trigger

_VERSION = re.compile(
    r"(?P<name>\D*)(?P<numbers>\d{1,9}(?:\.\d{1,9})*)(?P<suffix>\D.*|)", re.ASCII | re.DOTALL
)


def resolve(trigger: Trigger, lookups: Lookups) -> Trigger:
    """``trigger`` with its range, or idle with the reason why there is none."""
    if trigger.idle or trigger.asks not in {"pull-request", "previous-release"}:
        return trigger
    if trigger.asks == "previous-release":
        return _since_the_release_before(trigger, lookups.releases())
    if trigger.commander is not None:
        return _commanded(trigger, lookups, trigger.commander)
    return _found_by_head(trigger, lookups)


def _commanded(trigger: Trigger, lookups: Lookups, commander: str) -> Trigger:
    if not lookups.may_write(commander):
        return _idle(trigger, f"{commander} asked for it and may not write to the repository")
    number = trigger.context.pull_request
    try:
        ends = lookups.pull_request_ends(number or 0)
    except NotFoundError:
        return _idle(trigger, f"the pull request #{number} is not there any more")
    if not ends.open:
        return _idle(trigger, f"the pull request #{number} is closed")
    return _with_ends(trigger, ends)


def _found_by_head(trigger: Trigger, lookups: Lookups) -> Trigger:
    if not (trigger.head_repository and trigger.branch):
        return _idle(trigger, "the fork or the branch of the pull request is gone")
    found = lookups.open_pull_requests(
        head_repository=trigger.head_repository, branch=trigger.branch
    )
    # Whoever has the branch can push to it while the first workflow runs.
    same = [ends for ends in found if ends.head == trigger.context.head]
    if not same:
        where = f"{trigger.head_repository}:{trigger.branch}"
        message = f"no open pull request has the head that the workflow ran for ({where})"
        return _idle(trigger, message)
    return _with_ends(trigger, min(same, key=lambda ends: ends.number))


def _with_ends(trigger: Trigger, ends: PullRequestEnds) -> Trigger:
    context = replace(trigger.context, base=ends.base, head=ends.head, pull_request=ends.number)
    return replace(
        trigger,
        context=context,
        branch=ends.branch,
        from_fork=ends.head_repository != context.repository,
        asks=None,
    )


def _since_the_release_before(trigger: Trigger, releases: Iterable[Release]) -> Trigger:
    tag = trigger.context.head or ""
    before = release_before(tag, releases)
    if before is None:
        return _idle(trigger, f"{tag} is the first release: there is nothing to compare with")
    return replace(trigger, context=replace(trigger.context, base=before), asks=None)


def release_before(tag: str, releases: Iterable[Release]) -> str | None:
    """The tag of the release that ``tag`` follows: by version if it has one, else by time.

    A fix for an old version follows that version, whatever was released meanwhile. What was
    tried out in between (prereleases) does not count for a release proper.
    """
    listed = list(releases)
    this = next((it for it in listed if it.tag == tag), None)
    others = [it for it in listed if it.tag != tag]
    if this is None or not this.prerelease:
        others = [it for it in others if not it.prerelease]
    version = read_version(tag)
    if version:
        numbered = [(found, it.tag) for it in others if (found := read_version(it.tag))]
        lower = [pair for pair in numbered if pair[0].name == version.name and pair[0] < version]
        if lower:
            return max(lower)[1]
    earlier = [it for it in others if this is None or it.published_at < this.published_at]
    return max(earlier, key=lambda it: it.published_at).tag if earlier else None


@dataclass(frozen=True, order=True, slots=True)
class Version:
    """A tag taken apart, so that later versions are greater."""

    name: str  # what is before the numbers: in `docs-v1.2`, `docs-v`
    numbers: tuple[int, ...]
    final: bool
    suffix: str


def read_version(tag: str) -> Version | None:
    """The version in a tag such as v1.10.0-rc.1; None for a tag without one."""
    found = _VERSION.fullmatch(tag)
    if found is None:
        return None
    numbers = [int(part) for part in found["numbers"].split(".")]
    while numbers[-1:] == [0]:  # 1.0 is 1.0.0
        numbers.pop()
    return Version(found["name"], tuple(numbers), not found["suffix"], found["suffix"])


def _idle(trigger: Trigger, why: str) -> Trigger:
    return replace(trigger, idle=why)
