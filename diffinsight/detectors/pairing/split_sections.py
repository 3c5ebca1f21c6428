"""Sections that became two, side by side: each has a part of the old name and of the old text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from diffinsight.detectors.pairing.kept import Kept
from diffinsight.detectors.pairing.sections import body
from diffinsight.detectors.reading.model import Comparison, SectionPair
from diffinsight.matching.likeness import likeness
from diffinsight.matching.words import STOP_WORDS, bag
from diffinsight.outline.model import Block, Section

TWIN = 0.5  # how alike two sections of one new name have to be


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionSplit:
    """A section of the old version, what it is now, and what came beside that."""

    before: Section
    rest: Section
    part: Section


def find_splits(file: Comparison) -> dict[int, SectionSplit]:
    """By the line of the heading that came."""
    known = {id(pair.after): pair for pair in file.sections if pair.after}
    went = _Went.of(file)
    found: dict[int, SectionSplit] = {}
    for place, part in enumerate(file.after.sections):
        pair = known.get(id(part))
        if part.heading and pair and not pair.before:
            for beside in _beside(file.after.sections, place):
                split = _split(went, part, known.get(id(beside)))
                if split:
                    found.setdefault(part.heading.first, split)
    return found


@dataclass(frozen=True, slots=True)
class _Went:
    """Where the blocks of the old version are now."""

    kept: Kept
    now: Mapping[int, int]  # by the id of an old block that changed, the line of the new one

    @classmethod
    def of(cls, file: Comparison) -> _Went:
        both = (pair.both for pair in file.pairs if pair.both)
        now = {id(old): new.first for old, new in both}
        return cls(Kept.of(file.removed, file.added), now)

    def line(self, block: Block) -> int:
        return self.now.get(id(block)) or self.kept.now(block.first)


def _beside(sections: Sequence[Section], place: int) -> Iterator[Section]:
    """The sections of the same level right before and after one, whatever stands below them."""
    level = _level(sections[place])
    for run in (range(place - 1, -1, -1), range(place + 1, len(sections))):
        beside = next((sections[i] for i in run if _level(sections[i]) <= level), None)
        if beside and _level(beside) == level:
            yield beside


def _level(section: Section) -> int:
    return section.heading.level if section.heading else 0


def _split(went: _Went, part: Section, pair: SectionPair | None) -> SectionSplit | None:
    if not (pair and pair.before and pair.after and part.heading):
        return None
    old, rest = pair.before.heading, pair.after.heading
    if not (old and rest) or old.text == rest.text or old.level != rest.level:
        return None
    if rest.text == part.heading.text:
        same = likeness(body(pair.after), body(part)) >= TWIN
    else:
        same = _share(old, rest, part.heading) and _has_of(went, part, pair.before)
    return SectionSplit(before=pair.before, rest=pair.after, part=part) if same else None


def _share(old: Block, rest: Block, part: Block) -> bool:
    """Whether each of two names has words of the old one that the other has not."""
    one, other = bag(rest.text), bag(part.text)
    name = bag(old.text) - STOP_WORDS
    return bool((one - other) & name and (other - one) & name)


def _has_of(went: _Went, part: Section, before: Section) -> bool:
    """Whether a text or code of the old section stands in the part."""
    lines = {went.line(block) for block in before.blocks if block.text} - {0}
    return any(block.first in lines for block in part.blocks if block.text)
