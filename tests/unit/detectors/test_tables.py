from __future__ import annotations

import time
from typing import cast

import pytest
from support.case_folder import between
from support.told import told

from diffinsight.detectors import analyse
from diffinsight.models import ChangeSet, FileAnalysis, FileChange, Finding

LIMITS = """# Limits

| Model | Tier | Requests |
| --- | --- | --- |
| `o7` | Enterprise | 15 |
| `o7-mini` | Enterprise | 50 |
| `o7` | Default | 1 |
"""


def compare(before: str, after: str, path: str = "a.md") -> FileAnalysis:
    (file,) = analyse(between({path: before}, {path: after}, {})).files
    return file


def compare_hunk(*lines: str, start: int = 40) -> FileAnalysis:
    """What the lines of one hunk alone show."""
    before = sum(line[0] != "+" for line in lines)
    after = sum(line[0] != "-" for line in lines)
    head = f"@@ -{start},{before} +{start},{after} @@"
    change = FileChange(
        path="a.md",
        status="modified",
        additions=sum(line[0] == "+" for line in lines),
        deletions=sum(line[0] == "-" for line in lines),
        patch="\n".join([head, *lines]) + "\n",
    )
    (file,) = analyse(ChangeSet(files=(change,))).files
    return file


def found(file: FileAnalysis, kind: str) -> list[Finding]:
    return [finding for finding in file.findings if finding.kind == kind]


@pytest.mark.parametrize(
    ("row", "title"),
    [
        ("| `o7` | Enterprise | 30 |", "`o7` (Enterprise)"),
        ("| `o7-mini` | Enterprise | 30 |", "`o7-mini` (Enterprise)"),
    ],
)
def test_a_row_is_told_from_its_namesakes(row: str, title: str) -> None:
    text = LIMITS + "| `o7-mini` | Default | 2 |\n"
    key = row.split("|")[1:3]
    old = next(line for line in text.splitlines() if line.split("|")[1:3] == key)
    file = compare(text, text.replace(old, row))
    assert [finding.subject for finding in found(file, "table-row-changed")] == [title]
    assert {f.values["label"] for f in found(file, "value-changed")} == {title}


def test_a_row_without_namesakes_keeps_its_key() -> None:
    file = compare(LIMITS, LIMITS.replace("| 50 |", "| 60 |"))
    assert [f.subject for f in found(file, "table-row-changed")] == ["`o7-mini`"]


def test_a_cell_that_changed_names_no_row() -> None:
    file = compare(LIMITS, LIMITS.replace("| Default | 1 |", "| Standard | 1 |"))
    assert [f.subject for f in found(file, "table-row-changed")] == ["`o7` (1)"]


def test_a_row_without_a_key_is_named_by_its_first_word() -> None:
    before = "| A | B | C |\n|---|---|---|\n| | north | 1 |\n| | south | 2 |\n"
    file = compare(before, before.replace("| 2 |", "| 3 |"))
    assert [f.subject for f in found(file, "table-row-changed")] == ["south"]


def test_a_dash_in_a_row_of_a_hunk_is_a_cell() -> None:
    file = compare_hunk(" | a | - | x |", "-| b | - | 1. |", "+| b | ✅ | 1. |")
    (row,) = found(file, "table-row-changed")
    assert row.values["cells"] == ({"column": "#2", "before": "-", "after": "✅"},)


def test_a_hunk_may_begin_with_the_line_below_the_header() -> None:
    file = compare_hunk(
        " | --- | --- | --- |",
        " | gpt | 0613 | May 1, 2025 |",
        "-| gpt | 1106 | No earlier than Nov 17, 2024 |",
        "+| gpt | 1106 | No earlier than Jan 27, 2025 |",
    )
    (row,) = found(file, "table-row-changed")
    assert (row.subject, row.after_lines) == ("gpt (1106)", (42, 42))
    assert [value.values["label"] for value in found(file, "value-changed")] == ["gpt (1106)"]


def test_a_removed_row_says_what_its_table_is_of() -> None:
    before = (
        "| Region | Full tiers | Instead |\n|--|--|--|\n| India | S2 | Japan |\n| UK | S1 | |\n"
    )
    (row,) = found(compare(before, before.replace("| UK | S1 | |\n", "")), "table-row-removed")
    assert (row.values["head"], row.values["holds"]) == ("Full tiers", "Full tiers: S1")


