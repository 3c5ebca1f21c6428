"""Raw HTML and what it does to the text around it."""

from __future__ import annotations

import pytest
from support.case_folder import between, without_texts

from diffinsight.detectors import analyse

LIST = (
    "- One of the roles\n\n    | Role | ID |\n    | --- | --- |\n    | Owner | 8 |\n\n- Another\n"
)


@pytest.mark.parametrize("patch_only", [False, True])
def test_text_that_a_comment_was_put_around_is_commented_out(*, patch_only: bool) -> None:
    before = f"# A\n\nAssign the roles.\n\n{LIST}\nThe end.\n"
    after = f"# A\n\nAssign the roles.\n\n<!--\n{LIST}-->\n\nThe end.\n"
    change_set = between({"a.md": before}, {"a.md": after}, {})
    (file,) = analyse(without_texts(change_set) if patch_only else change_set).files
    hidden = [f for f in file.findings if f.impact != "noise"]
    assert {(f.kind, f.impact) for f in hidden} == {("rendering-changed", "notable")}
    # A patch does not show all that stands between the marks.
    assert sum(int(str(f.values["words"])) for f in hidden) == (7 if patch_only else 9)


def test_what_a_new_comment_holds_is_not_removed() -> None:
    row = "| Readers of an index | 1407120a |"
    before = f"# A\n\nText.\n\n| Role | ID |\n| --- | --- |\n{row}\n| Owner | 8e3af657 |\n"
    after = (
        f"# A\n\nText.\n\n<!--\n| Role | ID |\n| --- | --- |\n{row} \n| Owner | 8e3af657 |\n-->\n"
    )
    change_set = between({"a.md": before}, {"a.md": after}, {})
    findings = analyse(change_set).files[0].findings
    assert "table-row-removed" not in {finding.kind for finding in findings}
    (hidden,) = [finding for finding in findings if finding.kind == "rendering-changed"]
    assert (hidden.values["thing"], hidden.subject) == ("hidden", "Role ID…")


def test_text_that_a_moved_section_has_in_a_comment_now_is_told() -> None:
    said = "An error makes the whole distribution read-only."
    section = f"## One\n\n{said}\n\n"
    others = "## Two\n\nA text for all readers.\n\nMore of it.\n\n## Three\n\nThe end of it.\n\n"
    before = f"# A\n\nText.\n\n{section}{others}"
    after = f"# A\n\nText.\n\n{others}{section.replace(said, f'<!-- {said} -->')}"
    (file,) = analyse(between({"a.md": before}, {"a.md": after}, {})).files
    told = {finding.kind: finding for finding in file.findings}
    assert {"heading-moved", "rendering-changed"} <= set(told)
    assert told["rendering-changed"].subject == said


def test_a_blank_at_the_end_of_a_quoted_line_of_code_is_white_space() -> None:
    page = "> Do this:\n>\n> ```js\n> a()\n>%s\n> b()\n> ```\n"
    (file,) = analyse(between({"a.md": page % " "}, {"a.md": page % ""}, {})).files
    assert [finding.kind for finding in file.findings] == ["whitespace-changed"]


INCLUDE = "[!INCLUDE [Limits](../includes/limits.md)]\n"
LIMITS = (
    "- A file has at most two thousand pages and none of them is locked.\n"
    "- The smallest letters are twelve dots high on a page of a thousand dots.\n"
)


@pytest.mark.parametrize("patch_only", [False, True])
def test_text_in_the_place_of_an_include_is_told_with_it(*, patch_only: bool) -> None:
    before = f"# A\n\nText.\n\n## Limits\n\n{INCLUDE}\n## End\n\nText.\n"
    change_set = between({"a.md": before}, {"a.md": before.replace(INCLUDE, LIMITS)}, {})
    (file,) = analyse(without_texts(change_set) if patch_only else change_set).files
    (found,) = file.findings
    assert (found.kind, found.impact, found.after_lines) == ("include-removed", "notable", (7, 8))
    assert (found.values["items"], found.values["words"]) == (2, 28)


def test_text_elsewhere_did_not_take_the_place_of_an_include() -> None:
    before = f"# A\n\nText.\n\n## Limits\n\n{INCLUDE}\nText.\n\n## End\n\nText.\n"
    after = before.replace(INCLUDE, "") + f"\n{LIMITS}"
    (file,) = analyse(between({"a.md": before}, {"a.md": after}, {})).files
    kinds = {finding.kind: finding.impact for finding in file.findings}
    assert kinds["include-removed"] == "minor"
    assert "list-item-added" in kinds


LINKED = """# Sponsors

<p align="center">
  <a href="https://a.example">Docs</a> |
  <a href="https://old.example/examples">Examples</a>
</p>
"""


def test_a_link_in_html_is_told_and_not_the_html_around_it() -> None:
    after = LINKED.replace("old.example", "new.example")
    (file,) = analyse(between({"a.md": LINKED}, {"a.md": after}, {})).files
    (link,) = file.findings
    assert (link.kind, link.values["text"]) == ("link-retargeted", "Examples")


def test_html_that_says_something_else_beside_its_links_is_told() -> None:
    after = LINKED.replace("old.example", "new.example").replace("</p>", "Welcome!\n</p>")
    (file,) = analyse(between({"a.md": LINKED}, {"a.md": after}, {})).files
    assert {finding.kind for finding in file.findings} == {"link-retargeted", "html-changed"}


def test_a_new_zone_is_told_with_the_include_that_it_shows() -> None:
    page = "# A\n\nText.\n"
    zone = '::: zone pivot="programming-language-%s"\n\n[!INCLUDE [%s](%s.md)]\n\n::: zone-end\n'
    new = f"{page}\n{zone % ('go', 'Go', 'go')}"
    go = {"go.md": "Go.\n"}
    (file,) = analyse(between({"a.md": page, **go}, {"a.md": new, **go}, {})).files
    (told,) = (finding for finding in file.findings if finding.impact != "noise")
    assert (told.kind, told.values["shows"]) == ("zone-added", ("go.md",))


def test_includes_are_told_apart_where_a_new_zone_has_words_as_well() -> None:
    page = "# A\n\nText.\n"
    zone = '::: zone pivot="programming-language-%s"\n\n%s\n\n::: zone-end\n\n'
    new = f"{page}\n{zone % ('go', '[!INCLUDE [Go](go.md)]')}{zone % ('c', 'Words.')}"
    (file,) = analyse(between({"a.md": page}, {"a.md": new}, {})).files
    kinds = [finding.kind for finding in file.findings]
    assert kinds.count("zone-added") == 2
    assert "include-added" in kinds


def test_an_include_that_follows_a_rename_changes_nothing_for_readers() -> None:
    page = "# A\n\nText.\n\n[!INCLUDE [it](%s.md)]\n"
    told = {}
    for moves, now in (({"old.md": "new.md"}, "new"), ({}, "other")):
        old = {"a.md": page % "old", "old.md": "Words.\n", "other.md": "Others.\n"}
        new = {"a.md": page % now, f"{'new' if moves else 'old'}.md": "Words.\n"}
        change_set = between(old, {**new, "other.md": "Others.\n"}, moves)
        file = next(file for file in analyse(change_set).files if file.change.path == "a.md")
        told[now] = [(finding.kind, finding.impact) for finding in file.findings]
    assert told == {
        "new": [("include-changed", "noise")],
        "other": [("include-changed", "minor")],
    }
