"""What was written anew in its place: steps of the same number, code between the same fences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from diffinsight.detectors.pairing.kept import Kept
from diffinsight.detectors.reading.model import BlockPairs, BothVersions
from diffinsight.outline.model import Block


def put_in_place(pairs: BlockPairs, kept: Kept) -> BlockPairs:
    """``pairs``, where what took the place of another block is its new version."""
    found = [*_replaced(pairs), *_between_fences(pairs, kept), *_nearer(pairs, kept)]
    taken = {id(block) for pair in found for block in pair}
    left = [tuple(b if id(b) not in taken else None for b in pair) for pair in pairs]
    return [*((old, new) for old, new in left if old or new), *found] if found else pairs


def _nearer(pairs: BlockPairs, kept: Kept) -> Iterator[BothVersions]:
    """A text that stands where it stood, too, did not go to where the same is new."""
    came = {_key(new, kept, old=False): new for old, new in pairs if new and not old and new.text}
    for old, new in pairs:
        if not (old and new) or old.text != new.text:
            continue
        here = _key(old, kept, old=True)
        if here != _key(new, kept, old=False) and here in came:
            yield old, came.pop(here)


def _key(block: Block, kept: Kept, *, old: bool) -> tuple[str, str, int]:
    return (block.kind, block.text, kept.place(block.first, old=old))


def _between_fences(pairs: BlockPairs, kept: Kept) -> Iterator[BothVersions]:
    """Code of which both fences stayed; its like in a note is another example."""
    gone = [old for old, new in pairs if old and not new and old.kind == "code" and not old.note]
    came = {
        (new.first, new.last): new
        for old, new in pairs
        if new and new.kind == "code" and not new.note and (old is None or old.note)
    }
    for old in gone:
        new = came.get((kept.now(old.first), kept.now(old.last)))
        if new and old.first < old.last:
            yield old, new


def _replaced(pairs: BlockPairs) -> Iterator[BothVersions]:
    known = {
        (old.group, new.group)
        for old, new in pairs
        if _is_step(old) and _is_step(new)
        if old and new
    }
    gone = _by_list(old for old, new in pairs if old and not new and _is_step(old))
    came = _by_list(new for old, new in pairs if new and not old and _is_step(new))
    for was, now in sorted(known):
        old, new = gone.get(was, []), came.get(now, [])
        if [(b.level, b.number) for b in old] == [(b.level, b.number) for b in new]:
            yield from zip(old, new, strict=True)


def _is_step(block: Block | None) -> bool:
    return block is not None and block.kind == "step" and block.number is not None


def _by_list(steps: Iterator[Block]) -> dict[int, list[Block]]:
    found: dict[int, list[Block]] = defaultdict(list)
    for step in sorted(steps, key=lambda block: block.first):
        found[step.group].append(step)
    return found
