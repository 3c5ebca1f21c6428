"""Hunks that begin inside of something whose opening they do not show."""

from __future__ import annotations

import pytest

from diffinsight.changes import parse_diff
from diffinsight.detectors import analyse
from diffinsight.models import Finding
from diffinsight.outline import read, read_text
from diffinsight.outline.model import Fragment
from diffinsight.outline.openings import comment_end, opening


def told(hunk: str) -> list[Finding]:
    """The findings of a modified page of which only the lines of a hunk are known."""
    old, new = (sum(line[0] in marks for line in hunk.splitlines()) for marks in (" -", " +"))
    header = f"diff --git a/a.md b/a.md\n--- a/a.md\n+++ b/a.md\n@@ -9,{old} +9,{new} @@\n"
    (file,) = analyse(parse_diff((header + hunk).encode())).files
    return list(file.findings)


def kinds(hunk: str) -> list[str]:
    return [finding.kind for finding in told(hunk)]


def shown(text: str, *, first_line: int = 40) -> list[tuple[str, int, int]]:
    outline = read("a.md", (Fragment(first_line=first_line, text=text),), partial=True)
    return [(block.kind, block.first, block.last) for block in outline.blocks]


def test_both_sides_of_a_hunk_begin_in_the_same_thing() -> None:
    hunk = (
        " The answer might look like this example.\n \n ```\n"
        "-The book shows places on Earth, seen from above. It has these:\n"
        "+The book shows places on Earth, seen from above.\n+It has these:\n"
        " \n - The lava field in Iceland, with its activity.\n"
    )
    assert kinds(hunk) == ["reflowed"]


def test_what_follows_the_end_of_an_output_stays_a_page() -> None:
    hunk = (
        " Chatbot:\n The company was founded in April.\n ```\n \n"
        '-> [!div class="nextstepaction"]\n-> [I ran into an issue.](https://example.com/x)\n-\n'
        " \n ## Clean up\n"
    )
    assert sorted(kinds(hunk)) == ["directive-removed", "link-removed"]


@pytest.mark.parametrize(
    ("lines", "begins"),
    [
        (["Run this:", "", "```", "ls", "```", ""], "page"),
        (["x = 1", "```", "", "Text."], "code"),
        (["Some output", "", "```bash", "ls"], "page"),
        (["Some output", "```", "", "```bash", "ls"], "code"),
        (["", "```", "", "## Next", "", "```", "x"], "code"),
        (['"a": 1,', '"b": [', '"c": 2', "]"], "code"),
        (["Some output that goes on, and", "more of it", "```"], "code"),
        (["Some output that goes on, and", "more of it", "", "```"], "page"),
        (["Text that goes on.", "More of it."], "page"),
    ],
)
def test_fences_and_the_lines_around_them_tell_what_was_begun(
    lines: list[str], begins: str
) -> None:
    assert opening(lines, first_line=9) == begins
    assert opening(lines, first_line=1) == "page"


def test_the_end_of_a_comment_hides_the_lines_above_it() -> None:
    assert comment_end(["old words", "```", "-->", "Text."]) == 3
    assert comment_end(["A --> B", "-->"]) == 0
    assert comment_end(["<!-- a", "-->"]) == 0
    assert shown("old\n```\n-->\n\n## Next\n") == [("html", 40, 42), ("heading", 44, 44)]


def test_front_matter_may_be_seen_from_a_blank_line_on() -> None:
    text = "\nms.service: search\nms.date: 07/01/2024\n---\n\n# Title\n"
    assert shown(text, first_line=9)[:2] == [("meta", 10, 10), ("meta", 11, 12)]
    assert shown("\nnote: this\n---\n\nText.\n", first_line=9)[0][0] == "heading"


def test_the_indent_of_columns_makes_no_code() -> None:
    row = ':::row:::\n    :::column span="":::\n      **Name**\n\n      Words.\n'
    whole = row + "    :::column-end:::\n:::row-end:::\n"
    inside = "      **Name**\n\n      Words.\n    :::column-end:::\n   :::row-end:::\n\nEnd.\n"
    for outline in (
        read_text("a.md", whole),
        read("a.md", (Fragment(first_line=9, text=inside),), partial=True),
    ):
        assert "code" not in {block.kind for block in outline.blocks}
        assert [b.text for b in outline.blocks if b.kind == "paragraph"][:2] == ["Name", "Words."]


def test_front_matter_ends_in_the_hunk_below_the_one_that_opens_it() -> None:
    hunks = (
        Fragment(first_line=1, text="---\ntitle: A\nauthor: me\n"),
        Fragment(first_line=9, text="#intent: As a reader, I read\n---\n\n# The name\n\nText.\n"),
    )
    outline = read("a.md", hunks, partial=True)
    assert [section.heading.text for section in outline.headings if section.heading] == ["The name"]
