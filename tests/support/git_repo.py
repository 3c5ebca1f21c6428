"""A small builder of real git repositories: fixed dates, deaf to the user's own config."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

FIRST_COMMIT = datetime(2024, 1, 1, 12, 0, tzinfo=UTC)
EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"

AnyPath = str | bytes
Content = str | bytes | None  # None deletes the file


def clean_environ(home: Path | None = None) -> dict[str, str]:
    """An environment in which git reads no config but the repository's own."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home or "/nonexistent"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }


@dataclass
class GitRepo:
    """A repository in ``path`` with a work tree. Each commit is one day after the one before."""

    path: Path
    branch: str = "main"
    commits: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", self.branch, "--template=")
        self.git("config", "gc.auto", "0")

    def git(self, *arguments: AnyPath, stdin: bytes = b"") -> bytes:
        """Run git in the repository; return what it printed, or raise with its complaint."""
        when = (FIRST_COMMIT + timedelta(days=self.commits)).isoformat()
        environ = clean_environ() | {
            "GIT_AUTHOR_NAME": "A Writer",
            "GIT_AUTHOR_EMAIL": "writer@example.com",
            "GIT_AUTHOR_DATE": when,
            "GIT_COMMITTER_NAME": "A Writer",
            "GIT_COMMITTER_EMAIL": "writer@example.com",
            "GIT_COMMITTER_DATE": when,
        }
        done = subprocess.run(
            ["git", "-C", self.path, *arguments],
            input=stdin,
            capture_output=True,
            env=environ,
            check=False,
        )
        assert done.returncode == 0, (arguments, done.stderr)
        return done.stdout

    def say(self, *arguments: AnyPath) -> str:
        """What git printed, as text without the last line end."""
        return self.git(*arguments).decode().removesuffix("\n")

    def write(self, path: AnyPath, content: str | bytes, *, executable: bool = False) -> None:
        target = self._place(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
        if executable:
            target.chmod(0o755)

    def link(self, path: AnyPath, target: AnyPath) -> None:
        """Write a symbolic link."""
        place = self._place(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        place.symlink_to(os.fsdecode(target))

    def remove(self, path: AnyPath) -> None:
        self._place(path).unlink()

    def move(self, path: AnyPath, to: AnyPath) -> None:
        place = self._place(to)
        place.parent.mkdir(parents=True, exist_ok=True)
        self._place(path).rename(place)

    def commit(
        self, files: Mapping[str, Content] | None = None, *, message: str = "Change the docs"
    ) -> str:
        """Write (or, for None, delete) ``files``, commit the whole work tree, return the SHA."""
        for path, content in (files or {}).items():
            if content is None:
                self.remove(path)
            else:
                self.write(path, content)
        self.git("add", "-A")
        return self.commit_index(message=message)

    def commit_index(self, *, message: str = "Change the docs") -> str:
        """Commit what was staged by hand, even nothing."""
        self.commits += 1
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.say("rev-parse", "HEAD")

    def _place(self, path: AnyPath) -> Path:
        return self.path / os.fsdecode(path)
