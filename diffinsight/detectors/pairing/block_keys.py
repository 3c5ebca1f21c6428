"""What two versions of a block are known by: all of it, its letters, or its beginning."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

from diffinsight.detectors.reading.rows import called, name_of
from diffinsight.outline.model import PROSE, Block

ENTRIES = frozenset({"item", "row", "paragraph"})  # told from each other by a name, or a mark
FIRST_WORDS = 6  # with which two versions of a text begin: so many are no accident
BEGINNING = 200  # characters in which the first words are looked for; long texts are not parted

Key = Callable[[Block], Hashable]


def keys(blocks: Iterable[Block], key: Key, side: str) -> list[Hashable]:
    """Keys; a block without one is like no other."""
    found = [key(block) for block in blocks]
    return [one if one is not None else (side, place) for place, one in enumerate(found)]


def whole_key(block: Block) -> Hashable:
    """All that a reader sees, and where it leads."""
    if block.kind == "meta":
        return ("meta", block.name)
    targets = tuple(link.target for link in block.links)
    if block.kind == "note" and not block.text:
        return None
    if not block.text and not targets and block.kind not in {"code", "note"}:
        return None
    return (block.kind, block.name, block.text, targets)


def unspaced_key(block: Block) -> Hashable:
    """The same letters, however the words are parted."""
    text = "".join(block.text.casefold().split())
    return ("unspaced", block.kind, text) if text and block.kind in PROSE else None


def unmarked_key(block: Block) -> Hashable:
    """The same letters, whatever is set as code, and in whatever kind of text."""
    if block.kind not in PROSE or len(block.text.split()) <= FIRST_WORDS:
        return None
    return ("unmarked", "".join(block.text.casefold().replace("`", "").split()))


def rough_key(block: Block) -> Hashable:  # noqa: PLR0911 - one line a kind
    """Enough to know a block by when it was edited."""
    match block.kind:
        case "row":
            return ("row", name_of(block)) if name_of(block) else None
        case "table" | "note":
            return (block.kind,)
        case "tab":
            return ("tab", block.anchor)
        case "definition":
            return ("definition", block.text)
        case "code":
            first = block.text.partition("\n")[0].strip()
            return ("code", first) if first else None
        case "directive":
            return ("directive", block.name) if block.name != "rule" else None
        case _:
            words = block.text[:BEGINNING].casefold().split()
            return ("prose", *words[:FIRST_WORDS]) if len(words) > FIRST_WORDS else None


def standing(block: Block) -> str:
    """What a reader of a list takes for the same entry: its name, or else its words."""
    name = called(block) if block.kind in ENTRIES else ""
    return f"{block.kind} {name}" if name else block.text


def is_entry(block: Block) -> bool:
    """Whether a reader looks a block up by a name or a mark at its start."""
    return block.kind in ENTRIES and (block.kind != "paragraph" or bool(called(block)))
