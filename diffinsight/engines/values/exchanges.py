"""Differences that are said, not shown: marks nobody sees apart, identifiers, leftover markup."""

from __future__ import annotations

from collections.abc import Sequence

from diffinsight.engines.quoting.contrasting import contrast
from diffinsight.engines.quoting.cutting import cut
from diffinsight.engines.values.speaker import Speaker
from diffinsight.languages import Markdown
from diffinsight.markdown_text import one_line
from diffinsight.matching.marks import (
    are_apostrophes,
    are_code_marks,
    are_curled,
    are_requoted,
    are_samples,
    are_straightened,
    became_sample,
    differ_in_ids,
    has_only_quotes,
    is_leftover,
    is_unnumbered,
)
from diffinsight.models import Finding

_LONGEST_AROUND = 50  # characters around marks that changed
_KINDS = (
    ("apostrophes", are_apostrophes),
    ("straightened", are_straightened),
    ("curled", are_curled),
    ("remarked", are_code_marks),
    ("requoted", are_requoted),
    ("other_sample", are_samples),
    ("made_sample", became_sample),
    ("other_id", differ_in_ids),
    ("unnumbered", is_unnumbered),
)


def said_exchange(speaker: Speaker, before: str, after: str) -> Markdown | None:
    """Such as "quotation marks became straight"; None where both sides are shown."""
    kind = _kind(before, after)
    if not kind:
        return None
    limit = min(speaker.voice.limit, _LONGEST_AROUND)
    around = contrast(before, after, limit)[1]
    if kind == "remarked":  # half of a pair may be all there is
        around = around.replace("`", "")
    return speaker.voice.say(f"edit.{kind}", before=cut(one_line(before), limit), after=around)


def _kind(before: str, after: str) -> str:
    if not (before and after):
        return "leftover" if before and is_leftover(before) else ""
    return next((kind for kind, holds in _KINDS if holds(before, after)), "")


def are_quotes(findings: Sequence[Finding]) -> bool:
    """Whether all that changed in them is quotation marks."""
    return all(
        finding.kind == "punctuation-changed"
        and has_only_quotes(f"{finding.before or ''}{finding.after or ''}")
        for finding in findings
    )
