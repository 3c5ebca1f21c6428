from __future__ import annotations

from dataclasses import replace

import pytest

from diffinsight.detectors.comparison.telling import Lines
from diffinsight.engines.offline import OfflineEngine
from diffinsight.languages import load
from diffinsight.matching.edits import prose_edits
from diffinsight.models import Analysis, ChangeSet, FileAnalysis, FileChange, Finding, Impact, Json


def told(*findings: Finding, language: str = "en", path: str = "docs/page.md") -> FileAnalysis:
    change = FileChange(path=path, status="modified", patch="@@ -1 +1 @@\n-a\n+b")
    file = FileAnalysis(change=change, findings=findings)
    analysis = Analysis(change_set=ChangeSet(files=(change,)), files=(file,))
    written, _ = OfflineEngine(phrases=load(language)).write(analysis)
    return written.files[0]


@pytest.mark.parametrize(
    ("language", "column", "words"),
    [
        ("en", "column 3 (no heading in the diff)", "from “no” to “yes”"),
        ("ja", "3列目", "「no」から「yes」に変更"),
        ("zh-Hans", "第 3 列", "由“no”改为“yes”"),
    ],
)
def test_a_column_without_a_name_is_told_by_its_number(
    language: str, column: str, words: str
) -> None:
    cells = ({"column": "#3", "before": "no", "after": "yes"},)
    row = Finding(
        kind="table-row-changed", subject="x", impact="notable", values={"key": "x", "cells": cells}
    )
    told_words = told(row, language=language).explanation
    assert column in told_words
    assert words in told_words


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Remove “India” from the “Full tiers” table"),
        ("ja", "「Full tiers」の表から「India」を削除"),
        ("zh-Hans", "从“Full tiers”的表格中删除“India”一行"),
    ],
)
def test_a_removed_row_is_told_with_its_table(language: str, title: str) -> None:
    values = {"key": "India", "head": "Full tiers", "holds": "Full tiers: S2; Instead: Japan"}
    row = Finding(kind="table-row-removed", subject="India", impact="notable", values=values)
    file = told(row, language=language)
    assert file.title == title
    assert "Full tiers: S2; Instead: Japan" in file.explanation


def test_an_image_is_named_by_a_path_as_windows_writes_it() -> None:
    target = "media\\page\\firewall.png"
    image = Finding(
        kind="alt-text-changed", subject=target, impact="minor", before="A map", after="A new map"
    )
    assert "firewall.png" in told(image).title


@pytest.mark.parametrize(
    ("target", "goal"),
    [
        ("../how-to/run.md#limits", "run.md"),
        ("https://example.com/long/path?x=1", "example.com"),
        ("#limits", "#limits"),
    ],
)
def test_a_new_link_is_told_with_its_words_and_its_goal(target: str, goal: str) -> None:
    link = Finding(kind="link-added", subject=target, impact="minor", values={"text": "limits"})
    assert told(link).title == f"Add link “limits” to {goal}"


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Link to example.com/y lacks https://"),
        ("ja", "example.com/yへのリンクに「https://」がない"),
        ("zh-Hans", "指向 example.com/y 的链接缺少 https://"),
    ],
)
def test_a_link_without_its_scheme_is_told_with_what_it_should_be(
    language: str, title: str
) -> None:
    values = {"text": "y", "reason": "missing-scheme", "suggestion": "https://example.com/y"}
    link = Finding(
        kind="link-broken",
        subject="example.com/y",
        impact="notable",
        values={"new": True, **values},
    )
    file = told(link, language=language)
    assert file.title == title
    assert "`https://example.com/y`" in file.explanation


@pytest.mark.parametrize(("change", "verb"), [("added", "Add"), ("removed", "Remove")])
def test_a_comment_that_came_or_went_is_told_so(change: str, verb: str) -> None:
    comment = Finding(
        kind="comment-changed", subject="<!-- x -->", impact="noise", values={"change": change}
    )
    assert told(comment).title == f"{verb} a comment that readers do not see"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "3 names are no longer marked as “preview”: “A1”, “A2”, and “A3”."),
        ("ja", "3件の名称から「preview」の表記を削除しました"),
        ("zh-Hans", "3 个名称不再标为“preview”"),
    ],
)
def test_names_that_lost_the_same_mark_are_one_fact(language: str, words: str) -> None:
    lost = [
        Finding(
            kind="availability-changed",
            subject=f"A{number}",
            impact="notable",
            before="preview",
            after="",
            after_lines=(number, number),
        )
        for number in (1, 2, 3)
    ]
    assert words in told(*lost, language=language, path="toc.yml").explanation


