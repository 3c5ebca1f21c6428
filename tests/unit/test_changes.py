from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diffinsight.changes import decode_path, hunks, parse_diff
from diffinsight.errors import ActionError
from diffinsight.models import ChangeSet, FileChange

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "real"
HUNK = "@@ -1,2 +1,2 @@\n same\n-old\n+new\n"


def only(change_set: ChangeSet) -> FileChange:
    (change,) = change_set.files
    return change


def one(*lines: str) -> FileChange:
    return only(parse_diff("\n".join(lines).encode() + b"\n"))


def kinds(change: FileChange) -> list[str]:
    return [note.kind for note in change.notes]


def said(change: FileChange) -> tuple[str, str, int, int]:
    return change.path, change.status, change.additions, change.deletions


# git's extended headers


def test_a_modified_file() -> None:
    change = one(
        "diff --git a/docs/a.md b/docs/a.md",
        "index 1..2 100644",
        "--- a/docs/a.md",
        "+++ b/docs/a.md",
        "@@ -1,2 +1,2 @@ # Title",
        " same",
        "-old",
        "+new",
    )
    assert change == FileChange(
        path="docs/a.md",
        status="modified",
        additions=1,
        deletions=1,
        patch="@@ -1,2 +1,2 @@ # Title\n same\n-old\n+new",
        before_mode="100644",
        after_mode="100644",
    )


@pytest.mark.parametrize(
    ("header", "status", "modes"),
    [
        (["new file mode 100644", "index 000..e69"], "added", (None, "100644")),
        (["deleted file mode 100755", "index e69..000"], "removed", ("100755", None)),
        (["old mode 100644", "new mode 100755"], "changed", ("100644", "100755")),
    ],
)
def test_files_without_hunks(
    header: list[str], status: str, modes: tuple[str | None, str | None]
) -> None:
    change = one("diff --git a/a b.md b/a b.md", *header)
    assert said(change) == ("a b.md", status, 0, 0)
    assert (change.before_mode, change.after_mode) == modes
    assert change.patch is None


@pytest.mark.parametrize(("word", "status"), [("rename", "renamed"), ("copy", "copied")])
def test_renames_and_copies(word: str, status: str) -> None:
    change = one(
        "diff --git a/old name.md b/new name.md",
        "similarity index 90%",
        f"{word} from old name.md",
        f"{word} to new name.md",
        "index 1..2 100644",
        "--- a/old name.md\t",
        "+++ b/new name.md\t",
        HUNK.rstrip(),
    )
    assert said(change) == ("new name.md", status, 1, 1)
    assert change.previous_path == "old name.md"


def test_a_pure_rename_with_quoted_names() -> None:
    change = one(
        r'diff --git "a/\346\227\245.md" "b/tab\there.md"',
        "similarity index 100%",
        r'rename from "\346\227\245.md"',
        r'rename to "tab\there.md"',
    )
    assert (change.previous_path, change.path) == ("日.md", "tab\there.md")


@pytest.mark.parametrize(
    ("header", "path"),
    [
        (r'"a/\346\227\245 \"x\".md" "b/\346\227\245 \"x\".md"', '日 "x".md'),
        (r'a/plain.md "b/\377.md"', "\\xff.md"),
        (r'"a/\377.md" b/plain.md', "plain.md"),
        ("a/x b/x b/x b/x", "x b/x"),
        ("docs/a b.md docs/a b.md", "docs/a b.md"),
        ("b/new.md b/new.md", "b/new.md"),
        ("i/docs/a.md w/docs/a.md", "docs/a.md"),
        ("old/docs/a.md new/docs/a.md", "docs/a.md"),
        ("v1/a b.md v2/a b.md", "a b.md"),
        ("a/left.md b/right.md", "right.md"),
    ],
)
def test_names_in_the_header_alone(header: str, path: str) -> None:
    change = one(f"diff --git {header}", "old mode 100644", "new mode 100755")
    assert change.path == path


