"""What differs between the two sides of changed passages."""

from __future__ import annotations

from collections.abc import Sequence

from diffinsight.engines.cutting import contrast, difference
from diffinsight.engines.differences import quotable
from diffinsight.engines.passages import Edit, Passage
from diffinsight.engines.values.speaker import Speaker, Spoken
from diffinsight.languages import Markdown
from diffinsight.models import Finding

LEAST_EDIT = 3  # characters of a difference that a title can name
LONGEST_SENTENCE = 110  # characters of a changed sentence


def edits_of(speaker: Speaker, passage: Passage, carried: Sequence[Markdown]) -> Spoken:
    """The differences and what is told along with them, unless they are too many to quote."""
    spoken: Spoken = {"carried": speaker.voice.enumerate(carried) if carried else None}
    edits = quotable(passage)
    whole = edits != passage.edits
    if edits:
        told = list(dict.fromkeys(_edit(speaker, edit, whole=whole) for edit in edits))
        spoken |= {"edits": speaker.voice.enumerate([*told, *carried])}
        spoken |= {"carried": None, "sentences": whole}
        spoken |= {} if whole else _only_edit(speaker, edits)
    elif carried and not passage.edits:
        spoken |= {"edits": spoken["carried"], "carried": None}
    return spoken


def _only_edit(speaker: Speaker, edits: Sequence[Edit]) -> Spoken:
    before, after = edits[0]
    if len(edits) > 1 or not (before and after):
        return {}
    old, new = contrast(before, after, speaker.voice.limit)
    if len(old) < LEAST_EDIT:
        return {}  # a letter or two say nothing without what is around them
    return {"edit_before": old, "edit_after": new}


def same_exchange(ones: Sequence[Spoken]) -> Spoken:
    """What was exchanged for what, when it is the same everywhere."""
    pairs = {(one.get("before"), one.get("after")) for one in ones}
    before, after = pairs.pop()
    return {} if pairs else {"same_before": before, "same_after": after}


def common(speaker: Speaker, findings: Sequence[Finding]) -> Spoken:
    """What all changed targets have in common: the part that went, the part that came."""
    parts = {difference(finding.before or "", finding.after or "") for finding in findings}
    before, after = parts.pop()
    if parts or not (before and after):
        return {}
    old, new = contrast(before, after, speaker.voice.limit)
    return {"common_before": old, "common_after": new}


def _edit(speaker: Speaker, edit: Edit, *, whole: bool) -> Markdown:
    """``whole``: the sides are sentences, which may be longer."""
    in_full = whole and speaker.in_full
    before, after = contrast(*edit, LONGEST_SENTENCE if in_full else speaker.voice.limit)
    kind = "replaced" if before and after else "inserted" if after else "deleted"
    return speaker.voice.say(f"edit.{kind}", before=before, after=after)