@pytest.mark.parametrize(
    ("impact", "kept"), [("notable", "is now marked as"), ("breaking", "is now called")]
)
def test_a_heading_that_got_a_mark_is_told_once(impact: Impact, kept: str) -> None:
    lines: Lines = {"before_lines": (3, 3), "after_lines": (3, 3)}
    renamed = Finding(
        kind="heading-renamed",
        subject="A (preview)",
        impact=impact,
        before="A",
        after="A (preview)",
        **lines,
    )
    marked = Finding(
        kind="availability-changed",
        subject="A",
        impact="notable",
        before="",
        after="preview",
        **lines,
    )
    words = told(renamed, marked).explanation
    assert kept in words
    assert ("is now marked as" in words) != ("is now called" in words)


@pytest.mark.parametrize(
    ("language", "dates"),
    [
        ("en", "The row also says “Deprecation date: May 1, 2025”."),
        ("ja", "同じ行には「Deprecation date: May 1, 2025」の記載もあります。"),
        ("zh-Hans", "该行还注明“Deprecation date: May 1, 2025”。"),
    ],
)
def test_a_row_of_a_table_of_ends_is_told_once_with_its_dates(language: str, dates: str) -> None:
    earlier = ("Deprecation date: May 1, 2025",)
    end = Finding(
        kind="deprecation-announced",
        subject="two",
        impact="breaking",
        after_lines=(4, 4),
        values={"date": "June 1, 2025", "listed": True, "earlier": earlier},
    )
    row = Finding(
        kind="table-row-added", subject="Acme (two)", impact="notable", after_lines=(4, 4)
    )
    words = told(end, row, language=language).explanation
    assert dates in words
    assert "Acme" not in words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Footnotes have new marks and say the same: “¹” → “²” and “²” → “¹”."),
        ("ja", "脚注の番号を変更しました"),
        ("zh-Hans", "调整了脚注编号"),
    ],
)
def test_footnotes_that_changed_places_are_told_once(language: str, words: str) -> None:
    swapped = [
        Finding(
            kind="footnote-renumbered",
            subject=f"{old} → {new}",
            impact="noise",
            before=old,
            after=new,
            before_lines=(line, line),
            after_lines=(line, line),
        )
        for line, old, new in ((7, "¹", "²"), (8, "²", "¹"), (10, "¹", "²"), (12, "²", "¹"))
    ]
    assert told(*swapped, language=language).explanation.count(words) == 1


@pytest.mark.parametrize(
    ("language", "title", "words"),
    [
        (
            "en",
            "Change “Ready” and column 3: “-” → “yes” in 3 rows: “A1”, “A2”, and “A3”",
            "In “Ready” and column 3, 3 table rows changed from “-” to “yes”: “A1”",
        ),
        (
            "ja",
            "表の3行で「Ready」列、3列目を変更",
            "表の3行の「Ready」列、3列目を「-」から「yes」に変更",
        ),
        (
            "zh-Hans",
            "修改表格中 3 行的“Ready”列、第 3 列",
            "“Ready”列、第 3 列由“-”改为“yes”",
        ),
    ],
)
def test_rows_in_which_the_same_changed_are_told_together(
    language: str, title: str, words: str
) -> None:
    cells = tuple({"column": name, "before": "-", "after": "yes"} for name in ("Ready", "#3"))
    rows = [
        Finding(
            kind="table-row-changed",
            subject=f"A{number}",
            impact="notable",
            after_lines=(number, number),
            values={"key": f"A{number}", "cells": cells},
        )
        for number in (1, 2, 3)
    ]
    file = told(*rows, language=language)
    assert file.title.startswith(title)
    assert words in file.explanation


def test_a_row_that_only_lost_its_mark_is_told_once() -> None:
    cells = ({"column": "Name", "before": "Agents (preview)", "after": "Agents"},)
    lines: Lines = {"before_lines": (3, 3), "after_lines": (3, 3)}
    row = Finding(
        kind="table-row-changed",
        subject="Agents",
        impact="notable",
        values={"key": "Agents", "cells": cells},
        **lines,
    )
    lost = Finding(
        kind="availability-changed",
        subject="Agents",
        impact="notable",
        before="preview",
        after="",
        **lines,
    )
    words = told(lost, row).explanation
    assert words.startswith("“Agents” is no longer marked as “preview”")
    assert "row" not in words


