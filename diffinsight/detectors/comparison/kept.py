"""What did not change: the lines that both versions have, and the blocks that stand on them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from diffinsight.outline.model import Block, Section

ENOUGH = 0.5  # of the lines of the shorter of two versions of a block


@dataclass(frozen=True, slots=True)
class Kept:
    """Which line of the new version each line of the old one is, as the diff has them."""

    removed: frozenset[int]
    added: frozenset[int]
    gone: tuple[int, ...]
    ranks: tuple[int, ...]  # for each added line, how many lines above it were there before

    @classmethod
    def of(cls, removed: Iterable[int], added: Iterable[int]) -> Kept:
        gone, came = sorted(removed), sorted(added)
        ranks = tuple(line - 1 - place for place, line in enumerate(came))
        return cls(frozenset(gone), frozenset(came), tuple(gone), ranks)

    def now(self, line: int) -> int:
        """The number that a line of the old version has in the new one; 0: it is gone."""
        if line in self.removed:
            return 0
        rank = line - bisect_left(self.gone, line)
        return rank + bisect_left(self.ranks, rank)

    def untouched(self, before: Block | None, after: Block | None) -> bool:
        """Whether a block that only one version has stands on lines that both have."""
        block, changed = (before, self.removed) if before else (after, self.added)
        return block is not None and not any(line in changed for line in _told(block))


@dataclass(frozen=True, slots=True)
class Stayed:
    """Pairs of blocks, to be found by either side."""

    pairs: Sequence[tuple[Block, Block]]
    now: dict[int, Block]  # by the id of the old block
    was: dict[int, Block]  # by the id of the new block


def _told(block: Block) -> Iterator[int]:
    """The lines that say something: of a note all; of code, those between its fences."""
    lines = block.source.splitlines()
    if block.kind == "note" or len(lines) != block.last - block.first + 1:
        yield from range(block.first, max(block.last, block.end) + 1)
        return
    for place, line in enumerate(lines):
        fence = block.kind == "code" and line.lstrip(" >").startswith(("```", "~~~"))
        if line.strip() and not (fence and len(lines) > 1):
            yield block.first + place


def kept_sections(
    before: Sequence[Section], after: Sequence[Section], kept: Kept
) -> dict[int, int]:
    """Sections whose heading did not change, by their places."""
    places = {s.heading.first: b for b, s in enumerate(after) if s.heading}
    found = {}
    for a, section in enumerate(before):
        heading = section.heading
        b = places.get(kept.now(heading.first)) if heading else None
        other = after[b].heading if b is not None else None
        if b is not None and heading and other and heading.source == other.source:
            found[a] = b
    return found


def kept_blocks(before: Iterable[Block], after: Iterable[Block], kept: Kept) -> Stayed:
    """Blocks of one kind with most of the lines of the shorter one in common, each once."""
    at: dict[int, list[Block]] = defaultdict(list)
    for block in after:
        for line in _told(block):
            at[line].append(block)
    pairs: list[tuple[Block, Block]] = []
    taken: set[int] = set()
    for old in before:
        new = _most_shared(old, at, kept, taken)
        if new:
            taken.add(id(new))
            pairs.append((old, new))
    return Stayed(pairs, {id(a): b for a, b in pairs}, {id(b): a for a, b in pairs})


def _most_shared(
    old: Block, at: dict[int, list[Block]], kept: Kept, taken: set[int]
) -> Block | None:
    shared: Counter[int] = Counter()
    blocks: dict[int, Block] = {}
    told = list(_told(old))
    for line in told:
        for new in at.get(kept.now(line), ()):
            if new.kind == old.kind and id(new) not in taken:
                shared[id(new)] += 1
                blocks[id(new)] = new
    if not shared:
        return None
    best, count = shared.most_common(1)[0]
    size = min(len(told), sum(1 for _ in _told(blocks[best])))
    # Of a note, the line that opens it says nothing.
    alike = count > ENOUGH * size if old.kind == "note" else count >= ENOUGH * size
    return blocks[best] if alike else None
