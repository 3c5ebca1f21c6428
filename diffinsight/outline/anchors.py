"""Anchors as sites make them from headings."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

# GitHub keeps letters, marks, digits, connector punctuation, hyphens and spaces
# (html-pipeline's TOC filter, `[^\p{Word}\- ]`).
_KEPT_CATEGORIES = ("L", "M", "Nd", "Nl", "Pc")


def slug(text: str) -> str:
    """GitHub's anchor of a heading; Microsoft Learn's is the same for what its headings hold."""
    kept = "".join(c for c in text.strip().lower() if c in "- " or _is_word(c))
    return kept.replace(" ", "-")


def _is_word(char: str) -> bool:
    return unicodedata.category(char).startswith(_KEPT_CATEGORIES)


def loose(anchor: str) -> str:
    """What is left when runs of separators count as one: MkDocs, VitePress and old DocFX."""
    return re.sub(r"[^\w]+|_+", "-", unicodedata.normalize("NFKC", anchor).lower()).strip("-")


def numbered(texts: Iterable[str]) -> Iterator[str]:
    """Anchors in the order of the page: the second `setup` is `setup-1`."""
    seen: Counter[str] = Counter()
    taken: set[str] = set()
    for text in texts:
        base = slug(text)
        name = base
        while name in taken:
            seen[base] += 1
            name = f"{base}-{seen[base]}"
        taken.add(name)
        yield name