def a_cell(before: str, after: str) -> str:
    cells = ({"column": "Notes", "before": before, "after": after},)
    values: dict[str, Json] = {"key": "x", "cells": cells}
    row = Finding(kind="table-row-changed", subject="x", impact="notable", values=values)
    return told(row).explanation


def test_of_a_long_cell_the_sentence_that_matters_is_told() -> None:
    start = "Works if the mode is set to mirrored. When set to {}, the container can connect to it."
    said = a_cell(start.format("True"), f"{start.format('`True`')} Only the old way is supported.")
    assert "“Only the old way is supported.” was added to “Notes” of the row “x”" in said


def test_a_lone_sentence_in_the_place_of_another_is_told_with_it() -> None:
    old = "Currently, this region is at full capacity and accepts no new search services at all."
    new = "This region has capacity, but some tiers are not available."
    said = a_cell(old, new)
    assert "this region is at full capacity" in said
    assert "some tiers are not available" in said


def test_no_cell_is_quoted_up_to_a_bracket_that_opens() -> None:
    assert "from “one, `two`” to “one, `three`”" in a_cell("one, `two` (", "one, `three` (")


def test_what_a_quotation_cannot_show_is_said() -> None:
    assert "Notes: the leftover markup `br>` was removed" in a_cell("br>", "")
    assert "became straight ones" in a_cell("Run “it” now", 'Run "it" now')


def test_a_required_field_of_a_form_is_told_as_that() -> None:
    fields = ("type: input", "validations.required: true", "attributes.label: Name")
    values: dict[str, Json] = {"list": "body", "item": "name", "fields": fields}
    said = told(
        Finding(kind="setting-added", subject="body[name]", impact="minor", values=values)
    ).explanation
    assert "“name” was added to `body` as a required field." in said
    assert "attributes" not in said


def test_two_pages_in_one_folder_are_named_alike() -> None:
    values: dict[str, Json] = {"path": "docs/other.md", "direction": "to", "words": 40}
    said = told(
        Finding(kind="section-moved", subject="Use it", impact="notable", values=values)
    ).explanation
    assert "`other.md`" in said
    assert "docs/other.md" not in said


@pytest.mark.parametrize(("similarity", "counted"), [(100, True), (83, False)])
def test_the_words_of_a_section_are_counted_where_all_of_them_moved(
    similarity: int, *, counted: bool
) -> None:
    values: dict[str, Json] = {"path": "b.md", "direction": "to", "words": 40}
    moved = Finding(
        kind="section-moved",
        subject="Use it",
        impact="notable",
        values={**values, "similarity": similarity},
    )
    assert ("40 words" in told(moved).explanation) is counted


def test_cells_that_changed_alike_are_told_together() -> None:
    cells = tuple({"column": f"#{n}", "before": "2 hours", "after": "24 hours"} for n in (3, 4))
    values: dict[str, Json] = {"key": "x", "cells": cells}
    row = Finding(kind="table-row-changed", subject="x", impact="notable", values=values)
    assert "columns 3 and 4 (no headings in the diff) of the row “x”" in told(row).explanation


def test_a_link_whose_marks_were_wrong_is_told_as_repaired() -> None:
    text = "After the call, read the [result{}(/rest/api/get-result) of it in the same way."
    paragraph = Finding(
        kind="paragraph-changed",
        subject="After the call",
        impact="minor",
        before=text.format("}"),
        after=text.format("]"),
        values={"edits": ({"before": "}(/rest/api/get-result)", "after": ""},)},
        before_lines=(5, 5),
        after_lines=(5, 5),
    )
    values: dict[str, Json] = {"text": "result"}
    link = Finding(
        kind="link-added",
        subject="/rest/api/get-result",
        impact="minor",
        after_lines=(5, 5),
        values=values,
    )
    said = told(paragraph, link).explanation
    assert "the broken link “result” to `/rest/api/get-result` was repaired" in said
    assert "removed" not in said


def test_a_sentence_that_no_column_names_is_told_with_its_own_words() -> None:
    text = "Deployments will be upgraded automatically, whatever their region, on November 15."
    cells = ({"column": "", "before": text, "after": text.replace("15", "13")},)
    values: dict[str, Json] = {"key": "x", "cells": cells}
    row = Finding(kind="table-row-changed", subject="x", impact="notable", values=values)
    said = told(row).explanation
    assert "whatever their region, on November 15” → “…their region, on November 13”" in said
    gone = replace(
        row, values={"key": "x", "cells": ({"column": "", "before": text, "after": ""},)}
    )
    assert "whatever their region" in told(gone).explanation


