"""Images shown in a page, and their alternative texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from diffinsight.detectors.across.targets import read_target
from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.detectors.comparison.telling import NAMELESS, about, lines_of, tell
from diffinsight.detectors.links import pair_links, rule_in
from diffinsight.detectors.prose import is_image
from diffinsight.models import Finding
from diffinsight.outline.model import Block, Link

LIGHTBOX = re.compile(r"""\blightbox\s*=\s*["']([^"']+)""")


Shown = tuple[Pair, Link | None, Link | None]  # an image of both versions, or of the one it is in


def find(file: Comparison, whole: Whole) -> Iterator[Finding]:
    shown = list(_shown(file))
    moved = list(_moved(file, whole, shown))
    kept = {id(image) for _, *images in moved for image in images}
    told: set[tuple[int, int]] = set()
    for pair, before, after in (*moved, *shown):
        one_side = before is None or after is None
        if one_side and id(before or after) in kept:
            continue
        if before and after and _follows(file, whole, before, after):
            if not _is_known(file, whole, after):
                yield _reference(pair, before, after)
            elif (blocks := (id(pair.before), id(pair.after))) not in told:
                told.add(blocks)
                yield tell("formatting-changed", pair, "noise")
            after = replace(after, target=before.target)  # noqa: PLW2901 - it is the same image
        yield from _tell(file, pair, before, after)
    for pair in file.pairs:
        if pair.both:
            yield from _enlarged(pair, *pair.both)


def _shown(file: Comparison) -> Iterator[Shown]:
    for pair in file.pairs:
        if not pair.both and (pair.inside or not is_image(pair.block)):
            continue
        old = pair.before.links if pair.before else ()
        new = pair.after.links if pair.after else ()
        for before, after in pair_links(old, new, images=True):
            yield pair, before, after


def _moved(
    file: Comparison, whole: Whole, shown: Sequence[Shown]
) -> Iterator[tuple[Pair, Link, Link]]:
    """Images that left one block for another: under another path, or the new one of their file."""
    gone = [(pair, old) for pair, old, new in shown if old and not new]
    came = [(pair, new) for pair, old, new in shown if new and not old]
    for here, new in came:
        for there, old in gone:
            if _name(there, old) == _name(here, new) or _follows(file, whole, old, new):
                gone.remove((there, old))
                both = replace(here, before=there.before, section_before=there.section_before)
                yield both, old, new
                break


def _name(pair: Pair, image: Link) -> tuple[str, str]:
    """The section that an image is in, and what its file is called."""
    return pair.section, image.target.rpartition("/")[2]


def _follows(file: Comparison, whole: Whole, old: Link, new: Link) -> bool:
    """Whether they are the old and the new name of a file that was renamed in the range.

    Where the file's own patch does not say from what, it is the name in this place.
    """
    was, now = read_target(old.target, file.before_path), read_target(new.target, file.path)
    before = whole.renamed.get(now.path) if now else None
    if was is None:
        return before is not None and old.target.endswith(f"/{before}")  # an address of the file
    return now is not None and was != now and before in {was.path, now.path}


def _is_known(file: Comparison, whole: Whole, new: Link) -> bool:
    """Whether the range says what the file of an image was called before."""
    now = read_target(new.target, file.path)
    return now is not None and whole.renamed.get(now.path) != now.path


def _reference(pair: Pair, old: Link, new: Link) -> Finding:
    """Another name where a file was renamed, of which it is not known from what."""
    told = _finding("image-changed", pair, new, old.target, new.target)
    return replace(told, values={**told.values, "reference": True})


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
