"""What a branch was, commit by commit, without its files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from diffinsight.edges import Commit, History
from diffinsight.errors import ActionError
from diffinsight.git_cli.fetching import temporary_repository
from diffinsight.git_cli.process import Git, one_line

_HEAD = "refs/diffinsight/branch"
_BRANCH = re.compile(r"[^\W_][^\s:^~?*\[\\\x00-\x1f\x7f]*")
_PARENT = re.compile(rb"^parent ([0-9a-f]{40,64})$", re.MULTILINE)


def fetch_history(
    url: str,
    *,
    branch: str | None,
    since: datetime,
    environ: Mapping[str, str],
    token: str | None = None,
) -> History:
    """The commits of ``branch`` (None: the default branch) at ``url``, along first parents.

    Those made before ``since`` are left out, except the newest commit of all. Only commits are
    fetched, neither folders nor files. The token is given to git by its environment only.
    """
    if branch is not None and not _BRANCH.fullmatch(branch):
        raise ActionError(f"{one_line(branch)} is no branch", "name one that exists")
    repository = temporary_repository(url, environ=environ, token=token)
    git = repository.git
    wanted = f"{f'refs/heads/{branch}' if branch else 'HEAD'}:{_HEAD}"
    try:
        _fetch(git, f"--shallow-since={int(since.timestamp())}", wanted)
    except ActionError:
        # Nothing that new makes the server hang up, in words that differ; if the reason was
        # another one, it says so again.
        _fetch(git, "--depth=1", wanted)
    return _read(git)


def _fetch(git: Git, depth: str, wanted: str) -> None:
    git.run(
        *("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance"),
        *("--recurse-submodules=no", "--filter=tree:0", depth, "origin", wanted),
    )


def _read(git: Git) -> History:
    listed = git.run("log", "--first-parent", "--format=%H %ct", _HEAD).stdout.decode()
    pairs = [line.split() for line in listed.splitlines()]
    commits = tuple(
        Commit(sha=sha, committed_at=datetime.fromtimestamp(int(seconds), UTC))
        for sha, seconds in pairs
    )
    # Where the history was cut git hides the parents, the commit itself names them.
    oldest = git.run("cat-file", "commit", commits[-1].sha).stdout.partition(b"\n\n")[0]
    parent = _PARENT.search(oldest)
    return History(commits=commits, before=parent[1].decode() if parent else None)
