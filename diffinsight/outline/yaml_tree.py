"""YAML and JSON to a tree with line numbers; never expands an alias, never builds an object."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

DEEPEST = 100  # levels of nesting
MOST_NODES = 400_000


class NotUnderstoodError(Exception):
    """The text is no YAML, or YAML that is not worth reading."""


@dataclass(kw_only=True, slots=True)
class Node:
    """A value: a scalar's text, or the entries of a mapping or sequence."""

    kind: str  # "scalar", "mapping", "sequence", "alias"
    first: int  # line, 1-based
    last: int = 0
    text: str = ""
    entries: list[tuple[str, Node]] = field(default_factory=list)  # key "" in a sequence

    def get(self, key: str) -> Node | None:
        return next((node for name, node in self.entries if name == key), None)

    def scalar(self, key: str) -> str:
        """The text under ``key``, or nothing."""
        node = self.get(key)
        return node.text if node is not None and node.kind == "scalar" else ""


def read(text: str) -> Node | None:
    """The first document of ``text``; None when it holds nothing."""
    try:
        return _build(yaml.parse(_cleaned(text), Loader=_loader()))
    except (yaml.YAMLError, ValueError) as error:
        raise NotUnderstoodError(str(error)) from error


def _loader() -> type[yaml.SafeLoader]:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _cleaned(text: str) -> str:
    """JSON with comments and tabs is YAML but for these."""
    if text.lstrip()[:1] in {"{", "["}:
        text = re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE)
        text = text.replace("\t", " ")
    return re.sub(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "?", text)


def _build(events: Iterator[yaml.Event]) -> Node | None:
    stack: list[Node] = []
    keys: list[str | None] = []
    count = 0
    for event in events:
        count += 1
        if count > MOST_NODES or len(stack) > DEEPEST:
            raise NotUnderstoodError("too large or too deep")
        node = _opened(event)
        if node is None:
            if not isinstance(event, yaml.CollectionEndEvent):
                continue
            node = stack.pop()
            keys.pop()
            node.last = _last_line(event, node)
        elif node.kind in {"mapping", "sequence"}:
            stack.append(node)
            keys.append(None)
            continue
        if not stack:
            return node
        keys[-1] = _attach(stack[-1], keys[-1], node)
    return None


def _opened(event: yaml.Event) -> Node | None:
    line = _place(event.start_mark)[0]
    match event:
        case yaml.ScalarEvent():
            end, column = _place(event.end_mark)
            last = end if column or end == line else end - 1
            return Node(kind="scalar", first=line, last=max(line, last), text=event.value)
        case yaml.AliasEvent():
            return Node(kind="alias", first=line, last=line, text=f"*{event.anchor}")
        case yaml.MappingStartEvent():
            return Node(kind="mapping", first=line)
        case yaml.SequenceStartEvent():
            return Node(kind="sequence", first=line)
    return None


def _last_line(event: yaml.Event, node: Node) -> int:
    """Block collections end where the next token begins: their last entry says more."""
    last = max((entry.last for _, entry in node.entries), default=node.first)
    end, column = _place(event.end_mark)
    closes_flow = column > _place(event.start_mark)[1]
    return max(last, end) if closes_flow else last


def _place(mark: object) -> tuple[int, int]:
    """Line, 1-based, and column of a parser's mark."""
    return getattr(mark, "line", 0) + 1, getattr(mark, "column", 0)


def _attach(parent: Node, key: str | None, node: Node) -> str | None:
    """Put ``node`` into ``parent``; the returned key waits for its value."""
    if parent.kind == "sequence":
        parent.entries.append(("", node))
        return None
    if key is None:
        parent.entries.append((node.text, Node(kind="scalar", first=node.first, last=node.last)))
        return node.text
    first = parent.entries[-1][1].first
    parent.entries[-1] = (key, node)
    node.first = min(first, node.first)
    return None


def flat(node: Node) -> str:
    """The value on one line, whatever quotes and styles were used."""
    parts: list[str] = []
    stack: list[Node | str] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
        elif item.kind in {"scalar", "alias"}:
            parts.append(" ".join(item.text.split()))
        else:
            brackets = "{}" if item.kind == "mapping" else "[]"
            inner: list[Node | str] = [brackets[0]]
            for index, (name, entry) in enumerate(item.entries):
                inner += [", "] * bool(index) + [f"{name}: "] * bool(name) + [entry]
            stack.extend(reversed([*inner, brackets[1]]))
    return "".join(parts)