def test_the_header_decides_when_one_side_is_nothing() -> None:
    change = one(
        "diff --git b/new.md b/new.md",
        "new file mode 100644",
        "index 0000000..1111111",
        "--- /dev/null",
        "+++ b/new.md",
        "@@ -0,0 +1 @@",
        "+x",
    )
    assert said(change) == ("b/new.md", "added", 1, 0)


def test_equal_first_folders_stay() -> None:
    assert one("--- a/b/x.md", "+++ b/b/x.md", *HUNK.splitlines()).path == "b/x.md"
    assert one("--- same/x.md", "+++ same/x.md", *HUNK.splitlines()).path == "same/x.md"


@pytest.mark.parametrize(
    "told",
    [
        ["Binary files a/i.png and b/i.png differ"],
        ["GIT binary patch", "literal 3", "KcmZQzU|?iq", "", "literal 0", "HcmV?d00001", ""],
    ],
)
def test_binaries(told: list[str]) -> None:
    change = one("diff --git a/i.png b/i.png", "index 1..2 100644", *told)
    assert said(change) == ("i.png", "modified", 0, 0)
    assert change.binary
    assert change.patch is None


def test_a_file_that_became_a_symbolic_link_is_changed() -> None:
    change = one(
        "diff --git a/x.md b/x.md",
        "deleted file mode 100644",
        "index 1..0",
        "--- a/x.md",
        "+++ /dev/null",
        "@@ -1,2 +0,0 @@",
        "-one",
        "-two",
        "diff --git a/x.md b/x.md",
        "new file mode 120000",
        "index 0..2",
        "--- /dev/null",
        "+++ b/x.md",
        "@@ -0,0 +1 @@",
        "+y.md",
        "\\ No newline at end of file",
    )
    assert said(change) == ("x.md", "changed", 1, 2)
    assert (change.before_mode, change.after_mode) == ("100644", "120000")
    assert kinds(change) == ["symlink"]
    sides = [[line.before is not None for line in it.lines] for it in hunks(change.patch or "")]
    assert [sum(side) for side in sides] == [2, 0]


def test_a_submodule() -> None:
    change = one(
        "diff --git a/theme b/theme",
        "index 1111111..2222222 160000",
        "--- a/theme",
        "+++ b/theme",
        "@@ -1 +1 @@",
        "-Subproject commit 1111111111111111111111111111111111111111",
        "+Subproject commit 2222222222222222222222222222222222222222",
    )
    assert said(change) == ("theme", "modified", 1, 1)
    assert kinds(change) == ["submodule"]


def test_content_that_looks_like_headers() -> None:
    change = one(
        "diff --git a/x.md b/x.md",
        "--- a/x.md",
        "+++ b/x.md",
        "@@ -1,4 +1,5 @@",
        "--- a/other.md",
        "+++ b/other.md",
        " diff --git a/y b/y",
        "+@@ -1 +1 @@",
        "-- ",
        "+GIT binary patch",
        " end",
    )
    assert said(change) == ("x.md", "modified", 3, 2)
    texts = [line.text for hunk in hunks(change.patch or "") for line in hunk.lines]
    assert texts[:3] == ["-- a/other.md", "++ b/other.md", "diff --git a/y b/y"]


# other tools


def test_diff_u_with_dates() -> None:
    change = one(
        "--- docs/a b.md\t2024-01-01 10:00:00.000000000 +0900",
        "+++ docs/a b.md\t2024-01-02 10:00:00.000000000 +0900",
        *HUNK.splitlines(),
    )
    assert said(change) == ("docs/a b.md", "modified", 1, 1)


