"""Front matter, key by key."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.detectors.comparison.telling import known
from diffinsight.matching.words import first_words
from diffinsight.models import Finding, Impact, LineRange
from diffinsight.outline.model import Block
from diffinsight.outline.yaml_tree import NotUnderstoodError, flat, read

# Keys that say who, when and for which service; readers of the page never see them.
SERVICE_KEYS = frozenset(
    [
        "author",
        "manager",
        "reviewer",
        "reviewers",
        "services",
        "service",
        "date",
        "updated",
        "lastmod",
        "last_updated",
        "last_modified",
        "lastupdated",
        "modified",
        "ms.author",
        "ms.date",
        "ms.reviewer",
        "ms.service",
        "ms.subservice",
        "ms.prod",
        "ms.topic",
        "ms.custom",
        "ms.manager",
        "ms.collection",
        "ms.devlang",
        "ms.tgt_pltfrm",
        "ms.workload",
        "ms.assetid",
        "ms.localizationpriority",
        "ms.technology",
        "ms.component",
        "ms.contributors",
        "ms.suite",
        "ms.update-cycle",
        "ms.lastreviewed",
        "ms.reviewed",
        "review_date",
        "reviewed",
        "contributors",
        "feedback_system",
        "feedback_product_url",
        "uid",
        "no-loc",
        "zone_pivot_groups",
        "documentationcenter",
        "tags",
        "keywords",
        "robots",
        "editor",
        "editors",
        "owner",
        "owners",
        "ai-usage",
        "adobe-target",
        "recommendations",
        "appliesto",
        "searchscope",
        "monikerrange",
        "hide_comments",
    ]
)
READER_KEYS = frozenset(
    {"title", "description", "sidebar_label", "slug", "aliases", "redirect_from"}
)
# Month first in `ms.date` and its like, as the contributor guide of Microsoft Learn has it.
DAY = re.compile(r"\d{4}-\d\d-\d\d|(?P<month>\d\d?)/(?P<day>\d\d?)/(?P<year>\d{4})$")
DATES = frozenset(
    {"date", "updated", "lastmod", "last_updated", "last_modified", "ms.date", "ms.lastreviewed"}
)
VISIBLE_SERVICE_KEYS = frozenset({"appliesto", "monikerrange", "zone_pivot_groups"})


def find(file: Comparison, _: Whole) -> Iterator[Finding]:
    for pair in file.pairs:
        if pair.block.kind == "meta":
            yield from _compare(file, pair)


def _compare(file: Comparison, pair: Pair) -> Iterator[Finding]:
    before, after = pair.before, pair.after
    old = value_of(before) if before else None
    new = value_of(after) if after else None
    same = old == new
    if same and before and after and before.text == after.text:
        return  # only its place or the marks around it: blank space, told with the rest
    if same and pair.both and (told := _comment(file, pair)):
        yield told
        return
    back = _is_back(pair.block.name.lower(), old or "", new or "")
    noise = same or (is_service_key(pair.block.name) and not back)
    impact: Impact = "noise" if noise else "minor"
    service = noise or back
    rule = "same-value" if same else "service-metadata" if service else "reader-visible"
    yield Finding(
        kind="front-matter-changed",
        subject=pair.block.name,
        impact=impact,
        before=old,
        after=new,
        before_lines=_changed(pair.before_lines, file.removed),
        after_lines=_changed(pair.after_lines, file.added),
        values=known(change=_change(pair), rule=rule, reason="set-back" if back else None),
    )


def _comment(file: Comparison, pair: Pair) -> Finding | None:
    """A comment below a key; None: something else is written otherwise, too."""
    lines = (
        _changed(pair.before_lines, file.removed),
        _changed(pair.after_lines, file.added),
    )
    gone, came = (
        [text for line, text in side.items() if span and span[0] <= line <= span[1]]
        for side, span in zip((file.removed, file.added), lines, strict=True)
    )
    if not all(text.lstrip().startswith("#") for text in (*gone, *came)):
        return None
    change = "changed" if gone and came else "added" if came else "removed"
    return Finding(
        kind="comment-changed",
        subject=first_words((came or gone or [pair.block.name])[0]),
        impact="noise",
        before_lines=lines[0] if gone else None,
        after_lines=lines[1] if came else None,
        values=known(data=True, change=change if change != "changed" else None),
    )


def _is_back(name: str, old: str, new: str) -> bool:
    """Whether the day that a page was last looked at is an earlier one now."""
    was, now = (DAY.match(value) for value in (old, new))
    if name not in DATES or not (was and now) or bool(was["month"]) != bool(now["month"]):
        return False
    return _order(now) < _order(was)


def _order(day: re.Match[str]) -> str:
    return day[0] if not day["month"] else f"{day['year']}-{day['month']:0>2}-{day['day']:0>2}"


def _changed(span: LineRange | None, lines: Container[int]) -> LineRange | None:
    """Of a key and the mark beside it, the lines that changed; all of it if none did."""
    touched = [line for line in range(span[0], span[1] + 1) if line in lines] if span else []
    return (touched[0], touched[-1]) if touched else span


def _change(pair: Pair) -> str:
    return "changed" if pair.both else "removed" if pair.before else "added"


def is_service_key(name: str) -> bool:
    key = name.lower()
    if key in READER_KEYS or key in VISIBLE_SERVICE_KEYS:
        return False
    return key in SERVICE_KEYS or key.startswith("ms.")


def value_of(block: Block) -> str:
    """The value without its quotes and line breaks."""
    if block.text[:1] not in set("\"'[{>|-") and "\n" not in block.text and "#" not in block.text:
        return block.text
    try:
        node = read(
            f"value:\n{_indented(block)}" if block.text[:1] == "-" else f"value: {block.text}"
        )
    except NotUnderstoodError:
        return " ".join(block.text.split())
    entry = node.get("value") if node else None
    return flat(entry) if entry else " ".join(block.text.split())


def _indented(block: Block) -> str:
    return "\n".join(f"  {line}" for line in block.text.split("\n"))
