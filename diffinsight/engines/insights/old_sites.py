"""Sites that the links of a range left, and lines it changed that still lead to them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from urllib.parse import SplitResult, urlsplit

from diffinsight.changes import hunks
from diffinsight.engines.insights.scope import Place, Scope
from diffinsight.languages import Markdown
from diffinsight.models import FileAnalysis, Finding

_ENOUGH = 2  # files: in one, a link may be an exception
_NEAR = 80  # characters before an address that say what it is of
_Sites = tuple[str, str]


def old_sites(scope: Scope) -> Iterator[Markdown]:
    moved: dict[_Sites, list[tuple[FileAnalysis, Finding]]] = {}
    for file in scope.files:
        for finding in file.findings:
            if sites := _sites(finding):
                moved.setdefault(sites, []).append((file, finding))
    for (old, new), found in moved.items():
        files = {file.change.path for file, _ in found}
        names = {str(finding.values.get("text") or "").casefold() for _, finding in found}
        left = list(_left(scope, old, names - {""})) if len(files) >= _ENOUGH else []
        if left:
            yield scope.phrases.say(
                "insights.check.old_sites",
                before=old,
                after=new,
                count=len(files),
                places=scope.places(left),
            )


def _sites(finding: Finding) -> _Sites | None:
    """The old and the new site of a link of which nothing else changed."""
    if finding.kind != "link-retargeted":
        return None
    old, new = _split(finding.before or ""), _split(finding.after or "")
    if not (old and new and old.netloc and new.netloc) or old.netloc == new.netloc:
        return None
    same = old.path.strip("/") == new.path.strip("/")
    return (old.netloc.casefold(), new.netloc.casefold()) if same else None


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:  # such as a bracket that is never closed
        return None


def _left(scope: Scope, site: str, names: Collection[str]) -> Iterator[Place]:
    """Changed lines with the old site beside what links to the new one are called."""
    old = re.compile(rf"//{re.escape(site)}(?![\w.-])")
    for file in scope.files:
        for line in (line for hunk in hunks(file.change.patch or "") for line in hunk.lines):
            if line.mark == "+" and line.after and _has(line.text.casefold(), old, names):
                yield Place(path=file.change.path, line=line.after)


def _has(line: str, site: re.Pattern[str], names: Collection[str]) -> bool:
    before = (line[max(0, found.start() - _NEAR) : found.start()] for found in site.finditer(line))
    return any(name in near for near in before for name in names)
