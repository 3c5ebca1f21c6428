"""Which differences of a changed text are quoted: its words, or the sentences they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from diffinsight.engines.choosing.passages import Edit, Passage
from diffinsight.engines.quoting.quote import Quote
from diffinsight.engines.quoting.said_on import answers_joined, not_as_exchanges
from diffinsight.matching.phrases import Phrase, phrases
from diffinsight.matching.sentences import alike, changed_sentences, is_kept, sentences
from diffinsight.matching.weight import Weight, weigh
from diffinsight.matching.words import STOP_WORDS, bag, words_of
from diffinsight.models import Finding, Json

MOST_EDITS = 4  # more differences than these are counted instead of quoted
LONGEST_EDIT = 40  # words changed in a text whose differences are still worth quoting
_LEAST_ALIKE = 0.14  # of two sentences in one place; below it, one only came where one went
_MORE_WORDS = 3  # beside a command, that say something of it
_MOST_SENTENCES = 6  # changed ones: more, and the text is another one
_LABEL = re.compile(r"(`[^`\n]+`)\s?[:\u2013\u2014]\s+(?=\S)")  # and what it is
_PROSE = frozenset(f"{block}-changed" for block in ("paragraph", "list-item", "step", "note"))


def quotable(passage: Passage) -> tuple[Quote, ...]:
    """Differences before → after, few enough to quote; none when only counts can be told.

    Of prose the weightiest come first, and those that say nothing beside others are ``slight``.
    """
    finding = passage.finding
    if finding.kind in _PROSE and finding.before and finding.after:
        return _of_prose(finding.before, finding.after, passage)
    size = sum(_integer(finding.values.get(name)) for name in ("words_added", "words_removed"))
    few = len(passage.edits) <= MOST_EDITS and size <= LONGEST_EDIT and not passage.more_edits
    noted = _noted(finding)
    edits = (edit for edit in passage.edits if edit not in noted)
    return tuple(Quote(before=was, after=now) for was, now in edits) if few else ()


def _noted(row: Finding) -> frozenset[Edit]:
    """What the footnotes say that a row's cells point at: none of its own words."""
    cells = row.values.get("cells")
    listed = cells if isinstance(cells, tuple | list) else ()
    marked = [cell for cell in listed if isinstance(cell, Mapping) and cell.get("footnote")]
    return frozenset((str(cell.get("before")), str(cell.get("after"))) for cell in marked)


def _of_prose(before: str, after: str, passage: Passage) -> tuple[Quote, ...]:
    labels, before, after = _labels(before, after)
    pairs = changed_sentences(before, after)
    if len(pairs) > _MOST_SENTENCES:
        return ()
    left = _told_here(passage)
    commands = list(_commands(passage))
    found = [*labels, *(quote for pair in pairs for quote in _of_sentence(*pair, left))]
    found = list(not_as_exchanges(answers_joined(found, after), pairs))
    found = list(_exchanged(found, before, after))
    stood = set(sentences(before))
    came = [sentence for sentence in sentences(after) if sentence not in stood]
    true = [
        quote
        for quote in found
        if not (_stands_on(quote, before, after) or _is_reworded(quote, came))
    ]
    more = [quote for quote in true if any(_says_more(quote, c) for c in commands)]
    commands = [c for c in commands if not any(_is_about(quote, c) for quote in more)]
    true = [quote for quote in true if not any(_is_about(quote, c) for c in commands)]
    true = [replace(quote, weight=Weight.FIGURE) if quote in more else quote for quote in true]
    telling = [quote for quote in (*commands, *true) if quote.weight] or true
    telling = [quote for quote in telling if not quote.light] or telling
    slight = [replace(quote, slight=True) for quote in true if quote not in telling]
    # Of one weight, a sentence and what became of it tell more than one that came or went.
    return (*sorted(telling, key=_place), *slight)


def _labels(before: str, after: str) -> tuple[tuple[Quote, ...], str, str]:
    """What an item names in code where that is another one, and both texts without it."""
    old, new = _LABEL.match(before), _LABEL.match(after)
    if not (old and new) or old[1] == new[1]:
        return (), before, after
    label = Quote(before=old[1], after=new[1], weight=weigh(old[1], new[1]))
    return (label,), before[old.end() :], after[new.end() :]


def _place(quote: Quote) -> tuple[int, bool, bool]:
    return -quote.weight, not quote.is_exchange, quote.whole and not quote.after


def weightiest(before: str, after: str) -> Edit:
    """What differs most between two texts: a piece of a sentence, or one that came or went."""
    pairs = changed_sentences(before, after)
    found = [quote for pair in pairs for quote in _of_sentence(*pair, None)]
    if not found:
        return before, after
    best = max(found, key=lambda quote: (quote.weight, not quote.light))
    return best.before, best.after


