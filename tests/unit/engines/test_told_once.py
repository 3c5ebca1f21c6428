"""One change in several places of a page, and what each of its words is told by."""

from __future__ import annotations

import pytest
from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.engines.offline import OfflineEngine
from diffinsight.languages import available, load
from diffinsight.models import FileAnalysis, Overview

SETTINGS = "# Settings\n\n## Main\n\n| key | value | notes |\n| --- | --- | --- |\n{}\n\n{}\n"
ROW = "| {} | bool | Turns the {} of the tool on or off. |"


def write(before: str, after: str, language: str = "en") -> tuple[FileAnalysis, Overview]:
    written, overview = OfflineEngine(phrases=load(language)).write(
        analyse(between({"a.md": before}, {"a.md": after}, {}))
    )
    return written.files[0], overview


@pytest.mark.parametrize("language", available())
def test_a_footnote_of_several_new_rows_is_told_once(language: str) -> None:
    note = "\\* Only available to those who take part in the program."
    rows = [ROW.format(f"{name}*", name) for name in ("lampColor", "lampShade", "lampOrder")]
    old = ROW.format("oldOne", "light")
    before = SETTINGS.format(old, note)
    said = write(before, SETTINGS.format("\n".join((old, *rows)), note), language)[0].explanation
    assert said.count("those who take part in the program") == 1
    assert "Turns the lampShade of the tool" in said


@pytest.mark.parametrize("language", available())
def test_a_title_counts_the_rows_of_which_it_names_one(language: str) -> None:
    before = SETTINGS.format("| small | 15 M | x |\n| large | 1 M | y |", "End.")
    after = before.replace("15 M", "30 M").replace(" 1 M", " 5 M")
    assert "2" in write(before, after, language)[0].title


def test_a_title_names_the_column_of_a_row_that_is_found_by_a_number() -> None:
    before = SETTINGS.format("| 2024-10-21 | first-preview | x |", "End.")
    title = write(before, before.replace("first-preview", "second-preview"))[0].title
    assert title == "Change “value” in a table: “first-preview” → “second-preview”"


def test_a_new_name_in_text_steps_and_code_is_one_matter() -> None:
    page = (
        "# Page\n\nThe call takes a `{0}` parameter for the zone of the server.\n\n"
        '```json\n{{"{0}": "a1b2"}}\n```\n\n1. Open the page.\n1. Paste the zone in "{0}" there.\n'
    )
    overview = write(page.format("resourceRegion"), page.format("zonePrefix"))[1]
    named = [point.text for point in overview.other_updates if "zonePrefix" in point.text]
    assert named == ["Change “resourceRegion” to “zonePrefix” in “Page” (`a.md`)"]


def test_a_name_in_code_marks_is_told_without_the_words_beside_it() -> None:
    page = "# Page\n\nThe `big-voice-preview` model speaks to those who call it from a phone.\n"
    said = write(page, page.replace("big-voice", "big-small-voice"))[0].explanation
    assert "`big-voice-preview` became `big-small-voice-preview`" in said


def test_a_note_in_a_new_section_is_no_matter_of_its_own() -> None:
    section = (
        "\n## Sign in\n\nThere are several ways to sign in to the service from your own code.\n\n"
        "> [!IMPORTANT]\n> You must sign in with an identity, to keep keys out of your code.\n"
    )
    file, overview = write("# Page\n\nText.\n", "# Page\n\nText.\n" + section)
    assert file.title == "Add section “Sign in”"
    assert not [point for point in overview.other_updates if "note" in point.text]


def test_the_rest_of_a_note_that_announces_an_end_is_told_as_its_rest() -> None:
    note = (
        "\n> [!IMPORTANT]\n> The old reader of images will be retired in June 2026. If you rely on "
        "it, the upgrade of the model is a breaking change.\n"
    )
    said = write("# Page\n\nText.\n", "# Page\n\nText.\n" + note)[0].explanation
    assert "also says: “If you rely on it" in said
    assert "New important note" not in said


def test_another_sentence_in_the_place_of_one_is_not_told_as_added() -> None:
    before = "# Page\n\nBuild cutting-edge, market-ready lamps for your house with our tools.\n"
    after = "# Page\n\nSafely design, customize, and manage lights at scale.\n"
    assert not write(before, after)[0].title.startswith("Add “Safely")


