from __future__ import annotations

import pytest
from support.case_folder import between
from support.told import told

from diffinsight.detectors import analyse
from diffinsight.models import FileAnalysis, Finding

IMAGE = "![A map](%s)\n"


def compare(before: str, after: str, more: tuple[str, ...] = ()) -> FileAnalysis:
    others = dict.fromkeys(more, "x\n")
    change_set = between({"docs/a.md": before, **others}, {"docs/a.md": after, **others}, {})
    (file,) = analyse(change_set).files
    return file


def found(file: FileAnalysis, kind: str) -> list[Finding]:
    return [finding for finding in file.findings if finding.kind == kind]


def test_a_new_link_without_its_scheme_broke_nothing() -> None:
    (link,) = found(compare("# A\n", "# A\n\n[x](example.com/y)\n"), "link-broken")
    assert link.impact == "notable"
    assert (link.values["reason"], link.values["suggestion"]) == (
        "missing-scheme",
        "https://example.com/y",
    )


@pytest.mark.parametrize("target", ["gone.md", "img/example.com.png", "com/y.md"])
def test_a_new_link_to_no_file_is_broken(target: str) -> None:
    (link,) = found(compare("# A\n", f"# A\n\n[x]({target})\n"), "link-broken")
    assert (link.impact, link.values["reason"]) == ("breaking", "missing-file")


def test_a_new_page_breaks_nothing_for_readers() -> None:
    before = {"docs/b.md": "# B\n"}
    change_set = between(before, {**before, "docs/a.md": "# A\n\n[x](gone.md)\n"}, {})
    (file,) = (file for file in analyse(change_set).files if file.change.path == "docs/a.md")
    (link,) = found(file, "link-broken")
    assert link.impact == "notable"


@pytest.mark.parametrize(
    ("before", "after", "exchanged"),
    [
        ("media/a.png", "./media/a.png", False),
        ("media/a.png", "../docs/media/a.png", False),
        ("media/a.png", "../media/a.png", True),
        ("media/a.png", "media/b.png", True),
    ],
)
def test_an_image_by_another_path_is_the_same(before: str, after: str, exchanged: bool) -> None:  # noqa: FBT001 - a table of cases
    file = compare(IMAGE % before, IMAGE % after)
    assert bool(found(file, "image-changed")) is exchanged


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("# A\n\n<!-- old -->\n", "# A\n", "removed"),
        ("# A\n", "# A\n\n<!-- new -->\n", "added"),
        ("# A\n\n<!-- old -->\n", "# A\n\n<!-- new -->\n", None),
    ],
)
def test_a_comment_that_came_or_went_did_not_change(
    before: str, after: str, change: str | None
) -> None:
    (comment,) = found(compare(before, after), "comment-changed")
    assert comment.values.get("change") == change


def test_a_link_with_other_words_and_another_target_is_told_with_both() -> None:
    page = "# A\n\nThe editor runs on every computer (see the {}, which tells you all of it).\n"
    before = page.format("[full discussion](https://example.com/issues/7)")
    (link,) = found(compare(before, page.format("[related FAQ](#faq)")), "link-retargeted")
    assert (link.values["text_before"], link.values["text"]) == ("full discussion", "related FAQ")
    assert (link.before, link.after) == ("https://example.com/issues/7", "#faq")


def test_a_link_with_the_same_words_has_no_other_text() -> None:
    page = "# A\n\nSee the [full story](%s) of it.\n"
    file = compare(page % "https://example.com/1", page % "https://example.com/2")
    assert "text_before" not in found(file, "link-retargeted")[0].values


def test_a_link_whose_address_stands_apart_is_none() -> None:
    old = "# A\n\n## B\n\nWords that stay.\n"
    for mark in (".", " ", "]"):
        new = old.replace("stay.", f"stay. See [the rules]{mark}(https://example.com/rules).")
        (file,) = analyse(between({"a.md": old}, {"a.md": new}, {})).files
        (wrong,) = [finding for finding in file.findings if finding.kind.startswith("link-")]
        assert (wrong.kind, wrong.subject) == ("link-broken", "https://example.com/rules")
        assert (wrong.values["reason"], wrong.values["text"]) == ("not-linked", "the rules")
        assert wrong.impact == "notable"
        (file,) = analyse(between({"a.md": new}, {"a.md": f"{new}\nMore.\n"}, {})).files
        assert "link-broken" not in {finding.kind for finding in file.findings}


def test_a_link_of_a_new_page_whose_address_stands_apart_is_told_with_its_line() -> None:
    page = "# A\n\nSee [the rules]](https://example.com/rules), and [[1]](https://example.com/1).\n"
    (file,) = analyse(between({}, {"a.md": page}, {})).files
    (wrong,) = [finding for finding in file.findings if finding.kind == "link-broken"]
    assert (wrong.subject, wrong.after_lines) == ("https://example.com/rules", (3, 3))


def test_an_address_beside_brackets_is_no_link_in_code_or_after_words() -> None:
    old = "# A\n\n## B\n\nWords that stay.\n"
    for text in ("`[x_1].(https://example.com/a)`", "[the rules] and (https://example.com/a)"):
        (file,) = analyse(between({"a.md": old}, {"a.md": f"{old}\nSee {text}.\n"}, {})).files
        assert "link-broken" not in {finding.kind for finding in file.findings}


