from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.case_folder import between, make_patch, without_texts

from diffinsight.changes import hunks
from diffinsight.detectors import DETECTORS, analyse
from diffinsight.models import Analysis, ChangeSet, FileAnalysis, FileChange, Finding

PACKAGE = Path(__file__).parents[3] / "diffinsight" / "detectors"


def compare(before: str, after: str, path: str = "a.md") -> FileAnalysis:
    (file,) = analyse(between({path: before}, {path: after}, {})).files
    return file


def kinds(file: FileAnalysis) -> set[str]:
    return {finding.kind for finding in file.findings}


def one(analysis: Analysis, path: str, kind: str) -> Finding:
    (found,) = [
        finding
        for file in analysis.files
        if file.change.path == path
        for finding in file.findings
        if finding.kind == kind
    ]
    return found


def test_every_detector_file_is_listed() -> None:
    files = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__", "rest", "old_paths"}
    assert {detector.__module__.rpartition(".")[2] for detector in DETECTORS} == files


def test_a_removed_page_is_judged_by_links_and_redirects() -> None:
    before = {"a.md": "# A\n", "b.md": "[a](a.md)\n", "c.md": "# C\n"}
    after = {
        "b.md": "[a](a.md)\n",
        ".openpublishing.redirection.json": '{"redirections": [\n'
        '{"source_path": "c.md", "redirect_url": "/x"}\n]}\n',
    }
    analysis = analyse(between(before, after, {}))
    gone = one(analysis, "a.md", "page-removed")
    assert gone.impact == "breaking"
    assert gone.values["places"] == ({"path": "b.md", "line": 1},)
    sent = one(analysis, "c.md", "page-removed")
    assert (sent.impact, sent.values["redirect"]) == ("notable", "/x")


def test_without_the_repository_nothing_is_said_of_links() -> None:
    change_set = without_texts(between({"a.md": "# A\n\n## B\n"}, {"a.md": "# A\n"}, {}))
    analysis = analyse(change_set)
    assert "links" not in one(analysis, "a.md", "heading-removed").values
    assert [note.kind for note in analysis.notes] == ["patch-only", "links-not-judged"]


def test_what_was_broken_before_is_only_noted() -> None:
    analysis = analyse(between({"a.md": "[x](no.md) a\n"}, {"a.md": "[x](no.md) b\n"}, {}))
    assert "link-broken" not in kinds(analysis.files[0])
    assert [(note.kind, note.values) for note in analysis.notes] == [
        ("links-broken-before", {"count": 1, "places": ("a.md:1",)})
    ]


def test_a_redirect_serves_a_link_in_other_letters() -> None:
    redirect = '{"redirections": [\n{"source_path": "docs/no.md", "redirect_url": "/x"}\n]}\n'
    kept = {".openpublishing.redirection.json": redirect}
    before, after = ({**kept, "Docs/a.md": f"[x](no.md) {text}\n"} for text in "ab")
    assert analyse(between(before, after, {})).notes == ()


def test_links_into_a_folder_that_is_kept_elsewhere_are_not_called_broken() -> None:
    links = "".join(f"[x](docs/rules/{name}.md)\n" for name in "abc")
    new = "[y](docs/rules/y.md) [z](docs/other/z.md)\n"
    analysis = analyse(between({"a.md": links}, {"a.md": links + new}, {}))
    assert "link-broken" not in kinds(analysis.files[0])
    assert [(note.kind, note.values) for note in analysis.notes] == [
        ("links-outside", {"folders": ("docs",)})
    ]


def test_images_that_were_missing_before_are_noted_as_images_in_order() -> None:
    text = "![x](x.png)\n[x](x.md)\n![y](y.png)\n"
    analysis = analyse(between({"a.md": text}, {"a.md": text + "More.\n"}, {}))
    assert [(note.kind, note.values["places"]) for note in analysis.notes] == [
        ("links-broken-before", ("a.md:2",)),
        ("images-missing-before", ("a.md:1", "a.md:3")),
    ]


def test_the_same_broken_target_written_otherwise_is_not_new() -> None:
    before, after = {"a.md": "[x](no.md)\n"}, {"a.md": "[x](no.md) [y](./no.md)\n"}
    assert "link-broken" not in kinds(analyse(between(before, after, {})).files[0])


@pytest.mark.parametrize(
    ("link", "broken"),
    [
        ("gone.md", True),
        ("b.md#no-such", True),
        ("b.md#part", False),
        ("b.md#Part", False),
        ("./b.md?view=1#part", False),
        ("folder", False),
        ("folder/", False),
        ("/azure/somewhere", False),
        ("https://example.com/x.md", False),
        ("mailto:a@b.c", False),
        ("b%20c.md", False),
        ("#top-of-it", True),
        ("{{ site.url }}/x.md", False),
        ("~/b.md", False),
        ("img.png", True),
        ("github.com/a/b", True),
    ],
)
def test_new_links_are_judged_by_the_repository(link: str, *, broken: bool) -> None:
    others = {"b.md": "# B\n\n## Part\n", "folder/index.md": "# F\n", "b c.md": "x\n"}
    text = f"# A\n\n[x]({link})\n"
    (file,) = analyse(between({**others, "a.md": "# A\n"}, {**others, "a.md": text}, {})).files
    assert ("link-broken" in kinds(file)) == broken


