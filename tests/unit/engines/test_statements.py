from dataclasses import replace

import pytest
from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.engines.offline import OfflineEngine
from diffinsight.languages import available, load
from diffinsight.models import (
    Analysis,
    ChangeSet,
    FileAnalysis,
    FileChange,
    Finding,
    Json,
    Overview,
)

SECTION = Finding(
    kind="heading-added",
    subject="Clean up",
    impact="notable",
    after="Clean up",
    after_lines=(10, 14),
    values={"level": 2, "anchor": "clean-up", "words": 120, "paragraphs": 1},
)
STEP = Finding(
    kind="step-removed",
    subject="Restart it",
    impact="notable",
    before="Restart it",
    before_lines=(8, 8),
    values={"number": 3, "words": 2, "section": "Install"},
)
OPTION = Finding(
    kind="option-added",
    subject="--dry run",
    impact="notable",
    after_lines=(12, 12),
    values={"where": "code", "section": "Install"},
)


def file_of(path: str, *findings: Finding) -> FileAnalysis:
    return FileAnalysis(change=FileChange(path=path, status="modified"), findings=findings)


def overview_of(*files: FileAnalysis, language: str = "en") -> Overview:
    analysis = Analysis(change_set=ChangeSet(), files=files)
    return OfflineEngine(phrases=load(language)).write(analysis)[1]


def test_a_statement_names_its_file() -> None:
    said = overview_of(file_of("docs/a.md", SECTION))
    assert said.summary == "Section “Clean up” was added in a.md, with 1 paragraph (120 words)."
    assert said.highlights == said.summary.replace("a.md", "`a.md`")


def test_what_several_files_share_is_said_without_what_differs() -> None:
    longer = replace(SECTION, values={**SECTION.values, "words": 300})
    said = overview_of(file_of("docs/a.md", SECTION), file_of("docs/b.md", longer))
    assert said.summary == "Section “Clean up” was added in a.md and b.md."


def test_many_files_are_counted() -> None:
    said = overview_of(*(file_of(f"docs/{number}.md", SECTION) for number in range(5)))
    assert "was added in 5 files, with" in said.summary


def test_files_that_are_not_told_of_are_counted() -> None:
    findings = [replace(SECTION, subject=f"Part {number}") for number in range(6)]
    files = [file_of(f"docs/{number}.md", finding) for number, finding in enumerate(findings)]
    assert overview_of(*files).summary.endswith("2 more files changed.")


@pytest.mark.parametrize("language", available())
@pytest.mark.parametrize("finding", [SECTION, OPTION], ids=lambda finding: finding.kind)
def test_insights_do_not_repeat_what_one_file_says(finding: Finding, language: str) -> None:
    assert not overview_of(file_of("docs/a.md", finding), language=language).insights
    silent = replace(finding, impact="noise")
    assert overview_of(file_of("docs/a.md", silent), language=language).insights


def test_a_section_is_named_once() -> None:
    analysis = Analysis(change_set=ChangeSet(), files=(file_of("docs/a.md", STEP, OPTION),))
    written, _ = OfflineEngine(phrases=load("en")).write(analysis)
    assert written.files[0].explanation.count("“Install”") == 1


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "Add option “--dry run”"), ("zh-Hans", "新增选项“--dry run”")],
)
def test_code_of_several_words_is_quoted_in_plain_text(language: str, title: str) -> None:
    analysis = Analysis(change_set=ChangeSet(), files=(file_of("docs/a.md", OPTION),))
    written, _ = OfflineEngine(phrases=load(language)).write(analysis)
    assert written.files[0].title == title


def test_files_that_moved_say_what_still_links_to_them() -> None:
    def moved(name: str, *lines: int) -> FileAnalysis:
        places: tuple[Json, ...] = tuple({"path": "index.md", "line": line} for line in lines)
        finding = Finding(
            kind="page-moved",
            subject=f"new/{name}",
            impact="breaking",
            before=f"old/{name}",
            after=f"new/{name}",
            values={"links": len(lines), "places": places},
        )
        return file_of(f"new/{name}", finding)

    said = overview_of(moved("a.md", 3, 5), moved("b.md", 3)).highlights
    assert "2 files moved from `old` to `new`." in said
    assert "3 links in `index.md` still lead to the old paths." in said
    assert "still" not in overview_of(moved("a.md"), moved("b.md")).highlights


