"""A sentence against the ground: what in it is not so."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from diffinsight.engines.checking.anchors import Anchor, anchors, blanked, names
from diffinsight.engines.checking.claims import Claim, claims
from diffinsight.engines.checking.folding import contains, fold, plain
from diffinsight.engines.checking.ground import Ground
from diffinsight.engines.checking.language import check_language, in_latin_letters
from diffinsight.engines.checking.lexicon import lexicon
from diffinsight.engines.checking.numbers import Number, numbers_said
from diffinsight.engines.checking.sentences import sentences

__all__ = ["Violation", "check", "check_language", "check_sentence"]

Fault = Literal["number", "count", "name", "direction", "order", "breaking", "language"]
_MARK = re.compile("\ue000(\\d+)\ue001")
_AFTER_NUMBER = re.compile(r"\s?(?:(?:[a-z-]+\s){0,2}|(?:個|つ|件|本|枚)?の)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Violation:
    """A sentence that says what is not so."""

    sentence: str
    fault: Fault
    what: str  # the words that are wrong


def check(text: str, ground: Ground, language: str) -> tuple[Violation, ...]:
    """What is wrong in a text, sentence by sentence."""
    found: list[Violation] = []
    for sentence in sentences(text):
        found += check_sentence(sentence, ground)
        if check_language(sentence, language, lone=False):
            found.append(Violation(sentence, "language", language))
    return tuple(found)


def check_sentence(sentence: str, ground: Ground) -> tuple[Violation, ...]:
    """What is wrong in one sentence, its language aside."""
    said = unicodedata.normalize("NFKC", sentence.replace("**", ""))
    known = anchors(said)
    blank = blanked(said, known)
    numbers = tuple(numbers_said(blank))
    proper = tuple(names(blank, latin=in_latin_letters(blank)))
    faults: list[tuple[Fault, str]] = []
    faults += (("name", a.text) for a in known if not _is_known(a, ground))
    faults += (("name", a.text) for a in proper if not _is_known(a, ground))
    stated = tuple(claims(blank, known))
    faults += _wrong_numbers(blank, numbers, stated, ground)
    faults += (("direction", blankless(said, c)) for c in stated if _is_wrong(c, ground))
    faults += (
        ("order", " → ".join(pair)) for pair in _reversed(said, known, proper, numbers, ground)
    )
    faults += (("breaking", found) for found in _wrong_about_breaking(blank, ground))
    return tuple(Violation(sentence, fault, what) for fault, what in dict.fromkeys(faults))


def blankless(said: str, claim: Claim) -> str:
    return said[claim.start : claim.end].strip() + f" ({claim.direction})"


# --- names -------------------------------------------------------------------------------------


def _is_known(anchor: Anchor, ground: Ground) -> bool:
    parts = [fold(part) for part in re.split(r"\.{3}|…", anchor.text)]
    if anchor.kind == "quotation":
        parts = [part.strip(" .,;:!?。、") for part in parts]
    return all(_holds(ground, part) for part in parts if part)


def _holds(ground: Ground, text: str) -> bool:
    variants = {text, fold(plain(text))}
    return any(contains(held, one) for held in (ground.shown, ground.file) for one in variants)


# --- numbers -----------------------------------------------------------------------------------


def _wrong_numbers(
    blank: str, numbers: tuple[Number, ...], stated: tuple[Claim, ...], ground: Ground
) -> Iterator[tuple[Fault, str]]:
    for number in numbers:
        noun = _counted_noun(blank, number)
        if noun and not _literally(blank, number, ground):
            if not _counts(number, noun, stated, ground):
                yield "count", blank[number.start : number.end + 12].strip()
        elif number.value not in ground.numbers:
            yield "number", blank[number.start : number.end]


def _counted_noun(blank: str, number: Number) -> str:
    """The noun a number counts, or an empty string."""
    words = lexicon()
    gap = _AFTER_NUMBER.match(blank, number.end)
    for at in {number.end, gap.end() if gap else number.end, _space(blank, number.end)}:
        for name, pattern in words.counted.items():
            if pattern.match(blank, at):
                return name
        for name, noun in words.nouns.items():
            if noun.words.match(blank, at):
                return name
    before = blank[: number.start].rstrip(" がをはも、")
    if re.match(rf"\s?(?:{words.counters})", blank[number.end :]):
        for name, noun in words.nouns.items():
            if any(found.end() == len(before) for found in noun.words.finditer(before + "が")):
                return name
    return ""


def _space(blank: str, at: int) -> int:
    return at + 1 if blank[at : at + 1] == " " else at


def _literally(blank: str, number: Number, ground: Ground) -> bool:
    """Whether the page itself says it, such as "up to 3 files"."""
    words = re.match(r"\s?\w+", blank[number.end :])
    phrase = fold(blank[number.start : number.end] + (words[0] if words else ""))
    return contains(ground.shown, phrase)


def _counts(number: Number, noun: str, stated: tuple[Claim, ...], ground: Ground) -> bool:
    if noun == "lines":
        ways = {c.direction for c in stated if c.start <= number.start < c.end and not c.denied}
        lines = {"added": ground.additions, "removed": ground.deletions}
        if len(ways) == 1 and number.value == str(lines.get(next(iter(ways)))):
            return True
        if lines["added"] != lines["removed"] and _swapped(number, ways, lines):
            return False
    return number.value in {str(value) for value in ground.counts.get(noun, ())}


def _swapped(number: Number, ways: set[str], lines: dict[str, int]) -> bool:
    """55 added and 21 removed, told the other way round."""
    other = {"added": "removed", "removed": "added"}
    return bool(ways) and all(
        way in other and number.value == str(lines[other[way]]) != str(lines[way]) for way in ways
    )


# --- what happened -----------------------------------------------------------------------------


def _is_wrong(claim: Claim, ground: Ground) -> bool:
    if claim.denied:
        return not claim.objects and any(
            (noun, claim.direction) in ground.things and noun in ("heading", "page", "option")
            and _kind_backs(noun, claim.direction, ground)
            for noun in claim.nouns
        )  # fmt: skip
    marked = [anchor for anchor in claim.objects if anchor.marked]
    if any(_contradicts(claim.direction, fold(a.text), ground, strict=True) for a in marked):
        return True
    loose = [anchor for anchor in claim.objects if not anchor.marked]
    if any(_contradicts(claim.direction, fold(a.text), ground, strict=False) for a in loose):
        return True
    if claim.nouns and not marked:
        return not any((noun, claim.direction) in ground.things for noun in claim.nouns)
    return not marked and not _happened(claim.direction, ground)


def _kind_backs(noun: str, direction: str, ground: Ground) -> bool:
    starts = lexicon().nouns[noun].kinds
    ends = lexicon().directions[direction].backed
    return any(kind.startswith(starts) and kind.endswith(ends) for kind in ground.kinds)


def _contradicts(direction: str, text: str, ground: Ground, *, strict: bool) -> bool:
    """Whether the ground says otherwise; ``strict``: or says nothing of it."""
    text = fold(plain(text)) or text
    if direction == "deprecated":
        return strict and not contains(ground.shown, text)
    if direction in ("renamed", "moved"):
        backed = contains(ground.moved, text) or bool(ground.kinds & {"file-moved", "page-moved"})
        return strict and not (backed or any(text in (b, a) for b, a in ground.pairs))
    own, other = (ground.came, ground.went) if direction == "added" else (ground.went, ground.came)
    net = ground.net(text) * (1 if direction == "added" else -1)
    if net > 0 or (contains(own, text) and not contains(other, text)):
        return False
    if contains(own, text):
        return False
    return strict or net < 0 or contains(other, text)


def _happened(direction: str, ground: Ground) -> bool:
    if direction == "added":
        return ground.additions > 0 or bool(ground.came)
    if direction == "removed":
        return ground.deletions > 0 or bool(ground.went)
    backed = lexicon().directions[direction].backed
    if any(kind.endswith(backed) for kind in ground.kinds) or "file-moved" in ground.kinds:
        return True
    return bool(lexicon().directions[direction].words.search(ground.shown))


# --- from one to the other ---------------------------------------------------------------------


def _reversed(
    said: str,
    known: tuple[Anchor, ...],
    proper: tuple[Anchor, ...],
    numbers: tuple[Number, ...],
    ground: Ground,
) -> Iterator[tuple[str, str]]:
    """Pairs told as before and after that were after and before."""
    spots = sorted(
        [(a.start, a.end, a.text) for a in (*known, *proper)]
        + [(n.start, n.end, said[n.start : n.end]) for n in numbers]
    )
    text, at = "", 0
    for index, (start, end, _) in enumerate(spots):
        if start >= at:
            text += said[at:start] + f"\ue000{index}\ue001"
            at = end
    text += said[at:]
    for template in lexicon().replaced:
        for before, after in _matches(template, text):
            pair = (spots[before][2], spots[after][2])
            if _is_reversed(fold(plain(pair[0])), fold(plain(pair[1])), ground):
                yield pair


def _matches(template: str, text: str) -> Iterator[tuple[int, int]]:
    """Numbers of the marks found at A and B; a mark may have a unit behind it."""
    first, second = "\ue000(\\d+)\ue001(?:\\s?[a-z%]+)?", "\ue000(\\d+)\ue001"
    for option in template.split("|{A}"):
        pattern = option if "{A}" in option else "{A}" + option
        filled = pattern.replace("{A}", first).replace("{B}", second)
        for found in re.finditer(filled, text, re.IGNORECASE):
            groups = [group for group in found.groups() if group is not None]
            if len(groups) == 2:  # noqa: PLR2004 - A and B
                yield int(groups[0]), int(groups[1])


def _is_reversed(before: str, after: str, ground: Ground) -> bool:
    told = any(contains(b, before) and contains(a, after) for b, a in ground.pairs)
    if told or before == after:
        return False
    turned = any(contains(b, after) and contains(a, before) for b, a in ground.pairs)
    return turned or (ground.net(before) > 0 and ground.net(after) < 0)


# --- breaking ----------------------------------------------------------------------------------


def _wrong_about_breaking(blank: str, ground: Ground) -> Iterator[str]:
    """Saying that something breaks readers, or that nothing does, against the findings."""
    words = lexicon()
    found = words.breaking.search(blank)
    if found and bool(words.denied.search(blank)) == ground.breaking:
        if not ground.breaking and words.breaking.search(ground.added):
            return  # the page itself is about breaking changes
        yield found[0]