def test_diff_run_over_two_folders() -> None:
    diff = (
        "diff -ruN v1/docs/a.md v2/docs/a.md\n"
        "--- v1/docs/a.md\t2024-01-01 10:00:00.000000000 +0900\n"
        "+++ v2/docs/a.md\t2024-01-02 10:00:00.000000000 +0900\n"
        + HUNK
        + "diff -ruN v1/new v2/new\n"
        "--- v1/new.md\t1970-01-01 09:00:00.000000000 +0900\n"
        "+++ v2/new.md\t2024-01-02 10:00:00.000000000 +0900\n"
        "@@ -0,0 +1 @@\n+x\n"
        "--- v1/gone.md\t2024-01-02 10:00:00.000000000 +0900\n"
        "+++ v2/gone.md\t1970-01-01 00:00:00.000000000 +0000\n"
        "@@ -1 +0,0 @@\n-x\n"
        "Only in v2/docs: more.md\n"
        "Binary files v1/a and b.png and v2/a and b.png differ\n"
    )
    change_set = parse_diff(diff.encode())
    assert [said(change) for change in change_set.files] == [
        ("docs/a.md", "modified", 1, 1),
        ("new.md", "added", 1, 0),
        ("gone.md", "removed", 0, 1),
        ("a and b.png", "modified", 0, 0),
    ]
    (note,) = change_set.notes
    assert (note.kind, dict(note.values)) == ("only-in", {"folder": "v2/docs", "name": "more.md"})


def test_an_emptied_file_is_not_removed() -> None:
    change = one("--- a/x.md\t2024-01-01", "+++ b/x.md\t2024-01-01", "@@ -1 +0,0 @@", "-x")
    assert change.status == "modified"


def test_subversion() -> None:
    diff = (
        "Index: docs/a.md\n" + "=" * 67 + "\n"
        "--- docs/a.md\t(revision 4)\n+++ docs/a.md\t(working copy)\n" + HUNK + "\n"
        "Property changes on: docs/a.md\n" + "_" * 67 + "\n"
        "Added: svn:eol-style\n## -0,0 +1 ##\n+native\n\\ No newline at end of property\n"
        "Index: docs/new.md\n" + "=" * 67 + "\n"
        "--- docs/new.md\t(nonexistent)\n+++ docs/new.md\t(working copy)\n@@ -0,0 +1 @@\n+x\n"
        "Index: i.png\n" + "=" * 67 + "\n"
        "Cannot display: file marked as a binary type.\nsvn:mime-type = image/png\n"
        "Index: properties.md\n" + "=" * 67 + "\n"
        "--- properties.md\t(revision 4)\n+++ properties.md\t(working copy)\n\n"
    )
    files = parse_diff(diff.encode()).files
    assert [said(change) for change in files] == [
        ("docs/a.md", "modified", 1, 1),
        ("docs/new.md", "added", 1, 0),
        ("i.png", "modified", 0, 0),
        ("properties.md", "changed", 0, 0),
    ]
    assert files[2].binary


def test_mercurial() -> None:
    diff = (
        "diff -r 1dc1ff8b6a66 docs/a.md\n"
        "--- a/docs/a.md\tThu Jan 01 00:00:00 1970 +0000\n"
        "+++ b/docs/a.md\tMon Jan 08 10:00:00 2024 +0100\n" + HUNK + "diff -r 1dc1ff8b6a66 new.md\n"
        "--- /dev/null\tThu Jan 01 00:00:00 1970 +0000\n"
        "+++ b/new.md\tMon Jan 08 10:00:00 2024 +0100\n@@ -0,0 +1 @@\n+x\n"
        "diff -r 1dc1ff8b6a66 i.png\nBinary file i.png has changed\n"
    )
    assert [said(change) for change in parse_diff(diff.encode()).files] == [
        ("docs/a.md", "modified", 1, 1),
        ("new.md", "added", 1, 0),
        ("i.png", "modified", 0, 0),
    ]


def test_new_files_of_a_diff_without_prefixes_keep_their_folder() -> None:
    plain = "--- x.md\n+++ x.md\n" + HUNK + "--- /dev/null\n+++ b/new.md\n@@ -0,0 +1 @@\n+x\n"
    assert [change.path for change in parse_diff(plain.encode()).files] == ["x.md", "b/new.md"]


# mails and logs

MAIL = """\
From 1111111111111111111111111111111111111111 Mon Sep 17 00:00:00 2001
From: A Writer <writer@example.com>
Subject: [PATCH {number}/2] Change the docs

--- not a file
+++ not one either
---
 docs/a.md | 2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)

"""
SIGNED = "-- \n2.39.5\n\n"