MODELS = "| Model | Limit |\n|--|--|\n| a | 1 |\n| b | 2 |\n| c | 3 |\n"


def test_a_row_that_moved_and_changed_is_the_same_row() -> None:
    file = compare(MODELS, "| Model | Limit |\n|--|--|\n| b | 2 |\n| c | 3 |\n| a | soon |\n")
    assert [row.subject for row in found(file, "table-row-changed")] == ["a"]
    assert {f.kind for f in file.findings} == {"table-row-changed", "content-moved"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- `a-1`\n- `b-2`\n", "- `b-2`\n- `a-1` (not before the next release of it)\n"),
        (
            "- **Speed**: all pages load at once.\n- **Size**\n",
            "- **Size**\n- **Speed**: no wait.\n",
        ),
        ("- [One](1.md)\n- [Two](2.md)\n", "- [Two](2.md)\n- [One](1.md), for those who start\n"),
    ],
)
def test_an_item_that_moved_and_changed_is_the_same_item(before: str, after: str) -> None:
    file = compare("# A\n\n" + before, "# A\n\n" + after)
    assert {f.kind for f in file.findings} == {"list-item-changed", "content-moved"}


def test_items_without_a_name_are_not_taken_for_each_other() -> None:
    file = compare("- Read it.\n- Use `b`.\n", "- Use `b`.\n- Then write, and send it off.\n")
    assert {f.kind for f in file.findings} == {"list-item-removed", "list-item-added"}


def test_a_block_under_a_renamed_heading_stayed_in_its_section() -> None:
    before = "# A\n\n## Old words\n\n- `a-1`\n- `b-2`\n"
    after = "# A\n\n## Old words (new)\n\n- `b-2`\n- `a-1` (later)\n"
    (moved,) = found(compare(before, after), "content-moved")
    assert "section_before" not in moved.values


def test_a_figure_beside_a_key_that_ends_in_a_number_is_told_by_the_key() -> None:
    before = "| Model | Limit |\n|--|--|\n| `m-002` (version 2) | 8,191 |\n| `m-3` | 1 |\n"
    (value,) = found(compare(before, before.replace("8,191", "8,192")), "value-changed")
    assert value.values["label"] == "`m-002` (version 2)"


def test_a_column_in_another_place_neither_came_nor_went() -> None:
    before = "| Name | A | B |\n|--|--|--|\n| x | 1 | 2 |\n"
    after = "| Name | B | New | A |\n|--|--|--|--|\n| x | 2 | 3 | 1 |\n"
    kinds = {f.kind: f.subject for f in compare(before, after).findings if "column" in f.kind}
    assert kinds == {"table-column-added": "New"}


def test_many_rows_of_one_name_are_told_from_each_other_in_time() -> None:
    head = "| A | B | C |\n|--|--|--|\n"
    before = head + "".join(f"| same | k{number} | 1 |\n" for number in range(1500))
    after = before.replace("| 1 |", "| 2 |")
    start = time.perf_counter()
    file = compare(before, after)
    assert time.perf_counter() - start < 20  # seconds; a second for each hundred rows when squared
    assert len({row.subject for row in found(file, "table-row-changed")}) == 1500


def test_a_limit_that_went_from_a_footnote_to_a_new_column_is_told_there() -> None:
    old = "| Region | Ranker |\n|--|--|\n| North ¹ | yes |\n| South | yes |\n\n¹ No tier is free.\n"
    new = (
        "| Region | Ranker | Full |\n|--|--|--|\n| North | yes | All tiers |\n"
        "| South | yes | Basic |\n"
    )
    (file,) = analyse(between({"a.md": f"# A\n\n{old}"}, {"a.md": f"# A\n\n{new}"}, {})).files
    column, row, note = file.findings
    assert column.values["filled"] == (
        {"row": "North", "value": "All tiers"},
        {"row": "South", "value": "Basic"},
    )
    assert row.values["cells"] == (
        {"column": "", "before": "No tier is free.", "after": "All tiers"},
    )
    assert (note.kind, note.values["footnote"]) == ("paragraph-removed", True)


