"""Two texts that differ in nothing but marks or identifiers, which no reader compares."""

from __future__ import annotations

import re

_QUOTES = re.compile("[\"'`\u00b4\u2018\u2019\u201a\u201c\u201d\u201e\u2032\u2033]")
_CURLY = re.compile("[\u2018\u2019\u201a\u201c\u201d\u201e]")
_STRAIGHT = str.maketrans(dict.fromkeys("\u2018\u2019\u201a\u00b4\u2032", "'"))
_STRAIGHT |= str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u2033", '"'))
# UUIDs, and hexadecimal digits as long as those of a hash or a key.
_ID = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|[0-9a-fA-F]{24,})"
    r"(?![0-9A-Za-z])"
)
_SAMPLE_LETTERS = 2  # such as a0a0a0a0-bbbb-cccc-dddd-e1e1e1e1e1e1
_NUMBER = re.compile(r"(?<![\w.])\d{1,2}\.\s?(?=`|[^\W\d_])")
_BROKEN_LINK = re.compile(r"[\])}>]\s?\(\S+\)?")
_APOSTROPHE = re.compile(r"(?<=\w)\u2019(?=\w)")
_LEFTOVER = re.compile(r"(?i)/?[a-z][a-z0-9]*\s*/?>|</?[a-z][a-z0-9]*")


def are_straightened(before: str, after: str) -> bool:
    """Whether typographic quotation marks became straight ones, and nothing else differs."""
    return before != after and bool(_CURLY.search(before)) and before.translate(_STRAIGHT) == after


def are_apostrophes(before: str, after: str) -> bool:
    """Whether only typographic apostrophes became straight ones."""
    return are_straightened(before, after) and not _CURLY.search(_APOSTROPHE.sub("", before))


def are_curled(before: str, after: str) -> bool:
    """Whether straight quotation marks became typographic ones, and nothing else differs."""
    return are_straightened(after, before)


def are_requoted(before: str, after: str) -> bool:
    """Whether quotation marks came, went or became others, and nothing else differs."""
    return before != after and _QUOTES.sub("", before) == _QUOTES.sub("", after)


def are_code_marks(before: str, after: str) -> bool:
    """Whether the marks of code came, went or became others, and nothing else differs."""
    same = _QUOTES.sub("", before) == _QUOTES.sub("", after)
    return same and before.count("`") != after.count("`") and not _CURLY.search(before + after)


def adds_lone_mark(before: str, after: str) -> bool:
    """Whether a backtick came to a line of code that no other one pairs with."""
    same = before == after.replace("`", "")
    return same and bool(before) and after.count("`") == 1


def has_only_quotes(text: str) -> bool:
    """Whether there is nothing in it but quotation marks, at least one."""
    return bool(text.strip()) and not _QUOTES.sub("", text).strip()


def differ_in_ids(before: str, after: str) -> bool:
    """Whether an identifier, a hash or a key became another one, and nothing else differs."""
    return (
        before != after and bool(_ID.search(before)) and _ID.sub("", before) == _ID.sub("", after)
    )


def are_samples(before: str, after: str) -> bool:
    """Whether an identifier that is made up became another one of these."""
    return differ_in_ids(before, after) and _has_only_samples(before) and _has_only_samples(after)


def became_sample(before: str, after: str) -> bool:
    """Whether an identifier that may be somebody's became one that is made up."""
    return differ_in_ids(before, after) and _has_only_samples(after)


def _has_only_samples(text: str) -> bool:
    """Whether each part of its identifiers is a letter or two over and over."""
    parts = [part for found in _ID.findall(text) for part in found.split("-")]
    return all(len(set(part)) <= _SAMPLE_LETTERS for part in parts)


def is_unnumbered(before: str, after: str) -> bool:
    """Whether the numbers of list items written into a text went, and nothing else differs."""
    return before != after and _NUMBER.sub("", before) == after


def is_leftover(text: str) -> bool:
    """Whether it is half of an HTML tag, which readers saw as text."""
    return _LEFTOVER.fullmatch(text.strip()) is not None


def is_broken_link(text: str) -> bool:
    """Whether it is the end of a link whose marks were not right, which readers saw as text."""
    return _BROKEN_LINK.fullmatch(text.strip()) is not None
