"""Paragraphs that are nothing but a link, such as the buttons of Microsoft Learn."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from diffinsight.models import LineRange
from diffinsight.outline.model import Block, Link, Outline

# > [!div class="nextstepaction"]; see
# https://learn.microsoft.com/en-us/contribute/content/markdown-reference#next-step-action
_BUTTON = "nextstepaction"
_MARKS = ".!?:;。！？"  # noqa: RUF001 - East Asian marks are meant


def lone_link(block: Block) -> Link | None:
    """The link that a paragraph consists of."""
    if block.kind != "paragraph" or len(block.links) != 1:
        return None
    (link,) = block.links
    bare = block.text.rstrip(_MARKS) == link.text.rstrip(_MARKS)
    return link if bare and link.text and not link.image else None


def buttons(page: Outline) -> dict[int, LineRange]:
    """The lines of links that are shown as buttons, by the first line of their paragraphs.

    The line that makes them so is one of them.
    """
    return dict(_buttons(page))


def _buttons(page: Outline) -> Iterator[tuple[int, LineRange]]:
    for above, below in pairwise(page.blocks):
        if above.kind == "directive" and _BUTTON in above.source:
            yield below.first, (above.first, below.last)
