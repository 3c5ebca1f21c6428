"""Text that left a page for a file that is new in the range."""

from __future__ import annotations

from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.models import Finding

BUILD = "1. Build the program with this command:\n\n    ```console\n    tsc\n    ```\n"
COPY = "1. Copy the sources to a folder of your own.\n"
REST = "# A\n\nText of the page.\n\n## Run\n\n1. Run what you have got so far.\n"


def told(more: str) -> list[Finding]:
    before = {"a.md": REST.replace("1. Run", f"{COPY}\n{BUILD}\n1. Run")}
    after = {"a.md": REST} | ({"b.md": f"# B\n\n{more}"} if more else {})
    files = analyse(between(before, after, {})).files
    return [finding for file in files if file.change.path == "a.md" for finding in file.findings]


def test_text_in_a_new_file_moved_there_with_its_code() -> None:
    findings = told(f"{COPY}\n{BUILD}")
    assert [(f.kind, f.values["block"], f.values["path"]) for f in findings] == [
        ("content-moved", block, "b.md") for block in ("step", "step", "code")
    ]


def test_one_text_in_a_new_file_may_be_there_by_accident() -> None:
    assert "content-moved" not in {finding.kind for finding in told(COPY)}


def test_text_in_no_other_file_is_removed() -> None:
    assert "step-removed" in {finding.kind for finding in told("")}


LONG = "The original book is large, over 100 pages in 35 MB, and was broken up into smaller files."
MORE = "For the sake of simplicity, the images of the book are left out of this exercise."


def both(before: dict[str, str], after: dict[str, str]) -> set[tuple[str, str, str, str]]:
    """Path, kind, direction and other path of what is told."""
    found = set()
    for file in analyse(between(before, after, {})).files:
        for finding in file.findings:
            values = finding.values
            about = str(values.get("direction", "")), str(values.get("path", ""))
            found.add((file.change.path, finding.kind, *about))
    return found


def test_a_paragraph_that_went_to_another_page_moved() -> None:
    before = {"a.md": f"# A\n\nText.\n\n{LONG}\n", "b.md": "# B\n\nOther text.\n"}
    after = {"a.md": "# A\n\nText.\n", "b.md": f"# B\n\nOther text.\n\n{LONG} {MORE}\n"}
    assert both(before, after) == {
        ("a.md", "content-moved", "to", "b.md"),
        ("b.md", "content-moved", "from", "a.md"),
    }


def test_what_stands_in_a_text_that_moved_went_along() -> None:
    before = {"a.md": f"# A\n\nText.\n\n{LONG}\n\n{MORE}\n", "b.md": "# B\n\nOther text.\n"}
    after = {"a.md": "# A\n\nText.\n", "b.md": f"# B\n\nOther text.\n\n{LONG} {MORE}\n"}
    kinds = [f.kind for f in analyse(between(before, after, {})).files[0].findings]
    assert kinds == ["content-moved", "content-moved"]


def test_what_two_pages_got_moved_to_both() -> None:
    before = {"a.md": f"# A\n\nText.\n\n{LONG}\n", "b.md": "# B\n\nOne.\n", "c.md": "# C\n\nTwo.\n"}
    after = {
        "a.md": "# A\n\nText.\n",
        "b.md": f"# B\n\nOne.\n\n{LONG}\n",
        "c.md": f"# C\n\nTwo.\n\n{LONG}\n",
    }
    assert both(before, after) == {
        ("a.md", "content-moved", "to", "b.md"),
        ("b.md", "content-moved", "from", "a.md"),
        ("c.md", "content-moved", "from", "a.md"),
    }


def test_what_two_pages_lost_and_two_got_moved_to_neither() -> None:
    pages = {"a.md": "# A\n\nText.\n", "b.md": "# B\n\nOne.\n"}
    others = {"c.md": "# C\n\nTwo.\n", "d.md": "# D\n\nThree.\n"}
    longer = {path: f"{text}\n{LONG}\n" for path, text in pages.items()}
    now = {path: f"{text}\n{LONG}\n" for path, text in others.items()}
    kinds = {kind for _, kind, *_ in both(longer | others, pages | now)}
    assert kinds == {"paragraph-removed", "paragraph-added"}


