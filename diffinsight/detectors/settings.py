"""YAML and JSON data: site settings, landing pages, questions and answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from diffinsight.detectors.comparison import Comparison
from diffinsight.detectors.comparison.redirects import is_redirect_file
from diffinsight.detectors.comparison.telling import edit_values, known
from diffinsight.detectors.comparison.whole import Whole
from diffinsight.detectors.front_matter import is_service_key
from diffinsight.matching.edits import edits
from diffinsight.models import Finding, Json
from diffinsight.outline import DATA, LARGEST_DATA, suffix
from diffinsight.outline.navigation import is_mkdocs, is_toc
from diffinsight.outline.settings import Setting, read_settings
from diffinsight.outline.sidebars import is_sidebar
from diffinsight.outline.yaml_tree import NotUnderstoodError

LINE = re.compile(r"""^\s*(?:-\s+)?["']?([\w.$@/-]+)["']?\s*:\s+(?!\s*[|>{\[]\s*$)(.+?),?\s*$""")
NOT_HERE = re.compile(r"^nav\[|redirect_maps\.|^[\w./-]+\.(?:md|ipynb)$")  # told as what they are
ENTRY = re.compile(r"\[[^\[\]]*\]")
ENTRY_VALUE = re.compile(r"(.*[^\]])\[[^\[\]]*\]", re.DOTALL)
ENTRY_NAME = re.compile(r"(?<![^.\[\]])([^.\[\]]*)\[([^\[\]]*)\]$")
OWN_NAME = re.compile(r"((?:ms\.)?[^.\]]+)$")
METADATA = re.compile(r"^(?:.*\.)?(?:metadata|globalMetadata|fileMetadata)\.")  # of pages
SHORT = 60  # characters of a field's value
LONGEST = 200  # characters of a value that are told as they are; longer ones by their words


Settings = Mapping[str, Setting]


def find(file: Comparison, _: Whole) -> Iterator[Finding]:
    if not file.compared or suffix(file.path) not in DATA:
        return
    if is_toc(file.path) or is_redirect_file(file.path) or file.kind == "page":
        return
    if is_sidebar(file.path) and not file.partial:
        return
    before, after = _as_lists(_read(file, old=True), _read(file, old=False))
    whole = _one_sided_entries(before, after), _one_sided_entries(after, before)
    entries: dict[tuple[str, bool], list[Setting]] = {}
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if is_mkdocs(file.path) and NOT_HERE.search(key):
            continue
        if (old is None or new is None or old.value != new.value) and _touched(file, old, new):
            side = whole[1] if new else whole[0]
            one = old if new is None else new if old is None else None
            entry = _entry_of(key, side) if one else ""
            if one and entry:
                entries.setdefault((entry, bool(new)), []).append(one)
            else:
                yield _tell(key, old, new)
    for (entry, added), settings in entries.items():
        yield _tell_entry(entry, settings, added=added)


def _as_lists(before: Settings, after: Settings) -> tuple[Settings, Settings]:
    """Lists of plain values of which some came and some went, each as one setting."""
    old, new = _values_of_lists(before), _values_of_lists(after)
    for name in old.keys() & new.keys():
        was, now = ([setting.key for setting in side[name]] for side in (old, new))
        if (
            set(was) - set(now)
            and set(now) - set(was)
            and max(map(_length, (old[name], new[name]))) <= LONGEST
        ):
            before, after = _joined(before, name, old[name]), _joined(after, name, new[name])
    return before, after


def _values_of_lists(settings: Settings) -> Mapping[str, list[Setting]]:
    found: dict[str, list[Setting]] = {}
    for setting in settings.values():
        entry = ENTRY_VALUE.fullmatch(setting.key)
        if entry:
            found.setdefault(entry[1], []).append(setting)
    return found


def _length(values: list[Setting]) -> int:
    return sum(len(setting.value) for setting in values)


def _joined(settings: Settings, name: str, values: list[Setting]) -> Settings:
    """``settings`` with the values of a list as one, on the lines from the first to the last."""
    listed = sorted(values, key=lambda setting: setting.first)
    whole = Setting(
        key=name,
        value=", ".join(setting.value for setting in listed),
        first=listed[0].first,
        last=max(setting.last for setting in listed),
    )
    taken = {setting.key for setting in listed}
    return {key: one for key, one in settings.items() if key not in taken} | {name: whole}


def _one_sided_entries(here: Mapping[str, Setting], there: Mapping[str, Setting]) -> frozenset[str]:
    """Entries of lists of which the other version has nothing."""
    found = {key[: place.end()] for key in here for place in ENTRY.finditer(key)}
    known = {key[: place.end()] for key in there for place in ENTRY.finditer(key)}
    return frozenset(found - known)


def _entry_of(key: str, entries: frozenset[str]) -> str:
    """The outermost entry that came or went with all it holds, if a key is in one."""
    places = (key[: place.end()] for place in ENTRY.finditer(key))
    return next((entry for entry in places if entry in entries), "")


def _tell_entry(entry: str, settings: list[Setting], *, added: bool) -> Finding:
    """An entry of a list and what it holds."""
    name = ENTRY_NAME.search(entry)
    lines = (min(s.first for s in settings), max(s.last for s in settings))
    fields = tuple(
        f"{s.key.removeprefix(entry).strip('.')}: {s.value}"
        for s in sorted(settings, key=lambda setting: setting.first)
        if s.key != entry and s.value and len(s.value) <= SHORT
    )
    return Finding(
        kind="setting-added" if added else "setting-removed",
        subject=entry,
        impact="minor",
        before_lines=None if added else lines,
        after_lines=lines if added else None,
        values=known(
            list=name[1] if name else None, item=name[2] if name else None, fields=fields or None
        ),
    )


def _read(file: Comparison, *, old: bool) -> Mapping[str, Setting]:
    fragments = file.before_text if old else file.after_text
    if not file.partial and sum(len(fragment.text) for fragment in fragments) <= LARGEST_DATA:
        try:
            found = [s for fragment in fragments for s in read_settings(fragment.text)]
        except NotUnderstoodError:
            return {}
        return {setting.key: setting for setting in reversed(found)}
    return {s.key: s for s in reversed(list(_from_lines(file.removed if old else file.added)))}


def _from_lines(lines: Mapping[int, str]) -> Iterator[Setting]:
    """`key: value` on one line, as much as a hunk can tell."""
    for number, text in lines.items():
        match = LINE.match(text)
        if match:
            value = match[2].strip().strip("\"'")
            yield Setting(key=match[1], value=value, first=number, last=number)


def _touched(file: Comparison, old: Setting | None, new: Setting | None) -> bool:
    before = old is not None and any(n in file.removed for n in range(old.first, old.last + 1))
    after = new is not None and any(n in file.added for n in range(new.first, new.last + 1))
    return before or after


def _tell(key: str, old: Setting | None, new: Setting | None) -> Finding:
    change = "changed" if old and new else "added" if new else "removed"
    own = OWN_NAME.search(key)
    told: dict[str, Json] = {}
    if old and new and max(len(old.value), len(new.value)) > LONGEST:
        told = edit_values(edits(old.value, new.value))
    return Finding(
        kind=f"setting-{change}",
        subject=key,
        impact="noise" if is_service_key(METADATA.sub("", key)) else "minor",
        before=old.value if old else None,
        after=new.value if new else None,
        before_lines=(old.first, old.last) if old else None,
        after_lines=(new.first, new.last) if new else None,
        values=known(own=own[1] if own and own[1] != key else None, **told),
    )
