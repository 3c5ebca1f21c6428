"""The lines of a diff sorted into blocks, one for each file it speaks of."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from diffinsight.changes.paths import NULL_NAME, Name, split_names
from diffinsight.errors import ActionError

Kind = Literal["git", "index", "plain"]

_EXTENDED = re.compile(
    rb"(old mode|new mode|deleted file mode|new file mode|rename from|rename to|copy from|copy to"
    rb"|similarity index|dissimilarity index|index) (.*?)\r?"
)
_HUNK = re.compile(rb"@@ -\d{1,10}(?:,(\d{1,10}))? \+\d{1,10}(?:,(\d{1,10}))? @@")
_COMBINED = re.compile(rb"diff --(?:cc|combined) |@@@+ -\d+(?:,\d+)? -\d+.* @@@+")
_BINARY = re.compile(rb"Binary files (.+ and .+) differ|Binary file (.+) has changed")
_ONLY_IN = re.compile(rb"Only in (.+?): (.+)")
_TRIMMED = (b"", b"\r")
_COMMIT = re.compile(rb"(?:From|commit) [0-9a-f]{7,64}\b|# HG changeset patch")


@dataclass(kw_only=True, slots=True)
class Block:
    """What a diff says of one file, name lines still as they stand. Filled while scanning."""

    kind: Kind
    part: int  # counts the commits that a mailbox or a log joins
    header: bytes = b""  # names after `diff --git` or `Index:`
    extended: Mapping[bytes, bytes] = field(default_factory=dict)  # git's extended header
    old: Name | None = None
    new: Name | None = None
    binary: bool = False
    hunk_lines: list[bytes] = field(default_factory=list)
    additions: int = 0
    deletions: int = 0

    @property
    def bare(self) -> bool:
        """Whether only the header has been seen."""
        return not (self.binary or self.hunk_lines or self.old)

    @property
    def one_sided(self) -> bool:
        """Whether the lines of names name one file and nothing."""
        return any(name is not None and name.raw == NULL_NAME for name in (self.old, self.new))


@dataclass(frozen=True, kw_only=True, slots=True)
class Scan:
    """Everything a diff says, in its order."""

    blocks: tuple[Block, ...]
    only_in: tuple[tuple[bytes, bytes], ...]  # folder and name of what one side alone has


def scan(data: bytes) -> Scan:
    """Sort the lines of ``data`` (cleaned) into blocks.

    Raises ActionError on combined diffs, damaged or cut-off hunks, and hunks of no file.
    """
    lines = data.split(b"\n")
    if lines[-1] == b"":
        lines.pop()
    scanner = _Scanner(lines)
    while scanner.at < len(lines):
        scanner.step()
    return Scan(blocks=tuple(scanner.blocks), only_in=tuple(scanner.only_in))


class _Scanner:
    def __init__(self, lines: list[bytes]) -> None:
        self.lines = lines
        self.at = 0
        self.part = 0
        self.blocks: list[Block] = []
        self.block: Block | None = None
        self.only_in: list[tuple[bytes, bytes]] = []

    def step(self) -> None:
        """Take the line at hand and those that belong to it."""
        line = self.lines[self.at]
        take = _TAKERS.get(line[:3])
        if take is None or not take(self, line.rstrip(b"\r")):
            self.at += 1  # a commit message, a separator, a mail's end

    def peek(self, ahead: int) -> bytes:
        at = self.at + ahead
        return self.lines[at] if at < len(self.lines) else b""

    def open(self, kind: Kind, header: bytes = b"") -> Block:
        self.block = Block(kind=kind, part=self.part, header=header)
        self.blocks.append(self.block)
        return self.block

    def take_diff(self, line: bytes) -> bool:
        self.refuse_combined(line)
        if not line.startswith(b"diff --git "):
            return False
        block = self.open("git", line[len(b"diff --git ") :])
        self.at += 1
        extended: dict[bytes, bytes] = {}
        while match := _EXTENDED.fullmatch(self.peek(0)):
            extended[match[1]] = match[2]
            self.at += 1
        block.extended = extended
        self.take_name_lines(block)
        return True

    def take_name_lines(self, block: Block) -> bool:
        """Take ``---`` and ``+++`` if they are next."""
        old, new = self.peek(0), self.peek(1)
        if not (old.startswith(b"--- ") and new.startswith(b"+++ ")):
            return False
        block.old, block.new = Name.of(old[4:]), Name.of(new[4:])
        self.at += 2
        return True

    def take_names(self, _line: bytes) -> bool:
        if self.block is not None and self.block.kind == "index" and self.block.bare:
            return self.take_name_lines(self.block)
        # Three dashes and pluses in prose are none; a hunk must follow.
        if not (self.peek(1).startswith(b"+++ ") and _HUNK.match(self.peek(2))):
            return False
        return self.take_name_lines(self.open("plain"))

    def take_index(self, line: bytes) -> bool:
        """Subversion's and CVS's header, which may be all there is (properties, binaries)."""
        if line.startswith(b"Index: ") and self.peek(1).startswith(b"====="):
            self.open("index", line[len(b"Index: ") :])
        return False

    def take_binary(self, line: bytes) -> bool:
        match = _BINARY.fullmatch(line)
        if match is None:
            return False
        if self.block is not None and self.block.kind == "git" and self.block.bare:
            return self.mark_binary(line)
        names = split_names(match[1], b" and ") if match[1] else (match[2], match[2])
        block = self.open("plain")
        block.old, block.new = map(Name.of, names)
        block.binary = True
        return False

    def mark_binary(self, line: bytes) -> bool:
        told = line.startswith(
            (b"Binary file", b"GIT binary patch", b"Cannot display: file marked")
        )
        if told and self.block is not None and not self.block.hunk_lines:
            self.block.binary = True
        return False

    def take_only_in(self, line: bytes) -> bool:
        if match := _ONLY_IN.fullmatch(line):
            self.only_in.append((match[1], match[2]))
        return False

    def take_commit(self, line: bytes) -> bool:
        if _COMMIT.match(line):
            self.part += 1
            self.block = None
        return False

    def take_hunk(self, line: bytes) -> bool:
        self.refuse_combined(line)
        match = _HUNK.match(line)
        if match is None:
            return False
        if self.block is None:
            raise ActionError(
                f"line {self.at + 1} of the diff begins a hunk of no file",
                "keep the lines that start with --- and +++ before it",
            )
        start = self.at
        self.take_body(self.block, *(int(count) for count in match.groups(b"1")))
        # Empty context lines get back the blank that some tools trim.
        self.block.hunk_lines += [
            b" " + line if line in _TRIMMED else line for line in self.lines[start : self.at]
        ]
        return True

    def take_body(self, block: Block, old: int, new: int) -> None:
        """Take as many lines as the hunk's header promises: what they look like does not matter."""
        start, lines, end = self.at, self.lines, len(self.lines)
        added = removed = 0
        at = start + 1
        while (old or new) and old >= 0 <= new and at < end:
            mark = lines[at][:1]
            if mark == b"+":
                new -= 1
                added += 1
            elif mark == b"-":
                old -= 1
                removed += 1
            elif mark == b" " or lines[at] in _TRIMMED:
                old -= 1
                new -= 1
            elif mark != b"\\":
                break
            at += 1
        if old or new:
            surplus = old < 0 or new < 0
            raise _damaged(start, at - surplus, cut=at >= end and not surplus)
        self.at = self.after_markers(at)
        self.refuse_surplus(start)
        block.additions += added
        block.deletions += removed

    def after_markers(self, at: int) -> int:
        """Past the marks of a missing line end, whatever language their words are in."""
        while at < len(self.lines) and self.lines[at].startswith(b"\\"):
            at += 1
        return at

    def refuse_surplus(self, start: int) -> None:
        line = self.peek(0).rstrip(b"\r")
        if line[:1] in (b"+", b"-", b" ") and line not in (b"--", b"-- "):
            if line.startswith(b"--- ") and self.peek(1).startswith(b"+++ "):
                return
            raise _damaged(start, self.at, cut=False)

    def refuse_combined(self, line: bytes) -> None:
        if _COMBINED.match(line):
            raise ActionError(
                f"line {self.at + 1} of the diff belongs to a combined diff of a merge commit",
                "compare with one parent: git diff MERGE^1 MERGE",
            )


def _damaged(start: int, at: int, *, cut: bool) -> ActionError:
    if cut:
        return ActionError(
            f"the diff is cut off: the hunk in line {start + 1} promises more lines than follow",
            "make the diff again and pass it whole",
        )
    return ActionError(
        f"the diff is damaged: line {at + 1} does not fit the hunk that begins in line {start + 1}",
        "make the diff again and pass it unedited",
    )


_TAKERS: Mapping[bytes, Callable[[_Scanner, bytes], bool]] = {
    b"dif": _Scanner.take_diff,
    b"---": _Scanner.take_names,
    b"@@ ": _Scanner.take_hunk,
    b"@@@": _Scanner.take_hunk,
    b"Ind": _Scanner.take_index,
    b"Bin": _Scanner.take_binary,
    b"GIT": _Scanner.mark_binary,
    b"Can": _Scanner.mark_binary,
    b"Onl": _Scanner.take_only_in,
    b"Fro": _Scanner.take_commit,
    b"com": _Scanner.take_commit,
    b"# H": _Scanner.take_commit,
}
