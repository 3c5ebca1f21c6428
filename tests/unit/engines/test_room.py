"""Quotations are as long as there is room for them."""

from __future__ import annotations

from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.engines.explaining.explanations import LEAST_LAST
from diffinsight.engines.offline import OfflineEngine
from diffinsight.engines.quoting.contrasting import contrast
from diffinsight.languages import load
from diffinsight.models import FileAnalysis, Overview

OLD = "> [!NOTE]\n> To use the lamp, install the driver by the method for {} of the house.\n"
NEW = (
    "> [!NOTE]\n> This step is only for houses of version {} and higher, as that is the first "
    "one where the lamp that this page is about can be switched on at all.\n"
)
END = "switched on at all."


def note() -> tuple[tuple[FileAnalysis, ...], Overview]:
    """What is written about a page of which a note changed."""
    before, after = ({"p.md": f"# Page\n\n{side.format(7)}"} for side in (OLD, NEW))
    engine = OfflineEngine(phrases=load("en"))
    written, overview = engine.write(analyse(between(before, after, {})))
    return written.files, overview


def test_a_lone_text_is_quoted_to_its_end() -> None:
    (file,), overview = note()
    assert END in file.explanation
    assert END in overview.summary
    assert END in overview.highlights


def test_a_section_keeps_its_whole_name_where_little_else_is_told() -> None:
    name = "How to clean the lamp above the table of the kitchen, where it hangs, without a ladder"
    old = f"# Page\n\n## {name} or a chair\n\nText.\n"
    new = f"# Page\n\n## {name} or a stool\n\nText.\n"
    assert f"{name} or a stool" in explained(old, new)
    rules = (f"## Lamp {n}\n\nThe lamp {n} must be {'most ' * 30}clean.\n\n" for n in range(6))
    assert f"{name} or a stool" not in explained(old, new + "\n" + "".join(rules))


def test_much_is_told_in_paragraphs() -> None:
    rooms = ("kitchen", "hall", "study", "attic", "cellar", "porch")
    page = "# Page\n\n" + "".join(f"## The {room}\n\nIt is lit.\n\n" for room in rooms)
    few, many = page, page
    for number, room in enumerate(rooms):
        rule = f"The lamp of the {room} must be as clean as that of any other room of the house, "
        rule += (
            f"and nobody may touch it before he has read page {number} of all that is said here."
        )
        few = few if number else few.replace(f"The {room}\n\n", f"The {room}\n\n{rule}\n\n")
        many = many.replace(f"The {room}\n\n", f"The {room}\n\n{rule}\n\n")
    assert "\n" not in explained(page, few)
    paragraphs = explained(page, many).split("\n\n")
    assert len(paragraphs) > 1
    assert min(map(len, paragraphs)) >= LEAST_LAST


def explained(before: str, after: str) -> str:
    engine = OfflineEngine(phrases=load("en"))
    written, _ = engine.write(analyse(between({"p.md": before}, {"p.md": after}, {})))
    return written.files[0].explanation


def test_one_word_of_a_long_text_is_told_with_the_words_around_it() -> None:
    text = "Cleans the lamp on its own after some idle time. Set it to `soft` for a slow clean, and"
    before = f"{text} to `drop` for an instant clean of everything that the lamp has gathered."
    told = contrast(before, before.replace("`drop`", "`dropOff`"), 180)
    assert [("`drop`" in told[0], "`dropOff`" in told[1])] == [(True, True)]
    assert max(map(len, told)) < 60
    assert contrast(before[:96], before[:96].replace("slow", "fast"), 180)[0] == before[:96]


def test_a_title_names_the_end_of_a_name_that_others_begin_like() -> None:
    name = "## Adding your {} to `lamp --install` for your {} or {}group\n\nText of it.\n\n"
    alone = [name.format("distro", "firm", ""), name.format("distribution", "firm", "other ")]
    other = "## Adding your distribution to `lamp --install` for all users\n\nText.\n\n"
    among = [side + other for side in alone]
    assert "“Adding your distribution…”" in titled(alone)
    assert "your firm or group”" in titled(among)
    assert "other group”" in titled(among)


def titled(sides: list[str]) -> str:
    before, after = ({"p.md": f"# Page\n\n{side}"} for side in sides)
    engine = OfflineEngine(phrases=load("en"))
    written, _ = engine.write(analyse(between(before, after, {})))
    return written.files[0].title
