"""How alike two blocks in the same place are, and which of them are versions of one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from diffinsight.detectors.pairing.block_keys import is_entry, standing
from diffinsight.detectors.reading.rows import name_of
from diffinsight.matching.likeness import Likeness, best_pairs, likeness
from diffinsight.outline.model import PROSE, Block

MOST_CANDIDATES = 2_500  # pairs looked at; each costs a comparison of all words

CHANGED = 0.34  # how alike two versions of one block have to be, in the same place
ALONE = CHANGED / 2  # ... when neither has another block there to be mistaken for

# What speaks for two blocks, or against them, beside their words.
SAME_THING = 0.3  # code, a note, a table, a row of one name: a page has few, words change freely
SAME_NUMBER = 0.05  # of steps; it only decides between steps that are as alike
SAME_BEGINNING = 0.5  # of two that became one, the one that it begins with is its old version
OTHER_PROSE = -0.2  # a paragraph that became an item or a step: more than half of the words stay
OTHER_MARKUP = -0.3  # text that became HTML: two in three words stay

BEGINNING_WORDS = 4  # of two texts that begin alike
BEGINNING = 120  # characters in which these words are looked for
SHORT = 60  # characters; the targets of its links say as much as so few words
NO_WORD = re.compile(r"[/._#?=&-]")  # parts the words of an address


@dataclass(frozen=True, slots=True)
class Candidates:
    """The blocks of a section in both versions, and the texts of those not matched yet."""

    before: Sequence[Block]
    after: Sequence[Block]
    left: tuple[frozenset[str], frozenset[str]]

    def has_a_twin(self, a: int, b: int) -> bool:
        """Whether one of two blocks that differ stands word for word on the other side."""
        old, new = self.before[a], self.after[b]
        if old.text == new.text or not (is_entry(old) and is_entry(new)):
            return False
        if standing(old) == standing(new):
            return False
        return standing(old) in self.left[1] or standing(new) in self.left[0]


def pair_alike(blocks: Candidates, old: list[int], new: list[int]) -> dict[int, int]:
    """The places of blocks that are alike enough, in order; of many, only those in step."""
    if not old or not new:
        return {}
    before, after = blocks.before, blocks.after
    if len(old) * len(new) > MOST_CANDIDATES:
        return _in_step(before, after, old, new)
    left = [Likeness.of(_words_of(before[a])) for a in old]
    right = [Likeness.of(_words_of(after[b])) for b in new]
    scores = [
        [
            0.0
            if blocks.has_a_twin(a, b)
            else _score(before[a], after[b], likeness(left[i], right[j]))
            for j, b in enumerate(new)
        ]
        for i, a in enumerate(old)
    ]
    least = ALONE if len(old) == len(new) == 1 else CHANGED
    return {old[i]: new[j] for i, j in best_pairs(scores, least)}


def _in_step(
    before: Sequence[Block], after: Sequence[Block], old: list[int], new: list[int]
) -> dict[int, int]:
    """Too many to compare each with each: the first with the first, while they are alike."""
    return {
        a: b
        for a, b in zip(old, new, strict=False)
        if _score(
            before[a],
            after[b],
            likeness(Likeness.of(_words_of(before[a])), Likeness.of(_words_of(after[b]))),
        )
        >= CHANGED
    }


def _words_of(block: Block) -> str:
    """What a block is known by: its words, and where it leads when it has few of them."""
    if len(block.text) >= SHORT and block.kind not in {"definition", "directive"}:
        return block.text
    led = " ".join(f"{link.text if link.image else ''} {link.target}" for link in block.links)
    return f"{block.text} {NO_WORD.sub(' ', led)}"


def _score(before: Block, after: Block, alike: float) -> float:
    """How likely two blocks are versions of one; ``alike``: how much of their words they share."""
    if before.kind == after.kind:
        other = before.kind == "definition" and before.text != after.text
        return 0.0 if other else alike + _of_one_kind(before, after, alike)
    if before.kind in PROSE and after.kind in PROSE:
        return alike + OTHER_PROSE
    if any(block.text.lstrip().startswith("<!--") for block in (before, after)):
        return 0.0  # a comment is no other version of what it hides
    return alike + OTHER_MARKUP if {before.kind, after.kind} <= PROSE | {"html"} else 0.0


def _of_one_kind(before: Block, after: Block, alike: float) -> float:
    """What speaks for two blocks of one kind beside their words."""
    same_row = before.kind == "row" and name_of(before) == name_of(after)
    if same_row or before.kind in {"code", "note", "table"}:
        return SAME_THING
    if before.kind == "step" and before.number == after.number:
        return SAME_NUMBER
    return SAME_BEGINNING if alike >= CHANGED and _begin_alike(before, after) else 0.0


def _begin_alike(before: Block, after: Block) -> bool:
    old, new = (
        block.text[:BEGINNING].casefold().split()[:BEGINNING_WORDS] for block in (before, after)
    )
    return len(old) == BEGINNING_WORDS and old == new
