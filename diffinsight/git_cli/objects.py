"""Commits, trees and texts: many objects for one or two processes."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property

from diffinsight.changes import decode_path
from diffinsight.git_cli.process import Git

MAX_TEXT = 10_000_000  # bytes

_REGULAR_FILES = (b"100644", b"100755", b"100664")
_ANSWER = re.compile(rb"([0-9a-f]{40,64}) (commit|tree|blob|tag) (\d+)\n")
# So many requests fit into the smallest pipe (4 KiB): neither side ever waits for the other.
_AT_ONCE = 50
_LOOKED_AT = 8000  # bytes; git calls a file binary when one of them is zero


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """An object that exists."""

    sha: str
    kind: str  # commit, tree, blob or tag
    size: int


class Objects:
    """The objects of one repository, by name or content; ends with ``open_objects``."""

    def __init__(
        self, git: Git, *, info: subprocess.Popen[bytes], contents: subprocess.Popen[bytes]
    ) -> None:
        self._git = git
        self._info = info
        self._contents = contents

    def look_up(self, names: Sequence[str]) -> list[Found | None]:
        """What each name (a revision, a SHA) stands for; None for nothing or too many things."""
        found = []
        for chunk in _chunks(names):
            asked = [name for name in chunk if _is_line(name)]
            self._ask(self._info, asked)
            answers = {name: self._found() for name in asked}
            found += [answers.get(name) for name in chunk]
        return found

    def read(self, shas: Sequence[str]) -> Iterator[bytes | None]:
        """The content of each object, None for missing ones."""
        for chunk in _chunks(shas):
            self._ask(self._contents, chunk)
            for _ in chunk:
                yield self._content()

    def _ask(self, process: subprocess.Popen[bytes], names: Iterable[str]) -> None:
        assert process.stdin is not None  # noqa: S101 - opened as a pipe below
        try:
            process.stdin.write("".join(name + "\n" for name in names).encode("utf-8", "replace"))
            process.stdin.flush()
        except BrokenPipeError:  # it died; reading says why
            return

    def _line(self, process: subprocess.Popen[bytes]) -> bytes:
        assert process.stdout is not None  # noqa: S101 - opened as a pipe below
        line = process.stdout.readline()
        if not line:
            raise self._git.failure(process.communicate()[1])
        return line

    def _found(self) -> Found | None:
        match = _ANSWER.fullmatch(self._line(self._info))
        if match is None:
            return None
        return Found(sha=match[1].decode(), kind=match[2].decode(), size=int(match[3]))

    def _content(self) -> bytes | None:
        match = _ANSWER.fullmatch(self._line(self._contents))
        if match is None:
            return None
        assert self._contents.stdout is not None  # noqa: S101 - opened as a pipe below
        return self._contents.stdout.read(int(match[3]) + 1)[:-1]


@contextmanager
def open_objects(git: Git) -> Iterator[Objects]:
    """Look up and read objects while the block runs."""
    with ExitStack() as stack:
        info, contents = (
            stack.enter_context(git.running("cat-file", option, stdin=subprocess.PIPE))
            for option in ("--batch-check", "--batch")
        )
        yield Objects(git, info=info, contents=contents)


@dataclass(frozen=True, kw_only=True)
class GitTree:
    """All files at one revision; symbolic links and submodules are paths without text."""

    git: Git
    sha: str  # of the commit or the tree

    def paths(self) -> frozenset[str]:
        """Every path that the revision holds."""
        return frozenset(self._entries)

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Path and text of those of ``paths`` that are text of at most ``MAX_TEXT`` bytes."""
        blobs = {path: self._entries[path] for path in paths if self._entries.get(path)}
        if not blobs:
            return
        fetch_missing(self.git, blobs.values())
        with open_objects(self.git) as objects:
            found = objects.look_up(list(blobs.values()))
            fitting = {
                path: blob.sha
                for path, blob in zip(blobs, found, strict=True)
                if blob is not None and blob.size <= MAX_TEXT
            }
            contents = objects.read(list(fitting.values()))
            for path, content in zip(fitting, contents, strict=True):
                if content is not None and b"\0" not in content[:_LOOKED_AT]:
                    yield path, content.decode("utf-8", "replace")

    @cached_property
    def _entries(self) -> Mapping[str, str]:
        """The SHA of each file's text by path, empty for what has none."""
        listed = self.git.run("ls-tree", "-r", "-z", "--full-tree", self.sha).stdout
        entries = {}
        for entry in listed.split(b"\0")[:-1]:
            about, _, path = entry.partition(b"\t")
            mode, _, sha = about.split(b" ")
            entries[decode_path(path)] = sha.decode() if mode in _REGULAR_FILES else ""
        return entries


def fetch_missing(git: Git, shas: Iterable[str]) -> None:
    """Fetch objects that a partial clone left out, together; git alone would go one by one."""
    if git.promisor is None:
        return
    option = "--batch-check=%(objectname)"
    here = git.run("cat-file", "--batch-all-objects", "--unordered", option).stdout
    missing = set(shas) - set(here.decode().split())
    if missing:
        git.run(
            *("-c", "fetch.negotiationAlgorithm=noop", "fetch", "--quiet", "--no-tags"),
            *("--no-write-fetch-head", "--recurse-submodules=no", "--filter=blob:none"),
            *("--no-auto-maintenance", "--stdin", git.promisor),
            stdin="".join(sha + "\n" for sha in sorted(missing)).encode(),
        )


def _chunks(names: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), _AT_ONCE):
        yield names[start : start + _AT_ONCE]


def _is_line(name: str) -> bool:
    return bool(name) and "\n" not in name and "\0" not in name
