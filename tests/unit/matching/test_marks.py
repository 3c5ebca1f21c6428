from __future__ import annotations

import pytest

from diffinsight.matching.marks import (
    are_apostrophes,
    are_code_marks,
    are_curled,
    are_requoted,
    are_straightened,
    differ_in_ids,
    is_broken_link,
    is_leftover,
    is_unnumbered,
)


def test_quotation_marks_are_known_as_straightened_or_curled() -> None:
    curly, straight = "Run -Name “My Web” now", 'Run -Name "My Web" now'
    assert are_straightened(curly, straight)
    assert are_curled(straight, curly)
    assert not are_straightened(straight, curly)
    assert not are_straightened(curly, straight.replace("now", "later"))
    assert not are_straightened("it's", "its")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("-Name Web -Show “My Web”", '-Name "Web" -Show "My Web"'),
        ("-Id “{40E0}”", "-Id '{40E0}'"),
    ],
)
def test_quotation_marks_that_came_or_became_others_are_not_only_straightened(
    before: str, after: str
) -> None:
    assert not are_straightened(before, after)
    assert not are_curled(after, before)
    assert are_requoted(before, after)


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        (
            "of 00000000-0000-0000-0000-000000000000",
            "of a0a0a0a0-bbbb-cccc-dddd-e1e1e1e1e1e1",
            True,
        ),
        ("ft-b044a9d3cf9c4228b5d393567f693b83", "ft-0e208cf33a6a466994aff31a08aba678", True),
        ("model-2024-07-18", "model-2024-08-06", False),
        ("old b044a9d3cf9c4228b5d393567f693b83", "new b044a9d3cf9c4228b5d393567f693b83", False),
    ],
)
def test_identifiers_are_known(before: str, after: str, same: bool) -> None:  # noqa: FBT001 - a case of the table
    assert differ_in_ids(before, after) is same


def test_a_number_of_a_list_that_went_is_known() -> None:
    assert is_unnumbered("cases: 1.`Get-Rule` 2. `Set-Rule`", "cases: `Get-Rule` `Set-Rule`")
    assert not is_unnumbered("version 1.2 of it", "version 2 of it")


@pytest.mark.parametrize(
    ("text", "leftover"), [("br>", True), ("</div", True), ("<br>", False), ("> 5", False)]
)
def test_half_a_tag_is_known(text: str, leftover: bool) -> None:  # noqa: FBT001 - a case of the table
    assert is_leftover(text) is leftover


def test_the_end_of_a_link_with_wrong_marks_is_known() -> None:
    assert is_broken_link("}(/rest/api/get-result?view=v4)")
    assert not is_broken_link("(see below)")


def test_marks_of_code_alone_are_told_apart() -> None:
    assert are_code_marks("command: 'wsl", "command: `wsl")
    assert are_code_marks("the key file", "the `key` file")
    assert not are_code_marks("the 'key' file", 'the "key" file')
    assert not are_code_marks("the `key` file", "the `keys` file")


def test_apostrophes_are_no_quotation_marks() -> None:
    assert are_apostrophes("It\u2019s here.", "It's here.")
    assert not are_apostrophes("It\u2019s \u201chere\u201d.", 'It\'s "here".')
    assert not are_apostrophes("It\u2019s here.", "It's there.")
