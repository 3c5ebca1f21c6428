"""Headings over text that was there before."""

from __future__ import annotations

import pytest
from support.case_folder import between, without_texts

from diffinsight.detectors import analyse
from diffinsight.models import Finding

WORDS = "An indexer runs in an environment that somebody manages for you, day and night."


def told(before: str, after: str, *, patch_only: bool = False) -> list[Finding]:
    change_set = between({"a.md": before}, {"a.md": after}, {})
    (file,) = analyse(without_texts(change_set) if patch_only else change_set).files
    return list(file.findings)


def one(findings: list[Finding], kind: str) -> Finding:
    (found,) = [finding for finding in findings if finding.kind == kind]
    return found


@pytest.mark.parametrize("patch_only", [False, True])
def test_text_that_was_edited_below_a_new_heading_is_not_new(*, patch_only: bool) -> None:
    before = (
        f"# A\n\nFirst words of the page.\n\n{WORDS}\n\n- One of two things, nigher than both.\n"
    )
    after = before.replace(WORDS, f"## Environment\n\n{WORDS}").replace("nigher", "higher")
    values = one(told(before, after, patch_only=patch_only), "heading-added").values
    assert (values["text_stays"], values["words"], values["items"]) == (True, 0, 0)


def test_what_is_new_below_a_new_heading_is_counted_alone() -> None:
    before = f"# A\n\nFirst words of the page.\n\n{WORDS}\n"
    after = before.replace(WORDS, f"## Environment\n\nThree new words.\n\n{WORDS} Always.")
    values = one(told(before, after), "heading-added").values
    assert (values.get("text_stays"), values["words"], values["paragraphs"]) == (None, 3, 1)


@pytest.mark.parametrize("patch_only", [False, True])
def test_another_heading_over_the_same_first_line_is_a_new_name(*, patch_only: bool) -> None:
    end = "\n\n> [!NOTE]\n> {}\n\n## Next\n\nText.\n"
    below = "These are not supported at present:\n\n- Assistants.\n- Your data."
    before = f"# A\n\nText.\n\n## Not supported\n\n{below}" + end.format("A known issue is there.")
    after = f"# A\n\nText.\n\n## Features\n\n{below}" + end.format("Structured output works now.")
    findings = told(before, after, patch_only=patch_only)
    assert one(findings, "heading-renamed").before == "Not supported"
    assert not {"heading-added", "heading-removed"} & {finding.kind for finding in findings}


def test_a_section_that_is_elsewhere_now_was_not_renamed() -> None:
    before = f"# A\n\n## Set up\n\n{WORDS}\n"
    after = f"# A\n\n## Environment\n\n{WORDS}\n\n## Set up\n\nOther words for another thing.\n"
    assert "heading-renamed" not in {finding.kind for finding in told(before, after)}


def test_questions_that_became_headings_are_told_as_such() -> None:
    before = f"# A\n\nText.\n\n**Q:** Is it possible to see both?<br>\n\n**A:** Yes. {WORDS}\n"
    after = f"# A\n\nText.\n\n## Can both be seen?\n\n{WORDS}\n"
    findings = told(before, after)
    promoted = one(findings, "heading-promoted")
    assert (promoted.before, promoted.after) == (
        "Q: Is it possible to see both?",
        "Can both be seen?",
    )
    assert {finding.kind for finding in findings} == {"heading-promoted", "paragraph-changed"}


def test_a_question_of_a_page_of_questions_is_no_section() -> None:
    page = "### YamlMime:FAQ\nsections:\n  - questions:\n"
    ask = "    - question: |\n       {}\n      answer: It stores files.\n"
    before = page + ask.format("What is it?")
    after = before + ask.format("Who has it?")
    (file,) = analyse(between({"faq.yml": before}, {"faq.yml": after}, {})).files
    (added,) = file.findings
    assert (added.kind, added.subject) == ("heading-added", "Who has it?")
    assert added.values["thing"] == "question"
