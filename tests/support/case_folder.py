"""A case: the folders `before/` and `after/` as a change set, with both trees."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from diffinsight.models import ChangeSet, FileChange, Status

MODES = "modes.txt"  # `path old new`, one a line: modes as git names them
MOVES = "moves.txt"  # `old path → new path`, one a line, beside the two folders


@dataclass(frozen=True)
class FolderTree:
    """Files of one side of a case."""

    texts: Mapping[str, str]

    def paths(self) -> frozenset[str]:
        return frozenset(self.texts)

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        return ((path, self.texts[path]) for path in paths if path in self.texts)


CASES = tuple(
    path
    for path in sorted((Path(__file__).parents[1] / "cases").iterdir())
    if (path / "before").is_dir() or (path / "after").is_dir()
)


def read_side(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode(errors="replace")
        for path in files
    }


def load_case(folder: Path) -> ChangeSet:
    """The range from `before/` to `after/`, as git would tell it."""
    before, after = read_side(folder / "before"), read_side(folder / "after")
    moves: dict[str, str] = {}
    if (folder / MOVES).exists():
        lines = (folder / MOVES).read_text(encoding="utf-8").splitlines()
        moves = dict(line.split(" → ", 1) for line in lines if line)
    return _with_modes(between(before, after, moves), folder / MODES)


def _with_modes(change_set: ChangeSet, modes: Path) -> ChangeSet:
    """The range with the modes that ``modes`` names, also of files that kept their text."""
    if not modes.exists():
        return change_set
    files = {file.path: file for file in change_set.files}
    for line in modes.read_text(encoding="utf-8").splitlines():
        path, old, new = line.split()
        change = files.get(path) or FileChange(path=path, status="modified", patch="")
        files[path] = replace(change, before_mode=old, after_mode=new)
    return replace(change_set, files=tuple(files[path] for path in sorted(files)))


def between(
    before: Mapping[str, str], after: Mapping[str, str], moves: Mapping[str, str]
) -> ChangeSet:
    """The change set from one set of texts to another; ``moves`` are renames."""
    back = {new: old for old, new in moves.items()}
    files = []
    for path in sorted({*before, *after}):
        if path in moves and path not in after:
            continue
        old_path = back.get(path, path)
        if path in back or before.get(path) != after.get(path):
            files.append(_change(path, old_path, before.get(old_path), after.get(path)))
    return ChangeSet(files=tuple(files), base_tree=FolderTree(before), head_tree=FolderTree(after))


def _change(path: str, old_path: str, before: str | None, after: str | None) -> FileChange:
    status: Status = "modified"
    if before is None or after is None:
        status = "added" if before is None else "removed"
    elif old_path != path:
        status = "renamed"
    patch = make_patch(before or "", after or "")
    marks = [line[:1] for line in (patch or "").split("\n") if not line.startswith("@@")]
    binary = "\x00" in (before or "") + (after or "")
    change = FileChange(
        path=path,
        previous_path=old_path if old_path != path else None,
        status=status,
        additions=marks.count("+"),
        deletions=marks.count("-"),
        patch=patch,
        before=before,
        after=after,
    )
    if not binary:
        return change
    return replace(
        change, binary=True, patch=None, before=None, after=None, additions=0, deletions=0
    )


def make_patch(before: str, after: str, context: int = 3) -> str | None:
    """Hunks as git writes them; None when nothing differs."""
    lines = list(difflib.unified_diff(_lines(before), _lines(after), lineterm="\n", n=context))
    told = "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in lines[2:]
    )
    return told or None


def _lines(text: str) -> list[str]:
    parts = text.split("\n")
    return [part + "\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def without_texts(change_set: ChangeSet) -> ChangeSet:
    """The same range where only the patches are at hand."""
    files = tuple(replace(file, before=None, after=None) for file in change_set.files)
    return replace(change_set, files=files, base_tree=None, head_tree=None)
