"""Notes that lost or got their frame, and notes in the place of others."""

from __future__ import annotations

import pytest
from support.case_folder import between, without_texts

from diffinsight.detectors import analyse
from diffinsight.models import Finding

TEXT = "This guide holds for the newest release alone."
PLAIN = f"# A\n\nFirst words of the page.\n\n{TEXT}\n\nLast words of the page.\n"
FRAMED = PLAIN.replace(TEXT, f"> [!NOTE]\n> {TEXT}")
OTHER = "A valley has more water than a hill, and fewer stones."


def told(before: str, after: str, *, patch_only: bool = False) -> list[Finding]:
    change_set = between({"a.md": before}, {"a.md": after}, {})
    (file,) = analyse(without_texts(change_set) if patch_only else change_set).files
    return list(file.findings)


@pytest.mark.parametrize("patch_only", [False, True])
@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [(FRAMED, PLAIN, "note-removed"), (PLAIN, FRAMED, "note-added")],
)
def test_a_note_that_is_plain_text_on_the_other_side_came_or_went_in_form_alone(
    before: str, after: str, kind: str, *, patch_only: bool
) -> None:
    note, *others = told(before, after, patch_only=patch_only)
    assert (note.kind, note.impact, note.values["text_stays"]) == (kind, "minor", True)
    assert {other.impact for other in others} == {"noise"}


def test_a_quotation_with_other_words_that_became_a_note_was_there_before() -> None:
    before = PLAIN.replace(TEXT, f"> **Note:** {TEXT}")
    after = FRAMED.replace("alone.", "only.")
    (note,) = [f for f in told(before, after) if f.kind.startswith("note-")]
    assert (note.kind, note.values["text_stays"]) == ("note-added", True)


def test_a_note_of_which_one_part_is_new_is_a_new_one() -> None:
    (note,) = [
        f for f in told(PLAIN, FRAMED.replace(TEXT, f"{TEXT}\n>\n> {OTHER}")) if f.subject == "note"
    ]
    assert (note.kind, note.impact) == ("note-added", "notable")


def test_a_note_with_less_of_an_old_text_than_of_a_new_one_is_a_new_one() -> None:
    more = f"{OTHER} Nobody has counted either of them, nor will anybody before the spring."
    (note,) = [
        f for f in told(PLAIN, FRAMED.replace(TEXT, f"{more} {TEXT}")) if f.subject == "note"
    ]
    assert (note.kind, note.impact, note.after) == ("note-added", "notable", f"{more} {TEXT}")


@pytest.mark.parametrize("patch_only", [False, True])
def test_a_note_of_sentences_of_a_step_and_a_new_one_was_mostly_there(*, patch_only: bool) -> None:
    rules = (
        "This step needs the role of a developer on the whole group of resources.",
        "Each project has its own subscription to the offering of a model.",
    )
    new = "Models of other providers are billed on the market."
    step = (
        "1. Select the button that opens the shop. Whoever comes for the first time signs a form."
    )
    before = f"# A\n\n{step} {' '.join(rules)}\n\n1. Go on.\n"
    note = f"    > [!NOTE]\n    > {rules[0]} {new} {rules[1]}\n"
    after = f"# A\n\n{step}\n\n{note}\n1. Go on.\n"
    found = told(before, after, patch_only=patch_only)
    (framed,) = [f for f in found if f.kind == "note-added"]
    assert (framed.impact, framed.after) == ("minor", " ".join(rules))
    (part,) = [f for f in found if f.kind == "paragraph-added"]
    assert (part.after, part.values["thing"]) == (new, "part")


def test_a_note_that_stands_elsewhere_too_went_as_a_copy() -> None:
    note = f"> [!NOTE]\n> {TEXT}\n"
    page = "# A\n\nFirst.\n\n{}\nWords.\n\n## B\n\nSecond.\n\n" + note
    (gone,) = told(page.format(note), page.format(""))
    assert (gone.kind, gone.values["copy"]) == ("note-removed", True)


