"""What a new page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from diffinsight.engines.gists.sayings import (
    LONGEST,
    announces,
    leans,
    says_something,
    statements_of,
    tells,
)
from diffinsight.engines.quoting.source_prose import answer, first_step, opening, parts
from diffinsight.markdown_text import as_shown
from diffinsight.matching.lexicon import lexicon_of
from diffinsight.matching.sentences import sentences
from diffinsight.matching.words import STOP_WORDS, bag

_DESCRIPTION = re.compile(r"description:\s*(['\"]?)(.+?)\1\s*")
_TITLE = re.compile(r"title:\s*['\"]?(.+?)['\"]?\s*")
_HEADING = re.compile(r"# +(.+?)[ #]*")
_REPEATS = 0.7  # of a description's words, in the titles
_ALIEN = 0.3  # of a description's words, that the page doesn't begin with nor has in its headings
_LEAST_ALIEN = 4
_AWAY = re.compile(r"\b(?:below|above)\b")  # to what else the page says
_ACRONYM = re.compile(r"\b[A-Z]{3,6}\b")


def page_gist(lines: Sequence[str]) -> tuple[str, ...]:
    """How a page describes itself, and what it begins with or asks for where that tells more."""
    matter, prose = parts(answer(lines))
    descriptions = (_DESCRIPTION.fullmatch(line) for line in matter)
    said = (found[2] for found in descriptions if found)
    described = next(filter(says_something, said), "")
    called = (
        *map(_TITLE.fullmatch, matter),
        next(filter(None, map(_HEADING.fullmatch, prose)), None),
    )
    titles = [found[1] for found in called if found]
    start = _before_sections(prose)
    begins = _begins(start)
    if not described:
        begins = begins or _begins(prose) or _announced(prose) or _procedure(start)
        return (begins,) if begins else ()
    framed = lexicon_of(described).count("frames", described)
    rule = _rule(start) if framed else ""
    page = (*titles, *start, *(line for line in prose if line.startswith("#")))
    if (begins or rule) and (_repeats(described, titles) or _is_alien(described, page)):
        return tuple(filter(None, (begins, rule if as_shown(rule) not in as_shown(begins) else "")))
    news = (one for one in (rule, begins) if framed and one and not _repeats(one, [described]))
    more = next((one for one in news if len(one) <= LONGEST), "")
    return (described, more) if more else (described,)


def _before_sections(lines: Sequence[str]) -> Sequence[str]:
    return lines[: next((i for i, line in enumerate(lines) if line.startswith("##")), len(lines))]


def _repeats(described: str, titles: Sequence[str]) -> bool:
    """Whether a description says little more than a title."""
    own = _telling(_abbreviated(described, titles))
    return bool(own) and any(len(own & _telling(title)) >= _REPEATS * len(own) for title in titles)


def _is_alien(described: str, page: Sequence[str]) -> bool:
    """Whether a description is about what a page doesn't name where it says what it is about."""
    own = _telling(described)
    alien = own - frozenset().union(*map(_telling, map(as_shown, page)))
    return len(alien) >= _LEAST_ALIEN and len(alien) >= _ALIEN * len(own)


def _abbreviated(text: str, titles: Iterable[str]) -> str:
    """``text`` with the acronyms of the titles for the names that they stand for."""
    for short in (short for title in titles for short in _ACRONYM.findall(title)):
        words = r"\s+(?:(?:and|for|of)\s+)?".join(rf"{letter}[\w-]*" for letter in short)
        text = re.sub(rf"\b{words}\b", short, text)
    return text


def _telling(text: str) -> frozenset[str]:
    return bag(text) - STOP_WORDS - {"learn", "how", "about", "azure", "microsoft"}


def _rule(lines: Sequence[str]) -> str:
    """What every reader of the page has to know first."""
    rules = [said for said in statements_of(lines) if said.is_urgent and not said.leans]
    free = [
        said for said in rules if not (said.conditional or said.aside or _AWAY.search(said.text))
    ]
    return max(free, key=lambda said: (said.does, said.weight)).text if free else ""


def _begins(lines: Sequence[str]) -> str:
    """The first whole sentences that tell, as many as there is room for."""
    for paragraph in opening(lines):
        told: list[str] = []
        for sentence in sentences(paragraph):
            usable = tells(sentence) and (told or not leans(sentence))
            if not usable or (told and len(" ".join((*told, sentence))) > LONGEST):
                if told:
                    break
                continue
            told.append(sentence)
        if told and says_something(" ".join(told)):
            return " ".join(told)
    return ""


def _announced(lines: Sequence[str]) -> str:
    """What is done here: the first sentence that says so, or announces what follows."""
    said = (sentences(paragraph) for paragraph in opening(lines))
    told = (s[-1] if announces(s[-1]) else s[0] for s in said)
    framed = (one for one in told if lexicon_of(one).count("frames", one))
    return next((one for one in framed if not lexicon_of(one).opens("leads", one)), "")


def _procedure(lines: Sequence[str]) -> str:
    """What leads into the steps that a page is."""
    first = first_step(lines)
    said = [sentences(paragraph)[-1] for paragraph in opening(lines[:first])] if first else []
    return said[-1] if said and announces(said[-1]) and says_something(said[-1]) else ""
