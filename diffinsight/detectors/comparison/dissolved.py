"""What became of the text of a section whose heading went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set as AbstractSet

from diffinsight.detectors.comparison import Comparison
from diffinsight.matching.sentences import is_said, sentences
from diffinsight.matching.words import STOP_WORDS, bag, count
from diffinsight.models import Json
from diffinsight.outline.model import PROSE, Block, Outline, Section

SAID = frozenset({"paragraph", "item", "step", "table", "row", "code"})
LEAST_COPIED = 8  # words; less is said twice by chance
MOST = 10_000  # sentences that went times those that came


def what_became(section: Section, heading: Block, file: Comparison) -> dict[str, Json]:
    """Where all that a section said stands now, what took its place, or where a part stands."""
    elsewhere = _stands_elsewhere(section, file)
    joined = _merged_into(section, heading, file)
    old, into = ("", "") if joined is None else joined
    part = "" if elsewhere or into else _partly_in(section, file)
    named = {other.heading.text.casefold() for other in file.after.headings if other.heading}
    return {
        **elsewhere,
        "into": into or None,
        "merged_with": old or None,
        "partly_in": part or None,
        "namesake": heading.text.casefold() in named or None,
    }


def _partly_in(section: Section, file: Comparison) -> str:
    """The heading above new sentences that say most of what the section says elsewhere now."""
    gone = [said for block in section.blocks for said in _sayings(block)]
    others = (b for other in file.before.sections if other is not section for b in other.blocks)
    before = {said for block in others for said in _sayings(block)}
    came = [
        (other.heading.text, said)
        for other in file.after.headings
        if other.heading
        for block in other.blocks
        for said in (_sayings(block) if block.first in file.added else ())
        if said not in before
    ]
    if len(gone) * len(came) > MOST:
        return ""
    words: Counter[str] = Counter()
    for sentence in gone:
        place = next((name for name, other in came if is_said(sentence, other)), None)
        if place:
            words[place] += count(sentence)
    (held,) = words.most_common(1) or [("", 0)]
    return held[0] if held[1] >= LEAST_COPIED else ""


def _sayings(block: Block) -> tuple[str, ...]:
    return sentences(block.text) if block.kind in PROSE else ()


def _merged_into(section: Section, heading: Block, file: Comparison) -> tuple[str, str] | None:
    """The old and the new name of a section beside it that took a word of its name."""
    place = file.before.sections.index(section)
    beside = file.before.sections[max(place - 1, 0) : place + 2]
    for pair in file.sections:
        old, new = (side.heading if side else None for side in (pair.before, pair.after))
        if not (old and new and pair.before in beside):
            continue
        taken = (bag(new.text) - bag(old.text) - STOP_WORDS) & bag(heading.text)
        if taken and old.level == new.level == heading.level:
            return old.text, new.text
    return None


def _stands_elsewhere(section: Section, file: Comparison) -> dict[str, Json]:
    """Whether all that went with a heading stands word for word in the new version as well.

    It is a copy of what stood there before, or the name of the section that has it now.
    """
    here = [block for block in section.blocks if block.kind != "directive" or block.included]
    there = {block.text for block in file.after.blocks if block.kind in SAID}
    stays = all(block.kind in SAID and block.text in there for block in here)
    if not stays or sum(count(block.text) for block in here) < LEAST_COPIED:
        return {}
    went = {block.text for block in here if not _is_untouched(block, file)}
    others = (other for other in file.before.sections if other is not section)
    if went <= {block.text for other in others for block in other.blocks}:
        return {"copy": True, "text_stays": True}
    return {"text_stays": True, "holder": _holder(went, file.after)}


def _is_untouched(block: Block, file: Comparison) -> bool:
    return not any(line in file.removed for line in range(block.first, block.last + 1))


def _holder(texts: AbstractSet[str], page: Outline) -> str | None:
    """The heading above all of ``texts``."""
    held = (s for s in page.headings if texts <= {block.text for block in s.blocks})
    return next((section.heading.text for section in held if section.heading), None)
