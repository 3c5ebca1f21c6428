"""Code and the text that leads into it are told as gone or new only where they are."""

from __future__ import annotations

import pytest
from support.case_folder import between, without_texts

from diffinsight.detectors import analyse
from diffinsight.models import Finding

OLD = "1. Add the package of names.\n\n    ```dotnetcli\n    dotnet add package Identity\n    ```\n"
NEW = (
    "1. For keyless authentication, which is recommended, install the package with:\n\n"
    "    ```console\n    dotnet add package Identity\n    ```\n"
)
ROLE = "1. Assign the role of a user to your account, under access control in the portal.\n"


def told(before: str, after: str, *, patch_only: bool = False) -> list[Finding]:
    change_set = between({"a.md": before}, {"a.md": after}, {})
    (file,) = analyse(without_texts(change_set) if patch_only else change_set).files
    return list(file.findings)


@pytest.mark.parametrize("patch_only", [False, True])
def test_the_step_before_the_same_code_in_another_section_changed(*, patch_only: bool) -> None:
    before = f"# A\n\nText of the page.\n\n## Authenticate\n\n{ROLE}{OLD}\n## Last\n\nThe end.\n"
    after = (
        f"# A\n\nText of the page.\n\n## Set up\n\n1. Make a folder.\n{NEW}\n## Last\n\nThe end.\n"
    )
    findings = told(before, after, patch_only=patch_only)
    changed = {finding.before for finding in findings if finding.kind == "step-changed"}
    assert "Add the package of names." in changed
    assert {"code-removed", "code-added"}.isdisjoint(finding.kind for finding in findings)


def test_a_step_about_something_else_is_another_step() -> None:
    before = f"# A\n\nText.\n\n## Authenticate\n\n{OLD}\n## Last\n\nThe end.\n"
    other = NEW.replace("install the package with", "run this")
    after = f"# A\n\nText.\n\n## Set up\n\n{other}\n## Last\n\nThe end.\n"
    assert "step-changed" not in {finding.kind for finding in told(before, after)}


def test_what_went_with_a_section_below_what_moved_is_told_with_it() -> None:
    moved = "The portal shows the size of each disk in the list of all resources of a group."
    rest = "Prices of disks depend on the region."
    before = f"# A\n\nText.\n\n## Disks\n\nBuy disks.\n\n{moved}\n\n{rest}\n\n## Last\n\nThe end.\n"
    after = f"# A\n\nText.\n\n## Last\n\nThe end.\n\n{moved}\n"
    kinds = {finding.kind: finding for finding in told(before, after)}
    assert set(kinds) == {"heading-removed", "content-moved"}
    assert kinds["heading-removed"].values["paragraphs"] == 2
