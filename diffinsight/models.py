"""The vocabulary: one frozen type per stage, from the range to the published report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Status = Literal["added", "modified", "removed", "renamed", "copied", "changed"]
Impact = Literal["breaking", "notable", "minor", "noise"]
LineRange = tuple[int, int]  # first and last line, 1-based, inclusive
Flavor = Literal["pandoc", "github"]  # whom Markdown is for
Every = Literal["day", "week", "run"]  # what one report is on, where there are many

# "A matrix will generate a maximum of 256 jobs per workflow run":
# https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations
MOST_PARTS = 256

# What a finding's or a note's `values` may hold: exactly what JSON can say.
Json = str | int | float | bool | None | tuple["Json", ...] | Mapping[str, "Json"]
Values = Mapping[str, Json]

# Kinds of findings about a text that both versions have.
TEXT_CHANGED = frozenset({"paragraph-changed", "list-item-changed", "step-changed", "note-changed"})


class Tree(Protocol):
    """All files of the repository at one revision."""

    def paths(self) -> frozenset[str]:
        """Every file's path."""

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Path and text of those of ``paths`` that exist and are text, in one go."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RunContext:
    """Which range of which repository a run looks at, as it was asked for."""

    repository: str | None = None  # owner/name
    server_url: str = "https://github.com"
    base: str | None = None  # a revision: SHA, branch, tag or HEAD~3
    head: str | None = None
    two_dot: bool = False  # compare the two trees instead of from the merge base
    pull_request: int | None = None
    whole: bool = False  # both versions of the files are wanted, not only what the API shows


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """Something the reader must be told about the run; its sentence is in the language pack."""

    kind: str
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line of a hunk, without its mark and line end."""

    mark: Literal[" ", "+", "-"]
    text: str
    before: int | None  # line number, 1-based; None on added lines
    after: int | None  # None on removed lines


@dataclass(frozen=True, kw_only=True, slots=True)
class Hunk:
    """A run of changed lines with its context."""

    before_start: int
    after_start: int
    after_count: int
    section: str  # what follows the second @@
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FileChange:
    """What git says of one file: names, status, counts, patch, and both versions if to be had."""

    path: str
    previous_path: str | None = None  # only on renames and copies
    status: Status
    additions: int = 0
    deletions: int = 0
    binary: bool = False
    patch: str | None = None  # hunks from the first @@ on, no file header
    before: str | None = None  # whole text; None: absent, no text, or not to be had
    after: str | None = None
    before_mode: str | None = None  # git's, such as 100644, 120000 (symlink), 160000 (submodule)
    after_mode: str | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeSet:
    """What changed in a range, as git says it, before anybody interprets it."""

    repository: str | None = None  # owner/name
    server_url: str = "https://github.com"
    base: str | None = None  # full SHA of the range's base as asked for
    head: str | None = None  # full SHA
    two_dot: bool = False
    pull_request: int | None = None
    committed_at: datetime | None = None  # the head commit's time, with its offset
    files: tuple[FileChange, ...] = ()  # in the order of the diff
    base_tree: Tree | None = None  # the tree compared from (the merge base's)
    head_tree: Tree | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A fact about a change that can be checked against the two versions of the file."""

    kind: str
    subject: str
    impact: Impact
    before: str | None = None
    after: str | None = None
    before_lines: LineRange | None = None
    after_lines: LineRange | None = None
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class FileAnalysis:
    """A changed file: what was found in it and, once an engine has written, its words."""

    change: FileChange
    findings: tuple[Finding, ...] = ()
    notes: tuple[Note, ...] = ()  # what could not be seen in this file
    group: str | None = None  # id of the group this file is shown in
    type: str = ""
    title: str = ""  # plain text, one line
    explanation: str = ""  # Markdown
    engine: Literal["offline", "model"] = "offline"
    removed: tuple[str, ...] = ()  # sentences of the model that were not so; hostile text


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Files that are told together."""

    id: str
    reason: Literal["same-change", "noise", "moved"]
    paths: tuple[str, ...]  # two or more
    title: str = ""
    rule: str = ""  # which rule put them together, in kebab-case


@dataclass(frozen=True, kw_only=True, slots=True)
class Analysis:
    """Everything found in a range: per file, and over the files."""

    change_set: ChangeSet
    files: tuple[FileAnalysis, ...] = ()
    groups: tuple[Group, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """One highlight and the files that back it."""

    text: str  # Markdown, one bullet
    paths: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    """The words over all files."""

    summary: str = ""  # one plain-text paragraph
    highlights: str = ""  # Markdown paragraphs
    new_features: tuple[Point, ...] = ()
    breaking_changes: tuple[Point, ...] = ()
    other_updates: tuple[Point, ...] = ()
    insights: str = ""  # Markdown


@dataclass(frozen=True, kw_only=True, slots=True)
class EngineUse:
    """Who wrote the words, and what it took."""

    name: Literal["offline", "model"] = "offline"
    model: str | None = None
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    written: int = 0  # files in the model's words
    cached: int = 0  # answers that an earlier run had left
    fallen_back: int = 0  # files the model was to write and did not
    removed: int = 0  # sentences that were not so


@dataclass(frozen=True, kw_only=True, slots=True)
class FileReport:
    """A file as the report shows it: what `report.schema.json` calls an item of `files`."""

    path: str
    previous_path: str | None = None
    status: Status
    additions: int
    deletions: int
    binary: bool = False
    patch: str | None
    type: str
    title: str
    explanation: str
    engine: Literal["offline", "model"] = "offline"
    findings: tuple[Finding, ...] = ()
    group: str | None = None
    notes: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()  # sentences of the model that were not so; hostile text
    page: str | None = None  # where readers find it: the published page's address


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """The Diff Insight Report as data; `report.schema.json` is its JSON form."""

    title: str
    date: date
    language: str  # BCP 47
    heading_language: str | None = None  # None: the report's language
    category: str | None = None
    repository: str | None = None
    base: str | None = None
    head: str | None = None
    permalink: str | None = None
    pull_request: int | None = None
    engine: EngineUse = EngineUse()
    overview: Overview = Overview()
    files: tuple[FileReport, ...] = ()
    groups: tuple[Group, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Category:
    """A named part of the repository."""

    name: str
    paths: tuple[str, ...]  # globs, see globs.py


@dataclass(frozen=True, kw_only=True, slots=True)
class TypeRule:
    """A type of the user's own; a file gets it when all of its conditions hold."""

    name: str
    classes: tuple[str, ...] = ()  # of the four built-in types, any
    paths: tuple[str, ...] = ()  # globs
    findings: tuple[str, ...] = ()  # kinds of findings, any; `*` at the end for a family
    statuses: tuple[Status, ...] = ()  # any


