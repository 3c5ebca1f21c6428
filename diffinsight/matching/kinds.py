"""What sort of difference an exchange of words is."""

from __future__ import annotations

import re
from typing import Literal

from diffinsight.matching.announcing import MONTH
from diffinsight.matching.figures import UNIT, VERSIONED, are_versions, is_quantity
from diffinsight.matching.lexicon import says_default
from diffinsight.matching.typos import is_typo
from diffinsight.matching.words import RAISED, SLIGHT

ITS = {"its", "it's"}
AFTER_IT_IS = re.compile(
    r"an?|the|not|been|also|only|just|still|now|already|always|never|often|too|so|no|up|to|in|on|at|for|from|"
    r"by|with|that|because|your|possible|important|necessary|best|better|easy|easier|good|available|"
    r"\w+ed|\w+ing"
)

STATE = re.compile(r"(?i)`[^`\s]+`|true|false|on|off|yes|no|enabled|disabled|none|null")

YEAR = re.compile(r"(?:19|20)\d{2}")
OF_MONTH = re.compile(rf"\b{MONTH},?\s*$")

EditKind = Literal[
    "words", "case", "punctuation", "formatting", "typo", "number", "version", "spacing"
]


def in_context(kind: EditKind, was: str, now: str, left: str, right: str) -> EditKind:
    """What the words around a figure say about it."""
    of_month = kind == "number" and _are_years(was, now) and OF_MONTH.search(left)
    if of_month or (kind == "typo" and not _is_right(was, now, right)):
        return "words"  # a month names no figure
    if kind == "words" and STATE.fullmatch(was) and STATE.fullmatch(now) and says_default(left):
        return "number"  # what something is set to, in code or in a word for on and off
    if kind == "punctuation" and right[:1].isdigit() and set(was + now) & set("-.,/"):
        return "words"  # a sign or a separator of a number
    if kind == "version" and (re.match(UNIT, right) or left[-1:] in set("$€£¥")):
        return "number"
    if kind == "number" and (re.search(VERSIONED, left) or _is_release(was, now)):
        return "version"
    return kind


def _are_years(was: str, now: str) -> bool:
    return bool(YEAR.fullmatch(was) and YEAR.fullmatch(now))


def _is_release(was: str, now: str) -> bool:
    """`20.04` and `24.04 LTS`: a number with a point and a word that is no unit."""
    sides = (was, now)
    lettered = any(
        re.search(r"\d\s?[A-Za-z]", side) and not re.search(UNIT, side) for side in sides
    )
    return lettered and all(re.search(r"\d\.\d", side) for side in sides)


def classify(before: str, after: str) -> EditKind:
    """What sort of replacement it is, from the two sides alone."""
    if _bare(before) == _bare(after):
        return _parted(before, after)
    if _set_otherwise(before, after) or _is_number_set_off(before, after):
        return "formatting"
    if _without_apostrophes(before) == _without_apostrophes(after) != "":
        return _apostrophe(*map(_straight, (before, after)))
    if before.casefold() == after.casefold() and "`" not in before:
        return "case"
    if all(set(side) <= SLIGHT | {" "} for side in (before, after)):
        return "punctuation"
    kind = _replacement(before.strip("`"), after.strip("`"))
    # In code, other letters are another name: readers typed the old one.
    return "words" if kind == "typo" and "`" in before + after else kind


def _parted(before: str, after: str) -> EditKind:
    """The same letters, with other spaces or code marks: a space between words counts."""
    if before.split() == after.split():
        return "spacing"
    if before.replace("`", "").split() == after.replace("`", "").split():
        return "formatting"  # other words of the same are code now, or a space went from their edge
    if "`" in before and "`" in after and _unquoted(before) != _unquoted(after):
        return "words"  # what is typed as it stands has its spaces where they belong
    if not all(word.isascii() and word.isalpha() for word in (before + " " + after).split()):
        return "formatting"
    return "typo" if len(after.split()) > len(before.split()) else "words"


def _set_otherwise(before: str, after: str) -> bool:
    """The same in code marks, a number with other separators, a footnote with another number."""
    raised = bool(before and after) and set(before + after) <= RAISED
    quoted = "`" in before + after and _unquoted(before) == _unquoted(after) != ""
    return raised or quoted or digits(before) == digits(after) != ""


def _is_number_set_off(before: str, after: str) -> bool:
    """`3.Add` that became step 3, `Add`: only the space was missing."""
    found = re.fullmatch(r"\d{1,3}[.)]([^\W\d].*)", before)
    return found is not None and found[1] == after


def _replacement(before: str, after: str) -> EditKind:
    """What sort of words were exchanged for words."""
    if are_versions(before, after):
        return "version"
    if is_quantity(before) and is_quantity(after):
        return "number"
    articles = {before.casefold(), after.casefold()} == {"a", "an"}
    return "typo" if articles or (before and after and is_typo(before, after)) else "words"


def _straight(text: str) -> str:
    return text.casefold().replace("\u2019", "'")


def _apostrophe(was: str, now: str) -> EditKind:
    """A mark put into or taken out of a word; `users` and `user's` are two words."""
    if was == now:
        return "punctuation"
    slip = {was, now} == ITS or (now.endswith("n't") and "'" not in was)
    return "typo" if slip else "words"


def _is_right(was: str, now: str, right: str) -> bool:
    """Whether the words after `its` or `it's` leave no doubt that it is spelt right now."""
    was, now = map(_straight, (was, now))
    if {was, now} != ITS:
        return True
    follows = right.partition(" ")[0].casefold().rstrip(".,;:!?)\"'")
    is_verb = bool(AFTER_IT_IS.fullmatch(follows))
    return follows.isalpha() and is_verb == (now == "it's")


def _without_apostrophes(text: str) -> str:
    """`it's` and `its` are one slip apart."""
    return text.translate({ord(mark): None for mark in "'\u2019"})


def digits(text: str) -> str:
    """`8,192`, `10th`: the digits of a number alone, without what sets them apart."""
    found = re.fullmatch(r"(\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th)?", text)
    return found[1].replace(",", "") if found else ""


def _unquoted(text: str) -> str:
    """Without the marks of code and of quotation around it, as a name may be set either way."""
    return text.strip("`\"'\u2018\u2019\u201c\u201d")


def _bare(text: str) -> str:
    """Without the marks of code, and without spaces."""
    return "".join(text.replace("`", "").split())
