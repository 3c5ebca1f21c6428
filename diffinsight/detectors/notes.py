"""Notes, tips and warnings, whatever the dialect writes them with."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from string import ascii_letters, digits

from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.detectors.comparison.telling import known
from diffinsight.detectors.pairing.kept import Kept
from diffinsight.markdown_text import one_line
from diffinsight.matching.sentences import carried
from diffinsight.matching.words import count, first_words
from diffinsight.models import Finding, LineRange, Values
from diffinsight.outline.model import Block, Outline

MOST = 0.5  # of the words of a note that make the rest a part of it
MOST_BLOCKS = 50  # of a note that are read for its words
GOES_ON = (*ascii_letters, *digits, "`", ")")  # how a text ends that no mark ends
TITLE_ENDS = (".", "!", "?", ":", "\N{FULLWIDTH COLON}", "\N{IDEOGRAPHIC FULL STOP}")
FIRST_CJK = "\u2e80"
SERIOUS = frozenset({"warning", "caution", "danger", "important", "error", "attention"})


def find(file: Comparison, _: Whole) -> Iterator[Finding]:
    frames = _Frames.of(file)
    replaced = dict(_replaced(file))
    new_ones = {id(new) for new in replaced.values()}
    for pair in file.pairs:
        if pair.block.kind != "note" or id(pair) in new_ones:
            continue
        other = replaced.get(id(pair))
        if other:
            if not frames.hold_the_same(pair.block, other.block) and _differ(file, pair, other):
                yield _another(file, pair, other)
        elif pair.both:
            yield from _changed(file, pair, frames)
        elif same := frames.same(pair):
            yield _framed(_one_sided(file, pair), same)
        elif not pair.inside or pair.block.name in SERIOUS:
            told = _one_sided(file, pair)
            copy = bool(told.before) and told.before in _texts(file.after)
            yield replace(told, values=known(**told.values, copy=copy or None))


def _replaced(file: Comparison) -> Iterator[tuple[int, Pair]]:
    """Notes of one kind, one that went and one that came below the same text, by the old one."""
    kept = Kept.of(file.removed, file.added)
    gone: dict[tuple[str, int], Pair] = {}
    came: dict[tuple[str, int], Pair] = {}
    for pair in file.pairs:
        block = pair.block
        if block.kind == "note" and not pair.both and not pair.inside:
            place = kept.place(block.first, old=pair.after is None)
            (came if pair.after else gone)[block.name, place] = pair
    for key, pair in gone.items():
        if key in came:
            yield id(pair), came[key]


def _differ(file: Comparison, old: Pair, new: Pair) -> bool:
    return text_of(file.before, old.block) != text_of(file.after, new.block)


def _another(file: Comparison, old: Pair, new: Pair) -> Finding:
    went, came = _one_sided(file, old), _one_sided(file, new)
    return replace(
        came,
        kind="note-changed",
        before=went.before,
        before_lines=went.before_lines,
        values=known(**came.values, replaced=True),
    )


@dataclass(frozen=True, slots=True)
class _Frames:
    """The blocks of notes, and the pairs they are in."""

    file: Comparison
    pairs: Mapping[int, Pair]  # by the ids of both blocks
    stayed: Mapping[int, Block]  # the other version of what did not change, by the ids of both

    @classmethod
    def of(cls, file: Comparison) -> _Frames:
        pairs = {id(b): pair for pair in file.pairs for b in (pair.before, pair.after)}
        kept = Kept.of(file.removed, file.added)
        at = {(block.kind, block.first): block for block in file.after.blocks}
        both = [
            (old, new)
            for old in (file.before.blocks)
            if (new := at.get((old.kind, kept.now(old.first)))) and old.text == new.text
        ]
        return cls(
            file,
            pairs,
            {id(own): other for old, new in both for own, other in ((old, new), (new, old))},
        )

    def same(self, pair: Pair) -> str:
        """The words of a note that only one version has, if most are in no note of the other."""
        note, new = pair.block, pair.after is not None
        inner = list(_inner(self.file.after if new else self.file.before, note))
        both = [sides for block in inner for sides in self._versions(block, new=new)]
        if note.text or len(inner) >= MOST_BLOCKS or any(other.note for _, other in both):
            return ""
        same = " ".join(filter(None, (carried(other.text, own.text) for own, other in both)))
        return same if count(same) >= MOST * sum(count(block.text) for block in inner) else ""

    def _versions(self, block: Block, *, new: bool) -> Iterator[tuple[Block, Block]]:
        """A block beside its other version, or each of its parts that came from elsewhere."""
        pair = self.pairs.get(id(block))
        stayed = self.stayed.get(id(block))
        if stayed and not pair:
            yield block, stayed
            return
        for part in [pair] if pair else self.file.pairs:
            own, other = part.both[:: -1 if new else 1] if part.both else (None, None)
            if own and other and block.first <= own.first <= own.last <= block.last:
                yield own, other

    def hold_the_same(self, before: Block, after: Block) -> bool:
        """Whether all that a note says now was, with other words, in that note: it is told so."""
        inner = list(_inner(self.file.after, after))
        both = (self._other(block, new=True) for block in inner)
        return bool(inner) and all(old and before.first <= old.first <= before.end for old in both)

    def shared(self, before: Block, after: Block) -> str:
        """The first words that two versions of a note have in common: what is new is no name."""
        if before.text or after.text:
            return ""
        both = ((block, self._other(block, new=True)) for block in _inner(self.file.after, after))
        same = (new.text for new, old in both if old and before.first < old.first <= before.end)
        return next(filter(None, same), "")

    def _other(self, block: Block, new: bool) -> Block | None:  # noqa: FBT001 - the side
        pair = self.pairs.get(id(block))
        return (pair.before if new else pair.after) if pair else None


def _framed(told: Finding, same: str) -> Finding:
    """What is told of a note whose text, or most of it, the other version has without a frame."""
    more = (told.before or told.after) != same
    values = known(**told.values, text_stays=True, partly=more or None)
    return replace(
        told,
        impact="minor",
        before=told.before and same,
        after=told.after and same,
        values={**values, "text": first_words(same), "words": count(same)},
    )


def _texts(page: Outline) -> frozenset[str]:
    """What the notes of a version say."""
    return frozenset(text_of(page, note) for note in page.blocks if note.kind == "note")


def _one_sided(file: Comparison, pair: Pair) -> Finding:
    block = pair.block
    text = text_of(file.after if pair.after else file.before, block)
    spans = file.came if pair.after else file.gone
    lines: LineRange = (block.first, spans.get(block.first, block.last))
    return Finding(
        kind="note-added" if pair.after else "note-removed",
        subject=block.name,
        impact="notable",
        before=text if pair.before else None,
        after=text if pair.after else None,
        before_lines=lines if pair.before else None,
        after_lines=lines if pair.after else None,
        values=_values(pair, text),
    )


def _changed(file: Comparison, pair: Pair, frames: _Frames) -> Iterator[Finding]:
    if pair.both is None:
        return
    before, after = pair.both
    if before.name == after.name and before.text == after.text:
        return
    named = before.name != after.name
    values = _values(pair, frames.shared(before, after) or text_of(file.after, after))
    yield Finding(
        kind="note-changed",
        subject=after.name,
        impact="notable" if named else "minor",
        before=before.name if named else before.text or None,
        after=after.name if named else after.text or None,
        before_lines=before.lines,
        after_lines=after.lines,
        values=known(**values, retitled=not named or None),
    )


def _values(pair: Pair, text: str) -> Values:
    return known(
        section=pair.section,
        text=first_words(text),
        words=count(text),
        serious=pair.block.name in SERIOUS,
    )


def text_of(outline: Outline, note: Block) -> str:
    """The words of a note, with its title, and commands; other code is left out."""
    told = note.text.lstrip("# ")  # PyMdown takes Markdown in a title
    above = note
    left_out = False
    for block in _inner(outline, note):
        said = _said(block)
        if not said:
            left_out = left_out or block.kind == "code"
            continue
        told += _between(told, above, block, said) + ("… " if left_out else "") + said
        above, left_out = block, False
    return one_line(told)


def _between(told: str, above: Block, block: Block, said: str) -> str:
    """What sets a title, an item or a command apart from what comes next, in one line."""
    if above.kind == "note" and told and not told.endswith(TITLE_ENDS):
        return "\N{FULLWIDTH COLON}" if told[-1] > FIRST_CJK else ": "
    if block.kind == "item" and told.endswith(GOES_ON):
        return "; "
    return ". " if above.kind == "code" and told.endswith("`") and said[:1].isupper() else " "


def _said(block: Block) -> str:
    """The words of a block; a line to type as what it is, and of other code nothing."""
    line = block.text.strip()
    if block.kind != "code":
        return line
    return f"`{line}`" if line and "`" not in line and "\n" not in line else ""


def _inner(outline: Outline, note: Block) -> Iterator[Block]:
    """What stands in a note, as far as it is read."""
    place = bisect_right(outline.blocks, note.first, key=lambda block: block.first)
    for block in outline.blocks[place : place + MOST_BLOCKS]:
        if block.first <= note.end and block.kind != "note":
            yield block
