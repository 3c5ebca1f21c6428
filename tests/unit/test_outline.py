from __future__ import annotations

import pytest

from diffinsight.outline import file_kind, read, read_text
from diffinsight.outline.anchors import loose, numbered, slug
from diffinsight.outline.model import Block, Fragment, Outline


def kinds(outline: Outline) -> list[tuple[str, int, int]]:
    return [(block.kind, block.first, block.last) for block in outline.blocks]


def only(outline: Outline, kind: str) -> Block:
    (block,) = [block for block in outline.blocks if block.kind == kind]
    return block


def test_blocks_know_their_lines() -> None:
    page = (
        "---\ntitle: T\n---\n\n# Head\n\nText of\ntwo lines.\n\n"
        "- item\n\n1. step\n\n```sh\nls\n```\n"
    )
    assert kinds(read_text("a.md", page)) == [
        ("meta", 1, 3),
        ("heading", 5, 5),
        ("paragraph", 7, 8),
        ("item", 10, 10),
        ("step", 12, 12),
        ("code", 14, 16),
    ]


def test_a_nested_block_is_its_own() -> None:
    page = "- one\n\n  more of one\n\n  ```sh\n  ls\n  ```\n\n  - nested\n"
    assert [kind for kind, _, _ in kinds(read_text("a.md", page))] == [
        "item",
        "paragraph",
        "code",
        "item",
    ]


def test_links_images_and_html_anchors_have_targets_and_lines() -> None:
    page = 'See [it](a.md "t") and\n![pic](b.png) and <a id="here"></a> https://x.org/y.\n'
    outline = read_text("a.md", page)
    links = [(link.target, link.text, link.line, link.image) for link in outline.links]
    assert links == [
        ("a.md", "it", 1, False),
        ("b.png", "pic", 2, True),
        ("https://x.org/y", "https://x.org/y", 2, False),
    ]
    assert [(anchor.name, anchor.line) for anchor in outline.anchors] == [("here", 2)]


def test_a_list_in_a_cell_is_one_of_words() -> None:
    cell = "<ul><li>one</li><li>`two` and *more*<li>three</ul>"
    outline = read_text("a.md", f"| A | B |\n|---|---|\n| 1 | {cell} |\n")
    assert only(outline, "row").cells == ("1", "one, `two` and more, three")


def test_table_rows_are_told_by_cell() -> None:
    outline = read_text("a.md", "| A | B |\n|---|---|\n| 1 | `x` |\n")
    assert only(outline, "table").cells == ("A", "B")
    assert only(outline, "table").end == 3
    assert only(outline, "row").cells == ("1", "`x`")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("> [!NOTE]\n> Mind it.\n", "note"),
        ("> [!WARNING] Title\n> Mind it.\n", "warning"),
        (":::tip Title\nMind it.\n:::\n", "tip"),
        ("::: {.callout-caution}\nMind it.\n:::\n", "caution"),
        ('!!! danger "Title"\n    Mind it.\n', "danger"),
        ("{% note %}\nMind it.\n{% endnote %}\n", "note"),
        ('{% hint style="info" %}\nMind it.\n{% endhint %}\n', "info"),
        ("{{< warning >}}\nMind it.\n{{< /warning >}}\n", "warning"),
    ],
)
def test_notes_of_every_dialect(text: str, kind: str) -> None:
    outline = read_text("a.md", text)
    assert only(outline, "note").name == kind
    assert only(outline, "paragraph").note == kind
    assert only(outline, "paragraph").text == "Mind it."


def test_a_component_is_a_note_in_mdx_only() -> None:
    page = '<Callout type="warning">\nMind it.\n</Callout>\n'
    assert only(read_text("a.mdx", page), "note").name == "warning"
    assert not [block for block in read_text("a.md", page).blocks if block.kind == "note"]


def test_tabs_includes_zones_and_images_of_learn() -> None:
    page = (
        '# [Linux](#tab/linux)\n\n[!INCLUDE [x](inc/x.md)]\n\n::: zone pivot="a"\n\n'
        ':::image type="content" source="i.png" alt-text="Alt":::\n\n::: zone-end\n'
    )
    outline = read_text("a.md", page)
    assert [(block.kind, block.name) for block in outline.blocks] == [
        ("tab", "tab"),
        ("directive", "include"),
        ("directive", "zone"),
        ("paragraph", ""),
        ("directive", "zone-end"),
    ]
    assert [link.target for link in outline.links] == ["inc/x.md", "i.png"]
    assert outline.anchors[0].name == "tab/linux"


