"""A title in which there is no room for a file's name says less, and nothing that is not so."""

from __future__ import annotations

import pytest
from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.engines.offline import OfflineEngine
from diffinsight.languages import available, load

LONG = "tutorial-on-{}-that-has-a-rather-long-name-and-goes-on.md"
TEXT = "Every file is kept for thirty days and is deleted on the day after that without notice."
SECTION = (
    "## How long files are kept\n\n"
    + TEXT
    + "\n\nAsk for more days on the page of the store, or copy what you need to another one.\n"
)
PAGE = "# {}\n\nThis page is about the {} and what it is for.\n\n{}## The end\n\nThat is all.\n"


def page(name: str, holds: str) -> str:
    return PAGE.format(name, name, holds and holds + "\n")


def titles(language: str, holds: str) -> tuple[str, str]:
    """The titles of the page that ``holds`` left, and of that which it came to."""
    here, there = LONG.format("lamps"), LONG.format("rooms")
    before = {here: page("lamp", holds), there: page("room", "")}
    after = {here: page("lamp", ""), there: page("room", holds)}
    engine = OfflineEngine(phrases=load(language))
    written, _ = engine.write(analyse(between(before, after, {})))
    left, came = written.files
    return left.title, came.title


@pytest.mark.parametrize(
    ("language", "to", "from_"),
    [
        ("en", "to another file", "from another file"),
        ("ja", "別のファイルへ", "別のファイルから"),
        ("zh-Hans", "移到其他文件", "从其他文件"),
    ],
)
@pytest.mark.parametrize("holds", [f"{TEXT}\n", SECTION], ids=["text", "section"])
def test_what_moved_is_told_by_its_direction(
    language: str, to: str, from_: str, holds: str
) -> None:
    left, came = titles(language, holds)
    assert to in left
    assert from_ not in left
    assert from_ in came
    assert to not in came
    assert max(map(len, (left, came))) <= 80  # as in the format


@pytest.mark.parametrize("suffix", ["", "+cuda12.4.0.from.2024.10.01.in.the.kitchen"])
def test_a_package_with_long_versions_is_not_limited(suffix: str) -> None:
    page = "# Page\n\n```bash\npip install lamp-of-the-kitchen=={}" + suffix + "\n```\n"
    engine = OfflineEngine(phrases=load("en"))
    changes = between({"a.md": page.format("1.2.3")}, {"a.md": page.format("1.2.4")}, {})
    written, _ = engine.write(analyse(changes))
    assert "Limit" not in written.files[0].title


@pytest.mark.parametrize("language", available())
def test_two_link_texts_that_are_cut_still_differ(language: str) -> None:
    page = "# A\n\nThis runs in an [internally managed {} environment](https://a.example/{}/where-it-runs).\n"
    before = {"a.md": page.format("multi-tenant", "one")}
    after = {"a.md": page.format("multitenant", "two")}
    engine = OfflineEngine(phrases=load(language))
    title = engine.write(analyse(between(before, after, {})))[0].files[0].title
    assert "multitenant" in title
    assert len(title) <= 80
