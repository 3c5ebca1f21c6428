"""GitHub's comparison of two commits → ChangeSet, and where it was cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from diffinsight.models import FileChange, Note, Status

if TYPE_CHECKING:
    from github.File import File

# "the response includes … up to 300 files", on the first page only, with no flag when cut:
# https://docs.github.com/rest/commits/commits#compare-two-commits
MOST_FILES = 300
_STATUSES: dict[str, Status] = {
    "added": "added",
    "removed": "removed",
    "modified": "modified",
    "renamed": "renamed",
    "copied": "copied",
}  # the others, "changed" and "unchanged", are about the mode alone
_EMPTY_BLOB = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
_CHANGED_LINE = {"+": re.compile(r"^\+", re.MULTILINE), "-": re.compile(r"^-", re.MULTILINE)}


def is_cut(files: Sequence[FileChange]) -> bool:
    """Whether the API kept something back that git would tell."""
    return len(files) == MOST_FILES or any(lacks_patch(file) for file in files)


def lacks_patch(file: FileChange) -> bool:
    """Whether lines changed that the patch does not show."""
    patch = file.patch or ""
    return (
        len(_CHANGED_LINE["+"].findall(patch)) != file.additions
        or len(_CHANGED_LINE["-"].findall(patch)) != file.deletions
    )


def range_notes(files: Sequence[FileChange]) -> tuple[Note, ...]:
    """What is missing from the list of files."""
    if len(files) < MOST_FILES:
        return ()
    return (Note(kind="range-cut", values={"limit": MOST_FILES}),)


def file_change(file: File) -> FileChange:
    """One file of the answer; both texts are left open."""
    status = _STATUSES.get(file.status, "changed")
    change = FileChange(
        path=file.filename,
        previous_path=file.previous_filename if status in {"renamed", "copied"} else None,
        status=status,
        additions=file.additions,
        deletions=file.deletions,
        binary=_is_binary(file, status),
        patch=file.patch or None,  # the same as git_cli gives: no line end after the last line
    )
    if not lacks_patch(change):
        return change
    # Half a patch would be told as if it were all.
    missing = Note(kind="patch-missing", values={"lines": file.additions + file.deletions})
    return replace(change, patch=None, notes=(missing,))


def _is_binary(file: File, status: Status) -> bool:
    """Guessed: the API does not say. No line changed, though the content did."""
    return (
        status in {"added", "removed", "modified"}
        and not file.patch
        and file.additions == file.deletions == 0
        and file.sha != _EMPTY_BLOB
    )
