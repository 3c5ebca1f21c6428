"""What sort of difference an exchange of words is."""

from __future__ import annotations

import re
from typing import Literal

from diffinsight.matching.figures import UNIT, VERSIONED, are_versions, is_quantity
from diffinsight.matching.typos import is_typo
from diffinsight.matching.words import RAISED, SLIGHT

EditKind = Literal[
    "words", "case", "punctuation", "formatting", "typo", "number", "version", "spacing"
]


def in_context(kind: EditKind, was: str, now: str, left: str, right: str) -> EditKind:
    """What the words around a figure say about it."""
    if kind == "punctuation" and right[:1].isdigit() and set(was + now) & set("-.,/"):
        return "words"  # a sign or a separator of a number
    if kind == "version" and (re.match(UNIT, right) or left[-1:] in set("$€£¥")):
        return "number"
    if kind == "number" and (re.search(VERSIONED, left) or _is_release(was, now)):
        return "version"
    return kind


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
    if _set_otherwise(before, after):
        return "formatting"
    if _without_apostrophes(before) == _without_apostrophes(after) != "":
        return "typo"
    if before.casefold() == after.casefold() and "`" not in before:
        return "case"
    if all(set(side) <= SLIGHT | {" "} for side in (before, after)):
        return "punctuation"
    return _replacement(before.strip("`"), after.strip("`"))


def _parted(before: str, after: str) -> EditKind:
    """The same letters, with other spaces or code marks: a space between words counts."""
    if before.split() == after.split():
        return "spacing"
    if not all(word.isascii() and word.isalpha() for word in (before + " " + after).split()):
        return "formatting"
    return "typo" if len(after.split()) > len(before.split()) else "words"


def _set_otherwise(before: str, after: str) -> bool:
    """The same in code marks, a number with other separators, a footnote with another number."""
    raised = bool(before and after) and set(before + after) <= RAISED
    quoted = "`" in before + after and _unquoted(before) == _unquoted(after) != ""
    return raised or quoted or _digits(before) == _digits(after) != ""


def _replacement(before: str, after: str) -> EditKind:
    """What sort of words were exchanged for words."""
    if are_versions(before, after):
        return "version"
    if is_quantity(before) and is_quantity(after):
        return "number"
    articles = {before.casefold(), after.casefold()} == {"a", "an"}
    return "typo" if articles or (before and after and is_typo(before, after)) else "words"


def _without_apostrophes(text: str) -> str:
    """`it's` and `its` are one slip apart."""
    return text.translate({ord(mark): None for mark in "'\u2019"})


def _digits(text: str) -> str:
    """`8,192`, `10th`: the digits of a number alone, without what sets them apart."""
    found = re.fullmatch(r"(\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th)?", text)
    return found[1].replace(",", "") if found else ""


def _unquoted(text: str) -> str:
    """Without the marks of code and of quotation around it, as a name may be set either way."""
    return text.strip("`\"'\u2018\u2019\u201c\u201d")


def _bare(text: str) -> str:
    """Without the marks of code, and without spaces."""
    return "".join(text.replace("`", "").split())
