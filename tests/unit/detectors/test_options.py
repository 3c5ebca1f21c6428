"""Options that a page explains."""

from __future__ import annotations

import pytest
from support.case_folder import between

from diffinsight.detectors import analyse

PAGE = "# Test\n\n```sh\n> npx %s %s a.js\n```\n\n- `%s` runs some tests only\n"


@pytest.mark.parametrize(("program", "renamed"), [("tap", True), ("node --test", False)])
def test_the_option_of_another_program_is_no_new_name(program: str, *, renamed: bool) -> None:
    before, after = PAGE % ("tap", "-O", "-O"), PAGE % (program, "--some", "--some")
    (file,) = analyse(between({"a.md": before}, {"a.md": after}, {})).files
    assert ("option-renamed" in {finding.kind for finding in file.findings}) == renamed


MOVING = (
    "## Mount a disk\n\nAttach a disk of the machine, and read its files from where you like.\n\n"
    "- `--bare`: Attach the disk and leave its files alone.\n"
    "- `--name`: Name of the folder that is made for the disk.\n"
)
OTHER = "# Other\n\nAll that there is to know of something else.\n"


def test_an_option_that_moved_with_its_section_is_neither_gone_nor_new() -> None:
    page = "# Commands\n\nAll commands of the program, by what they are for.\n"
    change_set = between(
        {"a.md": f"{page}\n{MOVING}", "b.md": OTHER},
        {"a.md": page, "b.md": f"{OTHER}\n{MOVING.replace('`--name`', '`--folder`')}"},
        {},
    )
    told = {
        file.change.path: {f.subject for f in file.findings if f.kind.startswith("option-")}
        for file in analyse(change_set).files
    }
    assert told == {"a.md": {"--name"}, "b.md": {"--folder"}}


def test_an_option_of_a_list_that_is_numbered_now_is_still_explained() -> None:
    before = "# A\n\nOptions:\n\n- `--bare`: Leave the files alone.\n- `--name`: Its folder.\n"
    after = before.replace("- `--bare`", "1. `--bare`").replace("- `--name`", "2. `--name`")
    (file,) = analyse(between({"a.md": before}, {"a.md": after}, {})).files
    assert {finding.kind for finding in file.findings} == {"formatting-changed"}