@pytest.mark.parametrize("language", available())
def test_insights_name_the_one_change_that_most_files_are_about(language: str) -> None:
    renamed = Finding(
        kind="term-replaced",
        subject="AI Studio → AI Foundry",
        impact="minor",
        before="AI Studio",
        after="AI Foundry",
        after_lines=(3, 3),
    )
    files = [file_of(f"docs/{name}.md", renamed) for name in "abcd"]
    said = overview_of(*files, file_of("docs/e.md", SECTION), language=language).insights
    assert "AI Studio" in said
    assert "AI Foundry" in said


UNUSED = Finding(kind="asset-removed", subject="a.png", impact="minor", values={"links": 0})
SETTING = Finding(kind="setting-changed", subject="on.push", impact="minor", before="1", after="2")
REDIRECT = Finding(kind="redirect-added", subject="docs/x.md", impact="minor", after="docs/a")


@pytest.mark.parametrize(
    ("path", "finding", "expected"),
    [
        (".github/workflows/check.yml", SETTING, True),
        ("docs/docfx.json", SETTING, True),
        ("docs/media/a.png", UNUSED, True),
        ("docs/media/a.png", replace(UNUSED, values={"links": 1}), False),
        (".openpublishing.redirection.json", REDIRECT, False),
        ("docs/settings.yml", SETTING, False),
        ("docs/a.md", SECTION, False),
    ],
)
def test_what_no_reader_sees_is_told_apart(path: str, finding: Finding, *, expected: bool) -> None:
    files = [file_of(f"docs/{name}.md", SECTION) for name in ("b", "c", "d", "e")]
    said = overview_of(*files, file_of(path, finding)).insights
    assert ("visible to readers" in said) is expected


def test_a_title_counts_the_lines_of_the_whole_file() -> None:
    runs = [
        Finding(
            kind="text-changed",
            subject="notice",
            impact="minor",
            before_lines=(line, line),
            after_lines=(line, line),
            values={"added": 2, "removed": 1},
        )
        for line in (3, 8)
    ]
    change = FileChange(path="notice", status="modified", additions=4, deletions=3)
    file = FileAnalysis(change=change, findings=tuple(runs))
    analysis = Analysis(change_set=ChangeSet(), files=(file,))
    (told,) = OfflineEngine(phrases=load("en")).write(analysis)[0].files
    assert "+4 −3" in (told.title or "")  # noqa: RUF001 - the sign for less


def test_the_same_metadata_in_many_files_is_told_once() -> None:
    suffix = Finding(
        kind="front-matter-changed",
        subject="titleSuffix",
        impact="minor",
        after="Contoso Foundry",
        after_lines=(3, 3),
    )
    said = overview_of(*(file_of(f"docs/{name}.md", suffix) for name in "abcd"))
    assert said.summary == "The metadata field titleSuffix is now “Contoso Foundry” in 4 files."
    assert len(said.other_updates) == 1


def test_a_heading_over_text_that_was_there_is_no_news() -> None:
    heading = replace(SECTION, values={"level": 2, "text_stays": True, "words": 0})
    said = overview_of(file_of("docs/a.md", heading))
    assert not said.new_features
    assert said.summary == "The heading “Clean up” was added to existing text in a.md."


def test_what_came_below_a_heading_over_older_text_is_told_with_it() -> None:
    values = {**SECTION.values, "text_stays": True, "words": 12}
    said = overview_of(file_of("docs/a.md", replace(SECTION, values=values)))
    told = "The heading “Clean up” was added to existing text in a.md, with 1 paragraph (12 words)."
    assert said.summary == told


def test_a_heading_over_text_that_was_there_is_told_apart_from_new_sections() -> None:
    over_old = replace(SECTION, subject="Role", values={**SECTION.values, "text_stays": True})
    said = overview_of(file_of("docs/a.md", SECTION, over_old))
    assert "2 sections" not in said.summary
    assert [point.text for point in said.new_features] == ["Add section “Clean up” (`a.md`)"]
    assert [point.text for point in said.other_updates] == ["Add heading “Role” (`a.md`)"]


def test_the_same_new_words_in_many_files_are_no_new_feature() -> None:
    step = Finding(
        kind="step-added", subject="Restart it", impact="notable", after="Restart it now."
    )
    said = overview_of(*(file_of(f"docs/{name}.md", step) for name in "abc"))
    assert not said.new_features
    assert len(said.other_updates) == 1


