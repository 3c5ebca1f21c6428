"""Releases that came to a change log or left it: each version with the sections below it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath

from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.comparison import Comparison
from diffinsight.detectors.comparison.section_parts import Changed
from diffinsight.detectors.comparison.telling import known
from diffinsight.matching.announcing import announced
from diffinsight.matching.words import count
from diffinsight.models import Finding, LineRange
from diffinsight.outline.model import Block, Outline, Section

# By the file's name, the page's title or the heading above: elsewhere a version may be a product.
_LOG = re.compile(
    r"(?i)\b(?:change[ _-]?log|changes|history|news|releases?|release[ _-]?(?:notes|history)"
    r"|what'?s[ _-]?new)\b|変更履歴|更新履歴|リリース|新機能|更新日志|更新记录|版本说明|新增功能"
)
_PRE = r"(?:[-. ]?(?:a|b|c|rc|alpha|beta|dev|post|preview|pre|next)[-. ]?\d{0,8})?"
_DATE = r"\d{4}[-./]\d{1,2}[-./]\d{1,2}"
# Such as "v1.2.3 - 2025-01-31", "[1.2.3] (January 31st, 2025)", "attrs 24.1.0", "2025-01-31".
_RELEASE = re.compile(
    rf"(?i)\W{{0,3}}(?:[a-z][\w-]{{0,30}} )?(?:v(?:ersion )?)?"
    rf"(?:{_DATE}|\d{{1,5}}(?:\.\d{{1,8}}){{1,3}}{_PRE})\]?(?![\w.])(?:\W.{{0,40}})?"
)


ITEMS = frozenset({"item", "step"})
_BREAKING = re.compile(
    r"(?i)\bbreak(?:s|ing)\b|\bincompatib|破壊的|互換性のない|不兼容|破坏性"
)  # in the heading above
_LABEL = re.compile(r"(?i)\W{0,6}break(?:ing(?: changes?)?)?\W{0,3}:")  # of an entry

Release = tuple[Section, ...]  # its section, and those below it


@dataclass(frozen=True, kw_only=True, slots=True)
class Releases:
    """The releases that one side of a file has alone, and the page around them."""

    path: str
    page: Outline
    lone: frozenset[int]  # ids of the sections that only this side has, with all in them
    ends: Mapping[int, int]  # line of a heading → last line that came or went with it

    @classmethod
    def came(cls, file: Comparison, whole: Whole) -> Releases:
        alone = (pair.after for pair in file.sections if pair.after and not pair.before)
        lone = _lone(alone, Changed.of(file).came, partial(whole.moves.came, file))
        return cls(path=file.path, page=file.after, lone=lone, ends=file.came)

    @classmethod
    def left(cls, file: Comparison, whole: Whole) -> Releases:
        """Those that a link leads to are told as sections, with the link."""

        def kept(section: Section) -> object:
            linked = whole.links_to_anchor(file, section.anchor).count
            return whole.moves.left(file, section) or linked

        alone = (pair.before for pair in file.sections if pair.before and not pair.after)
        lone = _lone(alone, Changed.of(file).gone, kept)
        return cls(path=file.before_path, page=file.before, lone=lone, ends=file.gone)

    def __iter__(self) -> Iterator[Release]:
        runs: list[list[Section]] = []
        top = 0  # level of the release that a section may be part of
        for section in self.page.sections if self.lone else ():
            level = section.heading.level if section.heading else 0
            if id(section) not in self.lone:
                top = 0
            elif top and level > top:
                runs[-1].append(section)
            else:
                top = level if self._is_release(section) else 0
                runs += [[section]] if top else []
        return map(tuple, runs)

    def _is_release(self, section: Section) -> bool:
        named = section.heading and _RELEASE.fullmatch(section.heading.text)
        return bool(named and any(map(_LOG.search, self._names(section))))

    def _names(self, section: Section) -> Iterator[str]:
        """What the text around a section is called."""
        yield PurePosixPath(self.path).stem.replace("_", " ")
        yield section.parent
        titles = (s.heading.text for s in self.page.headings if s.heading and s.heading.level == 1)
        yield next(titles, "")

    def lines(self, release: Release) -> LineRange | None:
        first, last = release[0].heading, release[-1].heading
        return (first.first, self.ends.get(last.first, last.last)) if first and last else None


def _lone(
    sections: Iterable[Section],
    changed: Callable[[Block], bool],
    kept: Callable[[Section], object],
) -> frozenset[int]:
    """The ids of those of which every entry changed and that are nowhere else."""
    return frozenset(
        id(section)
        for section in sections
        if all(map(changed, _entries(section))) and not kept(section)
    )


def _entries(section: Section) -> Sequence[Block]:
    """The items that a release is; of one without any, all that stands in it."""
    return [block for block in section.blocks if block.kind in ITEMS] or section.blocks


def find(file: Comparison, whole: Whole) -> Iterator[Finding]:
    came, left = Releases.came(file, whole), Releases.left(file, whole)
    for release in came:
        told = _told(release, "release-added")
        if told.values.get("breaking"):
            told = replace(told, impact="breaking")
        yield replace(told, after=told.subject, after_lines=came.lines(release))
    for release in left:
        told = _told(release, "release-removed")
        yield replace(told, before=told.subject, before_lines=left.lines(release))


def parts_of_releases(file: Comparison, whole: Whole) -> frozenset[int]:
    """The ids of the sections that `find` tells."""
    sides = Releases.came(file, whole), Releases.left(file, whole)
    return frozenset(id(part) for side in sides for release in side for part in release)


def _breaks(release: Release) -> bool:
    """Whether an entry says that something ends, or stands where such entries do."""
    for section in release:
        below = bool(section.heading and _BREAKING.search(section.heading.text))
        for block in section.blocks:
            if block.kind not in ITEMS:
                continue
            if below or _LABEL.match(block.text) or announced(block.text):
                return True
    return False


def _told(release: Release, kind: str) -> Finding:
    blocks = [block for section in release for block in section.blocks]
    items = [block for block in blocks if block.kind in ITEMS]
    top = min((block.level for block in items), default=0)
    heading = release[0].heading
    return Finding(
        kind=kind,
        subject=heading.text if heading else "",
        impact="notable",
        values=known(
            level=heading.level if heading else None,
            anchor=release[0].anchor,
            parent=release[0].parent,
            entries=sum(block.level == top for block in items),
            words=sum(count(block.text) for block in blocks if block.is_counted),
            breaking=_breaks(release) or None,
        ),
    )
