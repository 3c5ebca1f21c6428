"""From revisions as people write them to the two commits that are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from diffinsight.errors import ActionError, Problem
from diffinsight.git_cli.objects import Found, Objects
from diffinsight.git_cli.process import Git, one_line

# git knows these without storing them: the tree without files, in both of its hash functions.
EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
_EMPTY_TREE_SHA256 = "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"

_COMMITTER = re.compile(rb"^committer .*> (\d{1,12}) ([+-])(\d\d)(\d\d)$", re.MULTILINE)
_BRANCH = re.compile(r"(?!HEAD\b)[\w./-]+(?:[~^]\d*)*$")  # not @{upstream}, :/words
_SEVERAL_BACK = re.compile(r"(.+?)(?:[~^]\d*)+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Ends:
    """The two ends of a range: full SHAs of commits, or of a tree for a base without history."""

    base: str
    head: str
    base_is_commit: bool


def find_ends(objects: Objects, git: Git, *, base: str | None, head: str | None) -> Ends:
    """Both ends of the range asked for, all wrong revisions named at once.

    A revision that only the ``origin`` remote has is taken from there, as fresh clones need it.
    Without ``head`` it is HEAD. Without ``base`` it is the remote's default branch, or, on that
    branch itself and without such a remote, the commit before ``head`` (nothing before the first).
    """
    found_head = _find(objects, head or "HEAD")
    found_base = _default_base(objects, git, found_head) if base is None else _find(objects, base)
    problems = [
        _unknown(objects, git, revision)
        for revision, found in ((base, found_base), (head or "HEAD", found_head))
        if revision is not None and (found is None or (found.kind == "tree" and revision != base))
    ]
    if problems or found_base is None or found_head is None:
        raise ActionError.of(problems)
    return Ends(
        base=found_base.sha, head=found_head.sha, base_is_commit=found_base.kind == "commit"
    )


def find_commit(objects: Objects, git: Git, revision: str) -> str:
    """The SHA of a commit, of ``origin`` if only that has it. Raises ActionError without one."""
    found = _find(objects, revision)
    if found is None or found.kind != "commit":
        raise ActionError.of([_unknown(objects, git, revision)])
    return found.sha


def _find(objects: Objects, revision: str) -> Found | None:
    """The commit (or tree) that a revision names here or, failing that, at ``origin``."""
    names = [revision]
    if _BRANCH.match(revision):
        names.append(f"refs/remotes/origin/{revision.removeprefix('refs/heads/')}")
    for found in objects.look_up(names):
        if found is None:
            continue
        # Peeled by SHA: `:/words` would take a suffix for more words.
        for peeled in objects.look_up([f"{found.sha}^{{commit}}", f"{found.sha}^{{tree}}"]):
            if peeled is not None:
                return peeled
    return None


def _default_base(objects: Objects, git: Git, head: Found | None) -> Found | None:
    if head is None:
        return None
    upstream, before = objects.look_up(["refs/remotes/origin/HEAD", f"{head.sha}~1"])
    if upstream is not None and merge_base(git, upstream.sha, head.sha) not in (None, head.sha):
        return upstream
    return before or Found(sha=_empty_tree(head), kind="tree", size=0)


def _empty_tree(commit: Found) -> str:
    return EMPTY_TREE if len(commit.sha) == len(EMPTY_TREE) else _EMPTY_TREE_SHA256


def merge_base(git: Git, base: str, head: str) -> str | None:
    """The best common ancestor, None without any."""
    # Without one git says nothing and exits with 1.
    output = git.run("merge-base", base, head, allowed=(0, 1)).stdout
    return output.decode().strip() or None


def common_start(git: Git, ends: Ends) -> str:
    """What a three-dot comparison starts from: the merge base."""
    if not ends.base_is_commit:
        return ends.base
    start = merge_base(git, ends.base, ends.head)
    if start is not None:
        return start
    names = f"{ends.base[:12]} and {ends.head[:12]}"
    if is_shallow(git):
        raise ActionError(
            f"no common ancestor of {names} in this shallow clone",
            "run git fetch --unshallow (in a workflow: fetch-depth: 0 for actions/checkout),"
            " or compare the two trees with --two-dot",
        )
    raise ActionError(f"{names} have no common ancestor", "compare the two trees with --two-dot")


def is_shallow(git: Git) -> bool:
    """Whether history was cut off when the repository was cloned."""
    return git.run("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"


def _unknown(objects: Objects, git: Git, revision: str) -> Problem:
    place = one_line(str(git.path))
    shown = one_line(revision) or "(empty)"
    if revision == "HEAD":
        return Problem(
            message=f"{place} has no commit on its current branch yet",
            hint="commit something, or name a revision with --head",
        )
    if is_shallow(git):
        return Problem(
            message=f"revision {shown} is not in the shallow clone {place}",
            hint="run git fetch --unshallow (in a workflow: fetch-depth: 0 for actions/checkout)",
        )
    stem = _SEVERAL_BACK.fullmatch(revision)
    if stem and _find(objects, stem[1]):
        return Problem(
            message=f"revision {shown} goes back further than the history of {place}",
            hint=f"compare with nothing: --base {EMPTY_TREE}",
        )
    return Problem(
        message=f"revision {shown} does not exist in {place}",
        hint="check the spelling, or fetch it: git fetch origin",
    )


def committed_at(objects: Objects, commit: str) -> datetime | None:
    """When the commit was made, in its committer's time zone; None for a tree or nonsense."""
    (content,) = objects.read([commit])
    header = (content or b"").partition(b"\n\n")[0]
    match = _COMMITTER.search(header)
    if match is None:
        return None
    offset = timedelta(hours=int(match[3]), minutes=int(match[4]))
    zone = timezone(-offset if match[2] == b"-" else offset) if offset < timedelta(days=1) else UTC
    try:
        return datetime.fromtimestamp(int(match[1]), zone)
    except (OverflowError, ValueError):  # beyond the year 9999
        return None
