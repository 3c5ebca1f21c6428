"""Which differences of code are told first, and how they are shown where room is short."""

from __future__ import annotations

import pytest

from diffinsight.engines.quoting.code_differences import (
    CodeEdit,
    Sort,
    brief,
    follows,
    other_option,
    worth_telling,
)


def edit(before: str, after: str, of: str = "") -> CodeEdit:
    return CodeEdit(before=before, after=after, of=of)


@pytest.mark.parametrize(
    ("before", "after", "sort"),
    [
        ("a.b.cognitive", "a.b.services", Sort.NAME),
        ("", "--query token", Sort.NAME),
        ("", ".argument('<string>')", Sort.NAME),
        ("https://a.example/x", "https://b.example/x", Sort.NAME),
        ("motel", "beach access", Sort.VALUE),
        ("<your-name>", "hotels", Sort.SAMPLE),
        ("placeholder-key", "placeholder-admin-key", Sort.SAMPLE),
        ("# one", "# two", Sort.COMMENT),
        (".option('-s');", ".option('-s')", Sort.MARKS),
        ("--size 4", "--size 4 \\", Sort.MARKS),
    ],
)
def test_what_programs_call_comes_before_samples_comments_and_marks(
    before: str, after: str, sort: Sort
) -> None:
    assert edit(before, after).sort == sort


def test_an_import_follows_the_use_of_what_it_imports() -> None:
    came = edit("", "from lib import Languages")
    used = edit("es", "Languages.Spanish", "language")
    assert worth_telling([came, used]) == [used, came]
    renamed, call = edit("Format", "TextFormat"), edit("{ 'type': Format.TEXT }", "TextFormat()")
    assert follows(renamed, [renamed, call])
    assert not follows(call, [renamed, call])


def test_marks_and_comments_are_not_told_beside_code() -> None:
    code = edit("", ".argument('<string>')")
    assert worth_telling([edit("a();", "a()"), edit("// one", "// two"), code]) == [code]


def test_the_comment_on_a_setting_is_told_and_its_figures_first() -> None:
    typo = edit("# For the custum kernel", "# For the custom kernel", "kernel")
    figure = edit("# Files to keep (default is 5)", "# Files to keep (default is 10)", "count")
    assert worth_telling([typo, figure]) == [figure, typo]


def test_a_pair_is_shown_whole_or_by_names_but_never_cut_inside() -> None:
    long = edit('{ "type": Format.TEXT, "name": "a" }', "TextFormat()")
    assert brief(long, 60) == long.sides
    assert brief(long, 20) == ("Format.TEXT", "TextFormat()")
    assert brief(edit('say("one thing and")', 'say("one thing or")'), 8) == ("and", "or")
    assert brief(edit("f([1, 2, 3, 4])", "f([1, 2, 3, 5])"), 8) is None


def test_an_option_is_told_with_its_command() -> None:
    found = other_option("`Set-Thing -Inbound Allow`", "`Set-Thing -InAction Allow`")
    assert found == edit("-Inbound", "-InAction", "Set-Thing")
    assert other_option("`Set-Thing -Inbound Allow`", "`Set-Thing -Inbound Deny`") is None
    assert other_option("`Set-Thing -Inbound a`", "`Get-Thing -Outbound a`") is None
    assert other_option("`apt install --fix -y`", "`apt install --mend ./lamp.deb`") is None


def test_a_command_without_marks_is_read_as_it_stands() -> None:
    found = other_option("Set-Thing -Inbound Allow", "Set-Thing -InAction Allow")
    assert found == edit("-Inbound", "-InAction", "Set-Thing")


def test_what_another_example_got_did_not_go() -> None:
    exchanged = edit("python -m pytest", "python -Im pytest")
    other = edit("$ cd project", "")
    assert worth_telling([edit("python -Im", ""), other, exchanged]) == [other, exchanged]
    assert len(worth_telling([edit("python -Im", ""), other])) == 2


def test_what_is_a_part_of_another_difference_is_told_where_it_stands_alone() -> None:
    whole, part = ("@old:old", "@new:new"), ("old", "new")
    edits = [CodeEdit(before=before, after=after) for before, after in (whole, part)]
    assert [e.sides for e in worth_telling(edits, [{whole, part}])] == [whole]
    assert {e.sides for e in worth_telling(edits, [{whole, part}, {part}])} == {whole, part}
