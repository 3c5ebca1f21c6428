"""The pages beside the reports: an index and an Atom feed, newest first.

Both are made from the reports' own front matter. What they already say of a report that has not
changed since is taken over as it is, so that a run reads only the reports that are new to it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha1
from itertools import groupby
from pathlib import PurePosixPath
from urllib.parse import quote

import yaml

from diffinsight.languages import Phrases
from diffinsight.markdown_text import escape_prose, one_line

INDEX = "README.md"  # GitHub and MkDocs show it for the folder
FEED = "feed.xml"
MOST_FED = 50  # entries; readers ask for the feed again and again
_MOST_SUMMARY = 240  # characters
_LONGEST_FRONT_MATTER = 20_000  # characters
_MARKDOWN = {".md", ".markdown", ".mdx", ".qmd", ".rmd", ".txt"}

# How our pages are told from somebody's own; a title may stand before it.
_MARK = "<!-- diffinsight index -->"
_GENERATOR = "<generator>diffinsight</generator>"
_LINE = re.compile(r"^- (?P<day>\d{4}-\d\d-\d\d) .*<!-- (?P<key>\S+) -->$", re.MULTILINE)
_ENTRY = re.compile(r'^<entry d:report="(?P<key>[^"\s]+)">$.*?^</entry>$', re.MULTILINE | re.DOTALL)
# Characters that XML 1.0 has no way to write: https://www.w3.org/TR/xml/#charsets
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, kw_only=True, slots=True)
class FrontMatter:
    """What a committed report says of itself."""

    title: str
    day: date
    summary: str = ""
    permalink: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """Where reports stand: the folder, and its address without the last slash."""

    folder: str
    url: str
    name: str  # of the repository, for the feed's title

    @property
    def pages(self) -> tuple[str, str]:
        """The paths of the index and of the feed."""
        return f"{self.folder}/{INDEX}", f"{self.folder}/{FEED}"


def blob_sha(text: str) -> str:
    """The name that git gives the text."""
    data = text.encode()
    return sha1(b"blob %d\0%b" % (len(data), data)).hexdigest()  # noqa: S324 - git's own


def read_front_matter(text: str) -> FrontMatter | None:
    """None: the text is no report."""
    start, _, rest = text.removeprefix("\ufeff").partition("---\n")
    if start.strip() or not rest:
        return None
    try:
        values = yaml.safe_load(rest[:_LONGEST_FRONT_MATTER].partition("\n---")[0])
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    day = _day(values.get("date")) if isinstance(values, dict) else None
    if day is None or not isinstance(values.get("title"), str):
        return None
    permalink, summary = values.get("permalink"), values.get("summary")
    return FrontMatter(
        title=values["title"],
        day=day,
        summary=summary if isinstance(summary, str) else "",
        permalink=permalink if isinstance(permalink, str) else None,
    )


def pages(
    reports: Mapping[str, str],
    *,
    shelf: Shelf,
    existing: Mapping[str, str],
    phrases: Phrases,
    read: Callable[[str], str],
) -> Mapping[str, str]:
    """Path and text of the index and the feed for ``reports`` (path and blob SHA).

    ``existing`` are the pages as they are; one that somebody else wrote is left out of the
    answer. ``read`` gives the text of the report at a path.
    """
    index, feed = shelf.pages
    known = {found["key"]: found[0] for found in _LINE.finditer(existing.get(index, ""))}
    fed = {found["key"]: found[0] for found in _ENTRY.finditer(existing.get(feed, ""))}
    lines: list[tuple[str, str, str]] = []  # day, path, line
    for path, key in _keys(reports, shelf):
        line = known.get(key) or _line(path, key, read_front_matter(read(path)), shelf)
        if line:
            lines.append((line[2:12], path, line))
    lines.sort(reverse=True)
    written = {}
    if index not in existing or _MARK in existing[index]:
        written[index] = _index(lines, phrases)
    if feed not in existing or _GENERATOR in existing[feed]:
        keys = dict(_keys(reports, shelf))
        newest = [(day, path, keys[path]) for day, path, _ in lines[:MOST_FED]]
        written[feed] = _feed(newest, fed, shelf=shelf, phrases=phrases, read=read)
    return written


def _keys(reports: Mapping[str, str], shelf: Shelf) -> Iterator[tuple[str, str]]:
    """Each report's path and the name of this version of it, which holds no white space."""
    for path, blob in reports.items():
        if PurePosixPath(path).suffix.lower() in _MARKDOWN and path not in shelf.pages:
            yield path, f"{_relative(path, shelf)}@{blob}"