def test_a_piece_of_a_long_cell_is_told_with_the_words_before_it() -> None:
    text = (
        "January 27, 2025. Deployments will be upgraded automatically, whatever their region, "
        "and without a word to those who pay for them or anybody else who may have an interest, "
        "starting on November 15."
    )
    cells = ({"column": "Retirement", "before": text, "after": text.replace("15", "13")},)
    row = Finding(
        kind="table-row-changed", subject="x", impact="notable", values={"key": "x", "cells": cells}
    )
    assert "from “…starting on November 15” to “…starting on November 13”" in told(row).explanation


def test_a_sentence_that_went_from_a_long_cell_is_told_beside_a_figure() -> None:
    old = (
        "Limits of the lamp are defined as the number of new connections per minute, in all of "
        "its rooms. For example, 6 requests per minute mean 6 new connections per minute."
    )
    cell = {"column": "Limit", "before": f"{old} At this time, the lamp is a preview."}
    row = Finding(
        kind="table-row-changed",
        subject="x",
        impact="notable",
        values={"key": "x", "cells": (cell | {"after": old.replace("6", "100")},)},
    )
    said = told(row).explanation
    assert "mean 100 new connections" in said
    assert "“At this time, the lamp is a preview.” removed" in said


def test_rows_of_which_the_same_is_said_are_told_together() -> None:
    rows = [
        Finding(
            kind="table-row-added",
            subject=name,
            impact="notable",
            after_lines=(line, line),
            values={"key": name, "holds": said},
        )
        for line, (name, said) in enumerate((("A", "Tier: all"), ("B", "x"), ("C", "Tier: all")))
    ]
    assert "“A” and “C” (Tier: all); “B” (x)" in told(*rows).explanation


def test_rows_in_which_the_same_word_changed_are_told_together() -> None:
    rows = [
        Finding(
            kind="table-row-changed",
            subject=f"{name} v3",
            impact="notable",
            after_lines=(line, line),
            values={
                "key": name,
                "cells": ({"column": "#1", "before": f"{name} 3", "after": f"{name} v3"},),
            },
        )
        for line, name in enumerate(("Rerank", "Embed"))
    ]
    file = told(*rows)
    assert "2 table rows changed from “3” to “v3”: “Rerank v3” and “Embed v3”." in file.explanation


def test_many_columns_without_a_name_are_counted() -> None:
    cells = tuple(
        {"column": f"#{n}", "before": "2 hours", "after": "24 hours"} for n in range(3, 10)
    )
    values: dict[str, Json] = {"key": "x", "cells": cells}
    row = Finding(kind="table-row-changed", subject="x", impact="notable", values=values)
    assert "“2 hours” → “24 hours” in 7 columns" in told(row).explanation


def test_a_list_item_in_a_new_table_is_told_with_the_table() -> None:
    values: dict[str, Json] = {"columns": ("Host",), "rows": 2, "entries": ("d",), "taken": 1}
    table = Finding(
        kind="table-added", subject="Host", impact="notable", after_lines=(3, 6), values=values
    )
    moved = Finding(
        kind="content-moved",
        subject="a",
        impact="minor",
        before_lines=(3, 3),
        after_lines=(5, 5),
        values={"block": "list-item", "thing": "in-table"},
    )
    explanation = told(table, moved).explanation
    assert "1 list item moved into it, and it adds “d”." in explanation
    assert "“a”" not in explanation


def test_a_tab_in_several_places_is_told_once_with_what_it_says() -> None:
    tabs = [
        Finding(
            kind="tab-added",
            subject="Small",
            impact="notable",
            after_lines=(line, line + 4),
            values={"text": "The small one is fast."},
        )
        for line in (10, 20)
    ]
    item = Finding(
        kind="list-item-added", subject="x", impact="minor", after="x", after_lines=(12, 12)
    )
    explanation = told(*tabs, item).explanation
    assert "A tab “Small” was added in 2 places: “The small one is fast.”" in explanation
    assert "list item" not in explanation


def test_tabs_that_came_as_often_each_are_told_as_sets() -> None:
    names = ("Small", "Large", "Small", "Large")
    tabs = [
        Finding(kind="tab-added", subject=name, impact="notable", after_lines=(line, line + 1))
        for line, name in enumerate(names)
    ]
    assert "2 tabs were added in 2 places each" in told(*tabs).explanation
    assert "3 tabs were added" in told(*tabs[:3]).explanation


