"""What stands in another text now, whole or as a sentence of it, in much the same words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from diffinsight.detectors.pairing.kept import Kept
from diffinsight.detectors.pairing.reshaped import CELL
from diffinsight.detectors.reading.model import BlockPair, BlockPairs
from diffinsight.matching.sentences import Words, changed_sentences, sentences
from diffinsight.outline.model import PROSE, Block

REST = "rest"  # name of what a text has beside a sentence that stands elsewhere
HELD = 0.8  # of the weight of the shorter text that the longer one has
LEAST = 6.0  # weight of a text; shorter ones are alike by chance
SHORTEST = 3.0  # ... of one that stands there word for word
MOST_LONGER = 4  # times; of a text much longer than the other, little is the other
MOST_CANDIDATES = 2_500
ROUNDS = 2  # what a text has beside a sentence that moved may have moved from another one


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Piece:
    """A block that one version has alone, or a sentence of one that both have."""

    block: Block
    text: str
    words: Words
    owner: int | None = None  # the place of the pair whose sentence it is
    lone: bool = False  # a sentence of a block that one version has alone

    @property
    def said(self) -> str:
        """The text, whatever sign ends it."""
        return self.text.rstrip(" .:;。")


def restate(pairs: BlockPairs, kept: Kept) -> BlockPairs:
    """``pairs``, where a text that left a block, or went with one, is paired with where it is."""
    for _ in range(ROUNDS):
        gone, came = _telling(*(list(_pieces(pairs, kept, old=old)) for old in (True, False)))
        found = _matched(gone, came) if len(gone) * len(came) <= MOST_CANDIDATES else []
        if not found:
            break
        parts = [(_part(old), _part(new)) for old, new in found]
        pairs = [*_left(pairs, found, kept), *parts]
    return pairs


def _telling(gone: list[_Piece], came: list[_Piece]) -> tuple[list[_Piece], list[_Piece]]:
    """Both without the short ones that the other side has not word for word.

    A sentence of a block that came or went is told by itself only where it left another text.
    """
    texts = [{piece.said for piece in side} for side in (gone, came)]
    of_texts = [
        {p.said for p in side if p.owner is not None and not p.lone} for side in (came, gone)
    ]
    same = texts[0] & texts[1]
    old, new = (
        [
            piece
            for piece in side
            if (piece.said in of_other if piece.lone else True)
            if piece.words.weight >= LEAST or piece.said in same
        ]
        for side, of_other in zip((gone, came), of_texts, strict=True)
    )
    return old, new


def _pieces(pairs: BlockPairs, kept: Kept, *, old: bool) -> Iterator[_Piece]:
    for place, pair in enumerate(pairs):
        block, other = pair if old else pair[::-1]
        if block is None or block.kind not in PROSE:
            continue
        whole = [] if other or kept.untouched(*pair) else [block.text]
        for text in (*whole, *_lone_sentences(pair, old=old)):
            words = Words.of(text)
            if words.weight >= SHORTEST:
                owner = place if other else None
                yield _Piece(block=block, text=text, words=words, owner=owner)
        of_whole = sentences(block.text) if whole else ()
        for text in of_whole if len(of_whole) > 1 else ():
            words = Words.of(text)
            if words.weight >= SHORTEST:
                yield _Piece(block=block, text=text, words=words, owner=place, lone=True)


def _lone_sentences(pair: BlockPair, *, old: bool) -> Iterator[str]:
    """Sentences that one of two versions of a text has alone; side by side, all of them, too."""
    before, after = pair
    if before and after and after.kind in PROSE and before.kind in PROSE and after.name != CELL:
        sides = changed_sentences(before.text, after.text)
        here = (pair if old else pair[::-1] for pair in sides)
        lone = [text for text, there in here if text and not there]
        yield from lone
        whole = " ".join(lone)
        if len(lone) > 1 and whole in (before if old else after).text:
            yield whole


def _matched(gone: Sequence[_Piece], came: Sequence[_Piece]) -> list[tuple[_Piece, _Piece]]:
    """Pieces of which one has nearly all words of the other, the surest first; each once."""
    scored = sorted(
        (
            (score, -a, -b)
            for a, old in enumerate(gone)
            for b, new in enumerate(came)
            if (old.owner is None or old.owner != new.owner) and (score := _sureness(old, new))
        ),
        reverse=True,
    )
    found: dict[int, int] = {}
    for _, a, b in scored:
        old, new = gone[-a], came[-b]
        if not any(_overlap(old, gone[i]) or _overlap(new, came[j]) for i, j in found.items()):
            found[-a] = -b
    return [(gone[a], came[b]) for a, b in sorted(found.items())]


def _overlap(one: _Piece, other: _Piece) -> bool:
    """Whether a text is told with the other one."""
    return one.block is other.block and (one.text in other.text or other.text in one.text)


def _sureness(old: _Piece, new: _Piece) -> float:
    """How alike two texts are of which one holds the other; else nothing."""
    one, other = old.words, new.words
    short, long = sorted((one.weight, other.weight))
    shared = one.shared(other)
    if (short < LEAST and old.said != new.said) or long > MOST_LONGER * short:
        return 0.0
    return 2 * shared / (short + long) if shared >= HELD * short else 0.0


def _left(pairs: BlockPairs, found: Sequence[tuple[_Piece, _Piece]], kept: Kept) -> BlockPairs:
    """``pairs`` without what stands elsewhere."""
    taken = {id(piece.block) for match in found for piece in match if piece.owner is None}
    left = [(_but(old, taken), _but(new, taken)) for old, new in pairs]
    for pieces in found:
        for piece, new in zip(pieces, (False, True), strict=True):
            if piece.owner is not None:
                before, after = left[piece.owner]
                rest = _without(after if new else before, piece.text)
                pair = (before, rest) if new else (rest, after)
                left[piece.owner] = _same(*pair, kept, new=new)
    return [pair for pair in left if any(pair)]


def _but(block: Block | None, taken: set[int]) -> Block | None:
    return None if id(block) in taken else block


def _part(piece: _Piece) -> Block:
    """The sentence as a block of its own, on the lines of the one it stands in."""
    if piece.owner is None:
        return piece.block
    return replace(
        piece.block,
        kind="paragraph",
        number=None,
        text=piece.text,
        links=tuple(link for link in piece.block.links if link.text in piece.text),
    )


def _without(block: Block | None, sentence: str) -> Block | None:
    """The rest of a block; nothing where the sentence was all of it."""
    rest = " ".join(block.text.replace(sentence, " ", 1).split()) if block else ""
    if block is None or not rest:
        return None
    links = (link for link in block.links if link.text in rest or link.text not in sentence)
    return replace(block, name=REST, text=rest, links=tuple(links))


def _same(before: Block | None, after: Block | None, kept: Kept, *, new: bool) -> BlockPair:
    """Both; as written alike where the sentence was all that one had on changed lines."""
    stayed = kept.untouched(*((before, None) if new else (None, after)))
    if before and after and stayed and _says(before) == _says(after):
        return before, replace(after, source=before.source)
    return before, after


def _says(block: Block) -> tuple[str, list[str]]:
    return block.text, [link.target for link in block.links]
