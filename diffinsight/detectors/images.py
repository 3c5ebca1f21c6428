"""Images shown in a page, and their alternative texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.detectors.comparison.targets import read_target
from diffinsight.detectors.comparison.telling import NAMELESS, about, lines_of, tell
from diffinsight.detectors.comparison.whole import Whole
from diffinsight.detectors.links import pair_links, rule_in
from diffinsight.detectors.prose import is_image
from diffinsight.models import Finding
from diffinsight.outline.model import Block, Link

LIGHTBOX = re.compile(r"""\blightbox\s*=\s*["']([^"']+)""")


def find(file: Comparison, whole: Whole) -> Iterator[Finding]:
    for pair in file.pairs:
        if not pair.both and (pair.inside or not is_image(pair.block)):
            continue
        old = pair.before.links if pair.before else ()
        new = pair.after.links if pair.after else ()
        for before, after in pair_links(old, new, images=True):
            if before and after and _follows(file, whole, before, after):
                after = replace(after, target=before.target)  # noqa: PLW2901 - it is the same image
                yield tell("formatting-changed", pair, "noise")
            yield from _tell(file, pair, before, after)
        if pair.both:
            yield from _enlarged(pair, *pair.both)


def _follows(file: Comparison, whole: Whole, old: Link, new: Link) -> bool:
    """Whether they are the old and the new name of a file that was renamed in the range.

    Where the file's own patch does not say from what, it is the name in this place.
    """
    was, now = read_target(old.target, file.before_path), read_target(new.target, file.path)
    if was is None or now is None or was == now:
        return False
    return whole.renamed.get(now.path) in {was.path, now.path}


def _enlarged(pair: Pair, before: Block, after: Block) -> Iterator[Finding]:
    """Images that readers can open in full size now, or no longer."""
    old, new = lightboxes(before), lightboxes(after)
    image = next((link for link in after.links if link.image), None)
    if image and bool(old) != bool(new):
        yield _finding("lightbox-added" if new else "lightbox-removed", pair, image)


def lightboxes(block: Block) -> list[str]:
    """What the images of a block open."""
    return LIGHTBOX.findall(block.source)


def _tell(file: Comparison, pair: Pair, old: Link | None, new: Link | None) -> Iterator[Finding]:
    link = new or old
    if link is None:
        return
    if old and new:
        if old.target != new.target:
            yield _exchanged(file, pair, old, new)
        if old.text != new.text:
            yield _finding("alt-text-changed", pair, link, old.text, new.text)
    else:
        yield _finding("image-added" if new else "image-removed", pair, link)


def _exchanged(file: Comparison, pair: Pair, old: Link, new: Link) -> Finding:
    """Another image, or the same one by another path."""
    if rule_in(file, old.target, new.target) == "same-target":
        return tell("formatting-changed", pair, "noise")
    return _finding("image-changed", pair, new, old.target, new.target)


def _finding(
    kind: str, pair: Pair, link: Link, before: str | None = None, after: str | None = None
) -> Finding:
    return Finding(
        kind=kind,
        subject=link.target or link.text or NAMELESS,
        impact="minor",
        before=before,
        after=after,
        values=about(pair, alt=link.text),
        **lines_of(pair),
    )
