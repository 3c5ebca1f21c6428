"""Analyses of the real days that lie beside the repository, where they do.

The material is other people's text, so it is not shipped: a folder with `real/report-*.json` (for
each day `files` with path, previous path, status, counts and patch), and `wsl-docs.bundle`, a git
bundle. It is looked for in DIFFINSIGHT_CORPUS.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from diffinsight import detectors
from diffinsight.models import Analysis, ChangeSet, FileChange

CORPUS = Path(os.environ.get("DIFFINSIGHT_CORPUS", "../shared/corpus")) / "real"


def has_corpus() -> bool:
    """Whether there are real days; if not, one line says so."""
    found = any(CORPUS.glob("*.json"))
    if not found:
        told = f"{sys.argv[0]}: skipped, no real days in {CORPUS}; they are not shipped"
        sys.stderr.write(f"{told}, DIFFINSIGHT_CORPUS can name their folder\n")
    return found


def days() -> Iterator[Analysis]:
    """One analysis a day, in order of the days; none when the material is not there."""
    for path in sorted(CORPUS.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        files = tuple(
            FileChange(
                path=file["path"],
                previous_path=file.get("previous_path"),
                status=file["status"],
                additions=file["additions"],
                deletions=file["deletions"],
                patch=file.get("patch"),
                binary=not file.get("patch") and not file["additions"] and not file["deletions"],
            )
            for file in data["files"]
        )
        yield detectors.analyse(ChangeSet(repository="contoso/docs", files=files))
