"""What no clone holds: a range, or a history, fetched into a temporary repository."""

from __future__ import annotations

import re
import shutil
import tempfile
import weakref
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from diffinsight.edges import History
from diffinsight.errors import ActionError, Problem
from diffinsight.git_cli.history import read_history
from diffinsight.git_cli.process import Git, one_line
from diffinsight.git_cli.repository import GitRepository
from diffinsight.models import ChangeSet, RunContext

_BASE, _HEAD = "refs/diffinsight/base", "refs/diffinsight/head"
_BRANCH_TIP = "refs/diffinsight/branch"
_FETCHABLE = re.compile(r"[^\W_][^\s:^~?*\[\\\x00-\x1f\x7f]*")


class _TemporaryFolder:
    """A folder that goes when nothing uses it any more, at the latest when Python ends."""

    def __init__(self, parent: str | None) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="diffinsight-", dir=parent))
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


def fetch_range(
    url: str, context: RunContext, *, environ: Mapping[str, str], token: str | None = None
) -> ChangeSet:
    """What changed between two commits of the repository at ``url``, however large the change is.

    ``context.base`` (the merge base, for a three-dot comparison: history is not fetched) and
    ``context.head`` are full SHAs, branches or tags. Texts come when they are read; the trees of
    the result work as long as it lives, then the fetched objects are deleted. The token is given
    to git by its environment only.
    """
    repository = _temporary_repository(url, environ=environ, token=token)
    _fetch(repository, url, {_BASE: context.base or "", _HEAD: context.head or "HEAD"})
    compared = repository.change_set(replace(context, base=_BASE, head=_HEAD, two_dot=True))
    return replace(compared, two_dot=context.two_dot)


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
    if branch is not None and not _FETCHABLE.fullmatch(branch):
        raise ActionError(f"{one_line(branch)} is no branch", "name one that exists")
    repository = _temporary_repository(url, environ=environ, token=token)
    git = repository.git
    wanted = f"{f'refs/heads/{branch}' if branch else 'HEAD'}:{_BRANCH_TIP}"
    try:
        _fetch_commits(git, f"--shallow-since={int(since.timestamp())}", wanted)
    except ActionError:
        # Nothing that new makes the server hang up, in words that differ; if the reason was
        # another one, it says so again.
        _fetch_commits(git, "--depth=1", wanted)
    return read_history(git, _BRANCH_TIP)


def _fetch_commits(git: Git, depth: str, wanted: str) -> None:
    git.run(
        *("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance"),
        *("--recurse-submodules=no", "--filter=tree:0", depth, "origin", wanted),
    )


def _temporary_repository(
    url: str, *, environ: Mapping[str, str], token: str | None
) -> GitRepository:
    """An empty bare repository whose origin is ``url``; it goes when nothing uses it any more."""
    folder = _TemporaryFolder(environ.get("TMPDIR"))
    repository = GitRepository(
        path=folder.path,
        environ=_with_access(environ, url, token),
        secrets=() if token is None else (token, _basic(token)),
        lasts_with=folder,
    )
    git = repository.git
    git.run("init", "--quiet", "--bare", "--template=")
    git.run("config", "remote.origin.url", url)
    return repository


def _fetch(repository: GitRepository, url: str, revisions: Mapping[str, str]) -> None:
    problems = [
        Problem(
            message=f"{one_line(revision) or 'nothing'} cannot be fetched from {one_line(url)}",
            hint="give a full SHA, a branch or a tag",
        )
        for revision in revisions.values()
        if not _FETCHABLE.fullmatch(revision)
    ]
    if problems:
        raise ActionError.of(problems)
    repository.git.run(
        *("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance"),
        *("--recurse-submodules=no", "--depth=1", "--filter=blob:none", "origin"),
        *(f"{revision}:{ref}" for ref, revision in revisions.items()),
    )


def _basic(token: str) -> str:
    # GitHub takes any token as the password of this user.
    return b64encode(f"x-access-token:{token}".encode()).decode()


def _with_access(environ: Mapping[str, str], url: str, token: str | None) -> Mapping[str, str]:
    """``environ`` with git settings for this fetch added to those that it may carry already."""
    parts = urlsplit(url)
    section = f"http.{parts.scheme}://{parts.netloc}/.extraheader"
    settings = [("credential.helper", ""), ("core.askPass", "")]
    if token is not None:
        # The empty one drops headers of the user's own config: two would be refused.
        settings += [(section, ""), (section, f"Authorization: Basic {_basic(token)}")]
    count = int(environ.get("GIT_CONFIG_COUNT") or 0)
    added = {"GIT_CONFIG_COUNT": str(count + len(settings))}
    for number, (key, value) in enumerate(settings, start=count):
        added |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return dict(environ) | added | {"GIT_ALLOW_PROTOCOL": "file:git:http:https"}
