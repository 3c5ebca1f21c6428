"""A whole diff as a ChangeSet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from diffinsight.changes.cleaning import clean
from diffinsight.changes.patches import decode_patch
from diffinsight.changes.paths import (
    NULL_NAME,
    common_path,
    decode_path,
    header_names,
    strip_prefix,
    unquote,
)
from diffinsight.changes.scan import Block, Scan, scan
from diffinsight.errors import ActionError
from diffinsight.models import ChangeSet, FileChange, Note, Status

SYMLINK, SUBMODULE = "120000", "160000"

_STATUSES: Mapping[bytes, Status] = {
    b"rename from": "renamed",
    b"copy from": "copied",
    b"new file mode": "added",
    b"deleted file mode": "removed",
}
_MODE = re.compile(rb"[0-7]{6}")
_NOT_A_DIFF = (  # what people pass instead, and what to do about it
    (rb"\A(?:[^\x00]{0,8000}\x00|PK\x03\x04|\x1f\x8b)", "binary data", "pass the diff's text"),
    (rb"(?m)^\*{15}.*\n\*\*\* \d", "a context diff", "make a unified one: diff -u"),
    (rb"(?m)^\d+(?:,\d+)?[acd]\d+(?:,\d+)?\r?\n[<>] ", "a normal diff", "make it with diff -u"),
    (rb"(?mi)\A\s*<(?:!doctype|html|\?xml)", "a web page", "save the diff itself (.diff, .patch)"),
    (rb"\A\s*[{\[]\s*(?:\"|\{|\}|\[|\])", "JSON", "pass a unified diff such as git diff prints"),
    (rb"(?m)^Files .+ and .+ differ\r?$", "a brief comparison", "leave out -q: diff -ru"),
    (rb"(?m)^ \d+ files? changed, ", "a summary of a diff", "leave out --stat"),
    (rb"(?m)^:[0-7]{6} [0-7]{6} [0-9a-f]+ ", "a raw diff", "leave out --raw or add -p"),
    (
        rb"(?:From|commit) [0-9a-f]{7,64}\b",
        "a commit without a diff",
        "compare it with its first parent: git diff COMMIT^ COMMIT",
    ),
)


def parse_diff(data: bytes) -> ChangeSet:
    """What a unified diff says, git's or any other tool's, mails and logs around it included.

    Nothing but white space is a range without changes, as ``git diff`` prints nothing then. A file
    told of twice (a series of patches) is one change with the patches one after the other and a
    note. Raises ActionError, naming the line, for what is no unified diff or not whole.
    """
    cleaned = clean(data)
    if not cleaned.strip():
        return ChangeSet()
    scanned = scan(cleaned)
    if not scanned.blocks and not scanned.only_in:
        raise _not_a_diff(cleaned)
    series = _Series()
    prefixed = not _without_prefixes(scanned.blocks)
    for block in scanned.blocks:
        series.add(_file_change(block, prefixed=prefixed), part=block.part)
    return ChangeSet(files=tuple(series.files), notes=_only_in_notes(scanned))


def _not_a_diff(data: bytes) -> ActionError:
    for pattern, what, hint in _NOT_A_DIFF:
        if re.search(pattern, data[:100_000]):
            return ActionError(f"this is {what}, not a unified diff", hint)
    return ActionError(
        "this is not a unified diff: no file header was found",
        "pass what `git diff` or `diff -u` prints",
    )


def _only_in_notes(scanned: Scan) -> tuple[Note, ...]:
    return tuple(
        Note(kind="only-in", values={"folder": decode_path(folder), "name": decode_path(name)})
        for folder, name in scanned.only_in
    )


def _without_prefixes(blocks: Iterable[Block]) -> bool:
    """Whether this diff names files as they are, so that ``b/new.md`` is in a folder b."""
    return any(
        block.hunk_lines and block.old and block.new and block.old.raw == block.new.raw
        for block in blocks
    )


def _file_change(block: Block, *, prefixed: bool) -> FileChange:
    source, path = _paths(block, prefixed=prefixed)
    old_mode, new_mode = _modes(block)
    patch, is_utf8 = decode_patch(b"\n".join(block.hunk_lines))
    change = FileChange(
        path=decode_path(path),
        previous_path=None if source is None else decode_path(source),
        status=_status(block),
        additions=block.additions,
        deletions=block.deletions,
        binary=block.binary,
        patch=patch or None,
        before_mode=old_mode,
        after_mode=new_mode,
    )
    return replace(change, notes=file_notes(change, is_utf8=is_utf8))


def file_notes(change: FileChange, *, is_utf8: bool) -> tuple[Note, ...]:
    """What a reader must be told of a file that is no plain UTF-8 text."""
    modes = (change.before_mode, change.after_mode)
    told = {
        "symlink": SYMLINK in modes and change.status not in {"added", "removed"},
        "submodule": SUBMODULE in modes,
        "not-utf8": not is_utf8,
    }
    return tuple(Note(kind=kind, values={"path": change.path}) for kind in told if told[kind])


def _paths(block: Block, *, prefixed: bool) -> tuple[bytes | None, bytes]:
    """The previous path, only on renames and copies, and the path."""
    for word in (b"rename", b"copy"):
        source, target = block.extended.get(word + b" from"), block.extended.get(word + b" to")
        if source is not None and target is not None:
            return unquote(source), unquote(target)
    if block.kind == "git" and (block.old is None or block.one_sided):
        return None, common_path(*header_names(block.header))
    return None, _named_path(block, prefixed=prefixed)


def _named_path(block: Block, *, prefixed: bool) -> bytes:
    """The path in the lines of names."""
    if block.old is None or block.new is None:
        return unquote(block.header)
    if block.one_sided:
        name = (block.new if block.old.raw == NULL_NAME else block.old).raw
        return strip_prefix(name) if prefixed else name
    return common_path(block.old.raw, block.new.raw)


def _modes(block: Block) -> tuple[str | None, str | None]:
    said = block.extended
    both = said.get(b"index", b"").partition(b" ")[2]
    old = said.get(b"old mode") or said.get(b"deleted file mode") or both
    new = said.get(b"new mode") or said.get(b"new file mode") or both
    if b"deleted file mode" in said:
        new = b""
    if b"new file mode" in said:
        old = b""
    return _mode(old), _mode(new)


def _mode(raw: bytes) -> str | None:
    return raw.decode() if _MODE.fullmatch(raw) else None


def _status(block: Block) -> Status:
    for header, status in _STATUSES.items():
        if header in block.extended:
            return status
    if block.old is not None and block.old.absent:
        return "added"
    if block.new is not None and block.new.absent:
        return "removed"
    return "modified" if block.hunk_lines or block.binary else "changed"


@dataclass
class _Series:
    """File changes in their order, those of the same file joined."""

    files: list[FileChange] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)  # where each file was last told of
    places: dict[str, int] = field(default_factory=dict)

    def add(self, change: FileChange, *, part: int) -> None:
        place = self._place(change, part)
        if place is None:
            self.places[change.path] = len(self.files)
            self.files.append(change)
            self.parts.append(part)
            return
        earlier = self.files[place]
        del self.places[earlier.path]
        self.places[change.path] = place
        self.files[place] = _joined(earlier, change)
        self.parts[place] = part

    def _place(self, change: FileChange, part: int) -> int | None:
        if change.path in self.places:
            return self.places[change.path]
        if change.status == "renamed" and change.previous_path in self.places:
            place = self.places[change.previous_path]
            # In one and the same diff these are two files that swapped names.
            return place if self.parts[place] < part else None
        return None


def _joined(earlier: FileChange, later: FileChange) -> FileChange:
    """Two changes of one file, the second made after the first."""
    patches = [patch for patch in (earlier.patch, later.patch) if patch]
    status = _joined_status(earlier, later)
    moved = status in ("renamed", "copied")
    joined = replace(
        later,
        previous_path=(earlier.previous_path or later.previous_path) if moved else None,
        status=status,
        additions=earlier.additions + later.additions,
        deletions=earlier.deletions + later.deletions,
        binary=earlier.binary or later.binary,
        patch="\n".join(patches) or None,
        before_mode=earlier.before_mode,
    )
    own = file_notes(joined, is_utf8=True)
    notes = dict.fromkeys(note.kind for note in (*earlier.notes, *later.notes, *own))
    if joined.status != "changed":
        notes["patches-joined"] = None
    return replace(
        joined, notes=tuple(Note(kind=kind, values={"path": joined.path}) for kind in notes)
    )


def _joined_status(earlier: FileChange, later: FileChange) -> Status:
    if earlier.status == "removed" and later.status == "added":
        # git tells a change of type (file, symbolic link, submodule) as removal and addition.
        same_type = (earlier.before_mode or "")[:2] == (later.after_mode or "")[:2]
        return "modified" if same_type else "changed"
    if later.status == "removed":
        return "removed"
    for change in (earlier, later):
        if change.status in ("added", "renamed", "copied"):
            return change.status
    return "modified" if "modified" in (earlier.status, later.status) else later.status
