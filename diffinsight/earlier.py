"""Reports that an earlier job or step made: JSON files in the workspace."""

from __future__ import annotations

from pathlib import Path

from diffinsight.errors import ActionError

# Of a report that a stranger's job made, patches for the most part; of a part, words of many files.
MOST_BYTES = 8_000_000
_HINT = "give the path of a report's JSON file, or of a folder of them, in the workspace"


def find_reports(workspace: Path, path: str) -> tuple[tuple[str, Path], ...]:
    """Name and place of the file at ``path``, or of every .json file below that folder."""
    root = workspace.resolve()
    place = root / path
    if not place.exists() or place.resolve() != place:
        raise ActionError(f"there is no report at {path}", _HINT)
    files = files_at(place, root=root)
    if not files:
        raise ActionError(f"there is no report in {path}", _HINT)
    return files


def files_at(place: Path, *, root: Path) -> tuple[tuple[str, Path], ...]:
    """The file, or every .json file below the folder, by name from ``root``; both resolved.

    They may come from an artifact that anybody filled: links are not followed.
    """
    found = sorted(place.rglob("*.json")) if place.is_dir() else [place]
    files = [file for file in found if file.is_file() and file.resolve() == file]
    return tuple((str(file.relative_to(root)), file) for file in files)
