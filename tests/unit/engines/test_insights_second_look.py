"""What insights say of slips, and of what a change left behind."""

from __future__ import annotations

import pytest
from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.engines.offline import OfflineEngine
from diffinsight.languages import available, load

OLD = """\
---
ms.date: 09/12/2024
---

# A

- Precise recall of what large documents say.

This example also uses the package from NuGet.
"""
NEW = (
    OLD.replace("09/12", "08/08")
    .replace("Precise", "Pprecise")
    .replace("uses", "use")
    .replace("NuGet", "Nuget")
)


def insights(before: dict[str, str], after: dict[str, str], language: str = "en") -> str:
    analysis = analyse(between(before, after, {}))
    return OfflineEngine(phrases=load(language)).write(analysis)[1].insights


@pytest.mark.parametrize("language", available())
def test_a_slip_is_named_with_the_word_that_it_is_near_to(language: str) -> None:
    before = "# A\n\nRun `wsl --install`, and `wsl --install` again.\n"
    after = f"{before}\nOn Windows, use `wsl --instal -d`.\n"
    said = insights({"a.md": before}, {"a.md": after}, language)
    assert said.index("`--instal`") < said.index("`--install`")
    assert "`a.md`" in said
    assert "5" in said


@pytest.mark.parametrize("language", available())
def test_words_that_went_back_with_dates_are_told_with_them_and_once(language: str) -> None:
    other = {"b.md": OLD.replace("- Precise recall of what large documents say.\n", "Other.\n")}
    newer = {path: text.replace("uses", "use") for path, text in other.items()}
    said = insights({"a.md": OLD, **other}, {"a.md": NEW, **newer}, language)
    assert said.count("Pprecise") == 1
    assert "use" in said
    assert "NuGet" not in said  # in one file alone: that may be meant
    reworded = OLD.replace("09/12", "08/08").replace("- Precise", "- Exact")
    dated = insights({"a.md": OLD}, {"a.md": reworded}, language)
    assert dated
    assert dated in said.replace("\n", " ")


@pytest.mark.parametrize("language", available())
def test_an_older_date_alone_can_have_undone_nothing(language: str) -> None:
    dated = OLD.replace("09/12", "08/08")
    alone = insights({"a.md": OLD}, {"a.md": dated}, language)
    among = insights({"a.md": OLD}, {"a.md": dated.replace("- Precise", "- Exact")}, language)
    assert "`a.md`" in alone
    assert "`a.md`" in among
    assert alone != among


@pytest.mark.parametrize("language", available())
def test_a_slip_without_an_older_date_is_told_as_one(language: str) -> None:
    said = insights({"a.md": OLD}, {"a.md": OLD.replace("Precise", "Pprecise")}, language)
    assert said.index("Pprecise") < said.index("Precise")


@pytest.mark.parametrize("language", available())
def test_an_old_number_above_a_table_is_quoted(language: str) -> None:
    rows = "| Model | Limit (TPM) |\n|---|---|\n| one | 100 K |\n| two | 100 K |\n"
    before = f"# A\n\nThe rate limit of each is 100K TPM.\n\n{rows}"
    said = insights({"a.md": before}, {"a.md": before.replace("100 K", "450 K")}, language)
    assert "The rate limit of each is 100K TPM" in said
    assert "100 K" in said


@pytest.mark.parametrize("language", available())
def test_a_link_that_its_address_belies_is_named(language: str) -> None:
    before = "# A\n\nSee [2024-10-01](https://example.com/2024-10-01/a.json).\n"
    said = insights({"a.md": before}, {"a.md": before.replace("[2024-10-", "[2024-12-")}, language)
    assert "`2024-10-01`" in said


@pytest.mark.parametrize("language", available())
def test_words_that_a_note_parts_from_their_code_are_named(language: str) -> None:
    page = "# A\n\nOpen a window and enter:\n\n{}```bash\nrun it\n```\n"
    note = "> [!NOTE]\n> This needs version 2 of the system or a later one.\n\n"
    lead = "Open a window and enter:"
    said = insights({"a.md": page.format("")}, {"a.md": page.format(note)}, language)
    assert lead in said
    assert "3" in said[said.index("a.md") :]
    before = page.format("").replace("Open a window", f"{note}Open a window")
    assert lead not in insights({"a.md": page.format("")}, {"a.md": before}, language)
    other = page.format(note).replace("run it", "run another one")
    assert lead not in insights({"a.md": page.format("")}, {"a.md": other}, language)


@pytest.mark.parametrize("language", available())
def test_a_row_that_lost_a_cell_is_named(language: str) -> None:
    table = "# A\n\n| key | kind | default | notes |\n| --- | --- | --- | --- |\n{}\n{}\n"
    kept = "| `lamp` | bool | on | Turns the lamp on or off |"
    whole = "| `shade` | path | The shade that it came with | Where the shade is kept |"
    before = table.format(kept, whole)
    after = table.format(kept, whole.replace(" The shade that it came with |", ""))
    said = insights({"a.md": before}, {"a.md": after}, language)
    assert "`shade`" in said
    assert "`lamp`" not in said
