"""What words alone do not match: a short text in the place of another, zones and includes."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from diffinsight.detectors.pairing.kept import Kept
from diffinsight.detectors.reading.model import BlockPairs, BothVersions
from diffinsight.matching.words import bag
from diffinsight.outline.model import Block

MOST_WORDS = 3  # of two texts that may have no word in common
REPLACED = ("paragraph", "item")
CHOICES = frozenset({"zone", "moniker"})  # what they hold is shown for some choices only


def reunite(pairs: BlockPairs, kept: Kept) -> BlockPairs:
    """``pairs``, where lone blocks that belong together are one."""
    gone = [old for old, new in pairs if old and new is None]
    came = [new for old, new in pairs if new and old is None]
    found = [*_replaced(gone, came, kept)]
    taken = {id(block) for pair in found for block in pair}
    left = ([block for block in side if id(block) not in taken] for side in (gone, came))
    found += _same_mark(*left)
    taken = {id(block) for pair in found for block in pair}
    return _parted([*(pair for pair in pairs if taken.isdisjoint(map(id, pair))), *found])


def _parted(pairs: BlockPairs) -> BlockPairs:
    """``pairs``, where a note that has nothing of the old one is another note."""
    inner = sorted((old.first, new.first) for old, new in pairs if old and new and old.note)
    found: BlockPairs = []
    for old, new in pairs:
        if old and new and old.kind == new.kind == "note" and _is_another(old, new, inner):
            found += [(old, None), (None, new)]
        else:
            found.append((old, new))
    return found


def _is_another(old: Block, new: Block, inner: Sequence[tuple[int, int]]) -> bool:
    """Whether both notes have words below their first line, and none of them in common."""
    if old.text or new.text or old.end <= old.last or new.end <= new.last:
        return False
    start = bisect_right(inner, (old.first, 1 << 60))
    end = bisect_right(inner, (old.end, 1 << 60))
    below = (now for _, now in inner[start:end])
    return not any(new.first < now <= new.end for now in below)


def _replaced(gone: Iterable[Block], came: Iterable[Block], kept: Kept) -> Iterator[BothVersions]:
    """Short texts, or one that the other contains, each alone in the same place."""
    old = _by_key(gone, lambda block: _place(block, kept, old=True))
    new = _by_key(came, lambda block: _place(block, kept, old=False))
    for key, blocks in old.items():
        lone = _alone(blocks, new.get(key, []))
        yield from (pair for pair in lone if _may_replace(*pair))


def _alone(gone: Sequence[Block], came: Sequence[Block]) -> Iterator[BothVersions]:
    """Those of one place that are the only ones, or the only ones of their kind."""
    if len(gone) == len(came) == 1:
        yield gone[0], came[0]
        return
    for kind in REPLACED:
        old, new = ([block for block in side if block.kind == kind] for side in (gone, came))
        if len(old) == len(new) == 1:
            yield old[0], new[0]


def _place(block: Block, kept: Kept, *, old: bool) -> Hashable:
    return kept.place(block.first, old=old) if block.kind in REPLACED else None


def _may_replace(old: Block, new: Block) -> bool:
    if old.kind != new.kind:
        part, whole = sorted((old.text.casefold(), new.text.casefold()), key=len)
        return bool(part) and (whole.startswith(part) or whole.endswith(part))
    was, now = bag(old.text), bag(new.text)
    short = max(len(old.text.split()), len(new.text.split())) <= MOST_WORDS
    return bool(old.text and new.text) and (short or (was <= now or now <= was))


def _same_mark(gone: Iterable[Block], came: Iterable[Block]) -> Iterator[BothVersions]:
    """Includes of one file and zones of one choice, in their order."""
    new = _by_key(came, _mark)
    for key, blocks in _by_key(gone, _mark).items():
        yield from zip(blocks, new.get(key, []), strict=False)


def is_choice(block: Block) -> bool:
    """Whether it opens what is shown for some choices only."""
    return block.kind == "directive" and block.name in CHOICES


def _mark(block: Block) -> Hashable:
    if block.included:
        return (block.name, block.included.target)
    return (block.name, block.text) if is_choice(block) else None


def _by_key(
    blocks: Iterable[Block], key: Callable[[Block], Hashable]
) -> dict[Hashable, list[Block]]:
    found: dict[Hashable, list[Block]] = defaultdict(list)
    for block in blocks:
        name = key(block)
        if name is not None:
            found[name].append(block)
    return found
