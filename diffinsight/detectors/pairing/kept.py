"""What did not change: the lines that both versions have, and the blocks that stand on them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from diffinsight.matching.likeness import almost_same
from diffinsight.outline.model import Block, Section

LOOSE = frozenset({"table", "directive", "tab", "note"})  # alike all over a page
MOST_NAMES = 2_500  # pairs of names looked at
MOST_LINES = 50  # of a note; each may hold all that are below it
ENOUGH = 0.5  # of the lines of the shorter of two versions of a block


@dataclass(frozen=True, slots=True)
class Kept:
    """Which line of the new version each line of the old one is, as the diff has them."""

    removed: frozenset[int]
    added: frozenset[int]
    gone: tuple[int, ...]
    came: tuple[int, ...]
    ranks: tuple[int, ...]  # for each added line, how many lines above it were there before

    @classmethod
    def of(cls, removed: Iterable[int], added: Iterable[int]) -> Kept:
        gone, came = sorted(removed), sorted(added)
        ranks = tuple(line - 1 - place for place, line in enumerate(came))
        return cls(frozenset(gone), frozenset(came), tuple(gone), tuple(came), ranks)

    def now(self, line: int) -> int:
        """The number that a line of the old version has in the new one; 0: it is gone."""
        if line in self.removed:
            return 0
        rank = line - bisect_left(self.gone, line)
        return rank + bisect_left(self.ranks, rank)

    def place(self, line: int, *, old: bool) -> int:
        """How many lines that stayed are above a line: the same for what replaced each other."""
        return line - 1 - bisect_left(self.gone if old else self.came, line)

    def goes_on(self, old: Block, new: Block) -> bool:
        """Whether what follows two versions of a block did not change either."""
        return all(self.now(old.last + step) == new.last + step for step in (1, 2))

    def untouched(self, before: Block | None, after: Block | None) -> bool:
        """Whether a block that only one version has stands on lines that both have."""
        block, changed = (before, self.gone) if before else (after, self.came)
        if block is None:
            return False
        if block.kind == "note":  # notes can stand in each other, many over one line
            place = bisect_left(changed, block.first)
            return place == len(changed) or changed[place] > max(block.last, block.end)
        lines = self.removed if before else self.added
        return not any(line in lines for line in _told(block))


@dataclass(frozen=True, slots=True)
class Stayed:
    """Pairs of blocks, to be found by either side."""

    pairs: Sequence[tuple[Block, Block]]
    now: dict[int, Block]  # by the id of the old block
    was: dict[int, Block]  # by the id of the new block
    loose: frozenset[int]  # ids of those that a diff may have taken for others


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
    return _in_order(_same_start(before, after, kept, lambda section: section.heading))


def kept_texts(
    before: Mapping[int, Section], after: Mapping[int, Section], kept: Kept
) -> dict[int, int]:
    """Sections of which the text begins on lines that stayed, by their places."""
    # A heading that the other version has, too, was not renamed.
    known = [{_name(section) for section in side.values()} for side in (before, after)]
    old = [a for a, section in before.items() if _name(section) not in known[1]]
    new = [b for b, section in after.items() if _name(section) not in known[0]]
    names = {a: _name(before[a]) for a in old}, {b: _name(after[b]) for b in new}
    old, new = _strangers(*names), _strangers(*reversed(names))
    sides = [before[a] for a in old], [after[b] for b in new]
    return {old[a]: new[b] for a, b in _same_start(*sides, kept, _first_below).items()}


def _strangers(here: Mapping[int, str], there: Mapping[int, str]) -> list[int]:
    """Places of names that are not almost those of the other version."""
    if len(here) * len(there) > MOST_NAMES:
        return list(here)
    return [a for a, one in here.items() if not any(almost_same(one, n) for n in there.values())]


def _name(section: Section) -> str:
    return section.heading.text.casefold() if section.heading else ""


def _first_below(section: Section) -> Block | None:
    first = section.blocks[0] if section.heading and section.blocks else None
    return first if first and first.kind not in LOOSE else None


def _same_start(
    before: Sequence[Section],
    after: Sequence[Section],
    kept: Kept,
    start: Callable[[Section], Block | None],
) -> dict[int, int]:
    """Sections of which the block that ``start`` finds stands on lines that stayed."""
    places = {block.first: b for b, section in enumerate(after) if (block := start(section))}
    found = {}
    for a, section in enumerate(before):
        old = start(section)
        b = places.get(kept.now(old.first)) if old else None
        new = start(after[b]) if b is not None else None
        if old and new and b is not None and old.source == new.source:
            found[a] = b
    return found


def _in_order(pairs: Mapping[int, int]) -> dict[int, int]:
    """``pairs`` without those that cross an earlier one."""
    found: dict[int, int] = {}
    last = -1
    for a, b in sorted(pairs.items()):
        if b > last:
            found[a] = last = b
    return found


def _counted(block: Block) -> Iterator[int]:
    """The lines by which blocks are found again: of a note, which may hold others, the first."""
    return islice(_told(block), MOST_LINES if block.kind == "note" else None)


def kept_blocks(before: Iterable[Block], after: Iterable[Block], kept: Kept) -> Stayed:
    """Blocks of one kind with most of the lines of the shorter one in common, each once."""
    at: dict[int, list[Block]] = defaultdict(list)
    for block in after:
        for line in _counted(block):
            at[line].append(block)
    pairs: list[tuple[Block, Block]] = []
    taken: set[int] = set()
    for old in before:
        new = _most_shared(old, at, kept, taken)
        if new:
            taken.add(id(new))
            pairs.append((old, new))
    loose = [pair for pair in pairs if pair[0].kind in LOOSE and not kept.goes_on(*pair)]
    return Stayed(
        pairs,
        {id(a): b for a, b in pairs},
        {id(b): a for a, b in pairs},
        frozenset(id(block) for pair in loose for block in pair),
    )


def _most_shared(
    old: Block, at: dict[int, list[Block]], kept: Kept, taken: set[int]
) -> Block | None:
    shared: Counter[int] = Counter()
    blocks: dict[int, Block] = {}
    told = list(_counted(old))
    for line in told:
        for new in at.get(kept.now(line), ()):
            if new.kind == old.kind and id(new) not in taken:
                shared[id(new)] += 1
                blocks[id(new)] = new
    if not shared:
        return None
    best, count = shared.most_common(1)[0]
    size = min(len(told), sum(1 for _ in _counted(blocks[best])))
    # Of a note, the line that opens it says nothing.
    alike = count > ENOUGH * size if old.kind == "note" else count >= ENOUGH * size
    return blocks[best] if alike else None
