"""PyMdown Extensions: https://facelessuser.github.io/pymdown-extensions/extensions/blocks/"""

from __future__ import annotations

from diffinsight.outline import read_text


def test_a_note_between_slashes() -> None:
    page = "/// warning | Take care\nRead this.\n///\n\nAfter it.\n"
    outline = read_text("a.md", page)
    assert [(b.kind, b.name, b.text, b.note) for b in outline.blocks] == [
        ("note", "warning", "Take care", ""),
        ("paragraph", "", "Read this.", "warning"),
        ("paragraph", "", "After it.", ""),
    ]
    assert outline.blocks[0].end == 3


def test_a_note_of_the_sites_own_kind_has_its_title() -> None:
    assert [b.text for b in read_text("a.md", "/// new | New in 2.0\nIt waits.\n///\n").blocks] == [
        "New in 2.0",
        "It waits.",
    ]


def test_frames_show_what_stands_in_them() -> None:
    page = "/// tab | Linux\nRun it.\n///\n\n/// html | div.x\nText.\n///\n"
    assert [(b.kind, b.text) for b in read_text("a.md", page).blocks if b.kind != "directive"] == [
        ("tab", "Linux"),
        ("paragraph", "Run it."),
        ("paragraph", "Text."),
    ]


def test_a_snippet_takes_in_a_file() -> None:
    (block,) = read_text("a.md", '--8<-- "parts/start.md"\n').blocks
    assert (block.kind, block.name) == ("directive", "include")
    assert block.included
    assert block.included.target == "parts/start.md"


def test_a_path_between_words_is_none() -> None:
    assert [b.kind for b in read_text("a.md", "/// 3 ///\n").blocks] == ["paragraph"]


def test_the_language_of_code_in_a_line_is_not_shown() -> None:
    page = "Set `#!py3 False` or `:::js {}`, below `#!/bin/sh -e` and `#!python`.\n"
    (block,) = read_text("a.md", page).blocks
    assert block.text == "Set `False` or `{}`, below `#!/bin/sh -e` and `#!python`."
