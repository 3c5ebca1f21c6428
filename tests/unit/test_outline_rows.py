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
