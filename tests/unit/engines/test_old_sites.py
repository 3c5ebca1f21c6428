"""What insights say of lines that still lead to a site which the other links of a range left."""

from __future__ import annotations

import pytest
from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.engines.offline import OfflineEngine
from diffinsight.languages import available, load

LINE = "Open [the Big Portal](https://old.example.com/home) to begin.\n"
MOVED = LINE.replace("old.", "new.")
LEFT = "Then look into [the Big Portal](https://old.example.com) for what it says of keys.\n"


def insights(pages: dict[str, tuple[str, str]], language: str = "en") -> str:
    before, after = ({path: f"# A\n\n{p[i]}" for path, p in pages.items()} for i in (0, 1))
    return (
        OfflineEngine(phrases=load(language)).write(analyse(between(before, after, {})))[1].insights
    )


@pytest.mark.parametrize("language", available())
def test_new_lines_with_a_site_that_links_left_are_named(language: str) -> None:
    pages = {"a.md": (LINE, MOVED), "b.md": (LINE, MOVED), "c.md": ("Words.\n", LEFT)}
    said = insights(pages, language)
    assert said.index("`old.example.com`") < said.index("`new.example.com`") < said.index("`c.md`")


@pytest.mark.parametrize(
    "pages",
    [
        {"a.md": (LINE, MOVED), "c.md": ("Words.\n", LEFT)},  # one link may be an exception
        {"a.md": (LINE, MOVED), "b.md": (LINE, MOVED), "c.md": (LEFT, f"{LEFT}\nMore.\n")},
        {
            "a.md": (LINE, MOVED),
            "b.md": (LINE, MOVED),
            "c.md": ("Words.\n", LEFT.replace("the Big Portal", "What it was before")),
        },
        {
            path: (LINE, LINE.replace("old.example.com/home", "new.example.com/other"))
            for path in ("a.md", "b.md")
        }
        | {"c.md": ("Words.\n", LEFT)},
    ],
)
def test_other_links_to_it_may_be_meant(pages: dict[str, tuple[str, str]]) -> None:
    assert "old.example.com" not in insights(pages)
