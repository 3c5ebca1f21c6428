"""Text that left one page for another file of the range, without a section of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.matching.sentences import Words, sentences
from diffinsight.matching.words import count
from diffinsight.outline.model import PROSE, Block, Outline

LEAST_WORDS = 5  # shorter texts are alike by chance
FEW = 2  # such texts of one page in one new file are no accident
LEAST = 8.0  # weight of a text that is none either where it stands alone
HELD = 0.85  # of the weight of the shorter of two texts that the other has
MOST_LONGER = 2.5  # times; of a text much longer than the other, little came from there
MOST = 40_000  # texts that went times texts that came
# A text that stands in a new file and gave way to another one in its own place.
MOSTLY = 0.6  # of its words, in sentences that are there word for word
LEAST_GONE = 12  # words

Key = tuple[bool, str]  # whether it is code, and what it says


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenOver:
    """What went from a page to other files and came to it from others, each with the path."""

    left: tuple[tuple[Pair, str], ...] = ()
    came: tuple[tuple[Pair, str], ...] = ()
    instead: Mapping[int, Pair] = field(default_factory=dict)  # by the id of a pair, what is left

    def left_in(self, pairs: Sequence[Pair]) -> tuple[Pair, ...]:
        """``pairs`` without those that stand, or stood, in another file."""
        gone = {id(pair) for pair, _ in (*self.left, *self.came)}
        here = (pair for pair in pairs if id(pair) not in gone)
        return tuple(self.instead.get(id(pair), pair) for pair in here)


def find_taken_over(files: Sequence[Comparison]) -> Mapping[str, TakenOver]:
    """By the path of the page; a page without any is not in it."""
    pages = [file for file in files if file.kind == "page"]
    left = {file.path: _in_new_file(file, pages) for file in pages}
    came: dict[str, list[tuple[Pair, str]]] = defaultdict(list)
    told = {id(pair) for pairs in left.values() for pair, _ in pairs}
    for old, new in list(_moved(pages, told)):
        pairs = [pair for pair in (old.pair, *_parts(old, new)) if id(pair) not in told]
        told |= set(map(id, pairs))
        left[old.file.path] += [(pair, new.file.path) for pair in pairs]
        if id(new.pair) not in told:
            told.add(id(new.pair))
            came[new.file.path].append((new.pair, old.file.before_path))
    found = {}
    for file in pages:
        gave_way = _gave_way(file, pages)
        gone = [(part, path) for _, path, parts in gave_way for part in parts]
        known = TakenOver(
            left=(*left[file.path], *gone),
            came=tuple(came[file.path]),
            instead={id(pair): replace(pair, before=None, edits=()) for pair, _, _ in gave_way},
        )
        if known != TakenOver():
            found[file.path] = known
    return found


def _gave_way(file: Comparison, pages: Iterable[Comparison]) -> list[tuple[Pair, str, list[Pair]]]:
    """Texts that stand in a new file, and gave way to others: each with the blocks it was."""
    found = []
    new = {page.path: _said(page.after) for page in pages if page.change.status == "added"}
    for pair in file.pairs if new else ():
        if pair.both and not pair.moved and pair.block.kind in PROSE:
            old, _ = pair.both
            blocks = [b for b in file.before.blocks if old.first <= b.first <= old.last]
            for path, said in new.items():
                if _went(pair.both, blocks, said):
                    found.append((pair, path, [_alone(pair, block) for block in blocks]))
                    break
    return found


def _said(outline: Outline) -> frozenset[str]:
    return frozenset(s for b in outline.blocks if b.kind in PROSE for s in sentences(b.text))


def _went(pair: tuple[Block, Block], blocks: Sequence[Block], said: frozenset[str]) -> bool:
    """Whether all the old blocks are in the file that says ``said``, and nothing stayed."""
    if any(s in pair[1].text for s in sentences(pair[0].text)):
        return False
    return all(block.kind in PROSE and _is_in(block, said) for block in blocks)


def _is_in(block: Block, said: frozenset[str]) -> bool:
    there = sum(count(sentence) for sentence in sentences(block.text) if sentence in said)
    return count(block.text) >= LEAST_GONE and there >= MOSTLY * count(block.text)


def _alone(pair: Pair, block: Block) -> Pair:
    return replace(pair, before=block, after=None, section=pair.section_before, edits=())


def _in_new_file(file: Comparison, pages: Iterable[Comparison]) -> list[tuple[Pair, str]]:
    """What stands word for word in the new file that has most of it."""
    new = {page.path: page.after for page in pages if page.change.status == "added"}
    taken = max((_taken(file, path, new[path]) for path in new), key=len, default=[])
    long = sum(len(pair.block.text.split()) >= LEAST_WORDS for pair, _ in taken)
    return taken if long >= FEW else []


def _taken(file: Comparison, path: str, outline: Outline) -> list[tuple[Pair, str]]:
    gone = [pair for pair in file.pairs if pair.before and not pair.after and not pair.inside]
    stays = frozenset(_keys(file.after)) if gone else frozenset()
    held = frozenset(_keys(outline)) - stays if gone else stays
    return [(pair, path) for pair in gone if _key(pair.block) in held]


def _keys(outline: Outline) -> Iterator[Key]:
    return (key for block in outline.blocks if (key := _key(block)))


def _key(block: Block) -> Key | None:
    text = " ".join(block.text.split())
    return (block.kind == "code", text) if text and block.kind in PROSE | {"code"} else None


@dataclass(frozen=True, slots=True)
class _Lone:
    """A text that one version of a page has alone."""

    file: Comparison
    pair: Pair
    words: Words


def _moved(pages: Iterable[Comparison], told: set[int]) -> Iterator[tuple[_Lone, _Lone]]:
    """Texts that went from one page and came to one other, in much the same words."""
    lone = [text for page in pages if page.compared for text in _lone(page, told)]
    gone = [text for text in lone if text.pair.before]
    came = [text for text in lone if text.pair.after]
    if len(gone) * len(came) > MOST:
        return
    alike = [(old, new) for old in gone for new in came if _is_same(old, new)]
    for old, new in alike:
        # What several pages lost, or got, is said alike in all of them.
        if not any(
            (old is one and new is not other) or (new is other and old.file is not one.file)
            for one, other in alike
        ):
            yield old, new


def _lone(file: Comparison, told: set[int]) -> Iterator[_Lone]:
    for pair in file.pairs:
        alone = not pair.both and not pair.inside and id(pair) not in told
        if alone and pair.block.kind in PROSE:
            words = Words.of(pair.block.text)
            if words.weight >= LEAST:
                yield _Lone(file, pair, words)


def _parts(old: _Lone, new: _Lone) -> Iterator[Pair]:
    """What else went from the page of ``old`` and stands in ``new`` word for word."""
    held = _bare(new.pair.block.text)
    for pair in old.file.pairs:
        text = _bare(pair.block.text)
        gone = pair.before and not pair.after and not pair.inside and pair is not old.pair
        if gone and len(text.split()) >= LEAST_WORDS and text in held:
            yield pair


def _bare(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(" .:;")


def _is_same(old: _Lone, new: _Lone) -> bool:
    short, long = sorted((old.words.weight, new.words.weight))
    same = old.words.shared(new.words) >= HELD * short and long <= MOST_LONGER * short
    return same and old.file is not new.file
