"""The Actions runner: the event file, workflow commands, the summary and output files."""

from __future__ import annotations

import json
import os
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, TextIO

from diffinsight.errors import ActionError, Problem

# "10 warning annotations and 10 error annotations per step"; the rest stays in the log alone:
# https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations
MOST_ANNOTATIONS = 10
# "Job summaries are isolated between steps … limited to a maximum size of 1MiB", in bytes; above it
# the whole summary is dropped while the job stays green:
# https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
MOST_SUMMARY_BYTES = 1024 * 1024
_MOST_EVENT_BYTES = 100 * 1024 * 1024  # GitHub caps payloads at 25 MB

Level = Literal["error", "warning", "notice"]


def _random_token() -> str:
    return secrets.token_hex(16)


class Commands:
    """Workflow commands, one line each: what the runner acts on when it reads the log.

    https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
    """

    def __init__(self, log: TextIO, *, token: Callable[[], str] = _random_token) -> None:
        self._log = log
        self._token = token
        self._told: Counter[Level] = Counter()

    def tell(self, level: Level, problem: Problem) -> None:
        """An annotation, or a plain line once GitHub would show no more of its level."""
        self._told[level] += 1
        if self._told[level] > MOST_ANNOTATIONS:
            self.plain(f"{level}: {problem}")
        else:
            self._command(level, str(problem), {"title": "diffinsight"})

    def error(self, problem: Problem) -> None:
        """Something the workflow's author must fix."""
        self.tell("error", problem)

    def warning(self, problem: Problem) -> None:
        """Something that went wrong and did not stop the run."""
        self.tell("warning", problem)

    def notice(self, problem: Problem) -> None:
        """Something worth knowing."""
        self.tell("notice", problem)

    def debug(self, text: str) -> None:
        """Text for runs with debug logging."""
        for line in text.splitlines():
            self._command("debug", line)

    def mask(self, secret: str) -> None:
        """Have the runner hide ``secret`` in everything logged from now on."""
        for line in secret.splitlines():
            if line.strip():
                self._command("add-mask", line)

    @contextmanager
    def group(self, title: str) -> Iterator[None]:
        """Fold what is logged inside."""
        self._command("group", title)
        try:
            yield
        finally:
            self._command("endgroup", "")

    def plain(self, text: str) -> None:
        """Text from a diff, a file name or a model: shown, never obeyed as a command."""
        token = self._token()
        self._command("stop-commands", token)
        ending = "" if text.endswith("\n") else "\n"
        self._log.write(f"{text}{ending}::{token}::\n")
        self._log.flush()

    def _command(self, name: str, data: str, properties: Mapping[str, str] | None = None) -> None:
        listed = ",".join(f"{key}={_property(text)}" for key, text in (properties or {}).items())
        self._log.write(f"::{name}{' ' if listed else ''}{listed}::{_data(data)}\n")
        self._log.flush()


def _data(text: str) -> str:
    """As the runner's own toolkit escapes: the percent sign first."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def read_event_file(environ: Mapping[str, str]) -> Mapping[str, object]:
    """The webhook payload of the event that started the workflow."""
    path = environ.get("GITHUB_EVENT_PATH", "")
    hint = "the runner sets it to a file in a workflow; use `diffinsight report` elsewhere"
    if not path:
        raise ActionError("GITHUB_EVENT_PATH is not set", hint)
    try:
        if Path(path).stat().st_size > _MOST_EVENT_BYTES:
            raise ActionError(f"the event file {path} is larger than any payload", hint)
        payload = json.loads(Path(path).read_bytes())
    except OSError as error:
        raise ActionError(f"the event file {path} can't be read: {error.strerror}", hint) from None
    except (ValueError, RecursionError):
        raise ActionError(f"the event file {path} is not JSON", hint) from None
    if not isinstance(payload, dict):
        raise ActionError(f"the event file {path} holds no JSON object", hint)
    return payload


def append_summary(path: Path, text: str) -> None:
    """Add Markdown to the step's summary; ActionError if GitHub would drop all of it then."""
    added = text.encode()
    size = (path.stat().st_size if path.exists() else 0) + len(added)
    if size > MOST_SUMMARY_BYTES:
        raise ActionError(
            f"the job summary would have {size:,} bytes, GitHub takes {MOST_SUMMARY_BYTES:,}",
            "leave `summary` out of `publish`, or narrow the scope in the config",
        )
    _append(path, added)


def write_outputs(
    path: Path, outputs: Iterable[tuple[str, str]], *, token: Callable[[], str] = _random_token
) -> None:
    """Hand name and value pairs to the steps that follow.

    Every value goes between two lines of a random delimiter, which no text in it can guess:
    a line of a diff must not become another output.
    """
    delimiter = f"output_{token()}"
    lines = (f"{name}<<{delimiter}\n{value}\n{delimiter}\n" for name, value in outputs)
    _append(path, "".join(lines).encode())


def _append(path: Path, data: bytes) -> None:
    try:
        with path.open("ab") as file:
            file.write(data)
    except OSError as error:
        raise ActionError(
            f"the runner's file {path} can't be written: {error.strerror}",
            "run in a workflow, where the runner provides it",
        ) from None


def give_to_owner(paths: Iterable[Path], *, workspace: Path) -> None:
    """Make the workspace's owner the owner of what root wrote into it.

    The container runs as root, and a self-hosted runner could not remove root's files
    at its next checkout: https://github.com/actions/runner/issues/434
    """
    if os.geteuid() != 0:
        return
    owner = workspace.stat()
    for path in paths:
        os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)
