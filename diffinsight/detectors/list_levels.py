"""List items that stand at another level of their list now, in the same words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.detectors.comparison.telling import known, span
from diffinsight.matching.words import first_words
from diffinsight.models import Finding


def find(file: Comparison, _: Whole) -> Iterator[Finding]:
    run: list[Pair] = []
    for pair in file.pairs:
        if run and not (shift(pair) == shift(run[-1]) and _follows(run[-1], pair)):
            yield _tell(file, run)
            run = []
        if shift(pair) and not pair.inside:
            run.append(pair)
    if run:
        yield _tell(file, run)


def shift(pair: Pair) -> int:
    """By how many levels an item went down; 0 where it did not, or where more changed."""
    if not pair.both or pair.edits or pair.moved:
        return 0
    old, new = pair.both
    if {old.kind, new.kind} not in ({"item"}, {"step"}) or old.source.split() != new.source.split():
        return 0
    return new.level - old.level


def _follows(one: Pair, other: Pair) -> bool:
    """Whether two items stand one below the other in both versions, blank lines aside."""
    sides = ((one.before, other.before), (one.after, other.after))
    return all(old and new and 0 < new.first - old.last <= 2 for old, new in sides)  # noqa: PLR2004 - a blank line may be between


def _parent(file: Comparison, pair: Pair) -> str | None:
    """The item that one stood under and no longer does, as it is called now; or stands under."""
    if pair.both is None:
        return None
    item, outline = (pair.before, file.before) if shift(pair) < 0 else (pair.after, file.after)
    level = min(block.level for block in pair.both)
    above = [b for b in outline.blocks if item and b.first < item.first]
    items = takewhile(lambda block: block.kind in {"item", "step"}, reversed(above))
    parent = next((block for block in items if block.level <= level), None)
    now = next((p.after for p in file.pairs if p.before is parent and p.after), parent)
    return first_words(now.text).rstrip(":：") if now else None  # noqa: RUF001 - an East Asian colon is meant


def _tell(file: Comparison, run: Sequence[Pair]) -> Finding:
    first, last = run[0], run[-1]
    return Finding(
        kind="list-level-changed",
        subject=first_words(first.block.text).rstrip(":："),  # noqa: RUF001 - an East Asian colon is meant
        impact="minor",
        before_lines=span(first.before_lines, last.before_lines),
        after_lines=span(first.after_lines, last.after_lines),
        values=known(
            section=first.section,
            items=len(run),
            higher=True if shift(first) < 0 else None,
            levels=abs(shift(first)),
            parent=_parent(file, first),
        ),
    )
