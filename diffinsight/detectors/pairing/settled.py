"""Pairs that say nothing of their own once it is told what is rendered otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from diffinsight.detectors.pairing.kept import Kept
from diffinsight.detectors.pairing.rendered import FENCE
from diffinsight.detectors.reading.model import Pair, Rendered
from diffinsight.detectors.reading.sides import Lines
from diffinsight.matching.code_edits import code_edits
from diffinsight.outline.model import PROSE, Block


def settled(
    pairs: Iterable[Pair], rendered: Sequence[Rendered], changed: tuple[Lines, Lines]
) -> Iterator[Pair]:
    """``pairs`` without what is told as rendered otherwise, and what only took a blank line in."""
    told = [run for run in rendered if run.now != "hidden"]  # told with the comment that hides it
    lines = (
        {line for run in told for line in (*run.old, *run.removed)},
        {line for run in told for line in (*run.new, *run.added)},
    )
    kept = Kept.of(*changed)
    for pair in pairs:
        blocks = (pair.before, pair.after)
        spans = [set(range(block.first, block.last + 1) if block else ()) for block in blocks]
        touched = any(span & own for span, own in zip(spans, lines, strict=True))
        rest = [
            side[line]
            for span, side, own in zip(spans, changed, lines, strict=True)
            for line in span & side.keys() - own
        ]
        if touched and not rest:
            continue
        in_prose = pair.both and {block.kind for block in pair.both} <= PROSE
        if in_prose and not pair.moved and not any(text.strip() for text in rest):
            continue
        yield _own(pair, spans, changed, kept) if touched else pair


def _own(pair: Pair, spans: Sequence[set[int]], changed: tuple[Lines, Lines], kept: Kept) -> Pair:
    """Code without the lines that stayed and are in the code of one version alone."""
    if pair.both is None or {block.kind for block in pair.both} != {"code"}:
        return pair
    stayed = {line: kept.now(line) for line in spans[0] - changed[0].keys()}
    before = _without(pair.both[0], {old for old, new in stayed.items() if new not in spans[1]})
    after = _without(pair.both[1], spans[1] - changed[1].keys() - set(stayed.values()))
    edits = tuple(code_edits(before.text, after.text))
    return replace(pair, before=before, after=after, edits=edits)


def _without(code: Block, lines: AbstractSet[int]) -> Block:
    first = code.first + bool(FENCE.fullmatch(code.source.split("\n")[0]))
    text = code.text.split("\n")
    return replace(code, text="\n".join(t for n, t in enumerate(text, first) if n not in lines))
