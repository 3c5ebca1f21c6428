"""Headings: added, removed, renamed, moved, at another level."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from diffinsight.detectors.comparison import Comparison
from diffinsight.detectors.comparison.bold_headings import BOLD
from diffinsight.detectors.comparison.telling import known
from diffinsight.detectors.comparison.whole import Places, Whole
from diffinsight.matching.kinds import classify
from diffinsight.matching.words import STOP_WORDS, bag, count
from diffinsight.models import Finding, Json, LineRange
from diffinsight.outline.model import Block, Outline, Section

COUNTED = {
    "paragraph": "paragraphs",
    "item": "items",
    "step": "steps",
    "code": "code_blocks",
    "table": "tables",
}

SAID = frozenset({"paragraph", "item", "step", "table", "row", "code"})
LEAST_COPIED = 8  # words; less is said twice by chance
ASKING = ("?", "\uff1f")
LABEL = re.compile(r"\w{1,12}[:.\uff1a]\s*")  # such as "Q:"
DRAWN = frozenset({"mermaid"})  # languages of code that sites and GitHub draw

NO_LINKS = Places()

NOISE = {
    "case": "case-changed",
    "punctuation": "punctuation-changed",
    "formatting": "formatting-changed",
    "spacing": "reflowed",
}


def find(file: Comparison, whole: Whole) -> Iterator[Finding]:
    yield from _moved(file)
    new = _New.of(file)
    for pair in file.sections:
        if pair.before and pair.after:
            yield from _kept(file, pair.before, pair.after, whole)
        elif pair.after and pair.after.heading and not whole.moves.came(file, pair.after):
            yield from _came(file, pair.after, pair.after.heading, new)
        elif pair.before and pair.before.heading and not whole.moves.left(file, pair.before):
            yield _removed(file, pair.before, pair.before.heading, whole, new)


@dataclass(frozen=True, slots=True)
class _New:
    """The changed lines of both sides, and where blocks begin that both versions have."""

    removed: Collection[int]
    added: Collection[int]
    was: frozenset[int]
    now: frozenset[int]
    moved: frozenset[int]  # where blocks begin now that stood elsewhere
    lent_was: frozenset[int] = frozenset()  # heads of tables whose lines are another one's now
    lent_now: frozenset[int] = frozenset()  # ... or were

    @classmethod
    def of(cls, file: Comparison) -> _New:
        if file.left_out:  # what is lone is not known
            return cls(file.removed, file.added, frozenset(), frozenset(), frozenset())
        lone = {id(b) for pair in file.pairs for b in (pair.before, pair.after) if not pair.both}
        was, now = (
            frozenset(block.first for block in side.blocks if id(block) not in lone)
            for side in (file.before, file.after)
        )
        moved = frozenset(pair.after.first for pair in file.pairs if pair.moved and pair.after)
        matched = {old.first: new.first for old, new in filter(None, (p.both for p in file.pairs))}
        lent = (
            _lent(
                file.before.blocks,
                (file.removed, file.added),
                {b: a for a, b in matched.items()},
                lone,
            ),
            _lent(file.after.blocks, (file.added, file.removed), matched, lone),
        )
        return cls(file.removed, file.added, was, now, moved, *lent)

    def gone(self, block: Block) -> bool:
        alone = block.first not in self.was and _touches(block, self.removed)
        return alone or block.first in self.lent_was

    def came(self, block: Block) -> bool:
        alone = block.first not in self.now and _touches(block, self.added)
        return alone or block.first in self.lent_now

    def stands(self, block: Block) -> bool:
        """Whether it was not in this place, be it new or not."""
        return block.first in self.moved or self.came(block)


def _lent(
    blocks: Sequence[Block],
    changed: tuple[Collection[int], Collection[int]],
    matched: Mapping[int, int],
    lone: Collection[int],
) -> frozenset[int]:
    """Where heads of tables are on lines that, on the other side, are the head of another table.

    ``changed``: lines of this side and of the other; ``matched``: where blocks of the other side
    are on this one; ``lone``: ids of blocks that only one side has.
    """
    heads = [block for block in blocks if block.kind == "table"]
    same = {h.source for h in heads if _touches(h, changed[0]) and id(h) not in lone}
    numbers = sorted(changed[0]), sorted(changed[1])
    lent = set()
    for head in heads:
        if not _touches(head, changed[0]):
            there = _shifted(head.first, *numbers)
            if matched.get(there, head.first) != head.first or head.source in same:
                lent.add(head.first)
    return frozenset(lent)


def _shifted(line: int, changed: Sequence[int], other: Sequence[int]) -> int:
    """The number that an unchanged line has on the other side."""
    number = line - bisect_left(changed, line)
    for there in other:
        if there > number:
            break
        number += 1
    return number


def _touches(block: Block, changed: Collection[int]) -> bool:
    return any(line in changed for line in range(block.first, block.last + 1))


def _came(file: Comparison, section: Section, heading: Block, new: _New) -> Iterator[Finding]:
    was = file.promoted.get(heading.first)
    if was is None:
        yield _added(file, section, heading, new)
        return
    asked = None if BOLD.match(was.source) else "question"  # no more than its label is bold
    told = Finding(
        kind="heading-promoted",
        subject=heading.text,
        impact="minor",
        before_lines=was.lines,
        after_lines=new_lines(heading, file),
        values=known(
            level=heading.level, anchor=section.anchor, parent=section.parent, thing=asked
        ),
    )
    yield told
    before = was.text[len(label.group()) :] if (label := LABEL.match(was.text)) else was.text
    if before != heading.text and heading.text.endswith(ASKING):
        yield replace(
            told, kind="heading-renamed", before=before, after=heading.text,
            values=known(level=heading.level, thing="question", anchor_after=section.anchor),
        )  # fmt: skip


def _added(file: Comparison, section: Section, heading: Block, new: _New) -> Finding:
    return Finding(
        kind="heading-added",
        subject=heading.text,
        impact="notable",
        after=heading.text,
        after_lines=new_lines(heading, file),
        values=known(**_about(section, heading, (new.came, new.stands), new_lines(heading, file))),
    )


def _removed(
    file: Comparison, section: Section, heading: Block, whole: Whole, new: _New
) -> Finding:
    links = whole.links_to_anchor(file, section.anchor)
    if heading.first in file.demoted:
        about: dict[str, Json] = {"level": heading.level, "parent": section.parent}
        return Finding(
            kind="heading-demoted",
            subject=heading.text,
            impact="breaking" if links.count else "minor",
            before_lines=old_lines(heading, file),
            after_lines=file.demoted[heading.first].lines,
            values=known(anchor=section.anchor, **about, **links.values()),
        )
    return Finding(
        kind="heading-removed",
        subject=heading.text,
        impact="breaking" if links.count else "notable",
        before=heading.text,
        before_lines=old_lines(heading, file),
        values=known(
            **_about(section, heading, (new.gone, new.gone), old_lines(heading, file))
            | _copied(section, file),
            into=_merged_into(section, heading, file),
            **links.values(),
        ),
    )


def _merged_into(section: Section, heading: Block, file: Comparison) -> str:
    """The new name of a section beside it that took a word of its name."""
    place = file.before.sections.index(section)
    beside = file.before.sections[max(place - 1, 0) : place + 2]
    for pair in file.sections:
        old, new = (side.heading if side else None for side in (pair.before, pair.after))
        if not (old and new and pair.before in beside):
            continue
        taken = (bag(new.text) - bag(old.text) - STOP_WORDS) & bag(heading.text)
        if taken and old.level == new.level == heading.level:
            return new.text
    return ""


def _copied(section: Section, file: Comparison) -> dict[str, Json]:
    """Whether all that a section said stands word for word in the new version as well."""
    here = [block for block in section.blocks if block.kind != "directive" or block.included]
    there = {block.text for block in file.after.blocks if block.kind in SAID}
    copied = all(block.kind in SAID and block.text in there for block in here)
    if not copied or sum(count(block.text) for block in here) < LEAST_COPIED:
        return {}
    return {"copy": True, "text_stays": True}


def _kept(file: Comparison, before: Section, after: Section, whole: Whole) -> Iterator[Finding]:
    old, new = before.heading, after.heading
    if old is None or new is None:
        return
    if old.text != new.text:
        yield _renamed(file, before, after, (old, new), whole)
    if old.level != new.level:
        yield Finding(
            kind="heading-level-changed",
            subject=new.text,
            impact="notable",
            before_lines=old.lines,
            after_lines=new.lines,
            values={"level_before": old.level, "level_after": new.level, "anchor": after.anchor},
        )


def _moved(file: Comparison) -> Iterator[Finding]:
    """Sections that moved, each with the ones below it that came along."""
    old_place = {id(section): i for i, section in enumerate(file.before.sections)}
    moved = {id(p.after): p.before for p in file.sections if p.moved and p.before and p.after}
    sections = file.after.sections
    index = 0
    while index < len(sections):
        first, last = index, index
        index += 1
        before = moved.get(id(sections[first]))
        if before is None:
            continue
        while index < len(sections) and _came_along(sections, (first, index), moved, old_place):
            last, index = index, index + 1
        yield from _moved_run(
            file, (before, moved[id(sections[last])]), (sections[first], sections[last])
        )


def _came_along(
    sections: Sequence[Section],
    place: tuple[int, int],
    moved: Mapping[int, Section],
    old_place: Mapping[int, int],
) -> bool:
    """Whether the second section stands below the first, and right there in the old version."""
    top, now = sections[place[0]].heading, sections[place[1]].heading
    was, above = (moved.get(id(sections[i])) for i in (place[1], place[1] - 1))
    if not (top and now and was and above) or now.level <= top.level:
        return False
    return old_place[id(was)] == old_place[id(above)] + 1


def _moved_run(
    file: Comparison, before: tuple[Section, Section], after: tuple[Section, Section]
) -> Iterator[Finding]:
    """One finding for the sections from the first of each side to the last."""
    old, new = before[0].heading, after[0].heading
    if old and new:
        yield Finding(
            kind="heading-moved",
            subject=new.text,
            impact="notable",
            before_lines=(old.first, _end(before[1], old)),
            after_lines=(new.first, _end(after[1], new)),
            values=known(
                level=new.level,
                anchor=after[0].anchor,
                section_before=_above(file.before.sections, before[0]),
                section_after=_above(file.after.sections, after[0]),
            ),
        )


def _end(section: Section, first: Block) -> int:
    return max(first.last, section.heading.end if section.heading else 0)


def _renamed(
    file: Comparison, before: Section, after: Section, headings: tuple[Block, Block], whole: Whole
) -> Finding:
    old, new = headings
    kept = before.anchor == after.anchor or whole.anchor_kept(file, before.anchor)
    links = NO_LINKS if kept else whole.links_to_anchor(file, before.anchor)
    slip = NOISE.get(classify(old.text, new.text)) if kept else None
    return Finding(
        kind=slip or "heading-renamed",
        subject=f"{old.text} → {new.text}" if slip in {"case-changed", "typo-fixed"} else new.text,
        impact="noise" if slip else "breaking" if links.count else "notable",
        before=old.text,
        after=new.text,
        before_lines=old.lines,
        after_lines=new.lines,
        values=known(
            level=new.level,
            page_title=True if _is_title(file.before, old) and _is_title(file.after, new) else None,
            thing=new.name,
            anchor_before=before.anchor,
            anchor_after=after.anchor,
            anchor_kept=kept,
            **links.values(),
        ),
    )


def _is_title(page: Outline, heading: Block) -> bool:
    """Whether a heading names the page: the first one, if it is of the highest level."""
    first = next(section.heading for section in page.headings)
    return heading.level == 1 and heading == first


def _about(
    section: Section,
    heading: Block,
    tests: tuple[Callable[[Block], bool], Callable[[Block], bool]],
    lines: LineRange,
) -> dict[str, Json]:
    """What came or went with the heading; text that was there under another one did not.

    ``tests``: what is new or gone, and what is in this place on one side alone.
    """
    fresh = any(map(tests[0], section.blocks))
    here = filter(tests[1], section.blocks if fresh else ())
    blocks = [block for block in here if block.first <= lines[1]]  # the others are told alone
    stay = {b.group for b in section.blocks if b.kind == "row"} - {
        b.group for b in blocks if b.kind == "row"
    }
    kinds = Counter(
        COUNTED.get(block.kind, "")
        for block in blocks
        if not ((block.kind == "table" and block.group in stay) or _is_picture(block))
    )
    return {
        "level": heading.level,
        "thing": heading.name,
        "anchor": section.anchor,
        "parent": section.parent,
        "text_stays": (section.blocks and not fresh) or None,
        "words": sum(count(block.text) for block in blocks if block.has_words),
        **{name: kinds[name] for name in COUNTED.values()},
        "images": images_in(blocks),
        "diagrams": diagrams_in(blocks) or None,
    }


def _is_picture(block: Block) -> bool:
    return is_drawing(block) or (block.kind == "paragraph" and not block.text)


def is_drawing(block: Block) -> bool:
    """Whether it is code that a page shows as a picture."""
    return block.kind == "code" and block.name.casefold() in DRAWN


def images_in(blocks: Iterable[Block]) -> int:
    """How many images a reader sees."""
    return sum(link.image for block in blocks for link in block.links)


def diagrams_in(blocks: Iterable[Block]) -> int:
    """How many pictures are drawn from code."""
    return sum(map(is_drawing, blocks))


def _above(sections: tuple[Section, ...], section: Section) -> str:
    """The heading that stands before a section."""
    place = sections.index(section)
    heading = sections[place - 1].heading if place else None
    return heading.text if heading else ""


def new_lines(heading: Block, file: Comparison) -> LineRange:
    """The heading and all that came with it."""
    return (heading.first, file.came.get(heading.first, heading.last))


def old_lines(heading: Block, file: Comparison) -> LineRange:
    return (heading.first, file.gone.get(heading.first, heading.last))
