"""The words that lead into a list, where they turn what its members say."""

from __future__ import annotations

from bisect import bisect_left

from diffinsight.matching.lexicon import lexicon_of
from diffinsight.matching.sentences import sentences
from diffinsight.outline.model import Block, Outline

LEADS = (":", "：")  # noqa: RUF001 - an East Asian mark is meant
APART = 2  # lines from one block to the next; more, and the patch leaves some out
MOST_MEMBERS = 100  # above one, that are looked at


def turning_lead(outline: Outline, item: Block) -> str:
    """What says that something does not hold for ``item``, or only under a condition, or nothing.

    Told without it, a member of the list would be taken for what is possible.
    """
    if item.kind != "item":
        return ""
    blocks = outline.blocks
    at = bisect_left(blocks, item.first, key=lambda block: block.first)
    for place in range(at, max(at - MOST_MEMBERS, 0), -1):
        above, below = blocks[place - 1], blocks[place]
        if below.first - above.last > APART or above.note != item.note:
            return ""
        if above.kind != "item" or above.level < item.level:
            return _turning(above.text)
    return ""


def _turning(text: str) -> str:
    """The last sentence of ``text`` if it leads into a list and denies or limits it."""
    if not text.endswith(LEADS):
        return ""
    lead = sentences(text)[-1]
    lexicon = lexicon_of(lead)
    return lead if lexicon.count("bars", lead) or lexicon.opens("conditions", lead) else ""
