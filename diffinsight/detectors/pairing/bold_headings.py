"""Bold lines and steps that became headings, and headings that became bold lines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from diffinsight.detectors.pairing.kept import Kept
from diffinsight.detectors.reading.model import BlockPair, SectionPair
from diffinsight.outline.model import Block

BOLD = re.compile(r"^\s*(\*\*|__)(?!\s)(?P<text>(?:(?!\1).)+)\1\s*[:.]?\s*$")

LEAST_WORDS = 3  # of a heading that a step begins with

Lined = Mapping[int, Block]  # line of a heading → the bold line it was, or is now


def bold_headings(
    sections: Sequence[SectionPair],
    pairs: Sequence[BlockPair],
    kept: Kept,
) -> tuple[Lined, Lined]:
    """Bold lines and steps that became headings, and headings that became bold lines."""
    came = [p.after.heading for p in sections if p.after and not p.before and p.after.heading]
    gone = [p.before.heading for p in sections if p.before and not p.after and p.before.heading]
    lone = [old for old, new in pairs if old and not new]
    was = [old for old in lone if old.kind == "paragraph"]
    now = [new for old, new in pairs if new and not old and new.kind == "paragraph"]
    return (
        {**_of_steps(came, lone, kept), **_in_place(came, was, kept), **_by_name(came, was)},
        _by_name(gone, now),
    )


def _by_name(headings: Sequence[Block], blocks: Sequence[Block]) -> dict[int, Block]:
    """The bold line of the same words for each heading, in their order."""
    bold: dict[str, list[Block]] = {}
    for block in blocks:
        if BOLD.match(block.source):
            bold.setdefault(_bare(block.text), []).append(block)
    found = {}
    for heading in headings:
        same = bold.get(_bare(heading.text))
        if same:
            found[heading.first] = same.pop(0)
    return found


def _in_place(headings: Sequence[Block], blocks: Sequence[Block], kept: Kept) -> dict[int, Block]:
    """The line that begins in bold and asks something, and gave way to each asking heading."""
    asked = {
        kept.place(block.first, old=True): block
        for block in blocks
        if block.source.lstrip().startswith(("**", "__")) and _asks(block)
    }
    places = {kept.place(heading.first, old=False): heading for heading in headings}
    return {
        heading.first: asked[place]
        for place, heading in places.items()
        if place in asked and _asks(heading)
    }


def _of_steps(headings: Sequence[Block], blocks: Sequence[Block], kept: Kept) -> dict[int, Block]:
    """The step in the place of each heading that begins with its words."""
    steps = {kept.place(b.first, old=True): b for b in blocks if b.kind == "step"}
    found = {}
    for heading in headings:
        step, name = steps.get(kept.place(heading.first, old=False)), _bare(heading.text)
        if (
            step
            and len(name.split()) >= LEAST_WORDS
            and f"{_bare(step.text)} ".startswith(f"{name} ")
        ):
            found[heading.first] = step
    return found


def _asks(block: Block) -> bool:
    return block.text.rstrip().endswith(("?", "\uff1f"))


def _bare(text: str) -> str:
    return " ".join(text.casefold().rstrip(":. ").split())
