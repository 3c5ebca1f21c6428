"""What is said of a page that went: its sections, or what it began with."""

from __future__ import annotations

import pytest
from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.engines.offline import OfflineEngine
from diffinsight.languages import available, load


def told(text: str, language: str = "en") -> str:
    changes = between({"a.md": text, "b.md": "# Other\n"}, {"b.md": "# Other\n"}, {})
    return OfflineEngine(phrases=load(language)).write(analyse(changes))[0].files[0].explanation


@pytest.mark.parametrize("language", available())
def test_a_page_that_went_is_told_by_its_sections(language: str) -> None:
    said = told(
        "# Pumps\n\nPumps move water.\n\n## Setup\n\nText.\n\n## Upkeep\n\nText.\n", language
    )
    assert said.index("Setup") < said.index("Upkeep")


def test_a_page_without_sections_is_told_by_what_it_said() -> None:
    assert "it said “Pumps move water from one tank to another.”" in told(
        "# Pumps\n\nPumps move water from one tank to another.\n"
    )
