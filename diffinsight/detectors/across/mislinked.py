"""New links that look like slips: a name that the address belies, brackets that make no link."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diffinsight.detectors.comparison import Comparison
from diffinsight.models import Json

_VERSION = re.compile(r"\d{4}-\d\d-\d\d(?:-[a-z]+)?|(?<![\w.])v?\d+(?:\.\d+)+")
# A bracket or a brace too many between the text of a link and its address.
_NO_LINK = re.compile(r"(?<![\[\\])\[[^\[\]]*(?:\]\]|\})\([^()\s`]+\)")


def slips(file: Comparison) -> Iterator[dict[str, Json]]:
    yield from _belied(file)
    for line, text in file.added.items() if file.kind == "page" else ():
        for found in _NO_LINK.finditer(text):
            in_code = text.count("`", 0, found.start()) % 2
            if not in_code and line in _prose(file):
                yield {"written": found.group(), "meant": "", "line": line, "of": "markup"}


def _belied(file: Comparison) -> Iterator[dict[str, Json]]:
    """Links that name another version than before, and still lead to that one."""
    before = {link.target: link.text for link in file.before.links}
    for link in file.after.links:
        now, was = (_VERSION.findall(text) for text in (link.text, before.get(link.target, "")))
        alone = link.line in file.added and len(now) == len(was) == 1
        if alone and was[0] in link.target and now[0] not in link.target:
            yield {"written": link.text, "meant": was[0], "line": link.line, "of": "link"}


def _prose(file: Comparison) -> frozenset[int]:
    blocks = (block for block in file.after.blocks if block.kind not in {"code", "html", "meta"})
    return frozenset(line for block in blocks for line in range(block.first, block.last + 1))
