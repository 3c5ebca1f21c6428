"""Whether a table of contents of the repository leads to a page."""

from __future__ import annotations

import posixpath

from diffinsight.detectors.across.repository import Revision
from diffinsight.detectors.across.targets import read_target
from diffinsight.outline.model import Fragment
from diffinsight.outline.navigation import is_toc, read_toc

# The pages that a folder opens, and folders of pieces that are published within other pages.
OPENED = frozenset({"index", "readme"})
PARTS = frozenset({"includes", "include", "partials", "snippets"})


def is_in_contents(revision: Revision, page: str) -> bool | None:
    """None where nobody can tell: no contents are near it, or they may mean it otherwise."""
    folder, _, name = page.rpartition("/")
    stem = posixpath.splitext(name)[0]
    if stem.lower() in OPENED or is_part(page):
        return None
    contents = sorted(path for path in revision.paths if is_toc(path))
    if not any(_is_above(posixpath.dirname(path), folder) for path in contents):
        return None
    revision.load(contents)
    named = [path for path in contents if stem in revision.texts.get(path, "")]
    if any(_leads_to(revision, path, page) for path in named):
        return True
    return None if named else False


def is_part(page: str) -> bool:
    """Whether a page is published within others, by its folder."""
    folders = page.lower().split("/")[:-1]
    return any(folder.strip("._") in PARTS for folder in folders)


def _is_above(folder: str, other: str) -> bool:
    return not folder or other == folder or other.startswith(f"{folder}/")


def _leads_to(revision: Revision, contents: str, page: str) -> bool:
    for entry in read_toc([Fragment(first_line=1, text=revision.texts[contents])]):
        target = read_target(entry.target, contents)
        if target and revision.find(target, contents) == page:
            return True
    return False
