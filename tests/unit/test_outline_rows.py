from __future__ import annotations

from diffinsight.outline import read
from diffinsight.outline.model import Fragment


def rows(text: str) -> list[tuple[str, ...]]:
    outline = read("a.md", (Fragment(first_line=40, text=text),), partial=True)
    return [block.cells for block in outline.blocks if block.kind == "row"]


def test_a_hunk_of_a_table_without_outer_marks_has_rows() -> None:
    assert rows("Orca 2 | Spain | Ready\nOrca 3 | France | Not yet |\n") == [
        ("Orca 2", "Spain", "Ready"),
        ("Orca 3", "France", "Not yet"),
    ]


def test_a_line_of_prose_with_marks_is_no_row() -> None:
    assert rows("Choose a | b | c here.\nThen go on.\n") == []


def test_a_table_with_an_uneven_line_of_dashes_has_rows() -> None:
    assert rows("| A | B\n|--|--|--|\n| one | 1 |\n| two | 2 |\n") == [("one", "1"), ("two", "2")]


def test_the_table_itself_keeps_its_lines() -> None:
    text = "| A | B\n|--|--|--|\n| one | 1 |\n"
    blocks = read("a.md", (Fragment(first_line=7, text=text),), partial=False).blocks
    assert [(block.kind, block.lines, block.source) for block in blocks] == [
        ("table", (7, 8), "| A | B\n|--|--|--|"),
        ("row", (9, 9), "| one | 1 |"),
    ]
    assert len({block.group for block in blocks}) == 1


def test_a_paragraph_with_a_line_of_dashes_is_no_table() -> None:
    assert rows("Choose a | b here.\n\n|--|--|\n") == []
    assert rows("Some words\n--|--\n") == []


HEAD = "| Region | Model A | Model B |\n|---|---|---|\n| east | - | yes |\n| north | yes | - |\n"


def tables(*texts: tuple[int, str]) -> list[int]:
    fragments = tuple(Fragment(first_line=first, text=text) for first, text in texts)
    outline = read("a.md", fragments, partial=True)
    return [block.group for block in outline.blocks if block.kind == "row"]


def test_rows_of_the_next_hunk_go_on_with_the_table_above() -> None:
    (table,) = set(tables((10, HEAD), (20, "| south | - | - |\n| west | yes | yes |\n")))
    assert table > 0


def test_rows_in_another_order_or_of_another_width_are_of_a_table_of_their_own() -> None:
    for rows in ("| a | - | - |\n| west | - | - |\n", "| south | - |\n| west | - |\n"):
        assert len(set(tables((10, HEAD), (20, rows)))) == 2
    assert (
        len(set(tables((10, f"{HEAD}\nText.\n"), (20, "| south | - | - |\n| west | - | - |\n"))))
        == 2
    )
