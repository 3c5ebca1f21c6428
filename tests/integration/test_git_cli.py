from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from support.git_repo import EMPTY_TREE, FIRST_COMMIT, AnyPath, GitRepo, clean_environ
from support.git_server import serve_git
from support.git_words import Row, gits_own, rows

from diffinsight.changes import decode_path, hunks, parse_diff
from diffinsight.errors import ActionError
from diffinsight.git_cli import GitRepository, GitTree, Remote, fetch_range, parse_remote
from diffinsight.models import ChangeSet, FileChange, RunContext

PAGE = "".join(f"Line {number} of a page about one thing.\n" for number in range(30))


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    return GitRepo(tmp_path / "docs")


def opened(path: Path, **changes: str) -> GitRepository:
    return GitRepository(path=path, environ=clean_environ() | changes)


def change_set(
    repo: GitRepo, base: str | None = "HEAD~1", head: str | None = None, *, two_dot: bool = False
) -> ChangeSet:
    context = RunContext(base=base, head=head, two_dot=two_dot)
    return opened(repo.path).change_set(context)


def only(found: ChangeSet) -> FileChange:
    (change,) = found.files
    return change


def problems(path: Path, base: str | None, head: str | None = None) -> list[str]:
    with pytest.raises(ActionError) as caught:
        opened(path).change_set(RunContext(base=base, head=head))
    texts = [str(problem) for problem in caught.value.problems]
    assert all("\n" not in text for text in texts)
    return texts


# one sample for each oddity


def nothing_but_text(repo: GitRepo) -> None:
    repo.commit({"docs/a.md": PAGE, "b.md": "x\n"})
    repo.commit({"docs/a.md": PAGE.replace("Line 7", "Row 7"), "b.md": None, "c.md": "new\n"})


def renames(repo: GitRepo) -> None:
    repo.commit({"a.md": PAGE, "b.md": PAGE * 2, "c.md": PAGE * 3 + "c"})
    repo.move("a.md", "sub/a.md")
    repo.move("b.md", "b b.md")
    repo.write("b b.md", PAGE + "more\n" + PAGE)
    repo.commit()


def copies_are_additions(repo: GitRepo) -> None:
    repo.commit({"a.md": PAGE})
    repo.commit({"a.md": PAGE + "more\n", "copy.md": PAGE})


def modes(repo: GitRepo) -> None:
    repo.commit({"run.sh": "x\n", "both.sh": PAGE})
    repo.write("run.sh", "x\n", executable=True)
    repo.write("both.sh", PAGE + "more\n", executable=True)
    repo.write("new.sh", "x\n", executable=True)
    repo.commit()


def binaries(repo: GitRepo) -> None:
    repo.commit({"a.png": b"\x89PNG\0" + bytes(range(256)), "b.png": b"\0" * 999, "t.md": "text\n"})
    repo.move("b.png", "c.png")
    repo.commit({"a.png": b"\x89PNG\0new", "t.md": b"no\0text", "d.png": b"\0"})


def links_and_types(repo: GitRepo) -> None:
    repo.link("link.md", "a.md")
    repo.commit({"a.md": PAGE, "file.md": PAGE, "same.md": "a.md"})
    repo.link("link.md", "b.md")
    repo.link("file.md", "a.md")
    repo.link("same.md", "a.md")
    repo.commit({"later.md": "x\n"})
    repo.git("rm", "-q", "link.md")
    repo.commit({"link.md": "a file now\n"})
    repo.git("reset", "-q", "--soft", "HEAD~2")
    repo.commit_index()


def submodules(repo: GitRepo) -> None:
    for path, number in (("theme", "1"), ("gone", "2"), ("file.md", "3")):
        repo.git("update-index", "--add", "--cacheinfo", f"160000,{number * 40},{path}")
    repo.commit_index()
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{'4' * 40},theme")
    repo.git("update-index", "--force-remove", "gone")
    repo.git("update-index", "--force-remove", "file.md")
    repo.write("file.md", "text\n")
    repo.git("add", "file.md")
    repo.write(".gitmodules", '[submodule "theme"]\npath = theme\nurl = x\nignore = all\n')
    repo.commit_index()


def empty_files(repo: GitRepo) -> None:
    repo.commit({"gone.md": "", "filled.md": "", "emptied.md": "x\n", "a.md": "x"})
    repo.commit({"gone.md": None, "filled.md": "x\n", "emptied.md": "", "new.md": ""})


