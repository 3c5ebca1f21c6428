"""Rows that came to another table, by the section of a settings file that the tables are about."""

from __future__ import annotations

from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.models import Finding

HEAD = "Section of the file: `[{}]`\n\n| Key | Default |\n| --- | --- |\n"
ROW = "| proxy | Whether the address of the proxy is taken from the machine. |\n"
REST = "| memory | How much of the memory the system takes. |\n"
PAGE = (
    f"# A\n\n## Main\n\n{HEAD}{REST}{{}}\n## Trial\n\n{HEAD}{{}}| sparse | Whether disks are. |\n"
)


def moved(old: str, new: str) -> Finding:
    texts = (PAGE.format(new, *rows[:1], old, *rows[1:]) for rows in (("", ROW), (ROW, "")))
    before, after = ({"a.md": text} for text in texts)
    (file,) = analyse(between(before, after, {})).files
    (found,) = [f for f in file.findings if f.kind == "content-moved" and "row_names" in f.values]
    return found


def test_rows_are_told_by_the_sections_of_the_file_too() -> None:
    values = moved("trial", "main").values
    assert (values["header_before"], values["header_after"]) == ("[trial]", "[main]")


def test_rows_that_stay_in_a_section_of_the_file_are_not() -> None:
    assert "header_after" not in moved("main", "main").values
