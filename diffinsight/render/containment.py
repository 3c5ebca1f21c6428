"""Markdown by others that stays what it is, and only that, in every renderer of a report.

What CommonMark takes for text or code must be the same to Pandoc and Python-Markdown, which read
more as HTML, attributes and links: without a sanitizer a tag or a `javascript:` link in a
committed report would run on the site that shows it. Code comes first, so that all agree on where
it is; then what stands outside of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from diffinsight.markdown_text import code_span
from diffinsight.render.markdown_events import (
    Edit,
    Event,
    code_ranges,
    edited,
    encoded,
    events,
    is_code,
    within,
)

_MAY_BE_CODE = re.compile(rb"[`~\t]| {4}")
_WHITE_LINE = re.compile(rb"(?m)^[ \t]+$")
_FENCE = re.compile(rb"(`{3,}|~{3,}) ?([\w+#-][\w.+#-]*)? *")
_RUN_AT_LINE_START = re.compile(r"^[ \t]*(`+)", re.MULTILINE)
_LANGUAGE = re.compile(r"[\w+#-][\w.+#-]*")
_HARMLESS_INSIDE = re.compile(rb"[^<\[{\\`~]*")

_REFERENCES = {ord("<"): b"&lt;"}
_IN_ADDRESSES = "/:?#[]@!$&'*+,;=-._~%"

# An address that leads to the web or to another page: no other scheme, however it is written.
_WEB = rb"(?:https?|ftp|mailto):"
_TARGET = rb"[\s>]*+(?:" + _WEB + rb"|[^\s:&\\<()/?#]*+(?:[/?#)]|\s+[\"'()]|$))"
_DEFINED = rb"[\s>]*+(?:" + _WEB + rb"|[^\s:&\\</?#]*+(?:[/?#\s]|$))"
_ADDRESS = re.compile(
    rb"<" + _WEB + rb"[^\s<>\"'`]*>|(?<![\w\\])https?://[^\s<>`\"'()\[\]\\]+", re.IGNORECASE
)
_PLACE = _WEB + rb"[^<>\n\\]*|[^:&<>\n\\]*(?:[/?#][^<>\n\\]*)?"
# GitHub's parser takes a bare address up to the next white space, a code span's start included.
_ADDRESS_IN_IT = re.compile(rb"(?:https?|ftp)://|www\.", re.IGNORECASE)
_LONGEST_ADDRESS = 2_000
_INDENT = re.compile(rb"(?: {1,4}|\t)\Z")
_LINE = re.compile(rb"[^\n]+")
_BRACKET = re.compile(rb"(?<!\\)(?:\\\\)*+([\[\]])")
_MARKS = re.compile(
    rb"(?<!\\)(?P<slashes>\\*+)(?:"
    rb"(?P<tag><)(?=[A-Za-z/!?])"
    rb"|(?P<brace>\{)"  # of attributes
    rb"|(?P<ticks>`+)"  # not of code: to Python-Markdown they may be
    rb"|(?P<bracket>\[)"
    rb"|(?P<tildes>~{3,})"
    rb"|(?P<dollar>\$)"  # of formulas
    rb"|(?P<tex>(?<=\\)(?=[A-Za-z]))"  # Pandoc takes \word for TeX and leaves it out
    rb")"
    rb"|\](?:\(<(?P<place>" + _PLACE + rb")>(?=[\s)])"
    rb"|(?P<link>\()(?!" + _TARGET + rb")"
    rb"|(?P<definition>:)(?!" + _DEFINED + rb"))"
    rb"|(?m:^)[ >]*(?P<division>:::)",
    re.IGNORECASE,
)


def contained(text: str) -> str:
    """``text`` with nothing that runs, or that is left open and would swallow what follows."""
    data = encoded(text)
    if _MAY_BE_CODE.search(data):
        data = edited(data, _plain_code(data))
    return edited(data, (*_harmless_marks(data), *_rules(data))).decode()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Block:
    """A block of code: what it says, and what it is written as."""

    start: int  # of the line, at the top level
    end: int
    nested: bool  # in a list or quotation
    text: str
    fenced: str | None
    source: bytes
    apart: bool  # from the text before


def _plain_code(data: bytes) -> Iterator[Edit]:
    """Code on whose extent all agree: spans on one line, fences at the margin, apart from text."""
    seen = list(events(data))
    code = [(event.start, event.end) for event in seen if is_code(event)]
    for found in _WHITE_LINE.finditer(data):  # behind one Python-Markdown sees no fence
        if not within(found.start(), code):
            yield Edit(found.start(), found.end(), b"")
    for event in seen:
        if event.kind == "Code":
            yield from _plain_span(data, event)
    for block in _code_blocks(data, seen):
        if block.nested:
            if not _is_harmless(block):
                yield Edit(block.start, block.end, _as_spans(block))
        elif not _is_canonical(block):
            yield Edit(block.start, block.end, _as_fence(block))


def _plain_span(data: bytes, span: Event) -> Iterator[Edit]:
    before = data[max(0, span.start - _LONGEST_ADDRESS) : span.start]
    word = before[-1:].strip() and before.rsplit(None, 1)[-1]
    if len(word) == _LONGEST_ADDRESS or _ADDRESS_IN_IT.search(word):
        yield Edit(span.start, span.start, b" ")
    if b"\n" in data[span.start : span.end]:
        yield Edit(span.start, span.end, code_span(span.detail).encode())


def _code_blocks(data: bytes, seen: Iterable[Event]) -> Iterator[_Block]:
    depth, text, first = 0, [""], None
    for event in seen:
        if event.detail in ("List", "BlockQuote"):
            depth += 1 if event.kind == "Start" else -1
        elif event.detail == "CodeBlock" and event.kind == "Start":
            first, text = event, []
        elif event.detail == "CodeBlock" and first:
            start = _start_of(first, data, nested=bool(depth))
            source = data[start : event.end]
            yield _Block(
                start=start,
                end=event.end,
                nested=bool(depth),
                text="".join(text),
                fenced=first.fenced,
                source=source,
                apart=not data[data.rfind(b"\n", 0, max(0, start - 1)) + 1 : start].strip(),
            )
            first = None
        elif event.kind == "Text":
            text.append(event.detail)


def _start_of(first: Event, data: bytes, *, nested: bool) -> int:
    line = data.rfind(b"\n", 0, first.start) + 1
    if not nested:
        return line
    indent = _INDENT.search(data, line, first.start) if first.fenced is None else None
    return indent.start() if indent else first.start


def _is_harmless(block: _Block) -> bool:
    """Whether it does not matter who takes it for text."""
    lines = block.source.rstrip().splitlines()
    closed = block.fenced is not None and lines[0][:3] == lines[-1].strip(b" >")[:3]
    opening = _FENCE.fullmatch(lines[0])
    return closed and bool(opening) and bool(_HARMLESS_INSIDE.fullmatch(block.text.encode()))


def _is_canonical(block: _Block) -> bool:
    lines = block.source.rstrip().splitlines()
    fence = _own_fence(block)
    opening = _FENCE.fullmatch(lines[0])
    closed = len(lines) > 1 and lines[-1].rstrip() == fence.encode()
    return bool(fence and opening) and closed and block.apart


def _own_fence(block: _Block) -> str:
    """The fence that the block has, if nothing in it might be taken for its end."""
    opening = _FENCE.match(block.source) if block.fenced is not None else None
    fence = opening[1].decode() if opening else ""
    inside = (line.lstrip().startswith(fence) for line in block.text.splitlines())
    return "" if any(inside) else fence


def _as_fence(block: _Block) -> bytes:
    runs = (len(found[1]) for found in _RUN_AT_LINE_START.finditer(block.text))
    fence = _own_fence(block) or "`" * max(3, 1 + max(runs, default=0))
    language = _LANGUAGE.match(block.fenced or "")
    content = block.text if block.text.endswith("\n") or not block.text else block.text + "\n"
    end = "\n" if block.source.endswith(b"\n") else ""
    start = ("" if block.apart else "\n") + fence + (language[0] if language else "")
    return f"{start}\n{content}{fence}{end}".encode()


def _as_spans(block: _Block) -> bytes:
    spans = " ".join(code_span(line) for line in block.text.splitlines() if line.strip())
    return spans.encode() + (b"\n" if block.source.endswith(b"\n") else b"")


def _harmless_marks(data: bytes) -> Iterator[Edit]:
    code = code_ranges(data)
    kept = [*_links(data)]
    open_lines = [*_unbalanced_lines(data, code)]
    at = 0
    for start, end in (*code, (len(data), len(data))):
        addresses = [found.span() for found in _ADDRESS.finditer(data, at, start)]
        for found in _MARKS.finditer(data, at, start):
            place = found.start()
            if found["bracket"] and (within(place, kept) or not within(place, open_lines)):
                continue
            if not within(place, addresses):
                yield Edit(place, found.end(), _harmless(found))
            elif found["brace"]:
                yield Edit(place, found.end(), b"%7B")
        at = max(at, end)


def _links(data: bytes) -> Iterator[tuple[int, int]]:
    depth = 0
    for event in events(data):
        if event.detail in ("Link", "Image"):
            if event.kind == "Start" and not depth:
                yield event.start, event.end
            depth += 1 if event.kind == "Start" else -1


def _unbalanced_lines(data: bytes, code: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Lines that leave a bracket open, for which Pandoc seeks the end in the blocks that follow."""
    for line in _LINE.finditer(data):
        depth = lowest = 0
        for found in _BRACKET.finditer(data, *line.span()):
            if not within(found.end() - 1, code):
                depth += 1 if found[1] == b"[" else -1
                lowest = min(lowest, depth)
        if depth or lowest:
            yield line.span()