def names(repo: GitRepo) -> None:
    odd: list[AnyPath] = [
        "a b.md",
        ' "quoted".md',
        "pipe|d.md",
        "tab\there.md",
        "line\nend.md",
        "日本語/ページ.md",
        b"\xff.md",
        b"\xfe.md",
        "-dash.md",
        "--upload-pack=x",
        "back\\slash.md",
        ":colon.md",
        "1\t2\tx.md",
        "end\n@@ -1 +1 @@\n-x\ndiff --git a b",
        "\x7f\x01.md",
        " ",
        "trail ",
    ]
    for name in odd:
        repo.write(name, PAGE)
    repo.commit()
    for number, name in enumerate(odd):
        text = PAGE.replace(f"Line {number} ", "Row ")
        if number % 3 == 2:
            repo.remove(name)
            name = b"moved to " + (name if isinstance(name, bytes) else name.encode())  # noqa: PLW2901 - the new name of the same file
        repo.write(name, text)
    repo.commit()


def line_ends(repo: GitRepo) -> None:
    repo.git("config", "core.autocrlf", "false")
    repo.commit(
        {"crlf.md": "a\r\nb\r\n", "mixed.md": "a\r\nb\nc\rd\n", "none.md": "a\nb", "x": "a"}
    )
    repo.commit(
        {"crlf.md": "a\r\nc\r\n", "mixed.md": "a\nb\nc\rd\r\n", "none.md": "a\nb\n", "x": "b"}
    )


def encodings(repo: GitRepo) -> None:
    text = "日本語のページ\n" * 5
    repo.commit({"utf16.md": text.encode("utf-16"), "sjis.md": text.encode("shift_jis")})
    more = text + "もう一行\n"
    repo.commit({"utf16.md": more.encode("utf-16"), "sjis.md": more.encode("shift_jis")})


def odd_characters(repo: GitRepo) -> None:
    repo.commit({"a.md": "a\fb\x1cc\u2028d\x85e\vf\n" * 3})
    repo.commit({"a.md": "a\fb\x1cc\u2028d\x85e\vf\n" * 2 + "x\ry\n"})


def header_lookalikes(repo: GitRepo) -> None:
    before = "-- a/x\n++ b/x\ndiff --git a/x b/x\n@@ -1 +1 @@\n\\ No newline at end of file\n"
    repo.commit({"a.md": before, "b.md": PAGE})
    after = "++ b/x\n-- a/x\n@@ -1 +1 @@\ndiff --git a/x b/x\nBinary files a and b differ\n"
    repo.commit({"a.md": after, "b.md": PAGE + before})


ODDITIES: list[Callable[[GitRepo], None]] = [
    nothing_but_text,
    renames,
    copies_are_additions,
    modes,
    binaries,
    links_and_types,
    submodules,
    empty_files,
    names,
    line_ends,
    encodings,
    odd_characters,
    header_lookalikes,
]


def text_of(repo: GitRepo, revision: str, path: str) -> str | None:
    """A version's whole text as git shows it; None for what is none."""
    listed = repo.git("ls-tree", "-r", "-z", revision).split(b"\0")[:-1]
    for entry in listed:
        about, _, name = entry.partition(b"\t")
        if decode_path(name) == path and b" blob " in about:
            sha = about.split(b" ")[2].decode()
            return repo.git("cat-file", "blob", sha).decode("utf-8", "replace")
    return None


@pytest.mark.parametrize("build", ODDITIES)
def test_names_status_and_counts_are_gits_own(repo: GitRepo, build: Callable[..., None]) -> None:
    build(repo)
    base, head = (repo.say("rev-list", "--reverse", "HEAD").split()[place] for place in (0, -1))
    found = change_set(repo, base, head)
    expected = gits_own(repo, base, head)
    if build is submodules:  # git leaves it out as .gitmodules says; a report says everything
        assert "theme" not in {row[0] for row in expected}
        expected = gits_own_submodules(repo, base, head)
    assert rows(found) == expected
    for change in found.files:
        if not change.binary:
            assert change.before == text_of(repo, base, change.previous_path or change.path)
            assert change.after == text_of(repo, head, change.path)
            if (change.before_mode, change.after_mode) == ("100644", "120000"):
                continue  # the patch tells removal and addition, the counts compare the texts
            marks = [line.mark for hunk in hunks(change.patch or "") for line in hunk.lines]
            assert (marks.count("+"), marks.count("-")) == (change.additions, change.deletions)


def gits_own_submodules(repo: GitRepo, base: str, head: str) -> list[Row]:
    repo.git("config", "submodule.theme.ignore", "none")
    return gits_own(repo, base, head)


def test_modes_are_told(repo: GitRepo) -> None:
    modes(repo)
    found = {
        change.path: (change.status, change.before_mode, change.after_mode)
        for change in change_set(repo).files
    }
    assert found == {
        "both.sh": ("modified", "100644", "100755"),
        "new.sh": ("added", None, "100755"),
        "run.sh": ("changed", "100644", "100755"),
    }


