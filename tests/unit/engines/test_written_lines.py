"""The lines that a sentence names are those on which there is something."""

from __future__ import annotations

from support.case_folder import between, without_texts

from diffinsight.engines.quoting.written_lines import written

OLD = {"a.md": "# A\n\nText.\n\n> Quoted.\n>\n\nThe end.\n"}
NEW = {"a.md": "# A\n\nText.\n\n## B\n\nMore.\n\n```sh\nrun\n```\n\nThe end.\n"}


def test_blank_lines_at_the_ends_are_left_out() -> None:
    (change,) = between(OLD, NEW, {}).files
    (hunks,) = without_texts(between(OLD, NEW, {})).files
    for one in (change, hunks):
        assert written(one, (4, 8), old=False) == (5, 7)
        assert written(one, (4, 7), old=True) == (5, 5)
        assert written(one, (4, 4), old=False) == (4, 4)


def test_code_is_named_to_the_line_that_closes_it() -> None:
    (change,) = between(OLD, NEW, {}).files
    assert written(change, (5, 10), old=False) == (5, 11)
    assert written(change, (5, 11), old=False) == (5, 11)


def test_lines_that_are_not_known_stay() -> None:
    (change,) = without_texts(between(OLD, NEW, {})).files
    assert written(change, (90, 99), old=False) == (90, 99)