def test_an_included_page_lends_its_anchors() -> None:
    others = {"b.md": "[!INCLUDE [x](inc.md)]\n", "inc.md": "## Lent\n"}
    text = "[x](b.md#lent)\n"
    (file,) = analyse(between(others, {**others, "a.md": text}, {})).files
    assert "link-broken" not in kinds(file)


QUESTION = "    - question: |\n       {}\n      answer: It stores files.\n"
FAQ = f"### YamlMime:FAQ\nsections:\n  - questions:\n{QUESTION}"
LINKED = {"a.md": "[x](faq.yml#why--or-not-)\n"}


def test_a_question_that_went_is_linked_as_learn_names_it() -> None:
    before = {**LINKED, "faq.yml": FAQ.format("Why, or not?") + QUESTION.format("Who?")}
    after = {**LINKED, "faq.yml": FAQ.format("Who?")}
    gone = one(analyse(between(before, after, {})), "faq.yml", "heading-removed")
    assert (gone.impact, gone.values["anchor"]) == ("breaking", "why--or-not-")


def test_a_new_link_to_a_question_is_not_judged() -> None:
    others = {"faq.yml": FAQ.format("Why?")}
    (file,) = analyse(between(others, {**others, **LINKED}, {})).files
    assert "link-broken" not in kinds(file)


def test_a_hunk_of_questions_is_read_as_such() -> None:
    before = FAQ.format("Why?") + QUESTION.format("Who reads?")
    after = before.replace("stores", "stores all").replace("Who reads?", "Who reads it?")
    change_set = without_texts(between({"faq.yml": before}, {"faq.yml": after}, {}))
    (file,) = analyse(change_set).files
    assert kinds(file) == {"heading-renamed", "paragraph-changed"}


def test_the_same_edit_makes_a_group() -> None:
    old = "---\ntitle: {}\nms.date: 1\n---\n"
    before = {f"{name}.md": old.format(name) for name in "abc"}
    after = {path: text.replace("ms.date: 1", "ms.date: 2") for path, text in before.items()}
    after["c.md"] = before["c.md"].replace("ms.date: 1", "ms.date: 3")
    (group,) = analyse(between(before, after, {})).groups
    assert (group.reason, group.rule, group.paths) == (
        "same-change",
        "same-lines",
        ("a.md", "b.md"),
    )


def test_noise_files_make_a_group() -> None:
    before = {"a.md": "One two.\n", "b.md": "Three\nfour.\n"}
    after = {"a.md": "One, two.\n", "b.md": "Three four.\n"}
    (group,) = analyse(between(before, after, {})).groups
    assert (group.reason, group.paths) == ("noise", ("a.md", "b.md"))


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("---\n[\n---\n", "---\n[[\n---\n", "text-changed"),
        ("```\nnever closed\n", "```\nnever closed\nat all\n", "code-changed"),
        ("<div><p>\n", "<div><q>\n", "html-changed"),
        ("---\na: 1\na: 2\n---\n", "---\na: 1\na: 3\n---\n", "front-matter-changed"),
    ],
)
def test_bad_markup_still_tells_something(before: str, after: str, kind: str) -> None:
    assert kind in kinds(compare(before, after))


def test_that_only_hunks_were_at_hand_is_said_once() -> None:
    before = {"a.md": "# A\n\nOne thing.\n", "b.md": "# B\n\nOne thing.\n"}
    after = {path: text.replace("One", "Another") for path, text in before.items()}
    several = analyse(without_texts(between(before, after, {})))
    assert [note.kind for note in several.notes] == ["patch-only"]
    assert not any(file.notes for file in several.files)
    alone = analyse(without_texts(between({"a.md": before["a.md"]}, {"a.md": after["a.md"]}, {})))
    assert [note.kind for note in alone.notes] == ["patch-only"]
    assert not any(file.notes for file in alone.files)


def test_bad_data_is_text() -> None:
    file = compare("a: [\n", "b: [\n", "a.yml")
    assert kinds(file) == {"text-changed"}
    assert [note.values["reason"] for note in file.notes] == ["yaml"]


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("---\na: [\n---\n", "front-matter"),
        ("---\na: 1\na: 2\n---\n", "duplicate-keys"),
        ("```\nopen\n", "unclosed-fence"),
    ],
)
def test_what_is_not_understood_is_noted(page: str, reason: str) -> None:
    file = compare(page, page + "more\n")
    assert [note.values["reason"] for note in file.notes] == [reason]


def test_a_fence_that_is_closed_now_needs_no_note() -> None:
    assert not compare("Text.\n\n```\nopen\n", "Text.\n\n```\nopen\n```\n").notes


