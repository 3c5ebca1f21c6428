"""What a branch was, commit by commit, without its files."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import takewhile

from diffinsight.edges import Commit, History
from diffinsight.git_cli.process import Git

_PARENT = re.compile(rb"^parent ([0-9a-f]{40,64})$", re.MULTILINE)


def read_history(git: Git, tip: str, *, since: datetime | None = None) -> History:
    """The commits from ``tip`` (a SHA or a full ref) back along first parents.

    The newest commit is always there, of the others those up to the first made before ``since``.
    """
    listed = git.run("log", "--first-parent", "--format=%H %ct", tip, "--").stdout.decode()
    newest, *others = (_commit(line) for line in listed.splitlines())
    kept = takewhile(lambda it: since is None or it.committed_at >= since, others)
    commits = (newest, *kept)
    # Where the history was cut git hides the parents, the commit itself names them.
    oldest = git.run("cat-file", "commit", commits[-1].sha).stdout.partition(b"\n\n")[0]
    parent = _PARENT.search(oldest)
    return History(commits=commits, before=parent[1].decode() if parent else None)


def _commit(line: str) -> Commit:
    sha, seconds = line.split()
    return Commit(sha=sha, committed_at=datetime.fromtimestamp(int(seconds), UTC))
