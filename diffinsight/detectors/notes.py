"""Notes, tips and warnings, whatever the dialect writes them with."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.detectors.comparison.telling import known
from diffinsight.detectors.comparison.whole import Whole
from diffinsight.matching.words import count, first_words
from diffinsight.models import Finding, LineRange, Values
from diffinsight.outline.model import Block, Outline

MOST_BLOCKS = 50  # of a note that are read for its words
SERIOUS = frozenset({"warning", "caution", "danger", "important", "error", "attention"})


def find(file: Comparison, _: Whole) -> Iterator[Finding]:
    for pair in file.pairs:
        if pair.block.kind != "note":
            continue
        if pair.both:
            yield from _changed(file, pair)
        elif not pair.inside or pair.block.name in SERIOUS:
            yield _one_sided(file, pair)


def _one_sided(file: Comparison, pair: Pair) -> Finding:
    block = pair.block
    text = text_of(file.after if pair.after else file.before, block)
    spans = file.came if pair.after else file.gone
    lines: LineRange = (block.first, spans.get(block.first, block.last))
    return Finding(
        kind="note-added" if pair.after else "note-removed",
        subject=block.name,
        impact="notable",
        before=text if pair.before else None,
        after=text if pair.after else None,
        before_lines=lines if pair.before else None,
        after_lines=lines if pair.after else None,
        values=_values(pair, text),
    )


def _changed(file: Comparison, pair: Pair) -> Iterator[Finding]:
    if pair.both is None:
        return
    before, after = pair.both
    if before.name == after.name and before.text == after.text:
        return
    named = before.name != after.name
    yield Finding(
        kind="note-changed",
        subject=after.name,
        impact="notable",
        before=before.name if named else before.text,
        after=after.name if named else after.text,
        before_lines=before.lines,
        after_lines=after.lines,
        values=_values(pair, text_of(file.after, after)),
    )


def _values(pair: Pair, text: str) -> Values:
    return known(
        section=pair.section,
        text=first_words(text),
        words=count(text),
        serious=pair.block.name in SERIOUS,
    )


def text_of(outline: Outline, note: Block) -> str:
    """The words of a note, with its title."""
    place = bisect_right(outline.blocks, note.first, key=lambda block: block.first)
    inner = (
        block.text
        for block in outline.blocks[place : place + MOST_BLOCKS]
        if block.first <= note.end and block.kind != "note"
    )
    return " ".join(text for text in (note.text, *inner) if text)
