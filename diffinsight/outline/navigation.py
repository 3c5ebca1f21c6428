"""Tables of contents as data, read line by line so that a hunk of one can be read too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from posixpath import basename

from diffinsight.outline.model import Fragment
from diffinsight.outline.pages import split_lines

ENTRY = re.compile(r"^(\s*)-\s+(.*)$")
PAIR = re.compile(r"^(\s*)([A-Za-z_][\w.-]*)\s*:(?:\s+(.*))?$")
NAV = re.compile(r"^(\s*)-\s+(?:(\"[^\"]*\"|'[^']*'|[^\"'#][^:]*?):(?:\s+(.*))?|(.+))$")
CHILDREN = frozenset({"items", "children", "sections", "chapters", "subtrees", "entries", "pages"})
NAME_KEYS = ("name", "title", "text", "label", "caption")
TARGET_KEYS = ("href", "topicHref", "link", "url", "file", "path", "uid", "doc", "id")
TOC_NAMES = frozenset(
    {
        "toc.yml",
        "toc.yaml",
        "_toc.yml",
        "_toc.yaml",
        "sidebars.yml",
        "sidebar.yml",
        "_sidebar.yml",
        "navigation.yml",
        "nav.yml",
    }
)


# DocFX's toc.md, mdBook's and GitBook's SUMMARY.md, Docsify's and wikis' sidebars.
MARKDOWN_TOCS = re.compile(r"^(?:toc|TOC|Toc|_toc|SUMMARY|_sidebar|_Sidebar)\.md$")
LISTED = re.compile(r"^(?P<indent>\s*)(?:[-*+]|\d+[.)])\s+(?P<text>\S.*)$")
HEADED = re.compile(r"^(?P<marks>#{1,6})\s+(?P<text>\S.*?)\s*#*$")
LINKED = re.compile(
    r"^(?:\[[ x]\]\s*)?\[(?P<name>(?:[^\]\\]|\\.)*)\]\(<?(?P<target>[^)>\s]*)[^)]*\)"
)
TITLES = frozenset({"summary", "table of contents", "contents", "toc"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A line of a table of contents."""

    name: str
    target: str = ""
    parents: tuple[str, ...] = ()
    first: int
    last: int
    others: tuple[tuple[str, str], ...] = ()  # keys that are neither name nor target

    @property
    def parent(self) -> str:
        return " / ".join(self.parents)


def is_toc(path: str) -> bool:
    return basename(path).lower() in TOC_NAMES


def is_mkdocs(path: str) -> bool:
    return basename(path).lower() in {"mkdocs.yml", "mkdocs.yaml"}


def is_markdown_toc(path: str, fragments: Iterable[Fragment]) -> bool:
    """Whether a Markdown file is a table of contents: by its name, and no page by its lines."""
    if not MARKDOWN_TOCS.match(basename(path)):
        return False
    lines = [line for f in fragments for line in split_lines(f.text) if line.strip(" \t-*_")]
    entries = [entry for line in lines if (entry := _markdown_entry(line))]
    linked = sum(bool(target) for _, _, target in entries)
    return linked * 2 > len(lines) - sum(depth < DEEPER for depth, _, _ in entries)


def read_markdown_toc(fragments: Iterable[Fragment]) -> list[Entry]:
    """Entries of a table of contents in Markdown: headings above, list items below."""
    found: list[Entry] = []
    for fragment in fragments:
        stack: list[tuple[int, str]] = []
        for number, line in enumerate(split_lines(fragment.text), start=fragment.first_line):
            read = _markdown_entry(line)
            if read is None:
                continue
            depth, name, target = read
            if not target and name.casefold() in TITLES:
                continue
            while stack and stack[-1][0] >= depth:
                stack.pop()
            parents = tuple(above for _, above in stack)
            entry = Entry(name=name, target=target, parents=parents, first=number, last=number)
            found.append(entry)
            stack.append((depth, name))
    return found


LONGEST_ENTRY = 2_000  # characters
DEEPER = 10  # a list stands below all headings


def _markdown_entry(line: str) -> tuple[int, str, str] | None:
    """Depth, name and target; nothing for a line that no entry is as long as."""
    if len(line) > LONGEST_ENTRY:
        return None
    headed, listed = HEADED.match(line), LISTED.match(line)
    text = line.strip()
    depth = DEEPER
    if headed:
        text, depth = headed["text"], len(headed["marks"])
    elif listed:
        text, depth = listed["text"], DEEPER + len(listed["indent"].expandtabs(4))
    link = LINKED.match(text)
    if link:
        return depth, link["name"], link["target"]
    return (depth, text.strip("*_ "), "") if headed or listed else None


