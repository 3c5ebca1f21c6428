from __future__ import annotations

import pytest
from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.models import FileAnalysis, Finding

MARK = "（プレビュー）"  # noqa: RUF001 - East Asian marks are meant
TOC = "items:\n- name: %s\n  href: a.md\n- name: Other\n  href: b.md\n"


def compare(before: str, after: str, path: str = "a.md") -> FileAnalysis:
    (file,) = analyse(between({path: before}, {path: after}, {})).files
    return file


def found(file: FileAnalysis, kind: str) -> list[Finding]:
    return [finding for finding in file.findings if finding.kind == kind]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("It is safe. The content filtering (preview) system detects harm.", "content filtering"),
        ("You can fine-tune using a managed compute (preview), or both.", "managed compute"),
        ("Use the [AML skill for the catalog (preview)](b.md).", "AML skill for the catalog"),
        ("# Agents (preview)", "Agents"),
        ("- Agents (Preview) answer.", "Agents"),
        ("| Name | Use |\n|--|--|\n| Agents (preview) | all |", "Agents"),
        (f"検索の新機能{MARK}。", "検索の新機能"),
    ],
)
def test_a_stage_is_said_of_the_name_before_its_mark(text: str, subject: str) -> None:
    plain = text
    for mark in (" (preview)", " (Preview)", MARK):
        plain = plain.replace(mark, "")
    (gone,) = found(compare(text + "\n", plain + "\n"), "availability-changed")
    assert (gone.subject, gone.before, gone.after) == (subject, "preview", "")
    (came,) = found(compare(plain + "\n", text + "\n"), "availability-changed")
    assert (came.subject, came.before, came.after) == (subject, "", "preview")


def test_a_stage_is_said_of_what_stands_before_the_verb() -> None:
    before = "All is well. Vector search is currently in public preview in all regions."
    after = "All is well. Vector search is generally available in all regions."
    (change,) = found(compare(before, after), "availability-changed")
    assert change.subject == "Vector search"


def test_a_chinese_page_says_its_stages_too() -> None:
    page = "搜索功能%s。\n"
    was, now = page % "目前为公共预览版", page % "现已正式发布"
    (changed,) = found(compare(was, now), "availability-changed")
    assert (changed.before, changed.after) == ("public preview", "generally available")


def test_a_contents_entry_that_lost_its_mark_was_not_renamed() -> None:
    file = compare(TOC % "Agents (preview)", TOC % "Agents", "toc.yml")
    assert [(f.kind, f.subject, f.before) for f in file.findings] == [
        ("availability-changed", "Agents", "preview")
    ]


def test_a_mark_in_other_letters_is_a_new_name() -> None:
    file = compare(TOC % "Agents (Preview)", TOC % "Agents (preview)", "toc.yml")
    assert [finding.kind for finding in file.findings] == ["toc-entry-renamed"]


ENDS = """| Provider of models | Model | Deprecation date | Retirement date |
|--|--|--|--|
| Acme | one | May 1, 2024 | June 1, 2024 |
"""


def test_a_row_of_a_table_of_ends_is_nothing_to_use() -> None:
    row = "| Acme | two | May 1, 2025 | June 1, 2025 |\n"
    file = compare(ENDS, ENDS + row)
    (end,) = found(file, "deprecation-announced")
    assert (end.subject, end.values["date"]) == ("two", "June 1, 2025")
    assert end.values["earlier"] == ("Deprecation date: May 1, 2025",)
    (came,) = found(file, "table-row-added")
    assert "offers" not in came.values


def test_a_row_with_a_deprecated_value_is_named_without_its_footnotes() -> None:
    head = "| Key | Values |\n|--|--|\n"
    before = head + "| `mode`<sup>1</sup> | `none` or `bridged` |\n"
    after = head + "| `mode`<sup>1</sup> | `none` or `bridged` (deprecated) |\n"
    (end,) = found(compare(before, after), "deprecation-announced")
    assert (end.subject, end.values["row"]) == ("`bridged`", "`mode`")


