"""Words of a text in any script, and what changed between two texts word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from diffinsight.matching.sequences import Change, changes
from diffinsight.matching.typos import is_typo

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
PUNCTUATION = frozenset(".,;:!?'\"‘’“”()[]{}…—–-、。，；：！？「」『』（）・/|")  # noqa: RUF001 - other scripts' marks are meant

STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "of",
        "to",
        "in",
        "on",
        "for",
        "with",
        "by",
        "from",
        "at",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "you",
        "your",
        "we",
        "our",
        "can",
        "may",
        "will",
        "should",
        "must",
        "not",
        "no",
        "all",
        "any",
        "each",
        "when",
        "if",
        "then",
        "than",
        "also",
        "see",
        "use",
        "using",
        "has",
        "have",
        "do",
        "does",
        "more",
        "into",
        "which",
        "such",
        "via",
    ]
)

SLIGHT = PUNCTUATION - {"/", "|"}  # marks that change no meaning when they come or go

RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
EditKind = Literal[
    "words", "case", "punctuation", "formatting", "typo", "number", "version", "spacing"
]

# Plain strings: `re` compiles and keeps them when the first figure is met.
VERSION = (
    r"(?i)v?\d{4}-\d{2}-\d{2}(?:-?(?:preview|alpha|beta|rc\d*|ga))?"
    r"|v?\d+(?:\.\d+)+(?:[-.]?(?:preview|alpha|beta|rc|dev|post)[.\d]*)?(?:\.x)?"
    r"|v\d+"
    r"|[a-z][a-z\d]*(?:-[a-z\d.]+)*-(?:v?\d+(?:\.\d+)*|\d{4}-\d{2}-\d{2})(?:-[a-z]+)?"
)
NUMBER = r"[~≈<>≤≥+\-]?\s?[$€£¥]?\s?\d[\d,._ ]*\d?\s?(?:[%‰]|[A-Za-zµ°]{1,12}(?:/\w+)?)?"
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DATE_PART = rf"(?i){MONTH}|\d{{1,4}}(?:st|nd|rd|th)?"
LONGEST_QUANTITY = 40


@dataclass(frozen=True, slots=True)
class Word:
    """A token and where it stands in its text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """Words that were replaced, with the words around them."""

    before: str
    after: str
    kind: EditKind
    left: str = ""  # up to four words that stand before it in the new text
    right: str = ""  # up to three words after it


def split(text: str) -> list[Word]:
    # Where each mark has its other half, a whole command is one word: its quotation marks are code.
    token = WHOLE_CODE if text.count("`") % 2 == 0 else TOKEN
    return [Word(found.group(), found.start(), found.end()) for found in token.finditer(text)]


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
            line = head + tail
    return line


def edits(before: str, after: str) -> tuple[Edit, ...]:
    """Word-level differences, in order; one edit for everything when a text is very long."""
    if before == after:
        return ()
    if max(len(before), len(after)) > LONGEST_TEXT:
        return (Edit(before=first_words(before), after=first_words(after), kind="words"),)
    old, new = split(before), split(after)
    runs = list(_by_position(old, new))
    runs = runs or list(_joined(list(changes(_texts(old), _texts(new))), old, new))
    found = tuple(_edit(run, old, new, before, after) for run in runs)
    return found or (Edit(before="", after="", kind="spacing"),)


def _texts(words: list[Word]) -> list[str]:
    return [word.text for word in words]


FIGURE = re.compile(r"v?\d[\d.,-]*")
IN_A_LIST = frozenset({",", "/", "、", "and", "or", "と", "和"})


def _by_position(old: list[Word], new: list[Word]) -> Iterator[Change]:
    """Only figures changed: each took the place of the one that stood there.

    In a list of them, one is dropped and another added instead: nothing is yielded for those.
    """
    if len(old) != len(new):
        return
    differ = [place for place in range(len(old)) if old[place].text != new[place].text]
    was, now = (_texts([side[place] for place in differ]) for side in (old, new))
    if not all(FIGURE.fullmatch(text) for text in was + now):
        return
    if not set(was).isdisjoint(now) and _is_list(old, differ):
        return
    for place in differ:
        yield Change(before=(place, place + 1), after=(place, place + 1))


def _is_list(words: list[Word], places: list[int]) -> bool:
    """Whether nothing but separators stands between the words at ``places``."""
    between = (words[a + 1 : b] for a, b in pairwise(places))
    return all(word.text in IN_A_LIST for run in between for word in run)


def _joined(runs: list[Change], old: list[Word], new: list[Word]) -> Iterator[Change]:
    """Two replacements with nothing but one short mark between them read better as one.

    Figures stay apart, so that each is told with the one that took its place.
    """
    current: Change | None = None
    for run in runs:
        if current is None:
            current = run
        elif _close(current, run, old) and not _are_figures((current, run), old, new):
            current = Change(
                before=(current.before[0], run.before[1]), after=(current.after[0], run.after[1])
            )
        else:
            yield current
            current = run
    if current is not None:
        yield current


