"""Links: added, removed, to another target, with other words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from diffinsight.detectors.across.repository import Revision, resolves
from diffinsight.detectors.across.targets import OWN_HOST, read_target, same_target
from diffinsight.detectors.across.whole import Whole, only_link_texts
from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.detectors.comparison.telling import about, lines_of
from diffinsight.detectors.reading.unlinked import unlinked
from diffinsight.matching.sequences import changes
from diffinsight.models import Finding, Impact, LineRange
from diffinsight.outline.model import Link, Outline

LOCALE = re.compile(
    r"/(?:ar|bg|cs|da|de|el|en|es|et|fi|fr|he|hi|hr|hu|id|it|ja|ko|lt|lv|ms|nb|nl|no|pl"
    r"|pt|ro|ru|sk|sl|sr|sv|th|tr|uk|vi|zh)-(?:[a-z]{2}|hans|hant|latn)(?=/|$)",
    re.IGNORECASE,
)
TRACKING = re.compile(
    r"^(?:utm_\w+|wt\.mc_id|ocid|gclid|fbclid|mc_cid|mc_eid|ref|cid)$", re.IGNORECASE
)
UPWARDS = re.compile(r"^(?:\.{1,2}/)+")
_QUERY = re.compile(r"\?[^#]*")
NOISE_RULES = frozenset({"same-target", "locale", "tracking", "trailing-slash"})
LinkPairs = list[tuple[Link | None, Link | None]]


def find(file: Comparison, whole: Whole) -> Iterator[Finding]:
    counts = [_targets(file.before), _targets(file.after)]
    for pair in file.pairs:
        if pair.both and not pair.block.included:
            before, after = pair.both
            words = only_link_texts(pair) and any(edit.kind == "words" for edit in pair.edits)
            bare = {link.address for link in unlinked(after)}  # told as broken
            for old, new in pair_links(before.links, after.links):
                if new and not old and new.target in bare:
                    continue
                if _leads_there_still(old, new, counts):
                    continue
                for told in _tell(file, pair, (old, new), words=words):
                    yield _repaired(told) if _is_repair(told, file, whole) else told


def _targets(page: Outline) -> Counter[str]:
    return Counter(link.target for link in page.links if not link.image)


def _leads_there_still(old: Link | None, new: Link | None, counts: Sequence[Counter[str]]) -> bool:
    """Whether as many links of the other version lead where one that came or went does."""
    link = old or new
    if link is None or (old and new):
        return False
    here, there = counts if old else reversed(counts)
    return here[link.target] <= there[link.target]


def pair_links(before: Sequence[Link], after: Sequence[Link], *, images: bool = False) -> LinkPairs:
    """Links that differ: by the same words, then by the same target, then by their order."""
    old = [link for link in before if link.image == images]
    new = [link for link in after if link.image == images]
    gone: list[Link] = []
    came: list[Link] = []
    pairs: LinkPairs = []
    keys = [(link.text, link.target) for link in old], [(link.text, link.target) for link in new]
    for change in changes(*keys):
        out, into = old[slice(*change.before)], new[slice(*change.after)]
        while out and into and len(out) == len(into):
            pairs.append((out.pop(0), into.pop(0)))
        gone += out
        came += into
    for link in gone:
        twin = next((other for other in came if _alike(link, other)), None)
        if twin:
            came.remove(twin)
        pairs.append((link, twin))
    return pairs + [(None, link) for link in came]


def _alike(link: Link, other: Link) -> bool:
    return link.text == other.text or link.target == other.target


def _tell(
    file: Comparison, pair: Pair, links: tuple[Link | None, Link | None], *, words: bool
) -> Iterator[Finding]:
    old, new = links
    if old and new:
        if old.target != new.target:
            retargeted = _retargeted(file, pair, old, new)
            yield retargeted
            words = words and "text_before" not in retargeted.values
        if words and old.text not in {new.text, old.target}:
            yield Finding(
                kind="link-text-changed",
                subject=new.target,
                impact="minor",
                before=old.text,
                after=new.text,
                before_lines=_line(old),
                after_lines=_line(new),
                values=about(pair),
            )
        return
    link = new or old
    if link:
        values = about(pair, text=link.text, external=is_external(link.target))
        kind = "link-added" if new else "link-removed"
        yield Finding(
            kind=kind, subject=link.target, impact="minor", values=values, **lines_of(pair)
        )


def _retargeted(file: Comparison, pair: Pair, old: Link, new: Link) -> Finding:
    rule = rule_in(file, old.target, new.target)
    noise = rule in NOISE_RULES
    impact: Impact = "noise" if noise else "minor"
    # A link with other words is another one: what leads elsewhere now did not lead there before.
    same = noise or old.text in {new.text, old.target}
    return Finding(
        kind="link-retargeted",
        subject=new.target,
        impact=impact,
        before=old.target,
        after=new.target,
        before_lines=pair.before_lines,
        after_lines=pair.after_lines,
        values=about(
            pair,
            text=new.text,
            text_before=None if same else old.text,
            rule=rule,
        ),
    )


def _is_repair(told: Finding, file: Comparison, whole: Whole) -> bool:
    """Whether a link leads somewhere now, and led nowhere before."""
    if told.kind != "link-retargeted" or told.impact == "noise":
        return False
    if told.values["rule"] == "repaired":
        return True
    sides = (whole.base, told.before, file.before_path), (whole.head, told.after, file.path)
    return [_works(revision, target or "", page) for revision, target, page in sides] == [
        False,
        True,
    ]


def _works(revision: Revision | None, link: str, page: str) -> bool | None:
    target = read_target(link, page)
    return not resolves(revision, target, page) if revision and target else None


def _repaired(told: Finding) -> Finding:
    return replace(told, impact="notable", values={**told.values, "repaired": True})


def _line(link: Link) -> LineRange:
    return (link.line, link.line)


def is_external(target: str) -> bool:
    return "://" in target or target.startswith(("//", "mailto:"))


def rule_in(file: Comparison, before: str, after: str) -> str:
    """Which part of a target changed, if it leads elsewhere at all."""
    same = same_target(before, after, page_before=file.before_path, page=file.path)
    same = same or (came_from_nowhere(file) and _end(before) == _end(after))
    return "same-target" if same else rule_of(before, after)


def came_from_nowhere(file: Comparison) -> bool:
    """Whether the page moved and its patch does not say from where."""
    return file.change.status == "renamed" and file.before_path == file.path


def _end(target: str) -> str:
    """What a relative target says beside the way up to a folder."""
    return target if "://" in target else UPWARDS.sub("", target)


def rule_of(before: str, after: str) -> str:
    """Which part of the target changed."""
    same = {
        "locale": LOCALE.sub("", before, count=1) == LOCALE.sub("", after, count=1),
        "tracking": _without_tracking(before) == _without_tracking(after),
        "host": _without_host(before) == _without_host(after),
        "scheme": before.replace("http://", "https://", 1) == after,
        "repaired": after.partition("://")[2].casefold() == before.casefold(),
        "trailing-slash": before.rstrip("/") == after.rstrip("/"),
        "anchor": before.partition("#")[0] == after.partition("#")[0],
        "query": _QUERY.sub("", before) == _QUERY.sub("", after),
    }
    return next((rule for rule, is_so in same.items() if is_so), "target")


def _without_host(target: str) -> str:
    """A link from the site's root for one that names its host."""
    return OWN_HOST.sub("", target)


def _without_tracking(target: str) -> str:
    """The target without parameters that only count visitors."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return target
    kept = [p for p in parts.query.split("&") if p and not TRACKING.match(p.partition("=")[0])]
    return parts._replace(query="&".join(kept)).geturl()
