"""Sections that left one file of the range for others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from posixpath import basename

from diffinsight.detectors.comparison import Comparison
from diffinsight.detectors.pairing.sections import body
from diffinsight.matching.likeness import Likeness, likeness
from diffinsight.outline.model import Block, Section

SAME_NAME = 0.5  # how alike the words have to be under the same heading
OTHER_NAME = 0.75
KEPT = 0.6  # of the words of a section that a file without headings has to have
SHORTEST = 12  # different words; a shorter one moved where others did
LEAST_COPIED = 6  # different words of a section that is the same to the letter
NEARER = 0.15  # that the other file is shown in the page that lost the section
ENDING = 6  # words at the end of a text
MOST_CANDIDATES = 40  # looked at for each section

Key = tuple[str, int]  # path and line of the heading


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """A section in the file it left and in one that it came to."""

    left: Comparison
    before: Section
    came: Comparison
    after: Section
    similarity: int  # percent


@dataclass(frozen=True, kw_only=True, slots=True)
class Moves:
    """All moves of a range, by both ends."""

    by_old: dict[Key, list[Move]] = field(default_factory=lambda: defaultdict(list))
    by_new: dict[Key, Move] = field(default_factory=dict)
    _blocks: set[int] = field(default_factory=set)  # ids of what such sections hold

    def left(self, file: Comparison, section: Section) -> Sequence[Move]:
        """Each with another file that has it now, the most alike first."""
        return self.by_old.get(_key(file, section), ())

    def came(self, file: Comparison, section: Section) -> Move | None:
        return self.by_new.get(_key(file, section))

    def add(self, move: Move) -> None:
        self.by_old[_key(move.left, move.before)].append(move)
        self.by_new.setdefault(_key(move.came, move.after), move)
        self._blocks.update(id(block) for s in (move.before, move.after) for block in s.blocks)

    def take_along(self, block: Block) -> bool:
        """Whether it stands in a section that moved."""
        return id(block) in self._blocks


def _key(file: Comparison, section: Section) -> Key:
    return (file.path, section.heading.first if section.heading else 0)


@dataclass(frozen=True, slots=True)
class _Candidate:
    file: Comparison
    section: Section
    words: Likeness
    name: str

    @property
    def is_short(self) -> bool:
        return len(self.words.words) < SHORTEST


def find_moves(files: Iterable[Comparison]) -> Moves:
    """Match sections that are gone with sections that came, in other files.

    What went to several files, such as parts that pages share, is in the moves of each.
    """
    listed = list(files)
    gone = [c for file in listed for c in _candidates(file, old=True)]
    came = [c for file in listed for c in _candidates(file, old=False)]
    pairs = list(_alike_pairs(gone, came))
    moves = Moves()
    left = {id(one): one for one in (*gone, *came)}
    for pair in pairs:
        if left.keys() >= {id(pair.old), id(pair.new)}:
            moves.add(pair.move())
            del left[id(pair.old)], left[id(pair.new)]
    for pair in pairs:  # what went to several files, or came from several
        if (pair.alike >= OTHER_NAME or pair.taken_in) and (id(pair.old) in left) != (
            id(pair.new) in left
        ):
            moves.add(pair.move())
            left.pop(id(pair.old), None)
            left.pop(id(pair.new), None)
    for pair in _short_pairs(gone, came, moves):
        moves.add(pair.move())
    return moves


@dataclass(frozen=True, slots=True)
class _Alike:
    old: _Candidate
    new: _Candidate
    alike: float
    taken_in: bool = False  # whether the page that lost the section takes the other file in

    @property
    def likely(self) -> float:
        return self.alike + (NEARER if self.taken_in else 0)

    def move(self) -> Move:
        return Move(
            left=self.old.file,
            before=self.old.section,
            came=self.new.file,
            after=self.new.section,
            similarity=round(self.alike * 100),
        )


def _alike_pairs(gone: Sequence[_Candidate], came: Sequence[_Candidate]) -> list[_Alike]:
    """Pairs that may be the same section, the most alike first."""
    index: dict[str, list[int]] = defaultdict(list)
    for number, new in enumerate(came):
        for sign in () if new.is_short else _signs(new):
            index[sign].append(number)
    included = {old.file.path: _included(old.file) for old in gone}
    found = []
    for old in gone:
        signs = () if old.is_short else _signs(old)
        numbers = dict.fromkeys(n for sign in signs for n in index.get(sign, ()))
        for new in [came[n] for n in list(numbers)[:MOST_CANDIDATES]]:
            alike = likeness(old.words, new.words)
            # What stands at the top of a file has no name.
            named = new.name == old.name or (not new.name and _has_most(old, new))
            least = SAME_NAME if named else OTHER_NAME
            if new.file.path != old.file.path and alike >= least:
                taken_in = basename(new.file.path) in included[old.file.path]
                found.append(_Alike(old, new, alike, taken_in))
    return sorted(found, key=lambda pair: pair.likely, reverse=True)


def _has_most(old: _Candidate, new: _Candidate) -> bool:
    """Whether most of what a section said is there, and not only a part that others kept of it."""
    return len(old.words.words & new.words.words) >= KEPT * len(old.words.words)


def _included(file: Comparison) -> frozenset[str]:
    """The names of the files that a page takes in."""
    links = (block.included for block in file.after.blocks)
    return frozenset(basename(link.target) for link in links if link)


def _short_pairs(
    gone: Iterable[_Candidate], came: Iterable[_Candidate], moves: Moves
) -> Iterator[_Alike]:
    """Sections too short to be known by some of their words.

    They moved where others did, or where all that they say stands under the same name now.
    """
    ways: dict[str, set[str]] = defaultdict(set)
    for move in moves.by_new.values():
        ways[move.left.path].add(move.came.path)
    by_name: dict[tuple[str, str], list[_Candidate]] = defaultdict(list)
    for new in came:
        if new.is_short:
            by_name[new.file.path, new.name].append(new)
    for old in gone:
        for path in sorted(ways[old.file.path]) if old.is_short else ():
            for new in by_name[path, old.name]:
                alike = likeness(old.words, new.words)
                if alike >= OTHER_NAME:
                    yield _Alike(old, new, alike)
    yield from _twins(gone, came, ways)


def _twins(
    gone: Iterable[_Candidate], came: Iterable[_Candidate], ways: Mapping[str, AbstractSet[str]]
) -> Iterator[_Alike]:
    """Short sections that are the same to the letter, between files of which no other moved."""
    new = {key: one for one in came if one.is_short and (key := _all_of(one))}
    old = {key: one for one in gone if one.is_short and (key := _all_of(one))}
    for key in (key for key in old if key in new):
        path = old[key].file.path
        if new[key].file.path not in {path, *ways.get(path, ())}:
            yield _Alike(old[key], new[key], 1.0)


def _all_of(candidate: _Candidate) -> tuple[str, ...] | None:
    """The name of a section and all that it says; None of one that others may have by chance."""
    texts = (f"{block.kind} {block.source.strip()}" for block in candidate.section.blocks)
    enough = len(candidate.words.words) >= LEAST_COPIED and candidate.name
    return (candidate.name, *texts) if enough else None


def _candidates(file: Comparison, *, old: bool) -> Iterator[_Candidate]:
    for section in _unmatched(file, old=old):
        if section.heading or not (old or file.compared):
            name = section.heading.text.casefold() if section.heading else ""
            yield _Candidate(file, section, body(section), name)


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
