"""Where a link leads inside a repository."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import unquote, urlsplit

from diffinsight.outline import ASSETS, DATA, PAGES, suffix

SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.\-]*:|//)", re.IGNORECASE)
# What a tool puts in, and a name that another page defines.
TEMPLATE = re.compile(r"\{\{|\{%|\$\{|<%|^\{|^<|^@|^\$|^\[")
HOST = re.compile(r"(?:^|/)(?:www\.)?[\w-]+\.(?:com|org|net|io|dev)/")
PAGE_ENDINGS = (".md", ".mdx", ".rst", ".adoc", ".ipynb", ".markdown", ".qmd")
INDEXES = ("index.md", "README.md", "index.mdx", "readme.md", "index.rst", "_index.md", "index.yml")
MOST_DROPPED = 1  # parts of a path on the site before those of the repository
LONGEST = 2_000  # characters of a target; data: URLs and worse are no links to files


@dataclass(frozen=True, slots=True)
class Target:
    """A link's file and anchor; ``path`` is empty for a link within the page."""

    path: str
    anchor: str
    rooted: bool = False
    # What else it may mean, where the site's addresses are not the repository's paths.
    published: bool = field(default=False, compare=False)  # a path of the site, with its own start
    beside: str = field(default="", compare=False)  # as seen from a page that is a folder


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
        plain = posixpath.normpath(path.lstrip("/"))
        return Target(plain, anchor, rooted=True, published=True)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(page), path.replace("\\", "/")))
    beside = _beside(path, page)
    if joined.startswith(".."):
        return Target(beside, anchor) if beside else None
    return Target(joined, anchor, beside=beside)


def _beside(path: str, page: str) -> str:
    """`../other/` in `docs/page.md`, which MkDocs publishes as the folder `docs/page/`."""
    stem = posixpath.splitext(page)[0]
    if not path.endswith("/") or posixpath.basename(page) in INDEXES:
        return ""
    joined = posixpath.normpath(posixpath.join(stem, path))
    return "" if joined.startswith("..") else joined


def bases(target: Target, page: str) -> Iterator[str]:
    """Paths a target may mean, as it is written: without the endings of files."""
    yield target.path
    if target.beside:
        yield target.beside
    if not target.rooted:
        return
    folders = page.split("/")[:-1]
    for depth in range(1, len(folders) + 1):
        yield "/".join([*folders[:depth], target.path])
    if target.published:
        yield from _below_their_start(target.path.split("/"), folders)


def _below_their_start(parts: list[str], folders: list[str]) -> Iterator[str]:
    """`/azure/search/page` for `articles/search/page.md`: a docset has its own start of the path.

    What is left of the path has to be a folder and a page, or to stand in the folder it names.
    """
    for depth in range(1, len(folders) + 1):
        above = folders[:depth]
        if len(parts) > MOST_DROPPED + 1:
            yield "/".join([*above, *parts[MOST_DROPPED:]])
        for dropped in range(1, len(parts)):
            if above[-1].casefold() == parts[dropped - 1].casefold():
                yield "/".join([*above, *parts[dropped:]])


def names_for(path: str) -> Iterator[str]:
    """What a base may be that means the file."""
    stem, ending = posixpath.splitext(path)
    yield path
    if ending.lower() in PAGE_ENDINGS:
        yield from (stem, stem + ".html", stem + ".htm")
    if posixpath.basename(path) in INDEXES:
        yield posixpath.dirname(path)


def candidates(target: Target, page: str) -> Iterator[str]:
    """Files a target may mean, the plainest first."""
    for base in bases(target, page):
        yield base
        stem, ending = posixpath.splitext(base)
        if ending.lower() in {".html", ".htm"}:
            yield from (stem + page_ending for page_ending in PAGE_ENDINGS)
        if ending.lower() not in PAGES | ASSETS | DATA:
            yield from (base + page_ending for page_ending in PAGE_ENDINGS)
            yield from (posixpath.join(base, index) for index in INDEXES)


# Pages of Microsoft Learn link to each other from the site's root, without its host and locale.
OWN_HOST = re.compile(
    r"^https?://(?:learn|docs)\.microsoft\.com(?:/[a-z]{2}-[a-z]{2})?(?=/)", re.IGNORECASE
)
# Signs that mean something else when they stand for themselves (RFC 3986, 2.2).
KEPT = re.compile(r"%(?=2[35F6B]|3[DF]|5[BCD])", re.IGNORECASE)
PORTS = {"http": ":80", "https": ":443"}


def same_target(before: str, after: str, *, page_before: str, page: str) -> bool:
    """Whether two links, of the old and of the new page, lead to the very same place."""
    before, after = (OWN_HOST.sub("", link) for link in (before, after))
    old, new = _plain(before), _plain(after)
    if old == new and page_before == page:
        return True
    if SCHEME.match(old) or SCHEME.match(new):
        return _address(old) == _address(new)
    was, now = read_target(before, page_before), read_target(after, page)
    if was is None or now is None or _query(old) != _query(new) or was.anchor != now.anchor:
        return False
    if was.published != now.published:
        return was.path in candidates(now, page) or now.path in candidates(was, page_before)
    return was == now


def _plain(link: str) -> str:
    """Without what only writes a character in another way."""
    return unquote(KEPT.sub("%25", unescape(link)))


def _query(link: str) -> str:
    return link.partition("#")[0].partition("?")[2]


def _address(link: str) -> tuple[str, ...]:
    """The parts of an address; scheme and host are the same in any case, and so is no path."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return (link,)
    host = parts.netloc.lower().removesuffix(PORTS.get(parts.scheme.lower(), " "))
    path = parts.path or "/"
    if host == "github.com":
        # Owners and repositories have one name, whatever its case: its redirects say so.
        owner, _, rest = path.lstrip("/").partition("/")
        name, slash, rest = rest.partition("/")
        path = f"/{owner.lower()}/{name.lower()}{slash}{rest}"
    return (parts.scheme.lower(), host, path, parts.query, parts.fragment)


def names_a_file(target: Target) -> bool:
    """Whether the target can only mean a file of the repository, or a host without its scheme."""
    if target.rooted:
        return False
    return suffix(target.path) in PAGES | DATA | ASSETS or bool(HOST.search(target.path))
