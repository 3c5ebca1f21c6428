"""Where words came or went in a sentence: after or before which others."""

from __future__ import annotations

import re
from dataclasses import dataclass

from diffinsight.engines.quoting.cutting import ELLIPSIS, shorten
from diffinsight.markdown_text import as_shown
from diffinsight.matching.sentences import sentences
from diffinsight.matching.words import JOINING

_MOST_WORDS = 12  # of what came or went: more say by themselves what they are about
_LONGEST_PIECE = 40  # ... where they are the end of a sentence, or its start
_CONDITION = re.compile(r"(?:if|when|once|unless|until|as long as|provided)\b")  # ... but for what
_RESERVE = re.compile(r"(?:only )?(?:if|unless|as long as|provided that)\b")  # what must be so
_LEAST_ADDED = 2  # words: a single one is read best in what it stands in
_MOST_LEAD = 6  # words before it
_LEAST_TELLING = 2  # of these that say something
_LONGEST_TAIL = 48  # characters behind it
_STOPS = (".", "!", "?", "。", "！", "？", ":", "：")  # noqa: RUF001 - East Asian marks are meant
_MARKS = " .,;:!?()[]\"'“”‘’"  # noqa: RUF001 - typographic marks are meant


@dataclass(frozen=True, kw_only=True, slots=True)
class Beside:
    """What stands before words that came or went, or, at the start of a sentence, behind them."""

    lead: str = ""
    tail: str = ""


def is_reserve(piece: str) -> bool:
    """Whether words that came or went say under which condition the rest of it holds."""
    return bool(_RESERVE.match(as_shown(piece)))


def lone_side(before: str, after: str) -> tuple[str, str, Beside] | None:
    """Two pieces of which one is all of the other and more: what came or went, and where.

    None where either has words of its own, or hardly any came or went.
    """
    short, long = sorted((as_shown(before), as_shown(after)), key=len)
    kept, words = _words(short.rstrip("".join(_STOPS))), _words(long)
    most = len(words) - len(kept)
    if not kept or not _LEAST_ADDED <= most <= _LONGEST_PIECE or long.count("`") % 2:
        return None
    own = [_bare(word) for word in words]
    same = [_bare(word) for word in kept]
    if own[most:] == same:
        piece, beside = words[:most], Beside(tail=shorten(" ".join(words[most:]), _LONGEST_TAIL))
    elif own[: len(kept)] == same:
        piece, beside = words[len(kept) :], Beside(lead=_lead(kept, opened=False))
    else:
        return None
    text = " ".join(piece).rstrip(",:")
    if text.count("`") % 2 or not any(map(_tells, piece)):
        return None
    return ("", text, beside) if len(as_shown(after)) == len(long) else (text, "", beside)


def beside(text: str, piece: str) -> Beside:
    """The words around ``piece`` in the sentence of ``text`` that it is a part of."""
    shown, part = as_shown(text), as_shown(piece)
    alone = len(_words(part)) > _MOST_WORDS and not _CONDITION.match(part)
    if not part or alone or shown.count(part) != 1:
        return Beside()
    holder = next((one for one in sentences(shown) if part in one), "")
    before, _, behind = holder.partition(part)
    if not (behind + before).strip(_MARKS):
        return Beside()
    if before.count("`") % 2 or behind.count("`") % 2:
        return Beside()
    words = _words(before)
    if sum(map(_tells, words)) >= _LEAST_TELLING:
        return Beside(lead=_lead(words, opened=True))
    tail = behind.strip(" ,;:")
    return Beside(tail=shorten(tail, _LONGEST_TAIL)) if not words and " " in tail else Beside()


def _lead(words: list[str], *, opened: bool) -> str:
    """The last of ``words``, from one on that says something; ``opened``: of a whole sentence."""
    told = 0
    first = len(words)
    while first > 0 and told < _LEAST_TELLING + 1 and len(words) - first < _MOST_LEAD:
        first -= 1
        told += _tells(words[first])
    while first < len(words) - 1 and not _tells(words[first]):
        first += 1
    text = " ".join(words[first:]).rstrip(" ,;:")
    if text.count("`") % 2:
        text = " ".join(words).rstrip(" ,;:")
        first = 0
    return (ELLIPSIS if first or not (opened or text[:1].isupper()) else "") + text


def _words(text: str) -> list[str]:
    return text.split()


def _bare(word: str) -> str:
    return word.strip(_MARKS).casefold()


def _tells(word: str) -> bool:
    bare = _bare(word)
    return any(map(str.isalnum, bare)) and bare not in JOINING


def without_same_end(before: str, after: str) -> tuple[str, str]:
    """Two pieces without the word that both end in, where only its case tells it apart."""
    (old, _, last), (new, _, other) = before.rpartition(" "), after.rpartition(" ")
    alike = last.casefold() == other.casefold() and last != other and "`" not in last + other
    if not alike or not (old and new) or old.casefold() == new.casefold():
        return before, after
    return old.rstrip(" ,:"), new.rstrip(" ,:")
