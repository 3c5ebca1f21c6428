"""A new section with others in it is one piece of news over all files."""

from datetime import UTC, datetime

import pytest
from support.case_folder import between

from diffinsight.models import ChangeSet, Config
from diffinsight.run import Wishes, make_report

NOW = datetime(2025, 1, 1, tzinfo=UTC)
TEXT = "A kettle boils up to nine cups of water for a whole house of guests.\n\n"


def highlights(*headings: str, language: str = "en") -> str:
    page = "# Kettles\n\nAll about kettles.\n\n"
    new = page + "".join(f"{heading}\n\n{TEXT}" for heading in headings)
    change_set: ChangeSet = between({"a.md": page}, {"a.md": new}, {})
    wishes = Wishes(language=language)
    return make_report(change_set, config=Config(), wishes=wishes, now=NOW).overview.highlights


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ", with “Lids” and “Spouts” in it"),
        ("ja", "下位の節は「Lids」、「Spouts」"),
        ("zh-Hans", "下级小节\uff1a“Lids”、“Spouts”"),
    ],
)
def test_sections_in_a_new_one_are_told_with_it(language: str, words: str) -> None:
    assert words in highlights("## Parts", "### Lids", "#### Spouts", language=language)


def test_many_are_counted_and_the_largest_named() -> None:
    told = highlights("## Parts", "### Lids", "### Spouts", "### Handles\n\nMore.", "### Feet")
    assert "with 4 more in it, such as “Lids” and “Handles”" in told


def test_sections_beside_it_are_told_one_by_one() -> None:
    assert "3 sections were added" in highlights("## Parts", "### Lids", "## Care")
