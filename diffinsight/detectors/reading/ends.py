"""What a text says about the end of something: what ends, when, and whether it is over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from diffinsight.matching.announcing import DAY, SENTENCE_END, announced
from diffinsight.matching.words import first_words

DATE = re.compile(
    rf"\b(?i:on|by|until|before|after|as of|from|starting|effective|beginning|in)"
    rf"(?: or (?:before|after))?(?: the)? ({DAY})(?![\w-])"
    rf"|({DAY})(?=に|まで|をもって|以降|より|起|之?前|停用|[弃棄]用|淘汰)"
)
BARE_DATE = re.compile(rf"(?<![\w-]){DAY}(?![\w-])")
LONGEST_MARKED = 300  # characters of a name in which time may grow with the square
MARKED = re.compile(r"(`[^`]+`|(?:[A-Z][\w.+-]* )*[\w.+/-]+)\s*\($")
VERB = re.compile(
    r"(?i)\s(?:is|are|was|were|will|has|have|had|gets?)\b(?=(?:\s(?:be|been|being|now|not|soon|also|"
    r"officially|fully|currently|already|going|to|planned|scheduled|set|for))*\s*$)"
)
OVER = re.compile(r"(?i)\s(?:was|were|has been|have been)\s+(?:\w+\s)?$")
GONE = re.compile(r"(?i)no longer|dropped|removed|ended")
# "Dropped support for Python 3.8 and PyPy": up to a mark or the verb.
SUPPORTED = re.compile(
    r"\s+((?:(?!\s(?:is|was|has|will|in|as|since)\s)[^,;:(]){1,80}?)(?=$|[,;:(.](?:\s|$)|\s(?:is|was|has|will|in|as|since)\s)"
)
FUTURE = re.compile(r"(?i)\bwill\s+(?:\w+\s)?$")
LEAD = re.compile(
    r"(?i)^(?:on|by|in|from|starting|as of|effective|beginning|after)\s[^,]*(?:, \d{4})?,\s+"
)
PRONOUN = re.compile(r"(?i)(?:it|this|that|they|these|those|which|and|we|you|there)$")
RELATIVE = re.compile(r",?\s(?:which|that)$")
# "`x` is still recognized but is now deprecated": what stands before the first of the verbs.
EARLIER = re.compile(
    r"(?i)^(.{1,200}?)\s(?:is|are|was|were|will|has|have|had|can|may)\s.*\b(?:but|and|or|yet)$"
)
LONGEST_NAME = 12  # words
DEPRECATED = re.compile(r"(?i)deprecat|非推奨|[弃棄]用")
# What a reader is told to do: to use another thing; "is upgraded" happens without them.
MOVE = re.compile(
    r"(?i)\b(?:migrat(?:e|ing|ion)|switch(?:ing)?|upgrad(?:e|ing)|transition(?:ing)?|mov(?:e|ing))"
    r"\s(?:[^\s.;]+\s){0,5}?to\b"
    r"|[:;,]\suse\s|\binstead\b|\bin favou?r of\b|\breplac(?:ed (?:by|with)|ements?|es)\b"
    r"|\bsuccessors?\b"
    r"|移行|代わりに|置き換え|迁移|遷移|改用|替[代换換]|升级到"
)
# What goes on without the reader: another part does the same, or nothing has to be done.
TAKEN_OVER = re.compile(
    r"(?i)\b(?:is|are)\s+now\s+(?:\w+ly\s+)?"
    r"(?:managed|handled|done|performed|provided|included|built|created|made)\s+(?:by|in|into|for|with)\b"
    r"|\bno\s+(?:further\s+)?actions?\s+(?:is\s+|are\s+)?(?:required|needed)\b"
    r"|(?:対応|操作|作業)は(?:不要|必要ありません)|[无無]需(?:执行)?(?:任何)?操作"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class End:
    """A sentence that says that something ends."""

    sentence: str
    word: str
    thing: str  # what ends
    date: str | None = None  # when, where the end is still to come
    marked: bool = False  # `(deprecated)` stands behind its name
    over: bool = False  # it has ended already
    deprecated: bool = False  # it may still be used: only its use is advised against
    moves: bool = False  # it names what to use, or tells readers to move
    taken_over: bool = False  # something else does it now; nobody has to do anything


def said(texts: Sequence[str]) -> int:
    """How many words of them announce an end."""
    return sum(len(announced(sentence)) for sentence in _sentences(texts))


def ends(texts: Sequence[str]) -> Iterator[End]:
    """The sentences of texts about an end, as far as each can be taken apart."""
    for sentence in _sentences(texts):
        words = announced(sentence)
        if words:
            yield _end(sentence, words)


def _sentences(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        for sentence in SENTENCE_END.split(text):
            yield sentence.strip()


def _end(sentence: str, words: Sequence[re.Match[str]]) -> End:
    word = words[0]
    left, right = sentence[: word.start()], sentence[word.end() :]
    marked = MARKED.search(left[-LONGEST_MARKED:]) if right.startswith(")") else None
    over = bool(OVER.search(left) or GONE.match(word.group()))
    over = over and not FUTURE.search(left)
    date = None if over else DATE.search(sentence)
    taken_over = bool(TAKEN_OVER.search(sentence))
    return End(
        sentence=sentence,
        word=word.group().lower(),
        thing=marked[1] if marked else _thing(word.group(), left, right) or first_words(sentence),
        date=(date[1] or date[2]) if date else None,
        marked=bool(marked),
        over=over,
        deprecated=all(DEPRECATED.match(found.group()) for found in words),
        moves=bool(MOVE.search(sentence)) and not taken_over,
        taken_over=taken_over,
    )


def _thing(word: str, left: str, right: str) -> str:
    """What ends: its name stands behind "support for", or else before the verb."""
    name = SUPPORTED.match(right) if word.lower().endswith("support for") else None
    return first_words(name[1]) if name else thing_before(left)


def thing_before(left: str) -> str:
    """What the sentence is about: the words before its verb."""
    verb = VERB.search(left)
    if verb is None:
        return ""
    name = RELATIVE.sub("", LEAD.sub("", left[: verb.start()])).strip(" ,:;-")
    name = EARLIER.sub(r"\1", name)
    if PRONOUN.search(name) or not 0 < len(name.split()) <= LONGEST_NAME:
        return ""
    return first_words(name)


ENDING = re.compile(
    r"(?i)retire|end[- ]of[- ](?:life|support|service|sale)|\beol\b|sunset|deprecat|legacy|"
    r"discontinu|廃止|終了|非推奨|停用|弃用|退役"
)
LAST_FIRST = ("retire", "end", "eol", "sunset", "discontinu", "廃止", "終了", "退役", "停用")
# A column that names what ends, but not who made it or what comes instead.
NAMED = re.compile(
    r"""(?ix) ^
    (?!.*(?:provider|replac|suggest|alternat))
    (?=.*(?:
        model|product|feature|service|version|api|sku|name
      | モデル|機能|サービス
      | 模型|功能|服务
    ))"""
)
REPLACED = re.compile(r"(?i)replac|alternat|successor|代替|後継|替代|替换")


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A row of a table that says when things end."""

    thing: str
    date: str
    replacement: str = ""
    earlier: tuple[str, ...] = ()  # the other dates of the row, each with its column


def listed(cells: Sequence[str], columns: Sequence[str]) -> Listed | None:
    """What a row says, if a column of its table is about an end and the row has a date there."""
    row = list(zip(columns, cells, strict=False))
    dated = [
        (column, date.group())
        for column, cell in row
        if ENDING.search(column) and (date := BARE_DATE.search(cell))
    ]
    if not dated:
        return None
    named = (d for word in LAST_FIRST for d in dated if word in d[0].casefold())
    last = next(named, dated[-1])
    return Listed(
        thing=first_words(next((cell for column, cell in row if NAMED.search(column)), cells[0])),
        date=last[1],
        replacement=next((cell for column, cell in row if REPLACED.search(column)), ""),
        earlier=tuple(f"{column}: {date}" for column, date in dated if (column, date) != last),
    )
