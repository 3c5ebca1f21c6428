"""The words that lead into a list: they turn what its members say, or name what it lists."""

from __future__ import annotations

from bisect import bisect_left

from diffinsight.detectors.reading.model import Comparison
from diffinsight.matching.lexicon import lexicon_of
from diffinsight.matching.sentences import sentences
from diffinsight.outline.model import Block, Outline

LEADS = (":", "：")  # noqa: RUF001 - an East Asian mark is meant
APART = 2  # lines from one block to the next; more, and the patch leaves some out
MOST_MEMBERS = 100  # above one, that are looked at
LONGEST_MEMBER = 6  # words of one that says little without what it is a member of


def turning_lead(outline: Outline, item: Block) -> str:
    """What says that something does not hold for ``item``, or only under a condition, or nothing.

    Told without it, a member of the list would be taken for what is possible.
    """
    lead = _lead(outline, item)
    return _turning(lead.text) if lead else ""


def naming_lead(file: Comparison, gone: Block) -> str:
    """What a short member that went is a member of, where the words that say it are still there."""
    lead = _lead(file.before, gone)
    if not lead or not lead.text.endswith(LEADS) or len(gone.text.split()) > LONGEST_MEMBER:
        return ""
    if lead.kind != "paragraph" or all(block.text != lead.text for block in file.after.blocks):
        return ""
    said = sentences(lead.text)
    # "These are:" says less than the sentence that names them.
    leans = len(said) > 1 and lexicon_of(said[-1]).opens("leans", said[-1])
    return said[-1 - leans]


def link_instead(file: Comparison, item: Block) -> str:
    """What the link is called that readers are sent to instead of a list of ``item`` and others.

    The words that led into the list end in a sentence now, and the link comes after them.
    """
    lead = _lead(file.before, item)
    pairs = (pair.both for pair in file.pairs if pair.both)
    now = next((new for old, new in pairs if lead and old.first == lead.first), None)
    if not (lead and now) or not lead.text.endswith(LEADS) or now.text.endswith(LEADS):
        return ""
    whole = (block for block in file.after.blocks if block.first <= now.last <= block.last)
    known = {link.target for link in lead.links}
    links = [link for block in whole for link in block.links if link.target not in known]
    return links[0].text if len(links) == 1 and not links[0].image else ""


def _lead(outline: Outline, item: Block) -> Block | None:
    """What a list stands under: the words above it, or the member that it is a part of."""
    if item.kind != "item":
        return None
    blocks = outline.blocks
    at = bisect_left(blocks, item.first, key=lambda block: block.first)
    for place in range(at, max(at - MOST_MEMBERS, 0), -1):
        above, below = blocks[place - 1], blocks[place]
        if below.first - above.last > APART or above.note != item.note:
            return None
        if above.kind != "item" or above.level < item.level:
            return above
    return None


def _turning(text: str) -> str:
    """The last sentence of ``text`` if it leads into a list and denies or limits it."""
    if not text.endswith(LEADS):
        return ""
    lead = sentences(text)[-1]
    lexicon = lexicon_of(lead)
    return lead if lexicon.count("bars", lead) or lexicon.opens("conditions", lead) else ""