def test_of_marks_in_a_new_column_those_for_yes_are_told_where_not_all_are() -> None:
    old = "| Region | A |\n|--|--|\n| North | ✅ |\n| South | ✅ |\n"
    new = (
        "| Region | A | B | C |\n|--|--|--|--|\n| North | ✅ | - | ✅ |\n| South | ✅ | ✅ | ✅ |\n"
    )
    (file,) = analyse(between({"a.md": f"# A\n\n{old}"}, {"a.md": f"# A\n\n{new}"}, {})).files
    some, each = file.findings
    assert some.values["filled"] == ({"row": "South", "value": "✅"},)
    assert "filled" not in each.values


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("a: 1 K <br> c: 0", "a: 1 K <br> b: 2 K <br/> c: 0", ("", "b: 2 K")),
        ("a: 1 K <br> **c**: 0", "a: 1 K <br> **c**: 5", ("c: 0", "c: 5")),
        ("red, green, blue, black", "red, green, white, blue, black", ("", "white")),
        ("red, green", "red, blue", ("red, green", "red, blue")),
    ],
)
def test_a_cell_that_is_a_list_is_told_by_its_members(
    before: str, after: str, told: tuple[str, str]
) -> None:
    table = "# A\n\n| Plan | Limits |\n|--|--|\n| Free | %s |\n"
    (file,) = analyse(between({"a.md": table % before}, {"a.md": table % after}, {})).files
    (row,) = [finding for finding in file.findings if finding.kind == "table-row-changed"]
    assert row.values["cells"] == ({"column": "Limits", "before": told[0], "after": told[1]},)


@pytest.mark.parametrize(("kept", "column"), [("May 1", ""), ("", "Opens"), ("May {}", "Opens")])
def test_a_sentence_below_what_a_column_holds_is_not_told_as_that(kept: str, column: str) -> None:
    said = "Shops that have a garden open by themselves on June {}, 2024."
    page = "# A\n\n| Shop | Opens |\n|---|---|\n| Lily | " + f"{kept} <br><br> {said}".lstrip(
        " <br>"
    )
    (row,) = found(compare(page.format(*"15"), page.format(*"37")), "table-row-changed")
    (cell,) = cast("tuple[dict[str, str], ...]", row.values["cells"])
    assert cell["column"] == column


def test_a_cell_that_was_lost_is_told_by_its_own_column() -> None:
    head = "# A\n\n| Key | Value | Default | Notes |\n|--|--|--|--|\n"
    table = f"{head}| kernel | path |{{}} A path of yours. |\n"
    before, after = table.format(" The one that comes with it |"), table.format("")
    (file,) = analyse(between({"a.md": before}, {"a.md": after}, {})).files
    (row,) = [finding for finding in file.findings if finding.kind == "table-row-changed"]
    assert row.values["cells"] == (
        {
            "column": "Default",
            "before": "The one that comes with it",
            "after": "",
            "left_out": True,
        },
    )


def test_a_value_keeps_the_unit_beside_it() -> None:
    before = "A file has at most 100 MB and costs $5.\n"
    after = "A file has at most 200 MB and costs $7.\n"
    size, price = found(compare(before, after), "value-changed")
    assert (size.before, size.values["quantity_before"]) == ("100", "100 MB")
    assert size.values["quantity_after"] == "200 MB"
    assert (price.values["quantity_before"], price.values["quantity_after"]) == ("$5", "$7")


def test_a_new_setting_is_told_with_its_row() -> None:
    table = (
        "# Keys\n\n## Settings\n\n| Key | Value | Default | Notes |\n| --- | --- | --- | --- |\n"
    )
    note = "Opens all stores. " + "It takes some time to do so, as there are many of them, " * 6
    before = table + "| `keep` | boolean | `true` | Keeps it. |\n"
    file = compare(before, before + f"| `open` | boolean | `false` | {note} |\n")
    (added,) = (finding for finding in file.findings if finding.kind == "option-added")
    assert added.values["holds"] == "Value: boolean; Default: `false`; Notes: Opens all stores…"


def test_a_cell_that_may_stand_under_a_wrong_column_is_told_without_its_name() -> None:
    text = "# Settings\n\n| Setting | Value | Default | Notes |\n| --- | --- | --- | --- |\n"
    row = "| `open` | path | Where the stores are. |\n"
    (added,) = found(compare(text, text + row), "option-added")
    assert added.values["holds"] == "Value: path; Where the stores are"


