"""Differences in code are whole lines, strings, options and values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diffinsight.matching.code_comments import is_comment
from diffinsight.matching.code_edits import code_edits


def sides(before: str, after: str) -> list[tuple[str, str]]:
    return [(edit.before, edit.after) for edit in code_edits(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ('"a": "x",\n"owner": null,\n"z": 1', '"a": "x",\n"z": 1', [('"owner": null', "")]),
        ('"a": 1\n', '"a": 1,\n"b": 2\n', [("", '"b": 2')]),
        ('"Name": "Blue Inn",', '"Name": "Green Inn",', [("Blue Inn", "Green Inn")]),
        ("[\n  'a/read'\n]", "[\n  'a/read',\n  'b/read'\n]", [("", "'b/read'")]),
        (
            '"k": {\n "a": 1\n}',
            '"k": {\n "a": 1\n},\n"more": {\n "b": 2\n}',
            [("", '"more": {\n "b": 2\n}')],
        ),
    ],
)
def test_a_member_of_an_object_is_told_whole(
    before: str, after: str, found: list[tuple[str, str]]
) -> None:
    assert sides(before, after) == found


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (
            "tool get --from https://a.example",
            "tool get --scope https://b.example/all",
            [("--from https://a.example", "--scope https://b.example/all")],
        ),
        ("tool run --size 4", "tool run --size 8", [("--size 4", "--size 8")]),
        ("tool run", "tool run --quiet", [("", "--quiet")]),
        ("tool add --name One", "tool add --name One, Two", [("", "Two")]),
    ],
)
def test_an_option_is_told_with_its_value(
    before: str, after: str, found: list[tuple[str, str]]
) -> None:
    assert sides(before, after) == found


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ('"top": "10",', '"top": 10,', [('"top": "10"', '"top": 10')]),
        ("debug = true", "debug = false", [("debug = true", "debug = false")]),
        ("f(x={ 'a': B.C })", "f(x=D())", [("{ 'a': B.C }", "D()")]),
        ("c.create(Thing(", "c.update(Thing(", [("c.create", "c.update")]),
    ],
)
def test_a_value_is_told_with_its_name_where_it_needs_one(
    before: str, after: str, found: list[tuple[str, str]]
) -> None:
    assert sides(before, after) == found


def test_a_commented_setting_keeps_its_mark() -> None:
    assert sides("a=1\n# off=yes\nb=2", "a=1\nb=2") == [("# off=yes", "")]


def test_a_comment_becomes_no_code() -> None:
    assert sides("# one thing", "one(thing)") == [("# one thing", ""), ("", "one(thing)")]


def test_line_breaks_and_indents_count_for_nothing() -> None:
    (edit,) = code_edits("f(a, b)\n  g()", "f(\n    a,\n    b)\ng()")
    assert edit.kind == "spacing"


def test_in_a_long_string_the_words_are_told() -> None:
    before = '"text": "' + "The house beside the lake is open all year. " * 2 + 'Use Blue here."'
    assert sides(before, before.replace("Blue", "Green")) == [("Blue", "Green")]


def test_a_long_path_is_told_whole() -> None:
    before = '"/mnt/c/Program\\ Files/Some/Long/Folder/Of/A/Program/bin/the-manager-core.exe"'
    after = before.replace("/bin/", "/libexec/")
    assert sides(before, after) == [(before.strip('"'), after.strip('"'))]


def test_letters_are_told_with_their_command() -> None:
    assert sides("tar -tf a.zip", "tar -xf a.zip") == [("tar -tf a.zip", "tar -xf a.zip")]


def test_code_spans_are_never_cut() -> None:
    found = sides("see `aa`, `bb`", "see `aa`, `cc`, `dd`")
    assert all(side.count("`") % 2 == 0 for edit in found for side in edit)


def test_versions_are_figures() -> None:
    (edit,) = code_edits("pip install thing==1.2.0", "pip install thing==1.3.0")
    assert (edit.before, edit.after, edit.kind) == ("1.2.0", "1.3.0", "version")
    assert edit.left.endswith("thing==")


def test_comments_are_known() -> None:
    assert is_comment("# a\n// b")
    assert not is_comment("# a\nb")
    assert not is_comment("--option")


CODE = st.text(alphabet="ab1 \n\"'`{}[](),=:-#./", max_size=60)


@given(CODE, CODE)
def test_every_piece_stands_in_its_version(before: str, after: str) -> None:
    for edit in code_edits(before, after):
        for side, text in ((edit.before, before), (edit.after, after)):
            assert all(line.strip() in text for line in side.split("\n"))


def test_a_word_that_a_key_is_set_to_is_told_with_the_key() -> None:
    assert [(e.before, e.after) for e in code_edits("a = 1\nmode = dir", "a = 1\nmode = keep")] == [
        ("mode = dir", "mode = keep")
    ]


def test_code_with_another_comment_behind_it_is_not_removed() -> None:
    before = "parse(argv); // Explicit\nparse(); // Implicit\n"
    after = "parse(); // finds out\nparse(argv); // the script comes second\n"
    found = code_edits(before, after)
    assert all(edit.before and edit.after for edit in found)
    assert not any("parse" in edit.before + edit.after for edit in found)


def test_code_and_the_comment_behind_it_are_told_apart() -> None:
    assert sides("run(['-f', 'a'])", "run(['-p', 'b']) // any port") == [
        ("'-f', 'a'", "'-p', 'b'"),
        ("", "// any port"),
    ]


def test_a_mark_in_a_string_opens_no_comment() -> None:
    assert sides('echo "a # b"', 'echo "a # c"') == [("a # b", "a # c")]


def test_a_comment_with_another_figure_is_told_whole() -> None:
    assert sides("# up to 5 files", "# up to 10 files") == [("# up to 5 files", "# up to 10 files")]
    assert sides("# size=5", "# size=10") == [("size=5", "size=10")]


def test_a_line_whose_words_shifted_is_told_whole() -> None:
    before, after = (f'if [[ "$V" == "{a}" || "$V" == "{b}" ]]; then' for a, b in ("78", "89"))
    assert [(edit.before, edit.after) for edit in code_edits(before, after)] == [(before, after)]
