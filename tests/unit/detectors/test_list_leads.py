"""What leads into a list and turns what its members say."""

from __future__ import annotations

import pytest
from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.engines.offline import OfflineEngine
from diffinsight.languages import load
from diffinsight.models import FileAnalysis


def with_member(lead: str) -> FileAnalysis:
    text = f"# Formats\n\nThe service reads files.\n\n{lead}\n\n- Tables\n- Forms of any kind\n"
    before, after = {"a.md": text.replace("- Forms of any kind\n", "")}, {"a.md": text}
    found = analyse(between(before, after, {}))
    return OfflineEngine(phrases=load("en")).write(found)[0].files[0]


@pytest.mark.parametrize(
    ("lead", "told"),
    [
        ("These are not supported:", True),
        ("It reads pages with the following restrictions:", True),
        ("If the file is too large, one of these has to be left out:", True),
        ("These are supported:", False),
        ("These are not supported.", False),  # it leads into nothing
    ],
)
def test_what_denies_the_members_of_a_list_is_told_with_them(lead: str, told: bool) -> None:  # noqa: FBT001 - a parameter
    file = with_member(lead)
    (came,) = (finding for finding in file.findings if finding.kind == "list-item-added")
    assert came.values.get("led_by") == (lead if told else None)
    assert (f"under “{lead}”" in file.explanation) == told
    assert ("under “" in file.title) == told


@pytest.mark.parametrize(
    ("lead", "told"),
    [
        ("These kinds are supported:", "These kinds are supported:"),
        ("It reads files of many kinds. They are:", "It reads files of many kinds."),
    ],
)
def test_a_member_that_went_is_told_with_what_names_its_list(lead: str, told: str) -> None:
    text = f"# Formats\n\nThe service works.\n\n{lead}\n\n- Tables\n- Forms\n- Notes\n"
    before, after = {"a.md": text}, {"a.md": text.replace("- Forms\n", "")}
    found = analyse(between(before, after, {}))
    (gone,) = found.files[0].findings
    assert gone.values.get("led_by") == told
    assert "turned" not in gone.values
    file = OfflineEngine(phrases=load("en")).write(found)[0].files[0]
    assert f"from the list under “{told}”: “Forms”" in file.explanation


def test_a_member_that_went_with_what_leads_to_its_list_is_told_alone() -> None:
    text = "# Formats\n\nThe service works.\n\n{}\n\n- Tables\n- Notes\n"
    before = {"a.md": text.format("It reads these:").replace("- Notes", "- Forms\n- Notes")}
    found = analyse(between(before, {"a.md": text.format("Other words here.")}, {}))
    gone = (f for f in found.files[0].findings if f.kind == "list-item-removed")
    assert all("led_by" not in finding.values for finding in gone)