def test_a_list_that_got_several_items_is_not_told_by_one_of_them() -> None:
    items = [
        Finding(
            kind="list-item-added",
            subject=text,
            impact="minor",
            after=text,
            after_lines=(line, line),
            values={"words": 5, "section": "Rules"},
        )
        for line, text in enumerate(("See what is new", "You must restart it", "Read this"), 4)
    ]
    said = overview_of(file_of("docs/a.md", *items)).summary
    named = "“You must restart it”, “See what is new”, and “Read this”"
    assert said == f"3 list items were added in a.md: {named}."


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Remove “limit” from the list in “Options”"),
        ("ja", "「Options」節の箇条書きから「limit」を削除"),
        ("zh-Hans", "从“Options”的列表中删除“limit”"),
    ],
)
def test_a_list_item_is_called_by_the_name_it_begins_with(language: str, title: str) -> None:
    said = "limit: the most there can be in one go, of all the things that somebody may ask for"
    item = Finding(
        kind="list-item-removed",
        subject=said,
        impact="minor",
        before=said,
        before_lines=(4, 4),
        values={"words": 9, "section": "Options", "called": "limit"},
    )
    (point,) = overview_of(file_of("docs/a.md", item), language=language).other_updates
    assert title in point.text


def test_a_move_that_both_files_tell_is_said_once() -> None:
    moved = Finding(
        kind="section-moved",
        subject="Clean up",
        impact="breaking",
        before_lines=(3, 9),
        values={"words": 80, "level": 2, "direction": "to", "path": "docs/b.md", "links": 1},
    )
    values: dict[str, Json] = {"words": 80, "level": 2, "direction": "from", "path": "docs/a.md"}
    other = replace(moved, impact="notable", before_lines=None, after_lines=(4, 10), values=values)
    said = overview_of(file_of("docs/a.md", moved), file_of("docs/b.md", other)).summary
    assert said.count("“Clean up” (80 words) moved from a.md to b.md") == 1


@pytest.mark.parametrize("language", available())
def test_a_row_of_one_of_several_tables_is_told_with_its_section(language: str) -> None:
    table = "| key | value |\n| --- | --- |\n| lamp | {} |\n| shade | 1 |\n"
    page = f"# Page\n\n## Lights\n\n{table}\n## Others\n\n{table.replace('lamp', 'kettle')}"
    before, after = page.format(5, 7), page.format(6, 7)
    said = summed_up(before, after, language)
    assert "Lights" in said
    alone = page[: page.index("## Others")]
    assert "Lights" not in summed_up(alone.format(5), alone.format(6), language)


def summed_up(before: str, after: str, language: str) -> str:
    analysis = analyse(between({"a.md": before}, {"a.md": after}, {}))
    return OfflineEngine(phrases=load(language)).write(analysis)[1].highlights


def test_what_one_file_says_in_several_places_is_not_told_as_the_same_file() -> None:
    rule = "On machines that run version 22 and higher, "
    texts = (
        "you can set the mode of the lamp in its file.",
        "setting the name of the lamp has the house call it by that.",
    )
    page = "# A\n\n" + "".join(f"## Part {n}\n\n{{}}{{}}\n\n" for n, _ in enumerate(texts))
    old, new = (
        page.format(*(piece for text in texts for piece in (lead, text))) for lead in ("", rule)
    )
    other = {"b.md": "# B\n\nText.\n"}, {"b.md": "# B\n\nText.\n\nMore of it, at last.\n"}
    changes = between({"a.md": old} | other[0], {"a.md": new} | other[1], {})
    _, overview = OfflineEngine(phrases=load("en")).write(analyse(changes))
    assert "In several places in `a.md`: " in overview.highlights
    assert "The same in" not in overview.highlights


def test_words_that_changed_on_the_way_to_another_file_are_told_with_both() -> None:
    section = (
        "## Store files\n\nEvery file is kept for thirty days and is deleted on the day after "
        "that.\n\nAsk for {} days on the page of the store, or copy what you need elsewhere.\n\n"
        "- The store is in the house.\n- The house is in the town.\n"
    )
    old = {"a.md": "# A\n\nText.\n\n" + section.format("up to ten more")}
    new = {"a.md": "# A\n\nText.\n", "b.md": "# B\n\nWhat it is.\n\n" + section.format("no more")}
    _, overview = OfflineEngine(phrases=load("en")).write(analyse(between(old, new, {})))
    assert "In `b.md` (text from `a.md`), " in overview.highlights
    titles = [point.text for point in overview.other_updates]
    assert any(title.startswith("In moved text: ") for title in titles)
    assert not any(title.startswith(("Change", "Revise")) for title in titles)
