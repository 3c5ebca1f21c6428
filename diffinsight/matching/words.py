"""Words of a text in any script."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Texts above this are compared as a whole: a word-level view of them helps nobody.
LONGEST_TEXT = 200_000

# Japanese and Chinese put no spaces between words: a run of one character class is the unit.
TOKEN = re.compile(
    r"`[^`\n]{1,80}`"
    r"|(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w,]*\w)"
    r"|[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々〆]+"
    r"|[\u3041-\u309f]+"
    r"|[\u30a0-\u30ff\uff66-\uff9f]+"
    r"|[^\W\u3041-\u30ff\u3400-\u9fff\uff66-\uff9f]+"
    r"(?:[.'\u2019@:/\-][^\W\u3041-\u30ff\u3400-\u9fff\uff66-\uff9f]+)*"
    r"|[^\w\s]"
)
WHOLE_CODE = re.compile(TOKEN.pattern.replace("{1,80}", "{1,240}", 1))
NO_CODE = re.compile(TOKEN.pattern.partition("|")[2])
PUNCTUATION = frozenset(".,;:!?'\"‘’“”()[]{}…—–-、。，；：！？「」『』（）・/|")  # noqa: RUF001 - other scripts' marks are meant

STOP_WORDS = frozenset(
    "a an the and or of to in on for with by from at as is are was were be been it its "  # noqa: SIM905 - a list of words
    "this that these those you your we our can may will should must not no all any each "
    "when if then than also see use using has have do does more into which such via".split()
)

# No group of words ends in one of these: they promise what follows.
JOINING = STOP_WORDS | frozenset(
    "about after although because before between but during how if once over so than through "  # noqa: SIM905 - a list of words
    "under unless until what where whether while who within without".split()
)

SLIGHT = PUNCTUATION - {"/", "|"}  # marks that change no meaning when they come or go

RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Word:
    """A token and where it stands in its text."""

    text: str
    start: int
    end: int


def split(text: str) -> list[Word]:
    # Where each mark has its other half, a whole command is one word: its quotation marks are code.
    token = WHOLE_CODE if text.count("`") % 2 == 0 else TOKEN
    return [Word(found.group(), found.start(), found.end()) for found in token.finditer(text)]


def split_both(before: str, after: str) -> tuple[list[Word], list[Word]]:
    """The words of two versions of a text, alike where one of them has a code mark too many."""
    if before.count("`") % 2 == after.count("`") % 2:
        return split(before), split(after)
    old, new = (
        [Word(found.group(), found.start(), found.end()) for found in NO_CODE.finditer(text)]
        for text in (before, after)
    )
    return old, new


def count(text: str) -> int:
    """Words without punctuation."""
    return sum(1 for found in TOKEN.finditer(text) if found.group() not in PUNCTUATION)


def bag(text: str) -> frozenset[str]:
    """The different words of a text, without case and punctuation."""
    head = text[:20_000].casefold()
    return frozenset(word for word in TOKEN.findall(head) if word not in PUNCTUATION)


def words_of(text: str) -> list[str]:
    """All words, without case and punctuation; of a very long text, the first of them."""
    found = TOKEN.findall(text[:LONGEST_TEXT].casefold())
    return [word for word in found if word not in PUNCTUATION]


def first_words(text: str, limit: int = 80) -> str:
    """The text on one line, cut at a word with an ellipsis when it is longer than ``limit``."""
    line = " ".join(text[: limit * 8].split())
    if len(line) <= limit:
        return _balanced(line)
    cut = line[: limit - 1]
    space = cut.rfind(" ")
    return _balanced(cut[:space] if space > limit // 2 else cut).rstrip() + "…"


def _balanced(line: str) -> str:
    """Without the mark that opens what was cut off."""
    for mark in ("**", "`"):
        if line.count(mark) % 2:
            head, _, tail = line.rpartition(mark)
            if not tail.startswith(" "):  # which would make it a mark that opens nothing
                line = head + tail
    return line
