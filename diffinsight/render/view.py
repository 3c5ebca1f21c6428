"""A report as templates see it: anchors, names that tell files apart, links into GitHub's pages."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from diffinsight.models import FileReport, Report

_SHORTEST_ANCHOR = 6
_HUNK = re.compile(r"@@ -(\d+)(?:,\d+)? \+(\d+)")
_MOVES = frozenset({"page-moved", "asset-moved"})
IMPACTS = ("breaking", "notable", "minor", "noise")


@dataclass(frozen=True, kw_only=True, slots=True)
class FileView:
    """A file of the report with what a page says about its place."""

    file: FileReport
    anchor: str  # item-47e305
    base_name: str
    short_name: str  # as much of the path as tells it apart from the report's other files
    heading: str  # the path, or old → new
    link: str  # the file in the pull request's Files tab or in the comparison; or empty

    @property
    def impact(self) -> str:
        """The gravest impact of its findings."""
        return impact(self.file)


@dataclass(frozen=True, kw_only=True, slots=True)
class Totals:
    """The report in numbers."""

    files: int
    additions: int
    deletions: int
    breaking: int  # files in which something a reader relied on is gone
    noise: int  # files in which nothing changed for a reader

    @classmethod
    def of(cls, views: Sequence[FileView]) -> Totals:
        impacts = Counter(impact(item.file) for item in views)
        return cls(
            files=len(views),
            additions=sum(item.file.additions for item in views),
            deletions=sum(item.file.deletions for item in views),
            breaking=impacts["breaking"],
            noise=impacts["noise"],
        )


def file_views(report: Report) -> tuple[FileView, ...]:
    """The report's files in its order."""
    paths = [file.path for file in report.files]
    page = diff_page(report)
    places = zip(report.files, anchors(paths), short_names(paths), strict=True)
    return tuple(
        FileView(
            file=file,
            anchor=anchor,
            base_name=_base_name(file.path),
            short_name=short_name,
            heading=_heading(file),
            link=page and f"{page}#diff-{_sha256(file.path)}{_line_anchor(file)}",
        )
        for file, anchor, short_name in places
    )


def impact(file: FileReport) -> str:
    """The gravest impact of a file's findings; by its type where the report brings none."""
    found = {finding.impact for finding in file.findings}
    if not found:
        return "breaking" if file.type == "breaking change" else "minor"
    return next(name for name in IMPACTS if name in found)


def renamed_folders(file: FileReport) -> tuple[str, str] | None:
    """The folders between which a file moved, when nothing else is to be told of it."""
    before, after = (_folder(path) for path in (file.previous_path or file.path, file.path))
    only_moved = {finding.kind for finding in file.findings} <= _MOVES
    unchanged = not file.additions + file.deletions
    return (before, after) if before != after and only_moved and unchanged else None


def diff_page(report: Report) -> str:
    """The page on GitHub that shows the range: the pull request's files, or the comparison."""
    if not report.permalink:
        return ""
    address = urlsplit(report.permalink)
    if report.pull_request and report.repository:
        server = f"{address.scheme}://{address.netloc}"
        return f"{server}/{report.repository}/pull/{report.pull_request}/files"
    return address._replace(fragment="").geturl()


def anchors(paths: Sequence[str]) -> list[str]:
    """An anchor per path: `item-` and as many digits of its MD5 as tell it from the others."""
    digests = [hashlib.md5(path.encode(errors="replace")).hexdigest() for path in paths]  # noqa: S324 - a name, not a secret
    return [f"item-{name}" for name in _numbered(_shortened(digests))]


def _shortened(digests: Sequence[str]) -> list[str]:
    length = _SHORTEST_ANCHOR
    distinct = len(set(digests))
    short = [digest[:length] for digest in digests]
    while len(set(short)) < distinct:
        length += 1
        shared = {name for name, count in Counter(short).items() if count > 1}
        short = [
            digest[:length] if name in shared else name
            for digest, name in zip(digests, short, strict=True)
        ]
    return short


def _numbered(names: Iterable[str]) -> Iterator[str]:
    """Each name once: a path that is in the report twice gets numbers from 2 on."""
    seen: Counter[str] = Counter()
    for name in names:
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}-{seen[name]}"


def short_names(paths: Sequence[str]) -> list[str]:
    """Per path its base name, with as many folders as tell it from the other paths."""
    names = [_tail(path, 1) for path in paths]
    for length in range(2, 2 + max((path.count("/") for path in paths), default=0)):
        shared = {name for name, count in Counter(names).items() if count > 1}
        if not shared:
            break
        names = [
            _tail(path, length) if name in shared else name
            for path, name in zip(paths, names, strict=True)
        ]
    return names


def _tail(path: str, length: int) -> str:
    return "/".join(path.split("/")[-length:])


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _base_name(path: str) -> str:
    return path.rpartition("/")[2] or path


def _heading(file: FileReport) -> str:
    moved = file.previous_path and file.previous_path != file.path
    return f"{file.previous_path} → {file.path}" if moved else file.path


def _sha256(path: str) -> str:
    return hashlib.sha256(path.encode(errors="replace")).hexdigest()


def _line_anchor(file: FileReport) -> str:
    """The line to show first: that of the gravest finding, else the first changed one."""
    for name in IMPACTS:
        for finding in file.findings:
            if finding.impact == name and finding.after_lines:
                return f"R{finding.after_lines[0]}"
            if finding.impact == name and finding.before_lines:
                return f"L{finding.before_lines[0]}"
    return _first_change(file.patch or "")


def _first_change(patch: str) -> str:
    before = after = 0
    for line in patch.split("\n"):
        hunk = _HUNK.match(line)
        if hunk:
            before, after = int(hunk[1]), int(hunk[2])
        elif line.startswith("+"):
            return f"R{after}"
        elif line.startswith("-"):
            return f"L{before}"
        else:
            before, after = before + 1, after + 1
    return ""
