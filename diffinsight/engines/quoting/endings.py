"""Where a quotation may end: not before the word that it leads up to."""

from __future__ import annotations

import re

from diffinsight.matching.words import JOINING

_MARKS = " .,;:!?()[]{}\"'“”‘’「」、。"  # noqa: RUF001 - typographic marks are meant
_STOPS = (".", "!", "?")
_ENDS = (".", "!", "?", "。", "！", "？", "`", ")", "）")  # noqa: RUF001 - East Asian marks are meant
_DETERMINERS = frozenset(
    "a an the this that these those each every any some no both either another other such "  # noqa: SIM905 - a list of words
    "its their your our my his her whose one two three".split()
)
# What is said follows them: verbs that want an object, negations, and adverbs before either.
_LEADING = frozenset(
    "am being had did doing cannot could would might shall need needs needed require requires "  # noqa: SIM905 - a list of words
    "include includes including support supports contain contains provide "
    "provides specify specifies enable enables allow allows mean means make makes create "
    "creates increase increases decrease decreases reduce reduces return returns become becomes "
    "click select choose enter remain remains depend depends consist consists offer offers define "
    "defines describe describes "
    "represent represents ensure ensures cause causes prevent prevents apply applies get gets let "
    "lets want wants see learn called named based due according available "
    "own longer now only also never always currently already just even still first mostly at "
    "most more less fewer least than too so very up off out per via onto against among "
    "across".split()
) | frozenset({"not", "nor"})
# What they are said of follows them, where a word does that ends no group of words.
_ATTRIBUTES = frozenset(
    "private custom new old high low higher lower larger smaller better older newer large small "  # noqa: SIM905 - a list of words
    "specific different same multiple single several many few various certain main single first "
    "second last next associated corresponding following existing own remote secure".split()
)
_ATTRIBUTE = re.compile(r"[a-z-]{3,}(?:al|ive|ous|able|ible|ful|ic)")
_NO_ATTRIBUTES = frozenset(
    "portal terminal tutorial manual approval retrieval removal signal proposal interval journal "  # noqa: SIM905 - a list of words
    "credential material table variable archive drive directive objective receive topic metric "
    "traffic logic".split()
)
# What begins with one of them is a condition, of which a few words say nothing.
_OPENING = frozenset(
    "once when whenever if unless until because although though while whereas where".split()  # noqa: SIM905 - a list of words
)
_CONDITION = re.compile(
    r"(?:If|When|Whenever|Once|Unless|Until|While|Although|Though|Because|Since|After|Before"
    r"|As of|In order to|Prior to|To|In this [a-z]+(?=,))\b"
)
_ASIDE = re.compile(
    r"(?:While|Although|Though|Once|After|Before|To|In order to|Prior to|In this [a-z]+(?=,))\b"
)
_COMMA = re.compile(r", ")
_LEAST_CLAUSE = 3  # words; fewer, and it is one of a list
_GOING_ON = frozenset({"and", "or", "such", "which", "who", "including", "where", "when", "if"})
_NEGATIONS = frozenset({"not", "cannot", "never", "nor"})
_BEFORE_ING = JOINING | frozenset({"first", "by", "of"})
_AFTER_PARTICIPLE = frozenset({"to", "by", "as", "from", "into", "through"})
_MOST_TAKEN = 5  # words
_FEW_WORDS = 4  # of a condition
_FEWER_WORDS = 2  # of a sentence that begins
_LEAST_LEFT = 0.35  # of what could be quoted
_OPTION = ("`-", "-")  # of a command, beside the word for it
_DAY = re.compile(r"\d{1,2},")
_YEAR = re.compile(r"\d{4}\b")
_NUMBER = re.compile(r"[\d.,]*\d")
_NAME = re.compile(r"[A-Z][\w.-]*")
_REST_OF_NAME = re.compile(r"[A-Z0-9]")


def closed(head: str, following: str, most: int = 0) -> str:
    """``head``, the start of a text, up to a word that does not promise what is cut off.

    ``following`` is the rest of the text, of which some words are taken in where they fit in
    ``most`` characters; else the last words go, but not most of them.
    """
    if head.count("`") % 2:
        return head
    words, ahead = head.split(" "), following.split()
    leads = promises_more(words, *ahead[:1])
    wider = _longer(words, ahead, most) if leads or _is_limited(ahead) else ""
    return wider or (_shorter(words, ahead) if leads else head)