def test_a_short_text_is_in_another_page_by_accident() -> None:
    short = "Create one for free today."
    before = {"a.md": f"# A\n\nText.\n\n{short}\n", "b.md": "# B\n\nOne.\n"}
    after = {"a.md": "# A\n\nText.\n", "b.md": f"# B\n\nOne.\n\n{short}\n"}
    assert {kind for _, kind, *_ in both(before, after)} == {"paragraph-removed", "paragraph-added"}


def test_a_part_of_a_note_that_went_to_other_pages_is_named_with_them() -> None:
    before = {
        "a.md": f"# A\n\n> [!TIP]\n> Save your work first, and look at what it says. {LONG}\n"
    }
    before |= {"b.md": "# B\n\nOne.\n", "c.md": "# C\n\nTwo.\n"}
    after = {"a.md": "# A\n\nText.\n"}
    after |= {path: f"{before[path]}\n{LONG}\n" for path in ("b.md", "c.md")}
    found = analyse(between(before, after, {})).files[0].findings
    (note,) = (finding for finding in found if finding.kind == "note-removed")
    assert note.values["now_in"] == ("b.md", "c.md")
    assert str(note.values["went"]).startswith("The original book")


def test_a_section_that_several_pages_share_now_moved_to_each() -> None:
    section = "## Set up\n\n### Get a key\n\n" + " ".join(LONG.split() + MORE.split()) + "\n"
    before = {"a.md": f"# A\n\nText.\n\n{section}"}
    after = {"a.md": "# A\n\nText.\n\n[!INCLUDE [one](b.md)]\n"}
    after |= {path: f"# Page\n\nText of {path}.\n\n{section}" for path in ("b.md", "c.md")}
    findings = analyse(between(before, after, {})).files[0].findings
    moved = {f.subject: f.values.get("paths") for f in findings if f.kind == "section-moved"}
    assert moved == {"Get a key": ("b.md", "c.md"), "Set up": ("b.md", "c.md")}


STEPS = """1. Go to the home page of the portal and make sure you're signed in.
1. Select the playground for real-time audio in the left pane.
1. Follow the wizard to deploy the model that you want to use.
"""


def test_a_section_that_became_a_file_without_a_heading_moved() -> None:
    before = {"a.md": f"# A\n\nText.\n\n## Deploy a model\n\n{STEPS}\n## End\n\nThe end.\n"}
    after = {"a.md": "# A\n\nText.\n\n## End\n\nThe end.\n"}
    after["includes/deploy.md"] = f"{STEPS.replace('1. Go', '1. First, go')}\n"
    told = both(before, after)
    assert ("a.md", "section-moved", "to", "includes/deploy.md") in told
    assert "heading-removed" not in {kind for _, kind, *_ in told}


def test_names_that_went_to_a_new_page_are_in_use() -> None:
    code = "```js\nimport { Params } from 'audio/speech';\nconst a = process.env.AUDIO_PATH;\n```\n"
    now = "```js\nimport { Credential } from 'identity';\nconst a = new Credential();\n```\n"
    before, after = {"a.md": f"# A\n\nText.\n\n{code}"}, {"a.md": f"# A\n\nText.\n\n{now}"}
    for more, gone in (("", True), (code, False)):
        files = {**after, "b.md": f"# B\n\n{more}"}
        findings = analyse(between(before, files, {})).files[0].findings
        (changed,) = (f for f in findings if f.kind == "code-changed")
        assert bool(changed.values.get("names_removed")) == gone


