from __future__ import annotations

import pytest

from diffinsight.outline import read
from diffinsight.outline.model import Fragment


def numbers(text: str, *, partial: bool) -> list[int | None]:
    outline = read("a.md", (Fragment(first_line=40, text=text),), partial=partial)
    return [block.number for block in outline.blocks if block.kind == "step"]


def test_a_whole_list_counts_up_as_it_is_shown() -> None:
    assert numbers("1. One.\n1. Two.\n1. Three.\n", partial=False) == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. One.\n1. Two.\n", [None, None]),
        ("4. Four.\n5. Five.\n", [4, 5]),
        ("4. Four.\n", [4]),
        ("1. Perhaps one.\n", [None]),
    ],
)
def test_a_hunk_has_the_numbers_that_are_sure(text: str, expected: list[int | None]) -> None:
    assert numbers(text, partial=True) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('1. "Virtual Machine" (a part)\n2. "Subsystem"\n', ["item", "item"]),
        ('1. "Save" the file.\n2. Close it.\n', ["step", "step"]),
        ('1. "Save" the file.\n', ["step"]),
        ("1. A root file system\n2. An entry in the manifest\n", ["item", "item"]),
        ("1. Open a file.\n2. A page comes up.\n", ["step", "step"]),
    ],
)
def test_a_numbered_list_of_names_has_no_steps(text: str, expected: list[str]) -> None:
    outline = read("a.md", (Fragment(first_line=1, text=text),))
    assert [block.kind for block in outline.blocks] == expected
