"""The findings of one Markdown page that changed."""

from __future__ import annotations

from support.case_folder import between, without_texts

from diffinsight.detectors import analyse
from diffinsight.models import Finding


def told(before: str, after: str, *, patch_only: bool = False) -> list[Finding]:
    change_set = between({"a.md": before}, {"a.md": after}, {})
    (file,) = analyse(without_texts(change_set) if patch_only else change_set).files
    return list(file.findings)


def one(findings: list[Finding], kind: str) -> Finding:
    (found,) = [finding for finding in findings if finding.kind == kind]
    return found
