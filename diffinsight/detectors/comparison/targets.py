"""Where a link leads inside a repository."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from diffinsight.outline import ASSETS, DATA, PAGES, suffix

SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.\-]*:|//)", re.IGNORECASE)
TEMPLATE = re.compile(r"\{\{|\{%|\$\{|<%|^\{|^<|^@|^\$")
HOST = re.compile(r"(?:^|/)(?:www\.)?[\w-]+\.(?:com|org|net|io|dev)/")
PAGE_ENDINGS = (".md", ".mdx", ".rst", ".adoc", ".ipynb", ".markdown", ".qmd")
INDEXES = ("index.md", "README.md", "index.mdx", "readme.md", "index.rst", "_index.md", "index.yml")
LONGEST = 2_000  # characters of a target; data: URLs and worse are no links to files


@dataclass(frozen=True, slots=True)
class Target:
    """A link's file and anchor; ``path`` is empty for a link within the page."""

    path: str
    anchor: str
    rooted: bool = False


def read_target(link: str, page: str) -> Target | None:
    """Where ``link`` in ``page`` leads, or None when it leaves the repository."""
    if not link or len(link) > LONGEST or SCHEME.match(link) or TEMPLATE.search(link):
        return None
    path, _, anchor = link.partition("#")
    path = unquote(path.partition("?")[0])
    anchor = unquote(anchor)
    if not path:
        return Target(page, anchor) if anchor or not link.startswith("?") else None
    if path.startswith("~/"):
        return Target(path[2:], anchor, rooted=True)
    if path.startswith("/"):
        return Target(posixpath.normpath(path.lstrip("/")), anchor, rooted=True)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(page), path.replace("\\", "/")))
    return None if joined.startswith("..") else Target(joined, anchor)


def candidates(target: Target, page: str) -> Iterator[str]:
    """Files a target may mean, the plainest first."""
    bases = [target.path]
    if target.rooted:
        folders = page.split("/")[:-1]
        bases += ["/".join([*folders[:depth], target.path]) for depth in range(1, len(folders) + 1)]
    for base in bases:
        yield base
        stem, ending = posixpath.splitext(base)
        if ending.lower() in {".html", ".htm"}:
            yield from (stem + page_ending for page_ending in PAGE_ENDINGS)
        if ending.lower() not in PAGES | ASSETS | DATA:
            yield from (base + page_ending for page_ending in PAGE_ENDINGS)
            yield from (posixpath.join(base, index) for index in INDEXES)


def names_a_file(target: Target) -> bool:
    """Whether the target can only mean a file of the repository, or a host without its scheme."""
    if target.rooted:
        return False
    return suffix(target.path) in PAGES | DATA | ASSETS or bool(HOST.search(target.path))
