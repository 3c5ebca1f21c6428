"""Blocks that are nothing but a list of names in code marks, such as the languages of a feature."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.detectors.comparison.telling import tell
from diffinsight.matching.words import first_words
from diffinsight.models import Finding
from diffinsight.outline.model import Block

BLOCKS = frozenset({"paragraph", "item"})
LIST = re.compile(r"\s*`[^`]+`(?:\s*[,、，]\s*(?:and\s+)?`[^`]+`)*\s*[.。]?\s*")  # noqa: RUF001 - East Asian commas
NAME = re.compile(r"`([^`]+)`")
LEAST_NEW = 4  # names; fewer are quoted one by one
LONGEST_LABEL = 40  # characters of the line above that says what is listed


def find(file: Comparison, _: Whole) -> Iterator[Finding]:
    for pair in file.pairs:
        counts = growth(pair)
        if counts:
            yield tell(
                "listing-extended",
                pair,
                "notable",
                subject=_label(file, pair.block) or first_words(pair.block.text),
                before=pair.before.text if pair.before else None,
                after=pair.block.text,
                values={"members_before": counts[0], "members_after": counts[1]},
            )


def growth(pair: Pair) -> tuple[int, int] | None:
    """How many names a list had and has, if it grew by several and lost next to none."""
    if pair.both is None or pair.inside or pair.moved or pair.block.kind not in BLOCKS:
        return None
    if not all(LIST.fullmatch(block.text) for block in pair.both):
        return None
    old, new = (Counter(NAME.findall(block.text)) for block in pair.both)
    came, gone = new.keys() - old.keys(), old.keys() - new.keys()
    grown = len(came) >= LEAST_NEW and len(gone) * LEAST_NEW <= len(came)
    return (len(old), len(new)) if grown else None


def _label(file: Comparison, block: Block) -> str:
    """The short line above a list, which says what is listed."""
    above = [other for other in file.after.blocks if other.first < block.first]
    label = above[-1] if above else None
    if label is None or label.kind not in {"paragraph", "heading"}:
        return ""
    text = label.text.strip(" :*")
    return text if len(text) <= LONGEST_LABEL and "`" not in text else ""