@pytest.mark.parametrize(
    ("build", "expected"),
    [
        (submodules, {"theme": ["submodule"], "gone": ["submodule"], "file.md": ["submodule"]}),
        (links_and_types, {name: ["symlink"] for name in ("link.md", "file.md", "same.md")}),
        (encodings, {"sjis.md": ["not-utf8"]}),
    ],
)
def test_what_is_no_plain_text_is_noted(
    repo: GitRepo, build: Callable[[GitRepo], None], expected: dict[str, list[str]]
) -> None:
    build(repo)
    files = change_set(repo).files
    noted = {change.path: [note.kind for note in change.notes] for change in files if change.notes}
    assert noted == expected


def test_a_text_over_the_limit_is_not_read(repo: GitRepo) -> None:
    large = b"a line of text\n" * 700_000
    repo.commit({"large.txt": large, "small.txt": "x\n"})
    repo.commit({"large.txt": large + b"more\n", "small.txt": "y\n"})
    large_change, small_change = change_set(repo).files
    assert (large_change.additions, large_change.before, large_change.after) == (1, None, None)
    assert [(note.kind, note.values["size"]) for note in large_change.notes] == [
        ("file-too-large", len(large) + 5)
    ]
    assert small_change.after == "y\n"


def test_the_diff_of_git_and_its_answer_say_the_same(repo: GitRepo) -> None:
    for build in (nothing_but_text, renames, modes, binaries, names, encodings, line_ends):
        target = GitRepo(repo.path.parent / build.__name__)
        build(target)
        found = change_set(target)
        parsed = parse_diff(target.git("diff", "-M", "HEAD~1", "HEAD"))
        # A pure rename does not say that it is binary.
        alike = [(row[:5], row[5] and row[2] != "renamed") for row in rows(found)]
        assert [(row[:5], row[5]) for row in rows(parsed)] == alike
        assert [change.patch for change in parsed.files] == [change.patch for change in found.files]


PRINTERS: list[tuple[str, ...]] = [
    ("diff", "-M", "HEAD~1", "HEAD", "--color=always", "--ws-error-highlight=all"),
    ("diff", "-M", "HEAD~1", "HEAD", "--color-moved=zebra", "--color=always"),
    ("diff", "-M", "HEAD~1", "HEAD", "--no-prefix"),
    ("diff", "-M", "HEAD~1", "HEAD", "--src-prefix=old/", "--dst-prefix=new/v2/"),
    ("-c", "diff.mnemonicPrefix=true", "diff", "-M", "--cached", "HEAD~1"),
    ("diff", "-M", "HEAD~1", "HEAD", "--binary", "--full-index"),
    ("diff", "-M", "HEAD~1", "HEAD", "-U0"),
    ("diff", "-M", "HEAD~1", "HEAD", "-U99", "--function-context"),
    ("-c", "core.quotePath=false", "diff", "-M", "HEAD~1", "HEAD"),
    ("-c", "diff.suppressBlankEmpty=true", "diff", "-M", "HEAD~1", "HEAD"),
    ("diff", "-M", "HEAD~1", "HEAD", "--patch-with-stat", "--summary"),
    ("show", "-M", "HEAD"),
    ("log", "-1", "-p", "-M", "--stat"),
    ("format-patch", "-1", "-M", "--stdout"),
    ("format-patch", "-1", "-M", "--stdout", "--attach"),
]


@pytest.mark.parametrize("arguments", PRINTERS, ids=" ".join)
def test_every_way_git_prints_a_diff(repo: GitRepo, arguments: tuple[str, ...]) -> None:
    for build in (nothing_but_text, renames, modes, binaries, empty_files, names, odd_characters):
        build(repo)
    parsed = parse_diff(repo.git(*arguments))
    found = change_set(repo)
    assert [row[:5] for row in rows(parsed)] == [row[:5] for row in rows(found)]


def test_a_series_of_mails_and_a_log(repo: GitRepo) -> None:
    renames(repo)
    repo.move("b b.md", "last.md")
    repo.commit({"last.md": PAGE * 2})
    whole = {row[0]: row for row in rows(change_set(repo, "HEAD~2"))}
    joined = parse_diff(repo.git("format-patch", "-M", "--stdout", "HEAD~2"))
    assert {change.path: change.previous_path for change in joined.files} == {
        path: row[1] for path, row in whole.items()
    }
    reverse = parse_diff(repo.git("log", "-p", "-M", "--reverse", "HEAD~2..HEAD"))
    assert rows(reverse) == rows(joined)


def test_other_diffs_of_git_are_refused_with_a_reason(forked: GitRepo) -> None:
    forked.git("checkout", "-q", "main")
    forked.write("a.md", PAGE + "again\n")
    forked.commit()
    forked.git("merge", "-q", "-s", "ours", "-m", "Merge", "topic")
    forked.write("a.md", "both\n")
    forked.git("commit", "-q", "-a", "--amend", "--no-edit")
    for arguments, words in {
        ("show", "HEAD"): "combined",
        ("diff", "--stat", "HEAD~1"): "--stat",
        ("diff", "--raw", "HEAD~1"): "--raw",
        ("diff", "--word-diff", "HEAD~2", "HEAD~1"): "damaged",
        ("diff", "--name-status", "HEAD~1"): "no file header",
    }.items():
        with pytest.raises(ActionError) as caught:
            parse_diff(forked.git(*arguments))
        assert words in str(caught.value.problems[0])