def _is_limited(ahead: list[str]) -> bool:
    """Whether a negation follows, or until when it is so: without it more or else is said."""
    word = ahead[0].replace("\u2019", "'") if ahead else ""
    return word.endswith("n't") or word in _NEGATIONS | {"until", "unless"}


def _longer(words: list[str], ahead: list[str], most: int) -> str:
    """With as few of the next words as it takes; empty where that is too long."""
    for count in range(1, min(_MOST_TAKEN, len(ahead)) + 1):
        wider = [*words, *ahead[:count]]
        text = " ".join(wider)
        if len(text) > most:
            break
        if text.count("`") % 2 == 0 and not promises_more(wider, *ahead[count : count + 1]):
            return text
    return ""


def _shorter(words: list[str], ahead: list[str]) -> str:
    """Without its last words, as long as enough stays."""
    kept, least = words, len(" ".join(words)) * _LEAST_LEFT
    while len(kept) > 1 and promises_more(kept, *ahead[:1]) and len(" ".join(kept[:-1])) >= least:
        kept, ahead = kept[:-1], kept[-1:]
    return " ".join(kept)


def promises_more(words: list[str], ahead: str = "") -> bool:
    """Whether the last of ``words`` leads up to ``ahead``, the word behind it."""
    last = words[-1]
    before = words[-2].strip(_MARKS).casefold() if len(words) > 1 else ""
    bare = last.strip(_MARKS).casefold().replace("\u2019", "'")
    begun = words[1:][-_FEW_WORDS:]
    if any(word.casefold() in _OPENING for word in begun) or _is_new_sentence(words):
        return True
    if not bare or last.endswith(_ENDS) or last.startswith(_OPTION):
        option = before in _DETERMINERS and last.startswith(_OPTION) and _is_content(ahead)
        return option or (not bare and "`" not in last)
    if bare in JOINING or bare in _DETERMINERS or bare in _LEADING or bare.endswith("n't"):
        return True
    if last != last.rstrip(_MARKS):
        return last.endswith(":") or bool(_DAY.fullmatch(last) and _YEAR.match(ahead))
    named = len(words) > 1 and bool(_NAME.fullmatch(words[-2]))
    half = _is_half(last, ahead, named=named) or _is_attribute(last, before, ahead)
    return half or _is_leading_form(bare, before, ahead)


def _is_content(ahead: str) -> bool:
    """Whether a word goes on with the group of words before it."""
    return ahead[:1].isalpha() and ahead.strip(_MARKS).casefold() not in JOINING


def _is_attribute(last: str, before: str, ahead: str) -> bool:
    """Whether it says of what kind the next word is, or whose, behind such a word."""
    word = before if _NAME.fullmatch(last) else last.casefold()
    formed = bool(_ATTRIBUTE.fullmatch(word)) and word not in _NO_ATTRIBUTES
    return _is_content(ahead) and (formed or word in _ATTRIBUTES)


def main_clause(sentence: str) -> int:
    """Where what is said begins, behind a comma and a space, under a condition; else 0."""
    if not _CONDITION.match(sentence):
        return 0
    for comma in _COMMA.finditer(sentence):
        head, rest = sentence[: comma.start()], sentence[comma.end() :]
        clause = rest.partition(", ")[0].split()
        open_code = head.count("`") % 2 or head.count("(") > head.count(")")
        if len(clause) >= _LEAST_CLAUSE and not open_code and clause[0] not in _GOING_ON:
            return comma.end()
    return 0


def holds_anyway(sentence: str) -> bool:
    """Whether what is said depends on no condition that the sentence opens with."""
    return bool(_ASIDE.match(sentence))


def _is_new_sentence(words: list[str]) -> bool:
    """Whether the last word or two are the start of another sentence."""
    return any(word.endswith(_STOPS) for word in words[:-1][-_FEWER_WORDS:])


def _is_half(last: str, ahead: str, *, named: bool) -> bool:
    """Whether it is the first part of a name, or a number without its unit."""
    if _NUMBER.fullmatch(last):
        unit = ahead[:1].islower() and ahead.strip(_MARKS).casefold() not in JOINING
        return unit and not named
    return bool(_NAME.fullmatch(last) and _REST_OF_NAME.match(ahead))


def _is_leading_form(bare: str, before: str, ahead: str) -> bool:
    """Whether it is a form of a verb whose object or agent follows, or stands before a noun."""
    if bare.endswith("ing"):
        return before in _BEFORE_ING
    if bare.endswith("ed"):
        return before in _DETERMINERS or ahead.casefold() in _AFTER_PARTICIPLE
    return False
