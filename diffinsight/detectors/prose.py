"""Paragraphs, list items and steps; raw HTML and directives."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.commands import exchanged_commands, told_in
from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.detectors.comparison.telling import edit_values, known, span, tell, word_counts
from diffinsight.detectors.enumerations import growth
from diffinsight.detectors.links import is_external
from diffinsight.detectors.pairing.restated import REST
from diffinsight.detectors.pairing.still_said import still_said
from diffinsight.detectors.reading.list_leads import link_instead, naming_lead, turning_lead
from diffinsight.detectors.reading.lone_links import buttons, lone_link
from diffinsight.detectors.reading.rows import NOTE, called, marks_of
from diffinsight.detectors.reading.shells import beginning
from diffinsight.markdown_text import bare_code
from diffinsight.matching.words import count, first_words
from diffinsight.models import Finding, Impact, Json, LineRange, Values
from diffinsight.outline.learn_yaml import TEXTS
from diffinsight.outline.model import Block, Link

NAMES = {"paragraph": "paragraph", "item": "list-item", "step": "step"}
LONGEST_NAME = 60  # characters
LEAST_WORDS = 4  # of a text that says the same wherever it stands
ANCHOR = re.compile(r"(?:<a\s[^<>]*>\s*</a>\s*)+", re.IGNORECASE)


def find(file: Comparison, whole: Whole) -> Iterator[Finding]:
    commands = told_in(file)
    said = still_said(file)
    copies = _Copies(file)
    shown_as_buttons = buttons(file.before), buttons(file.after)
    for pair in file.pairs:
        if commands.has(pair) or growth(pair):
            continue
        if pair.block.kind not in NAMES or (pair.inside and not pair.both) or _is_summed_up(pair):
            continue
        if id(pair) in said:
            yield _replaced(pair, *said[id(pair)])
        elif pair.both is None and (link := lone_link(pair.block)):
            shown = shown_as_buttons[pair.after is not None]
            yield _linking(pair, link, shown.get(pair.block.first))
        elif pair.both is None:
            if not (is_image(pair.block) or is_anchor(pair.block)):
                told = _one_sided(pair, footnote=_is_lost_footnote(file, pair))
                copy = copies.has(pair)
                values = known(**told.values, **_list_of(file, pair), copy=copy or None)
                yield replace(told, values=values, impact="minor" if copy else told.impact)
        elif whole.says_more(pair):
            yield changed(pair)


class _Copies:
    """Texts that stood on a page more than once, and still do once or more."""

    def __init__(self, file: Comparison) -> None:
        old, new = (
            Counter(self._key(block) for block in page.blocks if block.kind in NAMES)
            for page in (file.before, file.after)
        )
        self._twice = frozenset(key for key, times in old.items() if times > 1 and new[key])

    def has(self, pair: Pair) -> bool:
        block = pair.before
        said = block is not None and count(block.text) >= LEAST_WORDS
        return said and self._key(pair.block) in self._twice

    @staticmethod
    def _key(block: Block) -> tuple[str, ...]:
        return block.text, *(link.target for link in block.links)


def _number(block: Block) -> int | None:
    """The number of a step; that of a step within another one would be taken for the outer's."""
    return block.number if block.kind == "step" and not block.level else None


def _is_summed_up(pair: Pair) -> bool:
    """Told with its section, which was written anew."""
    return pair.rewritten and pair.block.kind != "step"


def is_image(block: Block) -> bool:
    """A block of nothing but images; they are told as images."""
    return not block.text and any(link.image for link in block.links)


def is_anchor(block: Block) -> bool:
    """A block that shows nothing: anchors are told as such."""
    return not block.text and not block.links and bool(ANCHOR.fullmatch(block.source.strip()))


def _impact(block: Block) -> Impact:
    return "notable" if block.kind == "step" else "minor"


