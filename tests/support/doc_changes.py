"""Changes of documentation files made from two texts, without git."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from diffinsight import detectors
from diffinsight.models import Analysis, ChangeSet, FileChange, Status


def changed(path: str, before: str | None, after: str | None) -> FileChange:
    """A file's change from text to text; None: absent."""
    old, new = (before or "").splitlines(), (after or "").splitlines()
    lines = list(difflib.unified_diff(old, new, lineterm="", n=3))[2:]
    status: Status = "added" if before is None else "removed" if after is None else "modified"
    return FileChange(
        path=path,
        status=status,
        additions=sum(line.startswith("+") for line in lines),
        deletions=sum(line.startswith("-") for line in lines),
        patch="\n".join(lines) or None,
        before=before,
        after=after,
    )


def analysed(changes: Mapping[str, tuple[str | None, str | None]]) -> Analysis:
    """The findings of changes by path."""
    files = tuple(changed(path, *texts) for path, texts in changes.items())
    return detectors.analyse(ChangeSet(repository="contoso/docs", files=files))


def page(title: str, *, limit: int = 100, more: str = "") -> str:
    """A small page with a number in it."""
    return (
        f"# {title}\n\nWelcome to {title}.\n\n## Limits\n\n"
        f"Requests are limited to {limit} a minute for each key.\n{more}"
    )


def pages(count: int, *, limit: int = 120, folders: int = 1) -> dict[str, tuple[str, str]]:
    """Pages whose limit was raised, each to another number."""
    return {
        f"docs/part{n % folders}/page{n:03}.md": (
            page(f"Topic {n}"),
            page(f"Topic {n}", limit=limit + n),
        )
        for n in range(count)
    }
