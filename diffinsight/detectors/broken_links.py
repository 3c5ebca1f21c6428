"""Links of the changed pages that worked before the range, or are new, and lead nowhere now."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from diffinsight.detectors.across.repository import YAML, Revision, resolves
from diffinsight.detectors.across.targets import Target, names_a_file, read_target
from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.comparison import Comparison
from diffinsight.detectors.comparison.telling import known
from diffinsight.detectors.reading.unlinked import unlinked
from diffinsight.models import Finding, Impact, Json
from diffinsight.outline import suffix
from diffinsight.outline.model import Block, Link
from diffinsight.outline.navigation import is_markdown_toc

# `github.com/owner/name`: a host, which no folder of a page is called.
BARE_HOST = re.compile(r"(?i)^(?:[\w-]+\.)+(?:com|org|net|io|dev|ms)/")
MOST_SUGGESTED_FROM = 400  # names looked at for a suggestion
_MOST_BROKEN = 2  # links of a page into a folder that is not there: of more, it is kept elsewhere


def find(file: Comparison, whole: Whole) -> Iterator[Finding]:
    for pair in file.pairs:
        yield from _unlinked(pair.after, pair.before, pair.section)
    if file.change.status == "added":
        for block in file.after.blocks:
            yield from _unlinked(block)
    yield from _leading_nowhere(file, whole)


def _unlinked(
    block: Block | None, old: Block | None = None, section: str = ""
) -> Iterator[Finding]:
    """Addresses that readers see beside the text that was to lead there."""
    known_before = {link.address for link in unlinked(old)}
    for link in unlinked(block):
        if link.address not in known_before:
            yield Finding(
                kind="link-broken",
                subject=link.address,
                impact="notable",
                after_lines=(link.line, link.line),
                values=known(
                    text=link.text,
                    between=link.between,
                    reason="not-linked",
                    new=True,
                    section=section,
                ),
            )


def _leading_nowhere(file: Comparison, whole: Whole) -> Iterator[Finding]:
    if whole.head is None or not _is_read(file, whole.head):
        return
    whole.load_targets()
    before = {
        read_target(target, file.before_path) for target in _links(whole.base, file.before_path)
    }
    into = Counter(whole.missing_folder(known.path) for known in before if known)
    for link in _links(whole.head, file.path).values():
        target = read_target(link.target, file.path)
        why = resolves(whole.head, target, file.path) if target else ""
        if target is None or not why or whole.redirected(target, file.path):
            continue
        folder = whole.missing_folder(target.path)
        known_before = read_target(link.target, file.before_path) in before
        if folder and into[folder] > _MOST_BROKEN:
            if not known_before:
                whole.outside.add(folder)
            continue
        worked = _worked(file, whole, link) if known_before else None
        if worked is False or (not known_before and folder and into[folder]):
            if _is_certain(target, why, file, whole.head):
                whole.broken_before.append((file.path, link.line, link.image))
        elif known_before or _is_certain(target, why, file, whole.head):
            told = _tell(file, link, target, why, page=whole.head.find(target, file.path))
            if not known_before and why == "missing-file" and BARE_HOST.match(link.target):
                yield _without_scheme(told)
                continue
            more: dict[str, Json] = {
                "new": not known_before,
                "suggestion": _suggestion(whole, file, target, why),
            }
            # Nobody relied on what a new page has.
            impact: Impact = "notable" if file.change.status == "added" else told.impact
            yield replace(told, impact=impact, values=known(**told.values, **more))


def _is_read(file: Comparison, head: Revision) -> bool:
    """Whether it is a page, or a table of contents, that the repository has."""
    if file.change.status == "removed" or file.path not in head.paths:
        return False
    return file.kind == "page" or is_markdown_toc(file.path, file.after_text)


def _without_scheme(told: Finding) -> Finding:
    """A new link to a site, which leads to a file that was never there: nothing broke."""
    more: dict[str, Json] = {
        "reason": "missing-scheme",
        "new": True,
        "suggestion": f"https://{told.subject}",
        "page": None,
    }
    return replace(told, impact="notable", values=known(**{**told.values, **more}))


def _links(revision: Revision | None, path: str) -> dict[str, Link]:
    """Links of a page by their target, the last of each."""
    if revision is None or path not in revision.paths:
        return {}
    return {link.target: link for link in reversed(revision.outline(path).links)}


def _worked(file: Comparison, whole: Whole, link: Link) -> bool:
    target = read_target(link.target, file.before_path)
    return bool(whole.base and target and not resolves(whole.base, target, file.before_path))


def _is_certain(target: Target, why: str, file: Comparison, head: Revision) -> bool:
    """A link without extension or from the root may lead to another part of the site.

    What anchors the questions of a YAML page have is known from their use alone: Learn does not
    document it, so that a link is only called broken when it led to one before. In a project of
    Sphinx, a name without a page may be that of an object, in its code or in another project.
    """
    if why == "missing-anchor":
        of_project = head.is_sphinx and target.path == file.path
        return suffix(target.path) not in YAML and not of_project
    return names_a_file(target)


def _section(file: Comparison, line: int) -> str:
    above = (s.heading for s in reversed(file.after.headings))
    return next((heading.text for heading in above if heading and heading.first <= line), "")


def _tell(file: Comparison, link: Link, target: Target, why: str, *, page: str | None) -> Finding:
    """``page``: the file that the target means, which may name it by its address on the site."""
    if why == "missing-file" and link.image:
        why = "missing-image"
    return Finding(
        kind="link-broken",
        subject=link.target,
        impact="breaking",
        after_lines=(link.line, link.line),
        values=known(
            text=link.text,
            reason=why,
            anchor=target.anchor,
            page=page or target.path,
            section=_section(file, link.line),
        ),
    )


def _suggestion(whole: Whole, file: Comparison, target: Target, why: str) -> str:
    """The nearest name that exists, when there is one clearly nearest."""
    if whole.head is None:
        return ""
    if why == "missing-anchor":
        from difflib import get_close_matches  # most runs break no link

        page = whole.head.find(target, file.path) or ""
        names = sorted(n for n in whole.head.anchors(page) if not n.startswith("~"))
        renamed = _renamed(whole, page, target.anchor)
        near = (
            [renamed]
            if renamed in names
            else get_close_matches(target.anchor, names[:MOST_SUGGESTED_FROM], n=1, cutoff=0.75)
        )
        return f"{_relative(page, file.path)}#{near[0]}" if near else ""
    name = posixpath.basename(target.path)
    same = [path for path in whole.head.paths if path.endswith("/" + name) or path == name]
    return _relative(same[0], file.path) if len(same) == 1 else ""


def _renamed(whole: Whole, page: str, anchor: str) -> str:
    """The anchor that a heading of the range has now, as it is told with the heading."""
    pairs = (pair for file in whole.files if file.path == page for pair in file.sections)
    sides = ((pair.before, pair.after) for pair in pairs)
    return next((new.anchor for old, new in sides if old and new and old.anchor == anchor), "")


def _relative(path: str, page: str) -> str:
    return "" if path == page else posixpath.relpath(path, posixpath.dirname(page) or ".")
