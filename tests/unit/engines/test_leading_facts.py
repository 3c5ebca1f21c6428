"""What a reader must act on leads the title, the list and the highlights, with its value."""

from diffinsight.engines.offline import OfflineEngine
from diffinsight.languages import load
from diffinsight.models import Analysis, ChangeSet, FileAnalysis, FileChange, Finding

SECTION = Finding(
    kind="heading-added",
    impact="notable",
    subject="Output",
    after="Output",
    after_lines=(1, 3),
    values={"level": 2, "anchor": "output", "words": 20, "paragraphs": 1},
)


def row(key: str, before: str, after: str, line: int, column: str = "Retires") -> Finding:
    cell = {"column": column, "before": before, "after": after}
    return Finding(
        kind="table-row-changed",
        impact="notable",
        subject=key,
        before_lines=(line, line),
        after_lines=(line, line),
        values={"key": key, "cells": (cell,)},
    )


def step(line: int, before: str, after: str, edit: tuple[str, str]) -> Finding:
    return Finding(
        kind="step-changed",
        impact="notable",
        subject=after,
        before=before,
        after=after,
        before_lines=(line, line),
        after_lines=(line, line),
        values={"edits": ({"before": edit[0], "after": edit[1]},), "words_added": 1},
    )


def written(*files: tuple[str, tuple[Finding, ...]]) -> tuple[Analysis, str, tuple[str, ...]]:
    """The analysis, the highlights, and the texts of the lists."""
    analysis = Analysis(
        change_set=ChangeSet(),
        files=tuple(
            FileAnalysis(change=FileChange(path=path, status="modified"), findings=findings)
            for path, findings in files
        ),
    )
    told, over = OfflineEngine(phrases=load("en")).write(analysis)
    points = (*over.breaking_changes, *over.new_features, *over.other_updates)
    return told, over.highlights, tuple(point.text for point in points)


DATES = (
    row("ada", "Final", "Ended", 3, "State"),
    row("beta", "No earlier than May 20, 2025", "No earlier than June 30, 2025", 4),
)


def test_a_row_with_another_day_comes_before_a_new_section_and_tells_it() -> None:
    told, highlights, points = written(("docs/new.md", (SECTION,)), ("docs/end.md", DATES))
    assert highlights.startswith("In the table in `end.md`, “Retires” of the row “beta” changed")
    assert "June 30, 2025" in highlights
    assert told.files[1].title == "Change 2 rows, such as “beta” (“May 20” → “June 30”)"
    assert any("“beta”" in point for point in points)


def test_each_place_of_a_long_cell_is_told() -> None:
    words = "Whatever was set up to move on by itself goes on without a stop to the next one"
    (told, highlights, _) = written(
        (
            "docs/end.md",
            (
                row(
                    "ada",
                    f"By May 20, 2025. {words}, as of February 13, 2025.",
                    f"By June 30, 2025. {words}, as of March 17, 2025.",
                    4,
                ),
            ),
        )
    )
    for text in (told.files[0].explanation, highlights):
        assert "May 20" in text
        assert "March 17" in text


def test_of_several_steps_the_one_to_act_on_is_told() -> None:
    wording = step(4, "Open the big box.", "Open the large box.", ("big", "large"))
    rule = step(
        5,
        "Paste the value.",
        "Paste the value. Make sure it has no quotes.",
        ("", "Make sure it has no quotes."),
    )
    _, highlights, _ = written(("docs/a.md", (wording, rule)))
    assert highlights == "In `a.md`, in a step, “Make sure it has no quotes.” was added."


def test_a_fact_beside_new_sections_is_told_too() -> None:
    code = row("mode", "Set it to `drop` for all.", "Set it to `dropcache` for all.", 9, "Notes")
    _, highlights, points = written(("docs/a.md", (SECTION, code)))
    assert "`dropcache`" in highlights
    assert points[0].startswith("Add section “Output”")
    assert any("“mode”" in point for point in points)


def test_a_new_link_that_leads_nowhere_is_in_the_highlights() -> None:
    broken = Finding(
        kind="link-broken",
        impact="notable",
        subject="example.com/releases",
        after_lines=(9, 9),
        values={
            "text": "releases",
            "reason": "missing-scheme",
            "new": True,
            "suggestion": "https://example.com/releases",
        },
    )
    files = [(f"docs/{name}.md", (SECTION,)) for name in "ab"]
    _, highlights, _ = written(*files, ("docs/c.md", (SECTION, broken)))
    assert "https://example.com/releases" in highlights


def test_the_number_of_an_example_is_no_news() -> None:
    old, new = "ft-b044a9d3cf9c4228b5d393567f693b83", "ft-0e208cf33a6a466994aff31a08aba678"
    sample = row(
        "model", f"It looks like `{old}` then.", f"It looks like `{new}` then.", 3, "Value"
    )
    other = row("size", "Any size can be used here now.", "Any size must be used here.", 9, "Notes")
    told, *_ = written(("docs/a.md", (sample, other)))
    assert "“size”" in told.files[0].title


def test_a_text_that_lost_a_link_names_it_in_its_title() -> None:
    text = Finding(
        kind="paragraph-changed",
        impact="minor",
        subject="Cones, and Apples are supported.",
        before="Pears, Cones, and Apples are supported.",
        after="Cones, and Apples are supported.",
        before_lines=(3, 3),
        after_lines=(3, 3),
        values={"edits": ({"before": "Pears,", "after": ""},), "words_removed": 1},
    )
    link = Finding(
        kind="link-removed",
        impact="minor",
        subject="./pears.md",
        before_lines=(3, 3),
        after_lines=(3, 3),
        values={"text": "Pears"},
    )
    told, *_ = written(("docs/a.md", (text, link)))
    assert "Pears" in told.files[0].title


def test_a_file_that_says_the_same_in_other_words_is_no_highlight_beside_a_fact() -> None:
    value = Finding(
        kind="value-changed",
        impact="notable",
        subject="size",
        before="5",
        after="6",
        after_lines=(3, 3),
        values={"label": "size"},
    )
    wording = step(4, "Open the big box.", "Open the large box.", ("big", "large"))
    _, highlights, points = written(("docs/a.md", (value,)), ("docs/b.md", (wording,)))
    assert "b.md" not in highlights
    assert any("b.md" in point for point in points)
