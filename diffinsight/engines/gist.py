"""What a new page or section says, and what a removed one said, by its weightiest sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from diffinsight.engines.code_lines import added_lines, kept_lines, removed_lines
from diffinsight.engines.source_prose import (
    Paragraph,
    answer,
    command,
    has_code,
    is_fence,
    items,
    opening,
    paragraphs,
    parts,
)
from diffinsight.markdown_text import as_shown
from diffinsight.matching.lexicon import lexicon_of
from diffinsight.matching.sentences import sentences
from diffinsight.matching.weight import COMMAND, Weight, weigh
from diffinsight.matching.words import STOP_WORDS, bag
from diffinsight.models import FileChange, LineRange
from diffinsight.outline import in_markdown

_DESCRIPTION = re.compile(r"description:\s*(['\"]?)(.+?)\1\s*")
_TITLE = re.compile(r"(?:title:\s*['\"]?|# +)(.+?)['\"#]?\s*")
_LEAST = 5  # words: fewer say nothing
_MOST = 2  # sentences
_LONGEST = 180  # characters
_REPEATS = 0.7  # of a description's words, in the title
_LEADS = (":", "：")  # noqa: RUF001 - an East Asian mark is meant
_QUOTES = ('"', "“", "‘", "「", "'")  # noqa: RUF001 - quotation marks are meant
# What stands under one holds for some readers only.
_LABEL = re.compile(r"\*\*[^*]+(?:[:：]\*\*|\*\*[:：])")  # noqa: RUF001 - an East Asian mark is meant
_CONDITION = re.compile(r"(?:For|On|In|With|When|If)\b[^.:]{1,60}:\s|[^。：]{1,60}(?:のみ|場合)：")  # noqa: RUF001 - as above
_NAMED_ITEM = re.compile(r"[-*+]\s+(`[^`]+`.*\w \w.*)")
_CODE = re.compile(r"`([^`]+)`")
_DUE = re.compile(r"You(?:'ll)? (?:must|(?:will )?(?:need|have) to)\b|必ず|(?:您|你)?(?:必须|务必)")
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
_USUALLY = re.compile(r"(?i)\balways\b")  # said to praise as often as to rule

_Numbered = tuple[tuple[int, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Said:
    """A sentence of a section, or two of which the second leans on the first."""

    text: str
    opens: bool = False  # it says first what the section is about
    leans: bool = False  # on what the section is about
    item: bool = False  # of a list
    conditional: bool = False  # it holds for some readers

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
        return bool(COMMAND.search(self.text) or advises)

    @property
    def is_urgent(self) -> bool:
        return self.does or self.weight >= Weight.RULE


def gist_of(change: FileChange, lines: LineRange | None = None) -> tuple[str, ...]:
    """One or two source texts of the new file or of ``lines`` in it; none where nothing tells."""
    text = new_lines(change, lines)
    return _section(text) if lines else _page(text)


def new_lines(change: FileChange, lines: LineRange | None = None) -> list[str]:
    """The lines of the new file, or those of ``lines``, that the old one did not have."""
    known = _known(change)
    here = [line for _, line in _between(_new_side(change), lines) if _is_new(line, known)]
    return in_markdown(change.path, here)


def _between(numbered: _Numbered, lines: LineRange | None) -> _Numbered:
    if lines is None:
        return numbered
    first = bisect_left(numbered, lines[0], key=itemgetter(0))
    return numbered[first : bisect_right(numbered, lines[1], key=itemgetter(0))]


# Asked for section by section.
@lru_cache(maxsize=2)
def _new_side(change: FileChange) -> _Numbered:
    if change.after is None:
        return added_lines(change)
    return tuple(enumerate(change.after.splitlines(), 1))


@lru_cache(maxsize=2)
def _old_side(change: FileChange) -> _Numbered:
    if change.before is None or change.after is None:
        return removed_lines(change)
    return tuple(enumerate(change.before.splitlines(), 1))


@lru_cache(maxsize=2)
def _known(change: FileChange) -> frozenset[str]:
    return frozenset((change.before or "").splitlines())


@lru_cache(maxsize=2)
def _still_said(change: FileChange) -> str:
    """What the new file says, as a reader sees it, as far as it is known."""
    if change.before is not None and change.after is not None:
        return as_shown(change.after)
    came = (text for _, text in added_lines(change))
    return as_shown("\n".join((*came, *kept_lines(change))))


def known_lines(change: FileChange) -> str:
    """What a file said before, as far as it is known."""
    return change.before or "\n".join(kept_lines(change))


def lost_of(change: FileChange, lines: LineRange) -> tuple[str, ...]:
    """What ``lines`` of the old file said that the new one does not say; as `gist_of`."""
    here = [line for _, line in _between(_old_side(change), lines)]
    said = _section(in_markdown(change.path, here), lists=True)
    still = _still_said(change) if said else ""
    return tuple(text for text in said if as_shown(text) not in still)


def _is_new(line: str, known: Collection[str]) -> bool:
    """A fence is alike in all code; without it, the code in it would be prose."""
    return not line.strip() or is_fence(line) or line not in known


def _page(lines: Sequence[str]) -> tuple[str, ...]:
    """How a page describes itself, and what it begins with where that tells more."""
    matter, prose = parts(answer(lines))
    descriptions = (_DESCRIPTION.fullmatch(line) for line in matter)
    said = (found[2] for found in descriptions if found)
    described = next(filter(_says_something, said), "")
    titles = [found[1] for found in map(_TITLE.fullmatch, lines) if found][:_MOST]
    begins = _begins(_before_sections(prose))
    if not described:
        begins = begins or _begins(prose) or _announced(prose)
        return (begins,) if begins else ()
    if begins and _repeats(described, titles):
        return (begins,)
    frames = lexicon_of(described).count("frames", described)
    more = begins if frames and not _repeats(begins, [described]) else ""
    return (described, more) if more and len(more) <= _LONGEST else (described,)


def _before_sections(lines: Sequence[str]) -> Sequence[str]:
    return lines[: next((i for i, line in enumerate(lines) if line.startswith("##")), len(lines))]


def _repeats(described: str, titles: Iterable[str]) -> bool:
    """Whether a description says little more than the title."""
    own = _telling(described)
    return bool(own) and any(len(own & _telling(title)) >= _REPEATS * len(own) for title in titles)


def _telling(text: str) -> frozenset[str]:
    return bag(text) - STOP_WORDS - {"learn", "how", "about", "azure", "microsoft"}


def _begins(lines: Sequence[str]) -> str:
    """The first whole sentences that tell, as many as there is room for."""
    for paragraph in opening(lines):
        told: list[str] = []
        for sentence in sentences(paragraph):
            usable = _tells(sentence) and (told or not _leans(sentence))
            if not usable or (told and len(" ".join((*told, sentence))) > _LONGEST):
                if told:
                    break
                continue
            told.append(sentence)
        if told and _says_something(" ".join(told)):
            return " ".join(told)
    return ""


def _announced(lines: Sequence[str]) -> str:
    """What is done here: the first sentence that says so, or announces what follows."""
    said = (sentences(paragraph) for paragraph in opening(lines))
    told = (s[-1] if s[-1].endswith(_LEADS) else s[0] for s in said)
    framed = (one for one in told if lexicon_of(one).count("frames", one))
    return next((one for one in framed if not lexicon_of(one).opens("leads", one)), "")


def _tells(sentence: str) -> bool:
    """Whether a sentence is about its subject, and no example, lead-in or pointer."""
    if sentence.endswith(_LEADS) or sentence.startswith(_QUOTES):
        return False
    if _ADDRESS.search(sentence) or _NO_STATEMENT.match(sentence):
        return False
    lexicon = lexicon_of(sentence)
    light = weigh("", sentence) < Weight.RULE or lexicon.opens("points", sentence)
    points = lexicon.opens("leads", sentence) and light
    return not points and not lexicon.count("frames", sentence)


def _leans(sentence: str) -> bool:
    lexicon = lexicon_of(sentence)
    return lexicon.opens("leans", sentence) and not lexicon.opens("stands", sentence)


def _says_something(words: str) -> bool:
    return len(words.split()) >= _LEAST or _is_cjk(words)


def _is_cjk(words: str) -> bool:
    return len(re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]", words)) >= 2 * _LEAST


def _section(lines: Sequence[str], *, lists: bool = False) -> tuple[str, ...]:
    """What a reader of a section has to do first, or what it is about; then what weighs most.

    ``lists``: also an item of a list that something leads to, where nothing else tells.
    """
    lines = answer(lines)
    listed = _items(lines)
    if listed:
        return listed
    said = [one for one in _statements(lines) if _says_something(one.text)]
    if lists:  # what there was to run is less of a loss
        said = [one for one in said if not COMMAND.search(one.text)] or said
    named = tuple(code for line in lines if line.startswith("#") for code in _CODE.findall(line))
    alone = all(paragraph.item for paragraph in paragraphs(lines))  # as in a list of releases
    first = _first(said, named, lists=lists or alone)
    if first is None:
        return ()
    others = [one for one in said if one.text not in first.text and first.text not in one.text]
    urgent = sorted((one for one in others if one.is_urgent), key=_afterwards)
    more = [one.text for one in urgent] or [command(lines)]
    more += [one.text for one in others if one.opens]
    return (first.text, *[text for text in more if text and text not in first.text][: _MOST - 1])


def _first(said: Sequence[_Said], named: Collection[str], *, lists: bool) -> _Said | None:
    """A rule that holds for everybody, or else what the section is about."""
    free = [one for one in said if not one.leans]
    general = [one for one in free if one.is_urgent and not one.conditional]
    if general:
        does = any(one.does for one in general)
        return min(general, key=lambda one: _urgency(one, named, does=does))
    urgent = sorted((one for one in free if one.is_urgent), key=_afterwards)
    about = [one for one in free if one.opens and not one.conditional]
    prose = [one for one in free if lists or not one.item]
    return next(iter((*about, *urgent, *prose)), None)


def _afterwards(said: _Said) -> tuple[bool, int]:
    return said.conditional, -said.weight


def _urgency(said: _Said, named: Collection[str], *, does: bool) -> tuple[bool, int, int]:
    """``named``: code that the heading is about; lower is told earlier.

    ``does``: some sentence tells what to do, which comes after what one has to.
    """
    about = any(f"`{code} " in said.text for code in named)
    due = does and bool(_DUE.match(said.text))
    return not about, -2 * due - said.does, -said.weight


def _items(lines: Sequence[str]) -> tuple[str, ...]:
    """Of a section that is a short list of things called by their names, what it says of them."""
    if has_code(lines):
        return ()
    named = [item[1] for line in lines if (item := _NAMED_ITEM.match(line))]
    if not 0 < len(named) == len(items(lines)) <= _MOST:
        return ()
    return tuple(sentences(item)[0] for item in named)


def _statements(lines: Sequence[str]) -> Iterator[_Said]:
    """What holds for every reader of the section, is no example, and can stand alone."""
    labelled = opened = False
    for paragraph in paragraphs(lines):
        if _LABEL.fullmatch(paragraph.text):
            labelled = True
        elif not labelled and not _CONDITION.match(paragraph.text):
            for said in _of_paragraph(paragraph, first=not opened):
                yield said
                opened = True


def _of_paragraph(paragraph: Paragraph, *, first: bool) -> Iterator[_Said]:
    before, item = "", paragraph.item
    text = _plain(_NOTE.sub("", paragraph.text))
    for sentence in sentences(text) if not item or _is_whole(text) else ():
        leans = _leans(sentence)
        both = f"{before} {sentence}"
        if not _tells(sentence):
            before = ""
        elif not leans:
            yield _said(sentence, opens=first and not item, item=item)
            first, before = False, sentence
        elif before and len(both) <= _LONGEST:
            yield _said(both, item=item)
            before = ""
        elif first:  # on the heading
            yield _said(sentence, leans=True, item=item)
            first, before = False, ""


def _plain(text: str) -> str:
    """``text`` without the addresses of links, and without marks around code."""
    return _MARKED_CODE.sub(r"\1\2", text)


def _is_whole(item: str) -> bool:
    """Whether an item of a list is a sentence, or says what to run."""
    return bool(_STOPPED.search(item[-_END:]) or COMMAND.search(item))


def _said(text: str, *, item: bool, opens: bool = False, leans: bool = False) -> _Said:
    conditional = lexicon_of(text).opens("conditions", text)
    return _Said(text=text, item=item, opens=opens, leans=leans, conditional=conditional)
