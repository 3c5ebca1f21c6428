"""What is told where both versions of a page are at hand."""

from __future__ import annotations

import pytest
from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.models import FileAnalysis, Finding


def compare(before: str, after: str, path: str = "a.md") -> FileAnalysis:
    (file,) = analyse(between({path: before}, {path: after}, {})).files
    return file


def found(file: FileAnalysis, kind: str) -> list[Finding]:
    return [finding for finding in file.findings if finding.kind == kind]


def subjects(file: FileAnalysis, kind: str) -> list[str]:
    return [finding.subject for finding in found(file, kind)]


ROWS = """| Key | Default |
| --- | --- |
| `memory` | half of what the machine has |
| `processors` | as many as the machine has |
| `swap` | a quarter of the memory, in a file |
"""


def test_a_heading_with_one_letter_more_is_the_same_one_wherever_its_text_went() -> None:
    before = f"# A\n\n## Setting for the engine\n\nSection label: `[engine]`\n\n{ROWS}"
    after = (
        "# A\n\n## Engine\n\nThe engine has a file.\n\n### Settings for the engine\n\n"
        "What is in it comes in groups.\n\n### Main settings\n\n"
        f"Section label: `[engine]`\n\n{ROWS}"
    )
    pages = {"a.md": before, "b.md": "[s](a.md#setting-for-the-engine)\n"}
    files = analyse(between(pages, {**pages, "a.md": after}, {})).files
    file = next(file for file in files if file.change.path == "a.md")
    (renamed,) = found(file, "heading-renamed")
    assert (renamed.before, renamed.after) == ("Setting for the engine", "Settings for the engine")
    assert renamed.values["anchor_after"] == "settings-for-the-engine"
    assert subjects(file, "heading-added") == ["Engine", "Main settings"]


def test_a_broken_link_is_led_where_its_heading_went() -> None:
    body = "\n\nOne sets the size of the engine here, and much else that matters.\n\n"
    before = f"# A\n\n## Old engine settings{body}## Other\n\nText.\n"
    after = f"# A\n\n## Sizes of the engine{body}## Older engine settings\n\nText.\n"
    pages = {"a.md": before, "b.md": "[s](a.md#old-engine-settings)\n"}
    changed = {"a.md": after, "b.md": pages["b.md"] + "\nMore.\n"}
    files = {file.change.path: file for file in analyse(between(pages, changed, {})).files}
    (renamed, *_) = found(files["a.md"], "heading-renamed")
    (broken,) = found(files["b.md"], "link-broken")
    assert renamed.values["anchor_after"] == "sizes-of-the-engine"
    assert broken.values["suggestion"] == "a.md#sizes-of-the-engine"


@pytest.mark.parametrize(
    ("link", "page", "kinds"),
    [
        ("b.md#tool-run", "# B\n\n::: mkdocs-click\n    :module: tool.cli\n", set()),
        ("b.md#tool.run", "# B\n\n::: tool.commands\n", set()),
        ("#a/label", "# B\n", set()),
        ("b.md#tool-run", "# B\n\n::: note\nText.\n:::\n", {"link-broken"}),
    ],
)
def test_no_link_is_broken_to_what_a_tool_writes(link: str, page: str, kinds: set[str]) -> None:
    pages = {"a.md": "# A\n", "b.md": page}
    changed = pages | {"a.md": f"# A\n\nSee [it]({link}) first.\n"}
    (file,) = analyse(between(pages, changed, {})).files
    assert {f.kind for f in file.findings} & {"link-broken"} == kinds


def cells(file: FileAnalysis) -> dict[str, list[tuple[str, ...]]]:
    """The cells of each changed row: column, before, after."""
    return {
        finding.subject: [
            tuple(map(str, cell.values()))
            for cell in finding.values["cells"]  # type: ignore[union-attr]  # a list of cells
            if isinstance(cell, dict)
        ]
        for finding in found(file, "table-row-changed")
    }


HEAD = "| key | value | default | notes |\n| --- | --- | --- | --- |\n"
MODULES = "| `modules` | path | the ones that come with it | A path to a disk of modules. |\n"
SIZE = "| `size` | size | `1024` (1 KB) | How large a disk may get at most. |\n"


def test_a_cell_is_told_where_its_table_writes_the_columns_otherwise() -> None:
    now = MODULES.replace("the ones that come with it | ", "")
    head = HEAD.replace("key | value | default | notes", "Key | Value | Default | Notes")
    before = f"# A\n\nText.\n\n{HEAD}{MODULES}{SIZE}"
    file = compare(before, f"# A\n\nText.\n\n{head}{now}{SIZE.replace('`1024` (1 KB)', '`1 KB`')}")
    assert cells(file) == {
        "`modules`": [("Default", "the ones that come with it", "", "True")],  # left out
        "`size`": [("Default", "`1024` (1 KB)", "`1 KB`")],
    }
    assert not found(file, "table-column-renamed")
    assert found(file, "case-changed")


