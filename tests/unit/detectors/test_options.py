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