def test_a_mailbox_of_patches_of_one_file_is_one_change() -> None:
    block = "diff --git a/a.md b/a.md\nindex 1..2 100644\n--- a/a.md\n+++ b/a.md\n" + HUNK
    diff = MAIL.format(number=1) + block + SIGNED + MAIL.format(number=2) + block + SIGNED
    change = only(parse_diff(diff.encode()))
    assert said(change) == ("a.md", "modified", 2, 2)
    assert len(hunks(change.patch or "")) == 2
    assert kinds(change) == ["patches-joined"]


def series(*blocks: str) -> list[tuple[str, str | None, str]]:
    diff = "".join(MAIL.format(number=1) + block + SIGNED for block in blocks)
    files = parse_diff(diff.encode()).files
    return [(change.path, change.previous_path, change.status) for change in files]


ADDED = "diff --git a/x b/x\nnew file mode 100644\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+x\n"
REMOVED = (
    "diff --git a/x b/x\ndeleted file mode 100644\n--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n"
)
MODIFIED = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-x\n+y\n"
EXECUTABLE = "diff --git a/x b/x\nold mode 100644\nnew mode 100755\n"
RENAMED = "diff --git a/x b/y\nsimilarity index 100%\nrename from x\nrename to y\n"
RENAMED_BACK = "diff --git a/y b/x\nsimilarity index 100%\nrename from y\nrename to x\n"


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ((ADDED, MODIFIED), ("x", None, "added")),
        ((MODIFIED, REMOVED), ("x", None, "removed")),
        ((REMOVED, ADDED), ("x", None, "modified")),
        ((EXECUTABLE, MODIFIED), ("x", None, "modified")),
        ((MODIFIED, EXECUTABLE), ("x", None, "modified")),
        ((MODIFIED, RENAMED), ("y", "x", "renamed")),
        ((ADDED, RENAMED), ("y", None, "added")),
    ],
)
def test_a_series_tells_what_became_of_a_file(
    blocks: tuple[str, ...], expected: tuple[str, str | None, str]
) -> None:
    assert series(*blocks) == [expected]


def test_files_that_swapped_names_stay_two() -> None:
    files = parse_diff((RENAMED + RENAMED_BACK).encode()).files
    assert [(change.previous_path, change.path) for change in files] == [("x", "y"), ("y", "x")]


# bytes that shells, terminals and editors changed

PLAIN = "diff --git a/日.md b/日.md\n--- a/日.md\n+++ b/日.md\n" + HUNK


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        b"\xff\xfe" + PLAIN.replace("\n", "\r\n").encode("utf-16-le"),
        b"\xfe\xff" + PLAIN.encode("utf-16-be"),
        b"\x1b[1m" + PLAIN.replace("\n", "\x1b[m\n\x1b[32m").encode() + b"\x1b[K",
        PLAIN.rstrip("\n").encode(),
    ],
    ids=["crlf", "bom", "powershell", "utf-16-be", "colour", "no last line end"],
)
def test_the_same_diff_in_other_bytes(data: bytes) -> None:
    assert parse_diff(data) == parse_diff(PLAIN.encode())


def test_crs_of_the_files_stay_in_the_patch_and_not_in_the_lines() -> None:
    change = one("--- a/x", "+++ b/x", "@@ -1 +1 @@", "-old\r", "+new\r")
    assert change.patch == "@@ -1 +1 @@\n-old\r\n+new\r"
    assert [line.text for line in hunks(change.patch)[0].lines] == ["old", "new"]


def test_other_encodings_are_noted() -> None:
    data = b"--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+\x93\xfa\x96{\n"
    change = only(parse_diff(data))
    assert kinds(change) == ["not-utf8"]
    assert change.additions == 1


def test_a_heading_that_git_cut_within_a_character_is_no_other_encoding() -> None:
    cut = "## 日本語の見出し".encode()[:-1]
    data = b"--- a/x\n+++ b/x\n@@ -1 +1 @@ " + cut + "\n-旧\n+新\n".encode()
    change = only(parse_diff(data))
    assert kinds(change) == []
    assert change.patch == "@@ -1 +1 @@ ## 日本語の見出\n-旧\n+新"


