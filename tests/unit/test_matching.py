from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diffinsight.matching.edits import edits
from diffinsight.matching.kinds import classify
from diffinsight.matching.likeness import best_pairs
from diffinsight.matching.sequences import changes, increasing, matches
from diffinsight.matching.typos import are_slips, is_typo
from diffinsight.matching.words import count, first_words

few = st.lists(st.integers(0, 6), max_size=40)


@given(few, few)
def test_matches_are_equal_and_in_order(before: list[int], after: list[int]) -> None:
    found = matches(before, after)
    assert all(before[a] == after[b] for a, b in found)
    for (a, b), (c, d) in pairwise(found):
        assert a < c
        assert b < d


@given(few, few)
def test_changes_and_matches_make_the_whole(before: list[int], after: list[int]) -> None:
    rebuilt: list[int] = []
    last = 0
    for change in changes(before, after):
        rebuilt += before[last : change.before[0]] + after[slice(*change.after)]
        last = change.before[1]
    assert rebuilt + before[last:] == after


def test_many_equal_elements_cost_no_square() -> None:
    assert matches(["x"] * 30_000, ["x"] * 20_000)[-1][1] == 19_999
    assert len(matches(["x", "y"] * 20_000, ["y", "z"] * 20_000)) <= 20_000


def test_longest_increasing_run() -> None:
    assert increasing([3, 1, 2, 5, 4]) == [1, 2, 4]
    assert increasing([]) == []


def test_best_pairs_keep_the_order() -> None:
    assert best_pairs([[0.1, 0.9], [0.8, 0.2]], 0.15) == [(0, 1)]
    assert best_pairs([[0.6, 0.0], [0.0, 0.7]], 0.5) == [(0, 0), (1, 1)]
    assert best_pairs([], 0.5) == []


