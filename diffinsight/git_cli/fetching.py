"""A range that no clone holds: two commits fetched into a temporary repository."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from diffinsight.errors import ActionError
from diffinsight.git_cli.process import Git
from diffinsight.git_cli.repository import GitRepository
from diffinsight.git_cli.revisions import all_shas
from diffinsight.models import ChangeSet, RunContext


class _TemporaryFolder:
    """A folder that goes when nothing uses it any more, at the latest when Python ends."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="diffinsight-"))
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


def fetch_range(
    url: str,
    context: RunContext,
    *,
    environ: Mapping[str, str],
    start: str | None = None,
    token: str | None = None,
) -> ChangeSet:
    """What changed between two commits of the repository at ``url``, however large.

    ``context.base`` and ``context.head`` are full SHAs. History is not fetched, so ``start`` is
    the merge base (by default the base itself). Texts come when they are read; the trees of the
    result work as long as it lives, then the fetched objects are deleted. The token is given to
    git by its environment only.
    """
    start = start or context.base
    if not (all_shas((context.base, context.head, start)) and start and context.head):
        raise ActionError(
            f"commits to fetch from {url} must be given as full SHAs, not "
            f"{context.base}, {context.head}, {start}",
            "look them up first",
        )
    folder = _TemporaryFolder()
    repository = GitRepository(
        path=folder.path,
        environ=_with_access(environ, url, token),
        secrets=_secrets(token),
        lasts_with=folder,
    )
    _fetch(repository, url, (start, context.head))
    compared = repository.change_set(replace(context, base=start, two_dot=True))
    return replace(compared, base=context.base, two_dot=context.two_dot)


def _fetch(repository: GitRepository, url: str, commits: tuple[str, str]) -> None:
    git = Git(path=repository.path, environ=repository.environ, secrets=repository.secrets)
    git.run("init", "--quiet", "--bare", "--template=")
    git.run("config", "remote.origin.url", url)
    git.run(
        *("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance"),
        *("--recurse-submodules=no", "--depth=1", "--filter=blob:none", "origin"),
        *dict.fromkeys(commits),
    )


def _secrets(token: str | None) -> tuple[str, ...]:
    return () if token is None else (token, _basic(token))


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
