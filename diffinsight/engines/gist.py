"""What a new page or section says: its description, its weightiest sentence, its first prose."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from diffinsight.engines.code_lines import added_lines
from diffinsight.matching.lexicon import lexicon_of
from diffinsight.matching.sentences import sentences
from diffinsight.matching.weight import COMMAND, Weight, weigh
from diffinsight.models import FileChange, LineRange

_DESCRIPTION = re.compile(r"description:\s*(['\"]?)(.+?)\1\s*")
_NO_PROSE = re.compile(r"#|[-*+] |\d+[.)] |[|>:<!\[`~=]|---|\s{4}|import |export |\w+:\s*$")
_KEY = re.compile(r"[\w.-]+:(\s|$)")
_ANSWER = re.compile(r"\s*answer:\s*(?:[|>][+-]?)?\s*(.*)")
_LEAST = 5  # words: fewer say nothing
_MOST = 2  # sentences
_LONGEST = 180  # characters
_LEADS = (":", "：")  # noqa: RUF001 - an East Asian mark is meant
_QUOTES = ('"', "“", "‘", "「", "'")  # noqa: RUF001 - quotation marks are meant
# What stands under one holds for some readers only.
_LABEL = re.compile(r"\*\*[^*]+(?:[:：]\*\*|\*\*[:：])")  # noqa: RUF001 - an East Asian mark is meant
_CONDITION = re.compile(r"(?:For|On|In|With|When|If)\b[^.:]{1,60}:\s|[^。：]{1,60}(?:のみ|場合)：")  # noqa: RUF001 - as above
_NAMED_ITEM = re.compile(r"[-*+]\s+(`[^`]+`.*\w \w.*)")
_CODE = re.compile(r"`([^`]+)`")
_DUE = re.compile(r"You(?:'ll)? (?:must|(?:will )?(?:need|have) to)\b|必ず|(?:您|你)?(?:必须|务必)")
_ITEM = re.compile(r"(?:[-*+]|\d+[.)]|>)\s+(?!\[!)")
_ADDRESS = re.compile(r"(?<!\()https?://")  # a bare one: it would be most of the quotation


def gist_of(change: FileChange, lines: LineRange | None = None) -> tuple[str, ...]:
    """One or two source texts of the new file or of ``lines`` in it; none where nothing tells."""
    if change.after is None:
        numbered = added_lines(change)
    else:
        numbered = tuple(enumerate(change.after.splitlines(), 1))
    first, last = lines or (1, len(numbered))
    known = frozenset((change.before or "").splitlines())
    text = [line for number, line in numbered if first <= number <= last and _is_new(line, known)]
    matter, prose = _parts(_answer(text))
    told = (_items(prose) or tuple(_urgent(prose))) if lines else ()
    if told:
        return told
    described = (found[2] for line in matter if (found := _DESCRIPTION.fullmatch(line)))
    said = (words for words in (*described, _paragraph(prose)) if _says_something(words))
    return tuple(words for words in said if not (lines and words.endswith(_LEADS)))[:1]


def _answer(lines: Sequence[str]) -> Sequence[str]:
    """Of a question that a page keeps as YAML, what answers it."""
    for number, line in enumerate(lines):
        answer = _ANSWER.match(line)
        if answer:
            return [answer[1], *(following.strip() for following in lines[number + 1 :])]
    return lines


def _says_something(words: str) -> bool:
    return len(words.split()) >= _LEAST or _is_cjk(words)


def _is_new(line: str, known: Collection[str]) -> bool:
    return not line.strip() or line not in known


def _items(lines: Sequence[str]) -> tuple[str, ...]:
    """Of a section that is a short list of things called by their names, what it says of them."""
    if any(line.lstrip().startswith(("```", "~~~")) for line in lines):
        return ()
    items = [item[1] for line in lines if (item := _NAMED_ITEM.match(line))]
    others = [line for line in lines if _ITEM.match(line.strip())]
    if not 0 < len(items) == len(others) <= _MOST:
        return ()
    return tuple(sentences(item)[0] for item in items)


def _urgent(lines: Sequence[str]) -> list[str]:
    """What a reader of a section has to do first, and what weighs most of the rest."""
    said = [sentence for sentence in _unconditional(lines) if _says_something(sentence)]
    named = tuple(code for line in lines if line.startswith("#") for code in _CODE.findall(line))
    urgent = [sentence for sentence in said if _tells_what_to_do(sentence) or _weighs(sentence)]
    if not urgent:
        return []
    does = any(map(_tells_what_to_do, urgent))
    first = min(urgent, key=lambda sentence: _urgency(sentence, named, does=does))
    others = [sentence for sentence in urgent if sentence is not first]
    return [first, *sorted(others, key=lambda sentence: -weigh("", sentence))[: _MOST - 1]]


def _unconditional(lines: Sequence[str]) -> Iterator[str]:
    """Whole sentences that hold for every reader of the section, and are no examples."""
    labelled = False
    for paragraph in _paragraphs(lines):
        if _LABEL.fullmatch(paragraph):
            labelled = True
        elif not labelled and not _CONDITION.match(paragraph):
            yield from (
                sentence
                for sentence in sentences(paragraph)
                if not sentence.endswith(_LEADS)
                and not sentence.startswith(_QUOTES)
                and not _ADDRESS.search(sentence)
            )


def _weighs(sentence: str) -> bool:
    return weigh("", sentence) >= Weight.RULE


def _tells_what_to_do(sentence: str) -> bool:
    return bool(COMMAND.search(sentence) or lexicon_of(sentence).count("advises", sentence))


def _urgency(sentence: str, named: Collection[str], *, does: bool) -> tuple[bool, int, int]:
    """``named``: code that the heading is about; lower is told earlier.

    ``does``: some sentence tells what to do, which comes after what one has to.
    """
    about = any(f"`{code} " in sentence for code in named)
    due = does and bool(_DUE.match(sentence))
    return not about, -2 * due - _tells_what_to_do(sentence), -weigh("", sentence)


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Prose and the items of lists, without code, tables and headings."""
    found: list[str] = []
    fenced = False
    for line in (*lines, ""):
        text = line.strip()
        fence = text.startswith(("```", "~~~"))
        fenced ^= fence
        item = _ITEM.match(text)
        told = bool(item) or not _NO_PROSE.match(text)
        if found and (fence or fenced or not text or item or not told):
            yield " ".join(found)
            found = []
        if told and text and not fenced and not fence:
            found.append(text[item.end() :] if item else text)