def _close(one: Change, other: Change, old: list[Word]) -> bool:
    between = old[one.before[1] : other.before[0]]
    replaced = all(c.before[0] < c.before[1] and c.after[0] < c.after[1] for c in (one, other))
    return replaced and len(between) == 1 and between[0].text in PUNCTUATION


def _are_figures(runs: tuple[Change, Change], old: list[Word], new: list[Word]) -> bool:
    """Whether each replaces one version or number by one."""
    sides = [side for run in runs for side in (old[slice(*run.before)], new[slice(*run.after)])]
    return all(len(side) == 1 and side[0].text[:1].isdigit() for side in sides)


def _edit(run: Change, old: list[Word], new: list[Word], before: str, after: str) -> Edit:
    was = _slice(before, old[run.before[0] : run.before[1]])
    now = _slice(after, new[run.after[0] : run.after[1]])
    left = _slice(after, new[max(0, run.after[0] - 4) : run.after[0]])
    right = _slice(after, new[run.after[1] : run.after[1] + 3])
    if was and not now and _is_doubled(was, left, right):
        return Edit(before=f"{was} {was}", after=was, kind="typo", left=left, right=right)
    kind = _in_context(classify(was, now), was, now, left, right)
    if kind == "words" and classify(was, now) == "punctuation":
        touches = _touches(old, run.before) or _touches(new, run.after)
        kind = "words" if touches else "punctuation"
    return Edit(before=was, after=now, kind=kind, left=left, right=right)


def _touches(words: list[Word], run: tuple[int, int]) -> bool:
    """Whether no space stands between the words of a run and what follows."""
    first, end = run
    return first < end < len(words) and words[end - 1].end == words[end].start


def _is_doubled(word: str, left: str, right: str) -> bool:
    """Whether a word stands beside where it was, so that it stood there twice."""
    beside = (left.rpartition(" ")[2], right.partition(" ")[0])
    return word.isalpha() and word in beside


VERSIONED = r"(?i)(?:version|versions|build|release|kernel|v|バージョン|ビルド)\s*$"
UNIT = (
    r"(?i)[%‰°]|(?<![A-Za-z])(?:[kmgtp]i?b|bytes?|bits?|ms|[µn]s|s|secs?|seconds?|mins?|minutes?|hours?|hrs?|days?|weeks?"
    r"|months?|years?|px|pt|em|rem|[kmg]?hz|[kmg]bps|rpm|rps|tpm|qps|tokens?|requests?|characters?|chars?"
    r"|words?|pages?|files?|items?|users?|cores?|vcpus?|cpus?|gpus?|times|percent|usd|eur|jpy|dollars?"
    r"|euros?|yen|lines?|images?|documents?|messages?|nodes?|instances?|records?|rows?|columns?|units?)\b"
    r"|[秒分時日週月年件個回人枚頁]|文字|トークン|バイト|ページ|ファイル"
)


def _in_context(kind: EditKind, was: str, now: str, left: str, right: str) -> EditKind:
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


def _slice(text: str, words: list[Word]) -> str:
    return text[words[0].start : words[-1].end] if words else ""


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
    if _are_versions(before, after):
        return "version"
    if is_quantity(before) and is_quantity(after):
        return "number"
    articles = {before.casefold(), after.casefold()} == {"a", "an"}
    return "typo" if articles or (before and after and is_typo(before, after)) else "words"


NAMED_VERSION = r"(?i)([a-z][a-z\d]*(?:-[a-z\d.]+)*?)-(?:v?\d|\d{4}-).*"


def _are_versions(before: str, after: str) -> bool:
    """Two versions; where a name stands in them, of the same name."""
    if not (re.fullmatch(VERSION, before) and re.fullmatch(VERSION, after)):
        return False
    names = [re.fullmatch(NAMED_VERSION, side) for side in (before, after)]
    old, new = (found[1].casefold() if found else "" for found in names)
    return old == new


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


def is_quantity(text: str) -> bool:
    """A number with or without unit or currency, or a date."""
    if len(text) > LONGEST_QUANTITY or not any(char.isdigit() for char in text):
        return False
    return bool(re.fullmatch(NUMBER, text)) or is_date(text)


def is_date(text: str) -> bool:
    """`June 3, 2025`, `2025-06-03`, `2025年6月3日`: nothing but years, months and days."""
    parts = [part for part in re.split(r"[,\s./年月日-]+", text) if part]
    return len(parts) > 1 and all(re.fullmatch(DATE_PART, part) for part in parts)
