"""What new, rewritten and removed pages and sections say."""

from __future__ import annotations

from collections.abc import Sequence

from diffinsight.engines.cutting import shorten
from diffinsight.engines.gist import gist_of, lost_of
from diffinsight.engines.values.sizes import integer
from diffinsight.engines.values.speaker import Speaker, Spoken
from diffinsight.languages import Markdown
from diffinsight.matching.weight import weigh
from diffinsight.models import Finding

SAYING = frozenset({"page-added", "heading-added", "section-rewritten"})
LONGEST_GIST = 180  # characters
MOST_GISTS = 3  # of several sections


def gist(speaker: Speaker, finding: Finding) -> Spoken:
    """What a new page or section says of itself, a rewritten one that it did not say before."""
    if speaker.voice.plain or finding.values.get("text_stays"):
        return {"gist": None}
    if finding.kind == "heading-removed":
        return _lost(speaker, finding)
    if finding.kind not in SAYING:
        return {"gist": None}
    lines = None if finding.kind == "page-added" else finding.after_lines
    said = [shorten(text, LONGEST_GIST) for text in gist_of(speaker.source.change, lines)]
    return dict(zip(("gist", "gist_more"), said, strict=False))


def _lost(speaker: Speaker, finding: Finding) -> Spoken:
    """What a removed section said."""
    if not finding.before_lines or finding.values.get("copy"):
        return {"lost": None}
    said = lost_of(speaker.source.change, finding.before_lines)
    return {"lost": shorten(said[0], LONGEST_GIST) if said else None}


def gists(speaker: Speaker, findings: Sequence[Finding], ones: Sequence[Spoken]) -> Markdown | None:
    """What a few of several sections say: the uppermost, and of those the weightiest."""
    key = "item.lost" if findings[0].kind == "heading-removed" else "item.gist"
    told = [
        (integer(finding.values.get("level")), -weigh("", said), place)
        for place, (finding, one) in enumerate(zip(findings, ones, strict=True))
        if isinstance(said := one.get("gist") or one.get("lost"), str)
    ]
    chosen = sorted(place for _, _, place in sorted(told)[:MOST_GISTS])
    texts = [speaker.voice.say(key, **ones[place]) for place in chosen]
    return speaker.voice.enumerate(texts) if texts else None
