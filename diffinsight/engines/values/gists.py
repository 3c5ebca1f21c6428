"""What new, rewritten and removed pages and sections say."""

from __future__ import annotations

from collections.abc import Sequence

from diffinsight.engines.cutting import shorten
from diffinsight.engines.gist import gist_of, lost_of
from diffinsight.engines.values.sizes import integer
from diffinsight.engines.values.speaker import Speaker, Spoken
from diffinsight.matching.weight import weigh
from diffinsight.models import Finding

SAYING = frozenset({"page-added", "heading-added", "section-rewritten"})
LONGEST_GIST = 180  # characters
MOST_GISTS = 5  # of several sections
MOST_SAID = 600  # characters of them
MOST_NAMED = 6  # sections


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


def told_sections(findings: Sequence[Finding], ones: Sequence[Spoken]) -> list[Spoken]:
    """Several sections, those that are told by what they say before others.

    The uppermost are told so, and of those the weightiest, as long as there is room.
    """
    if not findings[0].kind.startswith(("heading-", "section-")):
        return list(ones)
    said = [one.get("gist") or one.get("lost") for one in ones]
    ranked = sorted(
        (integer(finding.values.get("level")), -weigh("", text), place)
        for place, (finding, text) in enumerate(zip(findings, said, strict=True))
        if isinstance(text, str)
    )
    chosen: list[int] = []
    room = MOST_SAID
    for _, _, place in ranked[:MOST_GISTS]:
        room -= len(str(said[place]))
        if room >= 0:
            chosen.append(place)
    others = [place for place in range(len(ones)) if place not in chosen]
    first = sorted([*chosen, *others[: MOST_NAMED - len(chosen)]])
    rest = [place for place in others if place not in first]
    unsaid: Spoken = {"gist": None, "lost": None}
    return [ones[p] if p in chosen else ones[p] | unsaid for p in (*first, *rest)]
