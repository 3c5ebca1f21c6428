"""The sentences of a page or section that can stand for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from diffinsight.engines.quoting.source_prose import (
    Paragraph,
    paragraphs,
    with_commands,
    with_lists,
)
from diffinsight.matching.lexicon import Class, lexicon_of
from diffinsight.matching.sentences import sentences
from diffinsight.matching.weight import COMMAND, Weight, weigh

LONGEST = 180  # characters of what stands for a section
_LEAST = 5  # words: fewer say nothing
_LEADS = (":", "：")  # noqa: RUF001 - an East Asian mark is meant
_QUOTES = ('"', "“", "‘", "「", "'")  # noqa: RUF001 - quotation marks are meant
# What stands under one holds for some readers only.
_LABEL = re.compile(r"\*\*[^*]+(?:[:：]\*\*|\*\*[:：])")  # noqa: RUF001 - an East Asian mark is meant
_CONDITION = re.compile(r"(?:For|On|In|With|When|If)\b[^.:]{1,60}:\s|[^。：]{1,60}(?:のみ|場合)：")  # noqa: RUF001 - as above
_FREED = re.compile(r"(?i)(?:\bnot|n't|\bno)\s+(?:longer\s+)?(?:require|need)|不需要|不要|必要はあ")
_ADDRESS = re.compile(r"(?<!\()https?://")  # a bare one: it would be most of the quotation
_NOTE = re.compile(r"^\W{0,2}(?:Note|Tip|Important|Warning|Caution)\b\W{0,3}\s(?=[A-Z`\[])")
# Of bounded length and read once: pages are hostile.
_MARKED_CODE = re.compile(
    r"\[((?:`[^`\n]{1,100}+`|[^\[\]`\n]){1,200}+)\]\([^()\s]{1,300}\)|\*\*(`[^`\n]{1,100}+`)\*\*"
)
_END = 8  # characters of a text that say whether it ends in a mark
_STOPPED = re.compile(r"[.!。！]\W*$")  # noqa: RUF001 - East Asian marks are meant
_NO_STATEMENT = re.compile(r"#|\[[^\]]*\]\([^)]*\)\W*$|.*[?？]$|.*: See ")  # noqa: RUF001 - an East Asian mark is meant
_LED = re.compile(r"[:：] `[^`]+`$")  # noqa: RUF001 - an East Asian mark is meant
# To what another sentence named; what something is done for is clear enough from the heading.
_BACK = re.compile(
    r"(?i)(?!To )(?:.{0,200}\b(?:these|those|this) [a-z`]|(?:an|the) alternative\b|(?:an)?other\b)"
)
_DUE = re.compile(r"You(?:'ll)? (?:must|(?:will )?(?:need|have) to)\b|必ず|(?:您|你)?(?:必须|务必)")
_BINDING: tuple[Class, ...] = ("bars", "demands", "bounds", "advises")
_USUALLY = re.compile(r"(?i)\balways\b")  # said to praise as often as to rule


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A sentence of a section, or two of which the second leans on the first."""

    text: str
    place: int = 0  # among the sentences of the section
    opens: bool = False  # it says first what the section is about
    leans: bool = False  # on what the section is about
    item: bool = False  # of a list
    answered: bool = False  # by what leans on it, for which there is no room
    aside: bool = False  # in a note
    conditional: bool = False  # it holds for some readers
    last: bool = False  # behind a list that nothing leads into: it says what is left to say

    @property
    def weight(self) -> Weight:
        if _FREED.search(self.text):
            return Weight.SENTENCE
        return max(weigh("", _USUALLY.sub("", self.text)), self._default)

    @property
    def _default(self) -> Weight:
        """What holds unless somebody changes it is a rule."""
        default = lexicon_of(self.text).count("defaults", self.text)
        return Weight.RULE if default else Weight.NOTHING

    @property
    def does(self) -> bool:
        """Whether it tells what to do."""
        advises = lexicon_of(self.text).count("advises", self.text)
        return bool(COMMAND.search(self.text) or advises or self._asks)

    @property
    def _asks(self) -> bool:
        return bool(lexicon_of(self.text).count("asks", self.text))

    @property
    def is_urgent(self) -> bool:
        return not self.answered and (self.does or self.weight >= Weight.RULE)

    @property
    def is_main(self) -> bool:
        """Whether it comes before what the section is about: what is done, is barred, or ends."""
        here = not (self.item or self.aside)
        return self.weight == Weight.END or (here and (self.does or self.is_due or self.bars))

    @property
    def is_due(self) -> bool:
        """Whether every reader has to do it."""
        return bool(_DUE.match(self.text))

    @property
    def lists(self) -> bool:
        """Whether it ends in what a list names."""
        lead, _, names = self.text.rpartition(": ")
        return bool(lead) and ", " in names

    @property
    def leads_to_code(self) -> bool:
        """Whether it ends in what to run or set: what is said without that comes first."""
        return bool(_LED.search(self.text))

    @property
    def bars(self) -> bool:
        """Whether something is not possible."""
        return bool(lexicon_of(self.text).count("bars", self.text))

    @property
    def limits(self) -> bool:
        """Whether it names a bound of something."""
        return bool(lexicon_of(self.text).count("limits", self.text))

    @property
    def looks(self) -> bool:
        """Whether it has readers look at something, on which depends what they do then."""
        return bool(lexicon_of(self.text).count("looks", self.text))

    @property
    def binds(self) -> bool:
        """Whether readers had to follow it, or could not do something."""
        lexicon = lexicon_of(self.text)
        return any(lexicon.count(name, self.text) for name in _BINDING)

    @property
    def is_vague(self) -> bool:
        """Whether it tells only what somebody may see, and nothing to do about it."""
        vague = lexicon_of(self.text).count("vague", self.text)
        return bool(vague) and not self.does


