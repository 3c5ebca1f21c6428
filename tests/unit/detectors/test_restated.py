"""What stands in another text now, in much the same words, is neither removed nor added."""

from __future__ import annotations

import pytest
from support.case_folder import between, without_texts

from diffinsight.detectors import analyse
from diffinsight.models import Finding

GROW = "To grow a disk beyond its default maximum of 1 TB, the service has the `resize` command."
GROWS = "To grow a disk beyond its default maximum of 1 TB, use the `resize` command or the portal."
STOP = "Stop all machines that use the disk before you begin with any of these steps."
STEPS = "The portal shows the size of each disk in the list of resources of a group."
OTHER = "Prices of disks depend on the region, and on the number of reads and writes."


def told(before: str, after: str, *, patch_only: bool = False) -> list[Finding]:
    change_set = between({"a.md": before}, {"a.md": after}, {})
    (file,) = analyse(without_texts(change_set) if patch_only else change_set).files
    return [finding for finding in file.findings if finding.impact != "noise"]


def kinds(before: str, after: str, *, patch_only: bool = False) -> set[str]:
    return {finding.kind for finding in told(before, after, patch_only=patch_only)}


def test_a_short_text_moved_where_it_stands_word_for_word() -> None:
    short, end = "Look up which disks you have.", "The end of it all."
    before = f"# A\n\n{STEPS}\n\n## B\n\n{OTHER}\n\n{short}\n\n{end}\n"
    for words, gone in ((short, False), ("Look up your disks.", True)):
        after = f"# A\n\n{STEPS} {words}\n\n## B\n\n{OTHER}\n\n{end}\n"
        assert ("paragraph-removed" in kinds(before, after)) == gone


@pytest.mark.parametrize("patch_only", [False, True])
@pytest.mark.parametrize("swap", [False, True])
def test_a_sentence_that_became_a_paragraph_above_changed(*, swap: bool, patch_only: bool) -> None:
    pages = (
        f"# A\n\nText of the page.\n\n## B\n\n{STOP} {GROW}\n",
        f"# A\n\nText of the page.\n\n{GROWS}\n\n## B\n\n{STOP}\n",
    )
    before, after = reversed(pages) if swap else pages
    findings = told(before, after, patch_only=patch_only)
    assert {f.kind for f in findings} <= {"content-moved", "paragraph-changed"}
    (changed,) = (f for f in findings if f.kind == "paragraph-changed")
    assert {changed.before, changed.after} == {GROW, GROWS}


def test_a_sentence_went_from_one_changed_paragraph_to_another() -> None:
    before = f"# A\n\n{STOP} {GROW}\n\nText of the page.\n\n{STEPS}\n"
    after = f"# A\n\n{STOP}\n\nText of the page.\n\n{STEPS} {GROWS}\n"
    findings = told(before, after)
    assert {f.kind for f in findings} == {"content-moved", "paragraph-changed"}
    assert all(f.before_lines and f.after_lines for f in findings)


def test_another_text_in_few_of_the_same_words_is_another_text() -> None:
    before = f"# A\n\n{STOP}\n\nText of the page.\n\n{GROW}\n"
    after = f"# A\n\n{OTHER}\n\n{STOP}\n\nText of the page.\n"
    assert kinds(before, after) == {"paragraph-removed", "paragraph-added"}


def test_a_short_text_is_alike_by_chance() -> None:
    before = f"# A\n\nSelect the disk.\n\nText of the page.\n\n{OTHER}\n"
    after = f"# A\n\nText of the page.\n\n{OTHER}\n\nThen select the disk that you want to grow.\n"
    assert kinds(before, after) == {"paragraph-removed", "paragraph-added"}


@pytest.mark.parametrize("patch_only", [False, True])
def test_what_gave_way_to_a_sentence_of_its_neighbour_changed(*, patch_only: bool) -> None:
    old = "To use the `grow` command, you need a recent build (20262) of the service."
    new = "The `grow` command requires version 2004 (build 19041) of the service."
    end = "If you would rather grow the disk by hand, see the page on disks and on machines."
    stays = "Open the shell.\n\n```bash\ngrow it\n```\n\nText of the page."
    before = f"# A\n\n{old}\n\n{end}\n\n{stays}\n"
    after = f"# A\n\n{stays}\n\n> [!NOTE]\n> {new} {end}\n"
    findings = told(before, after, patch_only=patch_only)
    assert {f.kind for f in findings} == {"content-moved", "note-added", "paragraph-changed"}
    (note,) = (f for f in findings if f.kind == "note-added")
    assert note.values["text_stays"]
    assert note.values["partly"]
    assert note.after == end
    (moved,) = (f for f in findings if f.kind == "content-moved")
    assert end.startswith(moved.subject.rstrip("…"))


def test_what_says_nothing_of_its_neighbour_is_removed() -> None:
    before = f"# A\n\n{OTHER}\n\n{STOP}\n\nText of the page.\n"
    after = f"# A\n\nMind your bill. {STOP}\n\nText of the page.\n"
    assert "paragraph-removed" in kinds(before, after)


def test_a_sentence_that_went_into_a_new_note_is_not_removed() -> None:
    rule = "Each project can have only one deployment of a model at a time."
    before = f"# A\n\n1. Select the button to subscribe. {rule}\n"
    note = f"    > [!NOTE]\n    > Other models are billed elsewhere. {rule}\n"
    after = f"# A\n\n1. Select the button to subscribe.\n\n{note}"
    (file,) = analyse(between({"a.md": before}, {"a.md": after}, {})).files
    gone = [f for f in file.findings if f.kind == "step-changed"]
    assert all(rule not in str(f.values["edits"]) for f in gone)


def test_a_sentence_of_a_text_that_became_two_did_not_come() -> None:
    rest = "The `file` scheme is there to make a test of it easier. The format is: `file:/a`"
    before = f"# A\n\nBoth values are strings and have to be addresses.\n{rest}\n"
    after = before.replace(f"\n{rest}", f"\n\n{rest}.").replace("there to make", "there to make")
    (file,) = analyse(between({"a.md": before}, {"a.md": after}, {})).files
    assert [f.kind for f in file.findings if f.impact != "noise"] == []
