"""Whom the changes of a file reach."""

from __future__ import annotations

import re

from diffinsight.models import FileAnalysis, Finding
from diffinsight.outline.requirements import is_requirements

# What builds and serves the pages, or is for those who write them.
_BEHIND = re.compile(r"(?:^|/)(?:\.[^/]+(?:/.*)?|docfx\.json)$")
# What pages take in has no address of its own.
_INCLUDE_FOLDERS = frozenset({"includes", "include", "partials", "snippets", "reusables"})
# Findings that readers meet wherever the file stands.
_MET = ("redirect-", "toc-", "link-broken")


def is_noise(file: FileAnalysis) -> bool:
    """Whether nothing in the file changes for a reader."""
    return bool(file.findings) and all(finding.impact == "noise" for finding in file.findings)


def is_unseen(file: FileAnalysis) -> bool:
    """Whether readers see nothing of the file: settings of the build, an image no page shows."""
    if any(finding.kind.startswith(_MET) for finding in file.findings):
        return False
    if is_included(file.change.path):
        return False
    if _BEHIND.search(file.change.path) or is_requirements(file.change.path):
        return True
    return bool(file.findings) and all(map(_was_unused, file.findings))


def is_included(path: str) -> bool:
    """Whether a file is only shown as part of pages."""
    folders = path.split("/")[:-1]
    return any(name.strip("._") in _INCLUDE_FOLDERS for name in folders)


def _was_unused(finding: Finding) -> bool:
    values = finding.values
    removed = finding.kind == "asset-removed" and values.get("links") == 0
    return removed and not values.get("was_shown")
