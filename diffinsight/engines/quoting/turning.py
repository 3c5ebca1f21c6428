"""Words that turn a sentence, without which it would say the contrary or more than it does."""

from __future__ import annotations

import re

# Of the main clause, as far as words tell: a verb that is denied.
_DENIED = re.compile(
    r"(?i)\b(?:(?:is|are|was|were|do|does|did|has|have|can|could|will|would|should|must|may)"
    r"(?:n['\u2019]t| not)|cannot|can['\u2019]t|won['\u2019]t|(?:is|are|will) no longer)\b"
)
_VERB = re.compile(
    r"(?i)\b(?:is|are|was|were|be|been|has|have|had|can|could|will|would|should|must|may|might)\b"
)
_WITH_VERB = re.compile(
    r"(?i)(?:\b(?:is|are|was|were|be|being|been|has|have|had|will|would|should|must|may) )+$"
)
_SUBORDINATE = re.compile(
    r"(?i)(?<=\s)(?:that|which|who|if|when|whether|because|so|unless|until|while|where|but|as)\b"
)
_APART = re.compile(r"[;:] |\. |, (?:and|but|or|so|because)\b")
# What a denial is limited to.
_LIMITING = re.compile(r"(?:on|in|for|with|by|when|while|if|unless|until|from|to|as|at)\b")
_NEAR = 30  # characters from a denied verb to what it is limited to


def turn(sentence: str, kept: int) -> int:
    """Where the denied verb stands that the first ``kept`` characters lose or cut off; else -1."""
    found = next((one for one in _DENIED.finditer(sentence) if _is_main(sentence, one)), None)
    if found is None:
        return -1
    if found.end() > kept:
        return found.start()
    rest = sentence[kept:].lstrip()
    limited = kept - found.end() < _NEAR and _LIMITING.match(rest)
    return found.start() if limited else -1


def verb_behind(sentence: str, kept: int) -> int:
    """Where the verb stands to which the first ``kept`` characters are the subject; else -1."""
    at = len(sentence) - len(sentence[kept:].lstrip())
    found = _VERB.match(sentence, at)
    return at if found and _is_main(sentence, found) else -1


def verb_before(sentence: str, at: int) -> int:
    """Where the verb begins of which the word ``at`` a place is the end, or 0."""
    found = _WITH_VERB.search(sentence, 0, at)
    return found.start() if found else 0


def _is_main(sentence: str, denied: re.Match[str]) -> bool:
    """Whether it is what is said, and no condition or aside."""
    before = sentence[: denied.start()]
    if _APART.search(before):
        return False
    opened = [found.end() for found in _SUBORDINATE.finditer(before)]
    if opened:
        return bool(_VERB.search(before[opened[-1] :]))
    return not _VERB.search(before)
