from __future__ import annotations

import pytest

from diffinsight.edges import ConflictError, NotFoundError, NotPermittedError
from diffinsight.errors import ActionError
from diffinsight.github_api.answers import explain, one_line
from diffinsight.github_api.comparison import MOST_FILES, is_cut, lacks_patch, range_notes
from diffinsight.models import FileChange

PATCH = "@@ -1,2 +1,2 @@\n-a\n+b\n c\n\\ No newline at end of file\n"


def change(additions: int, deletions: int, patch: str | None) -> FileChange:
    return FileChange(
        path="a.md", status="modified", additions=additions, deletions=deletions, patch=patch
    )


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (change(1, 1, PATCH), False),
        (change(0, 0, None), False),  # a binary, or a rename without a change
        (change(1, 0, None), True),
        (change(2, 1, PATCH), True),
        (change(1, 1, "@@ -1 +1 @@\n-- a\r+ b\n+++ c\n"), False),
    ],
)
def test_a_patch_has_every_changed_line(file: FileChange, *, expected: bool) -> None:
    assert lacks_patch(file) == expected
    assert is_cut([file]) == expected


def test_a_full_page_of_files_is_a_cut_one() -> None:
    files = [change(0, 0, None)] * MOST_FILES
    assert is_cut(files)
    assert [note.kind for note in range_notes(files)] == ["range-cut"]
    assert not is_cut(files[1:])
    assert range_notes(files[1:]) == ()


@pytest.mark.parametrize(
    ("status", "words", "kind", "hint"),
    [
        (401, "Bad credentials", ActionError, "GITHUB_TOKEN"),
        (403, "Resource not accessible by integration", NotPermittedError, "permission"),
        (403, "API rate limit exceeded for installation", ActionError, "later"),
        (403, "You have exceeded a secondary rate limit", ActionError, "later"),
        (404, "Not Found", NotFoundError, "GITHUB_TOKEN"),
        (409, "a.md does not match 1", ConflictError, "again"),
        (409, "Repository rule violations found", NotPermittedError, "permission"),
        (422, "Changes must be made through a pull request.", NotPermittedError, "permission"),
        (422, "sha wasn't supplied", ConflictError, "again"),
        (429, "", ActionError, "later"),
        (500, "", ActionError, "later"),
    ],
)
def test_a_refusal_says_what_to_do(
    status: int, words: str, kind: type[ActionError], hint: str
) -> None:
    error = explain("reading a.md", status, words)
    assert type(error) is kind
    (problem,) = error.problems
    assert problem.message.startswith(f"reading a.md: GitHub says {status}")
    assert hint in problem.hint


def test_foreign_words_stay_on_one_line() -> None:
    assert one_line("a\nb\r\n\tc\x1b[31m\u202e") == "a b c[31m"
    assert len(one_line("x" * 9999)) < 400
