"""By how many words the pages of a range grew or shrank."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from diffinsight.changes import hunks
from diffinsight.matching.words import count
from diffinsight.models import FileAnalysis, FileChange, Hunk
from diffinsight.outline import file_kind, read
from diffinsight.outline.model import Fragment
from diffinsight.outline.openings import opening

_READ = frozenset({"page", "data"})  # data may hold a page, such as questions and answers
_LONGEST = 400_000  # characters of changed pages that are read again


def growth(files: Sequence[FileAnalysis]) -> dict[str, int]:
    """Words more, or fewer, by the path of each page; empty where one of them is not known."""
    pages = [file.change for file in files if file_kind(file.change.path) in _READ]
    if not all(map(_is_known, pages)) or sum(map(_size, pages)) > _LONGEST:
        return {}
    return {change.path: _growth(change) for change in pages}


def _is_known(change: FileChange) -> bool:
    return not change.binary and bool(change.patch or not change.additions + change.deletions)


def _size(change: FileChange) -> int:
    return len(change.patch or "")


def _growth(change: FileChange) -> int:
    found = hunks(change.patch) if change.patch else ()
    sides = [_sides(hunk) for hunk in found]
    partial = change.status not in {"added", "removed"}
    was = change.previous_path or change.path
    before = _words(was, [old for old, _ in sides], partial=partial)
    return _words(change.path, [new for _, new in sides], partial=partial) - before


def _sides(hunk: Hunk) -> tuple[Fragment, Fragment]:
    """The two versions of a hunk; what it begins in is the same for both."""
    old = [line.text for line in hunk.lines if line.mark != "+"]
    new = [line.text for line in hunk.lines if line.mark != "-"]
    begins = opening(old, new, first_line=hunk.before_start)
    sides = ((old, hunk.before_start), (new, hunk.after_start))
    first, second = (
        Fragment(first_line=max(1, start), text=_text(lines), opening=begins)
        for lines, start in sides
    )
    return first, second


def _text(lines: Iterable[str]) -> str:
    return "".join(line + "\n" for line in lines)


def _words(path: str, fragments: Sequence[Fragment], *, partial: bool) -> int:
    blocks = read(path, fragments, partial=partial).blocks
    return sum(count(block.text) for block in blocks if block.has_words)
