"""Spaces around `=` in code: form where they mean nothing."""

from __future__ import annotations

import pytest
from support.case_folder import between

from diffinsight.detectors import analyse

SPACED = "{head}# on or off\nenabled = true\nroot = /mnt/ # = here\n"
TIGHT = "{head}# on or off\nenabled=true\nroot=/mnt/ # = here\n"


def kinds_of(language: str, before: str, after: str) -> set[str]:
    page = f"# Page\n\nSet it:\n\n```{language}\n%s```\n"
    (file,) = analyse(between({"a.md": page % before}, {"a.md": page % after}, {})).files
    return {finding.kind for finding in file.findings}


@pytest.mark.parametrize(("language", "head"), [("ini", ""), ("bash", "[mount]\n"), ("python", "")])
def test_spaces_around_the_mark_of_a_setting_are_form(language: str, head: str) -> None:
    before, after = (text.format(head=head) for text in (SPACED, TIGHT))
    assert kinds_of(language, before, after) == {"formatting-changed"}
    assert kinds_of(language, after, before) == {"formatting-changed"}


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("bash", "enabled = true\n", "enabled=true\n"),  # a shell runs the first
        ("python", "a = 1\n", "a == 1\n"),
        ("ini", "a = 1\n", "a=2\n"),
    ],
)
def test_other_code_is_other_code(language: str, before: str, after: str) -> None:
    assert kinds_of(language, before, after) == {"code-changed"}
