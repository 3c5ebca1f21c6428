"""How a language writes several things one after the other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_QUOTED = re.compile(r"“[^“”]*”|「[^「」]*」|(`+)(?!`).*?(?<!`)\1(?!`)")
_LATIN_END = re.compile(r"[`\w]$", re.ASCII)


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """What stands between things, and after them when some are left out.

    ``more`` has the named things, the number of those left out, and of all.
    """

    separator: str
    pair: str
    last: str
    more: str

    def joined(self, items: Sequence[str]) -> str:
        """All of them."""
        if len(items) < 2:  # noqa: PLR2004 - one item needs no joining
            return "".join(items)
        last = self.pair if len(items) == 2 else self.last  # noqa: PLR2004 - a pair
        return last.format(self.separator.join(items[:-1]), items[-1])


def style_of(entries: Mapping[str, Any], items: Sequence[str], name: str, *, said: bool) -> Style:
    """``name`` is what a phrase calls the list; ``said``: the phrase tells how many there are.

    Clauses are set further apart than names: the first entry of ``format.list.apart`` counts
    whose pattern ``like`` is found in an item. Quotations are left out before looking.
    """
    bare = [_QUOTED.sub("“”", item) for item in items]
    for entry in entries.get("format.list.apart", ()):
        if any(re.search(entry["like"], item) for item in bare):
            mark = entry["mark"]
            both = f"{{}}{mark}{{}}"
            return Style(separator=mark, pair=both, last=both, more=entry["more"])
    counted = () if said else entries.get("format.list.counted", ())
    more = (entry["more"] for entry in counted if name in entry["of"])
    return Style(
        separator=str(entries["format.list.separator"]),
        pair=str(entries["format.list.pair"]),
        last=str(entries["format.list.last"]),
        more=str(next(more, entries["format.list.more"])),
    )


def spaced(named: str) -> str:
    """``named`` with a space after it where it ends in code or Latin letters."""
    return f"{named} " if _LATIN_END.search(named) else named