def test_invalid_names_stay_apart() -> None:
    assert decode_path(b"\xff.md") != decode_path(b"\xfe.md")
    assert decode_path("日.md".encode()) == "日.md"


# what is no diff


@pytest.mark.parametrize("data", [b"", b"\n", b" \r\n", b"\xef\xbb\xbf"])
def test_nothing_is_a_range_without_changes(data: bytes) -> None:
    assert parse_diff(data) == ChangeSet()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"# Just a page\n\ntext\n", "no file header"),
        (b"*** a\n--- b\n***************\n*** 1 ****\n! x\n--- 1 ----\n! y\n", "context diff"),
        (b"1c1\n< old\n---\n> new\n", "normal diff"),
        (b"<!DOCTYPE html>\n<title>Sign in</title>\n", "web page"),
        (b'{"message": "Not Found"}', "JSON"),
        (b"PK\x03\x04rest", "binary data"),
        (b"\x89PNG\r\n\x1a\n\0\0", "binary data"),
        (b"Files a/x and b/x differ\n", "brief"),
        (b" a.md | 2 +-\n 1 file changed, 1 insertion(+)\n", "summary"),
        (b":100644 100644 1111111 2222222 M\ta.md\n", "raw"),
        (b"commit 1111111111\nMerge: 2 3\n\n    Merge\n", "without a diff"),
        (b"diff --cc a.md\nindex 1,2..3\n", "line 1 .* combined"),
        (b"--- a\n+++ b\n@@@ -1,2 -1,2 +1,2 @@@\n", "line 3 .* combined"),
        (b"@@ -1 +1 @@\n-x\n+y\n", "line 1 .* no file"),
        (b"--- a\n+++ b\n@@ -1,9 +1,9 @@\n-x\n+y\n", "cut off: .* line 3"),
        (b"--- a\n+++ b\n@@ -1,9 +1,9 @@\n-x\nwhat\n", "line 5 .* line 3"),
        (b"--- a\n+++ b\n@@ -1,2 +1 @@\n x\n+y\n z\n", "line 5 .* line 3"),
        (b"--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n+z\n", "line 6 .* line 3"),
    ],
)
def test_what_is_no_whole_unified_diff_is_named(data: bytes, words: str) -> None:
    with pytest.raises(ActionError, match=words) as caught:
        parse_diff(data)
    (problem,) = caught.value.problems
    assert problem.hint
    assert "\n" not in str(problem)


HEADERS = (
    b"diff --git a/x b/x\n",
    b'diff --git "a/\\',
    b"--- a/x\n",
    b"+++ b/x\n",
    b"--- \n",
    b"+++ \n",
)
EXTENDED = (b"new file mode 120000\n", b"rename from x\n", b"rename to y\n", b"GIT binary patch\n")
BODIES = (b"@@ -1 +1 @@\n", b"@@ -0,0 +1,99999999999 @@\n", b"-x\n", b"+y\n", b" same\n", b"-- \n")
OTHERS = (b"From 1111111 x\n", b"Index: x\n====\n", b"Only in a: x\n", b"\\ No\n", b"*" * 15)
BINARIES = (b"Binary files a/x and b/x differ\n", b"Binary file x has changed\n")
BYTES = (b"\xff\xfe", b"\x1b[1m", b"\r", b"\n", b"\0")
PIECES = st.sampled_from((*HEADERS, *EXTENDED, *BODIES, *OTHERS, *BINARIES, *BYTES))


@given(pieces=st.lists(PIECES, max_size=20))
def test_anything_is_read_or_refused(pieces: list[bytes]) -> None:
    try:
        files = parse_diff(b"".join(pieces)).files
    except ActionError:
        return
    for change in files:
        marks = [line.mark for hunk in hunks(change.patch or "") for line in hunk.lines]
        assert (marks.count("+"), marks.count("-")) == (change.additions, change.deletions)


# hunks


def test_lines_are_numbered_on_their_sides() -> None:
    (hunk,) = hunks("@@ -3,3 +5,3 @@ ## Heading\n same\n-old\n+new\n same")
    assert (hunk.before_start, hunk.after_start, hunk.after_count) == (3, 5, 3)
    assert hunk.section == "## Heading"
    assert [(line.mark, line.before, line.after) for line in hunk.lines] == [
        (" ", 3, 5),
        ("-", 4, None),
        ("+", None, 6),
        (" ", 5, 7),
    ]


