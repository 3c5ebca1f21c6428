"""Links that are none: a mark stands between their text and their address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from diffinsight.outline.model import PROSE, Block

_CODE = re.compile(r"`[^`]*`")
# `[text].(https://…)`, `[text] (https://…)`, `[text]](https://…)`; a path may be a remark.
_SPLIT = re.compile(r"(?<!\[)\[([^\[\]\n]{3,200})\]([.,:; \]])\((https?://[^()\s]+)\)")
_IN = PROSE | {"row", "note"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Unlinked:
    """What was to be a link, as it stands in the page."""

    text: str
    address: str
    between: str  # the mark; empty for a space
    line: int


def unlinked(block: Block | None) -> Iterator[Unlinked]:
    """Those of a block, in order; what stands in code is meant as it is."""
    if block is None or block.kind not in _IN or block.included:
        return
    for number, line in enumerate(block.source.split("\n"), block.first):
        for found in _SPLIT.finditer(_CODE.sub("", line)):
            yield Unlinked(text=found[1], between=found[2].strip(), address=found[3], line=number)
