"""A page that is about something else now is told by its new title first."""

from __future__ import annotations

from datetime import UTC, datetime

from support.case_folder import between

from diffinsight.models import Config
from diffinsight.run import Wishes, make_report

NOW = datetime(2025, 1, 1, tzinfo=UTC)
LONG = "Fill the vessel with fresh water, wait until it boils, and pour it over the leaves. " * 4
OTHER = "Grind the beans, put them into the filter, and let hot water run through it slowly. " * 4
PAGE = "# {title}\n\nAbout drinks.\n\n## {first}\n\n{text}\n\n## Care\n\nWash it.\n"


def title(before: str, after: str) -> str:
    old = PAGE.format(title=before, first="Kettles and pots", text=LONG)
    new = PAGE.format(title=after, first="Filters", text=OTHER)
    change_set = between({"a.md": old}, {"a.md": new}, {})
    report = make_report(change_set, config=Config(), wishes=Wishes(), now=NOW)
    return report.files[0].title


def test_a_page_with_another_title_and_other_sections_is_told_by_its_title() -> None:
    told = title("Make green tea with a kettle", "Make coffee with a filter")
    assert told.startswith("Change the page heading to “Make coffee")


def test_a_page_with_one_other_word_in_its_title_is_told_by_its_sections() -> None:
    assert "Filters" in title("Make tea at home", "Make coffee at home")
