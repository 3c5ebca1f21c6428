"""Pages that readers will find much longer or shorter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from diffinsight.matching.words import count
from diffinsight.models import FileAnalysis
from diffinsight.outline import file_kind, read_text

_LEAST = 200  # words more or less that a reader notices
_LEAST_SHARE = 0.4  # ... and their share of what the page had
_SHORTEST_WORD = 4  # characters with what stands around it: fewer can't be that many words
_LONGEST = 400_000  # characters of a page that is read again


@dataclass(frozen=True, kw_only=True, slots=True)
class Growth:
    """The words of a page, code left out."""

    file: FileAnalysis
    before: int
    after: int


def growth(files: Sequence[FileAnalysis]) -> Iterator[Growth]:
    """The pages of which both versions are known and differ much in length."""
    for file in files:
        before, after = file.change.before, file.change.after
        if file_kind(file.change.path) != "page" or before is None or after is None:
            continue
        grown = abs(len(after) - len(before)) >= _LEAST * _SHORTEST_WORD
        if not grown or len(before) + len(after) > _LONGEST:
            continue
        was, now = (_words(file.change.path, text) for text in (before, after))
        if abs(now - was) >= max(_LEAST, _LEAST_SHARE * was):
            yield Growth(file=file, before=was, after=now)


def _words(path: str, text: str) -> int:
    return sum(count(block.text) for block in read_text(path, text).blocks if block.is_counted)
