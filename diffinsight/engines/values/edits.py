"""What differs between the two sides of changed passages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from diffinsight.engines.choosing.passages import Edit, Passage
from diffinsight.engines.quoting.addresses import difference
from diffinsight.engines.quoting.code_differences import other_option
from diffinsight.engines.quoting.contrasting import contrast, shows_point
from diffinsight.engines.quoting.cutting import ELLIPSIS, shorten
from diffinsight.engines.quoting.differences import quotable
from diffinsight.engines.quoting.quote import Quote
from diffinsight.engines.values.beside import (
    Beside,
    beside,
    is_reserve,
    lone_side,
    without_same_end,
)
from diffinsight.engines.values.code import say_code_edit
from diffinsight.engines.values.exchanges import said_exchange
from diffinsight.engines.values.speaker import Speaker, Spoken
from diffinsight.languages import Markdown
from diffinsight.markdown_text import as_shown, is_code
from diffinsight.matching.edits import edits
from diffinsight.matching.marks import is_broken_link
from diffinsight.matching.sentences import is_another
from diffinsight.matching.weight import Weight
from diffinsight.matching.words import JOINING
from diffinsight.models import Finding

LEAST_EDIT = 3  # characters of a difference that a title can name
LONGEST_SENTENCE = 200  # characters of a changed sentence
LONGEST_COMMAND = 72  # ... of code in it: what did not change is read where it stands
LONGEST_RULE = 150  # ... in the words over all files: a rule is not told without its condition
LEAST_WORDS = 4  # that a title names of several small differences
LEAST_ROOM = 80  # characters of a quotation where there is room for one
MOST_QUOTES = 2  # in one sentence of the report, the weightiest
_TERM = re.compile(r"`([^`\n]{1,40})`\s?[:\u2013\u2014-]\s")  # and what it is
# An acronym and what it became, or an identifier.
_NAME = re.compile(r"[A-Z][\w-]*(?: [A-Z][\w-]*){0,3}|`[A-Za-z]\w*(?:[A-Z_.-]\w+)+`|`[A-Z]\w+`")
MOST_URGENT = 3  # ... where a reader must act on them


def edits_of(speaker: Speaker, passage: Passage, carried: Sequence[Markdown]) -> Spoken:
    """The differences and what is told along with them, unless they are too many to quote."""
    spoken: Spoken = {"carried": speaker.voice.enumerate(carried) if carried else None}
    found = _visible(quotable(passage))
    quotes = [quote for quote in found if not quote.slight]
    slight = len(found) - len(quotes)
    if is_repair(passage):
        quotes = [quote for quote in quotes if not is_broken_link(quote.before)]
    if quotes:
        chosen = _in_order(quotes[: _most(quotes)], passage.finding)
        told = dict.fromkeys(_quote(speaker, quote, passage.finding) for quote in chosen)
        along = () if speaker.voice.files else carried  # links are told with their file
        listed = (*told, *along, *_untold(speaker, len(quotes) + slight - len(chosen)))
        spoken |= {"edits": speaker.voice.enumerate(listed), "edit_list": listed}
        spoken |= {"carried": None, "sentences": any(quote.whole for quote in quotes)}
        spoken["term"] = _term(passage.finding, str(spoken["edits"]))
        spoken |= _first_edit(speaker, quotes, passage.finding)
    elif carried and not passage.edits:
        spoken |= {"edits": spoken["carried"], "carried": None, "edit_list": tuple(carried)}
    return spoken


def _untold(speaker: Speaker, count: int) -> Iterator[Markdown]:
    """How many places more changed; over all files, a sentence tells what weighs most."""
    if count and speaker.voice.files is None and not speaker.voice.plain:
        yield speaker.voice.say("edit.more", count=count)


def _term(finding: Finding, said: str) -> str | None:
    """The code that an item of a list explains, where what is ``said`` does not name it."""
    terms = {
        found[1] for side in (finding.before, finding.after) if (found := _TERM.match(side or ""))
    }
    term = terms.pop() if len(terms) == 1 else None
    return None if term is None or term in said else term


def is_repair(passage: Passage) -> bool:
    """Whether a link came where the marks of one were not right."""
    came = any(item.kind == "link-added" for item in passage.carried)
    return came and any(is_broken_link(old) and not new for old, new in passage.edits)


def _visible(quotes: Sequence[Quote]) -> Sequence[Quote]:
    """Those whose sides look different; all where none does."""
    seen = [quote for quote in quotes if _bare(quote.before) != _bare(quote.after)]
    return seen or quotes


def _bare(text: str) -> str:
    """As shown, without the marks of code, which titles do not have."""
    return as_shown(text).replace("`", "")


def _most(quotes: Sequence[Quote]) -> int:
    urgent = sum(quote.weight >= Weight.RULE for quote in quotes)
    return min(max(urgent, MOST_QUOTES), MOST_URGENT)


def _in_order(quotes: Sequence[Quote], finding: Finding) -> list[Quote]:
    """The weightiest first, but new sentences as they follow: one may lean on the one before it."""
    text = finding.after or ""
    new = [quote for quote in quotes if quote.whole and not quote.before]
    following = iter(sorted(new, key=lambda quote: text.find(quote.after)))
    return [next(following) if quote in new else quote for quote in quotes]


def _first_edit(speaker: Speaker, quotes: Sequence[Quote], finding: Finding) -> Spoken:
    """The one difference, or the weightiest where it is one that a reader must act on."""
    first = quotes[0]
    if said_exchange(speaker, first.before, first.after) is not None:
        return {}
    if len(quotes) > 1 and first.weight < Weight.LISTED:
        return _longest(speaker, quotes, finding)
    before, after, around = _sides(first, finding)
    old, new = contrast(before, after, speaker.voice.limit)
    if not (old and new):
        places: Spoken = {"edit_lead": around.lead or None, "edit_tail": around.tail or None}
        places["edit_condition"] = is_reserve(before) or None
        return {"edit_added": new or None, "edit_removed": old or None, **places}
    if speaker.voice.plain:
        named = _names(old, new)
        hidden = _bare(old) == _bare(new) or not shows_point(before, after, (old, new))
        if first.gave_way or ((hidden or _share_nothing(old, new)) and not named):
            return _hardly_shown(speaker, quotes, finding, (before, after))
        old, new = named or (old, new)
    cut = first.whole and max(len(first.before), len(first.after)) > speaker.voice.limit
    if (cut and first.weight < Weight.RULE) or len(old) < LEAST_EDIT:
        return {}  # a letter or two say nothing without what is around them
    return {"edit_before": old, "edit_after": new}


def _hardly_shown(
    speaker: Speaker, quotes: Sequence[Quote], finding: Finding, sides: tuple[str, str]
) -> Spoken:
    """What a title says of two sides in which nothing shows what became of what."""
    if finding.kind == "table-row-changed" and is_another(*sides):
        return {}  # both sides of the cell are named instead
    told = _one_side(quotes[0], sides[1], speaker.voice.limit)
    return told or _longest(speaker, quotes, finding)


def _longest(speaker: Speaker, quotes: Sequence[Quote], finding: Finding) -> Spoken:
    """What a title says of small differences: the most words that came or went, if they tell."""
    found = [side for quote in quotes for side in _one_sided(*without_same_end(*_both(quote)))]
    before, after = max(found, key=lambda sides: len("".join(sides)), default=("", ""))
    words = as_shown(before or after).split()
    while words and words[-1].strip(",;:").casefold() in JOINING:
        words.pop()
    piece = " ".join(words).strip(" ,;:")
    if not speaker.voice.plain or len(words) < LEAST_WORDS or piece.count("`") % 2:
        return {}
    around = beside((finding.before if before else finding.after) or "", piece)
    places: Spoken = {"edit_lead": around.lead or None, "edit_tail": around.tail or None}
    told = shorten(piece, speaker.voice.limit)
    return places | {"edit_removed" if before else "edit_added": told}


def _both(quote: Quote) -> Edit:
    return quote.before, quote.after


def _one_sided(before: str, after: str) -> Iterator[Edit]:
    """What came or went alone: all that differs, or one of the places where something does."""
    old, new = before.split(), after.split()
    room = min(len(old), len(new))
    start = next((i for i in range(room) if old[i] != new[i]), room)
    left = room - start
    end = next((i for i in range(left) if old[-1 - i] != new[-1 - i]), left)
    if start + end == room:
        yield " ".join(old[start : len(old) - end]), " ".join(new[start : len(new) - end])
        return
    places = ((edit.before, edit.after) for edit in edits(before, after))
    yield from (sides for sides in places if not all(sides))


def _share_nothing(old: str, new: str) -> bool:
    """Whether both sides are only beginnings, in which nothing shows what became of what."""
    begun = old.endswith(ELLIPSIS) and new.endswith(ELLIPSIS)
    return begun and not set(old.strip(ELLIPSIS).split()) & set(new.strip(ELLIPSIS).split())


def _one_side(quote: Quote, after: str, limit: int) -> Spoken:
    """What a title says of two sides that it cannot both show, or that say different things."""
    if quote.gave_way:
        return {"edit_now": shorten(after, limit)}
    if is_code(quote.before) and len(quote.before) <= limit:
        return {"edit_before": shorten(quote.before, limit), "edit_after": shorten(after, limit)}
    return {"edit_now": as_shown(after)} if quote.whole else {}


def _sides(quote: Quote, finding: Finding) -> tuple[str, str, Beside]:
    """What is told of a difference, and of words that came or went where they stand."""
    if quote.before and quote.after:
        lone = lone_side(quote.before, quote.after)
        return lone or (*without_same_end(quote.before, quote.after), Beside())
    text = (finding.after if quote.after else finding.before) or ""
    around = Beside() if quote.whole else beside(text, quote.after or quote.before)
    return quote.before, quote.after, around


def _names(old: str, new: str) -> tuple[str, str] | None:
    """The names alone, where all that differs is a name that became another one."""
    words, others = old.strip(ELLIPSIS).split(), new.strip(ELLIPSIS).split()
    while words and others and words[0] == others[0]:
        words, others = words[1:], others[1:]
    while words and others and words[-1] == others[-1]:
        words, others = words[:-1], others[:-1]
    sides = " ".join(words), " ".join(others)
    whole = len(sides[0]) >= LEAST_EDIT and all(map(_NAME.fullmatch, sides))
    alone = whole and (is_code(sides[0]) or not _goes_on(old, sides[0]))
    return (sides[0], sides[1]) if alone else None


def _code_alone(old: str, new: str) -> tuple[str, str] | None:
    """The code alone, where all that differs is a name in code marks that became another one."""
    named = _names(old, new)
    return named if named and all(map(is_code, named)) else None


def _goes_on(text: str, name: str) -> bool:
    """Whether a capitalised word or a number stands beside ``name``, and is a part of it."""
    before, _, behind = text.partition(name)
    around = (*before.strip(ELLIPSIS).split()[-1:], *behind.strip(ELLIPSIS).split()[:1])
    return any(word[:1].isupper() or word[:1].isdigit() for word in around)


def same_exchange(ones: Sequence[Spoken]) -> Spoken:
    """What was exchanged for what, when it is the same everywhere."""
    pairs = {(one.get("before"), one.get("after")) for one in ones}
    before, after = pairs.pop()
    return {} if pairs else {"same_before": before, "same_after": after}


def common(speaker: Speaker, findings: Sequence[Finding]) -> Spoken:
    """What all changed targets have in common: the part that went, the part that came."""
    parts = {difference(finding.before or "", finding.after or "") for finding in findings}
    before, after = parts.pop()
    if parts or not (before and after):
        return {}
    old, new = contrast(before, after, speaker.voice.limit)
    return {"common_before": old, "common_after": new}


def _quote(speaker: Speaker, quote: Quote, finding: Finding) -> Markdown:
    said = said_exchange(speaker, quote.before, quote.after)
    if said is not None:
        return said
    limit = speaker.voice.limit
    command = is_code(quote.before) and is_code(quote.after)
    option = other_option(quote.before, quote.after) if command else None
    if option and max(len(quote.before), len(quote.after)) > LONGEST_COMMAND:
        return say_code_edit(speaker.voice, option)
    if speaker.in_full and limit >= LEAST_ROOM:
        limit = LONGEST_COMMAND if command else LONGEST_SENTENCE
    elif quote.whole and quote.weight >= Weight.RULE and limit >= LEAST_ROOM:
        limit = LONGEST_RULE
    was, now, around = _sides(quote, finding)
    before, after = _code_alone(was, now) or contrast(was, now, limit)
    kind = "replaced" if before and after else "inserted" if after else "deleted"
    if kind == "replaced" and quote.gave_way:
        kind = "gave_way"
    return speaker.voice.say(
        f"edit.{kind}",
        before=before,
        after=after,
        left=around.lead,
        right=around.tail,
        condition=is_reserve(was),
    )
