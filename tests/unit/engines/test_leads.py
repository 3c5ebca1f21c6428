"""What leads over all files: what ends, what is another value, what is new, what must be done."""

from dataclasses import replace

import pytest

from diffinsight.engines.offline import OfflineEngine
from diffinsight.engines.overview.leads import Level, level, place
from diffinsight.languages import load
from diffinsight.models import (
    Analysis,
    ChangeSet,
    FileAnalysis,
    FileChange,
    Finding,
    Impact,
    Json,
    Overview,
)


def finding(kind: str, impact: Impact = "notable", **values: Json) -> Finding:
    return Finding(kind=kind, impact=impact, subject="Kettle", after_lines=(3, 3), values=values)


def changed(before: str, after: str, edit: tuple[str, str]) -> Finding:
    told = finding("paragraph-changed", "minor", edits=({"before": edit[0], "after": edit[1]},))
    return replace(told, before=before, after=after)


def came(text: str, kind: str = "paragraph-added", **values: Json) -> Finding:
    told = finding(kind, "minor", words=len(text.split()), **values)
    return replace(told, subject=text, after=text)


def row(column: str, before: str, after: str, key: str = "kettle", line: int = 3) -> Finding:
    cell = {"column": column, "before": before, "after": after}
    told = finding("table-row-changed", key=key, cells=(cell,))
    return replace(told, subject=key, before_lines=(line, line), after_lines=(line, line))


def section(words: int, kind: str = "heading-added", **values: Json) -> Finding:
    told = finding(kind, words=words, paragraphs=1, level=2, anchor="kettle")
    return replace(told, values={**told.values, **values})


def overview_of(*files: tuple[Finding, ...]) -> Overview:
    analysis = Analysis(
        change_set=ChangeSet(),
        files=tuple(
            FileAnalysis(
                change=FileChange(path=f"docs/{name}.md", status="modified"), findings=findings
            )
            for name, findings in zip("abcdefgh", files, strict=False)
        ),
    )
    return OfflineEngine(phrases=load("en")).write(analysis)[1]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (finding("deprecation-announced", "breaking"), Level.END),
        (finding("option-removed"), Level.END),
        (row("default", "false", "true"), Level.FIGURE),
        (row("Requests per minute", "6", "100"), Level.FIGURE),
        (row("default", "empty string", '""'), Level.CONTENT),
        (row("#7", "-", "5 M"), Level.RULE),
        (row("Version", "2024-05-01-preview", "2024-08-01-preview"), Level.RULE),
        (row("North", "-", "✅"), Level.RULE),
        (row("Serves", "Teapot-2501", ""), Level.RULE),
        (section(120), Level.NEWS),
        (section(120, "heading-removed"), Level.NEWS),
        (replace(section(120, "heading-removed"), before="`--lid`"), Level.END),
        (replace(section(120, "heading-removed"), before="The `--lid` option"), Level.NEWS),
        (replace(finding("heading-renamed"), before="`--lid`", after="`--cover`"), Level.END),
        (replace(finding("heading-renamed"), before="`--lid`", after="Lids"), Level.CONTENT),
        (section(4), Level.CONTENT),
        (section(0, text_stays=True), Level.WORDING),
        (finding("option-added"), Level.NEWS),
        (finding("content-moved", "minor", row_names=("lid",)), Level.NEWS),
        (finding("content-moved", "minor"), Level.FORM),
        (came("You must fill it up to the mark."), Level.RULE),
        (came("You are billed for each kettle."), Level.FIGURE),
        (
            changed("Install the Pot pack.", "Install the Kettle pack.", ("Pot", "Kettle")),
            Level.FIGURE,
        ),
        (
            changed("Install the Pot pack:", "Install the Kettle pack:", ("Pot", "Kettle")),
            Level.RULE,
        ),
        (finding("version-changed"), Level.RULE),
        (replace(finding("version-changed"), after="2025-01-01-preview"), Level.NEWS),
        (came("Kettle 2501", "list-item-added"), Level.RULE),
        (
            replace(came("Kettle 2501", "list-item-removed"), before="Kettle 2501", after=None),
            Level.NEWS,
        ),
        (section(120, "heading-removed", partly_in="Pots"), Level.RULE),
        (finding("term-replaced", "minor", count=2), Level.TEXT),
        (finding("term-replaced", "minor", count=12), Level.RULE),
        (came("It may take a while.", "note-added", serious=True), Level.RULE),
        (came("It is a kettle of tea and more."), Level.TEXT),
        (changed("Fill the big pot.", "Fill the large pot.", ("big", "large")), Level.WORDING),
        (changed("Up to 5 cups.", "Up to 9 cups.", ("5", "9")), Level.FIGURE),
        (finding("link-retargeted", "minor"), Level.FORM),
        (finding("asset-replaced", "minor"), Level.FORM),
        (row("default", "false", "true") and finding("typo-fixed", "noise"), Level.FORM),
    ],
    ids=lambda it: it.kind if isinstance(it, Finding) else it.name,
)
def test_what_a_reader_must_know_has_a_level(told: Finding, expected: Level) -> None:
    assert level(told) == expected


