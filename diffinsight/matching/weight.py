"""How much a reader must act on a change of text."""

from __future__ import annotations

import re
from collections import Counter
from enum import IntEnum
from functools import lru_cache

from diffinsight.matching.announcing import announced
from diffinsight.matching.edits import Edit, edits
from diffinsight.matching.lexicon import Class, Lexicon, lexicon_of
from diffinsight.matching.sentences import LEAST_ALIKE, alike, changed_sentences, is_kept
from diffinsight.matching.words import bag


class Weight(IntEnum):
    """What the weightiest difference of a text is, from nothing to the end of something."""

    NOTHING = 0  # marks, spelling, markup
    WORDING = 1  # other words
    SENTENCE = 2  # a sentence came or went
    LISTED = 3  # a member of an enumeration came or went, or a name became another one
    RULE = 4  # what one can, must or must not do, or when it holds
    FIGURE = 5  # a number, a limit, a date, a version, a name or command as it is typed
    END = 6  # something was deprecated or retired, or no longer is


_RULES: tuple[Class, ...] = ("turns", "bars", "demands", "bounds", "defaults", "advises")
_STATED: tuple[Class, ...] = (
    "bars",
    "demands",
    "bounds",
    "prices",
    "gains",
)  # rules as a whole sentence says them
_NAMING: tuple[Class, ...] = (*_STATED, "advises")  # ... about what they name
# Not the digits of a name (`text-embedding-3`, `S3`) or of an address.
_FIGURE = re.compile(
    r"(?<![A-Za-z\d_./#-])[$€£¥]?v?\d+(?:[.,:/-]\d+)*(?:st|nd|rd|th)?(?=[^\w]|$|[a-zA-Z%µ°\u3041-\u9fff])"
)
_CODE = re.compile(r"`[^`]+`")
_STAND_IN = re.compile(r"<[^<>]*>")
# As lists of releases mark what breaks.
_BREAKING = re.compile(
    r"(?i)\bbreaking(?: changes?)?(?=[):\]]|$)|\bbackward(?:s|-)? ?incompatible\b"
    r"|破壊的変更|後方互換性が(?:あり|な)|不兼容(?:变更|更新)|破坏性(?:变更|更新)"
)
_PRICE = re.compile(r"[$€£¥]\s?\d")
COMMAND = re.compile(r"`[a-z][\w.-]* [^`]+`")
# Told as an example, not as what holds: numbers of telephones and keys, and what is quoted.
_SAMPLE = re.compile(
    r"(?<!\w)\+?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b"
    r"|(?=[0-9a-f-]{0,30}\d)\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b"
    r"|\b(?=[a-f]{0,30}\d)(?=\d{0,30}[a-f])[0-9a-f]{16,}\b"
)
_QUOTED = re.compile(r"""(?<!\w)(["'“‘])[^"'“”‘’]+ [^"'“”‘’]+ [^"'“”‘’]+["'”’](?!\w)""")  # noqa: RUF001 - quotation marks are meant
_NAMED_BY_DAY = re.compile(r"(?<=`) ?\(\d{4}-\d\d-\d\d\)")  # a version of what is named before it
_ADDRESS = re.compile(r"(?<![`\w])(?:(?<![({\[])[({\[]++)?(?:https?:/)?/[^\s`]+/[^\s`]*")
_SLIGHT = frozenset({"case", "punctuation", "formatting", "typo", "spacing"})
_SEPARATORS = re.compile(r"[,、，/]|^(?:and|or)\s|\s(?:and|or)$")  # noqa: RUF001 - other scripts' commas
_JOINTS = re.compile(r"^(?:and|or|および|和|与)$")  # all that joins two members
_STATEMENT = 5  # words of a sentence; anything shorter is a value
_LONGEST_NAME = 60  # characters of names that came or went
_NAME = re.compile(r"`[^`]+`|\b[A-Z][\w.-]*|\b[a-z]+(?:-[a-z]+)*-?\d[\w.-]*")
_CAPITALS = re.compile(r"[A-Z][\w-]*(?: [A-Z][\w-]*)*")
_NAMES = re.compile(r"`|\b[A-Z0-9]|[\u30a0-\u30ff]{2}|[\u4e00-\u9fff]{2}")


@lru_cache(maxsize=4096)
def weigh(before: str, after: str) -> Weight:
    """The weight of what differs between two texts; one of them may be empty: it came or went."""
    if before == after:
        return Weight.NOTHING
    before, after = (_ADDRESS.sub("#", without_samples(text)) for text in (before, after))
    return max(
        (
            # What the text still says in other words has not gone, whatever it is.
            Weight.WORDING if old and not new and is_kept(old, after) else _sentence(old, new)
            for old, new in changed_sentences(before, after)
        ),
        default=Weight.NOTHING,
    )


def without_samples(text: str) -> str:
    """``text`` with one mark for every number that an example only makes up."""
    return _SAMPLE.sub("#", text)


def _sentence(before: str, after: str) -> Weight:
    lexicon = lexicon_of(before + after)
    if not (before and after):
        return _whole(before + after, lexicon)
    if lexicon.plain(before) == lexicon.plain(after):
        return Weight.NOTHING
    changed = _changed(before, after, lexicon)
    if alike(before, after) >= LEAST_ALIKE:
        return changed
    if changed < Weight.END and _are_statements(before, after):
        changed = min(changed, Weight.LISTED)  # what differs in their words tells nothing
    return max(changed, *(_whole(side, lexicon) for side in (before, after)))


