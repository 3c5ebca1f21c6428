"""The sidebars of Docusaurus, as JSON or as the object that a module exports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from posixpath import basename

from diffinsight.outline.model import Fragment
from diffinsight.outline.navigation import Entry
from diffinsight.outline.yaml_tree import Node, NotUnderstoodError, flat, read

NAME = re.compile(r"^(?:versioned_|version-.*-)?sidebars?\.(?:json|js|cjs|mjs|ts)$")
EXPORTED = re.compile(
    r"(?:module\.exports\s*=|export\s+default|(?:const|let|var)\s+\w*[sS]idebars?\w*[^={;]*=)\s*(?=\{)"
)
NAME_KEYS = ("label", "id", "dirName", "href", "value")
TARGET_KEYS = ("id", "href", "dirName")
OWN_KEYS = frozenset({"type", "label", "id", "href", "dirName", "collapsed", "className", "key"})


def is_sidebar(path: str) -> bool:
    name = basename(path)
    return bool(NAME.match(name)) or name.endswith("-sidebars.json")


def read_sidebar(fragments: Sequence[Fragment]) -> list[Entry] | None:
    """Entries of a whole file; None when it is built by code, or cannot be read."""
    if len(fragments) != 1 or fragments[0].first_line != 1:
        return None
    literal = _literal(fragments[0].text)
    try:
        root = read(literal) if literal else None
    except NotUnderstoodError:
        return None
    if root is None or root.kind != "mapping":
        return None
    several = len(root.entries) > 1
    return [
        entry
        for name, node in root.entries
        for entry in _children(node, (name,) if several else ())
    ]


def _children(node: Node, parents: tuple[str, ...]) -> Iterator[Entry]:
    """What stands in a list of items, or in the short form `{"Name": [items]}`."""
    if node.kind == "mapping" and not node.get("type"):
        for name, inner in node.entries:
            yield Entry(name=name, parents=parents, first=inner.first, last=inner.first)
            yield from _children(inner, (*parents, name))
        return
    items = [node] if node.kind == "mapping" else [item for _, item in node.entries]
    for item in items:
        yield from _item(item, parents)


def _item(item: Node, parents: tuple[str, ...]) -> Iterator[Entry]:
    if item.kind == "scalar":
        yield Entry(
            name=item.text, target=item.text, parents=parents, first=item.first, last=item.last
        )
        return
    if item.kind != "mapping" or not item.get("type"):
        yield from _children(item, parents)
        return
    name = next((item.scalar(key) for key in NAME_KEYS if item.scalar(key)), "")
    inner, link = item.get("items"), item.get("link")
    target = next((item.scalar(key) for key in TARGET_KEYS if item.scalar(key)), "")
    own = [node.last for key, node in item.entries if key in OWN_KEYS]
    yield Entry(
        name=name,
        target=target or (link.scalar("id") if link else ""),
        parents=parents,
        first=item.first,
        last=max([item.first, *own]),
        others=tuple(sorted(_others(item))),
    )
    if inner:
        yield from _children(inner, (*parents, name))


def _others(item: Node) -> Iterator[tuple[str, str]]:
    """What else an item says of itself, such as whether it is open."""
    for key, node in item.entries:
        if key not in {"items", *NAME_KEYS}:
            yield key, flat(node)


def _literal(text: str) -> str:
    """The exported object as flow YAML on its own lines; JSON is one as it stands."""
    if text.lstrip()[:1] == "{":
        return text
    found = EXPORTED.search(text)
    if found is None:
        return ""
    return "\n" * text.count("\n", 0, found.end()) + "".join(_converted(text, found.end()))


PIECE = re.compile(
    r"//[^\n]*|/\*.*?\*/|'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"|`[^`]*`|[{}]|:|[^/'\"`{}:]+|/",
    re.DOTALL,
)


def _converted(text: str, start: int) -> Iterator[str]:
    """JavaScript's marks as YAML has them, up to the brace that ends the object."""
    depth = 0
    for found in PIECE.finditer(text, start):
        piece = found.group()
        if piece.startswith(("//", "/*")):
            yield "\n" * piece.count("\n")
        elif piece[0] in "'`":
            inner = piece[1:-1].replace("\\'", "'").replace('"', '\\"')
            yield f'"{inner}"'
        elif piece == ":":
            yield ": "
        else:
            depth += (piece == "{") - (piece == "}")
            yield piece
            if not depth and piece == "}":
                return
