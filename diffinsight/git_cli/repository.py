"""A repository on disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from diffinsight.edges import History
from diffinsight.errors import ActionError
from diffinsight.git_cli.diffing import compare
from diffinsight.git_cli.history import read_history
from diffinsight.git_cli.objects import GitTree, Objects, open_objects
from diffinsight.git_cli.process import Git, one_line
from diffinsight.git_cli.remotes import SETTINGS, Remote, parse_settings
from diffinsight.git_cli.revisions import (
    Ends,
    committed_at,
    common_start,
    find_commit,
    find_ends,
)
from diffinsight.models import ChangeSet, RunContext


@dataclass(frozen=True, kw_only=True)
class GitRepository:
    """A clone, a work tree, a folder in one, or a bare repository.

    git runs with ``environ`` (for PATH, HOME and proxies) minus what would mislead it.
    ``trust_ownership`` reads repositories of other users: in a container the workspace is one.
    ``rename_limit`` is git's own (``diff.renameLimit``); beyond it the range has a note.
    """

    path: Path
    environ: Mapping[str, str] = field(default_factory=dict, repr=False)
    trust_ownership: bool = False
    rename_limit: int = 1000
    secrets: tuple[str, ...] = field(default=(), repr=False)
    lasts_with: object = field(default=None, repr=False)

    def change_set(self, context: RunContext) -> ChangeSet:
        """What changed in the range, from the merge base unless ``context.two_dot``.

        Without ``context.head`` it ends at HEAD, without ``context.base`` it starts where HEAD
        left the remote's default branch, or one commit back. Raises ActionError when the
        repository, a revision or the common ancestor is missing.
        """
        git = self.git
        with (
            git.running("config", "--null", "--get-regexp", SETTINGS) as asked,
            open_objects(git) as objects,
        ):
            ends = find_ends(objects, git, base=context.base, head=context.head)
            # Exit code 1: nothing is set.
            settings = parse_settings(git.finish(asked, allowed=(0, 1)).stdout)
            return self._compare(
                replace(git, promisor=settings.promisor), objects, ends, context, settings.origin
            )

    def history(self, *, branch: str | None, since: datetime) -> History:
        """What ``branch`` was, or the one checked out; of older commits only the newest of all."""
        git = self.git
        with open_objects(git) as objects:
            tip = find_commit(objects, git, branch or "HEAD")
        return read_history(git, tip, since=since)

    def _compare(
        self, git: Git, objects: Objects, ends: Ends, context: RunContext, origin: Remote | None
    ) -> ChangeSet:
        start = ends.base if context.two_dot else common_start(git, ends)
        found = compare(git, objects, base=start, head=ends.head, rename_limit=self.rename_limit)
        repository, server_url = context.repository, context.server_url
        if repository is None and origin is not None:
            repository, server_url = origin.repository, origin.server_url
        return ChangeSet(
            repository=repository,
            server_url=server_url,
            base=ends.base,
            head=ends.head,
            two_dot=context.two_dot,
            pull_request=context.pull_request,
            committed_at=committed_at(objects, ends.head),
            files=found.files,
            base_tree=GitTree(git=git, sha=start),
            head_tree=GitTree(git=git, sha=ends.head),
            notes=found.notes,
        )

    @property
    def git(self) -> Git:
        """The process starter for this folder. Raises ActionError when there is none."""
        if not self.path.is_dir():
            what = "is not a folder" if self.path.exists() else "does not exist"
            raise ActionError(f"{one_line(str(self.path))} {what}", "give the folder of a clone")
        settings = ("safe.directory=*",) if self.trust_ownership else ()
        return Git(
            path=self.path,
            environ=self.environ,
            settings=settings,
            secrets=self.secrets,
            lasts_with=self.lasts_with,
        )