def test_a_row_with_a_long_first_cell_is_named_by_the_first_line_of_it() -> None:
    about = "Counted as the number of new connections to the service in each minute, by itself."
    row = f"| Requests per minute<br/><br/>{about} | Default | 15 |"
    file = compare(LIMITS + row, LIMITS + row.replace("| 15", "| 20"))
    assert [f.subject for f in found(file, "table-row-changed")] == ["Requests per minute…"]


def test_a_row_that_moved_within_its_table_is_named_by_its_first_cell() -> None:
    rows = [f"| Region {name} | yes | no |" for name in "ABCDEF"]
    head = ["# Regions", "", "| Region | Speech | Vision |", "| --- | --- | --- |"]
    moved = [*rows[1:], rows[0]]
    file = compare("\n".join([*head, *rows, ""]), "\n".join([*head, *moved, ""]))
    (finding,) = found(file, "content-moved")
    assert finding.subject == "Region A"
    assert finding.values["thing"] == "row-order"


@pytest.mark.parametrize(
    ("heading", "stood_under"), [("-## Bread", "Bread"), ("-It is old.", None)]
)
def test_a_table_in_the_place_of_one_that_went_is_named_by_its_section(
    heading: str, stood_under: str | None
) -> None:
    head = ("| Shop | Price |", "|---|---|")
    went = (*head, "| Rose | 9 |", "| Tulip | 7 |", "", "More words of it.", "")
    stays = ("", *head, "| Lily | 3 |")
    lines = (" ## Cheese", " ", *(f"-{line}" for line in went), heading)
    file = compare_hunk(*lines, *(f" {line}" for line in stays))
    (table,) = found(file, "table-replaced" if stood_under else "table-removed")
    assert table.values.get("stood_under") == stood_under


def test_a_mark_that_moved_to_another_cell_is_told_as_it_is_written() -> None:
    table = "# Keys\n\n| Key | Value |\n|---|---|\n| {0} | {1} |\n\n*Only on the new one.\n"
    file = compare(table.format("debug", "boolean*"), table.format("debug*", "boolean"))
    (row,) = found(file, "table-row-changed")
    assert row.values["cells"] == (
        {"column": "Key", "before": "debug", "after": "debug*"},
        {"column": "Value", "before": "boolean*", "after": "boolean"},
    )


def test_items_that_became_rows_are_found_however_they_are_spaced() -> None:
    items = "# Regions\n\nHere:\n\n- North\n- East US2\n\n## More\n\nText.\n"
    table = (
        "# Regions\n\nHere:\n\n| Region | Ready |\n|---|---|\n| North | yes |\n| East US 2 | no |\n"
    )
    file = compare(items, f"{table}\n## More\n\nText.\n")
    (added,) = found(file, "table-added")
    assert added.values["taken"] == 2
    assert "entries" not in added.values or not added.values["entries"]
    assert not found(file, "list-item-removed")


def test_columns_that_changed_places_are_told() -> None:
    before = "# A\n\n| Region | Two | Three |\n|---|---|---|\n| east | yes | no |\n"
    after = "# A\n\n| Region | One | Three | Two |\n|---|---|---|---|\n| east | new | no | yes |\n"
    (file,) = analyse(between({"a.md": before}, {"a.md": after}, {})).files
    told = [(f.kind, f.values.get("column")) for f in file.findings if f.impact != "noise"]
    assert told[0] == ("table-column-added", "One")
    assert told[1][0] == "content-moved"
    assert told[1][1] in {"Two", "Three"}
    assert not told[2:]


def test_a_row_with_a_cell_too_many_keeps_the_members_of_its_lists() -> None:
    head = "| Model | Regions | Tuning |\n|--|--|--|\n"
    before = f"{head}| Mini | East <br> West | East |\n"
    after = f"{head}| Mini | East <br> West <br> South | East | East |\n"
    (row,) = [
        f
        for f in analyse(between({"a.md": before}, {"a.md": after}, {})).files[0].findings
        if f.kind == "table-row-changed"
    ]
    assert row.values["cells"] == ({"column": "Regions", "before": "", "after": "South"},)


