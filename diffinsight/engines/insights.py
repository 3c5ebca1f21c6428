"""What the range means as a whole, in prose; silent where there is nothing to say."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname

from diffinsight.languages import Phrases
from diffinsight.models import Analysis

_MOSTLY = 0.6  # of all files: "most"
_GROWTH = 40  # lines more or less that are worth a word


def write_insights(analysis: Analysis, phrases: Phrases) -> str:
    """Paragraphs in Markdown; empty for an empty range."""
    paragraphs = (_character(analysis, phrases), _folders(analysis, phrases))
    return "\n\n".join(text for text in map(phrases.join, paragraphs) if text)


def _character(analysis: Analysis, phrases: Phrases) -> Iterator[str]:
    files = analysis.files
    noise = sum(
        bool(file.findings) and all(finding.impact == "noise" for finding in file.findings)
        for file in files
    )
    if noise:
        yield phrases.say("insights.noise", count=noise, files=len(files))
    grown = sum(file.change.additions - file.change.deletions for file in files)
    if grown >= _GROWTH:
        yield phrases.say("insights.grows", lines=grown)
    elif grown <= -_GROWTH:
        yield phrases.say("insights.shrinks", lines=-grown)


def _folders(analysis: Analysis, phrases: Phrases) -> Iterator[str]:
    counts: dict[str, int] = {}
    for file in analysis.files:
        folder = dirname(file.change.path)
        counts[folder] = counts.get(folder, 0) + 1
    if len(analysis.files) > 2 and counts:  # noqa: PLR2004 - two files make no theme
        folder, count = max(counts.items(), key=lambda item: item[1])
        if folder and count >= _MOSTLY * len(analysis.files):
            yield phrases.say(
                "insights.folder", folder=folder, count=count, files=len(analysis.files)
            )
