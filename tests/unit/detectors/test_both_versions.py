"""What is told where both versions of a page are at hand."""

from __future__ import annotations

from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.models import FileAnalysis, Finding


def compare(before: str, after: str, path: str = "a.md") -> FileAnalysis:
    (file,) = analyse(between({path: before}, {path: after}, {})).files
    return file


def found(file: FileAnalysis, kind: str) -> list[Finding]:
    return [finding for finding in file.findings if finding.kind == kind]


def subjects(file: FileAnalysis, kind: str) -> list[str]:
    return [finding.subject for finding in found(file, kind)]


ROWS = """| Key | Default |
| --- | --- |
| `memory` | half of what the machine has |
| `processors` | as many as the machine has |
| `swap` | a quarter of the memory, in a file |
"""


def test_a_heading_with_one_letter_more_is_the_same_one_wherever_its_text_went() -> None:
    before = f"# A\n\n## Setting for the engine\n\nSection label: `[engine]`\n\n{ROWS}"
    after = (
        "# A\n\n## Engine\n\nThe engine has a file.\n\n### Settings for the engine\n\n"
        "What is in it comes in groups.\n\n### Main settings\n\n"
        f"Section label: `[engine]`\n\n{ROWS}"
    )
    pages = {"a.md": before, "b.md": "[s](a.md#setting-for-the-engine)\n"}
    files = analyse(between(pages, {**pages, "a.md": after}, {})).files
    file = next(file for file in files if file.change.path == "a.md")
    (renamed,) = found(file, "heading-renamed")
    assert (renamed.before, renamed.after) == ("Setting for the engine", "Settings for the engine")
    assert renamed.values["anchor_after"] == "settings-for-the-engine"
    assert subjects(file, "heading-added") == ["Engine", "Main settings"]


def test_a_broken_link_is_led_where_its_heading_went() -> None:
    body = "\n\nOne sets the size of the engine here, and much else that matters.\n\n"
    before = f"# A\n\n## Old engine settings{body}## Other\n\nText.\n"
    after = f"# A\n\n## Sizes of the engine{body}## Older engine settings\n\nText.\n"
    pages = {"a.md": before, "b.md": "[s](a.md#old-engine-settings)\n"}
    changed = {"a.md": after, "b.md": pages["b.md"] + "\nMore.\n"}
    files = {file.change.path: file for file in analyse(between(pages, changed, {})).files}
    (renamed, *_) = found(files["a.md"], "heading-renamed")
    (broken,) = found(files["b.md"], "link-broken")
    assert renamed.values["anchor_after"] == "sizes-of-the-engine"
    assert broken.values["suggestion"] == "a.md#sizes-of-the-engine"
