"""Markdown that others wrote, such as a model or a JSON report, before it goes into a page.

Each function takes and returns Markdown and leaves alone what it need not change. The places
to change come from a parser, so that code stays as it is.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

_ZERO_WIDTH_SPACE = "\u200b".encode()
_TAG = re.compile(rb"<(?=[A-Za-z/!?])")
_FENCE_LINE = re.compile(rb" {0,3}(`{3,}|~{3,})")
_ADDRESS = re.compile(rb"https?://[^\s<>]+|www\.[^\s<>]+")
_STRONG = re.compile(rb"(?<![\\*])\*\*(?=[^\s*])|(?<![\\*\s])\*\*(?!\*)")
# Links to these leave a trace in the thread they lead to; redirect.github.com leads there
# without one, which is how Dependabot and Renovate quote release notes
# (https://docs.renovatebot.com/configuration-options/#prbodytemplate).
_THREAD = re.compile(
    rb"(https?://)(?:www\.)?github\.com(?=/[\w.-]+/[\w.-]+/(?:issues|pull|discussions|commit)/)",
    re.IGNORECASE,
)
# GitHub looks for these in the rendered text, where a backslash or an entity no longer shows.
_CALLS = re.compile(
    rb"(?:@|&#0*64;|&#[xX]0*40;|&commat;)(?!\s|\xe2\x80\x8b)"  # a mention; not broken yet
    rb"|#(?=[\d&])(?!(?<=&#)\d+;)|(?:&#0*35;|&#[xX]0*23;|&num;)(?=[\d&])"  # a number, no entity
    rb"|\bgh-(?=[\d&])"
    rb"|(?<![\w.])(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f](?=[0-9a-f]{6,39}(?!\w))",  # a commit
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Edit:
    """Bytes to put in place of a range."""

    start: int
    end: int
    text: bytes


@dataclass(frozen=True, slots=True)
class _Event:
    """What the parser saw, and where: byte offsets."""

    kind: str  # such as Text, Code, Html, Start, End
    detail: str  # of Start and End: which container or block; of Code: its text
    fenced: bool  # a code block that needs an end
    start: int
    end: int


def contained(text: str) -> str:
    """``text`` with nothing left open that would swallow what follows: no HTML, no open fence."""
    data = _encoded(text)
    if b"<" in data:
        data = _edited(data, _open_tags(data))
    if b"```" in data or b"~~~" in data:
        data += _missing_fence(data)
    return data.decode()


def quiet(text: str) -> str:
    """``text`` that notifies nobody and leaves no cross-reference when GitHub shows it."""
    data = _encoded(text)
    return _edited(data, (*_calls(data), *_thread_links(data))).decode()


def emphasised(text: str) -> str:
    """``text`` with ``**`` as ``<strong>`` where CommonMark's flanking rule would show asterisks.

    That is so beside most Japanese and Chinese punctuation: ``これは**「重要」**です``
    (https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run).
    """
    data = _encoded(text)
    return _edited(data, _strong_tags(data)).decode() if b"**" in data else text


def _encoded(text: str) -> bytes:
    return text.replace("\0", "\ufffd").encode(errors="replace")


def _edited(data: bytes, edits: Iterable[_Edit]) -> bytes:
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        if edit.start >= at:
            pieces += [data[at : edit.start], edit.text]
            at = edit.end
    return b"".join([*pieces, data[at:]])


def _events(data: bytes) -> Iterator[_Event]:
    import pyromark

    parser = pyromark.Markdown(
        options=pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH
    )
    for event, place in parser.events_with_range(data.decode()):
        kind, detail = next(iter(event.items())) if isinstance(event, dict) else (event, "")
        named = next(iter(detail)) if isinstance(detail, dict) else detail
        fenced = isinstance(detail, dict) and isinstance(detail.get("CodeBlock"), dict)
        yield _Event(kind, str(named), fenced, place["start"], place["end"])


def _open_tags(data: bytes) -> Iterator[_Edit]:
    for start, end in _prose(data, kinds=("Text", "Html", "InlineHtml")):
        for found in _TAG.finditer(data, start, end):
            if not _is_escaped(data, found.start()):
                yield _Edit(found.start(), found.end(), b"&lt;")


def _is_escaped(data: bytes, place: int) -> bool:
    first = place
    while data[first - 1 : first] == b"\\":
        first -= 1
    return (place - first) % 2 == 1


def _missing_fence(data: bytes) -> bytes:
    """What closes a fence that ``data`` leaves open; inside a list or quote its end does."""
    depth, fence = 0, b""
    for event in _events(data):
        if event.detail in ("List", "BlockQuote"):
            depth += 1 if event.kind == "Start" else -1
        elif event.fenced and not depth:
            fence = _open_fence(data[event.start : event.end])
            open_to_end = event.end >= len(data.rstrip())
            fence = fence if open_to_end else b""
    return b"\n" + fence if fence else b""


def _open_fence(block: bytes) -> bytes:
    """The fence of ``block`` if its last line does not close it."""
    lines = block.rstrip().splitlines()
    opening = _FENCE_LINE.match(lines[0]) if lines else None
    if not opening:
        return b""
    closing = lines[-1].strip() if len(lines) > 1 else b""
    closed = closing.startswith(opening[1]) and not closing.strip(opening[1][:1])
    return b"" if closed else opening[1]


def _prose(data: bytes, *, kinds: tuple[str, ...] = ("Text",)) -> Iterator[tuple[int, int]]:
    """Stretches of prose, joined where the parser cut them; no code."""
    in_code, pending = False, (0, 0)
    for event in _events(data):
        if event.detail == "CodeBlock":
            in_code = event.kind == "Start"
        if event.kind not in kinds or in_code:
            continue
        # An escaped character starts behind its backslash.
        touching = data[pending[1] : event.start].strip(b"\\") == b""
        if pending[1] and touching and event.start >= pending[1]:
            pending = (pending[0], event.end)
        else:
            yield pending
            pending = (event.start, event.end)
    yield pending


def _calls(data: bytes) -> Iterator[_Edit]:
    for start, end in _prose(data):
        addresses = [found.span() for found in _ADDRESS.finditer(data, start, end)]
        for found in _CALLS.finditer(data, start, end):
            if not _within(found.start(), addresses):
                yield _Edit(found.end(), found.end(), _ZERO_WIDTH_SPACE)


def _thread_links(data: bytes) -> Iterator[_Edit]:
    code = _code_ranges(data)
    for found in _THREAD.finditer(data):
        if not _within(found.start(), code):
            yield _Edit(found.start(), found.end(), found[1] + b"redirect.github.com")


def _is_code(event: _Event) -> bool:
    return event.kind == "Code" or (event.kind == "Start" and event.detail == "CodeBlock")


def _strong_tags(data: bytes) -> Iterator[_Edit]:
    """Tags for all ``**`` of a line in which one stands beside punctuation."""
    code = _code_ranges(data)
    at = 0
    for line in data.splitlines(keepends=True):
        found = _STRONG.finditer(data, at, at + len(line))
        marks = [mark.span() for mark in found if not _within(mark.start(), code)]
        pairs = list(zip(marks[::2], marks[1::2], strict=False))
        # Of an odd number one stands for itself, and nobody can tell which.
        if len(marks) % 2 == 0 and any(_edged(data[a[1] : b[0]].decode()) for a, b in pairs):
            for opening, closing in pairs:
                yield _Edit(*opening, b"<strong>")
                yield _Edit(*closing, b"</strong>")
        at += len(line)


def _edged(text: str) -> bool:
    return not (text[:1].isalnum() and text[-1:].isalnum())


def _code_ranges(data: bytes) -> list[tuple[int, int]]:
    return [(event.start, event.end) for event in _events(data) if _is_code(event)]


def _within(place: int, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether one of ``ranges``, in order and apart, holds ``place``."""
    index = bisect(ranges, place, key=lambda held: held[0]) - 1
    return index >= 0 and place < ranges[index][1]


def linked(text: str, targets: Mapping[str, str]) -> str:
    """``text`` with the code spans that name one of ``targets`` leading to its address."""
    data = _encoded(text)
    return _edited(data, _links(data, targets)).decode() if b"`" in data else text


def _links(data: bytes, targets: Mapping[str, str]) -> Iterator[_Edit]:
    in_link = 0
    for event in _events(data):
        if event.detail in ("Link", "Image"):
            in_link += 1 if event.kind == "Start" else -1
        target = targets.get(event.detail) if event.kind == "Code" else None
        if target and not in_link:
            span = data[event.start : event.end]
            yield _Edit(event.start, event.end, b"[" + span + b"](" + target.encode() + b")")


def quiet_text(text: str) -> str:
    """Plain ``text``, such as inside an HTML tag, that notifies nobody."""
    return _CALLS.sub(lambda found: found[0] + _ZERO_WIDTH_SPACE, _encoded(text)).decode()
