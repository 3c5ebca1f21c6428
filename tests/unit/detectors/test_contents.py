"""Whether a new page is in a table of contents."""

from __future__ import annotations

import pytest
from support.case_folder import between, without_texts

from diffinsight.detectors import analyse
from diffinsight.models import Json

PAGE = "# New\n\nText of the page.\n"
CONTENTS = "- name: Start\n  href: start.md\n- name: More\n  href: {}\n"


def listed(path: str, contents: dict[str, str], *, patch_only: bool = False) -> Json:
    change_set = between(contents, contents | {path: PAGE}, {})
    files = analyse(without_texts(change_set) if patch_only else change_set).files
    (found,) = [f for file in files for f in file.findings if f.kind == "page-added"]
    return found.values.get("in_toc")


@pytest.mark.parametrize(
    ("path", "target", "expected"),
    [
        ("docs/new.md", "new.md", True),
        ("docs/how/new.md", "how/new.md", True),
        ("docs/new.md", "other.md", False),
        ("other/new.md", "other.md", None),
        ("docs/new.md", "../elsewhere/new.md", None),
        ("docs/includes/new.md", "other.md", None),
        ("docs/index.md", "other.md", None),
    ],
)
def test_a_page_is_looked_for_in_the_contents_above_it(
    path: str, target: str, expected: Json
) -> None:
    assert listed(path, {"docs/toc.yml": CONTENTS.format(target)}) is expected


def test_nobody_knows_the_contents_from_a_patch() -> None:
    assert listed("docs/new.md", {"docs/toc.yml": CONTENTS}, patch_only=True) is None
