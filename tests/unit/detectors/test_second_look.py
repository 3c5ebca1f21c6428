"""Slips that a change brings in, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from support.case_folder import between

from diffinsight.changes import parse_diff
from diffinsight.detectors import analyse
from diffinsight.models import Json

USES = "Run `wsl --install` first, then `wsl --install` again.\n"


def looked_at(name: str, before: str, after: str, path: str = "a.md") -> Sequence[Json]:
    """What findings on a page say under ``name``."""
    (file,) = analyse(between({path: before}, {path: after}, {})).files
    found = [finding.values[name] for finding in file.findings if name in finding.values]
    assert len(found) <= 1
    listed = found[0] if found else ()
    return listed if isinstance(listed, tuple) else (listed,)


def test_a_misspelt_option_is_named_with_its_line() -> None:
    before = f"# A\n\n{USES}"
    found = looked_at("slips", before, f"{before}\nOn Windows, use `wsl --instal -d`.\n")
    expected = {"written": "--instal", "meant": "--install", "line": 5, "replaced": False}
    assert found == (expected,)


def test_whoever_mends_a_spelling_makes_no_slip() -> None:
    wrong = "# A\n\nUse `--instal`, `--instal` and `--instal`.\n"
    assert looked_at("slips", wrong, wrong.replace("--instal`,", "--install`,")) == ()
    assert looked_at("slips", wrong, wrong.replace("--instal", "--install")) == ()


def test_what_the_old_version_says_is_no_slip() -> None:
    before = f"# A\n\n{USES}\nUse `--instal`.\n"
    assert looked_at("slips", before, before.replace("Use", "Now use")) == ()


def test_a_letter_too_many_in_the_place_of_the_word_is_a_slip() -> None:
    before = "# A\n\n- Precise recall of what large documents say.\n"
    found = looked_at("slips", before, before.replace("Precise", "Pprecise"))
    expected = {"written": "Pprecise", "meant": "Precise", "line": 3, "replaced": True}
    assert found == (expected,)
    assert looked_at("slips", before.replace("Precise", "Pprecise"), before) == ()


TABLE = "| Key | Default | Notes |\n|---|---|---|\n"
ROW = "| `dns` | false | Proxies requests of all kinds to Windows. |\n"
ZERO = "| `mode` | none | Is off unless `beta.dns` is true; see `beta.mode`. |\n"
BETA = f"## Beta\n\nSection label: `[beta]`\n\n{TABLE}"
MAIN = f"## Main\n\nSection label: `[main]`\n\n{TABLE}| `memory` | 50% | How much. |\n"


def test_settings_that_moved_are_named_where_they_have_the_old_section() -> None:
    before = f"# A\n\n{MAIN}\n{BETA}| `a` | 1 | One. |\n{ROW}\n## More\n\n{TABLE}{ZERO}"
    after = f"# A\n\n{MAIN}{ROW}\n{BETA}| `a` | 1 | One. |\n\n## More\n\n{TABLE}{ZERO}"
    assert looked_at("old_names", before, after) == ({"name": "beta.dns", "line": 24},)


LIMITS = "The rate limit of each deployment is 100K TPM.\n"
ROWS = "| Model | Limit (TPM) |\n|---|---|\n| one | 100 K |\n| two | 100 K |\n"


def test_a_text_above_a_table_that_has_the_old_number_is_quoted() -> None:
    before = f"# A\n\n{LIMITS}\n{ROWS}\nMore.\n"
    after = before.replace("100 K", "450 K")
    assert looked_at("still_says", before, after) == (LIMITS.strip(),)
    mended = after.replace("100K", "450K")
    assert looked_at("still_says", before, mended) == ()


def test_a_number_that_one_row_still_has_is_not_old() -> None:
    before = f"# A\n\n{LIMITS}\n{ROWS}\nMore.\n"
    assert looked_at("still_says", before, before.replace("one | 100", "one | 450")) == ()


def test_a_number_of_something_else_is_not_old() -> None:
    before = f"# A\n\nA prompt may have 100K words.\n\n{ROWS}\nMore.\n"
    assert looked_at("still_says", before, before.replace("100 K", "450 K")) == ()


TOP = "diff --git a/a.md b/a.md\n--- a/a.md\n+++ b/a.md\n"
HUNK = """\

 | Model | Limit (TPM) |
 |---|---|
-| one | 100 K |
+| one | 450 K |
"""


@pytest.mark.parametrize(("lines", "below", "told"), [(4, "", 0), (5, " \n", 1)])
def test_the_line_that_git_shows_of_a_hunk_is_read_where_the_table_ends(
    lines: int, below: str, told: int
) -> None:
    hunk = f"@@ -10,{lines} +10,{lines} @@ {LIMITS} {HUNK}{below}"
    (file,) = analyse(parse_diff((TOP + hunk).encode())).files
    assert len([found for found in file.findings if "still_says" in found.values]) == told


def test_a_link_that_names_another_version_than_its_address_looks_like_a_slip() -> None:
    before = "# A\n\nSee [2024-10-01](https://example.com/2024-10-01/a.json).\n"
    (found,) = looked_at("slips", before, before.replace("[2024-10-01]", "[2024-12-01]"))
    expected = {"written": "2024-12-01", "meant": "2024-10-01", "line": 3, "of": "link"}
    assert found == expected
    assert looked_at("slips", before, before.replace("2024-10-01", "2024-12-01")) == ()
    assert looked_at("slips", before, before.replace("[2024-10-01]", "[The data]")) == ()


def test_a_misspelling_that_is_no_word_is_told_wherever_it_comes() -> None:
    before = "# A\n\nReturns the address.\n"
    (found,) = looked_at("slips", before, before.replace("the", "teh"))
    assert found == {"written": "teh", "meant": "the", "line": 3, "replaced": True, "no_word": True}
    assert looked_at("slips", before.replace("the", "teh"), before) == ()
