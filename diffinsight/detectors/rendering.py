"""What stayed and shows as something else: in code, outside its table, no heading any more."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from diffinsight.detectors.across.whole import Places, Whole
from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.detectors.comparison.telling import known, tell
from diffinsight.detectors.pairing.kept import Kept
from diffinsight.detectors.pairing.rendered import shown_text
from diffinsight.detectors.reading.model import Rendered, Role
from diffinsight.matching.words import count, first_words
from diffinsight.models import Finding, Impact, Values
from diffinsight.outline.model import Block

# What each change of role is told by; what a comment hides is told with the comment.
CHANGES: Mapping[tuple[Role, Role], str] = {
    ("text", "code"): "as-code",
    ("code", "text"): "from-code",
    ("hidden", "text"): "unhidden",
    ("row", "text"): "row-out",
    ("text", "row"): "row-in",
    ("heading", "text"): "no-heading",
    ("text", "heading"): "as-heading",
    ("item", "text"): "no-item",
    ("text", "item"): "as-item",
    ("note", "text"): "out-of-note",
    ("text", "note"): "into-note",
    ("listed", "text"): "out-of-item",
    ("text", "listed"): "into-item",
}
SLIGHT = frozenset({"no-item", "as-item", "out-of-item", "into-item"})  # all of it is still there
UNSEEN = frozenset({"meta", "html", "directive", "definition"})
UNSPACED = re.compile(r"\s*(#+|[-*+]|\d+[.)])[^\s#]")


def find(file: Comparison, whole: Whole) -> Iterator[Finding]:
    names = {
        block.first: section.heading.text
        for section in file.after.sections
        for block in section.blocks
        if section.heading
    }
    for run in file.rendered:
        change = CHANGES.get((run.was, run.now))
        if change:
            yield _told(file, run, change, names, whole)


def _told(
    file: Comparison, run: Rendered, change: str, names: Mapping[int, str], whole: Whole
) -> Finding:
    links = links_to(file, run.headings, whole)
    starts = [line for line in names if line <= run.new[0]]
    return Finding(
        kind="rendering-changed",
        subject=run.texts[0] if "row" in change else name_of(run.texts),
        impact="breaking" if links else "minor" if change in SLIGHT else "notable",
        before_lines=run.before_lines,
        after_lines=run.after_lines,
        values=known(
            thing=change,
            **{"rows": len(run.new)} if "row" in change else {"words": sum(map(count, run.texts))},
            section=names[max(starts)] if starts else "",
            mark=_mark(file, run),
            unpaired=run.unpaired or None,
            **(_next_step(file, run) if run.was == "listed" else {}),
            **links,
        ),
    )


def _mark(file: Comparison, run: Rendered) -> str | None:
    """The mark of a line that is without its space now."""
    line = file.added.get(run.new[0])
    found = UNSPACED.match(line) if line else None
    return found[1] if found else None


def name_of(texts: Sequence[str]) -> str:
    """The first of what shows as something else, with a sign that more does."""
    first = first_words(texts[0])
    return first if len(texts) == 1 or first.endswith("…") else f"{first.rstrip(' .:')}…"


def _next_step(file: Comparison, run: Rendered) -> Values:
    """The number of the step below what left its list item, where it changed."""
    old, new = (
        next((b for b in page.blocks if b.kind == "step" and b.first > lines[-1]), None)
        for page, lines in ((file.before, run.old), (file.after, run.new))
    )
    same = old and new and Kept.of(file.removed, file.added).now(old.first) == new.first
    if not (old and new and same) or old.number == new.number:
        return {}
    return {"number_before": old.number, "number_after": new.number}


def links_to(file: Comparison, headings: Collection[int], whole: Whole) -> Values:
    """Links to what was a heading in these old lines and is none any more, if there are any."""
    places = {
        section.anchor: whole.links_to_anchor(file, section.anchor).found
        for section in file.before.headings
        if section.heading and section.heading.first in headings
    }
    linked = {anchor: found for anchor, found in places.items() if found}
    if not linked:
        return {}
    found = tuple(place for some in linked.values() for place in some)
    return {"anchors": tuple(linked), **Places(found=found).values()}


def hidden_by(file: Comparison, pair: Pair) -> tuple[Block, ...]:
    """What readers saw before the new comment of ``pair`` came around it, or reached it."""
    block = pair.after
    old = pair.before if pair.before and pair.before.kind != "html" else None
    if block is None or not block.text.lstrip().startswith("<!--"):
        return ()
    kept = Kept.of(file.removed, file.added)
    inside = range(block.first, block.last + 1)
    stayed = (
        block
        for block in file.before.blocks
        if block.kind not in UNSEEN and kept.now(block.first) in inside
    )
    hidden = sorted((*stayed, *((old,) if old else ())), key=lambda block: block.first)
    return tuple(hidden) if any(count(block.text) for block in hidden) else ()


def hides(file: Comparison, pair: Pair, hidden: tuple[Block, ...], whole: Whole) -> Finding:
    """A comment, told by the text that it hides."""
    texts = [shown_text(block) for block in hidden]
    headings = [block.first for block in hidden if block.kind == "heading"]
    links = links_to(file, headings, whole)
    impact: Impact = "breaking" if links else "notable"
    values: Values = {
        "thing": "hidden",
        "words": sum(count(block.text) for block in hidden),
        **links,
    }
    return tell("rendering-changed", pair, impact, subject=name_of(texts), values=values)