def _commands(passage: Passage) -> Iterator[Quote]:
    """Commands that became others: they are told whole, and nothing beside them."""
    listed = passage.finding.values.get("exchanged")
    for command in listed if isinstance(listed, tuple | list) else ():
        if isinstance(command, Mapping):
            before, after = str(command.get("before")), str(command.get("after"))
            yield Quote(before=before, after=after, whole=True, weight=Weight.FIGURE)


def _is_about(quote: Quote, command: Quote) -> bool:
    return command.before in quote.before and command.after in quote.after


def _says_more(quote: Quote, command: Quote) -> bool:
    """Whether a command was exchanged together with words that are new, such as what it means."""
    if not _is_about(quote, command):
        return False
    old, new = quote.before.replace(command.before, ""), quote.after.replace(command.after, "")
    return len(bag(new) - bag(old) - STOP_WORDS) >= _MORE_WORDS


def _exchanged(quotes: Sequence[Quote], before: str, after: str) -> Iterator[Quote]:
    """``quotes``, what went and a sentence that came in its place, or says it, as one exchange."""
    old, new = sentences(before), sentences(after)
    found: dict[int, Quote] = {}
    for went in quotes:
        came = (quote for quote in quotes if quote.whole and not quote.before)
        for other in came if went.before and not went.after else ():
            same = went.whole and _same_place(went.before, other.after, old, new)
            if id(other) not in found and (same or is_kept(went.before, other.after)):
                found[id(other)] = went
                break
    taken = {id(went) for went in found.values()}
    for quote in quotes:
        one = found.get(id(quote))
        if one:
            weight = max(one.weight, quote.weight)
            apart = not is_kept(one.before, quote.after)
            yield replace(quote, before=one.before, weight=weight, gave_way=apart)
        elif id(quote) not in taken:
            yield quote


def _same_place(one: str, other: str, old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    """Whether both stand between the same sentences, or beside one and share a word or two.

    The end of a text is one of them, where not all of it is another one.
    """
    if one not in old or other not in new:
        return False
    i, j = old.index(one), new.index(other)
    beside = old[:i][-1:] == new[:j][-1:], old[i + 1 : i + 2] == new[j + 1 : j + 2]
    return (all(beside) and len(old) > 1) or (any(beside) and alike(one, other) >= _LEAST_ALIKE)


def _is_reworded(quote: Quote, came: Sequence[str]) -> bool:
    """Whether a sentence that went is much the same as one that came."""
    return quote.whole and not quote.after and is_kept(quote.before, " ".join(came))


def _told_here(passage: Passage) -> frozenset[Edit] | None:
    """The edits that no fact tells; None: all of them, as not all are listed."""
    return None if passage.more_edits else frozenset(passage.edits)


def _of_sentence(before: str, after: str, left: frozenset[Edit] | None) -> Iterator[Quote]:
    """Of one sentence and what became of it, what is not told elsewhere."""
    weight = weigh(before, after)
    if not (before and after):
        if left is None or (before, after) in left:
            yield Quote(before=before, after=after, whole=True, weight=weight)
        return
    for phrase in phrases(before, after):
        own = {(edit.before, edit.after) for edit in phrase.edits}
        if left is None or own & left:
            yield _quote(phrase, before, after, weight)


def _quote(phrase: Phrase, before: str, after: str, weight: Weight) -> Quote:
    """A piece that went but still stands in the sentence, or the reverse, is told with it all."""
    light = weight <= Weight.WORDING and all(
        set(words_of(f"{edit.before} {edit.after}")) <= STOP_WORDS for edit in phrase.edits
    )
    lone = Quote(
        before=phrase.before, after=phrase.after, whole=phrase.whole, weight=weight, light=light
    )
    if _stands_on(lone, before, after):
        return Quote(before=before, after=after, whole=True, weight=weight)
    return lone


def _stands_on(quote: Quote, before: str, after: str) -> bool:
    """Whether what is said to have gone is still there, or what came was there before."""
    if quote.before and quote.after:
        return False
    return _holds(after, quote.before) if quote.before else _holds(before, quote.after)


def _holds(text: str, piece: str) -> bool:
    """Whether the words of ``piece`` stand in ``text`` one after the other."""
    words, wanted = (" ".join(words_of(side)) for side in (text, piece))
    return bool(wanted) and f" {wanted} " in f" {words} "


def _integer(value: Json) -> int:
    return value if isinstance(value, int) else 0
