"""Tabs that came in several places, and those whose place they took."""

from __future__ import annotations

from collections import Counter

from support.case_folder import between

from diffinsight.detectors import analyse

BEFORE = """# Use it

## [Script](#tab/script)

Run the script with your own key, then look at what it prints.

---
"""
NEW = """# Use it

## [Script without key](#tab/no-key)

Set the endpoint.

## [Script with key](#tab/key)

Set both the endpoint and the key.

---

Then go on.

"""


def test_a_tab_called_like_one_that_came_elsewhere_came_too() -> None:
    kept = BEFORE.removeprefix("# Use it\n\n").replace("Script](#tab/script", "{}")
    after = NEW + kept.format("Script without key](#tab/no-key")
    (file,) = analyse(between({"a.md": BEFORE}, {"a.md": after}, {})).files
    tabs = Counter((f.kind, f.subject) for f in file.findings if f.kind.startswith("tab-"))
    assert tabs == {
        ("tab-added", "Script without key"): 2,
        ("tab-added", "Script with key"): 1,
        ("tab-removed", "Script"): 1,
    }


def test_a_tab_that_came_to_a_file_which_the_page_takes_in_moved_there() -> None:
    tab = "#### [Go](#tab/go)\n\nUse Go.\n\n---\n"
    before = {"a.md": f"# A\n\nText.\n\n{tab}", "b.md": f"# B\n\nText.\n\n{tab}"}
    after = {"a.md": "# A\n\nText.\n\n[!INCLUDE [it](c.md)]\n", "b.md": "# B\n\nText.\n"}
    files = analyse(between(before, {**after, "c.md": tab}, {})).files
    told = {
        file.change.path: finding.values.get("path")
        for file in files
        for finding in file.findings
        if finding.kind == "tab-removed"
    }
    assert told == {"a.md": "c.md", "b.md": None}


def test_tabs_within_a_step_are_no_sections() -> None:
    page = (
        "# A\n\n1. Step\n\n    # [Linux](#tab/linux)\n\n    Use it.\n\n    ---\n\n## B\n\nText.\n"
    )
    (file,) = analyse(between({}, {"a.md": page}, {})).files
    (told,) = (finding for finding in file.findings if finding.kind == "page-added")
    assert "Linux" not in told.values["headings"]  # type: ignore[operator]


def test_a_new_tab_says_how_much_there_is_in_it() -> None:
    tab = "### [Go](#tab/go)\n\nUse Go, and say so.\n\n1. Open it.\n1. Close it.\n"
    (file,) = analyse(between({"a.md": BEFORE}, {"a.md": f"{BEFORE}\n{tab}"}, {})).files
    (told,) = (finding for finding in file.findings if finding.kind == "tab-added")
    held = {name: told.values.get(name) for name in ("paragraphs", "items", "steps")}
    assert held == {"paragraphs": 1, "items": None, "steps": 2}
