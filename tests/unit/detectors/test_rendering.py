"""Text that stays and shows as something else, as the markup around it changed."""

import pytest
from support.told import one, told

TABLE = "| Name | Most |\n| --- | --- |\n| Alpha | 10 |\n| Beta | 20 |\n| Gamma | 30 |\n"
NOTE = "> [!TIP]\n> Each of the tools has a manager.\n>\n> Take the one of yours.\n"
STEPS = "1. Open the door.\n\n   It is heavy.\n\n1. Go in.\n"
CODE = "```bash\nls -l\n```\n\nNow look at it.\n\n## Next\n\n```bash\ncat it\n```\n\nThat is all.\n"
LIST = "- The first entry\n- The second entry\n- The third entry\n"
COMMENT = "<!-- for writers -->\n\nThe most is ten.\n\n<!-- the end -->\n"

# A page, what is exchanged in it, and what is told: of what follows, and the other way round.
CHANGES = (
    (TABLE, "| Alpha | 10 |\n", "| Alpha | 10 |\n\n", "row-out", "Beta", "row-in"),
    (TABLE, "| Beta | 20 |", "<!-- | Beta | 20 | -->", "row-out", "Gamma", ""),
    (NOTE, ">\n", "\n", "out-of-note", "Take the one of yours.", "into-note"),
    (NOTE, "> Take", "\nTake", "out-of-note", "Take the one of yours.", "into-note"),
    (STEPS, "   It", "It", "out-of-item", "It is heavy.", "into-item"),
    (CODE, "ls -l\n```\n", "ls -l\n", "as-code", "Now look at it…", "from-code"),
    (CODE, "```bash\nls", "ls", "from-code", "ls -l", "as-code"),
    (LIST, "- The second", "-The second", "no-item", "The second entry", "as-item"),
    (LIST, "- The first", "-The first", "no-item", "The first entry", "as-item"),
    ("## Next\n", "## ", "##", "no-heading", "Next", "as-heading"),
    (COMMENT, "<!-- for writers -->", "<!-- for writers", "hidden", "The most is ten.", "unhidden"),
)


@pytest.mark.parametrize(("text", "old", "new", "thing", "name", "back"), CHANGES)
def test_what_stays_and_shows_otherwise_is_told_so(  # noqa: PLR0913, PLR0917 - a table of cases
    text: str, old: str, new: str, thing: str, name: str, back: str
) -> None:
    before = f"# Page\n\nWords that stay.\n\n{text}\n## End\n\nMore words.\n"
    after = before.replace(old, new, 1)
    assert after != before
    for versions, expected in (((before, after), thing), ((after, before), back)):
        findings = [found for found in told(*versions) if found.impact != "noise"]
        shown = [found for found in findings if found.kind == "rendering-changed"]
        if expected:
            (found,) = (found for found in shown if found.values["thing"] == expected)
            assert found.subject == name
        others = {found.kind for found in findings} - {"rendering-changed"}
        assert not others or not expected or "-->" in new


def test_a_fence_that_lost_its_counterpart_is_named() -> None:
    before = f"# Page\n\n{CODE}"
    found = one(told(before, before.replace("ls -l\n```", "ls -l")), "rendering-changed")
    assert found.values["unpaired"]
    assert found.after_lines == (6, 8)


def test_a_fence_around_text_has_both_its_ends() -> None:
    before = "# Page\n\nls -l\n\nThe end.\n"
    for patch_only in (False, True):
        after = before.replace("ls -l", "```\nls -l\n```")
        found = one(told(before, after, patch_only=patch_only), "rendering-changed")
        assert found.values == {"thing": "as-code", "words": 2, "section": "Page"}
        assert (found.before_lines, found.after_lines) == ((3, 3), (3, 5))


def test_code_that_changed_and_lost_its_end_is_told_without_what_it_took_in() -> None:
    before = "# Page\n\n```bash\nls -l\n```\n\nNow look at it.\n"
    after = before.replace("ls -l\n```", "ls -a")
    changed = one(told(before, after), "code-changed")
    assert changed.values["edits"] == ({"before": "ls -l", "after": "ls -a"},)


def test_the_next_step_is_told_with_what_left_the_one_before() -> None:
    before = f"# Page\n\n{STEPS}"
    found = one(told(before, before.replace("   It", "It")), "rendering-changed")
    assert (found.values["number_before"], found.values["number_after"]) == (2, 1)


def test_a_heading_that_is_one_no_more_and_is_linked_breaks_its_links() -> None:
    before = "# Page\n\nSee [it](#next).\n\n## Next\n\nWords.\n"
    found = one(told(before, before.replace("## Next", "##Next")), "rendering-changed")
    assert (found.impact, found.values["links"], found.values["mark"]) == ("breaking", 1, "##")


def test_paragraphs_put_together_are_neither_added_nor_removed() -> None:
    before = "# Page\n\nThere are four flags.\n\nThe flags are these.\n"
    after = before.replace("flags.\n\n", "flags.\n")
    for versions in ((before, after), (after, before)):
        assert [found.kind for found in told(*versions)] == ["whitespace-changed"]


def test_a_line_of_a_note_without_its_mark_stays_in_the_note() -> None:
    before = "# Page\n\n> [!TIP]\n> Each of the tools\n> has a manager.\n\nThe end.\n"
    findings = told(before, before.replace("> has", "has"))
    assert {found.impact for found in findings} == {"noise"}


def test_a_note_that_lost_its_first_line_is_text_now() -> None:
    before = f"# Page\n\n{NOTE}\nThe end.\n"
    found = one(told(before, before.replace("> [!TIP]\n", "")), "note-removed")
    assert found.values["text_stays"]
