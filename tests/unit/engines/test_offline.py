from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from html import unescape

import cmarkgfm  # type: ignore[import-untyped]  # it ships no types
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.documented_findings import documented_kinds, example_of

from diffinsight.engines.offline import OfflineEngine
from diffinsight.languages import available, load
from diffinsight.markdown_text import as_shown, one_line
from diffinsight.models import (
    Analysis,
    ChangeSet,
    FileAnalysis,
    FileChange,
    Finding,
    Group,
    Json,
    Overview,
)

KINDS = documented_kinds()
LANGUAGES = available()
SHA = "0123456789abcdef0123456789abcdef01234567"


def analysis_of(*files: FileAnalysis, groups: tuple[Group, ...] = ()) -> Analysis:
    changes = ChangeSet(
        repository="owner/docs",
        base=SHA,
        head=SHA[::-1],
        files=tuple(file.change for file in files),
    )
    return Analysis(change_set=changes, files=files, groups=groups)


def file_with(*findings: Finding, path: str = "docs/page.md", **change: int) -> FileAnalysis:
    return FileAnalysis(
        change=FileChange(path=path, status="modified", patch="@@ -1 +1 @@\n-a\n+b", **change),  # type: ignore[arg-type]  # counts only
        findings=findings,
    )


def write(analysis: Analysis, language: str = "en") -> tuple[Analysis, Overview]:
    return OfflineEngine(phrases=load(language)).write(analysis)


def told(*findings: Finding, language: str = "en") -> FileAnalysis:
    written, _ = write(analysis_of(file_with(*findings)), language)
    return written.files[0]


def shown(markdown: str) -> str:
    html = cmarkgfm.github_flavored_markdown_to_html(markdown)
    return unescape(re.sub(r"<[^>]*>", "", html)).replace("\u200b", "")


def tags(markdown: str) -> set[str]:
    return set(re.findall(r"<(\w+)", cmarkgfm.github_flavored_markdown_to_html(markdown)))


# Every kind of finding, one and several


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
@pytest.mark.parametrize("full", [False, True], ids=["needed", "full"])
def test_every_kind_is_told_in_its_own_words(
    kind: object,
    language: str,
    full: bool,  # noqa: FBT001 - a table of cases
) -> None:
    assert kind in KINDS
    documented = next(known for known in KINDS if known == kind)
    findings = [example_of(documented, number=number, full=full) for number in range(1, 8)]
    for some in (findings[:1], findings):
        file = told(*some, language=language)
        assert 0 < len(file.title) <= 80
        # The phrases for unknown kinds name the kind.
        assert documented.kind not in file.title
        assert f"`{documented.kind}`" not in file.explanation
        assert_clean(file.title, file.explanation)


ODD = re.compile(r"[{}]|None|\(\)|“”|「」|（）|  |：。|、、|。。")  # noqa: RUF001 - East Asian marks are meant


def assert_clean(title: str, explanation: str) -> None:
    for text in (title, shown(explanation)):
        assert not ODD.search(text), text
    assert title == one_line(title)
    assert tags(explanation) <= {"p", "code", "a"}
    assert explanation.endswith((".", "。", "”", "」"))


def test_an_unknown_kind_is_still_told() -> None:
    file = told(Finding(kind="moon-phase-changed", subject="new moon", impact="minor"))
    assert file.title == "moon-phase-changed: “new moon”"


def test_a_file_without_findings_says_so() -> None:
    file = told()
    assert file.title == "No visible change"
    assert file.explanation == "Nothing to tell about this file."


# What is said


