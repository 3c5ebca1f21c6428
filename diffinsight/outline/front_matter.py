"""The keys of a page's front matter, with their lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from diffinsight.outline import yaml_tree
from diffinsight.outline.model import Block

KEY = re.compile(r"^([A-Za-z_][\w.@ -]*?)\s*[:=](?:\s+(.*))?$")
CONTINUED = re.compile(r"^(?:\s+\S.*|- .*|-|#.*|\s*|[\]}],?)$")
LONGEST = 400  # lines; a document that goes on longer without an end has no front matter


def whole(lines: Sequence[str]) -> int:
    """How many lines the front matter of a whole page takes, with both its marks; 0: none."""
    mark = lines[0].rstrip().lstrip("\ufeff") if lines else ""
    if mark not in {"---", "+++"}:
        return 0
    for index in range(1, min(len(lines), LONGEST)):
        if lines[index].rstrip() == mark or (mark == "---" and lines[index].rstrip() == "..."):
            return index + 1
    return 0


def part(lines: Sequence[str], first_line: int, *, begun: bool = False) -> int:
    """How many lines at the start of a hunk look like front matter; 0: none.

    ``begun``: the hunk above this one did not reach its end.
    """
    opened = first_line == 1 and bool(lines) and lines[0].rstrip().lstrip("\ufeff") == "---"
    if first_line > LONGEST or (first_line == 1 and not opened):
        return 0
    keys = 0
    for index, line in enumerate(lines[opened:], start=int(opened)):
        if line.rstrip() == "---":
            # Below a blank line, one key and a line of hyphens are a heading.
            closed = keys > (not lines[0].strip()) or (begun and all(lines[:index]))
            return index + 1 if closed or opened else 0
        if KEY.match(line) and not line.startswith(("http", "Note", "Example")):
            keys += 1
        elif not CONTINUED.match(line) or not (keys or line[:1] in {"", " ", "-", "#"}):
            return 0
    return len(lines) if keys and (opened or _dense(lines, keys)) else 0


def _dense(lines: Sequence[str], keys: int) -> bool:
    """Whether nearly every line is a key: prose with a colon is no front matter."""
    blank = sum(not line.strip() for line in lines)
    return not blank and keys * 2 >= len(lines)


def troubles(lines: Sequence[str], blocks: Sequence[Block]) -> set[str]:
    """What is wrong with the lines between the marks."""
    names = [block.name for block in blocks]
    if len(names) != len(set(names)):
        return {"duplicate-keys"}
    try:
        yaml_tree.read("\n".join(lines))
    except yaml_tree.NotUnderstoodError:
        return {"front-matter"}
    return set()


def read(lines: Sequence[str], first_line: int) -> list[Block]:
    """One block for each top-level key; the marks belong to the first and the last of them."""
    found: list[tuple[str, int, list[str]]] = []
    for index, line in enumerate(lines):
        match = KEY.match(line)
        if match and not line.startswith((" ", "-")):
            found.append((match[1].strip(), index, [match[2] or ""]))
        elif found and line.rstrip() not in {"---", "+++", "..."}:
            found[-1][2].append(line)
    return [
        _block(found[place], lines, first_line, _end(found, place, len(lines)))
        for place in range(len(found))
    ]


Key = tuple[str, int, list[str]]  # name, index of its line, lines of the value


def _end(found: Sequence[Key], place: int, lines: int) -> int:
    """Index of the last line before the next key."""
    return (found[place + 1][1] if place + 1 < len(found) else lines) - 1


def _block(key: Key, lines: Sequence[str], first_line: int, last: int) -> Block:
    name, index, values = key
    while last > index and not lines[last].strip():
        last -= 1
    if index == 1 and lines[0].rstrip().lstrip("\ufeff") in {"---", "+++"}:
        index = 0
    raw = "\n".join(values).strip()
    return Block(
        kind="meta",
        first=first_line + index,
        last=first_line + last,
        text=raw,
        source="\n".join(lines[index : last + 1]),
        name=name,
    )
