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


def test_a_section_of_which_another_file_keeps_a_part_is_gone() -> None:
    kept = "This value can be found in the part on keys and endpoints when you look at the lamp."
    gone = " ".join(
        f"Go to the {place} of the lamp, and {verb} what stands there in the {thing}."
        for place, verb, thing in (
            ("resource", "copy", "first field"),
            ("overview", "write down", "last row"),
            ("management", "select", "list below"),
        )
    )
    page = f"{ONE}\n[!INCLUDE [it](b.md)]\n\n## Keys and endpoint\n\n{{}}\n"
    for words, moved in ((gone, False), ("", True)):
        before = {"a.md": page.format(f"{kept}\n\n{words}")}
        after = {"a.md": page.partition("## ")[0], "b.md": f"{kept}\n"}
        files = analyse(between(before, after, {})).files
        told = {finding.kind for file in files for finding in file.findings}
        assert ("section-moved" in told) == moved