def test_folders_compared_by_diff(repo: GitRepo) -> None:
    names(repo)
    paths_before = repo.path.parent / "v1"
    repo.git("worktree", "add", "-q", "--detach", str(paths_before), "HEAD~1")
    for folder in (paths_before, repo.path):
        for git_folder in folder.glob(".git"):
            git_folder.rename(repo.path.parent / f"{folder.name}.git")
    done = subprocess.run(
        ["diff", "-ruN", "v1", "docs"],
        cwd=repo.path.parent,
        env=clean_environ(),
        capture_output=True,
        check=False,
    )
    (repo.path.parent / "docs.git").rename(repo.path / ".git")
    base, head = repo.say("rev-parse", "HEAD~1"), repo.say("rev-parse", "HEAD")
    flat = repo.git("diff", "--no-renames", "--numstat", "-z", base, head).split(b"\0")[:-1]
    expected = {
        decode_path(path): (int(a), int(d)) for a, d, path in (x.split(b"\t", 2) for x in flat)
    }
    found = {row[0]: row[3:5] for row in rows(parse_diff(done.stdout))}
    assert found == expected


# settings that must not matter

HOSTILE = """\
[core]
    quotePath = false
    attributesFile = {home}/attributes
    pager = false
[color]
    ui = always
    diff = always
[diff]
    noprefix = true
    mnemonicPrefix = true
    external = false
    algorithm = patience
    context = 9
    interHunkContext = 50
    renames = false
    renameLimit = 1
    orderFile = {home}/order
    submodule = log
    ignoreSubmodules = all
    relative = true
    suppressBlankEmpty = true
    wordRegex = .
    indentHeuristic = false
    colorMoved = zebra
    wsErrorHighlight = all
    dirstat = lines
    statGraphWidth = 1
[diff "page"]
    textconv = false
    command = false
    algorithm = histogram
[log]
    showSignature = true
"""


def hostile_environ(home: Path) -> dict[str, str]:
    home.mkdir()
    (home / ".gitconfig").write_text(HOSTILE.format(home=home))
    (home / "attributes").write_text("*.txt -diff\n")
    (home / "order").write_text("z*\n")
    kept = {
        name: value for name, value in clean_environ(home).items() if name != "GIT_CONFIG_GLOBAL"
    }
    return kept | {
        "GIT_DIFF_OPTS": "-u9",
        "GIT_EXTERNAL_DIFF": "false",
        "GIT_DIR": "/nowhere",
        "GIT_WORK_TREE": "/nowhere",
        "GIT_INDEX_FILE": "/nowhere/index",
        "GIT_OBJECT_DIRECTORY": "/nowhere/objects",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_TRACE": "1",
        "GIT_PAGER": "false",
        "LC_ALL": "ja_JP.UTF-8",
        "LANGUAGE": "ja",
    }


def test_no_configuration_changes_the_answer(repo: GitRepo, tmp_path: Path) -> None:
    base = repo.commit(
        {
            "sub/a.md": PAGE,
            "t.txt": "a\n\nb\n",
            "z.md": "x\n",
            "old.md": PAGE * 2,
            ".gitattributes": "*.md diff=page\n",
        }
    )
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},theme")
    repo.commit_index()
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{'2' * 40},theme")
    for path, content in {
        "sub/a.md": PAGE.replace("Line 5", "Row 5").replace("Line 15", "Row 15"),
        "t.txt": "a\n\nc\n",
        "z.md": "y\n",
        "new.md": PAGE * 2 + "more\n",
    }.items():
        repo.write(path, content)
        repo.git("add", path)
    repo.git("rm", "-q", "old.md")
    repo.commit_index()
    calm = change_set(repo, base)
    environ = hostile_environ(tmp_path / "home")
    with (repo.path / ".git" / "config").open("a") as config:
        config.write(HOSTILE.format(home=tmp_path / "home"))
    hostile = GitRepository(path=repo.path / "sub", environ=environ)
    found = hostile.change_set(RunContext(base=base))
    assert found.files == calm.files
    assert {change.path for change in found.files} >= {"theme", "t.txt", "z.md", "new.md"}
    assert [change.status for change in found.files].count("renamed") == 1


