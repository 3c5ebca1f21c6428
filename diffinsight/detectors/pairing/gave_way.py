"""A text that gave way to one beside it, or to one that says more: both are one that changed."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from diffinsight.detectors.pairing.joined import one
from diffinsight.detectors.pairing.kept import Kept
from diffinsight.detectors.reading.model import BlockPair, BlockPairs
from diffinsight.matching.sentences import Words, alike, changed_sentences
from diffinsight.outline.model import PROSE, Block

ALIKE = 2.5  # weight of what both say: two words and a half that not every text has
HELD = 0.6  # of the weight of the shorter of two texts that stand in one place alone
GAIN = 0.1  # in likeness, that makes a text and the words that lead into it the other version
MOST_CANDIDATES = 2_500
LONGEST_NAME = 4  # words of an entry, and of what its name goes on with
LEADING = (":", "\uff1a")


def give_way(pairs: BlockPairs, kept: Kept) -> BlockPairs:
    """``pairs``, where a lone text is a part of its neighbour that says something of it anew."""
    pairs = _named_further(_alone(pairs, kept), kept)
    turned: BlockPairs = [(new, old) for old, new in _joined(pairs, kept, old=True)]
    return [(old, new) for new, old in _joined(turned, kept, old=False)]


def _alone(pairs: BlockPairs, kept: Kept) -> BlockPairs:
    """``pairs``, where the only texts between two lines that stayed share most of the shorter."""
    sides: tuple[defaultdict[int, list[Block]], ...] = (defaultdict(list), defaultdict(list))
    for pair in pairs:
        for which, block in enumerate(pair):
            if block and block.kind in PROSE and pair[1 - which] is None:
                sides[which][kept.place(block.first, old=not which)].append(block)
    found: BlockPairs = []
    for place, gone in sides[0].items():
        came = sides[1].get(place, [])
        if len(gone) == len(came) == 1 and _is_held(gone[0], came[0]):
            found.append((gone[0], came[0]))
    taken = {id(block) for pair in found for block in pair}
    return [*(pair for pair in pairs if taken.isdisjoint(map(id, pair))), *found]


def _is_held(old: Block, new: Block) -> bool:
    was, now = Words.of(old.text), Words.of(new.text)
    shared = was.shared(now)
    alike_enough = shared >= max(HELD * min(was.weight, now.weight), ALIKE)
    return old.kind == new.kind and old.note == new.note and alike_enough


def _named_further(pairs: BlockPairs, kept: Kept) -> BlockPairs:
    """``pairs``, where an entry is the one in its place whose name begins with its own."""
    gone = [old for old, new in pairs if old and new is None and old.kind == "item"]
    came = [new for old, new in pairs if new and old is None and new.kind == "item"]
    if not gone or len(gone) * len(came) > MOST_CANDIDATES:
        return pairs
    found: BlockPairs = []
    for old in gone:
        place = kept.place(old.first, old=True)
        longer = [
            new
            for new in came
            if kept.place(new.first, old=False) == place and _begins(new.text, old.text)
        ]
        if len(longer) == 1 and not any(longer[0] is new for _, new in found):
            found.append((old, longer[0]))
    taken = {id(block) for pair in found for block in pair}
    return [*(pair for pair in pairs if taken.isdisjoint(map(id, pair))), *found]


def _begins(text: str, name: str) -> bool:
    """Whether a text of a few words begins with another one, and goes on with a new word."""
    rest = text.casefold().removeprefix(name.casefold())
    short = len(name.split()) <= LONGEST_NAME and len(rest.split()) <= LONGEST_NAME
    return short and rest != text.casefold() and bool(rest) and not rest[0].isalnum()


def _joined(pairs: BlockPairs, kept: Kept, *, old: bool) -> BlockPairs:
    """The same for lone texts on one side, the first of each pair; ``old``: it is the old one."""
    changed = kept.removed if old else kept.added
    found = dict(enumerate(pairs))
    prose = sorted(
        (block.first, place) for place, (block, _) in found.items() if block and block.kind in PROSE
    )
    for places in (prose, prose[::-1]):
        for (_, host), (line, lone) in pairwise(places):
            if line in changed and _near(found.get(host), found.get(lone), kept, old=old):
                found[host] = _one(found[host], found.pop(lone))
    return list(found.values())


def _near(host: BlockPair | None, lone: BlockPair | None, kept: Kept, *, old: bool) -> bool:
    """Whether a lone text stood beside one of the same kind, and says what that one says now."""
    block, version = host or (None, None)
    part, other = lone or (None, None)
    if not (block and version and part) or other or version.kind not in PROSE:
        return False
    if kept.place(block.first, old=old) != kept.place(part.first, old=old):
        return False
    if block.note != part.note or block.kind != part.kind:
        return block.note == part.note and _leads(part, block, version)
    words = Words.of(part.text)
    fresh = (now for was, now in changed_sentences(block.text, version.text) if not was)
    return any(words.shared(Words.of(sentence)) >= ALIKE for sentence in fresh)


def _leads(part: Block, block: Block, version: Block) -> bool:
    """Whether one is the words above the list that the other begins, and both were one text."""
    above, below = sorted((part, block), key=lambda piece: piece.first)
    if below.kind == "paragraph" or not above.text.rstrip().endswith(LEADING):
        return False
    joined = alike(f"{above.text} {below.text}", version.text)
    return joined - alike(block.text, version.text) >= GAIN


def _one(host: BlockPair, lone: BlockPair) -> BlockPair:
    return (one(host[0], lone[0]) if host[0] and lone[0] else host[0], host[1])
