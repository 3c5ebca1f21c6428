"""Starting git: nothing of what surrounds it changes what it says, and it never outlives us."""

from __future__ import annotations

import io
import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from diffinsight.errors import ActionError

# `git rev-parse --local-env-vars`: what a surrounding hook or alias sets for its own repository;
# then what changes or pollutes output. Config given by environment stays: it carries
# safe.directory and proxies, and every setting that matters here is overruled by a flag.
_DROPPED = re.compile(
    r"GIT_(?:ALTERNATE_OBJECT_DIRECTORIES|CONFIG|OBJECT_DIRECTORY|DIR|WORK_TREE|IMPLICIT_WORK_TREE"
    r"|GRAFT_FILE|INDEX_FILE|INTERNAL_\w+|NO_REPLACE_OBJECTS|REPLACE_REF_BASE|PREFIX|SHALLOW_FILE"
    r"|COMMON_DIR|NAMESPACE|QUARANTINE_PATH|DIFF_OPTS|EXTERNAL_DIFF|\w+_PATHSPECS|ATTR_SOURCE"
    r"|DEFAULT_HASH|TRACE\w*|FLUSH|REDIRECT_\w+|ASKPASS)|SSH_ASKPASS|LC_\w+|LANG|LANGUAGE"
)
_FIXED = {
    "LC_ALL": "C",  # warnings are told apart by their English words
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_ATTR_NOSYSTEM": "1",
}
_SETTINGS = (
    f"core.attributesFile={os.devnull}",  # a user's own `*.md -diff` would hide text
    "diff.suppressBlankEmpty=false",  # the one diff setting of plumbing without a flag
)


@dataclass(frozen=True, kw_only=True)
class Git:
    """git in one folder. ``secrets`` never appear in an error's text."""

    path: Path
    environ: Mapping[str, str] = field(repr=False)
    settings: tuple[str, ...] = ()
    secrets: tuple[str, ...] = field(default=(), repr=False)
    promisor: str | None = None  # the remote that a partial clone gets missing objects from
    lasts_with: object = field(default=None, repr=False)  # a temporary folder's owner

    @contextmanager
    def running(
        self, *arguments: str, stdin: int = subprocess.DEVNULL
    ) -> Iterator[subprocess.Popen[bytes]]:
        """A git process that is gone, and waited for, however the block is left."""
        process = self._start(arguments, stdin)
        try:
            yield process
        finally:
            process.kill()
            for stream in (process.stdout, process.stderr, process.stdin):
                _close(stream)
            process.wait()

    def run(self, *arguments: str, stdin: bytes = b"", allowed: tuple[int, ...] = (0,)) -> Output:
        """Run git to its end. Any other exit code raises ActionError with git's own words."""
        with self.running(*arguments, stdin=subprocess.PIPE) as process:
            return self.finish(process, stdin=stdin, allowed=allowed)

    def finish(
        self,
        process: subprocess.Popen[bytes],
        *,
        stdin: bytes | None = None,
        allowed: tuple[int, ...] = (0,),
    ) -> Output:
        """Wait for a started process and take what it says."""
        stdout, stderr = process.communicate(stdin)
        if process.returncode not in allowed:
            raise self.failure(stderr)
        return Output(code=process.returncode, stdout=stdout, stderr=stderr)

    def failure(self, stderr: bytes) -> ActionError:
        """What git complained about, as an error the caller can act on."""
        text = stderr.decode("utf-8", "replace")
        for pattern, message, hint in _KNOWN_FAILURES:
            if re.search(pattern, text):
                place = one_line(str(self.path))
                return ActionError(message.format(path=place), hint.format(path=place))
        lines = [line for line in text.splitlines() if line.strip()]
        told = [line for line in lines if line.startswith(("fatal: ", "error: "))] or lines or [""]
        complaint = told[0].removeprefix("fatal: ").removeprefix("error: ")
        for secret in self.secrets:
            complaint = complaint.replace(secret, "***")
        if self.lasts_with is not None:  # a folder that is gone when somebody looks for it
            return ActionError(
                f"git could not fetch: {one_line(complaint) or 'it said nothing'}",
                "check the address, the network and the proxy settings",
            )
        return ActionError(
            f"git failed in {one_line(str(self.path))}: {one_line(complaint) or 'it said nothing'}",
            "run git in that folder to see more",
        )

    def _start(self, arguments: tuple[str, ...], stdin: int) -> subprocess.Popen[bytes]:
        settings = [word for name in (*_SETTINGS, *self.settings) for word in ("-c", name)]
        try:
            return subprocess.Popen(
                ["git", "-C", str(self.path), *settings, *arguments],
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=clean_environ(self.environ),
            )
        except OSError as error:  # not there, or no program
            raise ActionError(
                "git was not found", "install git and make sure that it is on PATH"
            ) from error


@dataclass(frozen=True, kw_only=True, slots=True)
class Output:
    """What a finished git said."""

    code: int
    stdout: bytes
    stderr: bytes


_KNOWN_FAILURES = (
    (
        r"not a git repository",
        "{path} is not a git repository",
        "give the folder of a clone",
    ),
    (
        r"dubious ownership|is owned by someone else",
        "git does not trust {path}: it belongs to another user",
        "run: git config --global --add safe.directory {path}",
    ),
    (
        r"Authentication failed|could not read (?:Username|Password)|returned error: 40[13]",
        "the server did not let git read the repository",
        "give a token that may read its contents",
    ),
    (
        r"(?i)unadvertised object|not our ref|couldn't find remote ref",
        "the server does not give out one of the two revisions",
        "push it, or check its name",
    ),
    (
        r"repository '[^']*' not found",
        "the server has no such repository, or does not show it",
        "check the name; a private one needs a token that may read its contents",
    ),
    (
        r"cannot change to",
        "{path} is no folder that can be entered",
        "give the folder of a clone",
    ),
)


def clean_environ(environ: Mapping[str, str]) -> dict[str, str]:
    """``environ`` without what would point git elsewhere or change its output."""
    kept = {name: value for name, value in environ.items() if not _DROPPED.fullmatch(name)}
    return kept | _FIXED


def one_line(text: str) -> str:
    """``text`` with line ends and other control characters spelt out."""
    return "".join(
        character if character.isprintable() else repr(character)[1:-1] for character in text
    )


def _close(stream: object) -> None:
    if isinstance(stream, io.IOBase):
        try:
            stream.close()
        except BrokenPipeError:  # what was not yet written is of no use to a dead process
            return