def test_limited_rename_detection_is_noted(repo: GitRepo) -> None:
    before = {f"{number}.md": f"{number} {PAGE}" for number in range(3)}
    repo.commit(dict(before))
    repo.commit(
        dict.fromkeys(before) | {f"new {name}": text + "x\n" for name, text in before.items()}
    )
    limited = replace(opened(repo.path), rename_limit=1).change_set(RunContext(base="HEAD~1"))
    assert [(note.kind, dict(note.values)) for note in limited.notes] == [
        ("renames-limited", {"limit": 1})
    ]
    assert {change.status for change in limited.files} == {"added", "removed"}
    assert {change.status for change in change_set(repo).files} == {"renamed"}


# ranges


@pytest.fixture
def forked(repo: GitRepo) -> GitRepo:
    """Branch main went on (b.md) after topic left it (a.md)."""
    repo.commit({"a.md": PAGE, "b.md": PAGE})
    repo.git("branch", "topic")
    repo.commit({"b.md": PAGE + "main\n"}, message="on main")
    repo.git("checkout", "-q", "topic")
    repo.commit({"a.md": PAGE + "topic\n"}, message="on topic")
    return repo


def paths(found: ChangeSet) -> list[str]:
    return [change.path for change in found.files]


def test_three_dots_start_at_the_merge_base_and_two_at_the_base(forked: GitRepo) -> None:
    found = change_set(forked, "main", "topic")
    assert paths(found) == ["a.md"]
    assert (found.base, found.head) == (
        forked.say("rev-parse", "main"),
        forked.say("rev-parse", "topic"),
    )
    assert isinstance(found.base_tree, GitTree)
    assert found.base_tree.sha == forked.say("merge-base", "main", "topic")
    both = change_set(forked, "main", "topic", two_dot=True)
    assert paths(both) == ["a.md", "b.md"]
    assert both.two_dot


def test_merge_commits_and_the_first_commit_are_ends(forked: GitRepo) -> None:
    forked.git("merge", "-q", "--no-ff", "-m", "Merge main", "main")
    assert paths(change_set(forked, "HEAD~1", "HEAD")) == ["b.md"]
    assert paths(change_set(forked, "HEAD^2", "HEAD")) == ["a.md"]
    root = forked.say("rev-list", "--max-parents=0", "HEAD")
    assert paths(change_set(forked, root, "HEAD")) == ["a.md", "b.md"]


@pytest.mark.parametrize("two_dot", [False, True])
def test_the_empty_tree_is_a_base(forked: GitRepo, two_dot: bool) -> None:  # noqa: FBT001 - a pytest parameter
    found = change_set(forked, EMPTY_TREE, "HEAD", two_dot=two_dot)
    assert [(change.path, change.status) for change in found.files] == [
        ("a.md", "added"),
        ("b.md", "added"),
    ]
    assert found.base == EMPTY_TREE
    assert found.base_tree is not None
    assert found.base_tree.paths() == frozenset()


def test_tags_short_hashes_and_words_are_revisions(forked: GitRepo) -> None:
    forked.git("tag", "-a", "v1", "-m", "version", "main")
    main = forked.say("rev-parse", "main")
    for base in ("v1", main[:9], "refs/heads/main", ":/on main", "topic~1", "main^{commit}"):
        assert paths(change_set(forked, base, "topic")) == ["a.md"], base
    assert change_set(forked, "v1", "topic").base == main


def test_the_time_is_the_head_commits_own(repo: GitRepo) -> None:
    repo.commit({"a.md": "x\n"})
    assert change_set(repo, EMPTY_TREE).committed_at == FIRST_COMMIT + timedelta(days=1)
    tree = repo.say("rev-parse", "HEAD^{tree}")
    for stamp, expected in {
        "1700000000 -0330": datetime.fromtimestamp(1700000000, timezone(-timedelta(hours=3.5))),
        "1700000000 +9959": datetime.fromtimestamp(1700000000, UTC),
        "999999999999 +0000": None,
    }.items():
        commit = f"tree {tree}\nauthor A <a@b> 1 +0000\ncommitter A <a@b> {stamp}\n\nWords\n"
        sha = repo.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=commit.encode())
        found = change_set(repo, EMPTY_TREE, sha.decode().strip()).committed_at
        assert found == expected
        assert expected is None or found is None or found.utcoffset() == expected.utcoffset()


def test_no_change_is_a_range_without_files(forked: GitRepo) -> None:
    assert change_set(forked, "HEAD", "HEAD").files == ()


def test_without_revisions_it_is_the_last_commit(forked: GitRepo) -> None:
    forked.commit({"a.md": "last\n"})
    found = change_set(forked, None, None)
    assert paths(found) == ["a.md"]
    assert found.base == forked.say("rev-parse", "HEAD~1")


def test_without_revisions_the_first_commit_is_all_new(repo: GitRepo) -> None:
    repo.commit({"a.md": "x\n"})
    assert [change.status for change in change_set(repo, None).files] == ["added"]


