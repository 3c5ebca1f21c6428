"""MyST: https://myst-parser.readthedocs.io/en/latest/syntax/roles-and-directives.html"""

from __future__ import annotations

import pytest

from diffinsight.outline import read_text


def blocks(page: str) -> list[tuple[str, str, str]]:
    return [(block.kind, block.name, block.text) for block in read_text("a.md", page).blocks]


def test_a_note_ends_with_its_fence_and_holds_markdown() -> None:
    page = "```{warning} Take care\n:class: x\n\nRead *this*.\n\n- one\n```\n\nAfter it.\n"
    outline = read_text("a.md", page)
    note = next(block for block in outline.blocks if block.kind == "note")
    assert (note.name, note.text, note.end) == ("warning", "Take care", 7)
    assert [
        (b.kind, b.text, b.note) for b in outline.blocks if b.kind in {"paragraph", "item"}
    ] == [
        ("paragraph", "Read this.", "warning"),
        ("item", "one", "warning"),
        ("paragraph", "After it.", ""),
    ]


def test_directives_stand_in_each_other() -> None:
    page = "````{tab-set}\n```{tab-item} Linux\nRun it.\n```\n````\nAfter it.\n"
    assert blocks(page)[-3:] == [
        ("tab", "tab", "Linux"),
        ("paragraph", "", "Run it."),
        ("paragraph", "", "After it."),
    ]


def test_code_has_its_language_and_other_code_stays() -> None:
    page = (
        "```{code-block} python\nx = 1\n```\n\n```{r}\nplot(x)\n```\n\n```{eval-rst}\n.. a::\n```\n"
    )
    assert [(kind, name) for kind, name, _ in blocks(page)] == [
        ("code", "python"),
        ("code", "{r}"),
        ("code", "{eval-rst}"),
    ]


def test_a_toctree_and_an_include_name_files() -> None:
    toctree = "```{toctree}\n:hidden:\n\nguide\nThe API <api>\n```\n\n"
    include = "```{include} ../README.md\n:end-before: x\n```\n"
    outline = read_text("a.md", toctree + include)
    assert [(link.target, link.text) for link in outline.links] == [
        ("guide", "guide"),
        ("api", "The API"),
        ("../README.md", "../README.md"),
    ]
    assert not [block for block in outline.blocks if block.kind == "code"]


def test_a_figure_is_an_image_with_its_caption() -> None:
    outline = read_text("a.md", "```{figure} a.png\n:alt: A map\n\nThe way there.\n```\n")
    assert [(link.target, link.text, link.image) for link in outline.links] == [
        ("a.png", "A map", True)
    ]
    assert outline.blocks[-1].text == "The way there."


def test_a_target_is_an_anchor() -> None:
    outline = read_text("a.md", "(the/place)=\n# Head\n")
    assert [(anchor.name, anchor.line) for anchor in outline.anchors] == [("the/place", 1)]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("See {func}`attrs.define`.", "See `attrs.define`."),
        ("See {py:class}`~attrs.Factory`.", "See `Factory`."),
        ("See {ref}`the words <label>`.", "See the words."),
        ("See {doc}`guide`.", "See guide."),
        ("Write {name} and `code`.", "Write {name} and `code`."),
    ],
)
def test_a_role_shows_no_name(source: str, shown: str) -> None:
    assert read_text("a.md", source).blocks[0].text == shown


def test_a_fence_that_nothing_closes_ends_with_the_page() -> None:
    outline = read_text("a.md", "```{note}\nText.\n")
    assert [block.end for block in outline.blocks if block.kind == "note"] == [2]
