"""Headings over text that was there before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.case_folder import between
from support.told import one, told

from diffinsight.detectors import analyse
from diffinsight.models import ChangeSet, FileChange

WORDS = "An indexer runs in an environment that somebody manages for you, day and night."


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
    assert (values["text_stays"], values["words"], values["paragraphs"]) == (True, 3, 1)


def test_a_heading_with_more_new_words_than_older_ones_opens_a_new_section() -> None:
    before = f"# A\n\nFirst words of the page.\n\n{WORDS}\n"
    new = "Nobody has to look after it, but all of its times and places are written down."
    after = before.replace(WORDS, f"## Environment\n\n{new}\n\n{WORDS}")
    values = one(told(before, after), "heading-added").values
    assert (values.get("text_stays"), values["words"]) == (None, 16)


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
    assert one(findings, "heading-promoted").values["thing"] == "question"
    renamed = one(findings, "heading-renamed")
    assert (renamed.before, renamed.after) == (
        "Is it possible to see both?",
        "Can both be seen?",
    )
    kinds = {finding.kind for finding in findings}
    assert kinds == {"heading-promoted", "heading-renamed", "paragraph-changed"}


def test_a_question_of_a_page_of_questions_is_no_section() -> None:
    page = "### YamlMime:FAQ\nsections:\n  - questions:\n"
    ask = "    - question: |\n       {}\n      answer: It stores files.\n"
    before = page + ask.format("What is it?")
    after = before + ask.format("Who has it?")
    (file,) = analyse(between({"faq.yml": before}, {"faq.yml": after}, {})).files
    (added,) = file.findings
    assert (added.kind, added.subject) == ("heading-added", "Who has it?")
    assert added.values["thing"] == "question"


@pytest.mark.parametrize("patch_only", [False, True])
def test_a_heading_with_another_name_above_the_same_section_is_renamed(*, patch_only: bool) -> None:
    below = "Ensure that the file is there.\n\n- One of the files.\n- Another one of them.\n"
    before = f"# A\n\nText.\n\n## Best practices\n\n### Files of a service\n\n{below}"
    after = before.replace("Best practices", "What we recommend").replace("a service", "services")
    findings = told(before, after, patch_only=patch_only)
    renamed = {(f.before, f.after) for f in findings if f.kind == "heading-renamed"}
    assert ("Best practices", "What we recommend") in renamed
    assert not {"heading-added", "heading-removed"} & {finding.kind for finding in findings}


def test_headings_above_other_sections_are_new_and_gone() -> None:
    before = "# A\n\nText.\n\n## Best practices\n\n### Files\n\nThe files of a service.\n"
    after = "# A\n\nText.\n\n## Limits\n\n### Size\n\nNo more than one meter.\n"
    assert {"heading-added", "heading-removed"} <= {f.kind for f in told(before, after)}


STEPS = "To install the editor that comes with the desktop, open a terminal, type the command \
below, press the key that ends a line, and wait until the server has sent all packages."


def test_a_section_that_grew_by_a_note_was_not_rewritten() -> None:
    note = "> [!NOTE]\n> This program replaces an older one by default since autumn. Whoever runs \
an earlier release of the system and wants the previous program can request its package there.\n"
    before = f"# A\n\nText.\n\n## Install\n\n{STEPS}\n"
    kinds = {f.kind for f in told(before, f"{before}\n{note}{note.replace('autumn', 'May')}")}
    assert "section-rewritten" not in kinds
    assert "note-added" in kinds


def test_a_section_with_other_words_was_rewritten() -> None:
    other = "Nobody needs to fetch anything by hand any more: every release brings this program \
along, ready for use, and updates arrive together with those of our operating system itself."
    before = f"# A\n\nText.\n\n## Install\n\n{STEPS}\n"
    kinds = {f.kind for f in told(before, before.replace(STEPS, other))}
    assert "section-rewritten" in kinds


SIGN_IN = "1. Sign in to the portal of the service with your account."
GO_ON = "1. Select the pane that controls who has access to it."
CONFIRM = "1. On the last tab, select the button that assigns the role."


@pytest.mark.parametrize("patch_only", [False, True])
def test_a_new_section_is_told_with_the_steps_that_were_elsewhere_before(
    *, patch_only: bool
) -> None:
    old = f"{SIGN_IN}\n\n{GO_ON}\n\n1. Take the reader's role.\n\n{CONFIRM}\n"
    rest = "## Readers\n\nThey read what others write.\n\n"
    new = f"## Portal\n\nThis works for every role.\n\n{SIGN_IN}\n\n{GO_ON}\n\n\
1. Choose among all roles of the list.\n\n{CONFIRM}\n\n"
    before = f"# A\n\nText.\n\n{rest}{old}\n{'Words that stay. ' * 9}\n"
    after = f"# A\n\nText.\n\n{new}{rest}Assign the role.\n\n{'Words that stay. ' * 9}\n"
    added = one(told(before, after, patch_only=patch_only), "heading-added")
    assert added.after_lines
    assert (added.after_lines[1], added.values["steps"]) == (15, 4)


def test_a_drawing_is_a_diagram_and_neither_image_nor_code() -> None:
    drawing = "```mermaid\ngraph TD\n```\n\n```console\nls\n```\n"
    before = "# A\n\nText.\n"
    values = one(told(before, f"{before}\n## B\n\n{drawing}"), "heading-added").values
    assert (values["images"], values["diagrams"], values["code_blocks"]) == (0, 1, 1)


def test_a_line_of_anchors_is_no_paragraph() -> None:
    before = "# A\n\nText.\n\n## B\n\nMore.\n"
    findings = told(before, before.replace("## B", '<a name="old-name"></a>\n\n## B'))
    assert {finding.kind for finding in findings} == {"anchor-added"}


def test_an_image_alone_is_no_paragraph() -> None:
    page = "# A\n\nWords.\n"
    after = f"{page}\n## B\n\nMore words.\n\n![screen](a.png)\n"
    (found,) = (
        finding
        for file in analyse(between({"a.md": page}, {"a.md": after}, {})).files
        for finding in file.findings
        if finding.kind == "heading-added"
    )
    assert (found.values["paragraphs"], found.values["images"]) == (1, 1)


LEFT_OUT = "Think about the substance of your content, for it informs which fields you index."
SAMPLE = "The sample consists of files and content from the book of the agency about the earth."
SKILLS = "Skills of the pipeline recognize places and load them into a field for filters."
ALSO = "Using skills, it is possible to recognize names of people and to keep them for filters."


@pytest.mark.parametrize("patch_only", [False, True])
def test_a_heading_that_gave_way_with_part_of_the_text_was_renamed(*, patch_only: bool) -> None:
    page = "# A\n\nText.\n\n## {}\n\nMore.\n\n## {}\n\n{}\n\n## Last\n\nThe end of it.\n"
    before = page.format("First", "Centricity", f"{LEFT_OUT}\n\n{SAMPLE} {SKILLS}\n\n{WORDS}")
    after = page.format("First", "Enhanced with data", f"{SAMPLE} {ALSO}")
    findings = told(before, after, patch_only=patch_only)
    assert one(findings, "heading-renamed").before == "Centricity"
    assert {"heading-removed", "heading-added"}.isdisjoint(f.kind for f in findings)


def test_a_heading_that_gave_way_with_all_of_the_text_is_gone() -> None:
    page = "# A\n\nText.\n\n## {}\n\n{}\n\n## Last\n\nThe end of it.\n"
    before = page.format("Centricity", f"{LEFT_OUT} {SAMPLE}")
    after = page.format("Prices", "Each disk costs what the list of regions says. Reads are free.")
    kinds = {finding.kind for finding in told(before, after)}
    assert kinds == {"heading-removed", "heading-added"}


def test_a_second_copy_of_a_section_was_removed() -> None:
    page = f"# A\n\nText.\n\n## Length\n\n{WORDS}\n\n{{}}## Last\n\nThe end of it.\n"
    copy = f"## Length of it\n\n{WORDS}\n\n"
    (removed,) = told(page.format(copy), page.format(""))
    assert (removed.kind, removed.values["copy"]) == ("heading-removed", True)
    other = copy.replace("manages", "runs")
    assert "copy" not in one(told(page.format(other), page.format("")), "heading-removed").values


def test_a_section_whose_name_the_next_one_took_gave_way_to_it() -> None:
    before = "# A\n\n### Model support\n\n- `gpt`\n\n### Regions\n\n- East\n- West\n\n## B\n"
    after = (
        "# A\n\n### Models and regions\n\n| Region | gpt |\n|---|---|\n| East | yes |\n"
        "| West | yes |\n\n## B\n"
    )
    gone = one(told(before, after), "heading-removed")
    assert (gone.subject, gone.values.get("into")) == ("Model support", None)
    after = after.replace("Models and", "Model and")
    gone = one(told(before, after), "heading-removed")
    assert (gone.subject, gone.values.get("into")) == ("Model support", "Model and regions")


def test_a_table_whose_head_another_one_lent_is_counted_with_its_new_section() -> None:
    head = "| Model | Region |\n|---|---|\n"
    old = f"# A\n\nText.\n\n## Jais\n\n{head}| Jais | East |\n\nEnd.\n"
    new = old.replace("## Jais", f"## Gretel\n\n{head}| Gretel | West |\n\n## Jais")
    patch = (
        "@@ -1,11 +1,17 @@\n # A\n \n Text.\n \n-## Jais\n+## Gretel\n \n | Model | Region |\n"
        " |---|---|\n+| Gretel | West |\n+\n+## Jais\n+\n+| Model | Region |\n+|---|---|\n"
        " | Jais | East |\n \n End.\n"
    )
    change = FileChange(path="a.md", status="modified", patch=patch, before=old, after=new)
    for known in (change, replace(change, before=None, after=None)):
        (file,) = analyse(ChangeSet(files=(known,))).files
        (added,) = [finding for finding in file.findings if finding.kind == "heading-added"]
        assert (added.subject, added.values["tables"]) == ("Gretel", 1)


@pytest.mark.parametrize(
    ("before", "after", "renamed"),
    [
        ("`load(file)`", "`load(file, text)`", True),
        ("`new Client(url[, options])`", "`new Client(url)`", True),
        ("`load(file)`", "`save(file)`", False),
    ],
)
def test_a_function_with_other_parameters_is_the_same(
    before: str, after: str, *, renamed: bool
) -> None:
    page = "# A\n\n## %s\n\n%s\n\n## End\n\nWords.\n"
    findings = told(page % (before, "Reads a file."), page % (after, "Takes what there is."))
    assert ("heading-renamed" in {finding.kind for finding in findings}) == renamed


def test_sections_in_another_order_have_no_other_names() -> None:
    part = "## %s\n\nSends what is logged to %s.\n\n"
    names = ["pino-webhook", "pino-sentry", "pino-mq"]
    before = "# A\n\n" + "".join(part % (name, name) for name in names)
    after = "# A\n\n" + "".join(part % (name, name) for name in sorted(names))
    kinds = {finding.kind for finding in told(before, after)}
    assert "heading-moved" in kinds
    assert not kinds & {"heading-renamed", "heading-added", "heading-removed"}


@pytest.mark.parametrize(
    ("text", "impact"),
    [
        ("Learn more about the indexers that others have.", "minor"),
        ("Learn more about the indexers that others have. Indexers for all!", "minor"),
        (WORDS, "notable"),
    ],
)
def test_a_section_that_only_leads_elsewhere_is_no_news(text: str, impact: str) -> None:
    before = "# A\n\nFirst words of the page.\n"
    after = f"{before}\n## Indexers for all\n\n{text}\n"
    assert one(told(before, after), "heading-added").impact == impact


def test_what_a_section_listed_is_in_the_one_that_got_it() -> None:
    page = "# A\n\nText.\n\n## Reference\n\n- One of the things\n{}\n## Last\n\nThe end of it.\n{}"
    listed = "- The index of all names\n- The index of the modules\n"
    before = page.format("", f"\n## Tables\n\n{listed}- One of the things\n")
    removed = one(told(before, page.format(listed, "")), "heading-removed")
    assert removed.values["holder"] == "Reference"
    assert "copy" not in removed.values


def test_a_section_that_others_moved_past_has_another_name_and_its_old_place() -> None:
    items = (
        "- Only pictures of a whole page are read.\n"
        "- A file has two thousand pages at most, and five hundred megabytes.\n"
        "- Whoever has no plan reads two pages of each file alone.\n"
    )
    languages = f"## Languages\n\n{WORDS}\n"
    start = "### Start\n\nGo on here and there.\n"
    before = f"# A\n\nText.\n\n## Requirements\n\n{items}\n{start}\n{languages}"
    after = f"# A\n\nText.\n\n{languages}\n## Guide\n\n{items}\n{start}"
    found = told(before, after)
    assert [(f.kind, f.subject) for f in found] == [
        ("heading-moved", "Languages"),
        ("heading-renamed", "Guide"),
    ]


def test_a_step_that_begins_with_the_name_of_the_heading_in_its_place_became_it() -> None:
    page = "# A\n\nFirst words.\n\n{}\n\n```bash\npip install it\n```\n\nLast words.\n"
    step = "1. Install the required packages by running this command:"
    found = told(page.format(step), page.format("## Install the required packages:"))
    heading = one(found, "heading-promoted")
    assert (heading.values["thing"], heading.before_lines) == ("step", (5, 5))
    assert "step-removed" not in {finding.kind for finding in found}
