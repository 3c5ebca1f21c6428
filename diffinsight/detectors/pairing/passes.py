"""Which block of one version is which of the other: one pass after the other, the surest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from diffinsight.detectors.pairing.commented import comment_out
from diffinsight.detectors.pairing.elsewhere import pair_elsewhere, pair_notes_around
from diffinsight.detectors.pairing.gave_way import give_way
from diffinsight.detectors.pairing.in_place import put_in_place
from diffinsight.detectors.pairing.joined import join
from diffinsight.detectors.pairing.kept import Kept, kept_blocks
from diffinsight.detectors.pairing.leads import pair_leads
from diffinsight.detectors.pairing.reshaped import reshape
from diffinsight.detectors.pairing.restated import restate
from diffinsight.detectors.pairing.reunited import reunite
from diffinsight.detectors.pairing.same_section import pair_section
from diffinsight.detectors.pairing.set_apart import set_apart
from diffinsight.detectors.pairing.split import split
from diffinsight.detectors.pairing.unlike import part
from diffinsight.detectors.reading.model import BlockPair, BlockPairs, SectionPair
from diffinsight.outline.model import Block


def match_blocks(
    sections: Sequence[SectionPair], before: Sequence[Block], after: Sequence[Block], kept: Kept
) -> BlockPairs:
    """Every block of the sections, but those that nobody touched, in both versions or in one.

    A pass pairs what the ones above it left alone, so the surest evidence comes first: words, then
    places, then parts of words. What no pass finds came or went.
    """
    # The words themselves, or the lines that stayed: all below reads these pairs.
    pairs = _by_words(sections, kept)
    # The same code stands below two lone texts: they are one, in whatever words.
    pairs = pair_leads(pairs, before, after)
    # A lone block is a part of its neighbour's other version. Before the next pass, for the rest
    # of a text that was parted can stand on its old lines.
    pairs = join(pairs, before, after)
    # Lone blocks on lines that stayed neither came nor went. Before all that look for where a lone
    # block went, for they would find a place for these, too.
    pairs = _touched(pairs, kept)
    # All words of one text, in several in its place: surer than one of these by its place alone.
    pairs = split(pairs, kept)
    # One lone block each in the same place, or with the same mark: no words are needed.
    pairs = reunite(pairs, kept)
    # Steps of one number, code between the same fences. After all that pairs whole blocks, for it
    # also parts what was found alike elsewhere.
    pairs = put_in_place(pairs, kept)
    # Another kind of block holds what is still alone: a cell has its words, a comment its source.
    pairs = reshape(pairs, kept)
    pairs = comment_out(pairs)
    # Two texts that only their place paired are two where others stand there, too, and code that
    # was taken out of a sentence is a part of it. Before what looks for each of them elsewhere.
    pairs = set_apart(part(pairs, kept))
    # Sentences of other texts hold it. After all that finds whole blocks, for the sentence would
    # be taken out of what they are to be found by.
    pairs = restate(pairs, kept)
    # The neighbour says something of it. Last, for what a text says elsewhere word for word is
    # surer, and two blocks that became one here cannot be found apart.
    return give_way(pairs, kept)


def _by_words(sections: Sequence[SectionPair], kept: Kept) -> BlockPairs:
    """Every block but headings once: on lines that stayed, in the same section, then anywhere."""
    stayed = kept_blocks(
        [block for pair in sections if pair.before for block in pair.before.blocks],
        [block for pair in sections if pair.after for block in pair.after.blocks],
        kept,
    )
    pairs: BlockPairs = []
    gone: list[Block] = []
    new: list[Block] = []
    for section in sections:
        found = pair_section(section, stayed)
        pairs += found.pairs
        gone += found.gone
        new += found.new
    taken = _ids(pairs)
    pairs += [pair for pair in stayed.pairs if taken.isdisjoint(map(id, pair))]
    gone, new = _left(gone, pairs), _left(new, pairs)
    pairs += pair_elsewhere(gone, new, sections)
    pairs += pair_notes_around(pairs, _left(gone, pairs), _left(new, pairs))
    pairs += [(block, None) for block in _left(gone, pairs)]
    return pairs + [(None, block) for block in _left(new, pairs)]


def _left(blocks: Iterable[Block], pairs: Iterable[BlockPair]) -> list[Block]:
    taken = _ids(pairs)
    return [block for block in blocks if id(block) not in taken]


def _ids(pairs: Iterable[BlockPair]) -> frozenset[int]:
    return frozenset(id(block) for pair in pairs for block in pair)


def _touched(pairs: BlockPairs, kept: Kept) -> BlockPairs:
    """``pairs`` without the lone blocks on lines that both versions have."""
    return [pair for pair in pairs if all(pair) or not kept.untouched(*pair)]
