"""Reading a webhook payload, which is foreign text, value by value."""

from __future__ import annotations

import re
from collections.abc import Mapping

from diffinsight.errors import ActionError, Problem

# A git object's name in SHA-1 or SHA-256.
SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")
LOGIN = re.compile(r"[\w.-]+(?:\[bot\])?")
# What git allows in a branch name, and no more: the names come from whoever pushed.
BRANCH = re.compile(r"(?!-)[^\x00-\x20\x7f~^:?*\[\\]+")
REVISION = re.compile(r"(?!-)[^\x00-\x20\x7f]+")
REF = re.compile(r"refs/.+", re.DOTALL)
_BRANCHES = "refs/heads/"


class Payload:
    """Reads a payload and remembers what it lacks, to say all of it at once.

    ``environ`` stands in where an event has no payload of its own, as on a schedule.
    """

    def __init__(
        self, *, name: str, payload: Mapping[str, object], environ: Mapping[str, str]
    ) -> None:
        self.name = name
        self._payload = payload
        self._environ = environ
        self._lacking: list[str] = []

    def optional(self, *path: str) -> object:
        """Whatever is there, None for nothing."""
        value: object = self._payload
        for step in path:
            value = value.get(step) if isinstance(value, Mapping) else None
        return value

    def optional_text(self, wanted: re.Pattern[str], *path: str) -> str | None:
        """A text that may be missing or empty, but not nonsense."""
        value = self.optional(*path)
        return self.text(wanted, *path) if value not in (None, "") else None

    def text(self, wanted: re.Pattern[str], *path: str) -> str:
        """A text that has to be there."""
        value = self.optional(*path)
        if isinstance(value, str) and wanted.fullmatch(value):
            return value
        self._lacking.append(".".join(path))
        return ""

    def number(self, *path: str) -> int:
        """A number above zero that has to be there."""
        value = self.optional(*path)
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        self._lacking.append(".".join(path))
        return 0

    def repository(self) -> str:
        """Owner/name of the repository the workflow runs in."""
        return self._or_environ("GITHUB_REPOSITORY", REPOSITORY, "full_name")

    def default_branch(self) -> str:
        """Its default branch; a schedule runs on no other."""
        return self._or_environ("GITHUB_REF_NAME", BRANCH, "default_branch")

    def server_url(self, repository: str) -> str:
        """The server's own, also on GitHub Enterprise: the repository's page without its name."""
        page = self._or_environ("GITHUB_SERVER_URL", re.compile(r"https?://[^\s]+"), "html_url")
        return page.removesuffix(f"/{repository}")

    def _or_environ(self, variable: str, wanted: re.Pattern[str], key: str) -> str:
        value = self._environ.get(variable, "")
        if self.optional("repository") is None and wanted.fullmatch(value):
            return value
        return self.text(wanted, "repository", key)

    def refuse_lacks(self) -> None:
        """Raise ActionError if anything asked for was missing."""
        if self._lacking:
            hint = "GITHUB_EVENT_PATH must be the file that the runner wrote for this event"
            raise ActionError.of(
                Problem(message=f"the {self.name} payload has no usable `{name}`", hint=hint)
                for name in dict.fromkeys(self._lacking)
            )


def branch_of(ref: str) -> str | None:
    """The branch that a full ref names; None for a tag."""
    return ref.removeprefix(_BRANCHES) if ref.startswith(_BRANCHES) else None
