"""YAML and JSON data: site settings, landing pages, questions and answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from diffinsight.detectors.comparison import Comparison
from diffinsight.detectors.comparison.redirects import is_redirect_file
from diffinsight.detectors.comparison.telling import edit_values, known
from diffinsight.detectors.comparison.whole import Whole
from diffinsight.detectors.front_matter import is_service_key
from diffinsight.matching.words import edits
from diffinsight.models import Finding, Json
from diffinsight.outline import DATA, LARGEST_DATA, suffix
from diffinsight.outline.navigation import is_mkdocs, is_toc
from diffinsight.outline.settings import Setting, read_settings
from diffinsight.outline.yaml_tree import NotUnderstoodError

LINE = re.compile(r"""^\s*(?:-\s+)?["']?([\w.$@/-]+)["']?\s*:\s+(?!\s*[|>{\[]\s*$)(.+?),?\s*$""")
NOT_HERE = re.compile(r"^nav\[|redirect_maps\.|^[\w./-]+\.(?:md|ipynb)$")  # told as what they are
LONGEST = 200  # characters of a value that are told as they are; longer ones by their words


def find(file: Comparison, _: Whole) -> Iterator[Finding]:
    if not file.compared or suffix(file.path) not in DATA:
        return
    if is_toc(file.path) or is_redirect_file(file.path) or file.kind == "page":
        return
    before, after = _read(file, old=True), _read(file, old=False)
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if is_mkdocs(file.path) and NOT_HERE.search(key):
            continue
        if (old is None or new is None or old.value != new.value) and _touched(file, old, new):
            yield _tell(key, old, new)


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
    told: dict[str, Json] = {}
    if old and new and max(len(old.value), len(new.value)) > LONGEST:
        told = edit_values(edits(old.value, new.value))
    return Finding(
        kind="setting-changed",
        subject=key,
        impact="noise" if is_service_key(key.removeprefix("metadata.")) else "minor",
        before=old.value if old else None,
        after=new.value if new else None,
        before_lines=(old.first, old.last) if old else None,
        after_lines=(new.first, new.last) if new else None,
        values=known(change=change, **told),
    )