def clone(repo: GitRepo, *options: str) -> GitRepo:
    path = repo.path.parent / "clone"
    repo.git("clone", "-q", "--template=", *options, repo.path.as_uri(), str(path))
    return GitRepo(path)


def test_without_revisions_a_branch_is_compared_with_the_default_branch(forked: GitRepo) -> None:
    forked.git("checkout", "-q", "main")
    cloned = clone(forked)
    cloned.git("checkout", "-q", "topic")
    cloned.commit({"c.md": "x\n"})
    found = change_set(cloned, None, None)
    assert paths(found) == ["a.md", "c.md"]
    assert found.base == forked.say("rev-parse", "main")


def test_a_fresh_clone_knows_the_branches_of_origin(forked: GitRepo) -> None:
    forked.git("branch", "only-there", "topic")
    forked.git("checkout", "-q", "main")
    cloned = clone(forked)
    assert paths(change_set(cloned, "main", "topic")) == ["a.md"]
    assert paths(change_set(cloned, "topic~1", "only-there")) == ["a.md"]
    cloned.git("branch", "topic", "main")  # what is here goes first
    assert paths(change_set(cloned, "main", "topic")) == []


def test_bare_repositories_work_trees_and_folders(forked: GitRepo, tmp_path: Path) -> None:
    expected = change_set(forked, "main", "topic").files
    forked.git("clone", "-q", "--bare", forked.path.as_uri(), str(tmp_path / "bare.git"))
    forked.git("worktree", "add", "-q", "--detach", str(tmp_path / "tree"), "main")
    (forked.path / "folder" / "deeper").mkdir(parents=True)
    for path in (
        tmp_path / "bare.git",
        tmp_path / "tree",
        forked.path / "folder" / "deeper",
        forked.path / ".git",
    ):
        context = RunContext(base="main", head="topic")
        assert opened(path).change_set(context).files == expected


# what goes wrong


def test_all_wrong_revisions_are_named(forked: GitRepo) -> None:
    first, second = problems(forked.path, "nowhere", "--upload-pack=touch x")
    assert "revision nowhere does not exist" in first
    assert "revision --upload-pack=touch x does not exist" in second


@pytest.mark.parametrize("base", ["", "a\nb", "--help", "main..topic", "HEAD:a.md", "0" * 40, "-"])
def test_odd_revisions_are_wrong_not_options(forked: GitRepo, base: str) -> None:
    (problem,) = problems(forked.path, base)
    assert "does not exist" in problem


def test_gits_own_words_reach_the_caller(forked: GitRepo) -> None:
    (problem,) = problems(forked.path, "@{upstream}")
    assert "no upstream configured for branch 'topic'" in problem


def test_before_the_first_commit_there_is_the_empty_tree(forked: GitRepo) -> None:
    (problem,) = problems(forked.path, "HEAD~9")
    assert "goes back further" in problem
    assert EMPTY_TREE in problem


def test_a_repository_without_commits(repo: GitRepo) -> None:
    (problem,) = problems(repo.path, None)
    assert "no commit" in problem


def test_unrelated_histories(forked: GitRepo) -> None:
    forked.git("checkout", "-q", "--orphan", "other")
    forked.commit({"c.md": "x\n"})
    (problem,) = problems(forked.path, "main", "other")
    assert "no common ancestor" in problem
    assert "--two-dot" in problem
    assert "shallow" not in problem
    assert change_set(forked, "main", "other", two_dot=True).files


def test_a_shallow_clone_without_the_merge_base(forked: GitRepo) -> None:
    cloned = clone(forked, "--depth=1", "--no-single-branch")
    (problem,) = problems(cloned.path, "origin/main", "origin/topic")
    assert "shallow" in problem
    assert "fetch-depth: 0" in problem
    assert "--two-dot" in problem
    assert paths(change_set(cloned, "main", "topic", two_dot=True)) == ["a.md", "b.md"]
    (problem,) = problems(cloned.path, "HEAD~1")
    assert "shallow" in problem
    assert "--unshallow" in problem


@pytest.mark.parametrize(
    ("place", "words"),
    [("missing", "does not exist"), ("file", "is not a folder"), ("", "not a git repository")],
)
def test_no_repository(tmp_path: Path, place: str, words: str) -> None:
    (tmp_path / "file").write_text("x")
    (problem,) = problems(tmp_path / place, None)
    assert words in problem
    assert str(tmp_path) in problem


def test_git_is_not_installed(repo: GitRepo, tmp_path: Path) -> None:
    with pytest.raises(ActionError, match="git was not found") as caught:
        opened(repo.path, PATH=str(tmp_path)).change_set(RunContext())
    assert "PATH" in caught.value.problems[0].hint


