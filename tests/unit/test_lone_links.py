"""Paragraphs that are nothing but a link are told as links."""

from __future__ import annotations

import pytest
from support.case_folder import between
from support.told import told

from diffinsight.detectors import analyse
from diffinsight.engines.offline import OfflineEngine
from diffinsight.languages import available, load

BEFORE = "# Page\n\nSome text.\n\n{}## Next\n\nMore text.\n"
LINK = "[I ran into an issue.](https://survey.example/form?page=1)\n\n"
BUTTON = f'> [!div class="nextstepaction"]\n> {LINK}'


@pytest.mark.parametrize(
    ("text", "thing"),
    [(LINK, None), (BUTTON, "button"), (f"{LINK[:-2]}.\n\n", None)],
)
def test_it_is_a_link_that_came_or_went(text: str, thing: str | None) -> None:
    old, new = BEFORE.format(""), BEFORE.format(text)
    for pages, kind in (((old, new), "link-added"), ((new, old), "link-removed")):
        (finding,) = (item for item in told(*pages) if item.impact != "noise")
        assert (finding.kind, finding.subject) == (kind, "https://survey.example/form?page=1")
        assert finding.values.get("thing") == thing
        assert finding.values["alone"]
        lines = finding.after_lines or finding.before_lines
        assert lines is not None
        assert lines[0] == BEFORE[: BEFORE.index("{}")].count("\n") + 1


@pytest.mark.parametrize("text", ["See [the form](https://a.example).\n\n", "![x](a.png)\n\n"])
def test_text_around_a_link_is_text(text: str) -> None:
    found = told(BEFORE.format(""), BEFORE.format(text))
    assert "link-added" not in {finding.kind for finding in found}


@pytest.mark.parametrize("language", available())
def test_buttons_that_went_from_many_pages_are_one_matter(language: str) -> None:
    pages = {f"p{n}.md": BEFORE.replace("Some", f"Some {n} of") for n in range(5)}
    texts = {
        path: BUTTON.replace("an issue", f"issue {path}").replace("page=1", path) for path in pages
    }
    before = {path: page.format(texts[path]) for path, page in pages.items()}
    after = {path: page.format("") for path, page in pages.items()}
    engine = OfflineEngine(phrases=load(language))
    _, overview = engine.write(analyse(between(before, after, {})))
    (point,) = overview.other_updates
    assert len(point.paths) == len(pages)
    assert "survey.example" in point.text
    assert "survey.example" in overview.insights
