"""Images of a page, and files that were renamed."""

from __future__ import annotations

import pytest
from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.models import ChangeSet, FileChange

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


LINKED = '<a href="https://example.com/"><img src="{}" /></a>'
LEFT = ("Text.\n\n<p>\n{}\n</p>", "Text.\n\n<p>\n\n<!-- list -->\n{}\n<!-- end -->\n\n</p>")


@pytest.mark.parametrize(
    ("addresses", "moves", "kind"),
    [
        (("https://a.example/raw/main/media/old.png", "media/new.png"), MOVED, ""),
        (("https://a.example/raw/main/media/old.png", "media/new.png"), {}, "image-added"),
        (("pictures/new.png", "media/new.png"), {}, "image-changed"),
    ],
)
def test_images_that_left_their_block_are_known_by_their_files(
    addresses: tuple[str, str], moves: dict[str, str], kind: str
) -> None:
    was, now = (page.format(LINKED.format(one)) for page, one in zip(LEFT, addresses, strict=True))
    before = {"a.md": f"# Page\n\n{was}\n\nThe end.\n", "media/old.png": "p"}
    after = {"a.md": f"# Page\n\n{now}\n\nThe end.\n", "media/new.png": "p"}
    files = analyse(between(before, after, moves)).files
    found = {f.kind for file in files if file.change.path == "a.md" for f in file.findings}
    assert {it for it in found if it.startswith("image-")} - {"image-removed"} == {kind} - {""}


def test_a_reference_to_a_file_that_was_renamed_from_nobody_knows_what_is_told() -> None:
    page = FileChange(
        path="a.md", status="modified", before=PAGE % "old", after=PAGE % "new", additions=1
    )
    image = FileChange(path="media/new.png", status="renamed", binary=True)
    changes = ChangeSet(base="1" * 40, head="2" * 40, files=(page, image))
    found = [f for f in analyse(changes).files[0].findings if f.kind == "image-changed"]
    assert [(f.before, f.after, f.values["reference"]) for f in found] == [
        ("media/old.png", "media/new.png", True)
    ]