def test_a_note_of_another_kind_is_named_by_the_words_that_stayed() -> None:
    after = FRAMED.replace(f"> [!NOTE]\n> {TEXT}", f"> [!IMPORTANT]\n> * {OTHER}\n> * {TEXT}")
    (note,) = [f for f in told(FRAMED, after) if f.kind == "note-changed"]
    assert (note.before, note.after, note.values["text"]) == ("note", "important", TEXT)


@pytest.mark.parametrize("patch_only", [False, True])
def test_a_note_in_the_place_of_another_replaced_it(*, patch_only: bool) -> None:
    (note,) = told(FRAMED, FRAMED.replace(TEXT, OTHER), patch_only=patch_only)
    assert (note.kind, note.values["replaced"]) == ("note-changed", True)
    assert (note.before, note.after) == (TEXT, OTHER)


def test_a_note_elsewhere_replaced_none() -> None:
    more = "Last words.\n\nMore words of the page.\n\nAnd more of them.\n"
    before = FRAMED.replace("Last words of the page.\n", more)
    after = PLAIN.replace(f"{TEXT}\n\n", "").replace("Last words of the page.\n", more)
    kinds = {finding.kind for finding in told(before, f"{after}\n> [!NOTE]\n> {OTHER}\n")}
    assert {"note-added", "note-removed"} <= kinds


def test_a_note_below_what_went_is_told_by_its_words_that_changed() -> None:
    keys = "With a key, the service can't monitor access to content. If you need it, build it."
    identity = "The service doesn't log identities or access to content. If you need it, build it."
    section = "This article explains it.\n\n## Enable logs\n\nLogs are available.\n\n1. Save them."
    include = "[!INCLUDE [intro](../intro.md)]"
    found = told(
        f"# A\n\n{section}\n\n> [!NOTE]\n> {keys}\n\n[!INCLUDE [more](../more.md)]\n",
        f"# A\n\n{include}\n\n> [!NOTE]\n> {identity}\n\n[!INCLUDE [more](../more.md)]\n",
    )
    assert "note-changed" not in {finding.kind for finding in found}
    assert identity in {finding.after for finding in found if finding.kind == "paragraph-changed"}


def test_a_line_to_type_does_not_run_into_the_next_sentence() -> None:
    note = "> [!NOTE]\n> Get it by typing:\n>\n> ```\n> lamp --get\n> ```\n>\n> {} look.\n"
    for following, said in (("Then", "`lamp --get`. Then"), ("and", "`lamp --get` and")):
        (finding,) = told("# A\n\nText.\n", f"# A\n\nText.\n\n{note.format(following)}")
        assert said in (finding.after or "")


@pytest.mark.parametrize(
    ("note", "text"),
    [
        ('!!! note "Slow disks"\n    Wait.', "Slow disks: Wait."),
        ('!!! note "Is it slow?"\n    Wait.', "Is it slow? Wait."),
        (
            '!!! note "\u9045\u3044\u30c7\u30a3\u30b9\u30af"\n    Wait.',
            "\u9045\u3044\u30c7\u30a3\u30b9\u30af\uff1aWait.",
        ),
        ("!!! note\n    Wait.", "Wait."),
        ("/// note | ### Slow disks\nWait.\n///", "Slow disks: Wait."),
    ],
)
def test_a_title_is_set_apart_from_the_text(note: str, text: str) -> None:
    (added,) = told("# A\n", f"# A\n\n{note}\n")
    assert (added.kind, added.after) == ("note-added", text)


def test_code_in_a_note_is_none_of_its_words() -> None:
    code = "\n".join(f"    {line}" for line in ("```py", "a = 1", "b = 2", "```"))
    note = f"!!! note\n    Set both:\n\n{code}\n\n    Start again.\n\n{code}"
    (added,) = [f for f in told("# A\n", f"# A\n\n{note}\n") if f.kind == "note-added"]
    assert added.after == "Set both: \u2026 Start again."


def test_an_empty_note_that_is_read_anew_did_not_change() -> None:
    page = "# A\n\n> [!note]\n> Text\n> > [!tip]\n///\n\n%s## B\n"
    findings = told(page % "", page % "New text.\n\n")
    assert [f.kind for f in findings if f.kind.startswith("note-")] == []
