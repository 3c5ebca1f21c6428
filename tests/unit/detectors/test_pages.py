"""Pages that came, went or gave way to others."""

from __future__ import annotations

import pytest
from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.models import ChangeSet, FileChange

OLD = "Guide\n=====\n\nWords that were there.\n"
NEW = "# Guide\n\nEverything was written anew.\n"


@pytest.mark.parametrize(
    ("new", "link", "impact", "successor"),
    [
        ("docs/a.md", "a.md", "minor", "a.md"),
        ("docs/a.md", "a.rst", "breaking", "a.md"),
        ("docs/b.md", "b.md", "breaking", None),
    ],
)
def test_a_page_in_another_markup_language_takes_the_place_of_the_old_one(
    new: str, link: str, impact: str, successor: str | None
) -> None:
    other = {"docs/c.md": f"# C\n\nSee [it]({link}).\n"}
    files = analyse(between({"docs/a.rst": OLD, **other}, {new: NEW, **other}, other)).files
    (gone,) = [f for file in files for f in file.findings if f.kind == "page-removed"]
    assert (gone.impact, gone.values.get("successor")) == (impact, successor)


def test_a_new_page_with_the_text_that_left_another_one_is_nothing_new() -> None:
    text = "Select the list to open it. Then add each of the words that you want to block.\n"
    more = "The list works at once, for all of the models that the project has.\n"
    before = {"a.md": f"# A\n\nOpen the page.\n\n{text}\n{more}"}
    after = {
        "a.md": "# A\n\nOpen the page.\n\n[!INCLUDE [steps](includes/steps.md)]\n",
        "includes/steps.md": f"{text}\n{more}",
    }
    files = analyse(between(before, after, {})).files
    (came,) = [f for file in files for f in file.findings if f.kind == "page-added"]
    assert (came.impact, came.values["text_of"]) == ("minor", "a.md")


def test_a_new_page_with_much_that_is_new_says_where_most_of_it_stood() -> None:
    said = "Select the list to open it. Then add each of the words that you want to block.\n"
    new = "The list works at once, for all models.\n"
    before = {"a.md": f"# A\n\nIt stays.\n\n{said}"}
    after = {"a.md": "# A\n\nIt stays.\n", "b.md": f"# B\n\n{said}\n{new}"}
    files = analyse(between(before, after, {})).files
    (came,) = [f for file in files for f in file.findings if f.kind == "page-added"]
    assert (came.impact, came.values["mostly_of"]) == ("notable", "a.md")
    assert "text_of" not in came.values


def test_a_new_page_with_the_reworded_text_of_another_one_is_no_news() -> None:
    said = (
        "To chat with your deployed model in the playground, follow these steps with care. "
        "Select the playground for audio from the left pane, and then select your deployment."
    )
    reworded = said.replace("the left pane", "the left side pane")
    before = {"a.md": f"# A\n\nIt stays.\n\n{said}\n"}
    after = {"a.md": "# A\n\nIt stays.\n", "b.md": f"# B\n\n{reworded}\n"}
    files = analyse(between(before, after, {})).files
    (came,) = [f for file in files for f in file.findings if f.kind == "page-added"]
    assert (came.impact, came.values["text_of"]) == ("minor", "a.md")


@pytest.mark.parametrize(
    ("left", "impact"),
    [("Nothing.\n", "minor"), ('--8<-- "beta.md"\n', "notable")],
)
def test_a_part_of_pages_that_nothing_takes_in_any_more_is_missed_by_nobody(
    left: str, impact: str
) -> None:
    part = {"docs/.snippets/beta.md": "Mind that it is a beta.\n"}
    page = {"docs/a.md": f"# A\n\n{left}"}
    files = analyse(between({**part, "docs/a.md": '# A\n\n--8<-- "beta.md"\n'}, page, {})).files
    (gone,) = [f for file in files for f in file.findings if f.kind == "page-removed"]
    assert gone.impact == impact


@pytest.mark.parametrize(
    ("path", "impact", "unpublished"),
    [
        ("README.md", "notable", True),
        (".github/PULL_REQUEST_TEMPLATE.md", "notable", True),
        ("docs/readme.md", "breaking", None),
        ("guide.md", "breaking", None),
    ],
)
def test_what_is_for_those_who_open_the_repository_has_no_address_on_a_site(
    path: str, impact: str, *, unpublished: bool | None
) -> None:
    other = {"a.md": f"# A\n\nOpen {path} first.\n"}
    files = analyse(between({path: "# Guide\n\nWords.\n", **other}, other, other)).files
    (gone,) = [f for file in files for f in file.findings if f.kind == "page-removed"]
    assert (gone.impact, gone.values.get("unpublished")) == (impact, unpublished)


def test_a_symbolic_link_that_went_names_where_it_led() -> None:
    change = FileChange(
        path="install.md",
        status="removed",
        before_mode="120000",
        patch="@@ -1 +0,0 @@\n-docs/install.md\n\\ No newline at end of file\n",
    )
    (file,) = analyse(ChangeSet(files=(change,))).files
    (gone,) = file.findings
    assert (gone.kind, gone.values["points_to"]) == ("file-removed", "docs/install.md")


@pytest.mark.parametrize(("shown", "expected"), [("![It](pot.png)\n", True), ("Text.\n", None)])
def test_an_image_that_a_page_showed_until_now_was_seen(
    shown: str, *, expected: bool | None
) -> None:
    before = {"a.md": f"# A\n\n{shown}", "pot.png": "x"}
    files = analyse(between(before, {"a.md": "# A\n\nOther.\n"}, {})).files
    told = [f for file in files for f in file.findings if f.kind == "asset-removed"]
    assert [finding.values.get("was_shown") for finding in told] == [expected]


@pytest.mark.parametrize(("text", "steps"), [("", 2), ("\n## Then\n\nRest.\n", None)])
def test_of_a_page_that_is_a_procedure_the_steps_are_counted(text: str, steps: int | None) -> None:
    page = f"# A\n\nTo put it in place:\n\n1. Open it.\n1. Save it.\n{text}"
    files = analyse(between({}, {"a.md": page}, {})).files
    (came,) = [f for file in files for f in file.findings if f.kind == "page-added"]
    assert came.values.get("steps") == steps