def _relative(path: str, shelf: Shelf) -> str:
    """From the index, as an address; two hyphens would end an HTML comment in some parsers."""
    return quote(path.removeprefix(f"{shelf.folder}/")).replace("--", "-%2D")


def _day(value: object) -> date | None:
    """YAML reads an unquoted date as one."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _line(path: str, key: str, front: FrontMatter | None, shelf: Shelf) -> str:
    if front is None:
        return ""
    link = f"[{escape_prose(front.title)}]({_relative(path, shelf)})"
    summary = f": {escape_prose(_cut(front.summary))}" if front.summary.strip() else ""
    return f"- {front.day.isoformat()} {link}{summary} <!-- {key} -->"


def _cut(text: str) -> str:
    """Plain text on one line, cut at a word."""
    line = one_line(text)
    if len(line) <= _MOST_SUMMARY:
        return line
    cut = line[:_MOST_SUMMARY]
    return (cut.rpartition(" ")[0] or cut).rstrip() + "…"


def _index(lines: Iterable[tuple[str, str, str]], phrases: Phrases) -> str:
    head = f"# {phrases.say('archive.title')}\n\n[{phrases.say('archive.feed')}]({FEED})\n\n{_MARK}"
    months = (
        f"## {month}\n\n" + "\n".join(line for _, _, line in some)
        for month, some in groupby(lines, key=lambda it: it[0][:7])
    )
    return "\n\n".join([head, *months]) + "\n"


def _feed(
    newest: list[tuple[str, str, str]],
    fed: Mapping[str, str],
    *,
    shelf: Shelf,
    phrases: Phrases,
    read: Callable[[str], str],
) -> str:
    """https://www.rfc-editor.org/rfc/rfc4287; ``d:report`` is markup of ours (section 6.3)."""
    page = _xml(f"{shelf.url}/{INDEX}")
    title = _xml(f"{shelf.name}: {phrases.say_plain('archive.title')}")
    entries = (
        fed.get(key) or _entry(path, key, read_front_matter(read(path)), shelf)
        for _, path, key in newest
    )
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:d="urn:diffinsight">',
        f"<id>{page}</id>",
        f"<title>{title}</title>",
        f'<link rel="alternate" href="{page}"/>',
        f"<updated>{newest[0][0] if newest else '1970-01-01'}T00:00:00Z</updated>",
        f"<author><name>{_xml(shelf.name)}</name></author>",
        _GENERATOR,
        *entries,
        "</feed>",
    ]
    return "\n".join(lines) + "\n"


def _entry(path: str, key: str, front: FrontMatter | None, shelf: Shelf) -> str:
    if front is None:
        raise ValueError(path)  # its line was made from the same text
    address = _xml(f"{shelf.url}/{_relative(path, shelf)}")
    lines = [
        f'<entry d:report="{_xml(key)}">',
        f"<id>{address}</id>",
        f"<title>{_xml(front.title)}</title>",
        f'<link rel="alternate" href="{address}"/>',
        f"<updated>{front.day.isoformat()}T00:00:00Z</updated>",
        f"<summary>{_xml(front.summary)}</summary>",
        "</entry>",
    ]
    return "\n".join(lines)


def _xml(text: str) -> str:
    return html.escape(_NOT_IN_XML.sub("", one_line(text)))
