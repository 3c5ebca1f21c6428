"""What a section has that came or went with its heading, and what stood there already."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from diffinsight.detectors.comparison import Comparison
from diffinsight.matching.words import count
from diffinsight.models import Json, LineRange
from diffinsight.outline.model import Block, Section

COUNTED = {
    "paragraph": "paragraphs",
    "item": "items",
    "step": "steps",
    "code": "code_blocks",
    "table": "tables",
    "note": "notes",
}

DRAWN = frozenset({"mermaid"})  # languages of code that sites and GitHub draw
OLDER = 2  # times as many words under a heading that were there as came with it


@dataclass(frozen=True, slots=True)
class Changed:
    """The changed lines of both sides, and where blocks begin that both versions have."""

    removed: Collection[int]
    added: Collection[int]
    was: frozenset[int]
    now: frozenset[int]
    moved: frozenset[int]  # where blocks begin now that stood elsewhere
    lent_was: frozenset[int] = frozenset()  # heads of tables whose lines are another one's now
    lent_now: frozenset[int] = frozenset()  # ... or were

    @classmethod
    def of(cls, file: Comparison) -> Changed:
        if file.left_out:  # what is lone is not known
            return cls(file.removed, file.added, frozenset(), frozenset(), frozenset())
        lone = {id(b) for pair in file.pairs for b in (pair.before, pair.after) if not pair.both}
        was, now = (
            frozenset(block.first for block in side.blocks if id(block) not in lone)
            for side in (file.before, file.after)
        )
        moved = frozenset(pair.after.first for pair in file.pairs if pair.moved and pair.after)
        matched = {old.first: new.first for old, new in filter(None, (p.both for p in file.pairs))}
        lent = (
            _lent(
                file.before.blocks,
                (file.removed, file.added),
                {b: a for a, b in matched.items()},
                lone,
            ),
            _lent(file.after.blocks, (file.added, file.removed), matched, lone),
        )
        return cls(file.removed, file.added, was, now, moved, *lent)

    def gone(self, block: Block) -> bool:
        alone = block.first not in self.was and _touches(block, self.removed)
        return alone or block.first in self.lent_was

    def came(self, block: Block) -> bool:
        alone = block.first not in self.now and _touches(block, self.added)
        return alone or block.first in self.lent_now

    def stands(self, block: Block) -> bool:
        """Whether it was not in this place, be it new or not."""
        return block.first in self.moved or self.came(block)


def _lent(
    blocks: Sequence[Block],
    changed: tuple[Collection[int], Collection[int]],
    matched: Mapping[int, int],
    lone: Collection[int],
) -> frozenset[int]:
    """Where heads of tables are on lines that, on the other side, are the head of another table.

    ``changed``: lines of this side and of the other; ``matched``: where blocks of the other side
    are on this one; ``lone``: ids of blocks that only one side has.
    """
    heads = [block for block in blocks if block.kind == "table"]
    same = {h.source for h in heads if _touches(h, changed[0]) and id(h) not in lone}
    numbers = sorted(changed[0]), sorted(changed[1])
    lent = set()
    for head in heads:
        if not _touches(head, changed[0]):
            there = _shifted(head.first, *numbers)
            if matched.get(there, head.first) != head.first or head.source in same:
                lent.add(head.first)
    return frozenset(lent)


def _shifted(line: int, changed: Sequence[int], other: Sequence[int]) -> int:
    """The number that an unchanged line has on the other side."""
    number = line - bisect_left(changed, line)
    for there in other:
        if there > number:
            break
        number += 1
    return number


def _touches(block: Block, changed: Collection[int]) -> bool:
    return any(line in changed for line in range(block.first, block.last + 1))


def about(
    section: Section,
    heading: Block,
    tests: tuple[Callable[[Block], bool], Callable[[Block], bool]],
    lines: LineRange,
) -> dict[str, Json]:
    """What came or went with the heading; text that was there under another one did not.

    ``tests``: what is new or gone, and what is in this place on one side alone.
    """
    fresh = any(map(tests[0], section.blocks))
    here = filter(tests[1], section.blocks if fresh else ())
    blocks = [block for block in here if block.first <= lines[1]]  # the others are told alone
    stay = {b.group for b in section.blocks if b.kind == "row"} - {
        b.group for b in blocks if b.kind == "row"
    }
    # What heads rows that stand elsewhere now is no table, and nothing that readers lost.
    blocks = [block for block in blocks if block.kind != "table" or block.group not in stay]
    kinds = Counter(
        COUNTED.get(block.kind, "") for block in blocks if not (_is_picture(block) or block.note)
    )
    return {
        "level": heading.level,
        "thing": heading.name,
        "anchor": section.anchor,
        "parent": section.parent,
        "text_stays": (section.blocks and not fresh) or None,
        "words": sum(count(block.text) for block in blocks if block.is_counted),
        **{name: kinds[name] for name in COUNTED.values()},
        "images": images_in(blocks),
        "diagrams": diagrams_in(blocks) or None,
    }


def is_older(section: Section, new: Changed, words: Json) -> bool:
    """Whether a new heading stands over older text, which ``words`` more came to."""
    old = (b for b in section.blocks if b.has_words and not new.came(b))
    there = sum(count(block.text) for block in old)
    return isinstance(words, int) and 0 < OLDER * words <= there


def _is_picture(block: Block) -> bool:
    return is_drawing(block) or (block.kind == "paragraph" and not block.text)


def is_drawing(block: Block) -> bool:
    """Whether it is code that a page shows as a picture."""
    return block.kind == "code" and block.name.casefold() in DRAWN


def images_in(blocks: Iterable[Block]) -> int:
    """How many images a reader sees."""
    return sum(link.image for block in blocks for link in block.links)


def diagrams_in(blocks: Iterable[Block]) -> int:
    """How many pictures are drawn from code."""
    return sum(map(is_drawing, blocks))
