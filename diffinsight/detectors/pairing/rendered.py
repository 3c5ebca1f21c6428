"""Text that stayed and shows as something else: the markup above or around it changed.

A fence that lost its end makes code of what follows, a blank line ends a table, a mark without its
space marks nothing. The lines themselves are the same in both versions, or but for white space.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from diffinsight.detectors.pairing.kept import Kept
from diffinsight.detectors.reading.model import Rendered, Role
from diffinsight.detectors.reading.sides import Lines
from diffinsight.markdown_text import one_line
from diffinsight.outline.model import Block, Fragment, Outline
from diffinsight.outline.pages import split_lines

_ROLES: Mapping[str, Role] = {
    "paragraph": "text",
    "heading": "heading",
    "item": "item",
    "step": "item",
    "table": "row",
    "row": "row",
    "code": "code",
}
_WHOLE = frozenset({"code", "hidden"})  # roles beside which all others are text
# What hunks show by themselves; what a line stands in may begin above them.
_SURE = frozenset({"text", "heading", "item", "row"})
_QUOTE = re.compile(r"^[\s>]+")
_SPACING = re.compile(r"\s|^[\s>]+")
FENCE = re.compile(r"\s*(?:>\s*)*(?:`{3,}|~{3,})[^`]*")


class _Line(NamedTuple):
    """As what a line shows, and the first lines of the note and the list item around it."""

    role: Role
    block: Block
    note: int
    item: int


class _Side(NamedTuple):
    """One version: what its lines show, what they are, and which of them changed."""

    shown: Mapping[int, _Line]
    holders: frozenset[int]  # first lines of notes and list items
    texts: Mapping[int, str]
    changed: Lines


class _Stayed(NamedTuple):
    """A line in both versions, and as what it showed and shows."""

    old: int
    new: int
    was: Role
    now: Role


def find_rendered(
    pages: tuple[Outline, Outline],
    texts: tuple[Sequence[Fragment], Sequence[Fragment]],
    changed: tuple[Lines, Lines],
    *,
    partial: bool,
) -> tuple[Rendered, ...]:
    """What stayed and shows as something else, in the order of the new version."""
    before, after = (
        _Side(_shown(page), _holders(page), _texts(text), lines)
        for page, text, lines in zip(pages, texts, changed, strict=True)
    )
    runs: list[list[_Stayed]] = []
    for line in sorted(_otherwise(before, after), key=lambda line: line.new):
        if partial and not _is_sure(line, before, after):
            continue
        if runs and _goes_on(runs[-1][-1], line, before.shown, after.shown):
            runs[-1].append(line)
        else:
            runs.append([line])
    told = (_told(run, before, after) for run in runs)
    return tuple(run for run in told if any(run.texts))


def _is_sure(line: _Stayed, before: _Side, after: _Side) -> bool:
    """Whether hunks show enough: code and comments with both their ends among what changed."""
    if line.was in _WHOLE:
        ends, side = before.shown[line.old].block.lines, before
    elif line.now in _WHOLE:
        ends, side = after.shown[line.new].block.lines, after
    else:
        return line.was in _SURE and line.now in _SURE
    return all(end in side.changed for end in ends)


def _texts(fragments: Sequence[Fragment]) -> dict[int, str]:
    return {
        number: line
        for fragment in fragments
        for number, line in enumerate(split_lines(fragment.text), fragment.first_line)
    }


def _shown(page: Outline) -> dict[int, _Line]:
    notes = {
        line: block.first
        for block in page.blocks
        if block.kind == "note"
        for line in range(block.first, block.end + 1)
    }
    shown: dict[int, _Line] = {}
    for block in page.blocks:
        comment = block.kind == "html" and block.text.lstrip().startswith("<!--")
        role: Role | None = "hidden" if comment else _ROLES.get(block.kind)
        if role is None:
            continue
        for line in range(block.first, block.last + 1):
            # What an item goes on with is text, whether or not it has a line of its own.
            own: Role = "text" if role == "item" and line > block.first else role
            item = block.first if own != role else block.item
            shown[line] = _Line(own, block, notes.get(line, 0), item)
    return shown


def _holders(page: Outline) -> frozenset[int]:
    return frozenset(b.first for b in page.blocks if b.kind in {"note", "item", "step"})


def _otherwise(before: _Side, after: _Side) -> Iterator[_Stayed]:
    """The lines that both versions have, or but for white space, and that show otherwise."""
    kept = Kept.of(before.changed, after.changed)
    respaced = _respaced(before.changed, after.changed, kept)
    stayed = {line: kept.now(line) for line in before.holders if kept.now(line) in after.holders}
    held = (frozenset(stayed), frozenset(stayed.values()))
    for line, old in before.shown.items():
        now = kept.now(line) or respaced.get(line, 0)
        new = after.shown.get(now)
        if new is None:
            continue
        was, role = _roles(old.role, new.role)
        if was == role:
            was, role = _places(old, new, held)
        if was != role:
            yield _Stayed(line, now, was, role)


def _roles(was: Role, now: Role) -> tuple[Role, Role]:
    if was == now:
        return was, now
    if now in _WHOLE and was not in _WHOLE:
        return "text", now
    return was, "text" if was in _WHOLE and now not in _WHOLE else now


def _places(
    old: _Line, new: _Line, held: tuple[AbstractSet[int], AbstractSet[int]]
) -> tuple[Role, Role]:
    """In a note or an item, or not any more, where the note or the item stayed."""
    places: tuple[tuple[Role, int, int], ...] = (
        ("note", old.note, new.note),
        ("listed", old.item, new.item),
    )
    for role, was, now in places:
        if was in held[0] and not now:
            return role, "text"
        if now in held[1] and not was:
            return "text", role
    return "text", "text"


def _respaced(removed: Lines, added: Lines, kept: Kept) -> dict[int, int]:
    """Lines that took each other's place and differ in white space and marks of a quote alone."""
    at: dict[tuple[int, str], list[int]] = defaultdict(list)
    for line, text in sorted(added.items()):
        at[kept.place(line, old=False), _SPACING.sub("", text)].append(line)
    found = {}
    for line, text in sorted(removed.items()):
        same = at.get((kept.place(line, old=True), _SPACING.sub("", text)))
        if same and any(map(str.isalnum, text)):
            found[line] = same.pop(0)
    return found


