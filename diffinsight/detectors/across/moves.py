"""Sections that left one file of the range for another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from diffinsight.detectors.comparison import Comparison
from diffinsight.detectors.pairing.sections import body
from diffinsight.matching.likeness import Likeness, likeness
from diffinsight.outline.model import Section

SAME_NAME = 0.5  # how alike the words have to be under the same heading
OTHER_NAME = 0.75
SHORTEST = 12  # different words
ENDING = 6  # words at the end of a text
MOST_CANDIDATES = 40  # looked at for each section that is gone

Key = tuple[str, int]  # path and line of the heading


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """A section in the file it left and in the file it came to."""

    left: Comparison
    before: Section
    came: Comparison
    after: Section
    similarity: int  # percent


@dataclass(frozen=True, kw_only=True, slots=True)
class Moves:
    """All moves of a range, by both ends."""

    by_old: dict[Key, Move] = field(default_factory=dict)
    by_new: dict[Key, Move] = field(default_factory=dict)

    def left(self, file: Comparison, section: Section) -> Move | None:
        return self.by_old.get(_key(file, section))

    def came(self, file: Comparison, section: Section) -> Move | None:
        return self.by_new.get(_key(file, section))


def _key(file: Comparison, section: Section) -> Key:
    return (file.path, section.heading.first if section.heading else 0)


@dataclass(frozen=True, slots=True)
class _Candidate:
    file: Comparison
    section: Section
    words: Likeness
    name: str


def find_moves(files: Iterable[Comparison]) -> Moves:
    """Match sections that are gone with sections that came, in other files."""
    listed = list(files)
    gone = [c for file in listed for c in _candidates(file, old=True)]
    came = [c for file in listed for c in _candidates(file, old=False)]
    index: dict[str, list[int]] = defaultdict(list)
    for number, candidate in enumerate(came):
        for sign in _signs(candidate):
            index[sign].append(number)
    moves = Moves()
    for candidate in gone:
        numbers = dict.fromkeys(n for sign in _signs(candidate) for n in index.get(sign, ()))
        _take_best(candidate, [came[n] for n in list(numbers)[:MOST_CANDIDATES]], moves)
    return moves


def _take_best(old: _Candidate, others: list[_Candidate], moves: Moves) -> None:
    best: tuple[float, _Candidate] | None = None
    for new in others:
        if new.file.path == old.file.path or _key(new.file, new.section) in moves.by_new:
            continue
        alike = likeness(old.words, new.words)
        same_name = new.name in {old.name, ""}  # what stands at the top of a file has none
        if alike >= (SAME_NAME if same_name else OTHER_NAME) and (best is None or alike > best[0]):
            best = (alike, new)
    if best:
        new = best[1]
        move = Move(
            left=old.file,
            before=old.section,
            came=new.file,
            after=new.section,
            similarity=round(best[0] * 100),
        )
        moves.by_old[_key(old.file, old.section)] = move
        moves.by_new[_key(new.file, new.section)] = move


def _candidates(file: Comparison, *, old: bool) -> Iterator[_Candidate]:
    for section in _unmatched(file, old=old):
        if section.heading or not (old or file.compared):
            words = body(section)
            if len(words.words) >= SHORTEST:
                name = section.heading.text.casefold() if section.heading else ""
                yield _Candidate(file, section, words, name)


def _unmatched(file: Comparison, *, old: bool) -> Iterable[Section]:
    if not file.compared:
        return (file.before if old else file.after).sections
    sides = [(p.before, p.after) if old else (p.after, p.before) for p in file.sections]
    return [section for section, other in sides if section and not other]


def _signs(candidate: _Candidate) -> Iterator[str]:
    """What two versions of a moved section share: its name, or whole blocks."""
    yield candidate.name
    for block in candidate.section.blocks[:50]:
        if len(block.text) > 40:  # noqa: PLR2004 - a sentence, not a label
            yield block.text
            yield " ".join(block.text.split()[-ENDING:])  # it may begin otherwise