def _harmless(found: re.Match[bytes]) -> bytes:
    """What to write in place of a mark."""
    kind = found.lastgroup or ""
    mark, before = found[kind], found[0][: found.start(kind) - found.start()]
    if kind == "place":
        return b"](" + quote(mark, safe=_IN_ADDRESSES).encode()
    opens_template = kind == "brace" and found.string[found.end() : found.end() + 1] in (b"%", b"#")
    if kind in ("brace", "bracket", "ticks", "tex") and not opens_template:
        return _with_backslashes(before, mark)
    is_escaped = kind in ("tag", "brace", "tildes", "dollar") and len(before) % 2
    return before[is_escaped:] + b"".join(_REFERENCES.get(byte, b"&#%d;" % byte) for byte in mark)


def _with_backslashes(slashes: bytes, mark: bytes) -> bytes:
    if len(slashes) % 2:  # the first of the mark has its own
        slashes, mark = slashes + (mark[:1] or b"\\"), mark[1:]
    return slashes + b"".join(b"\\%c" % byte for byte in mark)


def _rules(data: bytes) -> Iterator[Edit]:
    """Lines of hyphens as asterisks: Pandoc reads metadata between two of them."""
    if b"--" not in data and b"- -" not in data:
        return
    for event in events(data):
        line = data[event.start : event.end]
        if event.kind == "Rule" and b"-" in line:
            yield Edit(event.start, event.end, b"***\n" if line.endswith(b"\n") else b"***")