def test_a_repository_of_another_user(forked: GitRepo) -> None:
    theirs = opened(forked.path, GIT_TEST_ASSUME_DIFFERENT_OWNER="1")
    context = RunContext(base="main", head="topic")
    with pytest.raises(ActionError, match="does not trust") as caught:
        theirs.change_set(context)
    assert "safe.directory" in caught.value.problems[0].hint
    assert replace(theirs, trust_ownership=True).change_set(context).files


# trees


def test_trees_list_all_paths_and_read_texts(repo: GitRepo) -> None:
    repo.link("link.md", "a.md")
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},theme")
    repo.write("a.md", "text\n")
    repo.write("日本/ b.md", b"caf\xe9\r\n")
    repo.write("i.png", b"\x89PNG\0")
    repo.write("large.txt", b"x" * 10_000_001)
    repo.git("add", "a.md", "日本", "i.png", "large.txt", "link.md")
    repo.commit_index()
    tree = change_set(repo, EMPTY_TREE).head_tree
    assert tree is not None
    every = {"a.md", "link.md", "theme", "日本/ b.md", "i.png", "large.txt"}
    assert tree.paths() == every
    read = dict(tree.read(["missing.md", "日本/ b.md", *sorted(every)]))
    assert read == {"a.md": "text\n", "日本/ b.md": "caf\ufffd\r\n"}
    assert list(tree.read([])) == []


def test_many_files_are_read_together(repo: GitRepo) -> None:
    texts = {f"{number}.md": f"{number}\n" * 500 for number in range(300)}
    repo.commit(dict(texts))
    found = change_set(repo, EMPTY_TREE)
    assert {change.path: change.after for change in found.files} == texts
    assert found.head_tree is not None
    assert dict(found.head_tree.read(texts)) == texts


def test_a_reader_that_stops_early_leaves_no_process(repo: GitRepo) -> None:
    repo.commit({"a.md": "a\n", "b.md": "b\n"})
    tree = change_set(repo, EMPTY_TREE).head_tree
    assert tree is not None
    assert next(iter(tree.read(["a.md", "b.md"]))) == ("a.md", "a\n")
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    if children.exists():
        assert children.read_text() == ""


# where it comes from


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://github.com/o/n", ("https://github.com", "o/n")),
        ("https://github.com/o/n.git", ("https://github.com", "o/n")),
        ("https://user:token@github.com/o/n.git/", ("https://github.com", "o/n")),
        ("http://localhost:4010/o/n", ("http://localhost:4010", "o/n")),
        ("https://GHE.example.com:8443/o/n.name", ("https://ghe.example.com:8443", "o/n.name")),
        ("git@github.com:o/n.git", ("https://github.com", "o/n")),
        ("ghe.example.com:/o/n", ("https://ghe.example.com", "o/n")),
        ("ssh://git@ghe.example.com:2222/o/n.git", ("https://ghe.example.com", "o/n")),
        ("ssh://git@ssh.github.com:443/o/n.git", ("https://github.com", "o/n")),
        ("git://example.com/o/n", ("https://example.com", "o/n")),
        ("/srv/git/docs.git", None),
        ("../o/n", None),
        ("file:///o/n", None),
        ("C:\\o\\n", None),
        ("C:/o/n", None),
        ("work:o/n", None),
        ("https://gitlab.com/group/sub/n", None),
        ("https://github.com/o", None),
        ("https://github.com/o/n\nx", None),
        ("", None),
    ],
)
def test_remote_addresses(url: str, expected: tuple[str, str] | None) -> None:
    remote = expected and Remote(server_url=expected[0], repository=expected[1])
    assert parse_remote(url) == remote


def test_the_origin_names_the_repository(repo: GitRepo) -> None:
    repo.commit({"a.md": "x\n"})
    found = change_set(repo, EMPTY_TREE)
    assert (found.repository, found.server_url) == (None, "https://github.com")
    repo.git("config", "url.https://ghe.example.com/.insteadOf", "work:")
    repo.git("remote", "add", "origin", "work:o/n")
    found = change_set(repo, EMPTY_TREE)
    assert (found.repository, found.server_url) == ("o/n", "https://ghe.example.com")
    asked = RunContext(base=EMPTY_TREE, repository="other/docs", pull_request=7)
    found = opened(repo.path).change_set(asked)
    assert (found.repository, found.server_url) == ("other/docs", "https://github.com")
    assert found.pull_request == 7


# a range that no clone holds


@pytest.fixture
def served(forked: GitRepo) -> GitRepo:
    for setting in ("uploadpack.allowFilter", "uploadpack.allowAnySHA1InWant"):
        forked.git("config", setting, "true")
    return forked


def asked(repo: GitRepo) -> RunContext:
    return RunContext(
        repository="o/n",
        base=repo.say("merge-base", "main", "topic"),
        head=repo.say("rev-parse", "topic"),
    )


TOKEN = "s3cret"  # noqa: S105 - of no use anywhere


