"""The repository at both ends of a range, as the judge of links; read only when asked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from diffinsight.detectors.across.targets import (
    Target,
    bases,
    candidates,
    names_a_file,
    names_for,
    read_target,
)
from diffinsight.models import Tree
from diffinsight.outline import DATA, PAGES, anchors, read_text, suffix
from diffinsight.outline.model import Outline

LARGEST_PAGE = 2_000_000  # characters; more is data
INCLUDE_DEPTH = 3
YAML = frozenset({".yml", ".yaml"})
# What a tool writes into a page from code, with anchors of its own: mkdocstrings, mkdocs-click,
# autodoc of Sphinx.
GENERATED = re.compile(
    r"(?m)^:::[ \t]+(?:[\w-]{1,80}(?:\.[\w-]{1,80})+[ \t]*$|[\w-]{1,80}[ \t]*\n {4}\S)"
    r"|^(?:\.\. |`{3,}\{)(?:auto\w{1,40}|click)(?:::|\})"
)
# Names that a whole project of Sphinx knows: labels of MyST and reStructuredText.
LABEL = re.compile(r"(?m)^[ \t]*(?:\(([^()\s][^()\n]*)\)=[ \t]*$|\.\. _([^:\n]+):[ \t]*$)")
WRITTEN_LINK = re.compile(
    r"\]\(\s*<?([^()\s<>]+(?:\([^()\s]*\)[^()\s<>]*)?)"
    r"|(?:href|src|source)\s*=\s*[\"']([^\"'\n]+)"
    r"|^[ ]{0,3}\[[^\]\n]+\]:[ \t]*<?([^\s>]+)"
    r"|^[ \t-]*(?:href|topicHref|tocHref|url|link|homepage|landingPage|file|src|source)"
    r"\s*:\s*[\"']?([^\s\"']+)"
    r"|^[ ]*-[ ]+(?:[^\n:]+:[ ]+)?[\"']?([\w./-]+\.(?:md|mdx|rst|adoc))[\"']?\s*$"
    r"|^[ \t]*\.\. (?:image|figure|include|literalinclude)::[ ]+(\S+)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A link in the repository."""

    path: str
    line: int
    target: str
    anchor: str