@dataclass(frozen=True, kw_only=True, slots=True)
class PageRule:
    """Where files whose path fits are published, see pages.py."""

    pattern: str  # a regular expression for the whole path
    url: str  # with \\1 for what is in its first parentheses


@dataclass(frozen=True, kw_only=True, slots=True)
class Config:
    """What the config file says, and the defaults where it says nothing."""

    language: str = "en"  # of a language pack
    heading_language: str | None = None  # None: the report's language
    title: str | None = None  # None: the language pack's
    timezone: str = "UTC"  # IANA
    types: tuple[TypeRule, ...] = ()  # the first that fits; none: the built-in type stays
    categories: tuple[Category, ...] = ()  # the first that fits
    unmatched: str | None = "other"  # the category of files in none; None: left out
    include: tuple[str, ...] = ()  # globs; empty: everything
    exclude: tuple[str, ...] = ()
    pages: tuple[PageRule, ...] = ()  # the first that fits
    templates: str | None = None  # folder of the user's own, in the repository

    @property
    def zone(self) -> ZoneInfo:
        """``timezone``, ready for use."""
        from zoneinfo import ZoneInfo  # 20 ms that only the report's date needs

        return ZoneInfo(self.timezone)


Outcome = Literal["created", "updated", "unchanged", "skipped", "refused", "failed"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Publication:
    """What became of the report at one destination."""

    destination: str
    outcome: Outcome
    url: str | None = None  # where to read it
    path: str | None = None  # in the repository
    commit: str | None = None  # SHA
    message: str = ""  # why it was skipped, refused or failed: one line
    hint: str = ""  # what to do about it