def statements_of(lines: Sequence[str]) -> tuple[Said, ...]:
    """What holds for every reader of the section, is no example, and can stand alone."""
    return tuple(
        replace(said, place=place)
        for place, said in enumerate(_statements(with_lists(with_commands(lines))))
        if says_something(said.text)
    )


def _statements(lines: Sequence[str]) -> Iterator[Said]:
    opened = listed = begun = False
    labelled = label = ""
    for paragraph in paragraphs(lines):
        if _LABEL.fullmatch(paragraph.text):
            labelled = label = paragraph.text.strip("*:： ")  # noqa: RUF001 - an East Asian mark is meant
        elif label:
            yield from _under(label, paragraph)
            label = ""
        elif not labelled and not _CONDITION.match(paragraph.text):
            last = listed and not begun and not paragraph.item
            for said in _of_paragraph(paragraph, first=not opened):
                yield replace(said, last=last, opens=said.opens and not last)
                opened = opened or _is_first(said)
                begun = begun or not (paragraph.item or said.leans or said.is_vague)
            listed = listed or paragraph.item


def _under(label: str, paragraph: Paragraph) -> Iterator[Said]:
    """What some readers must or cannot do, with the words that say which ones."""
    text = "".join(sentences(_plain(_NOTE.sub("", paragraph.text)))[:1])
    said = Said(text=f"{label}: {text}", conditional=True, aside=paragraph.aside)
    rules = said.bars or weigh("", text) >= Weight.RULE
    if rules and not paragraph.item and _STOPPED.search(text[-_END:]) and tells(text):
        yield said


def _is_first(said: Said) -> bool:
    """Whether what follows no longer says first what the section is about."""
    return says_something(said.text) and not said.leads_to_code


def _of_paragraph(paragraph: Paragraph, *, first: bool) -> Iterator[Said]:
    before: Said | None = None
    text = _plain(_NOTE.sub("", paragraph.text))
    for sentence in sentences(text) if not paragraph.item or _is_whole(text) else ():
        lean = leans(sentence) or (not first and _points_back(sentence))
        if before and lean and tells(sentence):
            both = f"{before.text} {sentence}"
            fits = len(both) <= LONGEST
            bounds = not before.opens and (before.bars or before.limits)
            yield before if fits else replace(before, answered=bounds)
            if fits:
                yield _said(both, paragraph)
            before = None
            continue
        if before:
            yield before
            before = None
        if tells(sentence) and not lean:
            before = _said(sentence, paragraph, opens=first and not paragraph.item)
            first = first and not _is_first(before)
        elif tells(sentence) and first:  # on the heading
            yield _said(sentence, paragraph, lean=True)
            first = False
    if before:
        yield before


def _plain(text: str) -> str:
    """``text`` without the addresses of links, and without marks around code."""
    return _MARKED_CODE.sub(r"\1\2", text)


def is_stopped(text: str) -> bool:
    """Whether a full stop, or what stands for one, ends it."""
    return bool(_STOPPED.search(text[-_END:]))


def _is_whole(item: str) -> bool:
    """Whether an item of a list is a sentence, or says what to run."""
    return is_stopped(item) or bool(COMMAND.search(item))


def _said(text: str, paragraph: Paragraph, *, opens: bool = False, lean: bool = False) -> Said:
    conditional = lexicon_of(text).opens("conditions", text)
    return Said(
        text=text,
        opens=opens and not _LED.search(text) and is_stopped(text),
        leans=lean,
        item=paragraph.item,
        aside=paragraph.aside,
        conditional=conditional,
    )


def tells(sentence: str) -> bool:
    """Whether a sentence is about its subject, and no example, lead-in or pointer."""
    if sentence.endswith(_LEADS) or sentence.startswith(_QUOTES):
        return False
    if _ADDRESS.search(sentence) or _NO_STATEMENT.match(sentence):
        return False
    lexicon = lexicon_of(sentence)
    light = weigh("", sentence) < Weight.RULE or lexicon.opens("points", sentence)
    points = lexicon.opens("leads", sentence) and not lexicon.opens("asks", sentence) and light
    return not points and not lexicon.count("frames", sentence)


def leans(sentence: str) -> bool:
    """Whether a sentence says nothing without the one before it."""
    lexicon = lexicon_of(sentence)
    return lexicon.opens("leans", sentence) and not lexicon.opens("stands", sentence)


def _points_back(sentence: str) -> bool:
    """Whether a sentence speaks of what another one named."""
    return bool(_BACK.match(sentence))


def announces(sentence: str) -> bool:
    """Whether a sentence only leads to what follows it."""
    return sentence.endswith(_LEADS)


def says_something(words: str) -> bool:
    """Whether there are enough words for a statement."""
    return len(words.split()) >= _LEAST or _is_cjk(words)


def _is_cjk(words: str) -> bool:
    return len(re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]", words)) >= 2 * _LEAST
