"""What a list item that came or went is called."""

from __future__ import annotations

import pytest
from support.case_folder import between
from support.told import told

from diffinsight.detectors import analyse


@pytest.mark.parametrize(
    ("item", "name"),
    [
        ("`tox`: only for those who have it.", "`tox`"),
        ("**Tools** for those who have one.", None),
        ("`tox` only supports one format.", None),  # others may begin with it, too
        ("[Start](a.md) - The first steps.", "Start"),
    ],
)
def test_a_sentence_is_not_called_by_its_first_word(item: str, name: str | None) -> None:
    text = f"# Tools\n\nText.\n\n- {item}\n- `nox` has a file for all.\n"
    before, after = {"a.md": text}, {"a.md": text.replace(f"- {item}\n", "")}
    (file,) = analyse(between(before, after, {})).files
    (gone,) = (finding for finding in file.findings if finding.kind == "list-item-removed")
    assert gone.values.get("called") == name


def test_a_number_with_other_marks_in_it_is_told_as_that() -> None:
    page = "# A\n\nThe limit of this is {} tokens.\n"
    (finding,) = told(page.format("8192"), page.format("8,192"))
    assert (finding.kind, finding.values["thing"], finding.impact) == (
        "formatting-changed",
        "digits",
        "noise",
    )
    assert (finding.before, finding.after) == ("8192", "8,192")
