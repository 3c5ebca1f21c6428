"""A report for somebody with little time or space: what matters first, what is alike told once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from diffinsight.models import Group, Point, Report
from diffinsight.render.view import IMPACTS, FileView, renamed_folders

_ROWS_AT_ONCE = 100
_NAMED_FILES = 30  # of those that are told together
_LARGEST_SHARE = 6  # no single text takes more than this part of a page

Measure = Callable[[str], int]
Together = Literal["same-change", "noise", "moved"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A file, or a group of files that are told together."""

    items: tuple[FileView, ...]  # one or more, in the report's order
    together: Together | None  # why; None for a single file
    impact: str  # the gravest
    additions: int
    deletions: int

    @property
    def first(self) -> FileView:
        return self.items[0]

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(note for item in self.items for note in item.file.notes))

    @property
    def alike(self) -> tuple[tuple[FileView, ...], ...]:
        """Its files, those with one title together."""
        titled: dict[str, list[FileView]] = {}
        for item in self.items:
            titled.setdefault(item.file.title, []).append(item)
        return tuple(map(tuple, titled.values()))


def by_category(
    rows: Sequence[Row], categories: Mapping[str, str]
) -> list[tuple[str, Sequence[Row]]]:
    """Rows by the category of their first file, in the order of ``categories``.

    Those in none come last, under an empty name, and noise with them.
    """
    found: dict[str, list[Row]] = {name: [] for name in (*categories.values(), "")}
    for row in rows:
        name = "" if row.together == "noise" else categories.get(row.first.file.path, "")
        found[name].append(row)
    return [(name, some) for name, some in found.items() if some]


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A heading's name and what stands under it."""

    name: Literal["breaking_changes", "new_features", "other_updates"]
    points: tuple[Point, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftOut:
    """How much a page had no room for."""

    points: int
    notes: int
    files: int  # without a row
    explanations: int  # of files, with or without a row
    diffs: int

    def __bool__(self) -> bool:
        return any((self.points, self.notes, self.files, self.explanations, self.diffs))


@dataclass(frozen=True, kw_only=True, slots=True)
class Excerpt:
    """What one page shows of a report."""

    summary: str  # plain text; empty when it was too long
    sections: tuple[Section, ...]  # none empty
    insights: str  # Markdown; empty when there is no room or no place for them
    notes: tuple[str, ...]  # plain text
    rows: tuple[Row, ...]
    explained: tuple[Row, ...]
    diffs: frozenset[str]  # anchors of the files whose diff is shown
    chart: str  # Mermaid's source; empty when there is no room or no use for it
    left_out: LeftOut


@dataclass(frozen=True, kw_only=True, slots=True)
class _Piece:
    """Something that is shown or left out as a whole."""

    kind: Literal["summary", "point", "insights", "note", "row", "explanation", "diff", "chart"]
    texts: tuple[str, ...]
    section: str = ""
    point: Point | None = None
    row: Row | None = None
    item: FileView | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Digest:
    """A report's pieces, the most important first, of which a page shows as many as fit."""

    pieces: tuple[_Piece, ...]
    rows: tuple[Row, ...]

    @classmethod
    def of(
        cls, report: Report, views: Sequence[FileView], *, chart: str, at_length: bool
    ) -> Digest:
        rows = tuple(sorted(_rows(report, views), key=lambda row: IMPACTS.index(row.impact)))
        pieces = _pieces(report, rows, chart=chart, at_length=at_length)
        return cls(pieces=tuple(pieces), rows=rows)

    def within(self, limit: int, measure: Measure) -> Digest:
        """Without the pieces that take too large a share of ``limit``."""
        largest = limit // _LARGEST_SHARE
        kept = (piece for piece in self.pieces if _size(piece, measure) <= largest)
        return Digest(pieces=tuple(kept), rows=self.rows)

    def most(self, limit: int, measure: Measure) -> int:
        """How many pieces can fit at best: their bare texts, without any markup."""
        total = 0
        for number, piece in enumerate(self.pieces):
            total += _size(piece, measure)
            if total > limit:
                return number
        return len(self.pieces)

    def excerpt(self, whole: Digest, count: int) -> Excerpt:
        """The first ``count`` pieces; ``whole`` tells what they leave out."""
        shown, everything = _Tally.of(self.pieces[:count]), _Tally.of(whole.pieces)
        return Excerpt(
            summary="".join(shown.summary),
            sections=tuple(shown.sections()),
            insights="".join(shown.insights),
            notes=shown.notes,
            rows=tuple(shown.rows),
            explained=tuple(shown.explained),
            diffs=frozenset(shown.diffs),
            chart="".join(_texts(self.pieces[:count], "chart")),
            left_out=everything.beyond(shown),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Tally:
    summary: tuple[str, ...]
    points: tuple[_Piece, ...]
    insights: tuple[str, ...]
    notes: tuple[str, ...]
    rows: tuple[Row, ...]
    explained: tuple[Row, ...]
    diffs: tuple[str, ...]

    @classmethod
    def of(cls, pieces: Sequence[_Piece]) -> _Tally:
        explained = tuple(_rows_of(pieces, "explanation"))
        # A diff stands behind its file's explanation.
        told = {item.anchor for row in explained for item in row.items}
        diffs = (piece.item.anchor for piece in pieces if piece.item)
        return cls(
            summary=tuple(_texts(pieces, "summary")),
            insights=tuple(_texts(pieces, "insights")),
            notes=tuple(_texts(pieces, "note")),
            points=tuple(piece for piece in pieces if piece.kind == "point"),
            rows=tuple(_rows_of(pieces, "row")),
            explained=explained,
            diffs=tuple(anchor for anchor in diffs if anchor in told),
        )

    def sections(self) -> Iterator[Section]:
        for name in _SECTIONS:
            points = tuple(p.point for p in self.points if p.section == name and p.point)
            if points:
                yield Section(name=name, points=points)

    def beyond(self, shown: _Tally) -> LeftOut:
        """What is in this tally and not in ``shown``."""
        return LeftOut(
            points=self._told() - shown._told(),
            notes=len(self.notes) - len(shown.notes),
            files=_files(self.rows) - _files(shown.rows),
            explanations=_files(self.explained) - _files(shown.explained),
            diffs=len(self.diffs) - len(shown.diffs),
        )

    def _told(self) -> int:
        """Pieces of prose over all files."""
        return len(self.summary) + len(self.points) + len(self.insights)


def _rows_of(pieces: Iterable[_Piece], kind: str) -> Iterator[Row]:
    return (piece.row for piece in pieces if piece.kind == kind and piece.row)


def _texts(pieces: Iterable[_Piece], kind: str) -> Iterator[str]:
    return (piece.texts[0] for piece in pieces if piece.kind == kind)


_SECTIONS: tuple[Literal["breaking_changes", "new_features", "other_updates"], ...] = (
    "breaking_changes",
    "new_features",
    "other_updates",
)


_Key = tuple[Together | None, str]


def _rows(report: Report, views: Sequence[FileView]) -> Iterator[Row]:
    """Files in the report's order, those that are told together in the place of their first."""
    groups = {group.id: group for group in report.groups}
    members: dict[_Key, list[FileView]] = {}
    for item in views:
        key = _key(item, groups.get(item.file.group or ""))
        members.setdefault(key, []).append(item)
    for (together, _), items in members.items():
        yield _row(items, together if len(items) > 1 else None)


def _key(item: FileView, group: Group | None) -> _Key:
    """Equal for files that are told together, with why."""
    if item.impact == "noise":
        return "noise", ""
    move = renamed_folders(item.file)
    if move:
        return "moved", "\0".join((item.impact, *move))
    # What a section left behind and where it went are two stories.
    if group and group.reason != "moved":
        return group.reason, group.id
    return None, item.anchor


def _row(items: Iterable[FileView], together: Together | None) -> Row:
    held = tuple(items)
    return Row(
        items=held,
        together=together,
        impact=min((item.impact for item in held), key=IMPACTS.index),
        additions=sum(item.file.additions for item in held),
        deletions=sum(item.file.deletions for item in held),
    )


def _pieces(
    report: Report, rows: Sequence[Row], *, chart: str, at_length: bool
) -> Iterator[_Piece]:
    """``rows`` are in order of importance."""
    overview = report.overview
    if overview.summary:
        yield _Piece(kind="summary", texts=(overview.summary,))
    yield from _points("breaking_changes", overview.breaking_changes)
    yield from _points("new_features", overview.new_features)
    yield from _points("other_updates", overview.other_updates)
    yield from (_Piece(kind="note", texts=(note,)) for note in report.notes)
    if at_length and overview.insights:
        yield _Piece(kind="insights", texts=(overview.insights,))
    # Explanations of what comes first matter more than rows that nobody gets to.
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        some = rows[start : start + _ROWS_AT_ONCE]
        yield from map(_row_piece, some)
        # One picture of all files is worth the last of their explanations.
        yield _Piece(kind="chart", texts=(chart if start == 0 else "",))
        yield from map(_explanation_piece, some)
    if at_length:
        yield from _diffs(rows)


def _points(section: str, points: Iterable[Point]) -> Iterator[_Piece]:
    for point in points:
        yield _Piece(kind="point", texts=(point.text,), section=section, point=point)


def _row_piece(row: Row) -> _Piece:
    return _Piece(kind="row", texts=(*_named(row.first), row.first.file.title), row=row)


def _explanation_piece(row: Row) -> _Piece:
    return _Piece(kind="explanation", texts=tuple(_explanations(row)), row=row)


def _named(item: FileView) -> tuple[str, ...]:
    return item.short_name, item.link


def _explanations(row: Row) -> Iterator[str]:
    yield row.first.file.explanation
    for item in row.items[:_NAMED_FILES]:
        yield from _named(item)
    yield from row.notes


def _diffs(rows: Iterable[Row]) -> Iterator[_Piece]:
    for row in rows:
        for item in row.items:
            if item.file.patch:
                yield _Piece(kind="diff", texts=(item.file.patch,), item=item)


def _size(piece: _Piece, measure: Measure) -> int:
    return sum(map(measure, piece.texts))


def _files(rows: Iterable[Row]) -> int:
    return sum(len(row.items) for row in rows)
