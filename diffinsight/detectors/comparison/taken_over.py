"""Text that left one page for a file that is new in the range."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.outline.model import Block, Outline

PROSE = frozenset({"paragraph", "item", "step"})
LEAST_WORDS = 5  # shorter texts are alike by chance
FEW = 2  # such texts of one page in one file are no accident

Key = tuple[bool, str]  # whether it is code, and what it says


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenOver:
    """What went from a page, and the path of the new file that has it word for word."""

    pairs: tuple[Pair, ...] = ()
    path: str = ""

    def left_in(self, pairs: Sequence[Pair]) -> tuple[Pair, ...]:
        """``pairs`` without those that stand in the other file."""
        gone = {id(pair) for pair in self.pairs}
        return tuple(pair for pair in pairs if id(pair) not in gone)


def find_taken_over(files: Sequence[Comparison]) -> Mapping[str, TakenOver]:
    """By the path of the page that had it; a page without any is not in it."""
    new = {
        file.path: frozenset(_keys(file.after))
        for file in files
        if file.change.status == "added" and file.kind == "page"
    }
    found = {}
    for file in files if new else ():
        taken = max((_taken(file, path, new[path]) for path in new), key=_size)
        if sum(len(pair.block.text.split()) >= LEAST_WORDS for pair in taken.pairs) >= FEW:
            found[file.path] = taken
    return found


def _size(taken: TakenOver) -> int:
    return len(taken.pairs)


def _taken(file: Comparison, path: str, held: frozenset[Key]) -> TakenOver:
    gone = [pair for pair in file.pairs if pair.before and not pair.after and not pair.inside]
    stays = frozenset(_keys(file.after)) if gone else frozenset()
    pairs = (pair for pair in gone if _key(pair.block) in held - stays)
    return TakenOver(pairs=tuple(pairs), path=path)


def _keys(outline: Outline) -> Iterator[Key]:
    return (key for block in outline.blocks if (key := _key(block)))


def _key(block: Block) -> Key | None:
    text = " ".join(block.text.split())
    return (block.kind == "code", text) if text and block.kind in PROSE | {"code"} else None