@pytest.mark.parametrize(
    ("columns", "sides", "words"),
    [
        (("Ready", "Done"), ("-", "yes"), "“A” (Ready: “-” → “yes”)"),
        (("#2", "#2"), ("{} on May 15", "{} on May 13"), "May 15” → “"),
    ],
)
def test_rows_are_not_told_together_without_what_tells_them_apart(
    columns: tuple[str, str], sides: tuple[str, str], words: str
) -> None:
    rows = [
        Finding(
            kind="table-row-changed",
            subject=name,
            impact="notable",
            after_lines=(line, line),
            values={
                "key": name,
                "cells": (
                    {
                        "column": column,
                        "before": sides[0].format(name),
                        "after": sides[1].format(name),
                    },
                ),
            },
        )
        for line, (name, column) in enumerate(zip("AB", columns, strict=True))
    ]
    assert words in told(*rows).explanation


def test_a_title_names_the_words_that_a_long_cell_gained() -> None:
    before = "Gives more details, mostly used for unpacking a score of a document."
    after = before.replace("a score", "a ranked score")
    cells = ({"column": "Use", "before": before, "after": after},)
    row = Finding(
        kind="table-row-changed", subject="x", impact="notable", values={"key": "x", "cells": cells}
    )
    assert told(row).title == "Change “x” in a table: “ranked” added"


def test_links_that_are_too_many_to_name_are_counted_in_a_whole_sentence() -> None:
    cells = ({"column": "Page", "before": "no", "after": "yes"},)
    rows = [
        Finding(
            kind="table-row-changed",
            subject=name,
            impact="notable",
            values={"key": name, "cells": cells},
            **_on(line),
        )
        for line, name in enumerate("abcdefgh", 1)
    ]
    links = [
        Finding(kind="link-added", subject=f"{name}.md", impact="minor", **_on(line))
        for line, name in enumerate("abcdefgh", 1)
    ]
    assert "、ほか5件を変更しました。" in told(*rows, *links, language="ja").explanation
    assert "and 5 more." in told(*rows, *links).explanation


def _on(line: int) -> Lines:
    return {"before_lines": (line, line), "after_lines": (line, line)}


@pytest.mark.parametrize(
    ("language", "title", "words"),
    [
        (
            "en",
            "Mark the column “o7” with “✅” in 2 table rows: “East” and “West”",
            "now marked “✅” instead of",
        ),
        (
            "ja",
            "表の2行で「o7」列を「✅」に変更",
            "「-」から「✅」になりました",
        ),
        ("zh-Hans", "将表格中 2 行的“o7”列标为“✅”", "由“-”改标为“✅”"),
    ],
)
def test_rows_that_have_a_mark_now_are_told_as_marked(
    language: str, title: str, words: str
) -> None:
    cells = ({"column": "o7", "before": "-", "after": "✅"},)
    rows = [
        Finding(
            kind="table-row-changed",
            subject=name,
            impact="notable",
            after_lines=(line, line),
            values={"key": name, "cells": cells, "ticked": True},
        )
        for line, name in enumerate(("East", "West"))
    ]
    file = told(*rows, language=language)
    assert file.title.startswith(title)
    assert words in file.explanation


def test_a_new_row_of_signs_names_its_columns_by_their_numbers() -> None:
    row = Finding(
        kind="table-row-added",
        subject="North",
        impact="notable",
        values={"key": "North", "ticks": ("#3", "#4"), "tick": "✅"},
    )
    assert "“North” (“✅” in columns 3 and 4)" in told(row).explanation


def test_a_part_of_a_cell_too_short_to_say_anything_is_in_no_title() -> None:
    ends = "{} (limited access, which has to be asked for in the form for it); {}"
    sides = {"before": ends.format("o1 & o2", "o3"), "after": ends.format("o1", "o2; o4")}
    cells = ({"column": "Models", **sides},)
    values: dict[str, Json] = {"key": "x", "cells": cells}
    row = Finding(kind="table-row-changed", subject="x", impact="notable", values=values)
    assert "“…o" not in told(row).title


def test_a_title_names_the_words_that_a_paragraph_gained() -> None:
    before = "Keys power vector similarity search in Azure Vaults such as the Old or the New."
    gained = "retrieval systems such as Azure AI Search (recommended) and in "
    after = before.replace("Azure Vaults", f"{gained}Azure vaults").replace(" or", ", and")
    edits = tuple({"before": e.before, "after": e.after} for e in prose_edits(before, after))
    paragraph = Finding(
        kind="paragraph-changed",
        subject="Keys power the search",
        impact="minor",
        before=before,
        after=after,
        values={"edits": edits, "words_added": 9, "words_removed": 1},
    )
    assert told(paragraph).title == "Add “retrieval systems such as Azure AI Search (recommended)”"
