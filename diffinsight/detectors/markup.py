"""Raw HTML, directives of documentation tools, and targets of reference links."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import dropwhile, takewhile

from diffinsight.detectors.across.targets import same_target
from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.detectors.comparison.section_parts import COUNTED
from diffinsight.detectors.comparison.telling import NAMELESS, edit_values, known, lines_of, tell
from diffinsight.detectors.links import NOISE_RULES, rule_in
from diffinsight.detectors.rendering import hidden_by, hides
from diffinsight.matching.words import count
from diffinsight.models import Finding, Impact, Values
from diffinsight.outline.model import Block, Link, Outline


def find(file: Comparison, whole: Whole) -> Iterator[Finding]:
    zones = _showing_zones(file)
    held = {id(block) for _, *inside, _ in zones.values() for block in inside}
    for pair in file.pairs:
        if (pair.inside and not pair.both) or id(pair.after) in held:
            continue
        if pair.moved and not (pair.before and pair.before.kind != "html" == pair.block.kind):
            yield from _moved(pair)
            continue  # text in a comment now is hidden, wherever it went
        match pair.block.kind:
            case "html":
                hidden = hidden_by(file, pair)
                yield from [hides(file, pair, hidden, whole)] if hidden else _html(pair)
            case "directive" if pair.block.included:
                told = _include(file, pair)
                yield replace(told, impact="noise") if _follows(told, whole) else told
            case "directive" if not pair.both and pair.block.first in zones and pair.after:
                yield _showing(_directive(pair), zones[pair.block.first])
            case "directive":
                yield _limiting(_directive(pair), file, pair)
            case "definition":
                yield from _definition(file, pair)


def _moved(pair: Pair) -> Iterator[Finding]:
    """A mark that is elsewhere now; what stands at it is told by itself."""
    block = pair.block
    if block.kind == "directive" and not (block.included or pair.inside):
        shown = SHOWN_FOR.search(block.text)
        subject = shown[1] if shown else block.name or block.text
        impact: Impact = "minor" if shown else "noise"
        values: Values = {"block": "directive", **({"choice": True} if shown else {})}
        yield tell("content-moved", pair, impact, subject=subject, values=values)


def _html(pair: Pair) -> Iterator[Finding]:
    """Comments are for writers: readers never see them."""
    texts = [block.text.strip() for block in (pair.before, pair.after) if block]
    comment = all(text.startswith("<!--") and text.endswith("-->") for text in texts)
    same = pair.both and pair.both[0].text.split() == pair.both[1].text.split()
    if pair.both and _differ_in_links(*pair.both):
        if _tags(pair.both[0]) != _tags(pair.both[1]):
            yield tell("formatting-changed", pair, "noise")
        return
    if same or all(map(LINE_BREAKS.fullmatch, texts)):
        yield tell("whitespace-changed", pair, "noise", values={"what": "inside"})
        return
    yield tell(
        "comment-changed" if comment else "html-changed",
        pair,
        "noise" if comment else "minor",
        before=_shown(pair.before),
        after=_shown(pair.after),
        values={**edit_values(pair.edits if pair.both else ()), **_gone_or_new(pair, comment)},
    )


def _differ_in_links(before: Block, after: Block) -> bool:
    """Whether raw HTML says the same around its links and images: they are told themselves."""
    old, new = ([(link.target, link.text) for link in block.links] for block in (before, after))
    around = [LINKED.sub(" ", block.text).split() for block in (before, after)]
    words = [[word for word in side if any(map(str.isalnum, word))] for side in around]
    return old != new and words[0] == words[1]


def _tags(block: Block) -> list[str]:
    """The marks of raw HTML that stand for no link and no image."""
    return [tag for tag in TAG.findall(block.text) if not OF_LINK.match(tag)]


def _gone_or_new(pair: Pair, comment: bool) -> Values:  # noqa: FBT001 - whether it is one
    """A comment that is no longer there, or that is new, did not change."""
    one_sided = comment and not pair.both
    return {"change": "added" if pair.after else "removed"} if one_sided else {}


CONDITIONS = frozenset({"zone", "moniker"})  # what they hold is shown for some choices only
ENDS = frozenset({"zone-end", "moniker-end"})
# https://learn.microsoft.com/contribute/content/zone-pivots has them among its examples.
OF_LANGUAGE = re.compile(r"programming-language-(\w+)")
SHOWN_FOR = re.compile(r"(?:pivot|range)\s*=\s*[\"']([^\"']+)")
# Lines that end or lay out what stands in them; a div makes a button or a frame of it.
LAYOUT = frozenset(
    {"rule", "zone-end", "moniker-end", "row", "row-end", "column", "column-end", "div"}
)
LINE_BREAKS = re.compile(r"(?i)(?:<br\s*/?>\s*)+")  # in raw HTML
TAG = re.compile(r"<[^<>]+>")
OF_LINK = re.compile(r"(?i)</?(?:a|img)\b")
LINKED = re.compile(r"(?is)<a\s[^<>]*>.*?</a>|<[^<>]+>")
LONGEST = 2_000  # characters of raw HTML that a finding repeats


def _shown(block: Block | None) -> str | None:
    return block.text.strip()[:LONGEST] if block else None


def _directive(pair: Pair) -> Finding:
    change = "changed" if pair.both else "added" if pair.after else "removed"
    if pair.both and pair.both[0].text == pair.both[1].text:
        return tell("whitespace-changed", pair, "noise", values={"what": "inside"})
    shown = SHOWN_FOR.search(pair.block.text) if pair.block.name in CONDITIONS else None
    if shown:
        return _zone(pair, change, shown[1])
    return tell(
        f"directive-{change}",
        pair,
        "noise" if pair.block.name in LAYOUT else "minor",
        subject=pair.block.name or pair.block.text,
        before=pair.before.text if pair.before else None,
        after=pair.after.text if pair.after else None,
        values={"name": pair.block.name},
    )


def _zone(pair: Pair, change: str, choice: str) -> Finding:
    """The choice that what follows is shown for: a pivot, or versions of a product."""
    was = SHOWN_FOR.search(pair.before.text) if pair.before else None
    now = SHOWN_FOR.search(pair.after.text) if pair.after else None
    of_language = OF_LANGUAGE.fullmatch(choice)
    return tell(
        f"zone-{change}",
        pair,
        "notable",
        subject=choice,
        before=was[1] if was else None,
        after=now[1] if now else None,
        values={
            "versions": pair.block.name == "moniker" or None,
            "language": of_language[1] if of_language else None,
        },
    )


def _follows(told: Finding, whole: Whole) -> bool:
    """Whether an include names a file by the name that it has since this range."""
    if told.kind != "include-changed" or not (told.before and told.after):
        return False
    names = posixpath.basename(told.before), posixpath.basename(told.after)
    return any(
        names == (posixpath.basename(old), posixpath.basename(new))
        for new, old in whole.renamed.items()
    )


def _showing_zones(file: Comparison) -> dict[int, list[Block]]:
    """The new zones by their first lines, where each of the page shows includes alone."""
    zones = {zone[0].first: zone for zone in _zones(file)}
    new = {
        pair.after.first
        for pair in file.pairs
        if pair.after and not pair.before and pair.after.name in CONDITIONS
    }
    return zones if zones.keys() == new else {}


def _zones(file: Comparison) -> Iterator[list[Block]]:
    """What came of nothing but includes that are shown for one choice, with its first and last."""
    blocks = [block for block in file.after.blocks if block.first in file.added]
    for place, block in enumerate(blocks):
        if block.name in CONDITIONS:
            zone = [block, *takewhile(lambda other: other.included, blocks[place + 1 :])]
            last = blocks[place + len(zone)] if place + len(zone) < len(blocks) else block
            if len(zone) > 1 and last.name in ENDS:
                yield [*zone, last]


def _showing(told: Finding, zone: Sequence[Block]) -> Finding:
    shows = tuple(block.included.target for block in zone if block.included)
    lines = (zone[0].first, zone[-1].first)
    return replace(told, after_lines=lines, values={**told.values, "shows": shows})


def _limiting(told: Finding, file: Comparison, pair: Pair) -> Finding:
    """A new choice in front of text that was there before, for whatever choice."""
    if told.kind != "zone-added":
        return told
    blocks = dropwhile(lambda block: block.first <= pair.block.first, file.after.blocks)
    held = next(blocks, None)
    stays = held and held.text and held.first not in file.added and held.kind != "directive"
    return replace(told, values={**told.values, "limits": held.text}) if held and stays else told


def _include(file: Comparison, pair: Pair) -> Finding:
    """A file taken in, by the label it has in the source, or by its name."""
    old, new = (block.included if block else None for block in (pair.before, pair.after))
    link = new or old
    if old and new:
        if not same_target(old.target, new.target, page_before=file.before_path, page=file.path):
            return _told(pair, "include-changed", new, (old.target, new.target))
        if old.text == new.text:
            return _directive(pair) if old.target == new.target else _same(pair)
        # The label is for writers: the page shows the file.
        values: Values = {"relabelled": True, "target": new.target}
        return tell(
            "include-changed", pair, "noise", subject=label_of(new), before=label_of(old),
            after=label_of(new), values=values,
        )  # fmt: skip
    if link is None or pair.both:
        return _directive(pair)
    sides = (None, link.target) if pair.after else (link.target, None)
    texts = file.inlined.get((pair.before is not None, pair.block.first))
    if texts:
        return _inlined(file, pair, link, sides, texts)
    return _told(pair, "include-added" if pair.after else "include-removed", link, sides)


def _inlined(
    file: Comparison,
    pair: Pair,
    link: Link,
    sides: tuple[str | None, str | None],
    texts: Sequence[Block],
) -> Finding:
    """An include with the texts that the other version has in its place."""
    kinds = Counter(COUNTED[text.kind] for text in texts if text.kind in COUNTED)
    values: Values = {"words": sum(count(text.text) for text in texts), **kinds}
    lines = (texts[0].first, texts[-1].last)
    if pair.after is None:  # the lines are those of the new page, and so is the heading
        values = {**values, **known(section=_heading_over(texts[0], file.after))}
    told = _told(pair, "include-added" if pair.after else "include-removed", link, sides)
    return replace(
        told,
        impact="notable",
        before_lines=told.before_lines or lines,
        after_lines=told.after_lines or lines,
        values={**told.values, **values, **known(instead=texts[0].text if len(texts) == 1 else "")},
    )


def _heading_over(block: Block, page: Outline) -> str:
    holder = (section for section in page.sections if any(one is block for one in section.blocks))
    return next((section.heading.text for section in holder if section.heading), "")


def _same(pair: Pair) -> Finding:
    return tell("formatting-changed", pair, "noise")


def _told(pair: Pair, kind: str, link: Link, sides: tuple[str | None, str | None]) -> Finding:
    return tell(
        kind,
        pair,
        "minor",
        subject=label_of(link),
        before=sides[0],
        after=sides[1],
        values={"target": link.target},
    )


def label_of(link: Link) -> str:
    """What an include is called: its label, or the name of its file."""
    named = link.text if link.text != link.target else ""
    return named or posixpath.basename(link.target.partition("?")[0]) or link.target or NAMELESS


def _definition(file: Comparison, pair: Pair) -> Iterator[Finding]:
    """`[name]: target`: a link that stands apart from its words."""
    old = pair.before.links[0] if pair.before and pair.before.links else None
    new = pair.after.links[0] if pair.after and pair.after.links else None
    if old and new:
        if old.target == new.target:
            kind = "link-text-changed" if old.text != new.text else "whitespace-changed"
            yield tell(kind, pair, "noise", subject=new.target)
            return
        rule = rule_in(file, old.target, new.target)
        impact: Impact = "noise" if rule in NOISE_RULES else "minor"
        yield tell(
            "link-retargeted",
            pair,
            impact,
            subject=new.target,
            before=old.target,
            after=new.target,
            values={"text": new.text, "rule": rule},
        )
        return
    link = new or old
    if link:
        yield Finding(
            kind="link-added" if new else "link-removed",
            subject=link.target,
            impact="minor",
            values={"text": link.text, "external": "://" in link.target},
            **lines_of(pair),
        )