def test_of_one_level_the_larger_comes_first() -> None:
    assert place([section(300)]) < place([section(40)])
    assert place([section(300, "heading-removed")]) < place([finding("option-added")])
    assert place([section(110)])[:2] == place([section(100)])[:2]


def test_a_text_that_only_went_comes_after_one_that_came() -> None:
    rule = "You must fill it up to the mark."
    gone = replace(came(rule, "paragraph-removed"), before=rule, after=None)
    assert place([came(rule)]) < place([gone])


def test_a_default_leads_before_a_new_section_and_both_are_told() -> None:
    said = overview_of((section(200), row("default", "false", "true")))
    assert said.highlights.startswith(
        "In the table in `a.md`, “default” of the row “kettle” changed"
    )
    assert "Section “Kettle” was added" in said.highlights
    assert [point.text for point in said.new_features] == ["Add section “Kettle” (`a.md`)"]
    assert "kettle" in said.other_updates[0].text


def test_of_several_rows_the_one_that_grew_most_is_named() -> None:
    rows = (row("Limit", "15 M", "30 M", "small"), row("Limit", "1 M", "5 M", "large", line=4))
    said = overview_of(rows)
    assert said.other_updates[0].text.startswith("Change 2 rows, such as “large” (“1 M” → “5 M”)")


def test_links_and_images_are_no_second_highlight() -> None:
    images = (finding("asset-replaced", "minor", image=True),)
    said = overview_of((row("default", "1", "2"),), images)
    assert "image" not in said.highlights
    assert "image" not in said.summary
    assert "image" in said.other_updates[-1].text.casefold()


def test_an_image_that_came_is_no_new_feature() -> None:
    said = overview_of((finding("asset-added", "minor", image=True),))
    assert not said.new_features
    assert said.other_updates


def test_options_are_new_features_beside_new_sections() -> None:
    option = finding("option-added", where="table", setting=True)
    apart = overview_of((section(200), replace(option, after_lines=(30, 30))))
    assert len(apart.new_features) == 2
    (within,) = overview_of((section(200), option)).new_features
    assert within.text == "Add section “Kettle”; 1 option added (`a.md`)"


def test_a_removed_section_is_told_beside_a_new_page() -> None:
    page = replace(finding("page-added", words=900), subject="docs/a.md", after="New")
    gone = replace(section(150, "heading-removed"), before="Kettle", before_lines=(3, 9))
    said = overview_of((page,), (gone,))
    assert "was removed in `b.md`" in said.highlights


def test_the_same_link_in_the_lists_of_many_files_goes_along() -> None:
    link = came("Get started with kettles", "list-item-added", section="Next steps")
    said = overview_of(*((link,) for _ in range(4)), (finding("table-column-added", column="Lid"),))
    assert said.highlights.startswith("The table in `e.md` has a new column")


def test_a_page_with_another_title_and_text_is_told_by_its_title() -> None:
    title = finding("heading-renamed", level=1, anchor_after="kettles", page_title=True)
    title = replace(title, subject="Kettles", before="Pots", after="Kettles")
    rule = came("You must fill it up to the mark.")
    much = replace(came("It is a kettle. " * 80), after_lines=(9, 9))
    analysis = overview_of((title, rule, much))
    assert analysis.highlights.startswith("The page heading “Pots” became “Kettles” in `a.md`")
    assert "Pots" not in overview_of((title, rule)).highlights.partition(".")[0]


def column(name: str, *rows: str) -> Finding:
    filled = tuple({"row": row, "value": "✅"} for row in rows)
    told = finding("table-column-added", column=name, filled=filled)
    return replace(told, subject=name)


def test_new_columns_tell_the_rows_that_say_yes() -> None:
    said = overview_of((column("Lid", "North"), column("Spout", "North", "South")))
    assert said.highlights == (
        "2 table columns were added in `a.md`: “Lid” (North: “✅”) and “Spout” (“✅” for North "
        "and South)."
    )


def test_another_command_leads_before_a_tab() -> None:
    edit = {"before": "kettle install pot", "after": "kettle install lid"}
    command = finding(
        "code-changed",
        language="console",
        aspects=("command",),
        commands=("kettle install pot",),
        edits=(edit,),
    )
    said = overview_of((finding("tab-added", anchor="tab/tea"),), (command,))
    assert said.highlights.startswith("In the code in `b.md`, `kettle install pot` became")


def test_a_break_is_a_highlight_though_its_words_are_hardly_others() -> None:
    broken = replace(finding("link-broken", "breaking", page="a.md"), subject="x.md")
    renamed = finding("heading-renamed", "breaking", anchor_before="pots", anchor_after="pot")
    renamed = replace(renamed, subject="Pot", before="Pots", after="Pot")
    said = overview_of((broken,), (renamed,))
    assert "“Pots”" in said.highlights


def test_small_reports_tell_what_large_ones_leave_out() -> None:
    note = came("It is a kettle of tea.", "list-item-added", depth=0)
    page = (section(200), note)
    other = (finding("value-changed", label="cups"),)
    assert len(overview_of(page).other_updates) == 1
    many = overview_of(page, *([other] * 6))
    assert not any("a.md" in point.text for point in many.other_updates)
