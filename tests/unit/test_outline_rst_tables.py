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