HEADING = Finding(
    kind="heading-added",
    subject="Sample notebook",
    impact="notable",
    after="Sample notebook",
    after_lines=(10, 14),
    values={"level": 2, "anchor": "sample-notebook", "words": 120, "paragraphs": 1},
)
RENAMED = Finding(
    kind="heading-renamed",
    subject="Set up",
    impact="breaking",
    before="Install",
    after="Set up",
    before_lines=(3, 3),
    after_lines=(3, 3),
    values={
        "anchor_before": "install",
        "anchor_after": "set-up",
        "links": 2,
        "places": ({"path": "a.md", "line": 5}, {"path": "b.md", "line": 6}),
    },
)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Add section “Sample notebook”"),
        ("ja", "「Sample notebook」節の追加"),
        ("zh-Hans", "新增小节“Sample notebook”"),
    ],
)
def test_an_added_section_in_each_language(language: str, title: str) -> None:
    assert told(HEADING, language=language).title == title


def test_lines_are_linked_where_the_repository_is_known() -> None:
    link = f"[lines 10–14](https://github.com/owner/docs/blob/{SHA[::-1]}/docs/page.md?plain=1#L10-L14)"  # noqa: RUF001 - an en dash is meant
    assert link in told(HEADING).explanation


def test_lines_are_plain_where_it_is_not() -> None:
    bare = Analysis(change_set=ChangeSet(), files=(file_with(HEADING),))
    file = write(bare)[0].files[0]
    assert "(lines 10–14)" in file.explanation  # noqa: RUF001 - an en dash is meant
    assert "](" not in file.explanation


def test_a_breaking_change_says_what_to_do() -> None:
    seen = shown(told(RENAMED).explanation)
    assert "Section “Install” is now called “Set up” (line 3)." in seen
    assert "2 links still use the old anchor install (a.md line 5 and b.md line 6)" in seen
    assert "change them to set-up." in seen


def test_the_most_important_comes_first() -> None:
    minor = Finding(kind="link-added", subject="x.md", impact="minor", after_lines=(1, 1))
    file = told(minor, HEADING, RENAMED)
    assert file.title == "Rename section “Install” to “Set up”"
    assert file.explanation.index("Set up") < file.explanation.index("Sample notebook")


def test_the_deciding_finding_is_marked() -> None:
    file = told(HEADING)
    assert file.type == "new feature"
    assert file.findings[0].values["decides"] == "new feature"


def test_what_a_landing_page_says_under_its_title_is_in_no_section() -> None:
    said = Finding(
        kind="paragraph-added",
        subject="Plan it",
        impact="minor",
        after="Plan it.",
        after_lines=(4, 4),
        values={"section": "Documentation", "words": 2},
    )
    file = file_with(said, path="docs/index.yml")
    patch = "@@ -3 +3,2 @@\n title: Documentation # short\n+summary: Plan it."
    file = replace(file, change=replace(file.change, patch=patch))
    written, _ = write(analysis_of(file))
    assert "Documentation" not in written.files[0].explanation


def test_a_question_is_called_one() -> None:
    question = replace(HEADING, values={**HEADING.values, "thing": "question"})
    file = told(question)
    assert file.title == "Add question “Sample notebook”"
    assert file.explanation.startswith("The question “Sample notebook” was added")


def test_links_to_one_new_place_are_told_together() -> None:
    links = [
        Finding(
            kind="link-retargeted",
            subject=f"/azure/ai-foundry/{name}",
            impact="minor",
            before=f"/azure/ai-studio/{name}",
            after=f"/azure/ai-foundry/{name}",
            after_lines=(line, line),
            values={"text": name, "rule": "target"},
        )
        for line, name in enumerate(("one", "two", "three", "four"), 1)
    ]
    assert told(*links).title == "Retarget 4 links from ai-studio to ai-foundry"


def test_noise_says_that_nothing_changes_for_readers() -> None:
    date = Finding(
        kind="front-matter-changed",
        subject="ms.date",
        impact="noise",
        before="09/23/2024",
        after="10/01/2024",
        values={"change": "changed", "rule": "service-metadata"},
    )
    assert told(date).explanation == (
        "The metadata field `ms.date` went from “09/23/2024” to “10/01/2024”. "
        "Nothing changes for readers."
    )