def told(before: str, after: str) -> list[tuple[str, str, str]]:
    return [(edit.before, edit.after, edit.kind) for edit in edits(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Run it now.", "Run it today.", [("now", "today", "words")]),
        ("既定で有効です。", "既定で無効です。", [("有効", "無効", "words")]),
        ("so as of October 2022.", "so as of October 2026.", [("2022", "2026", "words")]),
        ("最大10 MBです", "最大20 MBです", [("10", "20", "number")]),
        ("about 3.5 GB", "about 4.5 GB", [("3.5", "4.5", "number")]),
        ("Python 3.9 works", "Python 3.10 works", [("3.9", "3.10", "version")]),
        (
            "versions 3.8 through 3.10",
            "versions 3.9 and 3.10",
            [("3.8 through", "3.9 and", "words")],
        ),
        ("build 18362 on", "build 19041 on", [("18362", "19041", "version")]),
        ("costs $5 now", "costs $6 now", [("5", "6", "number")]),
        ("gpt-4-0613 model", "gpt-4-1106 model", [("gpt-4-0613", "gpt-4-1106", "version")]),
        ("Use Github.", "Use GitHub.", [("Github", "GitHub", "case")]),
        ("Run `Get-Item`.", "Run `get-item`.", [("`Get-Item`", "`get-item`", "words")]),
        ("Select Save.", "Select `Save`.", [("Save", "`Save`", "formatting")]),
        ("is -5 here", "is 5 here", [("-", "", "words")]),
        ("One, two", "One two", [(",", "", "punctuation")]),
        ("for audio 4,096", "for audio. 4,096", [("", ".", "punctuation")]),
        ("up to 8191 now", "up to 8,192 now", [("8191", "8,192", "number")]),
        ("up to 8192 now", "up to 8,192 now", [("8192", "8,192", "formatting")]),
        ("on May 10th now", "on May 10 now", [("10th", "10", "formatting")]),
        ("the kernel kernel log", "the kernel log", [("kernel kernel", "kernel", "typo")]),
        ("is a a test", "is a test", [("a a", "a", "typo")]),
        (
            "lines (Bash, Command Prompt, Bash, Zsh, etc)",
            "lines (Bash, Command Prompt, Zsh, etc)",
            [("Bash, Command Prompt, Bash", "Bash, Command Prompt", "typo")],
        ),
        ("lines (Bash, Fish, Zsh, etc)", "lines (Bash, Zsh, etc)", [("Fish,", "", "words")]),
        ("3.Add your path", "Add your path", [("3.Add", "Add", "formatting")]),
        ("run it: ` ip route '$3'", "run it: `ip route '$3'`", [("", "`", "formatting")]),
        ("¹ Not here.", "² Not here.", [("¹", "²", "formatting")]),
        ("set ` a.b` now", "set `a.b` now", [("` a.b`", "`a.b`", "formatting")]),
        ("`a.b means c.`", "`a.b` means c.", [("`a.b means c.`", "`a.b` means c.", "formatting")]),
        ("run `a b` now", "run `ab` now", [("`a b`", "`ab`", "words")]),
        ("the APIrequest limit", "the API request limit", [("APIrequest", "API request", "typo")]),
        ("the API request limit", "the APIrequest limit", [("API request", "APIrequest", "words")]),
        ("use 10GB now", "use 10 GB now", [("10GB", "10 GB", "formatting")]),
        ("use a editor", "use an editor", [("a", "an", "typo")]),
        ("Its main aims are", "It's main aims are", [("Its", "It's", "words")]),
        ("it's main aims are", "its main aims are", [("it's", "its", "typo")]),
        ("its not here", "it's not here", [("its", "it's", "typo")]),
        ("It\u2019s here", "It's here", [("It\u2019s", "It's", "punctuation")]),
        ("I dont know", "I don't know", [("dont", "don't", "typo")]),
        ("the users files", "the user's files", [("users", "user's", "words")]),
        ("the `drfs` plug-in", "the `drvfs` plug-in", [("`drfs`", "`drvfs`", "words")]),
        ("Default mode: `dir` now", "Default mode: `off` now", [("`dir`", "`off`", "number")]),
        ("the default is false.", "the default is true.", [("false", "true", "number")]),
        ("既定値は`dir`です", "既定値は`off`です", [("`dir`", "`off`", "number")]),
        ("that is false.", "that is true.", [("false", "true", "words")]),
        ("run `wsl --up`", "run `wsl--up`", [("`wsl --up`", "`wsl--up`", "words")]),
    ],
)
def test_edits_say_what_sort_they_are(
    before: str, after: str, expected: list[tuple[str, str, str]]
) -> None:
    assert told(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [("recieve", "receive"), ("comands", "commands"), ("adress", "address"), ("form", "from")],
)
def test_slips_are_typos(before: str, after: str) -> None:
    assert is_typo(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("teh", "the"),
        ("preformace", "performance"),
        ("Psuedo-terminal", "Pseudo-terminal"),
        ("inotifiy", "inotify"),
        ("change", "changes"),
        ("a a", "a"),
    ],
)
def test_mended_words_are_slips(before: str, after: str) -> None:
    assert are_slips([(before, after)])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("optional", "operational"),
        ("public", "private"),
        ("known", "unknown"),
        ("gpt-4", "gpt-5"),
        ("", "not"),
        ("Precise", "Pprecise"),  # the slip came
    ],
)
def test_other_words_are_no_slips(before: str, after: str) -> None:
    assert not are_slips([(before, after)])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("enable", "disable"),
        ("inbound", "outbound"),
        ("import", "export"),
        ("date", "data"),
        ("maximum", "minimum"),
        ("include", "exclude"),
        ("HTTP", "HTTPS"),
        ("can", "cannot"),
        ("node1", "node2"),
        ("Precise", "Pprecise"),
    ],
)
def test_other_words_are_no_typos(before: str, after: str) -> None:
    assert classify(before, after) not in {"typo", "case", "punctuation", "formatting"}


def test_words_are_counted_in_any_script() -> None:
    assert count("Two words, here.") == 3
    assert count("日本語の文章") == 3


def test_first_words_are_one_line_and_cut_at_a_word() -> None:
    assert first_words("a\n b") == "a b"
    cut = first_words("word " * 40)
    assert len(cut) <= 80
    assert cut.endswith("word…")


def test_a_very_long_text_is_one_edit() -> None:
    assert len(edits("a " * 200_000, "b " * 200_000)) == 1


def test_versions_that_changed_places_are_one_edit_and_no_new_versions() -> None:
    (edit,) = edits("See v3.0.1...v3.0.0 for it", "See v3.0.0...v3.0.1 for it")
    assert (edit.before, edit.after) == ("v3.0.1...v3.0.0", "v3.0.0...v3.0.1")
    assert edit.kind == "words"
    assert [e.kind for e in edits("the`x` one", "the `x` one")] == ["spacing"]
    assert [e.kind for e in edits("From 1.2 to 1.3", "From 1.3 to 1.4")] == ["version", "version"]