ROWS = "| a | b |\n|---|---|\n" + "".join(f"| k{i} | value {i} |\n" for i in range(1_000))
PATHOLOGICAL: dict[str, tuple[str, Callable[[str], str]]] = {
    "table rows": (ROWS, lambda text: text.replace("value", "thing")),
    "list items": ("- an item of it\n" * 2_000, lambda text: text.replace("item", "point")),
    "one line": ("word " * 50_000, lambda text: text + "more"),
    "nesting": (
        "\n".join("  " * i + f"- x{i}" for i in range(200)),
        lambda text: text.replace("x1", "y1"),
    ),
    "quotes": (">" * 3_000 + " x", lambda text: text + "y"),
    "open notes": (":::note\n" * 500, lambda text: text.replace("note", "tip")),
}


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_pathological_pages_tell_something(name: str) -> None:
    before, change = PATHOLOGICAL[name]
    after = change(before)
    file = FileChange(path="a.md", status="modified", before=before, after=after)
    (analysis,) = analyse(ChangeSet(files=(file,))).files
    assert analysis.findings


ATOMS = st.sampled_from(
    [
        "# Head", "## Head {#x}", "Some text", "- item", "  - nested", "1. step", "2. step",
        "| a | b |", "|---|---|", "```", "```sh", "> [!NOTE]", "> quote", "---", "title: x",
        ":::note", ":::", "!!! tip", "    body", "{% note %}", "{% endnote %}", "<Tabs>",
        "</Tabs>", '<a id="x"></a>', "<div>", "<!--", "-->", "[x](y.md#z)", "![a](b.png)",
        "[r]: http://x", "[!INCLUDE [a](b.md)]", "# [T](#tab/a)", "", "\t", "日本語の文章",
        "### YamlMime:FAQ", "- question: |", "  answer: |", "    - text: a", "      url: b.md",
        "- [a](b.md)", "## [a](b.md)", "module.exports = {", "  docs: ['a', {x: ['b']}],", "};",
        "`code", "**b", "\ufeff", "\x00", "- name: a", "  href: b", "====", ".. note::", "\r",
    ]
)  # fmt: skip
SOUP = st.lists(ATOMS, max_size=20).map(lambda lines: "".join(f"{line}\n" for line in lines))
PATHS = st.sampled_from(
    [
        "a.md",
        "a.mdx",
        "a.rst",
        "a.adoc",
        "a.ipynb",
        "toc.yml",
        "a.json",
        "mkdocs.yml",
        "a.txt",
        "faq.yml",
        "index.yml",
        "toc.md",
        "SUMMARY.md",
        "sidebars.json",
        "sidebars.js",
    ]
)


@settings(max_examples=300, deadline=None)
@given(SOUP, SOUP, PATHS, st.booleans())
def test_any_soup_is_told_whole(before: str, after: str, path: str, whole: bool) -> None:  # noqa: FBT001 - drawn
    patch = make_patch(before, after)
    if patch is None:
        return
    file = FileChange(
        path=path,
        status="modified",
        patch=patch,
        before=before if whole else None,
        after=after if whole else None,
    )
    (analysis,) = analyse(ChangeSet(files=(file,))).files
    spans = [(f.before_lines, f.after_lines) for f in analysis.findings]
    for hunk in hunks(patch):
        for line in hunk.lines:
            number = line.before if line.mark == "-" else line.after
            side = 0 if line.mark == "-" else 1
            reached = any(s[side] and s[side][0] <= number <= s[side][1] for s in spans)  # type: ignore[index,operator]  # checked first
            assert line.mark == " " or reached, line


def hunk_only(before: str, after: str) -> FileAnalysis:
    """The middle of a page, as a hunk shows it that begins inside of something."""
    patch = (make_patch(before, after) or "").replace("-1,", "-41,").replace("+1,", "+41,")
    change = FileChange(path="a.md", status="modified", patch=patch)
    (file,) = analyse(ChangeSet(files=(change,))).files
    return file


CODE_HUNKS = [
    'key = "my-key"\n# Uncomment it\n# client = Client(key={})\nclient = make(\n    key=key,\n',
    '{{\n    "id": "{}",\n    "text": "One. Two words. Three of them.",\n    "tags": ["a"],\n',
    "var client = new Client();\n// {}\nclient.open();\n",
]
PROSE_HUNKS = [
    "# A title of {}\n\nSome text (with a note).\n",
    "* [One](one.md)\n* [Two of {}](two.md)\n",
    "Note: it is {}.\nSize: it is small.\n",
]


@pytest.mark.parametrize("text", CODE_HUNKS)
def test_a_hunk_that_shows_nothing_but_code_is_code(text: str) -> None:
    assert kinds(hunk_only(text.format("old"), text.format("new"))) == {"code-changed"}


@pytest.mark.parametrize("text", PROSE_HUNKS)
def test_a_hunk_of_prose_is_no_code(text: str) -> None:
    assert "code-changed" not in kinds(hunk_only(text.format("old"), text.format("new")))
