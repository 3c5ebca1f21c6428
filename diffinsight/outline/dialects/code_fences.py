"""Code between fences, where nothing else is read."""

from __future__ import annotations

import re
from collections.abc import Iterator

FENCE = re.compile(
    r"""^
    [\s>]*                            # in quotes
    (?:(?:[-*+]|\d{1,9}[.)])\s+)*     # and in list items
    (`{3,}|~{3,})                     # 1: the fence
    (.*)                              # 2: the info string
    $""",
    re.VERBOSE,
)


class CodeFences:
    """Which fence is open at a line."""

    def __init__(self) -> None:
        self.open = ""

    def holds(self, line: str) -> bool:
        """Whether the next line stands in code or is a fence of it."""
        found = FENCE.match(line)
        if self.open:
            if found and found[1].startswith(self.open) and not found[2].strip():
                self.open = ""
            return True
        if found and not ("`" in found[1] and "`" in found[2]):
            self.open = found[1]
            return True
        return False


def fences(lines: list[str]) -> Iterator[tuple[int, str, bool]]:
    """Fence lines as index, info string and whether it can only open."""
    for index, line in enumerate(lines):
        found = FENCE.match(line) if "```" in line or "~~~" in line else None
        if found and "`" not in found[2]:
            yield index, found[2].strip(), bool(found[2].strip())