def left_behind(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith("diffinsight-")]


def test_fetched_ranges_are_whole_and_leave_nothing(served: GitRepo, tmp_path: Path) -> None:
    environ = clean_environ() | {"TMPDIR": str(tmp_path)}
    served.move("b.md", "moved.md")
    served.commit({"i.png": b"\0"})
    context = asked(served)
    with serve_git(tmp_path) as server:
        url = f"{server.url}/docs/.git"
        found = fetch_range(url, context, environ=environ)
        assert left_behind(tmp_path)
        expected = opened(served.path).change_set(context)
        assert found.files == expected.files
        assert (found.base, found.head, found.repository) == (context.base, context.head, "o/n")
        assert found.base_tree is not None
        assert dict(found.base_tree.read(["a.md", "b.md"])) == {"a.md": PAGE, "b.md": PAGE}
        assert server.seen[0] is None
        del found
    assert left_behind(tmp_path) == []


def test_branches_can_be_fetched(served: GitRepo) -> None:
    context = RunContext(base="main", head="topic", two_dot=True)
    found = fetch_range(served.path.as_uri(), context, environ=clean_environ())
    assert paths(found) == ["a.md", "b.md"]
    assert found.base == served.say("rev-parse", "main")


def test_the_token_travels_in_the_environment(served: GitRepo, tmp_path: Path) -> None:
    log = tmp_path / "log"
    spy = tmp_path / "bin" / "git"
    spy.parent.mkdir()
    spy.write_text(f'#!/bin/sh\necho "$@" >>{log}\nPATH={os.environ["PATH"]} exec git "$@"\n')
    spy.chmod(0o755)
    environ = clean_environ() | {
        "PATH": f"{spy.parent}:{os.environ['PATH']}",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "http.extraHeader",
        "GIT_CONFIG_VALUE_0": "Authorization: Basic mine",
    }
    header = "Basic eC1hY2Nlc3MtdG9rZW46czNjcmV0"
    with serve_git(tmp_path, authorization=header) as server:
        url = f"{server.url}/docs/.git"
        found = fetch_range(url, asked(served), environ=environ, token=TOKEN)
        assert paths(found) == ["a.md"]
        assert set(server.seen) == {header}
        for token in (None, "wrong"):
            with pytest.raises(ActionError, match="did not let git read") as caught:
                fetch_range(url, asked(served), environ=clean_environ(), token=token)
            assert "wrong" not in str(caught.value.problems)
    calls = log.read_text()
    assert "fetch" in calls
    assert "s3cret" not in calls
    assert header.removeprefix("Basic ") not in calls


def test_secrets_are_left_out_of_errors_and_reprs() -> None:
    repository = GitRepository(path=Path(), environ={"A": "s3cret"}, secrets=("s3cret",))
    assert "s3cret" not in repr(repository)
    problem = repository.git.failure(b"fatal: unable to access https://s3cret@h/: no\n").problems[0]
    assert "https://***@h/" in problem.message


@pytest.mark.parametrize("base", ["", "--upload-pack=x", "a:b", "+main", "HEAD~1", "a b"])
def test_revisions_that_cannot_be_fetched(served: GitRepo, base: str) -> None:
    context = RunContext(base=base, head="topic")
    with pytest.raises(ActionError, match="cannot be fetched"):
        fetch_range(served.path.as_uri(), context, environ=clean_environ())


def test_a_commit_that_the_server_does_not_have(served: GitRepo) -> None:
    context = replace(asked(served), base="1" * 40)
    with pytest.raises(ActionError, match="does not give out"):
        fetch_range(served.path.as_uri(), context, environ=clean_environ())


# Ctrl-C


def test_an_interrupt_leaves_no_process(forked: GitRepo, tmp_path: Path) -> None:
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text(f"#!/bin/sh\necho $$ >>{tmp_path}/pids\nexec sleep 60\n")
    slow.chmod(0o755)
    program = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from diffinsight.git_cli import GitRepository
        from diffinsight.models import RunContext
        environ = {"PATH": sys.argv[2] + ":/usr/bin:/bin"}
        GitRepository(path=Path(sys.argv[1]), environ=environ).change_set(RunContext())
        """
    )
    script = [sys.executable, "-c", program, str(forked.path), str(slow.parent)]
    with subprocess.Popen(script, stderr=subprocess.PIPE) as process:
        pids = tmp_path / "pids"
        while not (pids.exists() and len(pids.read_text().split()) >= 3):
            assert process.poll() is None
        time.sleep(0.2)  # the last of the three may not be back from its start
        process.send_signal(signal.SIGINT)
        errors = process.communicate(timeout=10)[1]
    assert b"KeyboardInterrupt" in errors
    for pid in pids.read_text().split():
        assert not Path(f"/proc/{pid}").exists()
