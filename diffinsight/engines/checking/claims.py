"""What a sentence says happened, and to what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from diffinsight.engines.checking.anchors import ASIAN, Anchor
from diffinsight.engines.checking.lexicon import lexicon

_ASIAN = re.compile(f"[{ASIAN}]")
_KANA = re.compile("[\u3040-\u30ff]")
_JOIN = re.compile(r"[\s,、，・と和及や”\"」』’)]*(?:and|or|および|または|以及|&)?[\s“\"「『‘(]*")  # noqa: RUF001
_LISTED = re.compile(r"(?:し?ました|されました|した|了)?(?:\s?[(（][^)）]*[)）])?\s?[:：]")  # noqa: RUF001 - other scripts' marks are meant
_BRACKET = re.compile(r"\s?(?:\d+\s?(?:件|個|行|項目|つ)?)?\s?[（(][^（()）]*[)）]")  # noqa: RUF001 - as above
_CLOSED = re.compile(r"[^()（）]*[)）]")  # noqa: RUF001 - as above
_OPEN = re.compile(r"[（(][^()（）]*$")  # noqa: RUF001 - as above
_NEAR = 60


@dataclass(frozen=True, slots=True)
class Claim:
    """A direction, the things it is said of, and the sorts of things."""

    direction: str
    objects: tuple[Anchor, ...]
    nouns: tuple[str, ...]
    denied: bool
    verb: int  # where its word begins
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Verb:
    direction: str
    start: int
    end: int
    text: str


def claims(blank: str, known: tuple[Anchor, ...]) -> Iterator[Claim]:
    """Claims of a sentence whose anchors are blanked out in ``blank``."""
    verbs = _verbs(blank)
    places = _places(blank, known)
    for index, verb in enumerate(verbs):
        start, end = _reach(blank, verbs, index, known)
        objects = tuple(
            anchor for anchor in known
            if start <= anchor.start and anchor.end <= end and anchor.start not in places
        )  # fmt: skip
        if len(objects) > 1 and lexicon().other_verbs.search(blank[:start][-20:]):
            objects = objects[1:]  # became this, and that was removed: this is the other verb's
        nouns = tuple(_nouns(blank, start, end))
        yield Claim(verb.direction, objects, nouns, _denied(blank, verb), verb.start, start, end)


def _verbs(blank: str) -> list[_Verb]:
    words = lexicon()
    found = [
        _Verb(name, match.start(), match.end(), match[0])
        for name, direction in words.directions.items()
        for match in direction.words.finditer(blank)
        if not _described(blank, match)
    ]
    return sorted(found, key=lambda verb: verb.start)


def _described(blank: str, verb: re.Match[str]) -> bool:
    """Whether a word tells what a page is about instead of what happened to it."""
    words = lexicon()
    before, after = blank[max(0, verb.start() - _NEAR) : verb.start()], blank[verb.end() :][:12]
    return bool(words.described_before.search(before) or words.described_after.search(after))


def _denied(blank: str, verb: _Verb) -> bool:
    words = lexicon()
    before, after = blank[max(0, verb.start - _NEAR) : verb.start], blank[verb.end :][:16]
    return bool(words.denied_before.search(before) or words.denied_after.search(after))


def _reach(
    blank: str, verbs: list[_Verb], index: int, known: tuple[Anchor, ...]
) -> tuple[int, int]:
    """Where the things stand that a verb is about: before it or after it."""
    verb = verbs[index]
    after = verbs[index + 1].start if index + 1 < len(verbs) else len(blank)
    start = _after_others(blank, verbs[index - 1].end if index else 0, verb.start)
    left = (_clause_start(blank, start, verb.start) if index else start, verb.start)
    right = (verb.end, _clause_stop(blank, verb.end, after) if after < len(blank) else after)
    closing = _CLOSED.match(blank, verb.end)  # the bracket that the verb stands in
    if closing:
        right = (verb.end, min(right[1], closing.end()))
    bracket = _BRACKET.match(blank, verb.end)
    if bracket and _named(known, bracket.span()):  # 2 paragraphs removed (this and that)
        return bracket.span()
    if _LISTED.match(blank, verb.end):  # were added: this and that
        return (left[0], right[1])
    if _is_japanese(blank, verb):
        return (start, verb.start)
    if lexicon().passive.search(blank[max(0, verb.start - _NEAR) : verb.start]):
        return left
    return right if _named(known, right) or any(_nouns(blank, *right)) else left


def _named(known: tuple[Anchor, ...], place: tuple[int, int]) -> bool:
    return any(place[0] <= anchor.start < place[1] for anchor in known)


def _after_others(blank: str, start: int, end: int) -> int:
    """Behind the last thing that happened in another way: became, changed; or an open bracket."""
    others = (found.end() for found in lexicon().other_verbs.finditer(blank, start, end))
    bracket = _OPEN.search(blank[start:end])
    return max((*others, start + bracket.start() + 1 if bracket else start))


def _is_japanese(blank: str, verb: _Verb) -> bool:
    """Japanese puts what a verb is about before it."""
    if not _ASIAN.search(verb.text):
        return False
    around = blank[max(0, verb.start - 3) : verb.end + 3]
    return bool(_KANA.search(around) or _KANA.search(blank))


def _clause_start(blank: str, start: int, end: int) -> int:
    """Behind the last mark or word between two claims; the second begins there."""
    marks = list(lexicon().clause_end.finditer(blank, start, end))
    return marks[-1].end() if marks and marks[-1].end() < end - 1 else start


def _clause_stop(blank: str, start: int, end: int) -> int:
    marks = list(lexicon().clause_end.finditer(blank, start, end))
    return marks[-1].start() if marks else end


def _nouns(blank: str, start: int, end: int) -> Iterator[str]:
    words = lexicon()
    for name, noun in words.nouns.items():
        for found in noun.words.finditer(blank, start, end):
            if not _is_place(blank, found.start(), found.end()):
                yield name
                break


def _is_place(blank: str, start: int, end: int) -> bool:
    words = lexicon()
    before, after = blank[max(0, start - _NEAR) : start], blank[end : end + 24]
    return bool(words.place_before.search(before) or words.place_after.search(after))


def _places(blank: str, known: tuple[Anchor, ...]) -> frozenset[int]:
    """Starts of the anchors that say where; in a list all of them do if one does."""
    chains: list[list[Anchor]] = []
    for anchor in known:
        joined = chains and _JOIN.fullmatch(blank, chains[-1][-1].end, anchor.start)
        if joined:
            chains[-1].append(anchor)
        else:
            chains.append([anchor])
    return frozenset(
        anchor.start
        for chain in chains
        if _is_place(blank, chain[0].start, chain[-1].end)
        for anchor in chain
    )
