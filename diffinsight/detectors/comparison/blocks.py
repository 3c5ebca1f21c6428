"""Which block of the old version is which of the new one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from diffinsight.detectors.comparison.kept import Kept, Stayed, kept_blocks
from diffinsight.detectors.comparison.rows import called, name_of
from diffinsight.detectors.comparison.sections import SectionPair, gaps
from diffinsight.matching.likeness import Likeness, best_pairs, likeness
from diffinsight.matching.sequences import matches
from diffinsight.outline.model import Block

MOST_CANDIDATES = 2_500
CHANGED = 0.34  # how alike two versions of one block have to be, in the same place
ELSEWHERE = 0.75  # ... and anywhere else
SHORTEST_ELSEWHERE = 5  # different words
NO_WORD = re.compile(r"[/._#?=&-]")
ALIKE_WORDS = 4  # with which two versions of a text begin
SHORT = 60  # characters; the targets of its links say as much as so few words
PROSE = frozenset({"paragraph", "item", "step"})
LISTED = frozenset({"item", "row", "paragraph"})  # told from each other by a name, or a mark
FOUND_ELSEWHERE = PROSE | {"row", "code"}

BlockPairs = list[tuple[Block | None, Block | None]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """The blocks of a section, with what they are compared by."""

    blocks: Sequence[Block]
    notes: dict[int, str]  # first words of a note, by the line that opens it


def pair_blocks(sections: Sequence[SectionPair], kept: Kept) -> BlockPairs:
    """Every block but headings once: on lines that stayed, in the same section, then anywhere."""
    pairs: BlockPairs = []
    gone: list[Block] = []
    new: list[Block] = []
    stayed = kept_blocks(
        [block for pair in sections if pair.before for block in pair.before.blocks],
        [block for pair in sections if pair.after for block in pair.after.blocks],
        kept,
    )
    for section in sections:
        old_blocks, new_blocks, anchors = _standing_here(section, stayed)
        found = _pair(old_blocks, new_blocks, anchors)
        pairs += [(old_blocks[a], new_blocks[b]) for a, b in found.items()]
        taken = set(found.values())
        gone += [block for i, block in enumerate(old_blocks) if i not in found]
        new += [block for i, block in enumerate(new_blocks) if i not in taken]
    paired = {id(block) for pair in pairs for block in pair}
    pairs += [pair for pair in stayed.pairs if paired.isdisjoint(map(id, pair))]
    paired = {id(block) for pair in pairs for block in pair}
    gone, new = ([block for block in side if id(block) not in paired] for side in (gone, new))
    words = {id(block): text for section in sections for block, text in _notes(section)}
    pairs += [(gone[a], new[b]) for a, b in _pair_elsewhere(gone, new, words).items()]
    pairs += _notes_around(pairs, gone, new)
    paired = {id(block) for pair in pairs for block in pair}
    pairs += [(block, None) for block in gone if id(block) not in paired]
    pairs += [(None, block) for block in new if id(block) not in paired]
    return pairs


def pair_run(before: Sequence[Block], after: Sequence[Block]) -> Iterator[tuple[Block, Block]]:
    """The blocks of two versions of one section that belong together, in their order.

    Between blocks that do, a lone one of the same kind stands in the place of the other.
    """
    pairs = _pair(before, after, {})
    for old, new in list(gaps(pairs, len(before), len(after))):
        if len(old) == len(new) == 1 and before[old[0]].kind == after[new[0]].kind:
            pairs[old[0]] = new[0]
    for a, b in sorted(pairs.items()):
        yield before[a], after[b]


def _notes_around(
    pairs: BlockPairs, gone: Sequence[Block], new: Sequence[Block]
) -> Iterator[tuple[Block, Block]]:
    """Notes of one kind around two versions of the same words."""
    paired = {id(block) for pair in pairs for block in pair}
    old_notes, new_notes = (
        [block for block in side if block.kind == "note" and id(block) not in paired]
        for side in (gone, new)
    )
    inner = [(b.first, a.first) for b, a in pairs if b and a and b.note and b.note == a.note]
    for old in old_notes:
        lines = [now for was, now in inner if old.first < was <= old.end]
        same = [n for n in new_notes if n.name == old.name and _holds(n, lines)]
        if same:
            new_notes.remove(same[0])
            yield old, same[0]


def _holds(note: Block, lines: Iterable[int]) -> bool:
    return any(note.first < line <= note.end for line in lines)


def _standing_here(
    section: SectionPair, stayed: Stayed
) -> tuple[list[Block], list[Block], dict[int, int]]:
    """The blocks of both sides without those that stayed with a block of another section.

    And the places of those that stayed with one of this section.
    """
    before, after = (side.blocks if side else () for side in (section.before, section.after))
    old = _here(before, stayed.now, {id(block) for block in after}, stayed.loose)
    new = _here(after, stayed.was, {id(block) for block in before}, stayed.loose)
    places = {id(block): place for place, block in enumerate(new)}
    anchors = {
        a: places[id(stayed.now[id(block)])]
        for a, block in enumerate(old)
        if id(stayed.now.get(id(block))) in places
    }
    return old, new, anchors


def _here(
    blocks: Sequence[Block], other: Mapping[int, Block], section: set[int], loose: frozenset[int]
) -> list[Block]:
    """``blocks`` but those of which the other version is in another section for sure.

    A diff may take the head of one table, or the end of one part, for that of the next.
    """
    return [
        block
        for block in blocks
        if id(block) in loose or id(block) not in other or id(other[id(block)]) in section
    ]


def _notes(section: SectionPair) -> Iterator[tuple[Block, str]]:
    """The notes of a section, each with all its words."""
    for side in (section.before, section.after):
        blocks = side.blocks if side else ()
        for place, block in enumerate(blocks):
            if block.kind == "note":
                inner = bisect_right(blocks, block.end, lo=place + 1, key=lambda b: b.first)
                yield block, " ".join(b.text for b in blocks[place:inner])


def _known_by(block: Block, words: Mapping[int, str]) -> Hashable:
    """What a block is found by in another section: all of it."""
    if block.kind == "note":
        return ("note", block.name, words.get(id(block)))
    if block.kind == "code":
        return ("code", block.text) if block.text else None  # whatever its language is called
    if block.kind == "directive" and not block.included:
        return None
    return _whole_key(block)


def _pair(
    before: Sequence[Block], after: Sequence[Block], anchors: Mapping[int, int]
) -> dict[int, int]:
    """Equal blocks, then those that begin alike, then those that are alike; in order."""
    pairs = dict(anchors)
    for key in (_whole_key, _unspaced_key, _rough_key):
        for old, new in list(gaps(pairs, len(before), len(after))):
            if old and new:
                old_keys = _keys([before[a] for a in old], key, "old")
                new_keys = _keys([after[b] for b in new], key, "new")
                pairs |= {old[a]: new[b] for a, b in matches(old_keys, new_keys)}
    taken = set(pairs.values())
    left = (
        frozenset(_standing(block) for a, block in enumerate(before) if a not in pairs),
        frozenset(_standing(block) for b, block in enumerate(after) if b not in taken),
    )
    for old, new in list(gaps(pairs, len(before), len(after))):
        pairs |= _alike(Both(before, after, left), old, new)
    return pairs | dict(_called_alike(before, after, pairs))


def _called_alike(
    before: Sequence[Block], after: Sequence[Block], pairs: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """Rows and items that stand elsewhere in their section now, by a name no other has."""
    taken = set(pairs.values())
    old: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    new: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for a, block in enumerate(before):
        if a not in pairs and block.kind in LISTED:
            old[block.kind, called(block)].append(a)
    for b, block in enumerate(after):
        if b not in taken and block.kind in LISTED:
            new[block.kind, called(block)].append(b)
    for kind, name in old:
        same = old[kind, name], new.get((kind, name), ())
        if name and len(same[0]) == len(same[1]) == 1:
            yield same[0][0], same[1][0]


@dataclass(frozen=True, slots=True)
class Both:
    """The blocks of a section in both versions, and the texts of those not matched yet."""

    before: Sequence[Block]
    after: Sequence[Block]
    left: tuple[frozenset[str], frozenset[str]]

    def has_a_twin(self, a: int, b: int) -> bool:
        """Whether one of two blocks that differ stands word for word on the other side."""
        old, new = self.before[a], self.after[b]
        if old.text == new.text or not (_is_entry(old) and _is_entry(new)):
            return False
        if _standing(old) == _standing(new):
            return False
        return _standing(old) in self.left[1] or _standing(new) in self.left[0]


def _is_entry(block: Block) -> bool:
    """Whether a reader looks a block up by a name or a mark at its start."""
    return block.kind in LISTED and (block.kind != "paragraph" or bool(called(block)))


def _standing(block: Block) -> str:
    """What a reader of a list takes for the same entry: its name, or else its words."""
    name = called(block) if block.kind in LISTED else ""
    return f"{block.kind} {name}" if name else block.text


Key = Callable[[Block], Hashable]


def _keys(blocks: Iterable[Block], key: Key, side: str) -> list[Hashable]:
    """Keys; a block without one is like no other."""
    keys: list[Hashable] = []
    for index, block in enumerate(blocks):
        found = key(block)
        keys.append(found if found is not None else (side, index))
    return keys


def _whole_key(block: Block) -> Hashable:
    if block.kind == "meta":
        return ("meta", block.name)
    targets = tuple(link.target for link in block.links)
    if block.kind == "note" and not block.text:
        return None
    if not block.text and not targets and block.kind not in {"code", "note"}:
        return None
    return (block.kind, block.name, block.text, targets)


def _unspaced_key(block: Block) -> Hashable:
    """The same letters, however the words are parted."""
    text = "".join(block.text.casefold().split())
    return ("unspaced", block.kind, text) if text and block.kind in PROSE else None


def _rough_key(block: Block) -> Hashable:  # noqa: PLR0911 - one line a kind
    """Enough to know a block by when it was edited."""
    match block.kind:
        case "row":
            return ("row", name_of(block)) if name_of(block) else None
        case "table" | "note":
            return (block.kind,)
        case "tab":
            return ("tab", block.anchor)
        case "definition":
            return ("definition", block.text)
        case "code":
            first = block.text.partition("\n")[0].strip()
            return ("code", first) if first else None
        case "directive":
            return ("directive", block.name) if block.name != "rule" else None
        case _:
            words = block.text[:200].casefold().split()
            return ("prose", *words[:6]) if len(words) > 6 else None  # noqa: PLR2004 - six words are no accident


def _alike(both: Both, old: list[int], new: list[int]) -> dict[int, int]:
    if not old or not new:
        return {}
    before, after = both.before, both.after
    if len(old) * len(new) > MOST_CANDIDATES:
        return _in_step(before, after, old, new)
    alone = len(old) == len(new) == 1
    left = [Likeness.of(_words_of(before[a])) for a in old]
    right = [Likeness.of(_words_of(after[b])) for b in new]
    scores = [
        [
            0.0
            if both.has_a_twin(a, b)
            else _score(before[a], after[b], likeness(left[i], right[j]))
            for j, b in enumerate(new)
        ]
        for i, a in enumerate(old)
    ]
    least = CHANGED / 2 if alone else CHANGED
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
    if before.kind == after.kind:
        if before.kind in {"code", "note", "table"} or (
            before.kind == "row" and name_of(before) == name_of(after)
        ):
            return alike + 0.3
        if before.kind == "step" and before.number == after.number:
            return alike + 0.05
        # Of two that became one, the one that it begins with is its old version.
        return alike + 0.5 if alike >= CHANGED and _begin_alike(before, after) else alike
    if before.kind in PROSE and after.kind in PROSE:
        return alike - 0.2
    if "<!--" in (before.text.lstrip()[:4], after.text.lstrip()[:4]):
        return 0.0  # a comment is no other version of what it hides
    return alike - 0.3 if {before.kind, after.kind} <= PROSE | {"html"} else 0.0


def _begin_alike(before: Block, after: Block) -> bool:
    old, new = (block.text[:120].casefold().split()[:ALIKE_WORDS] for block in (before, after))
    return len(old) == ALIKE_WORDS and old == new


def _pair_elsewhere(
    gone: Sequence[Block], new: Sequence[Block], words: Mapping[int, str]
) -> dict[int, int]:
    places: dict[Hashable, list[int]] = defaultdict(list)
    for index, block in enumerate(new):
        key = _known_by(block, words)
        if key is not None and block.kind != "tab":
            places[key].append(index)
    pairs: dict[int, int] = {}
    for index, block in enumerate(gone):
        found = places.get(_known_by(block, words))
        if found:
            pairs[index] = found.pop(0)
    return pairs | _alike_elsewhere(gone, new, pairs)


def _alike_elsewhere(
    gone: Sequence[Block], new: Sequence[Block], pairs: dict[int, int]
) -> dict[int, int]:
    taken = set(pairs.values())
    old = [a for a, block in enumerate(gone) if a not in pairs and block.kind in FOUND_ELSEWHERE]
    fresh = [b for b, block in enumerate(new) if b not in taken and block.kind in FOUND_ELSEWHERE]
    if len(old) * len(fresh) > MOST_CANDIDATES:
        return {}
    left = {a: Likeness.of(gone[a].text) for a in old}
    right = {b: Likeness.of(new[b].text) for b in fresh}
    scored = sorted(
        (-likeness(left[a], right[b]), a, b)
        for a in old
        for b in fresh
        if min(len(left[a].words), len(right[b].words)) >= SHORTEST_ELSEWHERE
        and (gone[a].kind == "code") == (new[b].kind == "code")
    )
    found: dict[int, int] = {}
    for score, a, b in scored:
        named = gone[a].kind == new[b].kind == "row" and name_of(gone[a]) == name_of(new[b])
        if (
            -score >= (CHANGED if named else ELSEWHERE)
            and a not in found
            and b not in found.values()
        ):
            found[a] = b
    return found
