from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.report_samples import PLAIN_FILE, plain_report

from diffinsight import languages
from diffinsight.models import FileReport, Report
from diffinsight.publishers.last_look import (
    MOST_FILES,
    Difference,
    difference,
    memory,
    recall,
    since,
)


def file(path: str, patch: str | None = "+a") -> FileReport:
    return replace(PLAIN_FILE, path=path, patch=patch)


def between(before: Report, after: Report) -> Difference:
    recalled = recall(f"<!-- diffinsight comment: -->\n{memory(before)}\n\nText.\n")
    assert recalled is not None
    return difference(after, recalled)


def test_the_same_report_differs_in_nothing() -> None:
    same = plain_report(file("a"), file("b", None))
    assert not between(same, same)


def test_added_changed_and_gone() -> None:
    before = plain_report(file("a"), file("b"), file("c"), file("d", None))
    after = plain_report(
        file("a"), file("b", "+x"), file("e"), replace(file("d", None), additions=2)
    )
    assert between(before, after) == Difference(added=("e",), changed=("b", "d"), gone=1)


@given(st.lists(st.text(), unique=True, max_size=40))
def test_any_path_is_remembered(paths: list[str]) -> None:
    files = plain_report(*map(file, paths))
    assert not between(files, files)
    assert "\n" not in memory(files)


def test_too_many_files_are_not_remembered() -> None:
    assert memory(plain_report(*(file(f"{number}") for number in range(MOST_FILES + 1)))) == ""
    longest = memory(plain_report(*(file(f"{number}") for number in range(MOST_FILES))))
    assert len(longest) < 5_000


@pytest.mark.parametrize(
    "body", ["", "Text.", "<!-- diffinsight files:a1! -->", "<!-- diffinsight files:abc -->"]
)
def test_what_holds_no_memory(body: str) -> None:
    assert recall(body) is None


def test_line_ends_do_not_matter() -> None:
    line = memory(plain_report(file("a")))
    assert recall(f"x\r\n{line}\r\n\r\nText.") == recall(line)


@pytest.mark.parametrize("code", languages.available())
def test_one_line_in_every_language(code: str) -> None:
    found = Difference(added=tuple("abcdefg"), changed=("`x`",), gone=3)
    said = since(found, "1234567890", languages.load(code))
    assert "\n" not in said
    assert "`1234567`" in said
    assert "`` `x` ``" in said
    assert since(Difference(), "1234567", languages.load(code)) == ""
