"""Words that announce an end, told from words that only mention one."""

from __future__ import annotations

import re
from dataclasses import dataclass

SENTENCE_END = re.compile(r"(?<=[.!?。！？])\s+|(?<=[。！？])|\n")  # noqa: RUF001 - Japanese sentence ends
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
DAY = (
    rf"(?:{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}} {MONTH} \d{{4}}|{MONTH} \d{{4}}"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}|\d{4}年\d{1,2}月(?:\d{1,2}日)?)"
)
AROUND = 300  # characters looked at on each side: more would grow with the square
# Code and what is quoted are spoken about.
MENTIONED = re.compile(
    r"`[^`]*`|\"[^\"]{1,60}\"|\u201c[^\u201c\u201d]{1,60}\u201d|「[^「」]{1,60}」"
)
STATE = (
    r"deprecated|retired|discontinued|obsolete|sunset(?:ted)?|decommissioned"
    r"|out of support|EOL|end[- ]of[- ]life"
)
# "When a disk is mounted, it is no longer available": it comes back.
NO_CONDITION = r"(?!.*\b(?:when|if|once|after|while|unless|until|because|that|which)\b).*$"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Form:
    """Words, and what has to stand around them in their sentence to announce an end."""

    words: re.Pattern[str]
    left: re.Pattern[str] = re.compile("")
    right: re.Pattern[str] = re.compile("")
    anywhere: re.Pattern[str] = re.compile("")


def _form(words: str, **around: str) -> _Form:
    patterns = {name: re.compile(f"(?i){pattern}") for name, pattern in around.items()}
    return _Form(words=re.compile(rf"(?i)(?<![\w-])(?:{words})(?![\w-])"), **patterns)


def _asian(words: str) -> _Form:
    return _Form(words=re.compile(words))


FORMS = (
    # "is now deprecated", "we have retired", "marked as obsolete"; not "a deprecated function"
    _form(
        STATE,
        left=r"(?:(?<!that\s)(?<!which\s)\b(?:is|are|was|were|be|been|being|gets?|got|become|becomes"
        r"|became|has|have|had|we|considered|marked|scheduled|planned)|[\u2019']re|[\u2019']s|[\u2019']ve)"
        r"(?:\s(?:as|to be|both|now|also|soon|already|being|been|being|\w+ly)){0,3}\s$"
        rf"|\b(?:{STATE}),?\s(?:and\s|or\s)?$",
    ),
    # Beside a name or first, as in "(deprecated)", "Client: retired" or "Deprecated since 2.0",
    # but not "Deprecated functions"
    _form(
        STATE,
        left=r"^\W*$|[(\[:\u2014\u2013]\s?$|\s-\s$",
        right=r"\s?(?:[)\].,:;!*]|$)|\s(?:in|since|as of|from|by|on|after|with|and)\b",
    ),
    _form(r"deprecates|retires|sunsets"),
    _form(r"(?:dropp?(?:s|ed|ing)?|remov(?:es|ed|ing)|end(?:s|ed|ing)) support for"),
    _form(
        "support for",
        right=r"(?:[^.;]|\.(?=\w)){1,80}?\s(?:is|was|has been|will be) (?:dropped|removed|ended)\b",
    ),
    _form(
        r"(?:deprecat|retir|sunsett|discontinu)ing",
        left=r"(?:\b(?:is|are|be)|[\u2019']re)(?:\s\w+ly)?\s$",
    ),
    _form(
        r"deprecate|retire|sunset|discontinue",
        left=r"\b(?:will|plans? to|intends? to|going to)(?:\s\w+ly)?\s$",
    ),
    # "The retirement of X is on May 1, 2030", "reaches end of support", "# Deprecation of X"
    *(
        _form(r"deprecation|retirement|end[- ]of[- ](?:life|support|service)", **around)
        for around in (
            {"anywhere": rf"(?<![\w-]){DAY}(?![\w-])"},
            {"left": r"\b(?:announc\w+|reach(?:es|ed)?|nearing|scheduled for)\s(?:\w+\s){0,4}$"},
            {"right": r"\s(?:notice|announcement)\b"},
            {"left": r"^\W*$", "right": r"\sof\s[^.]*$"},
        )
    ),
    _form(
        r"no longer (?:(?:be )?(?:supported|available|maintained)|supports?)",
        left="^" + NO_CONDITION,
    ),
    _form(r"(?:has|have) been dropped|(?:was|were) dropped"),
    _form(
        r"will be removed",
        right=rf".*(?:\b(?:future|next|upcoming|later|coming|version|release)\b|\bv?\d+\.\d|{DAY})",
    ),
    # Japanese: 非推奨の機能 and 廃止された機能 only mention it
    _asian(r"非推奨(?=です|である|に|と|[。、,.)）]|$)"),  # noqa: RUF001 - East Asian marks are meant
    _asian(
        r"廃止(?=され(?:ます|ました|ています|る予定|る[。）)]|る$)|予定|します|しました|となり|になり|です|[。）)]|$)"  # noqa: RUF001 - as above
    ),
    _asian(
        r"(?:提供|サポート)(?:[はをが][^。]{0,30})?終了"
        r"(?=し(?:ます|ました|ています)|する予定|予定|の予定|となり|です|[。）)]|$)"  # noqa: RUF001 - as above
    ),
    _asian(r"削除される予定|使用されなくなり"),
    # Chinese, simplified and traditional: 已弃用的 only mentions it; readers switch off (停用), too
    _asian(r"(?:[弃棄]用|[停终]止支持|停止支援|不再(?:受?支持|支援|提供|可用))(?![的后後])"),
    _asian(r"(?:(?:已|将|即将|于.{4,12})(?:停用|淘汰|过时|下线)|已過時)(?![的后後])"),
)

MENTION = re.compile(
    "|".join(f"(?:{form.words.pattern.removeprefix('(?i)')})" for form in FORMS), re.IGNORECASE
)


def announced(text: str) -> list[re.Match[str]]:
    """The words of one sentence that announce an end, in order; code and quotations say nothing."""
    if not MENTION.search(text):
        return []
    plain = MENTIONED.sub(lambda found: "_" * len(found[0]), text)
    found = {
        match.start(): match
        for form in FORMS
        for match in form.words.finditer(plain)
        if form.left.search(plain[max(0, match.start() - AROUND) : match.start()])
        and form.right.match(plain[match.end() : match.end() + AROUND])
        and form.anywhere.search(plain)
    }
    return [found[start] for start in sorted(found)]