def test_texts_one_below_the_other_are_one_matter() -> None:
    rules = "You must {0} it.\n\nYou have to {0} it again.\n\nYou need to {0} it once more.\n"
    before = "# Kettle\n\nText that stays.\n\nMore that stays, too.\n"
    after = f"{before}\n{rules.format('fill')}"
    assert len(write(before, after)[1].other_updates) == 1
    apart = before.replace("\n\nMore", "\n\nYou must heat it.\n\nMore")
    assert len(write(before, apart + "\nYou have to fill it.\n")[1].other_updates) == 2


def test_a_new_text_with_the_words_of_a_changed_one_is_not_quoted_whole() -> None:
    now = "This option takes the shared `TypeOrValueSpecifier` format."
    before = "### `calls`\n\nThis option takes the same array format as `promises`.\n"
    items = "- A type of some file\n- A type of some library\n- A type of some package\n"
    said = write(before, f"{items}\n{now}\n\n### `calls`\n\n{now}\n")[0].explanation
    assert said.count(f"“{now}”") == 1
    assert "3 list items were added" in said


@pytest.mark.parametrize("language", available())
def test_steps_that_went_are_one_point_whatever_each_said(language: str) -> None:
    steps = (
        "1. Two indexers are created in the storage account, with a limit of 1,024 tokens.\n"
        "2. Data is read in chunks of at most 512 tokens; you must set the encoding first.\n"
        "3. The data is loaded from the container.\n\n"
    )
    before = f"# Page\n\nText.\n\n## How\n\n{steps}## End\n\nMore words.\n"
    (point,) = write(before, before.replace(steps, ""), language)[1].other_updates
    assert "3" in point.text


@pytest.mark.parametrize("language", available())
def test_sections_that_went_are_counted_together(language: str) -> None:
    sections = (
        f"## Limits\n\n{'The folder holds the files of the team and of its guests. ' * 12}\n\n",
        "## News\n\nRead what the team has to say.\n\n",
        "## Help\n\nAsk the others about it.\n\n",
    )
    before = f"# Page\n\nText.\n\n{''.join(sections)}## End\n\nMore words.\n"
    overview = write(before, before.replace("".join(sections), ""), language)[1]
    assert "3" in overview.highlights
    assert all(name in overview.highlights for name in ("Limits", "News", "Help"))


def test_the_same_tab_of_two_files_is_one_point_though_one_of_them_lost_others() -> None:
    before = "# A\n\nWhat is said here.\n\n# [One](#tab/one)\n\nThis is the first one of them.\n"
    two = "\n# [Two](#tab/two)\n\nThis is another one, which is for other systems.\n\n---\n"
    gone = "\n# [Three](#tab/three)\n\nSomething else for the third one.\n"
    pages = {"a.md": f"{before}\n---\n", "b.md": f"{before}{gone}\n---\n"}
    analysis = analyse(between(pages, {"a.md": before + two, "b.md": before + two}, {}))
    told = OfflineEngine(phrases=load("en")).write(analysis)[1]
    points = [p.text for p in (*told.new_features, *told.other_updates) if "Two" in p.text]
    assert len(points) == 1
    assert "`a.md` and `b.md`" in points[0]


@pytest.mark.parametrize("language", available())
def test_changes_of_a_text_that_are_not_quoted_are_counted(language: str) -> None:
    gone = (
        "To use this command, you have to run a recent build of the system.",
        "To see which build you have, press two keys and read the number there.",
        "You can get another build in the settings of the device or by hand.",
        "Some devices have had it from the start, though nobody has told them so.",
    )
    kept = "If you prefer another tool, see the page about those that we know of."
    page = "# A\n\n{}\n"
    pages = {"a.md": page.format(" ".join((*gone, kept)))}, {"a.md": page.format(kept)}
    analysis = analyse(between(*pages, {}))
    (told,) = OfflineEngine(phrases=load(language)).write(analysis)[0].files
    shown = sum(sentence.rstrip(".") in told.explanation for sentence in gone)
    assert 0 < shown < len(gone)
    left = load(language).say("edit.more", count=len(gone) - shown)
    assert left in told.explanation


@pytest.mark.parametrize("language", available())
def test_a_slip_that_was_mended_beside_a_weightier_change_is_counted(language: str) -> None:
    old = "Open the pallette of commands now. You can use the old menu for that, too."
    new = "Open the palette of commands now. You must not use the old menu for that."
    page = "# A\n\n1. {}\n\n2. Close it.\n"
    file = write(page.format(old), page.format(new), language)[0]
    assert load(language).say("edit.more", count=1) in file.explanation