HOSTS = "# Hosts\n\n* `a.example`\n* `b.example`\n* `c.example`\n\nEnd.\n"


def test_a_list_that_became_a_table_is_told_by_what_the_table_adds() -> None:
    rows = "| `a.example`<br>`b.example` | Store |\n| `d.example` | Load |\n"
    table = "| Host | Purpose |\n| --- | --- |\n" + rows
    file = compare(HOSTS, "# Hosts\n\n" + table + "\nEnd.\n")
    (added,) = found(file, "table-added")
    assert added.values["entries"] == ("`d.example`",)
    assert added.values["taken"] == 2
    assert {moved.values["thing"] for moved in found(file, "content-moved")} == {"in-table"}


def test_a_table_that_came_is_told_by_its_rows() -> None:
    page = "# Limits\n\nText.\n"
    (added,) = found(compare(page, page + "\n" + MODELS), "table-added")
    assert added.values["entries"] == ("a", "b", "c")


def test_the_lines_of_a_cell_of_a_new_row_are_a_list() -> None:
    row = "| d | Brazil <br> Israel |\n"
    (added,) = found(compare(MODELS, MODELS + row), "table-row-added")
    assert added.values["holds"] == "Limit: Brazil, Israel"


def test_rows_without_marks_are_read_under_the_head_that_a_hunk_begins_with() -> None:
    file = compare_hunk(
        " Model | Compute | Serverless",
        " --|--|--",
        " a | x | y",
        "-b | x | y",
        "+b | x | z",
    )
    (row,) = found(file, "table-row-changed")
    assert row.values["cells"] == ({"column": "Serverless", "before": "y", "after": "z"},)


SIGNED = """# Rules

✅ Set in the `recommended` [configuration](a.md).\\
🔧 Automatically fixable.

| Name | Does | ✅ | 🔧 |
| --- | --- | --- | --- |
| one | Sorts. | ✅ | |
"""


def test_signs_are_told_by_what_the_page_says_of_them() -> None:
    file = compare(SIGNED, SIGNED.replace("| ✅ | |", "| | 🔧 |") + "| two | Maps. | ✅ | 🔧 |\n")
    (added,) = found(file, "table-row-added")
    said = "Set in the `recommended` configuration"
    assert added.values["holds"] == f"Does: Maps; {said}; Automatically fixable"
    (changed,) = found(file, "table-row-changed")
    assert changed.values["cells"] == (
        {"column": "", "before": said, "after": ""},
        {"column": "", "before": "", "after": "Automatically fixable"},
    )


def test_signs_that_the_page_says_nothing_of_are_left_out() -> None:
    bare = SIGNED.replace("✅ Set in", "Set in").replace("🔧 Auto", "Auto")
    (added,) = found(compare(bare, bare + "| two | Maps. | ✅ | 🔧 |\n"), "table-row-added")
    assert added.values["holds"] == "Does: Maps"


@pytest.mark.parametrize("between_lines", [" ", ""])
def test_lines_of_a_cell_that_run_on_are_seen(between_lines: str) -> None:
    page = MODELS + "| d | One. <br>&bullet; Two. |\n"
    (joined,) = compare(page, page.replace(" <br>", between_lines)).findings
    assert (joined.kind, joined.impact) == ("formatting-changed", "minor")
    assert joined.values["thing"] == "lines-joined"


def test_a_new_tab_has_the_texts_that_came_with_it() -> None:
    tabs = "# Models\n\n## [Large](#tab/large)\n\nThe large one.\n\n"
    small = "## [Small](#tab/small)\n\nThe small one.\n\n- Text only\n\n"
    (tab,) = found(compare(tabs + "---\n", tabs + small + "---\n"), "tab-added")
    assert (tab.subject, tab.values["text"]) == ("Small", "The small one.")
    assert tab.after_lines is not None
    assert tab.after_lines[1] >= 11


REGIONS = """# Regions

| Region | `o7` | `o8` |
| --- | --- | --- |
| East | ✅ | - |
| West | - | - |
"""


