"""Lists of packages for pip: which came, which went, and of which another version is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.comparison import Comparison
from diffinsight.detectors.comparison.telling import known
from diffinsight.detectors.reading.sides import Lines
from diffinsight.models import Finding, LineRange
from diffinsight.outline.requirements import Requirement, read_requirements

Requirements = Mapping[tuple[str, str], Requirement]


def find(file: Comparison, _: Whole) -> Iterator[Finding]:
    if not file.compared:
        return
    before, after = (
        {one.key: one for one in read_requirements(file.path, fragments)}
        for fragments in (file.before_text, file.after_text)
    )
    for key in dict.fromkeys([*after, *before]):
        old, new = before.get(key), after.get(key)
        if old and new and old.pin != new.pin:
            yield _repinned(file, old, new)
        elif not (old and new):
            yield from _one_sided(file, old or new, added=old is None)


def _repinned(file: Comparison, old: Requirement, new: Requirement) -> Finding:
    exact = all(side.pin.startswith("==") for side in (old, new))
    before, after = (side.pin.removeprefix("==") if exact else side.pin for side in (old, new))
    return Finding(
        kind="version-changed",
        subject=new.name,
        impact="minor",
        before=before or None,
        after=after or None,
        before_lines=_changed(old, file.removed),
        after_lines=_changed(new, file.added),
        values=known(what=new.name, package=True),
    )


def _one_sided(file: Comparison, one: Requirement | None, *, added: bool) -> Iterator[Finding]:
    lines = _changed(one, file.added if added else file.removed) if one else None
    if one and lines:
        yield Finding(
            kind="setting-added" if added else "setting-removed",
            subject=f"{one.name}{one.pin}",
            impact="minor",
            before_lines=None if added else lines,
            after_lines=lines if added else None,
            values=known(package=True),
        )


def _changed(one: Requirement, lines: Lines) -> LineRange | None:
    """The changed lines about a package."""
    here = [number for number in range(one.first, one.last + 1) if number in lines]
    return (here[0], here[-1]) if here else None