def test_only_lf_ends_a_line() -> None:
    odd = "a\fb\x1cc\u2028d\x85e\rf\vg"
    (hunk,) = hunks(f"@@ -1 +1 @@\n-{odd}\n+{odd}\r\n")
    assert [line.text for line in hunk.lines] == [odd, odd]


@pytest.mark.parametrize("marker", ["\\ No newline at end of file", "\\ Kein Zeilenumbruch"])
def test_marks_of_a_missing_line_end_are_no_lines(marker: str) -> None:
    found = hunks(f"@@ -1 +1 @@\n-a\n{marker}\n+b\n{marker}\n@@ -9 +9 @@\n-c\n+d")
    assert [[line.text for line in hunk.lines] for hunk in found] == [["a", "b"], ["c", "d"]]


def test_trimmed_empty_lines_are_context() -> None:
    (hunk,) = hunks("@@ -1,3 +1,4 @@\n a\n\n+new\n b\n\n")
    assert [line.text for line in hunk.lines] == ["a", "", "new", "b"]


def test_no_patch_has_no_hunks() -> None:
    assert hunks("") == ()


@pytest.mark.parametrize(
    "patch", ["@@ -1,5 +1,5 @@\n x", "@@ -1 +1 @@\n-x\nwhat", "@@ -1,2 +1 @@\n x\n+y"]
)
def test_broken_patches_are_refused(patch: str) -> None:
    with pytest.raises(ActionError, match="a patch cannot be read"):
        hunks(patch)


def test_five_megabytes_are_read_in_seconds() -> None:
    body = "\n".join(f"+line {number} of a long table with some words" for number in range(100_000))
    patch = f"@@ -0,0 +1,100000 @@\n{body}"
    began = time.perf_counter()
    change = only(parse_diff(f"--- a/x\n+++ b/x\n{patch}\n".encode()))
    (hunk,) = hunks(change.patch or "")
    assert len(hunk.lines) == 100_000
    assert time.perf_counter() - began < 10  # about one on a slow machine


# real days of a docs repository


Files = Iterable[Mapping[str, Any]]
Writer = Callable[[Files], str]


def as_git(files: Files) -> str:
    lines = []
    for file in files:
        path, patch = file["path"], file["patch"]
        lines.append(f"diff --git a/{path} b/{path}")
        lines += {"added": ["new file mode 100644"], "removed": ["deleted file mode 100644"]}.get(
            file["status"], []
        )
        before = "/dev/null" if file["status"] == "added" else f"a/{path}"
        after = "/dev/null" if file["status"] == "removed" else f"b/{path}"
        if patch:
            lines += [f"--- {before}", f"+++ {after}", patch]
        else:
            lines.append(f"Binary files {before} and {after} differ")
    return "\n".join(lines) + "\n"


def as_plain(files: Files) -> str:
    parts = [
        f"--- a/{file['path']}\n+++ b/{file['path']}\n{file['patch']}\n"
        for file in files
        if file["patch"]
    ]
    return "".join(parts)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside this repository")
@pytest.mark.parametrize("write", [as_git, as_plain])
def test_real_days_keep_their_counts_and_patches(write: Writer) -> None:
    days = sorted(CORPUS.glob("*.json"))
    assert days
    for day in days:
        files = json.loads(day.read_text())["files"]
        found = {change.path: change for change in parse_diff(write(files).encode()).files}
        told = [file for file in files if file["patch"] or write is as_git]
        assert list(found) == [file["path"] for file in told]
        for file in told:
            change = found[file["path"]]
            assert change.patch == file["patch"] or (not file["patch"] and change.patch is None)
            if file["patch"]:
                assert (change.additions, change.deletions) == (
                    file["additions"],
                    file["deletions"],
                )
                lines = [line.mark for hunk in hunks(file["patch"]) for line in hunk.lines]
                assert (lines.count("+"), lines.count("-")) == (change.additions, change.deletions)
