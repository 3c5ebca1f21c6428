"""mkdocs-autorefs: https://mkdocstrings.github.io/autorefs/"""

from __future__ import annotations

import pytest
from support.told import one, told

from diffinsight.outline import read_text


@pytest.mark.parametrize(
    ("source", "text", "targets"),
    [
        ("Use [`env`][] here.", "Use `env` here.", ["[env]"]),
        ("See [how it waits][wait-1].", "See how it waits.", ["[wait-1]"]),
        ("The item a[i][j] of it.", "The item a[i][j] of it.", []),
        ("Write `[text][name]` there.", "Write `[text][name]` there.", []),
        ("[known][k] and [new][n].\n\n[k]: b.md", "known and new.", ["b.md", "[n]"]),
    ],
)
def test_a_name_of_another_page_is_the_target_of_a_link(
    source: str, text: str, targets: list[str]
) -> None:
    block = read_text("a.md", f"{source}\n").blocks[0]
    assert (block.text, sorted(link.target for link in block.links)) == (text, sorted(targets))


def test_another_name_is_another_target() -> None:
    page = "# A\n\nRead\nthe [guides][{}] first.\n"
    retargeted = one(told(page.format("old-one"), page.format("new-one")), "link-retargeted")
    assert (retargeted.before, retargeted.after) == ("[old-one]", "[new-one]")
    assert retargeted.after_lines == (3, 4)