def test_the_page_of_a_broken_anchor_is_the_file_that_lacks_it() -> None:
    pages = {"docs/b.md": "# B\n\n## Old rules\n\nText.\n", "docs/a.md": "# A\n\nText.\n"}
    link = "# A\n\nText, as [said](/site/docs/b#old-rules).\n"
    new = {"docs/b.md": pages["docs/b.md"].replace("Old", "New"), "docs/a.md": link}
    files = analyse(between(pages, new, {})).files
    (broken,) = [f for file in files for f in file.findings if f.kind == "link-broken"]
    assert (broken.values["page"], broken.values["anchor"]) == ("docs/b.md", "old-rules")


def test_a_new_link_to_a_folder_kept_elsewhere_is_not_broken() -> None:
    before = {"readme.md": "See [one](docs/one.md).\n"}
    after = {"readme.md": "See [one](docs/one.md) and [two](docs/two.md).\n"}
    (file,) = analyse(between(before, after, {})).files
    assert "link-broken" not in {finding.kind for finding in file.findings}
    (file,) = analyse(between({"readme.md": "See it.\n"}, after, {})).files
    assert "link-broken" in {finding.kind for finding in file.findings}


def test_a_link_that_stands_in_a_new_block_did_not_go() -> None:
    link = '<a href="https://example.com/"><img src="{}.svg" /></a>\n'
    before = '<p align="center">\n' + link.format("a") + "</p>\n"
    after = '<p align="center">\n\n<!-- made -->\n' + link.format("b") + "\n</p>\n"
    assert "link-removed" not in {finding.kind for finding in told(before, after)}


def test_a_link_that_stands_elsewhere_in_the_page_neither_came_nor_went() -> None:
    text = "Read {} before you go on with all of the steps that stand below."
    old = f"- {text.format('[A](a.md)')}\n- {text.format('it').replace('steps', 'parts')}\n"
    new = f"- {text.format('it')}\n- {text.format('[B](a.md)').replace('steps', 'parts')}\n"
    kinds = {finding.kind for finding in told(old, new)}
    assert kinds.isdisjoint({"link-added", "link-removed"})


def test_one_of_two_links_to_the_same_page_went() -> None:
    old = "Read [it](a.md) first, then go on with all of the steps below.\n\nSee [it](a.md).\n"
    new = "Read it first, then go on with all of the steps below.\n\nSee [it](a.md).\n"
    assert "link-removed" in {finding.kind for finding in told(old, new)}


def test_a_definition_of_another_name_is_another_link() -> None:
    one, two = "[one]: https://example.com/one\n", "[two]: https://example.com/2\n"
    rest = "[three]: https://example.com/three\n"
    kinds = {finding.kind for finding in told(f"Text.\n\n{one}{rest}", f"Text.\n\n{two}{rest}")}
    assert kinds == {"link-removed", "link-added"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("#tea", "#a-cup-of-tea"),
        ("pot.md", "teapot.md"),
        ("example.com/tea", "https://example.com/tea"),
    ],
)
def test_a_link_that_led_nowhere_and_works_now_is_repaired(before: str, after: str) -> None:
    page = "# A\n\nMake [some tea](%s) first.\n\n## A cup of tea\n\nWater it.\n"
    other = ("docs/teapot.md",)
    file = compare(page % before, page % after, other)
    (told,) = found(file, "link-retargeted")
    assert (told.impact, told.values["repaired"]) == ("notable", True)


def test_a_link_that_worked_before_is_not_repaired() -> None:
    page = "# A\n\nMake [some tea](%s) first.\n\n## A cup of tea\n\nWater it.\n"
    file = compare(page % "#a", page % "#a-cup-of-tea")
    assert "repaired" not in found(file, "link-retargeted")[0].values


@pytest.mark.parametrize(
    ("anchor", "sphinx", "kinds"),
    [
        ("concepts:idle", True, set()),  # a label of another page
        ("install-guide", True, set()),  # one of reStructuredText
        ("Hub.interval", True, set()),  # an object, which the code has
        ("concepts:idle", False, {"link-broken"}),
    ],
)
def test_in_sphinx_a_name_may_be_one_of_the_project(
    anchor: str, kinds: set[str], *, sphinx: bool
) -> None:
    others = {
        "docs/b.md": "(concepts:idle)=\n# B\n",
        "docs/c.rst": ".. _install-guide:\n\nC\n=\n",
    }
    others |= {"docs/conf.py": "extensions = []\n"} if sphinx else {}
    before = {"docs/a.md": "# A\n", **others}
    change_set = between(before, {**before, "docs/a.md": f"# A\n\n[x](#{anchor})\n"}, {})
    (file,) = analyse(change_set).files
    assert {finding.kind for finding in file.findings} & {"link-broken"} == kinds


def test_in_sphinx_a_link_whose_heading_went_is_broken() -> None:
    before = {"docs/a.md": "# A\n\n[x](#old-one)\n\n## Old one\n", "docs/conf.py": "a = 1\n"}
    after = {**before, "docs/a.md": "# A\n\n[x](#old-one)\n\n## New one\n"}
    (file,) = analyse(between(before, after, {})).files
    assert [link.subject for link in found(file, "link-broken")] == ["#old-one"]