def test_a_row_of_signs_says_for_which_columns_it_has_what_they_stand_for() -> None:
    (north,) = found(compare(REGIONS, REGIONS + "| North | ✅ | ✅ |\n"), "table-row-added")
    assert north.values["ticks"] == ("`o7`", "`o8`")
    assert north.values["all_ticked"]
    (south,) = found(compare(REGIONS, REGIONS + "| South | ❌ | ✔️ |\n"), "table-row-added")
    assert south.values["ticks"] == ("`o8`",)
    (none,) = found(compare(REGIONS, REGIONS + "| None | - | - |\n"), "table-row-added")
    assert "ticks" not in none.values


def test_a_sign_that_heads_its_column_is_told_by_what_the_page_says_of_it() -> None:
    page = "# Rules\n\n✅ Recommended.\n\n| Name | ✅ |\n| --- | --- |\n| one | |\n"
    (added,) = found(compare(page, page + "| two | ✅ |\n"), "table-row-added")
    assert "ticks" not in added.values
    assert added.values["holds"] == "Recommended"


@pytest.mark.parametrize(
    ("old", "new", "ticked"),
    [("| - | - |", "| ✅ | - |", True), ("| ✅ | - |", "| - | - |", False)],
)
def test_a_cell_that_says_yes_instead_of_no_is_known(old: str, new: str, *, ticked: bool) -> None:
    (row,) = found(compare(REGIONS, REGIONS.replace(old, new)), "table-row-changed")
    assert ("ticked" in row.values) is ticked


def test_a_list_that_became_a_table_has_the_columns_that_are_new() -> None:
    lists = "# A\n\n## Models\n\n- `o7-2024`\n\n## Regions\n\n- East\n- West\n"
    table = REGIONS.partition("\n\n")[2].replace("`o7`", "`o7`, 2024")
    (added,) = found(compare(lists, f"# A\n\n## Regions\n\n{table}"), "table-added")
    assert added.values["new_columns"] == ("`o8`",)
    assert added.values["support"] == ({"row": "East", "ticks": ("`o7`, 2024",), "tick": "✅"},)


@pytest.mark.parametrize(
    ("old", "new", "thing"),
    [
        ("`a` and `b`", "a and `b`", "code-off"),
        ("a and `b`", "`a` and `b`", "code-on"),
        ("a and `b`|", " `a` and `b` |", "code-on"),
    ],
)
def test_what_is_set_as_code_is_named(old: str, new: str, thing: str) -> None:
    (marks,) = compare(f"Set {old} both.\n", f"Set {new} both.\n").findings
    assert (marks.values["thing"], marks.values["terms"]) == (thing, ("a",))


def test_other_marks_that_changed_too_are_no_code_alone() -> None:
    (marks,) = compare("Set `a` and *b* both.\n", "Set a and **b** both.\n").findings
    assert "thing" not in marks.values


def test_a_term_is_counted_in_the_words_for_images_too() -> None:
    page = "# Use\n\nOpen the portal.\n\nClose the portal.\n\n![The portal opens.](a.png)\n"
    terms = found(compare(page, page.replace(" portal", " Azure portal")), "term-replaced")
    assert {term.values["count"] for term in terms} == {3}


ROWS = (("Allow the shell", "Disabled"), ("Allow the disk", "Disabled"), ("Allow all", "Enabled"))


@pytest.mark.parametrize("turned", [False, True])
def test_a_table_the_rows_of_which_are_items_of_a_list_is_told_once(*, turned: bool) -> None:
    table = "| Setting | Value |\n| --- | --- |\n" + "".join(f"| {a} | {b} |\n" for a, b in ROWS)
    items = "".join(f"- {a}: {b}\n" for a, b in ROWS)
    before, after = (items, table) if turned else (table, items)
    (finding,) = told(f"# A\n\nText.\n\n{before}\nEnd.\n", f"# A\n\nText.\n\n{after}\nEnd.\n")
    assert finding.kind == ("table-added" if turned else "table-removed")
    assert finding.values["taken" if turned else "listed"] == len(ROWS)


def test_a_heading_with_nothing_but_sections_below_it_leaves_them() -> None:
    before = "# A\n\nText.\n\n## Issues\n\n### One of them\n\nDo this then.\n"
    (finding,) = told(before, before.replace("## Issues\n\n#", "#"))
    assert (finding.kind, finding.values.get("text_stays")) == ("heading-removed", True)
