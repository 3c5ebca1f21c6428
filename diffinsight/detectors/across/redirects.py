"""Redirects as documentation sets keep them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from diffinsight.outline.model import Fragment
from diffinsight.outline.navigation import is_mkdocs
from diffinsight.outline.pages import split_lines
from diffinsight.outline.yaml_tree import Node, NotUnderstoodError, read

MOST_LINES = 8  # of a redirect with all that can be said of it
MAPPED = re.compile(r"""^\s+["']?([^\s"'#:-][^\s"':]*\.(?:md|ipynb))["']?\s*:\s+["']?([^\s"'#]+)""")
PAIR = re.compile(r'"(source_path(?:_from_root)?|redirect_url)"\s*:\s*"((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True, kw_only=True, slots=True)
class Redirect:
    """Where readers of a removed page are sent."""

    source: str
    target: str
    first: int
    last: int


def is_redirect_file(path: str) -> bool:
    name = PurePosixPath(path).name
    return name == "_redirects" or (
        name.startswith(".openpublishing.redirection") and name.endswith(".json")
    )


def read_redirects(path: str, fragments: Iterable[Fragment]) -> list[Redirect]:
    """Redirects of a file, or of the parts of it that hunks show."""
    reader = _openpublishing
    if is_mkdocs(path):
        reader = _mapped
    elif PurePosixPath(path).name == "_redirects":
        reader = _plain
    return [redirect for fragment in fragments for redirect in reader(fragment)]


def _plain(fragment: Fragment) -> Iterator[Redirect]:
    for number, line in enumerate(split_lines(fragment.text), start=fragment.first_line):
        words = line.split()
        if len(words) > 1 and not line.lstrip().startswith("#"):
            yield Redirect(source=words[0], target=words[1], first=number, last=number)


def _mapped(fragment: Fragment) -> Iterator[Redirect]:
    """Of all that mkdocs.yml holds, only redirects have a page's file name as their key."""
    for number, line in enumerate(split_lines(fragment.text), start=fragment.first_line):
        found = MAPPED.match(line)
        if found:
            yield Redirect(source=found[1], target=found[2], first=number, last=number)


def _openpublishing(fragment: Fragment) -> Iterator[Redirect]:
    """The two names stand on lines of their own, in either order, in every file of this kind."""
    found: dict[str, tuple[str, int]] = {}
    listed = split_lines(fragment.text)
    for number, line in enumerate(listed, start=fragment.first_line):
        if "{" in line:
            found.clear()
            found["{"] = ("", number)
        for match in PAIR.finditer(line):
            found["target" if match[1] == "redirect_url" else "source"] = (match[2], number)
        if "source" in found and "target" in found:
            lines = [place for _, place in found.values()]
            source, target = found.pop("source")[0], found.pop("target")[0]
            rest = listed[number - fragment.first_line :]
            yield Redirect(
                source=source.lstrip("/"),
                target=target,
                first=min(lines),
                last=number + _to_end(rest),
            )


def _to_end(lines: Sequence[str]) -> int:
    """How many lines further an object goes that is open in the first of ``lines``."""
    for further, line in enumerate(lines[:MOST_LINES]):
        if "}" in line:
            return further
        if "{" in line:
            break
    return 0


def mkdocs_redirects(text: str) -> dict[str, str]:
    """The `redirect_maps` of mkdocs.yml."""
    try:
        root = read(text)
    except NotUnderstoodError:
        return {}
    found: dict[str, str] = {}
    stack: list[Node] = [root] if root else []
    while stack:
        node = stack.pop()
        for key, entry in node.entries:
            if key == "redirect_maps":
                found |= {name: target.text for name, target in entry.entries}
            else:
                stack.append(entry)
    return found
