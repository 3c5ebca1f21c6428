"""What a new page or section says, and what a removed one said, by its weightiest sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter

from diffinsight.engines.gists.page_gist import page_gist
from diffinsight.engines.gists.sayings import Said, statements_of
from diffinsight.engines.quoting.code_lines import added_lines, kept_lines, removed_lines
from diffinsight.engines.quoting.source_prose import (
    answer,
    asks_or_answers,
    command,
    has_code,
    is_fence,
    items,
    listed_names,
    paragraphs,
)
from diffinsight.markdown_text import as_shown
from diffinsight.matching.sentences import sentences
from diffinsight.matching.weight import COMMAND
from diffinsight.matching.words import words_of
from diffinsight.models import FileChange, LineRange
from diffinsight.outline import in_markdown

_MOST = 2  # sentences
_NAMED_ITEM = re.compile(r"[-*+]\s+(`[^`]+`.*\w \w.*)")
_CODE = re.compile(r"`([^`]+)`")

_Numbered = tuple[tuple[int, str], ...]


def gist_of(
    change: FileChange, lines: LineRange | None = None, *, in_order: bool = False
) -> tuple[str, ...]:
    """One or two source texts of the new file or of ``lines`` in it; none where nothing tells.

    The weightiest comes first, unless they are asked for ``in_order`` of the text.
    """
    text = new_lines(change, lines)
    if not lines:
        return page_gist(text)
    return _section(text, in_order=in_order, known=_said_before(change))


def new_lines(change: FileChange, lines: LineRange | None = None) -> list[str]:
    """The lines of the new file, or those of ``lines``, that the old one did not have."""
    known = _known(change)
    shown = _without_comments(_between(_new_side(change), lines))
    return in_markdown(change.path, [line for line in shown if _is_new(line, known)])


def _without_comments(numbered: _Numbered) -> Iterator[str]:
    """The lines, but for comments of HTML on lines of their own."""
    inside = False
    for _, line in numbered:
        if inside or line.lstrip().startswith("<!--"):
            inside = "-->" not in line
        else:
            yield line


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


@lru_cache(maxsize=2)
def _said_before(change: FileChange) -> str:
    """The words of the old file, as a reader saw them, as far as they are known."""
    if change.before is not None and change.after is not None:
        return _words(change.before)
    went = (text for _, text in removed_lines(change))
    return _words("\n".join((*went, *kept_lines(change))))


def _words(text: str) -> str:
    return f" {' '.join(words_of(as_shown(text)))} "


def known_lines(change: FileChange) -> str:
    """What a file said before, as far as it is known."""
    return change.before or "\n".join(kept_lines(change))


def lost_of(change: FileChange, lines: LineRange | None = None) -> tuple[str, ...]:
    """What the old file, or ``lines`` of it, said and the new one does not say; as `gist_of`."""
    here = [line for _, line in _between(_old_side(change), lines)]
    if lines is None:
        return page_gist(in_markdown(change.path, here))
    said = _section(in_markdown(change.path, here), lists=True)
    still = _still_said(change) if said else ""
    return tuple(text for text in said if as_shown(text) not in still)


def lost_items(change: FileChange, lines: LineRange) -> list[str]:
    """What a list in ``lines`` of the old file named, unless the new one says most of it, too."""
    here = [line for _, line in _between(_old_side(change), lines)]
    names = listed_names(in_markdown(change.path, here))
    still = _still_said(change) if names else ""
    return names if 2 * sum(as_shown(name) in still for name in names) < len(names) else []


def _is_new(line: str, known: Collection[str]) -> bool:
    """A mark that is alike everywhere tells what is behind it: code, a question, an answer."""
    return not line.strip() or is_fence(line) or asks_or_answers(line) or line not in known


def _section(
    lines: Sequence[str], *, lists: bool = False, in_order: bool = False, known: str = ""
) -> tuple[str, ...]:
    """What a reader of a section has to do first, or what it is about; then what weighs most.

    ``lists``: also an item of a list that something leads to, where nothing else tells;
    ``known``: what was said before, which tells less than what was not.
    """
    lines = answer(lines)
    told = statements_of(lines)
    listed = () if any(one.lists for one in told) else _items(lines)
    if listed:
        return listed
    said = [one for one in (_lost(told) if lists else told) if not one.is_vague]
    said = [one for one in said if _words(one.text) not in known] or said
    named = tuple(code for line in lines if line.startswith("#") for code in _CODE.findall(line))
    if has_code(lines) and all(one.aside for one in said):  # on the code, which is the section
        said = [one for one in said if one.binds]
    alone = all(paragraph.item for paragraph in paragraphs(lines))  # as in a list of releases
    first = _first(said, named, lists=lists or alone)
    if first is None or (_is_mere_item(first) and len(listed_names(lines)) > 1):
        return ()  # one of several does not stand for all
    chosen = [first, *_more(first, said, command(lines))][:_MOST]
    return tuple(one.text for one in (sorted(chosen, key=_place) if in_order else chosen))


def _more(first: Said, said: Sequence[Said], run: str) -> Iterator[Said]:
    """What weighs most beside ``first``, or what it is that the section has readers ``run``."""
    others = [one for one in said if one.text not in first.text and first.text not in one.text]
    urgent = sorted((one for one in others if one.is_urgent), key=_afterwards)
    yield from urgent
    if run and not urgent and run not in first.text:
        yield Said(text=run, place=len(said))
    yield from (one for one in others if one.opens)


def _place(said: Said) -> int:
    return said.place


def _is_mere_item(said: Said) -> bool:
    """Whether it is one of several things or steps, and no rule."""
    tells = said.is_urgent or _CODE.search(said.text)
    return said.item and not said.aside and (said.leads_to_code or not tells)


def _lost(said: Sequence[Said]) -> Sequence[Said]:
    """What is a loss: what there was to run is less of one, and what was said beside it."""
    kept = [one for one in said if not COMMAND.search(one.text) and (one.binds or not one.aside)]
    return kept or said


def _first(said: Sequence[Said], named: Collection[str], *, lists: bool) -> Said | None:
    """What the section is about, unless something is to be done or ends; or what weighs most."""
    free = [one for one in said if not one.leans]
    acts = [one for one in free if not one.looks]
    free = acts if any(one.is_urgent for one in acts) else free
    about = [one for one in free if one.opens and not one.conditional]
    general = [one for one in free if one.is_urgent and not one.conditional]
    general = [one for one in general if not one.leads_to_code]
    if about and not lists:
        general = [] if about[0].is_main else [one for one in general if one.is_main]
    if general:
        does = any(one.does for one in general)
        return min(general, key=lambda one: _urgency(one, named, does=does))
    urgent = sorted((one for one in free if one.is_urgent), key=_afterwards)
    prose = [one for one in free if (lists or not one.item) and not one.last]
    return next(iter((*about, *urgent, *prose)), None)


def _afterwards(said: Said) -> tuple[bool, int]:
    return said.conditional, -said.weight


def _urgency(said: Said, named: Collection[str], *, does: bool) -> tuple[bool, int, int, bool]:
    """``named``: code that the heading is about; lower is told earlier.

    ``does``: some sentence tells what to do, which comes after what one has to.
    """
    about = any(f"`{code} " in said.text for code in named)
    due = does and said.is_due
    return not about, -2 * due - said.does, -said.weight, not said.bars


def _items(lines: Sequence[str]) -> tuple[str, ...]:
    """Of a section that is a short list of things called by their names, what it says of them."""
    if has_code(lines):
        return ()
    named = [item[1] for line in lines if (item := _NAMED_ITEM.match(line))]
    if not 0 < len(named) == len(items(lines)) <= _MOST:
        return ()
    return tuple(sentences(item)[0] for item in named)
