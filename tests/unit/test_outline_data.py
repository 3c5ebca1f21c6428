from __future__ import annotations

import pytest

from diffinsight.outline.learn_yaml import question_anchor
from diffinsight.outline.model import Fragment
from diffinsight.outline.navigation import read_nav, read_toc
from diffinsight.outline.sidebars import read_sidebar
from diffinsight.outline.yaml_tree import NotUnderstoodError, flat, read


def test_values_have_their_lines() -> None:
    root = read("a: 1\nb:\n  - name: x\n    v: |\n      two\n      lines\n")
    assert root is not None
    values = {name: node for _, inner in root.entries[1][1].entries for name, node in inner.entries}
    assert [(it.text, it.first, it.last) for it in values.values()] == [
        ("x", 3, 3),
        ("two\nlines\n", 4, 6),
    ]


def test_json_with_comments_and_tabs_is_read() -> None:
    root = read('{\n\t// why\n\t"a": [1, true]\n}\n')
    assert root is not None
    assert flat(root) == "{a: [1, true]}"


@pytest.mark.parametrize("text", ["[" * 5_000, "- " * 5_000 + "x", "a: [", "a: b: c", "\t- x"])
def test_what_is_no_yaml_is_said(text: str) -> None:
    with pytest.raises(NotUnderstoodError):
        read(text)


def test_quotes_and_styles_are_no_difference() -> None:
    one, other = read("a: 'x'\nb: [1, 2]\n"), read('a: "x"\nb:\n- 1\n- 2\n')
    assert one is not None
    assert other is not None
    assert flat(one) == flat(other) == "{a: x, b: [1, 2]}"


TOC = """items:
- name: Start   # first
  href: start.md
- name: Guides
  expanded: true
  items:
  - name: "Install"
    href: install.md
"""


def test_a_table_of_contents() -> None:
    entries = read_toc([Fragment(first_line=1, text=TOC)])
    assert [(e.name, e.target, e.parent, e.first, e.last) for e in entries] == [
        ("Start", "start.md", "", 2, 3),
        ("Guides", "", "", 4, 6),
        ("Install", "install.md", "Guides", 7, 8),
    ]
    assert entries[1].others == (("expanded", "true"),)


def test_a_hunk_of_a_table_of_contents() -> None:
    part = "    href: a.md\n  - name: B\n    href: b.md\n"
    entries = read_toc([Fragment(first_line=7, text=part)])
    assert [(e.name, e.target, e.first, e.last) for e in entries] == [
        ("a.md", "a.md", 7, 7),
        ("B", "b.md", 8, 9),
    ]


def test_the_navigation_of_mkdocs() -> None:
    text = "site_name: X\nnav:\n  - Start: a.md\n  - Guides:\n    - b.md\ntheme: y\n"
    entries = read_nav([Fragment(first_line=1, text=text)])
    assert [(e.name, e.target, e.parent, e.first) for e in entries] == [
        ("Start", "a.md", "", 3),
        ("Guides", "", "", 4),
        ("b.md", "b.md", "Guides", 5),
    ]


@pytest.mark.parametrize(
    ("question", "anchor"),
    [
        ("Can I use it, or not?", "can-i-use-it--or-not-"),
        ("What is `store`?", "what-is-store-"),
        ("何ですか？", "何ですか-"),  # noqa: RUF001 - a Japanese question mark
    ],
)
def test_a_question_has_the_anchor_that_learn_gives_it(question: str, anchor: str) -> None:
    assert question_anchor(question) == anchor


SIDEBARS = {
    "json": '{"docs": ["a", {"B": ["c"]}]}',
    "module": "module.exports = {docs: ['a', {type:'category', label:'B', items:['c',],},]};",
    "typed": (
        "// first\nconst sidebars: SidebarsConfig = {\n  docs: ['a', /* {} */ {'B': [\"c\"]}]\n};\n"
        "export default sidebars;\n"
    ),
}


@pytest.mark.parametrize("form", SIDEBARS)
def test_a_sidebar_is_read_in_every_form(form: str) -> None:
    entries = read_sidebar([Fragment(first_line=1, text=SIDEBARS[form])]) or []
    found = [(entry.name, entry.target, entry.parents) for entry in entries]
    assert found == [("a", "a", ()), ("B", "", ()), ("c", "c", ("B",))]


@pytest.mark.parametrize(
    "text", ["module.exports = build();", "const sidebars = {docs: [", "export default [1];", ""]
)
def test_a_sidebar_built_by_code_is_not_read(text: str) -> None:
    assert read_sidebar([Fragment(first_line=1, text=text)]) is None
