"""Analyses of the real days that lie beside the repository, where they do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from diffinsight import detectors
from diffinsight.models import Analysis, ChangeSet, FileChange

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "real"


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
