"""YAML and JSON data: site settings, landing pages, questions and answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import zip_longest

from diffinsight.detectors.across.redirects import is_redirect_file
from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.comparison import Comparison
from diffinsight.detectors.comparison.telling import edit_values, known
from diffinsight.detectors.front_matter import is_service_key
from diffinsight.detectors.packages import Release, releases_between
from diffinsight.detectors.pairing.kept import Kept
from diffinsight.detectors.reading.setting_pairs import (
    IDENTITIES,
    SettingPair,
    name_of,
    pair_settings,
)
from diffinsight.detectors.reading.sides import Lines
from diffinsight.matching.code_edits import code_edits
from diffinsight.matching.edits import edits
from diffinsight.models import Finding, Json, LineRange
from diffinsight.outline import DATA, LARGEST_DATA, suffix
from diffinsight.outline.navigation import is_mkdocs, is_toc
from diffinsight.outline.sidebars import is_sidebar
from diffinsight.outline.yaml_tree import Node, NotUnderstoodError, flat

LINE = re.compile(r"""^\s*(?:-\s+)?["']?([\w.$@/-]+)["']?\s*:\s+(?!\s*[|>{\[]\s*$)(.+?),?\s*$""")
NOT_HERE = re.compile(r"^nav\[|redirect_maps\.|^[\w./-]+\.(?:md|ipynb)$")  # told as what they are
OWN_NAME = re.compile(r"((?:ms\.)?[^.\]]+)$")
METADATA = re.compile(r"^(?:.*\.)?(?:metadata|globalMetadata|fileMetadata)\.")  # of pages
TAG = re.compile(r"@[0-9a-f]{40}[\"']?\s+#\s*(?:tag=)?(v?\d[\w.-]*)")  # of a pinned commit
LIST = re.compile(r"\[.*\]")
TRAILING = re.compile(r"\s+#\s.*$")  # a comment behind a value
SHORT = 60  # characters of a field's value
LONGEST = 200  # characters of a value that are told as they are; longer ones by their words


def find(file: Comparison, _: Whole) -> Iterator[Finding]:
    if not file.compared or suffix(file.path) not in DATA:
        return
    if is_toc(file.path) or is_redirect_file(file.path) or file.kind == "page":
        return
    if is_sidebar(file.path) and not file.partial:
        return
    changed = [pair for pair in _pairs(file) if _touched(file, pair)]
    if is_mkdocs(file.path):
        changed = [pair for pair in changed if not NOT_HERE.search(pair.key)]
    released: list[tuple[SettingPair, Release]] = []
    for pair in changed:
        releases = _releases(file, pair)
        released += ((pair, release) for release in releases)
        if not releases:
            yield _tell_both(file, pair) if pair.before and pair.after else _tell_one(file, pair)
    times = Counter(release for _, release in released)
    for pair, release in released:
        yield _tell_release(file, pair, release, times[release])


def _pairs(file: Comparison) -> Sequence[SettingPair]:
    texts = ["".join(part.text for part in side) for side in (file.before_text, file.after_text)]
    if file.partial or max(map(len, texts)) > LARGEST_DATA:
        return list(_from_lines(file))
    try:
        return list(pair_settings(*texts))
    except NotUnderstoodError:
        return ()


def _from_lines(file: Comparison) -> Iterator[SettingPair]:
    """`key: value` on one line, as much as a hunk can tell: what took the place of what."""
    kept = Kept.of(file.removed, file.added)
    old, new = (
        _values(lines, partial(kept.place, old=lines is file.removed))
        for lines in (file.removed, file.added)
    )
    for place, key in dict.fromkeys([*old, *new]):
        was, now = (side.get((place, key), ()) for side in (old, new))
        for before, after in zip_longest(was, now):
            yield from _from_line(key, before, after)


def _from_line(key: str, before: Node | None, after: Node | None) -> Iterator[SettingPair]:
    lists = [node and LIST.fullmatch(node.text) for node in (before, after)]
    if before and after and all(lists):
        texts = ["\n" * (node.first - 1) + f"{key}: {node.text}" for node in (before, after)]
        with suppress(NotUnderstoodError):
            yield from pair_settings(*texts)
            return
    if before is None or after is None or before.text != after.text:
        yield SettingPair(key=key, before=before, after=after)


def _values(
    lines: Lines, place_of: Callable[[int], int]
) -> Mapping[tuple[int, str], Sequence[Node]]:
    """Values by the place in the file, which both versions count alike, and by key."""
    found: dict[tuple[int, str], list[Node]] = {}
    for number, text in lines.items():
        match = LINE.match(text)
        if match:
            value = TRAILING.sub("", match[2]).strip().strip("\"'")
            node = Node(kind="scalar", first=number, last=number, text=value)
            found.setdefault((place_of(number), match[1]), []).append(node)
    return found


def _touched(file: Comparison, pair: SettingPair) -> bool:
    return bool(_lines(pair.before, file.removed) or _lines(pair.after, file.added))


def _lines(node: Node | None, changed: Lines) -> LineRange | None:
    """The changed lines of a value."""
    span = range(node.first, max(node.first, node.last) + 1) if node else ()
    here = [number for number in span if number in changed]
    return (here[0], here[-1]) if here else None


def _is_noise(pair: SettingPair) -> bool:
    return is_service_key(METADATA.sub("", pair.key))


def _own(pair: SettingPair) -> str | None:
    """The last name of a dotted key."""
    own = OWN_NAME.search(pair.key)
    return own[1] if own and own[1] != pair.key else None


def _releases(file: Comparison, pair: SettingPair) -> list[Release]:
    """The packages and actions of which another version is named, if nothing else differs."""
    if not (pair.before and pair.after) or pair.before.entries or pair.after.entries:
        return []
    found = releases_between(pair.before.text.strip(), pair.after.text.strip())
    if not found or not found[0].commits:
        return found
    tags = (
        TAG.search(lines.get(node.last, ""))
        for lines, node in ((file.removed, pair.before), (file.added, pair.after))
    )
    old, new = (tag[1] if tag else "" for tag in tags)
    told = old and new and old != new  # a tag such as `v3` names another commit from time to time
    return [Release(package=found[0].package, before=old, after=new)] if told else found


def _tell_release(file: Comparison, pair: SettingPair, release: Release, count: int) -> Finding:
    several = {"count": count, "several": True} if count > 1 else {}
    return Finding(
        kind="version-changed",
        subject=release.package,
        impact="minor",
        before=release.before,
        after=release.after,
        before_lines=_lines(pair.before, file.removed),
        after_lines=_lines(pair.after, file.added),
        values=known(
            what=release.package, package=True, commits=release.commits or None, **several
        ),
    )


def _tell_both(file: Comparison, pair: SettingPair) -> Finding:
    before, after = pair.before, pair.after
    sides = [_written(node, pair) for node in (before, after)]
    return Finding(
        kind="setting-changed",
        subject=pair.key,
        impact="noise" if _is_noise(pair) else "minor",
        before=sides[0],
        after=sides[1],
        before_lines=_lines(before, file.removed),
        after_lines=_lines(after, file.added),
        values=known(own=_own(pair), **_place(pair), **_difference(pair, *sides)),
    )


def _written(node: Node | None, pair: SettingPair) -> str:
    if node and pair.exchanged:
        return ", ".join(flat(one) for _, one in node.entries)
    return flat(node) if node else ""


def _difference(pair: SettingPair, before: str, after: str) -> Mapping[str, Json]:
    """What differs: values of a list, lines of a script, words of a long text."""
    old, new = pair.before, pair.after
    if not old or not new:
        return {}
    if pair.exchanged:
        sides = (tuple(flat(node) for _, node in side.entries) for side in (old, new))
        return dict(zip(("went", "came"), sides, strict=True))
    if "\n" in old.text.strip() or "\n" in new.text.strip():
        return edit_values(code_edits(old.text.strip(), new.text.strip()))
    return edit_values(edits(before, after)) if max(len(before), len(after)) > LONGEST else {}


def _place(pair: SettingPair) -> Mapping[str, Json]:
    """What a value belongs to: the entry of a list, or the list whose entry it names."""
    if not pair.list:
        return {}
    if not pair.field or (pair.after and name_of(pair.after) == pair.entry):
        if pair.field in IDENTITIES:
            return {"renamed": True}
        return {"list": pair.list_name or None}
    return {"entry": pair.entry, "field": pair.field}


def _tell_one(file: Comparison, pair: SettingPair) -> Finding:
    """A value that came or went, with all that it holds."""
    added = pair.before is None
    node = pair.after or pair.before
    lines = _lines(node, file.added if added else file.removed)
    other = _lines(pair.line, file.removed if added else file.added)
    text = flat(node) if node and (pair.field or not pair.list or not node.entries) else None
    text = text if text and node and (node.kind != "mapping" and len(text) <= LONGEST) else None
    return Finding(
        kind="setting-added" if added else "setting-removed",
        subject=pair.key,
        impact="noise" if _is_noise(pair) and text else "minor",
        before=None if added else text,
        after=text if added else None,
        before_lines=other if added else lines,
        after_lines=lines if added else other,
        values=known(own=_own(pair), **(_entry(pair, node) if node else {})),
    )


def _entry(pair: SettingPair, node: Node) -> Mapping[str, Json]:
    held = [(name, text) for name, text in _held(node, "") if text and len(text) <= SHORT]
    if not pair.list or pair.field:
        fields = tuple(f"{name}: {text}" for name, text in held if name)
        return {"entry": pair.entry or None, "fields": fields or None}
    # What it is called may be the beginning of a value, such as an action without its version.
    item = next((text for _, text in held if text.startswith(pair.entry)), pair.entry)
    item = item if pair.entry else ""
    fields = tuple(f"{name}: {text}" for name, text in held if name and text != item)
    return {"list": pair.list_name or None, "item": item or None, "fields": fields or None}


def _held(node: Node, key: str) -> Iterator[tuple[str, str]]:
    """Dotted names and values."""
    if node.kind != "mapping" or not node.entries:
        yield key, flat(node)
        return
    for name, inner in node.entries:
        yield from _held(inner, f"{key}.{name}" if key else name)