def _is_cjk(words: str) -> bool:
    return len(re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]", words)) >= 2 * _LEAST


def _parts(lines: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """The front matter and the rest."""
    if not lines or lines[0].strip() != "---":
        return (), lines
    end = next((i for i, line in enumerate(lines) if i and line.strip() == "---"), 0)
    return lines[1:end], lines[end + 1 :]


def _paragraph(lines: Sequence[str]) -> str:
    """The first paragraph of prose before any code, one that announces a list only for want."""
    found: list[str] = []
    lead = ""
    for line in lines:
        if line.lstrip().startswith(("```", "~~~")):
            break
        if line.strip() and not _NO_PROSE.match(line) and not _KEY.fullmatch(line):
            found.append(line.strip())
        elif found and found[-1].endswith(_LEADS) and len(sentences(" ".join(found))) == 1:
            lead, found = lead or " ".join(found), []
        elif found:
            break
    return _first_sentences(_without_lead(" ".join(found) or lead))


def _first_sentences(text: str) -> str:
    """As many whole sentences as there is room for; the first one in any case."""
    said = sentences(text)
    if len(text) <= _LONGEST or len(said) == 1:
        return text
    kept = said[0]
    for sentence in said[1:]:
        if len(kept) + len(sentence) >= _LONGEST:
            break
        kept = f"{kept} {sentence}"
    return kept


def _without_lead(text: str) -> str:
    """Without a last sentence that only announces what follows."""
    said = sentences(text)
    return " ".join(said[:-1]) if len(said) > 1 and text.endswith(_LEADS) else text
