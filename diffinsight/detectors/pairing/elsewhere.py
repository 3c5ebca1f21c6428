"""Blocks that left their section: word for word anywhere on the page, or nearly so."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from diffinsight.detectors.pairing.block_keys import unmarked_key, whole_key
from diffinsight.detectors.pairing.block_likeness import CHANGED, MOST_CANDIDATES
from diffinsight.detectors.reading.model import BlockPair, BothVersions, SectionPair
from diffinsight.detectors.reading.rows import name_of
from diffinsight.matching.likeness import Likeness, likeness
from diffinsight.outline.model import PROSE, Block

NEARLY_SAME = 0.75  # how alike two blocks have to be that no place speaks for
SHORTEST = 5  # different words; shorter texts are alike by chance
LINE_OF_CODE = (0.85, 3)  # the same two of a command, whose words are parted at each mark
WORD = re.compile(r"\w+")
EDITED_ELSEWHERE = PROSE | {"row", "code"}  # what has words enough to be known by most of them


def pair_elsewhere(
    gone: Sequence[Block], new: Sequence[Block], sections: Iterable[SectionPair]
) -> list[BothVersions]:
    """Blocks without a match in their section, with the same or much the same in another."""
    words = {id(block): text for section in sections for block, text in _notes(section)}
    pairs = _same(gone, new, words)
    return [(gone[a], new[b]) for a, b in (pairs | _nearly_same(gone, new, pairs)).items()]


def _notes(section: SectionPair) -> Iterator[tuple[Block, str]]:
    """The notes of a section, each with all its words."""
    for side in (section.before, section.after):
        blocks = side.blocks if side else ()
        for place, block in enumerate(blocks):
            if block.kind == "note":
                inner = bisect_right(blocks, block.end, lo=place + 1, key=lambda b: b.first)
                yield block, " ".join(b.text for b in blocks[place:inner])


def _same(gone: Sequence[Block], new: Sequence[Block], words: Mapping[int, str]) -> dict[int, int]:
    """All of a block, then the same letters, whatever is set as code in them."""
    pairs: dict[int, int] = {}
    for key in (lambda block: _known_by(block, words), unmarked_key):
        taken = set(pairs.values())
        places: dict[Hashable, list[int]] = defaultdict(list)
        for index, block in enumerate(new):
            name = key(block)
            if name is not None and index not in taken and block.kind != "tab":
                places[name].append(index)
        for index, block in enumerate(gone):
            found = places.get(key(block)) if index not in pairs else None
            if found:
                pairs[index] = found.pop(0)
    return pairs


def _known_by(block: Block, words: Mapping[int, str]) -> Hashable:
    """What a block is found by in another section: all of it."""
    if block.kind == "note":
        return ("note", block.name, words.get(id(block)))
    if block.kind == "code":
        return ("code", block.text) if block.text else None  # whatever its language is called
    if block.kind == "directive" and not block.included:
        return None
    return whole_key(block)


def _nearly_same(
    gone: Sequence[Block], new: Sequence[Block], pairs: Mapping[int, int]
) -> dict[int, int]:
    """The most alike first, each once; a row of the same name may have changed more."""
    taken = set(pairs.values())
    old = [a for a, block in enumerate(gone) if a not in pairs and block.kind in EDITED_ELSEWHERE]
    fresh = [b for b, block in enumerate(new) if b not in taken and block.kind in EDITED_ELSEWHERE]
    if len(old) * len(fresh) > MOST_CANDIDATES:
        return {}
    left, right = {a: _words(gone[a]) for a in old}, {b: _words(new[b]) for b in fresh}
    scored = sorted(
        (-likeness(left[a], right[b]), a, b)
        for a in old
        for b in fresh
        if min(len(left[a].words), len(right[b].words)) >= _enough(gone[a], new[b])[1]
        and (gone[a].kind == "code") == (new[b].kind == "code")
    )
    found: dict[int, int] = {}
    for score, a, b in scored:
        named = gone[a].kind == new[b].kind == "row" and name_of(gone[a]) == name_of(new[b])
        least = CHANGED if named else _enough(gone[a], new[b])[0]
        if -score >= least and a not in found and b not in found.values():
            found[a] = b
    return found


def _is_line(block: Block) -> bool:
    return block.kind == "code" and "\n" not in block.text.strip()


def _words(block: Block) -> Likeness:
    if _is_line(block):
        return Likeness(frozenset(WORD.findall(block.text.casefold())))
    return Likeness.of(block.text)


def _enough(old: Block, new: Block) -> tuple[float, int]:
    """How alike two blocks have to be, and of how many words."""
    return LINE_OF_CODE if _is_line(old) and _is_line(new) else (NEARLY_SAME, SHORTEST)


def pair_notes_around(
    pairs: Iterable[BlockPair], gone: Iterable[Block], new: Iterable[Block]
) -> Iterator[BothVersions]:
    """Notes of one kind around two versions of the same words."""
    new_notes = [block for block in new if block.kind == "note"]
    inner = [(b.first, a.first) for b, a in pairs if b and a and b.note and b.note == a.note]
    for old in gone:
        if old.kind == "note":
            lines = [now for was, now in inner if old.first < was <= old.end]
            same = [n for n in new_notes if n.name == old.name and _holds(n, lines)]
            if same:
                new_notes.remove(same[0])
                yield old, same[0]


def _holds(note: Block, lines: Iterable[int]) -> bool:
    return any(note.first < line <= note.end for line in lines)
