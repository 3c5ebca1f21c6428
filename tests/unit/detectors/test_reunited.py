"""Short texts in each other's place; zones and includes that are elsewhere now."""

from __future__ import annotations

import pytest
from support.case_folder import between, without_texts

from diffinsight.detectors import analyse
from diffinsight.models import Finding


def told(before: str, after: str, *, patch_only: bool = False) -> list[Finding]:
    change_set = between({"a.md": before}, {"a.md": after}, {})
    (file,) = analyse(without_texts(change_set) if patch_only else change_set).files
    return list(file.findings)


@pytest.mark.parametrize("patch_only", [False, True])
@pytest.mark.parametrize(
    ("was", "now"),
    [("Phones", "Phones of all the people who live in a country"), ("PhoneNumber", "Phone")],
)
def test_a_short_text_in_the_place_of_another_is_a_change(
    was: str, now: str, *, patch_only: bool
) -> None:
    page = "# A\n\n**Supported**\n\n{}\n\nThe text goes on here.\n"
    (changed,) = told(page.format(was), page.format(now), patch_only=patch_only)
    assert (changed.kind, changed.before, changed.after) == ("paragraph-changed", was, now)


def test_an_item_that_the_text_in_its_place_holds_is_not_removed() -> None:
    page = "# A\n\n{}\n\nThe text goes on here.\n"
    (changed,) = told(page.format("- `2024-10-01`"), page.format("First added in `2024-10-01`"))
    assert (changed.kind, changed.before) == ("paragraph-changed", "`2024-10-01`")


def test_other_sentences_in_the_same_place_stay_two() -> None:
    page = "# A\n\n{}\n\nThe text goes on here.\n"
    was, now = "Cats sleep all day and night.", "Rockets burn very much fuel indeed."
    findings = told(page.format(was), page.format(now))
    assert sorted(f.kind for f in findings) == ["paragraph-added", "paragraph-removed"]


def test_a_zone_that_is_elsewhere_was_neither_added_nor_removed() -> None:
    one, two, three = (
        f'::: zone pivot="{name}"\n\n[!INCLUDE [{name} start](includes/{name}.md)]\n\n'
        "::: zone-end\n\n"
        for name in ("one", "two", "three")
    )
    middle = "Some text that stays between the zones.\n\n"
    relabelled = three.replace("three start", "the third")
    findings = told(f"# A\n\n{one}{middle}{two}{three}", f"# A\n\n{relabelled}{one}{middle}{two}")
    told_of = {(f.kind, f.subject) for f in findings if f.impact != "noise"}
    assert told_of == {("content-moved", "the third"), ("content-moved", "three")}


def test_a_note_with_other_words_is_another_note_in_its_place() -> None:
    page = "# A\n\n> [!TIP]\n> {}\n\nThe text goes on here.\n"
    was, now = "Cats sleep all day and night.", "Rockets burn very much fuel indeed."
    findings = told(page.format(was), page.format(now))
    assert [(f.kind, f.values.get("replaced")) for f in findings] == [("note-changed", True)]
    assert [f.kind for f in told(page.format(was), page.format("Cats sleep all the day."))] == [
        "paragraph-changed"
    ]


def test_a_zone_below_headings_that_went_is_told_as_moved() -> None:
    zone = '::: zone pivot="rest"\n\nCall it with any client you like to use.\n\n::: zone-end\n'
    before = f"# A\n\nText.\n\n## Set up\n\nThe old words of it.\n\n{zone}\n## End\n\nBye.\n"
    after = f"# A\n\nText.\n\n{zone.replace('any client', 'a client')}\n## End\n\nBye.\n"
    assert "text-changed" not in {finding.kind for finding in told(before, after)}
