"""`a="b"` pairs as HTML, Learn and MDX write them."""

from __future__ import annotations

import re

ATTRIBUTE = re.compile(r"""(?<![\w-])([\w-]++)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
LONGEST = 4_000  # characters of a tag that are read


def attributes(text: str) -> dict[str, str]:
    """The values of a tag by their names in lower case."""
    return {m[1].lower(): m[2] or m[3] or m[4] or "" for m in ATTRIBUTE.finditer(text[:LONGEST])}
