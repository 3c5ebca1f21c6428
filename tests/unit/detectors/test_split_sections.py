"""Sections that became two."""

from __future__ import annotations

import pytest
from support.told import one, told

WORDS = "An indexer runs in an environment that somebody manages for you, day and night."
COMMANDS = "```console\nbox save <name> <file>\n```\n\n```console\nbox load <file>\n```\n"
SPLIT = COMMANDS.replace("```\n\n", "```\n\n## Load a system\n\n")


@pytest.mark.parametrize("patch_only", [False, True])
def test_a_section_that_became_two_is_split(*, patch_only: bool) -> None:
    before = f"# A\n\nText.\n\n## Save and load a system\n\n{COMMANDS}"
    after = f"# A\n\nText.\n\n## Save a system\n\n{SPLIT}"
    findings = told(before, after, patch_only=patch_only)
    split = one(findings, "section-split")
    assert split.before == "Save and load a system"
    assert split.values["halves"] == ("Save a system", "Load a system")
    assert one(findings, "heading-renamed").before == split.before
    assert "heading-added" not in {finding.kind for finding in findings}


def test_a_section_with_a_word_of_a_new_name_and_none_of_its_text_is_new() -> None:
    before = f"# A\n\nText.\n\n## Save and load a system\n\n{WORDS}\n"
    after = f"# A\n\nText.\n\n## Save a system\n\n{WORDS}\n\n## Load a system\n\nLater.\n"
    assert one(told(before, after), "heading-added").subject == "Load a system"


def test_a_section_beside_one_that_kept_its_name_is_new() -> None:
    before = f"# A\n\nText.\n\n## Save and load a system\n\n{COMMANDS}"
    after = before.replace("```\n\n", "```\n\n## Load a system\n\n")
    assert "section-split" not in {finding.kind for finding in told(before, after)}


def test_a_section_that_stands_twice_under_a_new_name_is_split() -> None:
    end = "\n\n## End\n\nText.\n"
    before = f"# A\n\nText.\n\n## Data extraction\n\n{WORDS}{end}"
    twice = f"## Extract data\n\n{WORDS}\n\n## Extract data\n\n{WORDS} Always."
    after = f"# A\n\nText.\n\n{twice}{end}"
    assert one(told(before, after), "section-split").values["halves"] == ("Extract data",) * 2


def test_a_name_without_its_version_is_a_new_name_though_another_section_has_it() -> None:
    limits = "## Input limits{}\n\nPages of version {} have a limit.\n\n"
    before = f"# A\n\n{limits.format(' (v4)', 4)}## Rest\n\nText.\n\n{limits.format('', 3)}"
    after = f"# A\n\n{limits.format('', 4)}## Rest\n\nText.\n\n## Guide\n\nOther text.\n"
    renamed = [f for f in told(before, after) if f.kind == "heading-renamed"]
    assert ("Input limits (v4)", "Input limits") in {(f.before, f.after) for f in renamed}
