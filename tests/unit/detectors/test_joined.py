"""Text that was split, or merged with its neighbour, is neither removed nor added."""

from __future__ import annotations

import pytest
from support.case_folder import between, without_texts

from diffinsight.detectors import analyse
from diffinsight.models import Finding

ONE = "Before you can assign roles for access, enable them for the service."
TWO = "Roles for administration are built in and can't be switched off."


def told(before: str, after: str, *, patch_only: bool = False) -> list[Finding]:
    change_set = between({"a.md": before}, {"a.md": after}, {})
    (file,) = analyse(without_texts(change_set) if patch_only else change_set).files
    return list(file.findings)


@pytest.mark.parametrize("patch_only", [False, True])
def test_two_paragraphs_that_became_one(*, patch_only: bool) -> None:
    before = f"# A\n\n{ONE}\n\n{TWO}\n\nThe end of it all.\n"
    after = f"# A\n\n{ONE.replace('enable', 'switch on')} {TWO}\n\nThe end of it all.\n"
    (changed,) = told(before, after, patch_only=patch_only)
    assert (changed.kind, changed.before_lines) == ("paragraph-changed", (3, 5))
    assert changed.before is not None
    assert TWO in changed.before
    assert changed.values["words_removed"] == 1


@pytest.mark.parametrize("patch_only", [False, True])
def test_a_paragraph_that_a_blank_line_split(*, patch_only: bool) -> None:
    before, after = f"# A\n\n{ONE}\n{TWO}\n\nThe end.\n", f"# A\n\n{ONE}\n\n{TWO}\n\nThe end.\n"
    assert {finding.impact for finding in told(before, after, patch_only=patch_only)} == {"noise"}


def test_text_of_another_section_moved() -> None:
    before = f"# A\n\n{ONE}\n\n## B\n\nSome words of B.\n\n{TWO}\n"
    after = f"# A\n\n{ONE} {TWO}\n\n## B\n\nSome words of B.\n"
    (moved,) = (f for f in told(before, after) if f.impact != "noise")
    assert (moved.kind, moved.before_lines, moved.after_lines) == ("content-moved", (8, 9), (3, 3))


LEAD = "Here's a command that adds a proxy for port 4000 of the host, connects it with the machine."
LIST = """Here's a command that:

- Adds a proxy for port 4000 of the host.
- Connects it with the machine."""


@pytest.mark.parametrize("patch_only", [False, True])
@pytest.mark.parametrize("swap", [False, True])
def test_a_paragraph_that_became_a_lead_and_a_list_changed(*, swap: bool, patch_only: bool) -> None:
    pages = [f"# A\n\nText.\n\n{part}\n\nThe end of it all.\n" for part in (LEAD, LIST)]
    before, after = reversed(pages) if swap else pages
    (changed,) = told(before, after, patch_only=patch_only)
    assert changed.kind == "paragraph-changed"


def test_no_text_is_put_together_across_another_one() -> None:
    step = "1. Have the newest version. (To get it, run `get it` or ask the team for the version.)"
    new = "1. Have the newest version:\n\n    - see the wall of the office for its number;\n"
    new += "    - to get it, run `get it` or ask the team for the version."
    for finding in told(f"# A\n\n{step}\n\nEnd.\n", f"# A\n\n{new}\n\nEnd.\n"):
        assert "version: to get" not in (finding.after or "")


def test_a_list_with_other_words_is_new() -> None:
    other = "Use this tool:\n\n- Call it with your name.\n- Wait until it has a port."
    kinds = {f.kind for f in told(f"# A\n\n{LEAD}\n\nEnd.\n", f"# A\n\n{other}\n\nEnd.\n")}
    assert "list-item-added" in kinds


def test_a_step_that_became_two_below_its_image_did_not_move() -> None:
    first, second = "Leave the editor with the keys that it shows.", "Then close it all for good."
    image = "![Screen](a.png)"
    before = f"# A\n\n1. Go.\n\n2. {first} {second}\n\n{image}\n\nThe end of it.\n"
    after = f"# A\n\n1. Go.\n\n    {image}\n\n2. {first}\n\n3. {second}\n\nThe end of it.\n"
    moved = [finding for finding in told(before, after) if finding.kind == "content-moved"]
    assert [finding.values.get("thing") for finding in moved] == ["picture"]
