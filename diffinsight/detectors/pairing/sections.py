"""Which section of the old version is which of the new one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from diffinsight.detectors.pairing.kept import Kept, kept_sections, kept_texts
from diffinsight.detectors.reading.model import SectionPair
from diffinsight.matching.likeness import Likeness, almost_same, best_pairs, likeness
from diffinsight.matching.sentences import Words
from diffinsight.matching.sequences import matches
from diffinsight.matching.words import STOP_WORDS, words_of
from diffinsight.outline.model import PROSE, Block, Section

MOST_CANDIDATES = 2_500  # pairs looked at between two matched sections
ALMOST = 1.1  # a name with one word in another form: surer than any text under another name
RENAMED = 0.4  # how alike a renamed section has to be
LIKE_NAME = 0.5  # two names of one section ...
OTHER_BODY = 0.25  # ... whose text changed a lot
SAME_BODY = 0.6  # a text that stayed under a name that did not
# Headings of the links at the end, which stand for each other.
CLOSING = frozenset({"see also", "related content", "related articles", "next steps", "next step"})
SIGNATURE = re.compile(r"`?(?:new |async )?([\w.$:]+)(?:\(.*\))?`?")  # of what is called
MOVED = 0.6  # ... when it also changed its place
PART = 0.4  # of the shorter text under another heading in the same place
SHORTEST_MOVED = 20  # words; shorter texts are alike by chance


def pair_sections(
    before: Sequence[Section], after: Sequence[Section], kept: Kept
) -> list[SectionPair]:
    """Every section once, in the order of the new version, removed ones last."""
    pairs = kept_sections(before, after, kept)
    for old, new in list(gaps(pairs, len(before), len(after))):
        keys = [[_full_key(side[i]) for i in run] for side, run in ((before, old), (after, new))]
        pairs |= {old[a]: new[b] for a, b in matches(*keys)}
    pairs |= _more(before, after, pairs)
    moved = _moved(before, after, pairs)
    pairs |= kept_texts(_left(before, pairs | moved), _left(after, _back(pairs | moved)), kept)
    pairs |= _in_place_of(_left(before, pairs | moved), _left(after, _back(pairs | moved)), kept)
    pairs |= _above_the_same(before, after, (pairs, moved))
    back = _back(pairs | moved)
    passed = {b for a, b in moved.items() if not _stands(before[a], after[b], kept)}
    found = [
        SectionPair(before=before[back[b]] if b in back else None, after=s, moved=b in passed)
        for b, s in enumerate(after)
    ]
    gone = (s for a, s in enumerate(before) if a not in pairs and a not in moved)
    return found + [SectionPair(before=section, after=None) for section in gone]


def _stands(before: Section, after: Section, kept: Kept) -> bool:
    """Whether a text of both is on a line that stayed: others moved past it."""
    lines = {kept.now(block.first) for block in before.blocks if block.kind in PROSE} - {0}
    return any(block.kind in PROSE and block.first in lines for block in after.blocks)


def _above_the_same(
    before: Sequence[Section],
    after: Sequence[Section],
    known: tuple[Mapping[int, int], Mapping[int, int]],
) -> dict[int, int]:
    """Headings with no words of their own, right above the same section in both versions."""
    pairs, moved = known
    taken = {*pairs.values(), *moved.values()}
    return {
        a - 1: b - 1
        for a, b in pairs.items()
        if a and b and a - 1 not in pairs and a - 1 not in moved and b - 1 not in taken
        if _opens(before[a - 1], before[a]) and _opens(after[b - 1], after[b])
        if _level(before[a - 1]) == _level(after[b - 1])
    }


def _opens(section: Section, below: Section) -> bool:
    """Whether a heading has nothing but the section right below it, of a lower level."""
    same = section.fragment == below.fragment and not section.blocks
    return same and 0 < _level(section) < _level(below)


def _level(section: Section) -> int:
    return section.heading.level if section.heading else 0


def _in_place_of(
    before: Mapping[int, Section], after: Mapping[int, Section], kept: Kept
) -> dict[int, int]:
    """Sections of which the heading gave way to another one in its place, with part of the text."""
    places: dict[tuple[int, int], list[int]] = {}
    for b, section in after.items():
        if section.heading and section.heading.first in kept.added:
            place = kept.place(section.heading.first, old=False)
            places.setdefault((place, _level(section)), []).append(b)
    found = {}
    for a, section in before.items():
        if section.heading and section.heading.first in kept.removed:
            place = kept.place(section.heading.first, old=True)
            same = places.pop((place, _level(section)), [])
            if len(same) == 1 and _shared(section, after[same[0]]) >= PART:
                found[a] = same[0]
    return found


def _shared(one: Section, other: Section) -> float:
    """How much of the weight of the shorter text of two sections the longer one has."""
    old, new = (Words.of(" ".join(block.text for block in s.blocks)) for s in (one, other))
    least = min(old.weight, new.weight)
    return old.shared(new) / least if least >= SHORTEST_MOVED else 0.0


def _left(sections: Sequence[Section], taken: Mapping[int, int]) -> dict[int, Section]:
    return {place: section for place, section in enumerate(sections) if place not in taken}


def _back(pairs: Mapping[int, int]) -> dict[int, int]:
    return {b: a for a, b in pairs.items()}


def _full_key(section: Section) -> tuple[int, str, str]:
    heading = section.heading
    return (section.fragment, section.parent.casefold(), heading.text.casefold() if heading else "")


def _more(
    before: Sequence[Section], after: Sequence[Section], pairs: dict[int, int]
) -> dict[int, int]:
    """Sections between two matched ones: the same heading under another parent, or renamed."""
    found: dict[int, int] = {}
    taken = set(pairs.values())
    left = {_full_key(section)[1:] for a, section in enumerate(before) if a not in pairs}
    came = {_full_key(section)[1:] for b, section in enumerate(after) if b not in taken}
    stay = left & came  # they only stand elsewhere now
    for gone, new_ones in gaps(pairs, len(before), len(after)):
        if len(gone) * len(new_ones) > MOST_CANDIDATES:
            continue
        kin = {i for a in gone for b in new_ones if _goes_on(before[a], after[b]) for i in (a, ~b)}
        old = [a for a in gone if a in kin or _full_key(before[a])[1:] not in stay]
        new = [b for b in new_ones if ~b in kin or _full_key(after[b])[1:] not in stay]
        if not old or not new:
            continue
        scores = [[_alike(before[a], after[b]) for b in new] for a in old]
        found |= {old[i]: new[j] for i, j in best_pairs(scores, RENAMED)}
    return found


def _goes_on(before: Section, after: Section) -> bool:
    """Whether one of two names goes on where the other ends, as parts for two versions do."""
    old, new = (s.heading.text.casefold().split() if s.heading else [] for s in (before, after))
    short, long = sorted((old, new), key=len)
    return len(short) > 1 and short != long and long[: len(short)] == short


def gaps(pairs: dict[int, int], before: int, after: int) -> Iterator[tuple[list[int], list[int]]]:
    """What is unmatched between two neighbouring pairs of an increasing matching."""
    a = b = 0
    for next_a, next_b in [*sorted(pairs.items()), (before, after)]:
        yield list(range(a, next_a)), list(range(b, next_b))
        a, b = next_a + 1, next_b + 1


def _alike(before: Section, after: Section) -> float:
    if before.fragment != after.fragment or (before.heading is None) != (after.heading is None):
        return 0.0
    if before.heading is None or after.heading is None:
        return 1.0
    if before.heading.text.casefold() == after.heading.text.casefold():
        return 1.0
    titles = (before.heading.level == 1) + (after.heading.level == 1)
    if titles:
        return 1.0 if titles == 2 else 0.0  # noqa: PLR2004 - both; a page keeps having a title
    return _renamed(before, after, (before.heading, after.heading))


def _renamed(before: Section, after: Section, headings: tuple[Block, Block]) -> float:
    """How sure it is that a section has another name, and is not another section in its place."""
    names = [heading.text.casefold() for heading in headings]
    if almost_same(*names) or _call_the_same(*names):
        return ALMOST  # wherever its text went
    alike = likeness(*map(Likeness.of, names))
    old, new = body(before), body(after)
    if not old.words or not new.words:
        both_empty = not old.words and not new.words
        return alike if alike >= 0.5 or (both_empty and alike >= 0.3) else 0.0  # noqa: PLR2004 - half of the heading's words
    bodies = likeness(old, new)
    longer = max(names, key=len).startswith(min(names, key=len))
    short = min(len(old.words), len(new.words)) < SHORTEST_MOVED
    closing = RENAMED if CLOSING.issuperset(names) else 0.0
    if not (
        longer or short or closing or bodies >= (OTHER_BODY if alike >= LIKE_NAME else SAME_BODY)
    ):
        return 0.0
    same_level = 0.05 * (headings[0].level == headings[1].level)
    return max(bodies, (alike + bodies) / 2, closing) + same_level


def _call_the_same(before: str, after: str) -> bool:
    """Whether two signatures differ in nothing but what is passed: `load(file)` and `load()`."""
    old, new = SIGNATURE.fullmatch(before), SIGNATURE.fullmatch(after)
    return bool(old and new and "(" in before + after and old[1] == new[1])


def body(section: Section) -> Likeness:
    """The words under a heading."""
    return Likeness.of(" ".join(block.text for block in section.blocks))


def _moved(
    before: Sequence[Section], after: Sequence[Section], pairs: dict[int, int]
) -> dict[int, int]:
    """Sections that are elsewhere now: the same heading, or much the same words."""
    old = [a for a, s in enumerate(before) if a not in pairs and s.heading]
    taken = set(pairs.values())
    new = [b for b, s in enumerate(after) if b not in taken and s.heading]
    if not old or not new or len(old) * len(new) > MOST_CANDIDATES:
        return {}
    scored = sorted(
        ((_alike_elsewhere(before[a], after[b]), -a, -b) for a in old for b in new), reverse=True
    )
    found: dict[int, int] = {}
    for score, a, b in scored:
        if score >= MOVED and -a not in found and -b not in found.values():
            found[-a] = -b
    return found


def _alike_elsewhere(before: Section, after: Section) -> float:
    if before.heading is None or after.heading is None:
        return 0.0
    old, new = body(before), body(after)
    if before.heading.text.casefold() == after.heading.text.casefold():
        alike = likeness(old, new)
        return 1.0 + alike if alike >= RENAMED or not old.words or not new.words else 0.0
    if min(len(old.words), len(new.words)) < SHORTEST_MOVED:
        return 0.0
    return likeness(old, new)


REWRITTEN = 40  # percent of the telling words that stayed, at most
SHORTEST_REWRITTEN = 15  # telling words on either side


def find_rewritten(sections: Sequence[SectionPair]) -> dict[int, int]:
    """Sections whose words are mostly others now: line of the heading → percent that stayed."""
    found = {}
    for pair in sections:
        if pair.before and pair.after and pair.after.heading and pair.before.heading:
            kept = _kept(pair.before, pair.after)
            if kept is not None and kept <= REWRITTEN:
                found[pair.after.heading.first] = kept
    return found


def _kept(before: Section, after: Section) -> int | None:
    """Percent of the telling words that both have, of the shorter; None for too short ones.

    Of the shorter one: what grew by a note, or lost some steps, was not written anew.
    """
    if [block.text for block in before.blocks] == [block.text for block in after.blocks]:
        return None
    old, new = _telling(before), _telling(after)
    if min(old.total(), new.total()) < SHORTEST_REWRITTEN:
        return None
    return round(100 * (old & new).total() / min(old.total(), new.total()))


def _telling(section: Section) -> Counter[str]:
    """Words of the prose, without those that every text has."""
    prose = (block.text for block in section.blocks if block.kind in {"paragraph", "item"})
    return Counter(word for text in prose for word in words_of(text) if word not in STOP_WORDS)
