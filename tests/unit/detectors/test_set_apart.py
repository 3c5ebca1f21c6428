"""Code that left its sentence for a block below it, and entries that were named further."""

from __future__ import annotations

import pytest
from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.models import Finding

SENTENCE = "1. Find the address by running this command:"


def told(before: str, after: str) -> list[Finding]:
    (file,) = analyse(between({"a.md": before}, {"a.md": after}, {})).files
    return list(file.findings)


@pytest.mark.parametrize("swap", [False, True])
@pytest.mark.parametrize("stray", ["", "`"])
def test_code_that_left_its_sentence_is_neither_gone_nor_new(*, swap: bool, stray: str) -> None:
    pages = (
        f"Text.\n\n{SENTENCE} `docker ps --all`\n2. Connect.\n",
        f"Text.\n\n{SENTENCE}\n```bash\ndocker ps --all{stray}\n```\n2. Connect.\n",
    )
    before, after = reversed(pages) if swap else pages
    found = told(before, after)
    assert {finding.kind for finding in found} <= {"formatting-changed", "whitespace-changed"}
    (thing,) = (f.values.get("thing") for f in found if f.kind == "formatting-changed")
    # A mark that is in the code now is there for readers to copy.
    assert thing == (None if swap else "mark-left" if stray else "set-apart")


def test_other_code_below_a_sentence_is_new() -> None:
    before = f"Text.\n\n{SENTENCE} `ip route show`\n2. Connect.\n"
    after = f"Text.\n\n{SENTENCE}\n```bash\nip address\n```\n2. Connect.\n"
    assert {"step-changed", "code-added"} <= {finding.kind for finding in told(before, after)}


def test_an_entry_with_a_longer_name_is_the_one_it_was() -> None:
    before = "Types:\n\n- Standard\n- Reserved\n\nEnd.\n"
    new = "- Global standard\n- Reserved-managed\n- Global reserved-managed\n"
    after = f"Types:\n\n- Standard\n{new}\nEnd.\n"
    (changed,) = (f for f in told(before, after) if f.kind == "list-item-changed")
    assert (changed.before, changed.after) == ("Reserved", "Reserved-managed")


def test_an_entry_that_two_could_be_is_gone() -> None:
    before = "Types:\n\n- Standard\n- Reserved\n\nEnd.\n"
    after = "Types:\n\n- Standard\n- Reserved-one\n- Reserved-all\n\nEnd.\n"
    assert "list-item-changed" not in {finding.kind for finding in told(before, after)}


@pytest.mark.parametrize(("rest", "link"), [("See [Regions](a.md).", "Regions"), ("Ask.", None)])
def test_a_list_is_told_with_the_link_that_took_its_place(rest: str, link: str | None) -> None:
    old = f"Text.\n\n- It works with hubs in these regions:\n\n  * East\n  * West\n\n  {rest}\n"
    new = f"Text.\n\n- It works with hubs in specific regions. {rest}\n"
    gone = [f for f in told(old, new) if f.kind == "list-item-removed"]
    assert [finding.before for finding in gone] == ["East", "West"]
    assert [finding.values.get("instead") for finding in gone] == [link, link]


def test_a_text_that_stood_in_a_cell_is_not_another_one_in_other_words() -> None:
    said = "For details of models that are available for tuning, see the table of models."
    table = f"| A | B |\n|---|---|\n| Models | {said} |\n| Others | East |\n\n"
    old = f"Text.\n\n{table}This table has details of models that support tuning.\n\nEnd.\n"
    found = told(old, f"Text.\n\n{said}\n\nEnd.\n")
    assert "paragraph-removed" in {finding.kind for finding in found}
    assert not {"paragraph-changed", "paragraph-added"} & {finding.kind for finding in found}


def test_lone_code_that_is_a_block_now_is_neither_gone_nor_new() -> None:
    before = (
        "- Remove them.\n\n  ```hnsdiag.exe delete all```\n- Go on.\n\n  `Restart-Service hns`\n"
    )
    after = (
        "- Remove them.\n\n  ```powershell\n  hnsdiag.exe delete all\n  ```\n\n"
        "- Go on.\n\n  ```powershell\n  Restart-Service hns\n  ```\n"
    )
    found = told(f"Text.\n\n{before}", f"Text.\n\n{after}")
    assert [f.values.get("thing") for f in found] == ["set-apart", "set-apart"]


def test_a_text_in_which_other_words_are_set_as_code_is_the_same() -> None:
    said = "AllowInbound: False{} means that no inbound rules will be applied."
    old = f"Text.\n\n## One\n\n`{said.format('')}`\n\nA line.\n\n## Two\n\nAnother line.\n"
    new = f"Text.\n\n## One\n\nA line.\n\n## Two\n\n`{said.format('`')}\n\nAnother line.\n"
    assert not {"paragraph-added", "paragraph-removed"} & {f.kind for f in told(old, new)}
