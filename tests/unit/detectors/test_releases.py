from __future__ import annotations

import pytest
from support.case_folder import between
from support.told import one, told

from diffinsight.detectors import analyse

LOG = "# Changelog\n\n"
OLD = "## 1.0.0\n\n- The first release of all.\n"


def came(heading: str) -> set[str]:
    new = f"## {heading}\n\n- Jobs can wait for each other.\n\n"
    return {finding.kind for finding in told(LOG + OLD, LOG + new + OLD)}


@pytest.mark.parametrize(
    "heading",
    [
        "1.2.0",
        "v1.2.0-rc.1",
        "[1.2.0] - 2025-01-31",
        "[1.2.0](https://example.com/compare) (2025-01-31)",
        "tool 24.1.0 (January 31st, 2025)",
        "Version 2.1",
        "2025-01-31",
    ],
)
def test_a_version_or_a_date_in_a_change_log_is_a_release(heading: str) -> None:
    assert came(heading) == {"release-added"}


@pytest.mark.parametrize("heading", ["Python", "Step 2", "3 ways to wait", "1.2.0.x and its heirs"])
def test_other_sections_are_none(heading: str) -> None:
    assert came(heading) == {"heading-added"}


def test_the_sections_below_it_are_part_of_it() -> None:
    new = "## 1.1.0\n\n### Added\n\n- One.\n  - A part of it.\n\n### Fixed\n\n- Two.\n- Three.\n\n"
    release = one(told(LOG + OLD, LOG + new + OLD), "release-added")
    assert release.values["entries"] == 3
    assert release.after_lines
    assert release.after_lines[1] == 13  # to the end of the last one


def test_a_file_is_a_change_log_by_its_name_from_a_patch_too() -> None:
    change_set = between({"HISTORY.md": OLD}, {"HISTORY.md": "## 1.1.0\n\n- One.\n\n" + OLD}, {})
    (file,) = analyse(change_set).files
    assert {finding.kind for finding in file.findings} == {"release-added"}


def test_what_a_link_leads_to_is_told_as_a_section() -> None:
    link = "See [the first one](#110).\n\n"
    gone = LOG + link + "## 1.1.0\n\n- One.\n\n" + OLD
    kinds = {finding.kind for finding in told(gone, LOG + link + OLD)}
    assert "heading-removed" in kinds
    assert "release-removed" not in kinds


def test_a_line_that_stays_below_the_last_one_is_no_part_of_it() -> None:
    rest = "\nThat is all of them.\n"
    kinds = {
        finding.kind
        for finding in told(LOG + OLD + "\n## 0.9.0\n\n- It.\n" + rest, LOG + OLD + rest)
    }
    assert "release-removed" in kinds
    assert "heading-removed" not in kinds


@pytest.mark.parametrize(
    ("entries", "impact"),
    [
        ("- Python 3.8 has been dropped.\n", "breaking"),
        ("- **BREAK**: Names are longer.\n", "breaking"),
        ("- Break long names.\n", "notable"),
        ("### Breaking changes\n\n- Names are longer now.\n", "breaking"),
        ("### Added\n\n- Names are longer now.\n", "notable"),
    ],
)
def test_a_release_that_ends_something_breaks(entries: str, impact: str) -> None:
    findings = told(LOG + OLD, f"{LOG}## 1.1.0\n\n{entries}\n{OLD}")
    assert [(finding.kind, finding.impact) for finding in findings] == [("release-added", impact)]
