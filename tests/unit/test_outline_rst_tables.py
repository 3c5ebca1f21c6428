from __future__ import annotations

import pytest

from diffinsight.outline import read_text

SIMPLE = """\
=====  ============
Name   What it does
=====  ============
`one`  Runs it
       twice.
two    Stops.
=====  ============
"""
GRID = """\
+-------+--------------+
| Name  | What it does |
+=======+==============+
| `one` | Runs it      |
|       | twice.       |
+-------+--------------+
| two   | Stops.       |
+-------+--------------+
"""
SPANS = """\
+-----------------+--------+
| Where it runs   | Checks |
+=========+=======+========+
|         | 3.12  | lint   |
|  Linux  +-------+--------+
|         | 3.13  |        |
+---------+-------+  unit  |
| 日本語  | all   |        |
+---------+-------+--------+
"""
LISTED = """\
.. list-table::
   :header-rows: 1

   * - Name
     - What it does
   * - ``one``
     - Runs it
       twice.
   * - two
     - Stops.
"""


@pytest.mark.parametrize("table", [SIMPLE, GRID, LISTED])
def test_tables_are_read_row_by_row(table: str) -> None:
    blocks = read_text("a.rst", f"A\n=\n\nText.\n\n{table}\nMore.\n").blocks
    assert [(block.kind, block.cells) for block in blocks[2:-1]] == [
        ("table", ("Name", "What it does")),
        ("row", ("`one`", "Runs it twice.")),
        ("row", ("two", "Stops.")),
    ]
    assert blocks[-1].text == "More."


def test_a_heading_with_a_line_above_is_no_table() -> None:
    blocks = read_text("a.rst", "=======\nA title\n=======\n\nText.\n").blocks
    assert [(block.kind, block.text) for block in blocks] == [
        ("heading", "A title"),
        ("paragraph", "Text."),
    ]


def test_a_table_that_a_hunk_cuts_is_text() -> None:
    (block,) = read_text("a.rst", "=====  =====\nName   Use\n=====  =====\none    Runs\n").blocks
    assert (block.kind, block.cells) == ("paragraph", ())
    assert block.text.endswith("one Runs")


def test_cells_span_rows_and_columns() -> None:
    blocks = read_text("a.rst", f"A\n=\n\nText.\n\n{SPANS}\nMore.\n").blocks
    assert [(block.cells, block.first, block.last) for block in blocks[2:-1]] == [
        (("Where it runs", "", "Checks"), 7, 8),
        (("Linux", "3.12", "lint"), 9, 10),
        (("Linux", "3.13", "unit"), 11, 12),
        (("日本語", "all", "unit"), 13, 14),
    ]