def _is_lost_footnote(file: Comparison, pair: Pair) -> bool:
    """Whether rows that pointed at a footnote and no longer do tell of it."""
    note = NOTE.match(pair.before.text) if pair.before and not pair.after else None
    return note is not None and any(
        note[1] in marks_of(old) and note[1] not in marks_of(new)
        for other in file.pairs
        if other.both and other.block.kind == "row"
        for old, new in zip(other.both[0].cells, other.both[1].cells, strict=False)
    )


def _name(block: Block) -> str | None:
    """What a list item begins with and goes on to tell of: code, a link, or bold words.

    Of a sentence they are only the first words, which others may begin with, too.
    """
    length = len(called(block)) if block.kind == "item" else 0
    told = block.text[length:].lstrip()
    short = 0 < length <= LONGEST_NAME and bool(told) and not told[0].islower()
    return block.text[:length].strip(" :*") if short else None


def _only_leads(block: Block) -> bool:
    """Whether a list item is nothing but a link."""
    return block.kind == "item" and any(link.text == block.text for link in block.links)


def _list_of(file: Comparison, pair: Pair) -> Values:
    """Which list an item came to or left, and what stands for it now."""
    lead = turning_lead(file.after if pair.after else file.before, pair.block)
    if pair.after:
        return known(led_by=lead, turned=bool(lead) or None)
    return known(
        led_by=lead or naming_lead(file, pair.block),
        turned=bool(lead) or None,
        instead=link_instead(file, pair.block),
    )


def _one_sided(pair: Pair, *, footnote: bool) -> Finding:
    block = pair.block
    added = pair.after is not None
    extra: dict[str, Json] = {
        "words": count(block.text),
        "depth": block.level if block.kind == "item" else None,
        "number": _number(block),
        "footnote": footnote or None,
        "called": _name(block),
        "thing": "part" if block.name == REST else None,
        "linked": _only_leads(block) or None,
    }
    return tell(
        f"{NAMES[block.kind]}-{'added' if added else 'removed'}",
        pair,
        _impact(block),
        before=None if added else block.text,
        after=block.text if added else None,
        values=extra,
    )


def _linking(pair: Pair, link: Link, button: LineRange | None) -> Finding:
    """A paragraph that is nothing but a link, as that; ``button``: where it is shown as one."""
    told = tell(
        "link-added" if pair.after else "link-removed",
        pair,
        "minor",
        subject=link.target,
        values={
            "text": link.text,
            "external": is_external(link.target),
            "words": count(link.text),
            "alone": True,
            "thing": "button" if button else None,
        },
    )
    if button is None:
        return told
    return replace(told, after_lines=button) if pair.after else replace(told, before_lines=button)


def _replaced(pair: Pair, first: Pair, last: Pair) -> Finding:
    """A text that gave way to others which say it, or took their place."""
    text = pair.block.text
    sides = {"after" if pair.after else "before": text}
    section = pair.section if pair.after else first.section
    told = replace(pair, section=section)
    finding = tell("passage-replaced", told, "minor", values={"words": count(text)}, **sides)
    if pair.after:
        return replace(finding, before_lines=span(first.before_lines, last.before_lines))
    return replace(finding, after_lines=span(first.after_lines, last.after_lines))


def changed(pair: Pair) -> Finding:
    """A text that says something else now."""
    block = pair.block
    before = pair.before.text if pair.before else ""
    commands = exchanged_commands(before, block.text)
    return tell(
        f"{NAMES[block.kind]}-changed",
        pair,
        "notable" if commands else _impact(block),
        subject=first_words(block.text or before),
        before=before,
        after=block.text,
        values={
            "number": _number(block),
            "field": block.name if block.name in TEXTS else None,
            "commands": tuple(beginning(bare_code(edit.before)) for edit in commands) or None,
            "exchanged": tuple({"before": c.before, "after": c.after} for c in commands) or None,
            **edit_values(pair.edits),
            **word_counts(pair.edits),
        },
    )