@pytest.mark.parametrize(
    ("above", "sentence", "subject"),
    [
        (
            "Add `IdNumberV2` to ask for this entity.\n\nSent with `domain=x`.",
            "This entity is deprecated",
            "IdNumberV2",
        ),
        ("**Fast mode**\n\nIt answers at once.", "This feature will be retired.", "Fast mode"),
        ("## Fast mode\n\nIt answers at once.", "It is deprecated.", "Fast mode"),
        ("## Modes\n\nAnswers at once.", "The `fast` mode is new. The mode is deprecated.", "fast"),
        ("## Modes\n\nAnswers at once.", "The Import API is deprecated.", "The Import API"),
    ],
)
def test_what_ends_is_named_by_the_text_before(above: str, sentence: str, subject: str) -> None:
    file = compare(f"# Page\n\n{above}\n", f"# Page\n\n{above}\n\n{sentence}\n")
    assert [f.subject for f in found(file, "deprecation-announced")] == [subject]


@pytest.mark.parametrize(
    ("sentence", "impact", "deprecated", "moves"),
    [
        ("The old API is deprecated.", "breaking", True, None),
        ("The old API is deprecated on May 1, 2030.", "breaking", True, None),
        ("The old API is deprecated and will be retired.", "breaking", None, None),
        ("The old API is deprecated. Use the new one instead.", "breaking", True, None),
        ("The old API is deprecated; use the new one instead.", "breaking", True, True),
        ("The old API is retired. Migrate soon.", "breaking", None, None),
        ("The old API was retired, so migrate to the new one.", "breaking", None, True),
        (
            "The cache is no longer available, as it is now fully managed by the service.",
            "notable",
            None,
            None,
        ),
        ("The old API is retired; no action is required.", "notable", None, None),
    ],
)
def test_an_end_says_no_more_than_its_sentence(
    sentence: str, impact: str, *, deprecated: bool | None, moves: bool | None
) -> None:
    (end,) = found(compare("Text.\n", f"Text.\n\n{sentence}\n"), "deprecation-announced")
    said = end.values.get("deprecated"), end.values.get("moves")
    assert (end.impact, *said) == (impact, deprecated, moves)


def test_a_service_that_upgrades_by_itself_asks_nobody_to_move() -> None:
    sentence = "The preview will be retired once it is upgraded to version 2."
    (end,) = found(compare("Text.\n", f"Text.\n\n{sentence}\n"), "deprecation-announced")
    assert "moves" not in end.values


@pytest.mark.parametrize(
    ("cell", "row", "ends"),
    [
        ("Supported", "| v1 | Deprecated |", ["v1"]),
        ("Supported", "| v1 | It is no longer supported. |", ["v1"]),
        ("Supported", "| v1 | Lists deprecated versions. |", []),
        ("Supported", "| Deprecated | Supported |", []),
        ("Supported", "| v1 (deprecated) | Supported |", ["v1"]),
    ],
)
def test_a_cell_speaks_of_an_end_by_itself(cell: str, row: str, ends: list[str]) -> None:
    head = "| Version | Support |\n|--|--|\n| v0 | Deprecated |\n"
    file = compare(head + f"| v1 | {cell} |\n", head + row + "\n")
    assert [end.subject for end in found(file, "deprecation-announced")] == ends


def test_words_that_list_what_ends_announce_nothing() -> None:
    after = "Text.\n\n- Values: `deprecated`, `retired`.\n- See the deprecated functions.\n"
    assert not found(compare("Text.\n", after), "deprecation-announced")


def test_what_sphinx_calls_deprecated_is_the_object_it_stands_under() -> None:
    page = "Values\n======\n\n.. py:data:: OLD\n\n   The old one.\n"
    after = f"{page}\n   .. deprecated:: 3.1\n      Use :data:`NEW`.\n"
    (end,) = found(compare(page, after, "a.rst"), "deprecation-announced")
    assert (end.subject, end.after) == ("`OLD`", "Deprecated since version 3.1: Use `NEW`.")
    assert end.values["moves"]


def test_a_label_over_the_sentence_that_says_it_ends_nothing_else() -> None:
    page = "# Options\n\n## `fast`\n\nIt answers at once.\n"
    note = "> **Warning**\n> Deprecated\n>\n> This option will be removed in version 3.\n"
    (end,) = found(compare(page, f"{page}\n{note}"), "deprecation-announced")
    assert (end.subject, end.after) == ("`fast`", "This option will be removed in version 3.")
