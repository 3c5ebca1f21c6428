"""Raw HTML, directives of documentation tools, and targets of reference links."""

from __future__ import annotations

from collections.abc import Iterator

from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.detectors.comparison.telling import edit_values, lines_of, tell
from diffinsight.detectors.comparison.whole import Whole
from diffinsight.detectors.links import NOISE_RULES, rule_of
from diffinsight.models import Finding, Impact
from diffinsight.outline.model import Block


def find(file: Comparison, _: Whole) -> Iterator[Finding]:
    for pair in file.pairs:
        if pair.moved or (pair.inside and not pair.both):
            continue
        match pair.block.kind:
            case "html":
                yield from _html(pair)
            case "directive":
                yield _directive(pair)
            case "definition":
                yield from _definition(pair)


def _html(pair: Pair) -> Iterator[Finding]:
    """Comments are for writers: readers never see them."""
    texts = [block.text.strip() for block in (pair.before, pair.after) if block]
    comment = all(text.startswith("<!--") and text.endswith("-->") for text in texts)
    if pair.both and pair.both[0].text.split() == pair.both[1].text.split():
        yield tell("whitespace-changed", pair, "noise", values={"what": "inside"})
        return
    yield tell(
        "comment-changed" if comment else "html-changed",
        pair,
        "noise" if comment else "minor",
        before=_shown(pair.before),
        after=_shown(pair.after),
        values=edit_values(pair.edits if pair.both else ()),
    )


LONGEST = 2_000  # characters of raw HTML that a finding repeats


def _shown(block: Block | None) -> str | None:
    return block.text.strip()[:LONGEST] if block else None


def _directive(pair: Pair) -> Finding:
    change = "changed" if pair.both else "added" if pair.after else "removed"
    if pair.both and pair.both[0].text == pair.both[1].text:
        return tell("whitespace-changed", pair, "noise", values={"what": "inside"})
    rule = pair.block.name == "rule"
    return tell(
        f"directive-{change}",
        pair,
        "noise" if rule else "minor",
        subject=pair.block.name or pair.block.text,
        before=pair.before.text if pair.before else None,
        after=pair.after.text if pair.after else None,
        values={"name": pair.block.name},
    )


def _definition(pair: Pair) -> Iterator[Finding]:
    """`[name]: target`: a link that stands apart from its words."""
    old = pair.before.links[0] if pair.before and pair.before.links else None
    new = pair.after.links[0] if pair.after and pair.after.links else None
    if old and new:
        if old.target == new.target:
            kind = "link-text-changed" if old.text != new.text else "whitespace-changed"
            yield tell(kind, pair, "noise", subject=new.target)
            return
        rule = rule_of(old.target, new.target)
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