def _are_statements(before: str, after: str) -> bool:
    """Whether two unlike texts are sentences, not values, nor tell one thing by another figure."""
    figures = _figures(before) and _figures(after)
    return not figures and min(len(side.split()) for side in (before, after)) >= _STATEMENT


def _whole(text: str, lexicon: Lexicon) -> Weight:
    """Of a sentence that came or went."""
    if announced(text) or _BREAKING.search(text):
        return Weight.END
    stated = any(lexicon.count(name, text) for name in (*_STATED, "defaults"))
    if lexicon.count("points", text) and not stated:
        return Weight.SENTENCE  # what it leads to says it
    limited = any(lexicon.count(name, text) for name in ("limits", "defaults"))
    if _PRICE.search(text) or (limited and _figures(text)):
        return Weight.FIGURE
    advised = lexicon.count("troubles", text) or lexicon.count("advises", text)
    if stated or (advised and _CODE.search(text)) or COMMAND.search(text):
        return Weight.RULE
    return Weight.SENTENCE if bag(text) else Weight.NOTHING


def _changed(before: str, after: str, lexicon: Lexicon) -> Weight:
    """Of a sentence that stayed in other words."""
    if len(announced(before)) != len(announced(after)):
        return Weight.END
    weight = _difference(before, after, lexicon)
    if weight <= Weight.LISTED or any(lexicon.count(name, after) for name in _STATED):
        return weight
    return Weight.LISTED if weight == Weight.RULE and lexicon.count("points", after) else weight


def _difference(before: str, after: str, lexicon: Lexicon) -> Weight:
    found = [edit for edit in edits(before, after) if edit.kind not in _SLIGHT]
    figures = (edit for edit in found if edit.kind in {"number", "version"})
    exchanged = any(_digits(edit.before) != _digits(edit.after) for edit in figures)
    if exchanged or _figures(lexicon.plain(before)) != _figures(lexicon.plain(after)):
        return Weight.FIGURE
    gone, come = _code_exchanged(before, after)
    alike = len(gone) == len(come) and not lexicon.count("points", after)
    if gone and come and (alike or lexicon.count("defaults", after)):
        return Weight.FIGURE
    ruled = any(lexicon.count(name, before) != lexicon.count(name, after) for name in _RULES)
    if ruled or (gone and come):
        return Weight.RULE
    if not found:
        return Weight.NOTHING
    ruled = any(lexicon.count(name, after) for name in _NAMING) or lexicon.opens("installs", after)
    if (ruled and any(map(_is_on_names, found))) or any(map(_is_in_name, found)):
        return Weight.RULE  # it holds for others now, or something else has to be chosen
    members = all(_is_member(edit.before, edit.after, edit.right) for edit in found)
    return Weight.LISTED if members or any(map(_renames, found)) else Weight.WORDING


def _code_exchanged(before: str, after: str) -> tuple[frozenset[str], frozenset[str]]:
    """What is typed in one text only, whatever stands in for somebody's own names."""
    old, new = (
        frozenset(_STAND_IN.sub("<>", code) for code in _CODE.findall(text))
        for text in (before, after)
    )
    return _gone(old - new, after), _gone(new - old, before)


def _gone(codes: frozenset[str], other: str) -> frozenset[str]:
    """Those that ``other`` does not have without the marks of code either."""
    words = f" {_CODE.sub('', other)} "
    return frozenset(
        code
        for code in codes
        if not re.search(rf"(?<![\w-]){re.escape(code[1:-1])}(?![\w-])", words)
    )


def exchanges_code(before: str, after: str) -> bool:
    """Whether a value, a name or a command is another one, and nothing else differs."""
    whole = all(_CODE.fullmatch(side) for side in (before, after))
    return whole and all(_code_exchanged(before, after))


def _figures(text: str) -> Counter[str]:
    said = _NAMED_BY_DAY.sub(" ", _QUOTED.sub(" ", text))
    return Counter(_digits(found.group()) for found in _FIGURE.finditer(said))


def _digits(figure: str) -> str:
    """``figure`` without the ways to write it: 1,000, 10th and v3."""
    return re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|\b[vV](?=\d)", "", figure.replace(",", ""))


def _is_on_names(edit: Edit) -> bool:
    """Whether one side has a name that the other has not."""
    if not edit.left:  # a sentence starts with a capital letter anyway
        return any(_code_exchanged(edit.before, edit.after))
    old, new = (frozenset(_NAME.findall(side)) for side in (edit.before, edit.after))
    return old != new


def _is_in_name(edit: Edit) -> bool:
    """Whether words came or went between the first and the last word of a name."""
    sides = edit.left.rpartition(" ")[2], edit.before + edit.after, edit.right.partition(" ")[0]
    inside = not (edit.before and edit.after) and " " in edit.left  # no first word of a sentence
    return inside and all(map(_CAPITALS.fullmatch, sides))


def _renames(edit: Edit) -> bool:
    """Whether a name became another one."""
    return _is_on_names(edit) and bool(_NAME.search(edit.before) and _NAME.search(edit.after))


def _is_member(before: str, after: str, right: str) -> bool:
    """Whether a name came into or went out of an enumeration."""
    before, after = (_JOINTS.sub("", side) for side in (before, after))  # `a and b`, `a, b, and c`
    if bool(before) == bool(after):
        return False
    side = before or after
    if len(side) > _LONGEST_NAME:
        return False
    beside = _SEPARATORS.search(side) or (right[:1] and right[0] in ",、，")  # noqa: RUF001 - other scripts' commas
    return bool(beside and _NAMES.search(side))
