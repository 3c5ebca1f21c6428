"""Tables of contents: entries added, removed, moved, renamed, retargeted."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.comparison import Comparison
from diffinsight.detectors.comparison.telling import NAMELESS, known
from diffinsight.detectors.reading.stages import stages, unmarked
from diffinsight.matching.sequences import matches
from diffinsight.models import Finding, Impact, Json, Values
from diffinsight.outline.model import Fragment
from diffinsight.outline.navigation import (
    Entry,
    is_markdown_toc,
    is_mkdocs,
    is_toc,
    read_markdown_toc,
    read_nav,
    read_toc,
)
from diffinsight.outline.sidebars import is_sidebar, read_sidebar

INDEX = re.compile(r"/(?:index(?:\.\w+)?)?(?:\?.*)?$")  # the page that a folder opens
Entries = Sequence[Entry]
EntryPair = tuple[Entry | None, Entry | None, bool]  # old, new, whether it moved
Place = tuple[int, int]
Names = Mapping[tuple[str, ...], tuple[str, ...]]
Key = Callable[[Entry], tuple[object, ...] | None]


def find(file: Comparison, _: Whole) -> Iterator[Finding]:
    before, after = _read(file, file.before_text), _read(file, file.after_text)
    if not file.compared or before is None or after is None:
        return
    removed, added = sorted(file.removed), sorted(file.added)
    pairs = _pair(before, after)
    dissolved = dict(_dissolved(pairs, before))
    lifted = {id(child) for _, children in dissolved.values() for child in children}
    instead = _instead(pairs, before, after)
    for old, new, moved in pairs:
        if old and new:
            yield from _changed(old, new, after)
            if moved and id(new) not in lifted:
                told = _moved(old, new, partial=file.partial)
                # Hunks do not show all that stands above an entry.
                places = {} if file.partial else _positions((old, before), (new, after))
                yield replace(told, values={**told.values, **places})
        elif new and _touched(new, added):
            yield _one_sided("toc-entry-added", new)
        elif old and id(old) in dissolved:
            yield _dissolve(old, *dissolved[id(old)])
        elif old and _touched(old, removed):
            told = _one_sided("toc-entry-removed", old)
            new_one = instead.get(id(old))
            took = known(instead=new_one.name, leads_to=_address(new_one.target)) if new_one else {}
            yield replace(told, values={**told.values, **took})
    if is_sidebar(file.path):
        yield from _beside(file, pairs)


def _beside(file: Comparison, pairs: Sequence[EntryPair]) -> Iterator[Finding]:
    """Lines that were written anew because another entry stands on them, too."""
    places = {(old.first, new.first) for old, new, _ in pairs if old and new and old.name}
    for old, new in sorted(places):
        if old in file.removed and new in file.added:
            yield Finding(
                kind="formatting-changed",
                subject=file.path,
                impact="noise",
                before_lines=(old, old),
                after_lines=(new, new),
                values={"what": "punctuation", "lines": 2},
            )


def _dissolved(
    pairs: Sequence[EntryPair], before: Entries
) -> Iterator[tuple[int, tuple[int, Entries]]]:
    """Removed nodes whose entries all stand where the node stood, one level up."""
    now = {id(old): new for old, new, _ in pairs if old and new}
    for node, new, _ in pairs:
        if node is None or new is not None:
            continue
        children = [entry for entry in before if entry.parents == _path(node)]
        lifted = [now.get(id(child)) for child in children]
        found = [child for child in lifted if child and child.parents == node.parents]
        if children and len(found) == len(children):
            yield id(node), (max(child.last for child in children), found)


def _instead(pairs: Sequence[EntryPair], before: Entries, after: Entries) -> Mapping[int, Entry]:
    """The one entry that came where several of much its name went, by their ids."""
    was = {id(new): id(old) for old, new, _ in pairs if old and new}
    gone = {id(old) for old, new, _ in pairs if old and not new}
    places = {id(entry): place for place, entry in enumerate(before)}
    found: dict[int, Entry] = {}
    for above, entry, below in zip(after, after[1:], after[2:], strict=False):
        if id(entry) in was or id(above) not in was or id(below) not in was:
            continue
        went = takewhile(lambda old: id(old) in gone, before[places[was[id(above)]] + 1 :])
        found |= {id(old): entry for old in went if _is_rewritten(old, entry)}
    return found


def _dissolve(node: Entry, last: int, children: Entries) -> Finding:
    return Finding(
        kind="toc-entry-removed",
        subject=node.name or node.target or NAMELESS,
        impact="notable",
        before=node.target or None,
        before_lines=(node.first, max(node.last, last)),
        after_lines=(children[0].first, max(child.last for child in children)),
        values=known(
            target=_address(node.target),
            parent=node.parent,
            children=tuple(child.name for child in children),
        ),
    )


def _address(target: str) -> str:
    """A target without its query, which says how a page is shown and not which."""
    return target.partition("?")[0] or target


def _read(file: Comparison, fragments: Sequence[Fragment]) -> Entries | None:
    """The entries of a version; None when it is no table of contents, or cannot be read."""
    if is_toc(file.path):
        return read_toc(fragments)
    if is_mkdocs(file.path):
        return read_nav(fragments)
    if is_sidebar(file.path):
        return None if file.partial else read_sidebar(fragments)
    contents = is_markdown_toc(file.path, (*file.before_text, *file.after_text))
    return read_markdown_toc(fragments) if contents else None


def _touched(entry: Entry, changed: Sequence[int]) -> bool:
    place = bisect_left(changed, entry.first)
    return place < len(changed) and changed[place] <= entry.last


def _pair(before: Entries, after: Entries) -> list[EntryPair]:
    """The same entry, in its place or elsewhere; then the same target, then the same name."""
    kept = matches([_key(e) for e in before], [_key(e) for e in after])
    pairs = dict(kept)
    for key in (_key, _place_key, _target_key, _name_key):
        pairs |= dict(_by_key(before, after, pairs, key))
    pairs |= dict(_side_by_side(before, after, pairs))
    pairs |= dict(_by_words(before, after, pairs))
    names = {_path(before[a]): _path(after[b]) for a, b in pairs.items()}
    back = {b: a for a, b in pairs.items()}
    found: list[EntryPair] = []
    for b, entry in enumerate(after):
        a = back.get(b, -1)
        old = before[a] if b in back else None
        found.append((old, entry, old is not None and _has_moved(old, entry, kept, names, (a, b))))
    return found + [(entry, None, False) for a, entry in enumerate(before) if a not in pairs]


def _path(entry: Entry) -> tuple[str, ...]:
    return (*entry.parents, entry.name)


def _has_moved(old: Entry, new: Entry, kept: Sequence[Place], names: Names, place: Place) -> bool:
    """Under another parent, or in another order; a parent that was renamed is the same one."""
    if names.get(old.parents, old.parents) != new.parents:
        return True
    return place not in kept[bisect_left(kept, place) :][:1] and not _between(kept, *place)


def _key(entry: Entry) -> tuple[object, ...]:
    return (entry.parents, entry.name, entry.target)


def _place_key(entry: Entry) -> tuple[object, ...] | None:
    return (entry.parents, entry.name) if entry.name else None


def _target_key(entry: Entry) -> tuple[object, ...] | None:
    return (INDEX.sub("/", entry.target),) if entry.target else None


def _name_key(entry: Entry) -> tuple[object, ...] | None:
    return (entry.name, entry.parents[-1:]) if entry.name else None


def _by_key(
    before: Entries, after: Entries, pairs: dict[int, int], key: Key
) -> list[tuple[int, int]]:
    taken = set(pairs.values())
    places: dict[object, list[int]] = {}
    for b, entry in enumerate(after):
        if b not in taken and (name := key(entry)) is not None:
            places.setdefault(name, []).append(b)
    found = []
    for a, entry in enumerate(before):
        name = key(entry) if a not in pairs else None
        if name is not None and places.get(name):
            found.append((a, places[name].pop(0)))
    return found


def _by_words(before: Entries, after: Entries, pairs: dict[int, int]) -> Iterator[Place]:
    """Entries anywhere whose name says the same in its own way, where no other name does."""
    taken = set(pairs.values())
    gone, came = (
        Counter(_words(entry) for place, entry in enumerate(side) if place not in paired)
        for side, paired in ((before, pairs.keys()), (after, taken))
    )
    places = {_words(entry): b for b, entry in enumerate(after) if b not in taken}
    for a, entry in enumerate(before):
        words = _words(entry)
        if a not in pairs and words and gone[words] == came[words] == 1:
            yield a, places[words]


def _words(entry: Entry) -> tuple[str, ...]:
    """The words of a name; nothing for one word, which many pages are called by."""
    words = tuple(unmarked(entry.name).casefold().split())
    return words if len(words) > 1 else ()


def _between(kept: Sequence[tuple[int, int]], a: int, b: int) -> bool:
    """Whether a pair stands between the same neighbours on both sides."""
    place = bisect_right(kept, (a, b))
    below = kept[place - 1][1] if place else -1
    above = kept[place][1] if place < len(kept) else b + 1
    return below < b < above


def _side_by_side(before: Entries, after: Entries, pairs: dict[int, int]) -> list[tuple[int, int]]:
    """One entry gone and one come at the same place under the same parent: it was rewritten."""
    taken = set(pairs.values())
    found = []
    for a, entry in enumerate(before):
        if a in pairs or a - 1 not in pairs:
            continue
        b = pairs[a - 1] + 1
        alone = (a + 1 >= len(before) or a + 1 in pairs) and (b + 1 >= len(after) or b + 1 in taken)
        if b < len(after) and b not in taken and alone and _is_rewritten(entry, after[b]):
            found.append((a, b))
    return found


def _is_rewritten(before: Entry, after: Entry) -> bool:
    """Half of the words of the name are still there."""
    old, new = set(before.name.casefold().split()), set(after.name.casefold().split())
    return before.parents == after.parents and len(old & new) * 2 >= max(len(old), len(new), 1)


def _changed(old: Entry, new: Entry, after: Entries) -> Iterator[Finding]:
    marks = stages(old.name) != stages(new.name)
    if marks and unmarked(old.name) == unmarked(new.name):
        yield _restaged(old, new)
    elif old.name != new.name:
        yield _pair_finding(
            "toc-entry-renamed",
            "minor" if old.name.casefold() == new.name.casefold() else "notable",
            old,
            new,
            (old.name, new.name),
            target=_address(new.target),
        )
    if old.target != new.target:
        opened = [entry for entry in after if entry.parents == _path(new)]
        yield _pair_finding(
            "toc-entry-retargeted",
            "minor",
            old,
            new,
            (old.target or None, new.target or None),
            opens=len(opened) if opened and not new.target else None,
        )
    if old.others != new.others:
        keys = tuple(sorted({key for key, _ in set(old.others) ^ set(new.others)}))
        yield _pair_finding("toc-entry-changed", "minor", old, new, (None, None), keys=keys)


def _restaged(old: Entry, new: Entry) -> Finding:
    """A name that lost or got the mark of its stage is the same one."""
    return _pair_finding(
        "availability-changed",
        "notable",
        old,
        replace(new, name=unmarked(new.name)),
        (", ".join(stages(old.name)), ", ".join(stages(new.name))),
    )


def _pair_finding(
    kind: str,
    impact: Impact,
    old: Entry,
    new: Entry,
    sides: tuple[str | None, str | None],
    **values: Json,
) -> Finding:
    return Finding(
        kind=kind,
        subject=new.name or new.target or NAMELESS,
        impact=impact,
        before=sides[0],
        after=sides[1],
        before_lines=(old.first, old.last),
        after_lines=(new.first, new.last),
        values=known(parent=new.parent, **values),
    )


def _moved(old: Entry, new: Entry, *, partial: bool) -> Finding:
    tops = [not partial and not entry.parent for entry in (old, new)]  # hunks may not show it
    return Finding(
        kind="toc-entry-moved",
        subject=new.name or new.target or NAMELESS,
        impact="notable",
        before=old.parent,
        after=new.parent,
        before_lines=(old.first, old.last),
        after_lines=(new.first, new.last),
        values=known(
            target=_address(new.target),
            to_top=(tops[1] and not tops[0]) or None,
            from_top=(tops[0] and not tops[1]) or None,
        ),
    )


def _positions(*sides: tuple[Entry, Entries]) -> Values:
    """Where an entry stands among those under the same parent, before and after."""
    found = (
        [other for other in entries if other.parents == entry.parents].index(entry) + 1
        for entry, entries in sides
    )
    return dict(zip(("position_before", "position_after"), found, strict=True))


def _one_sided(kind: str, entry: Entry) -> Finding:
    added = kind == "toc-entry-added"
    lines = (entry.first, entry.last)
    return Finding(
        kind=kind,
        subject=entry.name or entry.target or NAMELESS,
        impact="notable",
        before=None if added else entry.target or None,
        after=entry.target or None if added else None,
        before_lines=None if added else lines,
        after_lines=lines if added else None,
        values=known(target=_address(entry.target), parent=entry.parent),
    )
