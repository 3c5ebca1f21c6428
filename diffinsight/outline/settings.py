"""Any YAML or JSON file as dotted keys with their values and lines."""

from __future__ import annotations

from dataclasses import dataclass

from diffinsight.outline.yaml_tree import Node, flat, read

IDENTITIES = (
    "name",
    "id",
    "uid",
    "key",
    "title",
    "question",
    "slug",
    "path",
    "source_path",
    "text",
    "label",
)
DEEPEST_KEY = 8  # parts of a dotted key; below it a value is told whole
LONGEST_NAME = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """A value of a data file."""

    key: str
    value: str
    first: int
    last: int


def read_settings(text: str) -> list[Setting]:
    """All values of a data file; raises NotUnderstoodError."""
    root = read(text)
    found: list[Setting] = []
    stack: list[tuple[str, Node, int]] = [("", root, 0)] if root else []
    while stack:
        key, node, depth = stack.pop()
        if node.kind in {"scalar", "alias"} or depth >= DEEPEST_KEY or not node.entries:
            first, last = node.first, max(node.first, node.last)
            found.append(Setting(key=key or ".", value=flat(node), first=first, last=last))
            continue
        names = _names(node)
        stack.extend(
            (_join(key, name, node.kind), entry, depth + 1)
            for name, (_, entry) in zip(names, node.entries, strict=True)
        )
    return sorted(found, key=lambda setting: (setting.first, setting.key))


def _join(key: str, name: str, kind: str) -> str:
    if kind == "sequence":
        return f"{key}[{name}]"
    return f"{key}.{name}" if key else name


def _names(node: Node) -> list[str]:
    """Names of the entries; those of a list by what identifies them, so that a shift is none."""
    if node.kind == "mapping":
        return [name for name, _ in node.entries]
    names: list[str] = []
    taken: dict[str, int] = {}
    for index, (_, entry) in enumerate(node.entries):
        name = _identity(entry) or str(index)
        taken[name] = taken.get(name, 0) + 1
        names.append(name if taken[name] == 1 else f"{name}#{taken[name]}")
    return names


def _identity(entry: Node) -> str:
    if entry.kind == "scalar":
        return " ".join(entry.text.split())[:LONGEST_NAME]
    if entry.kind != "mapping":
        return ""
    found = next((entry.scalar(key) for key in IDENTITIES if entry.scalar(key)), "")
    return " ".join(found.split())[:LONGEST_NAME]
