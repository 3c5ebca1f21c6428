"""The values of a data file in both versions, those of lists by what their entries are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from diffinsight.matching.likeness import best_pairs
from diffinsight.outline.yaml_tree import Node, flat, read

IDENTITIES = (
    "name",
    "displayName",
    "id",
    "uid",
    "key",
    "title",
    "question",
    "slug",
    "path",
    "source_path",
    "text",
    "label",
)
DEEPEST_KEY = 8  # parts of a dotted key; below it a value is told whole
LONGEST_NAME = 120  # characters of what an entry is called
_ALIKE = 0.5  # of the words of two entries: one is the other's new version
_LEAST_SHARED = 2  # of their words
_MOST_SCORES = 2_500
_SCALARS = frozenset({"scalar", "alias"})
_SAYS_NOTHING = frozenset({"", "true", "false", "null", "~"})

Entries = Sequence[tuple[Node | None, Node | None]]


@dataclass(frozen=True, kw_only=True, slots=True)
class SettingPair:
    """A value that differs, in both versions or in the one that has it."""

    key: str  # dotted; an entry of a list by its name, in brackets
    before: Node | None
    after: Node | None
    list: str = ""  # key of the innermost list that it is in
    list_name: str = ""  # ... as far as readers need it
    entry: str = ""  # name of its entry there, if it has one
    field: str = ""  # its key within the entry; empty: it is the entry
    line: Node | None = None  # the list's other version, where it is written on one line
    exchanged: bool = False  # the plain values that went from the list, and those that came


def pair_settings(before: str, after: str) -> Iterator[SettingPair]:
    """What differs, in the order of the new version; raises NotUnderstoodError."""
    empty = Node(kind="mapping", first=1)
    pair = SettingPair(key="", before=read(before) or empty, after=read(after) or empty)
    return _differing(pair, 0)


def _differing(pair: SettingPair, depth: int) -> Iterator[SettingPair]:
    old, new = pair.before, pair.after
    if old is None or new is None or pair.exchanged:
        yield pair
    elif old.kind != new.kind or old.kind in _SCALARS or depth >= DEEPEST_KEY:
        if flat(old) != flat(new):
            yield replace(pair, key=pair.key or ".")
    else:
        inner = _members if old.kind == "mapping" else _entries
        for one in inner(pair, old, new):
            yield from _differing(one, depth + 1)


def _members(pair: SettingPair, old: Node, new: Node) -> Iterator[SettingPair]:
    was, now = (dict(reversed(node.entries)) for node in (old, new))
    names = dict.fromkeys(name for node in (new, old) for name, _ in node.entries)
    for name in names:
        yield replace(
            pair,
            key=_dotted(pair.key, name),
            field=_dotted(pair.field, name) if pair.list else "",
            before=was.get(name),
            after=now.get(name),
        )


def _entries(pair: SettingPair, old: Node, new: Node) -> Iterator[SettingPair]:
    found = pair_entries([node for _, node in old.entries], [node for _, node in new.entries])
    list_name = ".".join((pair.field if pair.list else pair.key).rsplit(".", 2)[-2:])
    listed = replace(pair, list=pair.key or ".", list_name=list_name, entry="", field="")
    went, came = _lone_values(found)
    if went.entries and came.entries:
        yield replace(listed, before=went, after=came, exchanged=True)
        found = [both for both in found if all(both) or not _is_value(both[0] or both[1])]
    for was, now in found:
        node, other = (now, old) if now else (was, new)
        name = name_of(node) if node else ""
        line = other if other.first == other.last and not (was and now) else None
        key = f"{pair.key}[{name}]"
        yield replace(listed, key=key, entry=name, before=was, after=now, line=line)


def _is_value(node: Node | None) -> bool:
    return node is not None and node.kind in _SCALARS


def _lone_values(pairs: Entries) -> tuple[Node, Node]:
    """The plain values that only the old list has, and those that only the new one has."""
    sides = ([old for old, new in pairs if not new], [new for old, new in pairs if not old])
    went, came = ([("", node) for node in side if node and _is_value(node)] for side in sides)
    return _listed(went), _listed(came)


def _listed(entries: list[tuple[str, Node]]) -> Node:
    first = min((node.first for _, node in entries), default=1)
    last = max((node.last for _, node in entries), default=1)
    return Node(kind="sequence", first=first, last=last, entries=entries)


def _dotted(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def name_of(entry: Node) -> str:
    """What readers know an entry by: its name, the action it uses, or how it begins."""
    if entry.kind in _SCALARS:
        return _short(entry.text.lstrip().split("\n", 1)[0])
    if entry.kind != "mapping" or not entry.entries:
        return ""
    named = next((entry.scalar(key) for key in IDENTITIES if entry.scalar(key)), "")
    named = named or entry.scalar("uses").partition("@")[0]
    if named:
        return _short(named)
    key, first = entry.entries[0]
    if first.kind == "scalar" and first.text.casefold() not in _SAYS_NOTHING:
        return name_of(first)
    if len(entry.entries) > 1 or first.kind == "sequence":
        return ""
    return _short(next((first.scalar(name) for name in IDENTITIES if first.scalar(name)), key))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_NAME else text[:LONGEST_NAME].rpartition(" ")[0] + "…"


def pair_entries(old: Sequence[Node], new: Sequence[Node]) -> Entries:
    """Those that differ: with the same name, or else much alike; and those of one version."""
    left, right = dict(enumerate(old)), dict(enumerate(new))
    same = _same(left, right, flat)
    found = _same(left, right, name_of)
    found |= _alike(left, right)
    pairs = [(found.get(place), node) for place, node in enumerate(new) if place not in same]
    return [*pairs, *((node, None) for node in left.values())]


def _same(
    left: dict[int, Node], right: dict[int, Node], sign: Callable[[Node], str]
) -> dict[int, Node]:
    """Old entries by the places of new ones with the same sign, in order; both are taken out."""
    places: dict[str, list[int]] = {}
    for place, node in left.items():
        places.setdefault(sign(node), []).append(place)
    found = {}
    for place, node in list(right.items()):
        same = places.get(sign(node)) if sign(node) else None
        if same:
            found[place] = left.pop(same.pop(0))
            del right[place]
    return found


def _alike(left: dict[int, Node], right: dict[int, Node]) -> dict[int, Node]:
    if not 0 < len(left) * len(right) <= _MOST_SCORES:
        return {}
    old, new = list(left), list(right)
    scores = [[_likeness(left[one], right[other]) for other in new] for one in old]
    pairs = best_pairs(scores, _ALIKE)
    return {new[j]: left.pop(old[i]) for i, j in pairs if right.pop(new[j])}


def _likeness(one: Node, other: Node) -> float:
    """Of what they are called and of all they hold, whichever is less alike."""
    if one.kind != other.kind:
        return 0.0
    return min(_shared(*map(sign, (one, other))) for sign in (name_of, flat))


def _shared(one: str, other: str) -> float:
    words = Counter(one.split()), Counter(other.split())
    both = (words[0] & words[1]).total()
    total = words[0].total() + words[1].total()
    return 2 * both / total if both >= _LEAST_SHARED else 0.0
