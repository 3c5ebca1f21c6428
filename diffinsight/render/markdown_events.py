"""What a parser sees in Markdown and where, and edits at those places: all in bytes."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """Bytes to put in place of a range."""

    start: int
    end: int
    text: bytes


@dataclass(frozen=True, slots=True)
class Event:
    """What the parser saw, and where: byte offsets."""

    kind: str  # such as Text, Code, Html, Start, End
    detail: str  # of Start and End: which container or block; of Code and Text: its text
    fenced: str | None  # the words behind the fence of a code block; None: no fence
    start: int
    end: int


def encoded(text: str) -> bytes:
    return text.replace("\0", "\ufffd").encode(errors="replace")


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """``data`` with the edits; of two that overlap the first holds."""
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        if edit.start >= at:
            pieces += [data[at : edit.start], edit.text]
            at = edit.end
    return b"".join([*pieces, data[at:]])


def events(data: bytes) -> Iterator[Event]:
    import pyromark

    parser = pyromark.Markdown(
        options=pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH
    )
    for event, place in parser.events_with_range(data.decode()):
        kind, detail = next(iter(event.items())) if isinstance(event, dict) else (event, "")
        named = next(iter(detail)) if isinstance(detail, dict) else detail
        code = detail.get("CodeBlock") if isinstance(detail, dict) else None
        fenced = code.get("Fenced") if isinstance(code, dict) else None
        yield Event(kind, str(named), fenced, place["start"], place["end"])


def code_ranges(data: bytes) -> list[tuple[int, int]]:
    """Where code is, fences included, in order and apart."""
    return [(event.start, event.end) for event in events(data) if is_code(event)]


def within(place: int, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether one of ``ranges``, in order and apart, holds ``place``."""
    index = bisect(ranges, place, key=lambda held: held[0]) - 1
    return index >= 0 and place < ranges[index][1]


def is_code(event: Event) -> bool:
    return event.kind == "Code" or (event.kind == "Start" and event.detail == "CodeBlock")
