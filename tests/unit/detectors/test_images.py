"""Images of a page, and files that were renamed."""

from __future__ import annotations

from support.case_folder import between

from diffinsight.detectors import analyse

PAGE = "# Page\n\nText.\n\n![The screen](media/%s.png)\n"
MOVED = {"media/old.png": "media/new.png"}


def kinds(moves: dict[str, str]) -> set[str]:
    before = {"a.md": PAGE % "old", "media/old.png": "picture"}
    after = {"a.md": PAGE % "new", "media/new.png": "picture"}
    files = analyse(between(before, after, moves)).files
    return {f.kind for file in files if file.change.path == "a.md" for f in file.findings}


def test_an_image_whose_file_was_renamed_is_the_same_one() -> None:
    assert kinds(MOVED) == {"formatting-changed"}


def test_another_image_is_another_one() -> None:
    assert kinds({}) == {"image-changed"}
