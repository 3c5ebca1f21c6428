"""Sections that are on another page of the range now."""

from __future__ import annotations

from support.case_folder import between

from diffinsight.detectors import analyse

ONE = "# One\n\nThe first page says something that no other page says.\n"
TWO = "# Two\n\nThe second page has words of its own, too.\n"


def kinds(section: str, other: str) -> set[str]:
    change_set = between(
        {"a.md": f"{ONE}\n{section}", "b.md": TWO}, {"a.md": ONE, "b.md": f"{TWO}\n{other}"}, {}
    )
    return {finding.kind for file in analyse(change_set).files for finding in file.findings}


def test_a_short_section_moved_where_it_is_the_same_to_the_letter() -> None:
    section = "## Help command\n\n```sh\ntool --help all\n```\n\nSee a list of the commands.\n"
    assert kinds(section, section) == {"section-moved"}
    assert "section-moved" not in kinds(section, section.replace("a list", "the names"))


def test_a_section_of_a_few_words_may_be_another_one() -> None:
    section = "## Next steps\n\nSee the commands.\n"
    assert kinds(section, section) == {"heading-added", "heading-removed"}
