"""Text that left a page for a file that is new in the range."""

from __future__ import annotations

from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.models import Finding

BUILD = "1. Build the program with this command:\n\n    ```console\n    tsc\n    ```\n"
COPY = "1. Copy the sources to a folder of your own.\n"
REST = "# A\n\nText of the page.\n\n## Run\n\n1. Run what you have got so far.\n"


def told(more: str) -> list[Finding]:
    before = {"a.md": REST.replace("1. Run", f"{COPY}\n{BUILD}\n1. Run")}
    after = {"a.md": REST} | ({"b.md": f"# B\n\n{more}"} if more else {})
    files = analyse(between(before, after, {})).files
    return [finding for file in files if file.change.path == "a.md" for finding in file.findings]


def test_text_in_a_new_file_moved_there_with_its_code() -> None:
    findings = told(f"{COPY}\n{BUILD}")
    assert [(f.kind, f.values["block"], f.values["path"]) for f in findings] == [
        ("content-moved", block, "b.md") for block in ("step", "step", "code")
    ]


def test_one_text_in_a_new_file_may_be_there_by_accident() -> None:
    assert "content-moved" not in {finding.kind for finding in told(COPY)}


def test_text_in_no_other_file_is_removed() -> None:
    assert "step-removed" in {finding.kind for finding in told("")}
