"""Two paragraphs that share little are one each, unless one stands alone where the other stood."""

from __future__ import annotations

import pytest
from support.case_folder import between

from diffinsight.detectors import analyse

OLD = "Files are read by the search service in this order:"
NEW = "The old container is gone, as the search service now does this on its own."
BESIDE = "Since May, nobody has to wait any longer for their assets."


def told(before: str, after: str) -> set[str]:
    (file,) = analyse(between({"a.md": before}, {"a.md": after}, {})).files
    return {finding.kind for finding in file.findings if finding.impact != "noise"}


def test_texts_that_share_little_are_two_where_others_came() -> None:
    found = told(f"Text.\n\n{OLD}\n", f"Text.\n\n{BESIDE}\n\n{NEW}\n")
    assert found == {"paragraph-added", "paragraph-removed"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (OLD, NEW),  # nothing else came or went
        (OLD, f"{BESIDE}\n\nFiles are read by the search service in no order."),
    ],
)
def test_other_texts_are_one_that_changed(before: str, after: str) -> None:
    found = told(f"Text.\n\n{before}\n\nEnd.\n", f"Text.\n\n{after}\n\nEnd.\n")
    assert "paragraph-changed" in found
    assert "paragraph-removed" not in found


@pytest.mark.parametrize("swap", [False, True])
def test_a_text_that_became_a_list_is_told_with_the_words_above_it(*, swap: bool) -> None:
    sides = [
        "Text.\n\n- Currently plain output is not supported on your own data scenario.\n\nEnd.\n",
        (
            "Text.\n\nCurrently plain output is not supported with:\n"
            "\n- Your own data scenarios.\n- Agents of any kind.\n\nEnd.\n"
        ),
    ]
    before, after = reversed(sides) if swap else sides
    (file,) = analyse(between({"a.md": before}, {"a.md": after}, {})).files
    (changed,) = (finding for finding in file.findings if finding.kind.endswith("-changed"))
    lead = "Currently plain output is not supported with: Your own data scenarios."
    assert lead in (changed.before, changed.after)


def test_a_list_that_grew_in_its_place_is_one_beside_a_new_one_like_it() -> None:
    grown = (
        "`en`, `es`, `fr`, `de`, `it`, `zh`, `ja`, `ko`, `nl`, `sv`, `tr`, `hi`, `da`, `no`, `ro`"
    )
    before = "# A\n\nSame.\n\n# B\n\n`en`, `es`, `fr`, `zh-hans`\n\nEnd.\n"
    after = f"# A\n\nSame.\n\nNew.\n\n{grown}\n\n# B\n\n{grown}\n\nEnd.\n"
    assert told(before, after) == {"paragraph-added", "listing-extended"}


PLATFORMS = """Text.

| Platform | Options |
| --- | --- |
| Linux | v1, v2 |
| Windows | shared, static |

End.
"""
OPTIONS = """| Option | Platforms | Values |
| --- | --- | --- |
| `CPU` | Linux | v1, v2 |
| `GIL` | Linux, Windows | free |
"""


def replaced(new: str) -> str:
    first, last = PLATFORMS.index("|"), PLATFORMS.rindex("|") + 2
    return f"{PLATFORMS[:first]}{new}{PLATFORMS[last:]}"


def test_a_table_of_other_columns_and_rows_is_another_one() -> None:
    (file,) = analyse(between({"a.md": PLATFORMS}, {"a.md": replaced(OPTIONS)}, {})).files
    table, *options = file.findings
    assert table.kind == "table-replaced"
    assert {option.kind for option in options} == {"option-added"}
    assert (table.before_lines, table.after_lines) == ((3, 6), (3, 6))
    assert table.values["columns_before"] == ("Platform", "Options")
    assert table.values["columns"] == ("Option", "Platforms", "Values")
    assert table.values["entries"] == ("`CPU`", "`GIL`")


@pytest.mark.parametrize(
    "new",
    [
        OPTIONS.replace("Option ", "platform "),  # a column of that name
        OPTIONS.replace("`CPU`", "Linux"),  # a row of that name
    ],
)
def test_a_table_that_shares_a_name_is_the_same_one(new: str) -> None:
    assert "table-replaced" not in told(PLATFORMS, replaced(new))
