"""Files as such: pages, assets and other files added, removed and moved; files without text."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator

from diffinsight.detectors.across.contents import is_in_contents, is_part
from diffinsight.detectors.across.whole import Places, Whole
from diffinsight.detectors.comparison import Comparison
from diffinsight.detectors.comparison.section_parts import diagrams_in, images_in, is_drawing
from diffinsight.detectors.comparison.telling import known
from diffinsight.matching.sentences import Words, is_said, sentences
from diffinsight.matching.words import count
from diffinsight.models import FileChange, Finding, Impact, Json, LineRange
from diffinsight.outline import IMAGES, suffix
from diffinsight.outline.model import PROSE, Outline

LEAST_TEXT = 20  # words of a new page that may have come from another one
MOVED = 0.85  # of its words, in sentences that left that one or are much like those
MOSTLY = 0.5  # ... of a page with much that is new, too
MOST_HEADINGS = 100  # of a page
# What GitHub shows beside the code, as its community files, wherever a site is built from.
_OF_THE_REPOSITORY = re.compile(
    r"(?i)(?:\.github/.+|(?:readme|contributing|code_of_conduct|security|support|governance"
    r"|changelog|changes|history|news|authors|licen[cs]e)(?:\.\w+)?)"
)
SUBMODULE = "160000"
SYMLINK = "120000"


def find(file: Comparison, whole: Whole) -> Iterator[Finding]:
    change = file.change
    match change.status:
        case "added" | "copied" if not file.compared or change.status == "copied":
            yield _came(file, whole)
        case "removed":
            yield _went(file, whole)
        case "renamed":
            yield _moved(file, whole)
        case _:
            yield from _without_text(file)
    if change.before_mode and change.after_mode and change.before_mode != change.after_mode:
        yield Finding(
            kind="mode-changed",
            subject=file.path,
            impact="noise",
            before=change.before_mode,
            after=change.after_mode,
        )


def _came(file: Comparison, whole: Whole) -> Finding:
    name = _kind_name(file)
    values: dict[str, Json] = {"lines": len(file.added), "points_to": _target(file)}
    if name == "page":
        listed = is_in_contents(whole.head, file.path) if whole.head else None
        values = {**_page_values(file.after), "in_toc": listed, **_origin(file, whole)}
    elif name == "asset":
        values = {"image": suffix(file.path) in IMAGES}
    return Finding(
        kind=f"{name}-added",
        subject=file.path,
        impact="notable" if name == "page" and "text_of" not in values else "minor",
        after=title_of(file.after) or None if name == "page" else None,
        after_lines=_all_lines(file.added),
        values=known(**values, copied_from=file.change.previous_path),
    )


def _origin(file: Comparison, whole: Whole) -> dict[str, Json]:
    """The page of the range that lost nearly all, or most, of the text that a new one has."""
    came = [s for block in file.after.blocks if block.kind in PROSE for s in sentences(block.text)]
    words = sum(map(count, came))
    sources = whole.gone_sentences.items() if words >= LEAST_TEXT else ()
    stood = ((sum(count(s) * _stood(s, gone) for s in came), path) for path, gone in sources)
    most, path = max(stood, default=(0.0, ""))
    if path and most >= MOVED * words:
        return {"text_of": path, "text_stays": True}
    return {"mostly_of": path} if path and most > MOSTLY * words else {}


def _stood(sentence: str, gone: Collection[str]) -> float:
    """How much of a sentence is among those that went: all of it, or what a like one says."""
    if sentence in gone:
        return 1.0
    own = Words.of(sentence)
    like = (Words.of(other) for other in gone if is_said(sentence, other))
    return max((own.shared(other) / own.weight for other in like), default=0.0)


def _went(file: Comparison, whole: Whole) -> Finding:
    name = _kind_name(file)
    used = whole.links_to_file(file.before_path) if name != "file" else Places()
    values: dict[str, Json] = {}
    impact: Impact = "minor"
    if name == "file":
        values = {"lines": len(file.removed), "points_to": _target(file)}
    elif name == "page":
        redirect = whole.redirect_of(file.before_path)
        successor = None if redirect else _successor(file, whole)
        values = {**_page_values(file.before), "redirect": redirect, "successor": successor}
        values |= _lack_of_redirect(file, whole)
        unused = whole.is_named_nowhere(posixpath.basename(file.before_path))
        least: Impact = "minor" if unused else "notable"
        impact = "notable" if redirect else _loss(file.before_path, used, least=least)
        if successor and not used.count:
            impact = "minor"
    elif name == "asset":
        shown = whole.was_named(posixpath.basename(file.before_path))
        values = {"image": suffix(file.path) in IMAGES, "was_shown": shown or None}
        impact = "breaking" if used.count else "minor"
    return Finding(
        kind=f"{name}-removed",
        subject=file.path,
        impact=impact,
        before=title_of(file.before) or None if name == "page" else None,
        before_lines=_all_lines(file.removed),
        values=known(**values, **(used.values() if name != "file" else {})),
    )


def _moved(file: Comparison, whole: Whole) -> Finding:
    name = _kind_name(file)
    used = whole.links_to_file(file.before_path) if name != "file" else Places()
    values: dict[str, Json] = {}
    impact: Impact = "minor"
    if name == "page":
        redirect = whole.redirect_of(file.before_path)
        same_url = published(file.before_path) == published(file.path)
        values = {"redirect": redirect, "same_url": same_url} | _lack_of_redirect(file, whole)
        impact = "minor" if redirect or same_url else _loss(file.before_path, used, least="minor")
    elif name == "asset":
        values = {"image": suffix(file.path) in IMAGES}
        impact = "breaking" if used.count else "minor"
    else:
        values = {"lines": len(file.added) + len(file.removed)}
    return Finding(
        kind=f"{name}-moved",
        subject=file.path,
        impact=impact,
        before=file.before_path,
        after=file.path,
        values=known(**values, **(used.values() if name != "file" else {})),
    )


def _target(file: Comparison) -> str | None:
    """Where a symbolic link that came or went leads: all that git stores of it."""
    lines = [*file.removed.values(), *file.added.values()]
    linked = SYMLINK in {file.change.before_mode, file.change.after_mode}
    return lines[0].strip() or None if linked and len(lines) == 1 else None


def _successor(file: Comparison, whole: Whole) -> str | None:
    """The name of the new file that is published where a removed page was: `a.md` for `a.rst`."""
    address = published(file.before_path)
    added = (f.path for f in whole.files if f.change.status == "added" and f.kind == "page")
    same = [path for path in added if published(path) == address]
    return posixpath.basename(same[0]) if len(same) == 1 else None


def _loss(path: str, used: Places, *, least: Impact) -> Impact:
    """A page that is gone breaks for its readers; one that only others take in, for those."""
    unaddressed = is_part(path) or is_unpublished(path)
    return least if unaddressed and not used.count else "breaking"


def is_unpublished(path: str) -> bool:
    """Whether a file is for those who open the repository, and no page of a site."""
    return bool(_OF_THE_REPOSITORY.fullmatch(path))


def _lack_of_redirect(file: Comparison, whole: Whole) -> dict[str, Json]:
    """Whether a redirect makes sense for a page that is gone, and was looked for everywhere."""
    if is_unpublished(file.before_path):
        return {"unpublished": True}
    return {"searched": True} if whole.head else {}


def _without_text(file: Comparison) -> Iterator[Finding]:
    """A change that shows no lines: what is known is why."""
    change = file.change
    if file.added or file.removed:
        return
    if file.kind == "asset" and _reason(change) in {"binary", "no-patch"}:
        values: dict[str, Json] = {"image": suffix(file.path) in IMAGES}
        yield Finding(kind="asset-replaced", subject=file.path, impact="minor", values=values)
    elif change.before_mode == change.after_mode or _reason(change) != "empty":
        reason = _reason(change)
        if reason == "binary" and file.kind == "page":
            reason = "no-patch"  # git was told, or a stray byte makes it think so
        yield Finding(
            kind="content-changed", subject=file.path, impact="minor", values={"reason": reason}
        )


def _reason(change: FileChange) -> str:
    modes = {change.before_mode, change.after_mode}
    if SUBMODULE in modes:
        return "submodule"
    if SYMLINK in modes:
        return "symlink"
    if change.binary:
        return "binary"
    return "no-patch" if change.patch is None and change.status == "modified" else "empty"


def _kind_name(file: Comparison) -> str:
    modes = {file.change.before_mode, file.change.after_mode}
    if modes & {SUBMODULE, SYMLINK} or file.kind in {"data", "other"}:
        return "asset" if file.change.binary else "file"
    return file.kind


def _page_values(outline: Outline) -> dict[str, Json]:
    steps = sum(block.kind == "step" for block in outline.blocks)
    return {
        "title": title_of(outline),
        "words": sum(count(b.text) for b in outline.blocks if b.is_counted),
        "headings": _headings(outline),
        "images": images_in(outline.blocks),
        "diagrams": diagrams_in(outline.blocks) or None,
        "code_blocks": sum(b.kind == "code" and not is_drawing(b) for b in outline.blocks),
        "steps": None if outline.headings[1:] else steps or None,  # the page is a procedure
    }


def _headings(outline: Outline) -> tuple[str, ...]:
    """All headings of a page, or none: of some nobody could tell how many there are."""
    headings = tuple(s.heading.text for s in outline.headings if s.heading)
    return headings if len(headings) <= MOST_HEADINGS else ()


def title_of(outline: Outline) -> str:
    """The first top-level heading, or the title of the front matter."""
    for block in outline.blocks:
        if block.kind == "heading" and block.level == 1:
            return block.text
    titles = (b.text.strip("\"'") for b in outline.blocks if b.kind == "meta" and b.name == "title")
    return next(titles, "")


def published(path: str) -> str:
    """A path as most sites publish it: no extension, no index."""
    stem = path.rsplit(".", 1)[0] if "." in path.rsplit("/", 1)[-1] else path
    folder, _, name = stem.rpartition("/")
    return (folder if name.lower() in {"index", "readme"} else stem).lower()


def _all_lines(changed: object) -> LineRange | None:
    numbers = sorted(changed) if changed else []  # type: ignore[call-overload]  # line numbers
    return (numbers[0], numbers[-1]) if numbers else None