def test_a_row_of_a_table_whose_first_column_is_called_otherwise_tells_its_cells() -> None:
    head = HEAD.replace("key", "Setting name")
    row = "| `firewall` | bool | false | Filters what goes to and fro. |\n"
    before = f"# A\n\n## Main\n\n{HEAD}{SIZE}\n## Trial\n\nText of a trial.\n\n{head}{row}{MODULES}"
    after = (
        f"# A\n\n## Main\n\n{HEAD}{SIZE}{row.replace('false', 'true')}"
        f"\n## Trial\n\nText of a trial.\n\n{head}{MODULES}"
    )
    assert cells(compare(before, after)) == {"`firewall`": [("default", "false", "true")]}


def test_rows_whose_heading_is_gone_moved_to_the_table_above() -> None:
    trial = "## Trial settings\n\nThese may go.\n\n" + HEAD
    rows = "| `mode` | string | NAT | How it is reached. |\n| `dns` | bool | no | Who is asked. |\n"
    before = f"# A\n\n## Main settings\n\n{HEAD}{SIZE}\n{trial}{rows}\nText below.\n\nMore.\n"
    after = f"# A\n\n## Main settings\n\n{HEAD}{SIZE}{rows}\nText below.\n"
    file = compare(before, after)
    (moved,) = found(file, "content-moved")
    assert moved.values["row_names"] == ("`mode`", "`dns`")
    assert (moved.values["section_before"], moved.values["section_after"]) == (
        "Trial settings",
        "Main settings",
    )
    (gone,) = found(file, "heading-removed")
    assert (gone.values["tables"], gone.values["paragraphs"]) == (0, 1)  # the last is told alone
    assert not found(file, "table-row-removed")
    assert not found(file, "table-row-added")


STEPS = "1. Open the settings.\n2. Look for the old shell.\n3. Wait for the end.\n"


def test_steps_written_anew_in_their_places_changed() -> None:
    old = f"# A\n\nText.\n\n{STEPS}4. lxrun /uninstall /full\n5. Install bash\n\nEnd.\n"
    new = f"# A\n\nText.\n\n{STEPS}4. Run `drop <name>` first.\n5. Get it from the store\n\nEnd.\n"
    changed = found(compare(old, new), "step-changed")
    assert [(f.before, f.after) for f in changed] == [
        ("lxrun /uninstall /full", "Run `drop <name>` first."),
        ("Install bash", "Get it from the store"),
    ]


def test_fewer_steps_are_no_other_ones() -> None:
    old = f"# A\n\nText.\n\n{STEPS}4. lxrun /uninstall /full\n5. Install bash\n\nEnd.\n"
    new = f"# A\n\nText.\n\n{STEPS}4. Get it from the store\n\nEnd.\n"
    assert not found(compare(old, new), "step-changed")


def test_an_item_with_a_space_more_is_the_same_one() -> None:
    old = "# A\n\n- OracleLinux:\n- Debian\n"
    file = compare(old, old.replace("OracleLinux", "Oracle Linux"))
    assert not found(file, "list-item-added")
    assert not found(file, "list-item-removed")


def test_code_that_took_the_place_of_other_code_changed() -> None:
    note = "> [!NOTE]\n> On new systems, run:\n>\n> ```powershell\n> tool --update\n> ```\n"
    code = "```powershell\nGet-It -From https://example.com/tool.msi\nStart-It tool.msi\n```\n"
    old = f"# A\n\nText.\n\n## Update\n\n{note}\nOn old ones:\n\n{code}\nDone.\n"
    new = (
        "# A\n\nText.\n\n## Update\n\n> [!NOTE]\n> This is for new systems alone.\n\n"
        "```powershell\ntool --update\n```\n\nDone.\n"
    )
    (changed,) = found(compare(old, new), "code-changed")
    assert changed.after_lines == (10, 12)


def test_text_that_stays_did_not_move_to_where_the_same_is_new() -> None:
    end = "The disk of the system is as large as you said now."
    steps = "1. Stop it.\n2. Look for the disk.\n\n"
    before = (
        f"# A\n\n## Make it larger\n\nOnes before:\n\n{steps}{end}  \n\n> [!TIP]\n> Take care.\n"
    )
    new = f"### By a command\n\nRun `grow`.\n\n{end}\n\n### By hand\n\n"
    after = (
        f"# A\n\n## Make it larger\n\n{new}Ones before:\n\n{steps}{end}\n\n> [!TIP]\n> Take care.\n"
    )
    file = compare(before, after)
    assert not found(file, "content-moved")
    assert end not in [finding.after for finding in found(file, "paragraph-added")]
    assert found(file, "whitespace-changed")


