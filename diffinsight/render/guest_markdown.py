"""Markdown that others wrote, such as a model or a JSON report, before it goes into a page.

Each function takes and returns Markdown and leaves alone what it need not change. The places
to change come from a parser, so that code stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from diffinsight.render.markdown_events import (
    Edit,
    code_ranges,
    edited,
    encoded,
    events,
    within,
)

_ZERO_WIDTH_SPACE = "\u200b".encode()
_ADDRESS = re.compile(rb"https?://[^\s<>]+|www\.[^\s<>]+")
_STRONG = re.compile(rb"(?<![\\*])\*\*(?=[^\s*])|(?<![\\*\s])\*\*(?!\*)")
# Links to these leave a trace in the thread they lead to; redirect.github.com leads there
# without one, which is how Dependabot and Renovate quote release notes
# (https://docs.renovatebot.com/configuration-options/#prbodytemplate).
_THREAD = re.compile(
    rb"(https?://)(?:www\.)?github\.com(?=/[\w.-]+/[\w.-]+/(?:issues|pull|discussions|commit)/)",
    re.IGNORECASE,
)
# Not the groups of digits of an identifier, which has to be copied as it is.
_GUIDS = (
    rb"(?![0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?!\w))"
    rb"(?!(?<=[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-)[0-9a-f]{12}(?!\w))"
)
# GitHub looks for these in the rendered text, where a backslash or an entity no longer shows.
_CALLS = re.compile(
    rb"(?:@|&#0*64;|&#[xX]0*40;|&commat;)(?!\s|\xe2\x80\x8b)"  # a mention; not broken yet
    rb"|#(?=[\d&])(?!(?<=&#)\d+;)|(?:&#0*35;|&#[xX]0*23;|&num;)(?=[\d&])"  # a number, no entity
    rb"|\bgh-(?=[\d&])"
    rb"|(?<![\w.])"
    + _GUIDS
    + rb"(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f](?=[0-9a-f]{6,39}(?!\w))",  # a commit
    re.IGNORECASE,
)


def quiet(text: str) -> str:
    """``text`` that notifies nobody and leaves no cross-reference when GitHub shows it."""
    data = encoded(text)
    return edited(data, (*_calls(data), *_thread_links(data))).decode()


def emphasised(text: str) -> str:
    """``text`` with ``**`` as ``<strong>`` where CommonMark's flanking rule would show asterisks.

    That is so beside most Japanese and Chinese punctuation: ``これは**「重要」**です``
    (https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run).
    """
    data = encoded(text)
    return edited(data, _strong_tags(data)).decode() if b"**" in data else text


def _prose(data: bytes) -> Iterator[tuple[int, int]]:
    """Stretches of prose, joined where the parser cut them; no code."""
    in_code, pending = False, (0, 0)
    for event in events(data):
        if event.detail == "CodeBlock":
            in_code = event.kind == "Start"
        if event.kind != "Text" or in_code:
            continue
        # An escaped character starts behind its backslash.
        touching = data[pending[1] : event.start].strip(b"\\") == b""
        if pending[1] and touching and event.start >= pending[1]:
            pending = (pending[0], event.end)
        else:
            yield pending
            pending = (event.start, event.end)
    yield pending


def _calls(data: bytes) -> Iterator[Edit]:
    for start, end in _prose(data):
        addresses = [found.span() for found in _ADDRESS.finditer(data, start, end)]
        for found in _CALLS.finditer(data, start, end):
            if not within(found.start(), addresses):
                yield Edit(found.end(), found.end(), _ZERO_WIDTH_SPACE)


def _thread_links(data: bytes) -> Iterator[Edit]:
    code = code_ranges(data)
    for found in _THREAD.finditer(data):
        if not within(found.start(), code):
            yield Edit(found.start(), found.end(), found[1] + b"redirect.github.com")


def _strong_tags(data: bytes) -> Iterator[Edit]:
    """Tags for all ``**`` of a line in which one stands beside punctuation."""
    code = code_ranges(data)
    at = 0
    for line in data.splitlines(keepends=True):
        found = _STRONG.finditer(data, at, at + len(line))
        marks = [mark.span() for mark in found if not within(mark.start(), code)]
        pairs = list(zip(marks[::2], marks[1::2], strict=False))
        # Of an odd number one stands for itself, and nobody can tell which.
        if len(marks) % 2 == 0 and any(_edged(data[a[1] : b[0]].decode()) for a, b in pairs):
            for opening, closing in pairs:
                yield Edit(*opening, b"<strong>")
                yield Edit(*closing, b"</strong>")
        at += len(line)


def _edged(text: str) -> bool:
    return not (text[:1].isalnum() and text[-1:].isalnum())


def linked(text: str, targets: Mapping[str, str]) -> str:
    """``text`` with the code spans that name one of ``targets`` leading to its address."""
    data = encoded(text)
    return edited(data, _links(data, targets)).decode() if b"`" in data else text


def _links(data: bytes, targets: Mapping[str, str]) -> Iterator[Edit]:
    in_link = 0
    for event in events(data):
        if event.detail in ("Link", "Image"):
            in_link += 1 if event.kind == "Start" else -1
        target = targets.get(event.detail) if event.kind == "Code" else None
        if target and not in_link:
            span = data[event.start : event.end]
            yield Edit(event.start, event.end, b"[" + span + b"](" + target.encode() + b")")


def quiet_text(text: str) -> str:
    """Plain ``text``, such as inside an HTML tag, that notifies nobody."""
    return _CALLS.sub(lambda found: found[0] + _ZERO_WIDTH_SPACE, encoded(text)).decode()
