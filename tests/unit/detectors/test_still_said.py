"""What others say that came is told as replaced, not as removed."""

from __future__ import annotations

import pytest
from support.case_folder import between, without_texts

from diffinsight.detectors import analyse
from diffinsight.models import Finding

LOGIN = "Sign in to the service with `cheese login`, then run the sample of the team."
STEPS = "1. Sign in with the following command:\n\n    ```shell\n    {}\n    ```\n"


def told(before: str, after: str, *, patch_only: bool = False) -> list[Finding]:
    pages = [f"# A\n\nText.\n\n{part}\n\nThe end of it all.\n" for part in (before, after)]
    change_set = between({"a.md": pages[0]}, {"a.md": pages[1]}, {})
    (file,) = analyse(without_texts(change_set) if patch_only else change_set).files
    return list(file.findings)


@pytest.mark.parametrize("patch_only", [False, True])
def test_a_text_whose_command_is_a_step_now_gave_way_to_it(*, patch_only: bool) -> None:
    findings = told(LOGIN, STEPS.format("cheese login"), patch_only=patch_only)
    (replaced,) = (f for f in findings if f.kind == "passage-replaced")
    assert (replaced.before, replaced.after_lines) == (LOGIN, (5, 9))
    assert "paragraph-removed" not in {f.kind for f in findings}


def test_a_text_in_the_place_of_steps_took_it() -> None:
    findings = told(STEPS.format("cheese login"), LOGIN)
    (replaced,) = (f for f in findings if f.kind == "passage-replaced")
    assert (replaced.after, replaced.before_lines) == (LOGIN, (5, 9))


@pytest.mark.parametrize(
    "other",
    [
        STEPS.format("cheese logout"),
        "1. Wait for a mail:\n\n    ```shell\n    cheese login\n    ```\n",
        "```shell\ncheese login\n```\n",
    ],
)
def test_a_text_that_no_step_says_was_removed(other: str) -> None:
    assert "paragraph-removed" in {f.kind for f in told(LOGIN, other)}
