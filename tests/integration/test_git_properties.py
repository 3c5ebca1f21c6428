from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.git_repo import GitRepo, clean_environ
from support.git_words import gits_own, rows

from diffinsight.changes import decode_path, hunks, parse_diff
from diffinsight.git_cli import GitRepository
from diffinsight.models import ChangeSet, FileChange, RunContext

ODD_PARTS = (b"\xff", b"\xfe\n", b'"q"', b"\\n", b"-x", b"t\tx", b"a|b", b" ", b"\x01\x7f", b"#1")
LOOKALIKES = (b"@@ -1 +1 @@", b"diff --git a", b"x and y", b"b.md\n+++ c")
PARTS = st.sampled_from((b"a", b"b", b"A b", b"docs", "日本".encode(), *ODD_PARTS, *LOOKALIKES))
PATHS = st.lists(PARTS, min_size=1, max_size=3).map(b"/".join)
PROSE = (b"", b" ", b"one", b"two words", b"# Heading", "見出し".encode() * 20)
MARKS = (b"--- a/x", b"+++ b/x", b"-- ", b"diff --git a/x b/x", b"@@ -1,2 +1,2 @@", b"\\ No", b"+")
ODD_LINES = (b"c\rd\r", b"\f\x1c", "e\u2028f\x85".encode(), b"\xff\xfe", b"\x1b[1mdiff --git")
LINES = st.sampled_from((*PROSE, *MARKS, *ODD_LINES))
ENDS = st.sampled_from([b"\n", b"\r\n"])


@st.composite
def texts(draw: st.DrawFn) -> bytes:
    """A page; now and then long enough to be found again after a move, or binary."""
    lines = draw(st.lists(LINES, max_size=12)) * draw(st.sampled_from([1, 1, 4]))
    text = draw(ENDS).join(lines) + draw(st.sampled_from([b"", b"\n", b"\r\n"]))
    return text + draw(st.sampled_from([b"", b"", b"", b"\0"]))


@dataclass(frozen=True)
class File:
    mode: str
    content: bytes


FILES = st.builds(
    File, mode=st.sampled_from(["100644", "100644", "100644", "100755", "120000"]), content=texts()
)
Tree = Mapping[bytes, File]


@st.composite
def trees(draw: st.DrawFn) -> tuple[Tree, Tree]:
    """A tree and what became of it: edited, removed, moved and added files."""
    before = draw(st.dictionaries(PATHS, FILES, max_size=5))
    after: dict[bytes, File] = {}
    for path, file in before.items():
        to = draw(st.sampled_from([path, path, b"moved/" + path]))
        kept = draw(st.sampled_from([file, file, None])) or draw(FILES)
        more = draw(st.sampled_from([b"", b"more\n"]))
        after[to] = File(mode=kept.mode, content=kept.content + more)
    after |= draw(st.dictionaries(PATHS, FILES, max_size=2))
    for path in draw(st.lists(st.sampled_from(sorted(after) or [b""]), max_size=2)):
        after.pop(path, None)
    return _possible(before), _possible(after)


def _possible(tree: Tree) -> Tree:
    """``tree`` without files that are another one's folder."""
    folders = {path[:at] for path in tree for at, byte in enumerate(path) if byte == ord("/")}
    return {path: file for path, file in tree.items() if path not in folders}


def commands(tree: Tree, branch: str, when: int) -> Iterator[bytes]:
    """A commit in the words of git fast-import."""
    yield f"commit refs/heads/{branch}\ncommitter A <a@b> {when} +0000\ndata 0\n".encode()
    for path, file in tree.items():
        quoted = "".join(f"\\{byte:03o}" for byte in path)
        yield f'M {file.mode} inline "{quoted}"\ndata {len(file.content)}\n'.encode()
        yield file.content + b"\n"
    yield b"\n"


def compared(repo: GitRepo, before: Tree, after: Tree) -> ChangeSet:
    stream = b"".join([*commands(before, "before", 1), *commands(after, "after", 2)])
    repo.git("fast-import", "--quiet", "--force", stdin=stream)
    context = RunContext(base="before", head="after", two_dot=True)
    return GitRepository(path=repo.path, environ=clean_environ()).change_set(context)


def lines_of(text: str) -> list[str]:
    lines = text.split("\n")
    return [line.removesuffix("\r") for line in (lines[:-1] if lines[-1] == "" else lines)]


def applied(change: FileChange) -> list[str]:
    """The version before with the hunks applied, each line of the hunks checked on the way."""
    old, new, at = lines_of(change.before or ""), [], 0
    for hunk in hunks(change.patch or ""):
        start = hunk.before_start - any(line.before for line in hunk.lines)
        new += old[at:start]
        at = start
        for line in hunk.lines:
            if line.mark != "+":
                assert (old[at], line.before) == (line.text, at + 1)
                at += 1
            if line.mark != "-":
                new.append(line.text)
                assert line.after == len(new)
    return new + old[at:]


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> GitRepo:
    path: Path = tmp_path_factory.mktemp("generated")
    return GitRepo(path)


# One repository for all examples: each writes its branches anew.
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pair=trees())
def test_any_two_trees(repo: GitRepo, pair: tuple[Tree, Tree]) -> None:
    before, after = pair
    found = compared(repo, before, after)

    assert rows(found) == gits_own(repo, "before", "after")
    told = {name for change in found.files for name in (change.path, change.previous_path)}
    changed = [path for path in {*before, *after} if before.get(path) != after.get(path)]
    assert {decode_path(path) for path in changed} <= told

    parsed = parse_diff(repo.git("diff", "-M", "before", "after")).files
    assert [change.path for change in parsed] == [change.path for change in found.files]
    for change, again in zip(found.files, parsed, strict=True):
        assert (again.status, again.previous_path) == (change.status, change.previous_path)
        assert again.patch == change.patch
        if change.binary or "120000" in (change.before_mode, change.after_mode):
            continue  # pure renames do not say so; counts of a change of type compare the texts
        assert (again.additions, again.deletions) == (change.additions, change.deletions)
        assert applied(change) == lines_of(change.after or "")
