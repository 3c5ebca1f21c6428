"""A sentence against the ground: what in it is not so."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from diffinsight.engines.checking.amounts import Sentence, wrong_numbers
from diffinsight.engines.checking.anchors import Anchor, anchors, blanked, names
from diffinsight.engines.checking.claims import Claim, claims
from diffinsight.engines.checking.folding import contains, fold, plain
from diffinsight.engines.checking.ground import Ground
from diffinsight.engines.checking.language import check_language, is_latin
from diffinsight.engines.checking.lexicon import lexicon
from diffinsight.engines.checking.nearby import old_lines, start_of
from diffinsight.engines.checking.numbers import Number, numbers_said
from diffinsight.engines.checking.sentences import sentences

__all__ = ["Violation", "check", "check_language", "check_sentence"]

Fault = Literal["number", "count", "name", "direction", "order", "breaking", "language"]


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
        found += check_sentence(sentence, ground, language)
        if check_language(sentence, language, lone=False):
            found.append(Violation(sentence, "language", language))
    return tuple(found)


def check_sentence(sentence: str, ground: Ground, language: str) -> tuple[Violation, ...]:
    """What is wrong in one sentence, apart from being in another language."""
    said = unicodedata.normalize("NFKC", sentence.replace("**", ""))
    known = anchors(said)
    blank = blanked(said, known)
    numbers = tuple(numbers_said(blank))
    proper = tuple(names(blank, latin=is_latin(language)))
    faults: list[tuple[Fault, str]] = []
    faults += (("name", a.text) for a in known if not _is_known(a, ground))
    faults += (("name", a.text) for a in proper if not _is_known(a, ground))
    stated = tuple(claims(blank, known))
    faults += wrong_numbers(Sentence(blank, numbers, known, stated), ground)
    faults += (("direction", blankless(said, c)) for c in stated if _is_wrong(c, ground))
    if {claim.direction for claim in stated} == {"added"}:
        faults += (("direction", old) for old in old_lines(blank, numbers))
    faults += (
        ("order", " → ".join(pair)) for pair in _reversed(said, known, proper, numbers, ground)
    )
    faults += (("breaking", found) for found in _wrong_about_breaking(blank, ground))
    return tuple(Violation(sentence, fault, what) for fault, what in dict.fromkeys(faults))


def blankless(said: str, claim: Claim) -> str:
    return said[claim.start : claim.end].strip() + f" ({claim.direction})"


# --- names -------------------------------------------------------------------------------------


def _is_known(anchor: Anchor, ground: Ground) -> bool:
    if anchor.text in lexicon().trade and not anchor.text.isascii():
        return True
    parts = [fold(part) for part in re.split(r"\.{3}|…", anchor.text)]
    if len(parts) > 1:  # cut in the middle of a word, maybe
        return all(_stands_in(ground, part.strip()) for part in parts)
    if anchor.kind == "quotation":
        parts = [part.strip(" .,;:!?。、") for part in parts]
    return all(_holds(ground, part) for part in parts if part)


def _stands_in(ground: Ground, text: str) -> bool:
    variants = {text, fold(plain(text))}
    return any(one in held for held in (ground.shown, ground.file) for one in variants)


def _holds(ground: Ground, text: str) -> bool:
    variants = {text, fold(plain(text))}
    return any(contains(held, one) for held in (ground.shown, ground.file) for one in variants)


# --- what happened -----------------------------------------------------------------------------


def _is_wrong(claim: Claim, ground: Ground) -> bool:
    if claim.denied:
        return not claim.objects and any(
            (noun, claim.direction) in ground.things and noun in ("heading", "page", "option")
            and _kind_backs(noun, claim.direction, ground)
            for noun in claim.nouns
        )  # fmt: skip
    objects = [anchor for anchor in claim.objects if not _is_itself(anchor, ground)]
    marked = [anchor for anchor in objects if anchor.marked]
    if any(_contradicts(claim.direction, fold(a.text), ground, strict=True) for a in marked):
        return True
    loose = [anchor for anchor in objects if not anchor.marked]
    if any(_contradicts(claim.direction, fold(a.text), ground, strict=False) for a in loose):
        return True
    if claim.nouns and not marked:
        return not any((noun, claim.direction) in ground.things for noun in claim.nouns)
    return not marked and not _happened(claim.direction, ground)


def _is_itself(anchor: Anchor, ground: Ground) -> bool:
    """Whether it names the file, which was neither added nor removed."""
    came_or_went = {"page-added", "page-removed", "file-added", "file-removed"} & ground.kinds
    return fold(anchor.text) in ground.own and not came_or_went


def _kind_backs(noun: str, direction: str, ground: Ground) -> bool:
    starts = lexicon().nouns[noun].kinds
    ends = lexicon().directions[direction].backed
    return any(kind.startswith(starts) and kind.endswith(ends) for kind in ground.kinds)


def _contradicts(direction: str, text: str, ground: Ground, *, strict: bool) -> bool:
    """Whether the ground says otherwise; ``strict``: or says nothing of it."""
    text = start_of(plain(text)) or text
    if direction == "deprecated":
        return strict and not contains(ground.shown, text)
    if direction in ("renamed", "moved"):
        backed = contains(ground.moved, text) or bool(ground.kinds & {"file-moved", "page-moved"})
        return strict and not (backed or any(text in (b, a) for b, a in ground.pairs))
    own, other = (ground.came, ground.went) if direction == "added" else (ground.went, ground.came)
    subjects = (ground.subjects_came, ground.subjects_went)
    mine, theirs = subjects if direction == "added" else subjects[::-1]
    if text in theirs and text not in mine:  # common words may stand in other lines as well
        return True
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
    """Pairs told as before and after that are none, or the other way round."""
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
            if _is_reversed(start_of(pair[0]), start_of(pair[1]), ground):
                yield pair


def _matches(template: str, text: str) -> Iterator[tuple[int, int]]:
    """Numbers of the marks found at A and B; a mark may have a unit behind it."""
    first, second = "\ue000(\\d+)\ue001(?:\\s?[a-z%]+)?", "\ue000(\\d+)\ue001"
    for option in template.split("|{A}"):
        pattern = option if "{A}" in option else "{A}" + option
        filled = pattern.replace("{A}", first).replace("{B}", second)
        for found in re.finditer(filled, text, re.IGNORECASE):
            groups = [int(group) for group in found.groups() if group is not None]
            if len(groups) == 2:  # noqa: PLR2004 - A and B
                yield (
                    (groups[1], groups[0]) if pattern.startswith("{B}") else (groups[0], groups[1])
                )


def _is_reversed(before: str, after: str, ground: Ground) -> bool:
    told = any(contains(b, before) and contains(a, after) for b, a in ground.pairs)
    if told or before == after:
        return False
    if any(contains(b, before) for b, _ in ground.pairs):
        return True  # it was replaced, but with something else
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