def read_toc(fragments: Iterable[Fragment]) -> list[Entry]:
    """Entries of a YAML table of contents, of Microsoft Learn's kind and its relatives."""
    return [entry for fragment in fragments for entry in _Toc(fragment).read()]


@dataclass(kw_only=True, slots=True)
class _Open:
    """An entry that is being read."""

    indent: int
    first: int
    last: int
    keys: dict[str, str]
    parents: tuple[str, ...]


class _Toc:
    def __init__(self, fragment: Fragment) -> None:
        self.lines = split_lines(fragment.text)
        self.first_line = fragment.first_line
        self.stack: list[_Open] = []
        self.done: list[_Open] = []

    def read(self) -> Iterator[Entry]:
        for number, line in enumerate(self.lines, start=self.first_line):
            self._take(number, line)
        for opened in sorted([*self.done, *self.stack], key=lambda entry: entry.first):
            yield _entry(opened)

    def _take(self, number: int, line: str) -> None:
        if not line.strip() or line.lstrip().startswith("#"):
            return
        entry = ENTRY.match(line)
        if entry:
            indent = len(entry[1])
            self._close(indent)
            parents = tuple(_name(opened.keys) for opened in self.stack)
            self.stack.append(
                _Open(indent=indent, first=number, last=number, keys={}, parents=parents)
            )
            line = " " * (indent + 2) + entry[2]
        pair = PAIR.match(line)
        if pair is None:
            return
        self._key(number, len(pair[1]), pair[2], pair[3] or "")

    def _key(self, number: int, indent: int, key: str, value: str) -> None:
        while self.stack and indent <= self.stack[-1].indent:
            self.done.append(self.stack.pop())
        if self.stack:
            opened = self.stack[-1]
            if key not in CHILDREN:
                opened.keys.setdefault(key, _plain(value))
            opened.last = max(opened.last, number)
        elif key not in CHILDREN:
            # A hunk may begin within an entry.
            opened = _Open(
                indent=max(-1, indent - 2), first=number, last=number, keys={}, parents=()
            )
            opened.keys[key] = _plain(value)
            self.stack.append(opened)

    def _close(self, indent: int) -> None:
        while self.stack and self.stack[-1].indent >= indent:
            self.done.append(self.stack.pop())


def _plain(value: str) -> str:
    return re.sub(r"\s+#.*$", "", value).strip().strip("\"'")


def _name(keys: dict[str, str]) -> str:
    return next((keys[key] for key in NAME_KEYS if keys.get(key)), _target(keys))


def _target(keys: dict[str, str]) -> str:
    return next((keys[key] for key in TARGET_KEYS if keys.get(key)), "")


def _entry(opened: _Open) -> Entry:
    name_key = next((key for key in NAME_KEYS if opened.keys.get(key)), "")
    target_key = next((key for key in TARGET_KEYS if opened.keys.get(key)), "")
    others = tuple(
        sorted((k, v) for k, v in opened.keys.items() if k not in {name_key, target_key})
    )
    return Entry(
        name=_name(opened.keys),
        target=_target(opened.keys),
        parents=opened.parents,
        first=opened.first,
        last=opened.last,
        others=others,
    )


def read_nav(fragments: Sequence[Fragment]) -> list[Entry]:
    """Entries of the `nav` of mkdocs.yml."""
    found: list[Entry] = []
    for fragment in fragments:
        inside = fragment.first_line > 1
        stack: list[tuple[int, str]] = []
        for number, line in enumerate(split_lines(fragment.text), start=fragment.first_line):
            if re.match(r"^[A-Za-z_]", line):
                inside = line.startswith("nav:")
                continue
            match = NAV.match(line) if inside else None
            if match is None:
                continue
            while stack and stack[-1][0] >= len(match[1]):
                stack.pop()
            entry = _nav_entry(match, tuple(name for _, name in stack), number)
            stack.append((len(match[1]), entry.name))
            found.append(entry)
    return found


def _nav_entry(match: re.Match[str], parents: tuple[str, ...], number: int) -> Entry:
    bare = _plain(match[4] or "")
    name = _plain(match[2] or "") or bare
    target = _plain(match[3] or "") or bare
    return replace(Entry(name=name, first=number, last=number), target=target, parents=parents)
