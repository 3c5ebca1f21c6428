"""A difference in code is told with the key, the command or the setting that it belongs to."""

from __future__ import annotations

import pytest
from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.models import Json

LONG = "az login --scope https://a.long.example/that/is/told/by/what/differs"


def owners(before: str, after: str, language: str) -> list[Json]:
    page = "# Page\n\nText.\n\n```{}\n{}\n```\n"
    changes = between(
        {"a.md": page.format(language, before)}, {"a.md": page.format(language, after)}, {}
    )
    (file,) = analyse(changes).files
    (finding,) = (found for found in file.findings if found.kind == "code-changed")
    edits = finding.values["edits"]
    assert isinstance(edits, tuple)
    return [edit.get("of") for edit in edits if isinstance(edit, dict)]


@pytest.mark.parametrize(
    ("before", "after", "language", "of"),
    [
        ("f(a,\n  mode={ 'x': B.C })", "f(a,\n  mode=D())", "python", "mode"),
        ('{ "search": "motel" }', '{ "search": "beach" }', "json", "search"),
        ("name: str = 'one thing'", "name: str = 'another thing'", "python", "name"),
        (LONG, f"{LONG} --output tsv", "bash", "az login"),
        ("az login \\\n  --a b", "az login \\\n  --a b \\\n  --output tsv", "bash", "az login"),
        ("# up to 5\nsize=9", "# up to 10\nsize=9", "ini", "size"),
        ("# up to 5\n# size=9", "# up to 10\n# size=9", "ini", "size"),
        (
            '{\n  "Actions": [\n    "a/read",\n    "a/write"\n  ]\n}',
            '{\n  "Actions": [\n    "a/read",\n    "b/read",\n    "a/write"\n  ]\n}',
            "json",
            "Actions",
        ),
        ("[a]\nsize=9 # up to 5", "[a]\nsize=9 # up to 10", "bash", "size"),
    ],
)
def test_what_a_difference_belongs_to(before: str, after: str, language: str, of: str) -> None:
    assert set(owners(before, after, language)) == {of}


@pytest.mark.parametrize(
    ("before", "after", "language"),
    [
        ("# about one thing\nrun()", "# about another thing\nrun()", "python"),
        ("# up to 5\n\nsize=9", "# up to 10\n\nsize=9", "ini"),
        ("a --x\nb --x", "a --x --y\nb --x --y", "bash"),
        ("if x == 'one thing':", "if x == 'another thing':", "python"),
    ],
)
def test_what_is_not_sure_is_not_said(before: str, after: str, language: str) -> None:
    assert not any(owners(before, after, language))