class Revision:
    """The files of one revision, with what was read of them."""

    def __init__(self, tree: Tree, known: Mapping[tuple[str, str], Outline]) -> None:
        self.tree = tree
        self.known = known  # outlines that were read already, by path and text
        self.texts: dict[str, str] = {}
        self._outlines: dict[str, Outline] = {}
        self._anchors: dict[str, frozenset[str]] = {}

    @cached_property
    def paths(self) -> frozenset[str]:
        return self.tree.paths()

    @cached_property
    def folders(self) -> frozenset[str]:
        found: set[str] = set()
        for path in self.paths:
            folder = path.rpartition("/")[0]
            while folder and folder not in found:
                found.add(folder)
                folder = folder.rpartition("/")[0]
        return frozenset(found)

    def load(self, paths: Iterable[str]) -> None:
        """Read files that were not read yet, in one go."""
        wanted = sorted({p for p in paths if p in self.paths and p not in self.texts})
        if wanted:
            self.texts |= dict.fromkeys(wanted, "")
            self.texts |= dict(self.tree.read(wanted))

    def outline(self, path: str) -> Outline:
        if path not in self._outlines:
            self.load([path])
            self._outlines[path] = self._read(path, self.texts.get(path, ""))
        return self._outlines[path]

    def _read(self, path: str, text: str) -> Outline:
        if len(text) > LARGEST_PAGE:
            return Outline()
        return self.known.get((path, text)) or read_text(path, text)

    def find(self, target: Target, page: str) -> str | None:
        """The file a target means; a folder counts as one."""
        for path in candidates(target, page):
            if self.has(path):
                return path
        return None

    def anchors(self, path: str, depth: int = 0) -> frozenset[str]:
        """Every anchor of a page, as written and loosely, with those of what it includes."""
        if path in self._anchors:
            return self._anchors[path]
        outline = self.outline(path)
        names = anchors_of(outline)
        if depth < INCLUDE_DEPTH:
            included = [self._included(link, path) for link in includes(outline)]
            self.load(found for found in included if found)
            for found in included:
                if found and found != path:
                    names |= self.anchors(found, depth + 1)
        if depth == 0:
            self._anchors[path] = names
        return names

    def _included(self, link: str, page: str) -> str | None:
        target = read_target(link, page)
        return self.find(target, page) if target else None

    @cached_property
    def is_sphinx(self) -> bool:
        """Whether `#name` in a page may mean a label or an object of any page (MyST).

        https://myst-parser.readthedocs.io/en/latest/syntax/cross-referencing.html
        """
        return any(path.rpartition("/")[2] == "conf.py" for path in self.paths)

    @cached_property
    def labels(self) -> frozenset[str]:
        """The labels of all pages in small letters, where the project has such."""
        if not self.is_sphinx:
            return frozenset()
        self._load_pages()
        found = (match for text in self.texts.values() for match in LABEL.finditer(text))
        return frozenset((match[1] or match[2]).strip().casefold() for match in found)

    def names(self, name: str) -> bool:
        """Whether a page or a table of contents has the words ``name``."""
        self._load_pages()
        return any(name in text for text in self.texts.values())

    def _load_pages(self) -> None:
        self.load(path for path in self.paths if suffix(path) in PAGES | DATA)

    @cached_property
    def links(self) -> dict[str, list[Place]]:
        """Links of all pages and tables of contents, by the paths they may mean."""
        self._load_pages()
        kinds = PAGES | DATA
        found: dict[str, list[Place]] = defaultdict(list)
        for path in sorted(self.texts):
            if suffix(path) in kinds and len(self.texts[path]) <= LARGEST_PAGE:
                for target, place in self._written(path, self.texts[path]):
                    found[target].append(place)
        return found

    def _written(self, path: str, text: str) -> Iterator[tuple[str, Place]]:
        starts: list[int] = []
        for match in WRITTEN_LINK.finditer(text):
            link = next(group for group in match.groups() if group)
            target = read_target(link, path)
            if target is None:
                continue
            starts = starts or [m.end() for m in re.finditer("\n", text)]
            line = bisect_right(starts, match.start(match.lastindex or 0)) + 1
            for base in dict.fromkeys(bases(target, path)):
                yield base, Place(path, line, link, target.anchor)

    def links_to(self, path: str) -> list[Place]:
        """Links that lead to ``path``, as the Markdown parser confirms them."""
        places = (place for name in names_for(path) for place in self.links.get(name, ()))
        return [p for p in places if self._means(p, path) and self._confirmed(p)]

    def _means(self, place: Place, path: str) -> bool:
        """Whether ``path``, also one that is gone, is the first file that a link may mean."""
        target = read_target(place.target, place.path)
        found = candidates(target, place.path) if target else iter(())
        return next((c for c in found if c == path or self.has(c)), None) == path

    def has(self, path: str) -> bool:
        """Whether there is such a file, or such a folder."""
        return path in self.paths or path in self.folders

    def _confirmed(self, place: Place) -> bool:
        if suffix(place.path) not in {".md", ".mdx", ".markdown"}:
            return True
        return any(
            link.target == place.target
            or read_target(link.target, "") == read_target(place.target, "")
            for link in self.outline(place.path).links
        )


def includes(outline: Outline) -> list[str]:
    """Targets of the files a page takes in."""
    return [
        link.target
        for block in outline.blocks
        if block.kind == "directive" and block.name == "include"
        for link in block.links
    ]


def anchors_of(outline: Outline) -> frozenset[str]:
    """Anchors of headings and explicit ones, as written and in their loose form."""
    names = {section.anchor for section in outline.headings}
    # A heading with an explicit anchor keeps, on GitHub, the one made from its text.
    names |= {anchors.slug(s.heading.text) for s in outline.headings if s.heading}
    names |= {anchor.name for anchor in outline.anchors}
    return frozenset(names | {"~" + anchors.loose(name) for name in names})


def has_anchor(names: frozenset[str], anchor: str) -> bool:
    """Whether a page with the anchors ``names`` answers a link to ``anchor``."""
    plain = anchor.removeprefix("user-content-")
    if not plain or plain.lower() == "top" or plain.startswith(":~:"):
        return True
    return plain in names or plain.lower() in names or "~" + anchors.loose(plain) in names


def resolves(revision: Revision, target: Target, page: str) -> str:
    """Empty when a link works, else why it does not: `missing-file` or `missing-anchor`."""
    path = revision.find(target, page)
    if path is None:
        return "missing-file"
    known = target.anchor and _is_of_page(target.anchor) and _has_known_anchors(revision, path)
    if not known or has_anchor(revision.anchors(path), target.anchor):
        return ""
    if path == page and target.anchor.casefold() in revision.labels:
        return ""
    return "" if GENERATED.search(revision.texts.get(path, "")) else "missing-anchor"


def _is_of_page(anchor: str) -> bool:
    """Whether only a page can have it: with slashes it may be a label of MyST or an app's route."""
    return "/" not in anchor or anchor.startswith("tab/")


def _has_known_anchors(revision: Revision, path: str) -> bool:
    if path not in revision.paths:
        return False
    return suffix(path) in PAGES - {".ipynb"} or (
        suffix(path) in YAML and bool(revision.outline(path).blocks)
    )


__all__ = ["YAML", "Place", "Revision", "has_anchor", "names_a_file", "read_target", "resolves"]