def test_a_page_that_became_another_one_says_so() -> None:
    added = [replace(HEADING, subject=f"Part {number}") for number in range(4)]
    removed = [replace(finding, kind="heading-removed", before="x") for finding in added]
    renamed = [replace(finding, kind="heading-renamed", before="x") for finding in added]
    assert told(*added, *removed, *renamed).title == (
        "Restructure the page: 4 sections added and 4 sections removed"
    )


@pytest.mark.parametrize(
    ("before", "after", "title"),
    [
        ("preview", "generally available", "“Search” goes from preview to generally available"),
        (None, "preview", "“Search” is now marked preview"),
        ("preview", None, "“Search” is no longer marked preview"),
    ],
)
def test_availability_may_only_be_known_on_one_side(
    before: str | None, after: str | None, title: str
) -> None:
    finding = Finding(
        kind="availability-changed", subject="Search", impact="notable", before=before, after=after
    )
    assert told(finding).title == title


def test_long_lists_are_counted() -> None:
    many = [replace(HEADING, subject=f"Part {number}") for number in range(30)]
    file = told(*many)
    assert file.title == "Add sections “Part 0”, “Part 1”, and 28 more"
    assert "30 sections were added (3,600 words): “Part 0”" in file.explanation
    assert "and 24 more." in file.explanation


# Over all files


def test_twins_are_one_point() -> None:
    paths = tuple(f"docs/page{number}.md" for number in range(280))
    files = [replace(file_with(HEADING, path=path), group="g") for path in paths]
    other = file_with(RENAMED, path="docs/other.md")
    group = Group(id="g", reason="same-change", paths=paths)
    written, overview = write(analysis_of(*files, other, groups=(group,)))
    (point,) = overview.new_features
    assert point.paths == paths
    assert "and 277 more" in point.text
    assert len(overview.breaking_changes) == 1
    assert written.groups[0].title == "Add section “Sample notebook” (the same change in 280 files)"
    assert "was added in 280 files, with" in overview.summary


def test_a_term_replaced_over_the_range_is_one_point() -> None:
    def renamed(number: int) -> FileAnalysis:
        finding = Finding(
            kind="term-replaced",
            subject="Azure AI Studio → Azure AI Foundry",
            impact="minor",
            before="Azure AI Studio",
            after="Azure AI Foundry",
            after_lines=(number + 1, number + 1),
            values={"count": 1, "files": 31, "total": 31},
        )
        return file_with(finding, path=f"docs/{number}.md")

    _, overview = write(analysis_of(*map(renamed, range(31))))
    (point,) = overview.other_updates
    assert point.text.startswith("Replace “Azure AI Studio” with “Azure AI Foundry” (`0.md`,")
    assert len(point.paths) == 31


def test_a_broken_link_is_told_with_its_cause() -> None:
    removed = Finding(
        kind="heading-removed",
        subject="Install",
        impact="breaking",
        before="Install",
        values={
            "anchor": "install",
            "links": 1,
            "places": ({"path": "docs/b.md", "line": 3},),
        },
    )
    broken = Finding(
        kind="link-broken",
        subject="a.md#install",
        impact="breaking",
        values={
            "text": "see",
            "reason": "missing-anchor",
            "page": "docs/a.md",
            "anchor": "install",
        },
    )
    files = file_with(removed, path="docs/a.md"), file_with(broken, path="docs/b.md")
    _, overview = write(analysis_of(*files))
    assert [point.text for point in overview.breaking_changes] == [
        "Remove section “Install” (`a.md`)"
    ]
    assert "`docs/b.md` line 3" in overview.insights


def test_an_empty_range_says_so() -> None:
    _, overview = write(analysis_of())
    assert overview.summary == "No file changed in this range."
    assert overview.insights == ""


# Laws


HOSTILE = st.sampled_from(
    ["@octocat", "#1", "a|b", "```", "[x](javascript:y)", "<b>", "**b**", "\n# h", "`", "{x}", "$"]
)
TEXT = st.one_of(HOSTILE, st.text(max_size=90))
LINES = st.none() | st.tuples(st.integers(1, 99), st.integers(0, 9)).map(
    lambda pair: (pair[0], pair[0] + pair[1])
)


