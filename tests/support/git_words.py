"""What git itself says of a range, to compare with."""

from __future__ import annotations

from support.git_repo import GitRepo

from diffinsight.changes import decode_path
from diffinsight.models import ChangeSet

STATUSES = {
    "A": "added",
    "M": "modified",
    "D": "removed",
    "R": "renamed",
    "C": "copied",
    "T": "changed",
}

# path, previous path, status, additions, deletions, binary
Row = tuple[str, str | None, str, int, int, bool]


def gits_own(repo: GitRepo, base: str, head: str) -> list[Row]:
    """What git itself says, read without the package's help."""
    fields = repo.git("diff", "-M", "--raw", "--numstat", "-z", base, head).split(b"\0")
    rows: list[tuple[str, str | None, str]] = []
    while fields and fields[0].startswith(b":"):
        _, _, before, after, letter = fields.pop(0).decode().split(" ")
        previous = decode_path(fields.pop(0)) if letter[0] in "RC" else None
        status = "changed" if letter == "M" and before == after else STATUSES[letter[0]]
        rows.append((decode_path(fields.pop(0)), previous, status))
    full: list[Row] = []
    for path, previous, status in rows:
        added, removed, name = fields.pop(0).split(b"\t", 2)
        if not name:
            fields[:2] = []
        binary = added == b"-"
        counts = (0, 0) if binary else (int(added), int(removed))
        full.append((path, previous, status, *counts, binary))
    assert fields == [b""]
    return full


def rows(found: ChangeSet) -> list[Row]:
    return [
        (
            change.path,
            change.previous_path,
            change.status,
            change.additions,
            change.deletions,
            change.binary,
        )
        for change in found.files
    ]
