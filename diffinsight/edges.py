"""The outside world as typed callables: what a run may touch, handed in by whoever starts it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol, TextIO

from diffinsight.models import ChangeSet, RunContext


class Repository(Protocol):
    """A git checkout (or bare repository) on disk."""

    def change_set(self, context: RunContext) -> ChangeSet:
        """What changed between ``context.base`` and ``context.head``."""


class GitHub(Protocol):
    """A repository on a GitHub server, reached through its API."""

    def change_set(self, context: RunContext) -> ChangeSet:
        """What changed between ``context.base`` and ``context.head``; cuts are said in notes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Edges:
    """The environment, streams, clock, git and GitHub of one run."""

    environ: Mapping[str, str]
    stdin: BinaryIO
    stdout: BinaryIO
    stderr: TextIO
    now: Callable[[], datetime]
    open_repository: Callable[[Path], Repository]
    open_github: Callable[[str], GitHub]  # takes owner/name
