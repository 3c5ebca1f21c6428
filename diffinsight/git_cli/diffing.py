"""What git says of two trees: names, statuses, counts, patches and both versions of each text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from diffinsight.changes import decode_patch, decode_path, file_notes, is_text
from diffinsight.errors import ActionError
from diffinsight.git_cli.objects import MAX_TEXT, Objects, fetch_missing
from diffinsight.git_cli.process import Git, Output, one_line
from diffinsight.models import FileChange, Note, Status

# As `git diff -M` shows by default, whatever the configuration says. diff-tree overlooks most diff
# settings (git-diff-tree(1) is plumbing); the flags do not leave it to the version of git.
_DIFF = (
    *("diff-tree", "-r", "-M", "--no-ext-diff", "--no-textconv", "--no-color", "--no-relative"),
    *("--diff-algorithm=myers", "--indent-heuristic", "-O/dev/null", "--ignore-submodules=none"),
    "--no-abbrev",
)
_NUMBERS = ("--raw", "--numstat", "-z")
_PATCHES = (
    *("-p", "-U3", "--inter-hunk-context=0", "--submodule=short", "--src-prefix=a/"),
    "--dst-prefix=b/",
)
_STATUSES: Mapping[str, Status] = {
    "A": "added",
    "M": "modified",
    "D": "removed",
    "R": "renamed",
    "C": "copied",
    "T": "changed",
}
_NO_FILE, _SUBMODULE = "000000", "160000"
_RENAMES_LIMITED = b"rename detection was skipped"


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """A line of ``--raw`` with its line of ``--numstat``."""

    path: str
    previous_path: str | None
    letter: str  # git's status
    before_mode: str
    after_mode: str
    before_sha: str
    after_sha: str
    counts: tuple[int, int] | None = None  # additions and deletions; None for binaries

    @property
    def status(self) -> Status:
        """The status with a change of nothing but the mode told apart."""
        if self.letter == "M" and self.before_sha == self.after_sha:
            return "changed"
        return _STATUSES[self.letter]

    @property
    def texts(self) -> tuple[str | None, str | None]:
        """SHAs of both versions, None where there is no text."""
        sides = ((self.before_mode, self.before_sha), (self.after_mode, self.after_sha))
        before, after = (
            None if self.counts is None or mode in (_NO_FILE, _SUBMODULE) else sha
            for mode, sha in sides
        )
        return before, after


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """Two trees compared."""

    files: tuple[FileChange, ...]
    notes: tuple[Note, ...]


def compare(git: Git, objects: Objects, *, base: str, head: str, rename_limit: int) -> Difference:
    """Compare two trees (or commits' trees), given by SHA."""
    numbers, patch = _outputs(git, (f"-l{rename_limit}", base, head))
    records = _records(numbers.stdout)
    patches = _patches(patch.stdout, records)
    notes: tuple[Note, ...] = ()
    if _RENAMES_LIMITED in numbers.stderr:
        notes = (Note(kind="renames-limited", values={"limit": rename_limit}),)
    return Difference(files=tuple(_files(git, objects, records, patches)), notes=notes)


def _outputs(git: Git, arguments: Sequence[str]) -> tuple[Output, Output]:
    """Names with counts, and patches: at the same time, unless each would fetch what it lacks."""
    numbers, patches = (*_DIFF, *_NUMBERS, *arguments), (*_DIFF, *_PATCHES, *arguments)
    if git.promisor is not None:
        return git.run(*numbers), git.run(*patches)
    with git.running(*numbers) as first, git.running(*patches) as second:
        return git.finish(first), git.finish(second)


def _records(data: bytes) -> list[Record]:
    """Read ``--raw --numstat -z``: all lines of the one, then all of the other."""
    fields = iter(data.split(b"\0")[:-1])
    records: list[Record] = []
    counts: dict[str, tuple[int, int] | None] = {}
    for entry in fields:
        if entry.startswith(b":"):
            records.append(_record(entry, fields))
            continue
        added, removed, path = entry.split(b"\t", 2)
        if not path:  # renamed: both names follow
            next(fields)
            path = next(fields)
        counts[decode_path(path)] = None if added == b"-" else (int(added), int(removed))
    return [replace(record, counts=counts[record.path]) for record in records]


def _record(entry: bytes, fields: Iterator[bytes]) -> Record:
    before_mode, after_mode, before_sha, after_sha, status = entry[1:].decode().split(" ")
    letter = status[0]
    previous = decode_path(next(fields)) if letter in "RC" else None
    return Record(
        path=decode_path(next(fields)),
        previous_path=previous,
        letter=letter,
        before_mode=before_mode,
        after_mode=after_mode,
        before_sha=before_sha,
        after_sha=after_sha,
    )


def _patches(data: bytes, records: Sequence[Record]) -> list[bytes]:
    """The hunks of each record.

    Paired by order, not by name: a file's name can look like anything. Lines of a file's content
    start with a mark, so that only headers start with ``diff --git``. A change of type has two
    blocks, the removal and the addition.
    """
    blocks = [_hunks(block) for block in data.split(b"\ndiff --git ")] if data else []
    patches, at = [], 0
    for record in records:
        end = at + (2 if record.letter == "T" else 1)
        patches.append(b"\n".join(filter(None, blocks[at:end])))
        at = end
    if at != len(blocks):
        raise RuntimeError(f"git named {len(records)} files and wrote {len(blocks)} patches")
    return patches


def _hunks(block: bytes) -> bytes:
    _, mark, hunks = block.partition(b"\n@@ ")
    return (mark + hunks)[1:].removesuffix(b"\n")


def _files(
    git: Git, objects: Objects, records: Sequence[Record], patches: Sequence[bytes]
) -> Iterator[FileChange]:
    texts = _texts(git, objects, records)
    for record, patch in zip(records, patches, strict=True):
        before, after = (None if sha is None else texts[sha] for sha in record.texts)
        additions, deletions = record.counts or (0, 0)
        change = FileChange(
            path=record.path,
            previous_path=record.previous_path,
            status=record.status,
            additions=additions,
            deletions=deletions,
            binary=record.counts is None,
            before_mode=_mode(record.before_mode),
            after_mode=_mode(record.after_mode),
        )
        yield _with_texts(change, before, after, patch)


def _mode(mode: str) -> str | None:
    return None if mode == _NO_FILE else mode


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """One version of a file, without content when it is too large."""

    size: int
    content: bytes | None


def _texts(git: Git, objects: Objects, records: Sequence[Record]) -> Mapping[str, Text]:
    """Each version's content by SHA."""
    shas = list(dict.fromkeys(sha for record in records for sha in record.texts if sha))
    fetch_missing(git, shas)
    sizes = {found.sha: found.size for found in objects.look_up(shas) if found is not None}
    if len(sizes) < len(shas):  # git has just shown what changed in them
        raise ActionError(
            f"{one_line(str(git.path))} lost objects while it was read", "run git fsck there"
        )
    fitting = [sha for sha, size in sizes.items() if size <= MAX_TEXT]
    contents = dict(zip(fitting, objects.read(fitting), strict=True))
    return {sha: Text(size=size, content=contents.get(sha)) for sha, size in sizes.items()}


def _with_texts(
    change: FileChange, before: Text | None, after: Text | None, patch: bytes
) -> FileChange:
    sides = [text for text in (before, after) if text is not None]
    if any(text.content is None for text in sides):
        size = max(text.size for text in sides)
        note = Note(
            kind="file-too-large",
            values={"path": change.path, "size": size, "limit": MAX_TEXT},
        )
        shown = patch if len(patch) <= MAX_TEXT else b""
        change = replace(change, patch=decode_patch(shown)[0] or None)
        return replace(change, notes=(*file_notes(change, is_utf8=True), note))
    change = replace(
        change,
        patch=decode_patch(patch)[0] or None,
        before=None if before is None else (before.content or b"").decode("utf-8", "replace"),
        after=None if after is None else (after.content or b"").decode("utf-8", "replace"),
    )
    is_utf8 = all(is_text(text.content or b"") for text in sides)
    return replace(change, notes=file_notes(change, is_utf8=is_utf8))
