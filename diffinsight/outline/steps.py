"""Steps: which lists have them, and their numbers where a list is not there as a whole."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from diffinsight.outline.model import Block

NUMBER = re.compile(r"[\s>]*(\d{1,6})[.)]")


# Begins a name, or a part of something; an instruction begins with a verb.
NAMED = re.compile(r"[\"'\u2018\u201c「『]|An? ")


def without_names(blocks: Iterable[Block]) -> list[Block]:
    """``blocks``, where a numbered list of nothing but names or parts has items, not steps."""
    listed = list(blocks)
    lists: dict[tuple[int, int], list[bool]] = defaultdict(list)
    for block in listed:
        if block.kind == "step":
            lists[block.group, block.level].append(bool(NAMED.match(block.text)))
    names = {name for name, named in lists.items() if len(named) > 1 and all(named)}
    return [
        replace(block, kind="item", number=None)
        if block.kind == "step" and (block.group, block.level) in names
        else block
        for block in listed
    ]


def as_written(blocks: Iterable[Block]) -> list[Block]:
    """Steps of a hunk with the numbers of the source; without, where these do not count up.

    A list may number all of its steps 1, and begin above the hunk.
    """
    listed = list(blocks)
    written: dict[int, int] = {}
    lists: dict[tuple[int, int], list[int]] = defaultdict(list)
    for place, block in enumerate(listed):
        found = NUMBER.match(block.source) if block.kind == "step" else None
        if found:
            written[place] = int(found[1])
            lists[block.group, block.level].append(int(found[1]))
    sure = {name for name, numbers in lists.items() if _count_up(numbers)}
    return [
        replace(
            block,
            number=written.get(place) if (block.group, block.level) in sure else None,
        )
        if block.kind == "step"
        else block
        for place, block in enumerate(listed)
    ]


def _count_up(numbers: list[int]) -> bool:
    if len(numbers) == 1:
        return numbers[0] > 1
    return all(b == a + 1 for a, b in pairwise(numbers))
