"""Headings: added, removed, renamed, moved, at another level."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from diffinsight.detectors.across.whole import Places, Whole
from diffinsight.detectors.comparison import Comparison
from diffinsight.detectors.comparison.dissolved import SAID, Standing
from diffinsight.detectors.comparison.section_parts import Changed, about, is_older
from diffinsight.detectors.comparison.telling import known
from diffinsight.detectors.pairing.bold_headings import BOLD
from diffinsight.detectors.pairing.split_sections import SectionSplit, find_splits
from diffinsight.detectors.releases import parts_of_releases
from diffinsight.matching.kinds import classify
from diffinsight.matching.lexicon import lexicon_of
from diffinsight.matching.sentences import sentences
from diffinsight.matching.words import bag
from diffinsight.models import Finding, Json, LineRange
from diffinsight.outline.model import Block, Outline, Section

ASKING = ("?", "\uff1f")
LABEL = re.compile(r"\w{1,12}[:.\uff1a]\s*")  # such as "Q:"

NO_LINKS = Places()

NOISE = {
    "case": "case-changed",
    "punctuation": "punctuation-changed",
    "formatting": "formatting-changed",
    "spacing": "reflowed",
}


def find(file: Comparison, whole: Whole) -> Iterator[Finding]:
    yield from _moved(file)
    new, stood = Changed.of(file), Standing.of(file)
    splits = find_splits(file)
    released = parts_of_releases(file, whole)
    for pair in file.sections:
        if pair.before and pair.after:
            yield from _kept(file, pair.before, pair.after, whole)
        elif id(pair.after or pair.before) in released:
            continue
        elif pair.after and pair.after.heading and not whole.moves.came(file, pair.after):
            split = splits.get(pair.after.heading.first)
            if split:
                yield _parted(file, split, pair.after.heading, new)
            else:
                yield from _came(file, pair.after, pair.after.heading, new)
        elif pair.before and pair.before.heading and not whole.moves.left(file, pair.before):
            yield _removed(stood, pair.before, pair.before.heading, whole, new)


def _came(file: Comparison, section: Section, heading: Block, new: Changed) -> Iterator[Finding]:
    was = file.promoted.get(heading.first)
    if was is None:
        yield _added(file, section, heading, new)
        return
    # Of a question, no more than its label is bold.
    thing = "step" if was.kind == "step" else None if BOLD.match(was.source) else "question"
    told = Finding(
        kind="heading-promoted",
        subject=heading.text,
        impact="minor",
        before_lines=was.lines,
        after_lines=new_lines(heading, file),
        values=known(
            level=heading.level, anchor=section.anchor, parent=section.parent, thing=thing
        ),
    )
    yield told
    before = was.text[len(label.group()) :] if (label := LABEL.match(was.text)) else was.text
    if before != heading.text and heading.text.endswith(ASKING):
        yield replace(
            told, kind="heading-renamed", before=before, after=heading.text,
            values=known(level=heading.level, thing="question", anchor_after=section.anchor),
        )  # fmt: skip


def _added(file: Comparison, section: Section, heading: Block, new: Changed) -> Finding:
    lines = new_lines(heading, file)
    values = about(section, heading, (new.came, new.stands), lines)
    if is_older(section, new, values["words"]):
        values["text_stays"] = True
    return Finding(
        kind="heading-added",
        subject=heading.text,
        impact="minor" if _only_leads(section, heading) else "notable",
        after=heading.text,
        after_lines=lines,
        values=known(**values),
    )


def _only_leads(section: Section, heading: Block) -> bool:
    """Whether a section says its name at most, and where more is to be read."""
    said = [block for block in section.blocks if block.kind in SAID]
    sayings = [sentence for block in said for sentence in sentences(block.text)]
    return (
        bool(said)
        and all(block.kind == "paragraph" for block in said)
        and all(
            lexicon_of(one).opens("leads", one) or bag(one) <= bag(heading.text) for one in sayings
        )
    )


def _parted(file: Comparison, split: SectionSplit, heading: Block, new: Changed) -> Finding:
    """A section that came out of one beside it, which has another name now."""
    lines = new_lines(heading, file)
    halves = sorted((split.part, split.rest), key=_line)
    old = split.before.heading
    return Finding(
        kind="section-split",
        subject=old.text if old else "",
        impact="notable",
        before=old.text if old else None,
        after=heading.text,
        after_lines=lines,
        values=known(
            **about(split.part, heading, (new.came, new.stands), lines) | {"text_stays": None},
            halves=tuple(half.heading.text for half in halves if half.heading),
        ),
    )


def _line(section: Section) -> int:
    return section.heading.first if section.heading else 0


def _removed(
    stood: Standing, section: Section, heading: Block, whole: Whole, new: Changed
) -> Finding:
    file = stood.file
    links = whole.links_to_anchor(file, section.anchor)
    if heading.first in file.demoted:
        place: dict[str, Json] = {"level": heading.level, "parent": section.parent}
        return Finding(
            kind="heading-demoted",
            subject=heading.text,
            impact="breaking" if links.count else "minor",
            before_lines=old_lines(heading, file),
            after_lines=file.demoted[heading.first].lines,
            values=known(anchor=section.anchor, **place, **links.values()),
        )
    return Finding(
        kind="heading-removed",
        subject=heading.text,
        impact="breaking" if links.count else "notable",
        before=heading.text,
        before_lines=old_lines(heading, file),
        values=known(
            **about(section, heading, (new.gone, new.gone), old_lines(heading, file))
            | stood.what_became(section, heading),
            **links.values(),
        ),
    )


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
                thing=new.name,
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
