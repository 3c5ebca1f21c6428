"""Redirects added, removed, changed."""

from __future__ import annotations

from collections.abc import Iterator

from diffinsight.detectors.across.redirects import Redirect, is_redirect_file, read_redirects
from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.comparison import Comparison
from diffinsight.models import Finding, Impact
from diffinsight.outline.navigation import is_mkdocs


def find(file: Comparison, _: Whole) -> Iterator[Finding]:
    if not (is_redirect_file(file.path) or is_mkdocs(file.path)):
        return
    before = {r.source: r for r in read_redirects(file.before_path, file.before_text)}
    after = {r.source: r for r in read_redirects(file.path, file.after_text)}
    for source, new in after.items():
        old = before.get(source)
        if old is None:
            yield _tell("redirect-added", None, new)
        elif old.target != new.target:
            yield _tell("redirect-changed", old, new)
    yield from (_tell("redirect-removed", r, None) for s, r in before.items() if s not in after)


def _tell(kind: str, old: Redirect | None, new: Redirect | None) -> Finding:
    redirect = new or old
    impact: Impact = "breaking" if kind == "redirect-removed" else "minor"
    return Finding(
        kind=kind,
        subject=redirect.source if redirect else "",
        impact=impact,
        before=old.target if old else None,
        after=new.target if new else None,
        before_lines=(old.first, old.last) if old else None,
        after_lines=(new.first, new.last) if new else None,
    )
