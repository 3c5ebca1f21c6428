"""Code that stood at the end of a sentence, and is a block below it now; or the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from diffinsight.detectors.reading.model import BlockPairs
from diffinsight.outline.model import PROSE, Block

NEAR = 2  # lines from the sentence to the code
LAST_CODE = re.compile(r"\s*`([^`]+)`[.:]?\s*$")


def set_apart(pairs: BlockPairs) -> BlockPairs:
    """``pairs``, where a sentence and the code that was taken out of it are one."""
    turned: BlockPairs = [(new, old) for old, new in _joined(pairs)]
    return [(old, new) for new, old in _joined(turned)]


def _joined(pairs: BlockPairs) -> BlockPairs:
    """The same for sentences on one side, the first of each pair, and code on the other."""
    lone = [new for old, new in pairs if old is None and new and new.kind == "code"]
    found = {id(old): (now, code) for old, now, code in _found(pairs, lone)} if lone else {}
    taken = {id(code) for _, code in found.values()}
    return [
        (replace(old, text=found[id(old)][0].text), found[id(old)][0])
        if old and id(old) in found
        else (old, new)
        for old, new in pairs
        if id(new) not in taken
    ]


def _found(pairs: BlockPairs, lone: list[Block]) -> Iterator[tuple[Block, Block, Block]]:
    """The sentence on the one side, it with its code on the other, and the code."""
    for old, new in pairs:
        said = LAST_CODE.search(old.text) if old and new and old.kind in PROSE else None
        if not (old and new and said) or old.text[: said.start()].rstrip() != new.text.rstrip():
            continue
        below = (c for c in lone if 0 < c.first - new.last <= NEAR and _bare(c.text) == said[1])
        for code in below:
            end = max(code.last, code.end)
            whole = f"{new.source}\n{code.source}"
            yield old, replace(new, last=end, source=whole), code
            break


def _bare(code: str) -> str:
    return code.strip().strip("`").strip()