def test_nothing_is_read_inside_a_fence() -> None:
    page = "```md\n# no heading\n> [!NOTE]\n:::tip\n[r]: http://x\n```\n"
    assert kinds(read_text("a.md", page)) == [("code", 1, 6)]


def test_nothing_is_read_inside_a_comment() -> None:
    page = 'Text.\n\n<!--\n> [!div class="x"]\n> [!NOTE]\n> Old.\n-->\n\n> [!NOTE]\n> New.\n'
    outline = read_text("a.md", page)
    assert not any(block.kind == "directive" for block in outline.blocks)
    assert [block.first for block in outline.blocks if block.kind == "note"] == [9]
    code = read_text("a.md", "```html\n<!--\n```\n\n> [!NOTE]\n> New.\n")
    assert only(code, "note").first == 5


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Set up the tool", "set-up-the-tool"),
        ("What's new?", "whats-new"),
        ("A & B", "a--b"),
        ("`wsl --install`", "wsl---install"),
        ("日本語の見出し", "日本語の見出し"),
        ("under_score", "under_score"),
    ],
)
def test_anchors_are_those_of_github(heading: str, anchor: str) -> None:
    assert slug(heading) == anchor


def test_equal_headings_are_numbered_and_separators_count_loosely() -> None:
    assert list(numbered(["Setup", "Setup", "Setup 1"])) == ["setup", "setup-1", "setup-1-1"]
    assert loose("a--b_c") == loose("a-b-c")


def test_hunks_are_read_as_parts() -> None:
    inside_code = Fragment(first_line=40, text="x = 1\n```\n\nText.\n")
    inside_table = Fragment(first_line=80, text="| a | b |\n| c | d |\n")
    in_front_matter = Fragment(first_line=2, text="title: T\nms.date: 1\n---\n")
    outline = read("a.md", (in_front_matter, inside_code, inside_table), partial=True)
    assert kinds(outline) == [
        ("meta", 2, 2),
        ("meta", 3, 4),
        ("code", 40, 41),
        ("paragraph", 43, 43),
        ("row", 80, 80),
        ("row", 81, 81),
    ]


def test_prose_between_two_bare_fences_is_no_code() -> None:
    hunk = Fragment(
        first_line=9,
        text="}\n```\n\nIf a file is encrypted, you see this message:\n\n```\nCode 5\n",
    )
    assert ("paragraph", 12, 12) in kinds(read("a.md", (hunk,), partial=True))
    hunk = Fragment(first_line=9, text="Run this command:\n\n```\nls -l\n```\n\nThen wait.\n")
    assert ("code", 11, 13) in kinds(read("a.md", (hunk,), partial=True))


def test_a_hunk_that_begins_in_the_code_of_a_list_ends_it_at_its_fence() -> None:
    hunk = Fragment(
        first_line=20, text="    no access here\n    ```\n\n    If you get an error, try again.\n"
    )
    blocks = read("a.md", (hunk,), partial=True).blocks
    assert [(block.kind, block.text) for block in blocks if block.kind == "paragraph"] == [
        ("paragraph", "If you get an error, try again.")
    ]


def test_restructured_text() -> None:
    page = (
        ".. _intro:\n\nTitle\n=====\n\nSee :doc:`Guide <guide>`.\n\n.. warning:: Hot\n\n"
        "   Very.\n\n"
        ".. code-block:: bash\n\n   ls\n\n.. image:: a.png\n   :alt: A\n\n.. toctree::\n\n   one\n"
    )
    outline = read_text("a.rst", page)
    found = [block.kind for block in outline.blocks]
    assert found == [
        "heading",
        "paragraph",
        "note",
        "paragraph",
        "code",
        "paragraph",
        "directive",
        "item",
    ]
    assert [link.target for link in outline.links] == ["guide", "a.png", "one"]
    assert [anchor.name for anchor in outline.anchors] == ["intro"]


def test_restructured_text_reads_as_on_the_page() -> None:
    page = (
        "Ask in `the chat`_ or by `mail <mail_>`_; ``x`` is like :py:func:`~a.b`, "
        "`this`__ mail_.\n\n"
        ".. _the chat: https://chat\n.. _mail: https://mail\n__ https://this\n\n"
        ".. |badge| image:: https://badge\n   :alt: Badge\n"
    )
    blocks = read_text("a.rst", page).blocks
    assert blocks[0].text == "Ask in the chat or by mail; `x` is like `a.b`, this mail."
    assert [link.target for link in blocks[0].links] == ["https://mail"]
    assert [block.kind for block in blocks[1:]] == ["definition"] * 3 + ["paragraph"]
    assert [(link.target, link.text) for link in blocks[4].links] == [("https://badge", "Badge")]


