"""The same edit in several files, told once for all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from posixpath import basename, dirname, splitext

from diffinsight.engines.cutting import difference
from diffinsight.models import FileAnalysis, Finding

Key = tuple[str, str, str]  # kind, what it was, what it is

_EXCHANGES = frozenset({"term-replaced", "version-changed", "value-changed", "link-retargeted"})
_MOVES = frozenset({"page-moved", "asset-moved", "file-moved"})
_ASSETS = frozenset({"asset-added", "asset-removed", "asset-replaced"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Theme:
    """Findings that say the same of two or more files."""

    kind: str
    before: str
    after: str
    findings: tuple[Finding, ...]
    paths: tuple[str, ...]


def find_themes(files: Sequence[FileAnalysis]) -> tuple[Theme, ...]:
    """Themes in the order in which they first appear."""
    places: dict[Key, list[tuple[str, Finding]]] = {}
    for file in files:
        for finding in file.findings:
            for key in _keys(finding):
                places.setdefault(key, []).append((file.change.path, finding))
    themes = (_theme(key, found) for key, found in places.items())
    return tuple(theme for theme in themes if len(theme.paths) > 1)


def _theme(key: Key, found: Sequence[tuple[str, Finding]]) -> Theme:
    kind, before, after = key
    return Theme(
        kind=kind,
        before=before,
        after=after,
        findings=tuple(finding for _, finding in found),
        paths=tuple(dict.fromkeys(path for path, _ in found)),
    )


def _keys(finding: Finding) -> Iterator[Key]:
    if finding.kind in _MOVES and finding.before:
        old, new = dirname(finding.before), dirname(finding.subject)
        if old != new:
            yield "moved", old or ".", new or "."
    if finding.impact in {"noise", "breaking"}:
        return
    if finding.kind in _ASSETS:
        image = bool(finding.values.get("image"))
        yield finding.kind, "", "image" if image else splitext(basename(finding.subject))[1]
    elif finding.kind in _EXCHANGES and finding.before and finding.after:
        before, after = finding.before, finding.after
        if finding.kind == "link-retargeted":
            before, after = difference(before, after)
        if before and after:
            yield finding.kind, before, after