def test_other_values_of_a_list_are_one_setting() -> None:
    before = '{"told": [\n  "anna@example.org"\n], "a": 1}\n'
    after = '{"told": [\n  "bert@example.org",\n  "carl@example.org"\n], "a": 1}\n'
    (changed,) = compare(before, after, "settings.json").findings
    assert (changed.kind, changed.subject) == ("setting-changed", "told")
    assert (changed.before, changed.after) == (
        "anna@example.org",
        "bert@example.org, carl@example.org",
    )


def test_another_default_in_a_sentence_is_a_value() -> None:
    old = "# A\n\n**Default setting: `dir` for each folder of its own.**\n"
    (value,) = found(compare(old, old.replace("`dir`", "`off`")), "value-changed")
    assert (value.subject, value.before, value.after) == ("Default setting", "`dir`", "`off`")
    assert value.impact == "notable"


def test_who_answers_for_all_pages_is_no_news_for_readers() -> None:
    before = '{"build": {"globalMetadata": {\n  "ms.author": "anna",\n  "title": "Pages"\n}}}\n'
    after = before.replace("anna", "bert").replace("Pages", "More pages")
    changed = found(compare(before, after, "docfx.json"), "setting-changed")
    assert [finding.impact for finding in changed] == ["minor", "noise"]


def test_a_heading_over_text_that_lost_a_space_brings_no_text() -> None:
    before = "# A\n\n## Long\n\nOne says what is to be done first of all.\n\nThe end is here.  \n"
    after = before.replace("The end", "### By hand\n\nThe end").replace("  \n", "\n")
    (added,) = found(compare(before, after), "heading-added")
    assert (added.values["words"], added.values["text_stays"]) == (0, True)


def test_a_heading_over_old_text_and_new_does_not_only_stand_above_the_old() -> None:
    before = "# A\n\n## Long\n\nOne says what is done.\n\nThe end of it is here.\n"
    after = before.replace("The end", "### By hand\n\nThe end") + "\nHere is one word more.\n"
    (added,) = found(compare(before, after), "heading-added")
    assert "text_stays" not in added.values


def test_two_items_that_became_one_are_not_both_gone() -> None:
    first = "- Calls from boxes of either sort will go past the tunnel, whatever is set for it.\n"
    second = "- The desktop has its own way of bringing settings of the host to calls from boxes.\n"
    one = "- Calls from boxes of the desktop will go past the tunnel. " + second[2:]
    other = "- Something else stands here, too.\n"
    file = compare(f"# A\n\n{other}{first}{second}", f"# A\n\n{other}{one}")
    (changed,) = found(file, "list-item-changed")
    assert changed.before_lines == (4, 5)
    assert not found(file, "list-item-removed")


def test_a_setting_of_a_group_is_new_where_another_group_has_its_name() -> None:
    rows = "| `enabled` | bool | true | Whether it is done. |\n"
    before = f"# A\n\n## Interop settings\n\n{HEAD}{rows}"
    file = compare(before, f"{before}\n## GPU settings\n\nFor the GPU.\n\n{HEAD}{rows}")
    (added,) = found(file, "option-added")
    assert (added.subject, added.values["section"]) == ("enabled", "GPU settings")


def test_a_cell_of_marks_alone_that_is_set_as_code_is_set_otherwise() -> None:
    row = '| `command` | string | "" | What is run. |\n'
    before = f"# A\n\n{HEAD}{row}{SIZE}"
    (only,) = compare(before, before.replace('""', '`""`')).findings
    assert only.kind == "formatting-changed"


def test_a_text_is_the_one_that_differs_in_marks_alone() -> None:
    make = "Make a new file named {} in the folder that you have opened for it."
    tabs = "#### [One](#tab/one)\n\n1. {}\n\n#### [Two](#tab/two)\n\n1. {}\n\n---\n"
    before = f"# A\n\nWords of it.\n\n{make.format('cheese.js')}\n\nThe end.\n"
    new = tabs.format(make.format("`cheese.ts`"), make.format("`cheese.js`"))
    after = f"# A\n\nWords of it.\n\n{new}\nThe end.\n"
    (file,) = analyse(between({"a.md": before}, {"a.md": after}, {})).files
    (added,) = (f for f in file.findings if f.kind == "step-added")
    assert "`cheese.ts`" in str(added.after)


def test_a_cell_that_became_a_list_gained_the_others_only() -> None:
    head = "| Model | Region |\n| --- | --- |\n"
    file = compare(f"{head}| Phi | East |\n", f"{head}| Phi | East<br>West |\n")
    assert cells(file) == {"Phi": [("Region", "", "West")]}