@st.composite
def any_findings(draw: st.DrawFn) -> Finding:
    kind = draw(st.sampled_from(KINDS))
    finding = example_of(kind, number=draw(st.integers(1, 3)), full=draw(st.booleans()))
    values: dict[str, Json] = {
        name: draw(TEXT) if isinstance(value, str) else value
        for name, value in finding.values.items()
    }
    return replace(
        finding,
        subject=draw(TEXT),
        before=finding.before and draw(TEXT),
        after=finding.after and draw(TEXT),
        before_lines=draw(LINES),
        after_lines=draw(LINES),
        impact=draw(st.sampled_from([kind.impact, "minor", "noise", "breaking"])),
        values={**values, "section": draw(TEXT)},
    )


ANALYSES = st.lists(
    st.builds(
        lambda findings, path: file_with(*findings, path=path),
        st.lists(any_findings(), max_size=6),
        st.text(min_size=1, max_size=20),
    ),
    max_size=4,
    unique_by=lambda file: file.change.path,
).map(lambda files: analysis_of(*files))


def all_markdown(analysis: Analysis, overview: Overview) -> Iterable[str]:
    yield from (file.explanation for file in analysis.files)
    points = (*overview.new_features, *overview.breaking_changes, *overview.other_updates)
    yield from (point.text for point in points)
    yield from (overview.highlights, overview.insights)


@settings(max_examples=60, deadline=None)
@given(ANALYSES, st.sampled_from(LANGUAGES))
def test_whatever_the_findings_hold_the_text_stays_text(analysis: Analysis, language: str) -> None:
    written, overview = write(analysis, language)
    for file in written.files:
        assert file.title
        assert len(file.title) <= 80
        assert file.title == one_line(file.title)
    for text in all_markdown(written, overview):
        assert tags(text) <= {"p", "code", "a"}, text
        # No name on GitHub begins with an underscore.
        assert not re.search(r"(?<![\w`])@[^\W_]|(?<!\w)#\d(?![\d-]*\))", outside_code(text)), text
    assert one_line(overview.summary) == overview.summary


def outside_code(markdown: str) -> str:
    html = cmarkgfm.github_flavored_markdown_to_html(markdown)
    return unescape(re.sub(r"<code>.*?</code>|<[^>]*>", " ", html, flags=re.DOTALL))


@settings(max_examples=25, deadline=None)
@given(ANALYSES)
def test_the_same_analysis_gives_the_same_words(analysis: Analysis) -> None:
    assert write(analysis) == write(analysis)


def strings_in(value: Json) -> Iterable[str]:
    if isinstance(value, tuple):
        for item in value:
            yield from strings_in(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings_in(item)
    elif isinstance(value, str | int) and not isinstance(value, bool):
        yield str(value)


def facts_of(file: FileAnalysis) -> str:
    facts = [file.change.path]
    for finding in file.findings:
        facts += [finding.subject, finding.before or "", finding.after or ""]
        facts += strings_in(dict(finding.values))
        facts += strings_in((*(finding.before_lines or ()), *(finding.after_lines or ())))
    return " ".join(as_shown(fact) for fact in facts)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(KINDS), st.integers(1, 4), st.booleans()), min_size=1),
    st.sampled_from(LANGUAGES),
)
def test_every_number_and_quotation_is_in_a_finding(
    chosen: list[tuple[object, int, bool]], language: str
) -> None:
    findings = [
        example_of(kind, number=number, full=full)  # type: ignore[arg-type]  # sampled from KINDS
        for kind, number, full in chosen
    ]
    file = told(*findings, language=language)
    facts = facts_of(file)
    for text in (file.title, shown(file.explanation)):
        for quotation in re.findall(r"[“「](.*?)[”」]", text):
            assert all(part in facts for part in quotation.split("…")), (quotation, text)
        for number in re.findall(r"(?<![\w.])\d+(?![\w.])", text):
            # What is counted are findings, or sums of what they hold.
            assert number in facts.split() or int(number) <= len(findings) * 10, (number, text)
