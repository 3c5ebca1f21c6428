"""Pieces of other people's Markdown that, in some order, have broken out of their place."""

from __future__ import annotations

PIECES = (
    "```",
    "~~~~",
    "`",
    "<",
    "<details>",
    "</details>",
    "<!--",
    "-->",
    "\n",
    "\n\n",
    "    ",
    "- ",
    "> ",
    "@me",
    "#1",
    "**",
    "「x」",
    "word",
    " ",
    "\\",
    "|",
    "<b>",
    "1. ",
)