def _goes_on(
    last: _Stayed, line: _Stayed, old: Mapping[int, _Line], new: Mapping[int, _Line]
) -> bool:
    """Whether two lines show otherwise in the same way, with nothing else between them."""
    if (last.was, last.now) != (line.was, line.now):
        return False
    if line.was in _WHOLE:
        return old[last.old].block is old[line.old].block
    if line.now in _WHOLE:
        return new[last.new].block is new[line.new].block
    return not any(between in new for between in range(last.new + 1, line.new))


def _told(run: Sequence[_Stayed], before: _Side, after: _Side) -> Rendered:
    was, now = run[0].was, run[0].now
    old, new = (tuple(sorted(side)) for side in zip(*(line[:2] for line in run), strict=True))
    came = was in _WHOLE or (was == "text" and now not in _WHOLE)
    side, lines = (after, new) if came else (before, old)
    return Rendered(
        was=was,
        now=now,
        old=old,
        new=new,
        texts=tuple(_texts_of(side, lines)),
        headings=tuple(line for line in old if before.shown[line].role == "heading"),
        removed=frozenset(_marks(before, old)),
        added=frozenset(_marks(after, new)),
        unpaired=now == "code" and _is_unpaired(after, after.shown[new[0]].block),
    )


def _texts_of(side: _Side, lines: Sequence[int]) -> Iterator[str]:
    """What ``lines`` say, block by block: of one that has more lines, as it is written."""
    for block in {id(b): b for line in lines for b in [side.shown[line].block]}.values():
        own = [line for line in lines if block.first <= line <= block.last]
        if {block.first, block.last} <= set(own):
            yield shown_text(block)
        else:
            yield one_line(" ".join(_QUOTE.sub("", side.texts.get(line, "")) for line in own))


def shown_text(block: Block) -> str:
    """What a block says, without the marks of a comment; the name of a row."""
    if block.kind == "row" and block.cells:
        return block.cells[0]
    return one_line(block.text).removeprefix("<!--").removesuffix("-->").strip()


def _is_unpaired(side: _Side, code: Block) -> bool:
    """Whether code has a fence inside, or goes on to the end of the page for want of one."""
    lines = range(code.first, code.last + 1)
    fences = [bool(FENCE.fullmatch(side.texts.get(line, ""))) for line in lines]
    return any(fences[1:-1]) or fences[0] != fences[-1]


def _marks(side: _Side, lines: Sequence[int]) -> Iterator[int]:
    """The changed lines of a run, and those around it that are marks and no words."""
    yield from (line for line in lines if line in side.changed)
    for line, step in ((lines[0], -1), (lines[-1], 1)):
        while _is_mark(side.texts.get(line := line + step)):
            if line in side.changed:
                yield line
            elif side.texts[line].strip():
                break


def _is_mark(text: str | None) -> bool:
    return text is not None and (bool(FENCE.fullmatch(text)) or not any(map(str.isalnum, text)))