@pytest.mark.parametrize(
    ("page", "levels"),
    [
        ("Title\n=====\n\nA\n-\n\nPart\n----\n", [1, 2]),
        ("One\n---\n\nText.\n\nTwo\n---\n", [2, 2]),
    ],
)
def test_the_lone_first_heading_of_restructured_text_is_its_title(
    page: str, levels: list[int]
) -> None:
    headings = read_text("a.rst", page).headings
    assert [section.heading.level for section in headings if section.heading] == levels


def test_objects_that_sphinx_describes_are_sections_of_their_own() -> None:
    page = (
        "Values\n======\n\n.. py:data:: MOST\n\n   The most.\n\n   .. versionadded:: 3.1\n\n"
        "      Was fixed.\n\nAll are read.\n\n.. py:data:: LEAST\n\n   The least.\n"
    )
    sections = read_text("a.rst", page).sections
    told = [
        (s.heading.text if s.heading else "", s.anchor, [block.text for block in s.blocks])
        for s in sections
    ]
    assert told == [
        ("Values", "values", []),
        ("`MOST`", "MOST", ["The most.", "Added in version 3.1: Was fixed."]),
        ("", "", ["All are read."]),
        ("`LEAST`", "LEAST", ["The least."]),
    ]
    assert sections[1].heading is not None
    assert (sections[1].heading.level, sections[1].heading.end) == (2, 11)


def test_objects_described_from_their_code_are_sections_without_their_options() -> None:
    page = ".. autoclass:: a.Item\n   :members:\n\n   More.\n\n.. class:: wide\n\nText.\n"
    blocks = read_text("a.rst", page).blocks
    assert [(block.kind, block.text) for block in blocks] == [
        ("heading", "`a.Item`"),
        ("directive", ":members:"),
        ("paragraph", "More."),
        ("directive", ".. class:: wide"),
        ("paragraph", "Text."),
    ]


def test_what_stands_in_a_note_of_restructured_text_knows_it() -> None:
    blocks = read_text("a.rst", ".. tip::\n\n   Inside.\n\nOutside.\n").blocks
    assert [block.note for block in blocks] == ["", "tip", ""]


def test_asciidoc() -> None:
    page = (
        "= Title\n\n[[here]]\n== Part\n\nSee link:a.html[it].\n\nWARNING: Hot.\n\n"
        "[source,bash]\n----\nls\n----\n\n* item\n. step\n\nimage::a.png[A]\n"
    )
    outline = read_text("a.adoc", page)
    assert [link.target for link in outline.links] == ["a.html", "a.png"]
    assert [section.heading.text for section in outline.sections if section.heading] == [
        "Title",
        "Part",
    ]
    assert only(outline, "code").name == "bash"
    assert only(outline, "note").name == "warning"


def test_notebooks_by_their_cells() -> None:
    page = (
        '{"cells": [\n {"cell_type": "markdown",\n  "source": [\n   "# Title\\n",\n   "\\n",\n'
        '   "Text."\n  ]},\n {"cell_type": "code", "source": [\n   "x = 1"\n  ]}\n]}\n'
    )
    assert kinds(read_text("a.ipynb", page)) == [
        ("heading", 4, 4),
        ("paragraph", 6, 6),
        ("code", 9, 9),
    ]


def test_a_broken_notebook_is_said() -> None:
    assert read_text("a.ipynb", "{").troubles == ("notebook",)


def test_paths_promise_kinds() -> None:
    told = [file_kind(path) for path in ("a.MD", "b/toc.yml", "c.PNG", "d.py", "_redirects")]
    assert told == ["page", "data", "asset", "other", "data"]


def test_comments_of_mdx_are_hidden() -> None:
    page = (
        "{/* one */}\n\nText {/* two */} goes on.\n\n{/*\nthree\n*/}\n\n```js\n{/* code */}\n```\n"
    )
    blocks = read_text("a.mdx", page).blocks
    assert [(block.kind, block.has_words) for block in blocks] == [
        ("html", False),
        ("paragraph", True),
        ("html", False),
        ("code", False),
    ]
    assert (blocks[1].text, blocks[3].text) == ("Text goes on.", "{/* code */}\n")