def test_what_changed_in_a_section_on_its_way_is_told_where_it_came() -> None:
    logs = "1. Choose the logs of audits, which hold the identity of users and of their groups.\n"
    now = logs.replace("which hold", "which don't hold")
    section = f"## Logging\n\n{STEPS}"
    before = {"a.md": f"# A\n\nText.\n\n{section}{logs}\n## End\n\nThe end.\n"}
    after = {"a.md": "# A\n\nText.\n\n## End\n\nThe end.\n", "b.md": f"# B\n\n{section}{now}"}
    (changed,) = (
        finding
        for file in analyse(between(before, after, {})).files
        for finding in file.findings
        if finding.kind == "step-changed"
    )
    assert (changed.before_lines, changed.after_lines) == (None, (8, 8))
    assert changed.values["edits"] == ({"before": "", "after": "don't"},)


def test_an_item_in_the_place_of_another_is_told_where_its_section_came() -> None:
    section = f"## Logging\n\n{STEPS}\n- Alpha logs capture each query.\n"
    old = "- **audit** to find out who asked\n"
    new = "- **Audit logs** hold all requests, but don't include names.\n"
    end = "- Omega logs capture each answer.\n"
    before = {"a.md": f"# A\n\nText.\n\n{section}{old}{end}\n## End\n\nThe end.\n"}
    after = {"a.md": "# A\n\nText.\n\n## End\n\nThe end.\n", "b.md": f"# B\n\n{section}{new}{end}"}
    files = analyse(between(before, after, {})).files
    (changed,) = (f for file in files for f in file.findings if f.kind == "list-item-changed")
    assert (changed.before, changed.after) == (
        "audit to find out who asked",
        "Audit logs hold all requests, but don't include names.",
    )


def test_a_sentence_that_went_to_the_next_entry_on_the_way_is_not_gone() -> None:
    more = "For more, see how to create one in the portal."
    needs = "## Needs\n\n- A resource in {} region of the service. {}\n- {}\n- {}\n"
    key, other = "A key of the resource for all of the calls.", "An account that may create them."
    old = needs.format("a supported", more, key, other)
    new = needs.format("the north", "See the list of regions.", f"{key} {more}", other)
    before = {"a.md": f"# A\n\nText.\n\n{old}\n## End\n\nThe end.\n"}
    after = {"a.md": "# A\n\nText.\n\n## End\n\nThe end.\n", "b.md": f"# B\n\nNew.\n\n{new}"}
    files = analyse(between(before, after, {})).files
    (page,) = (file.findings for file in files if file.change.path == "b.md")
    changed = {f.kind: f.before for f in page if f.kind == "list-item-changed"}
    assert changed == {"list-item-changed": "A resource in a supported region of the service."}


INTRO = "Applications are watched day and night. Whoever runs one wants to know what it costs."
OTHER = "Applications are watched by tests day and night. Whoever runs one sets up a plan first."


def test_a_text_that_gave_way_to_another_one_is_in_the_new_file() -> None:
    before = {"a.md": f"# A\n\n{INTRO}\n\n## B\n\nText.\n"}
    after = {"a.md": f"# A\n\n{OTHER}\n\n## B\n\nText.\n", "new.md": f"# New\n\n{INTRO}\n"}
    assert {item for item in both(before, after) if item[0] == "a.md"} == {
        ("a.md", "content-moved", "to", "new.md"),
        ("a.md", "paragraph-added", "", ""),
    }


def test_a_text_that_stays_in_part_changed() -> None:
    stays = INTRO.replace("day and night", "all the time")
    before = {"a.md": f"# A\n\n{INTRO}\n"}
    after = {"a.md": f"# A\n\n{stays}\n", "new.md": f"# New\n\n{INTRO}\n"}
    kinds = {kind for path, kind, *_ in both(before, after) if path == "a.md"}
    assert kinds == {"paragraph-changed"}


def test_a_section_with_a_longer_name_in_a_new_file_moved_there() -> None:
    text = "you{} learn how the numbers of an application come into one board that shows them all."
    old, new = (text.format(word) for word in ("'ll", ""))
    before = {"a.md": f"# A\n\nText.\n\n## Watch it\n\nHere {old}\n"}
    after = {"a.md": "# A\n\nText.\n", "new.md": f"# N\n\n## Watch it on the board\n\nNow {new}\n"}
    assert ("a.md", "section-moved", "to", "new.md") in both(before, after)
