"""What a reader gets for each case, in each language: golden reports, and laws over their words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path

import cmarkgfm  # type: ignore[import-untyped]  # it ships no types
import pytest
from support.case_folder import CASES, load_case
from support.report_words import Grounds, code_in, numbers_in, quotations_in

from diffinsight import languages
from diffinsight.detectors import analyse
from diffinsight.engines.offline import OfflineEngine
from diffinsight.languages import Phrases
from diffinsight.markdown_text import escape_prose
from diffinsight.models import Analysis, Config, EngineUse, FileReport, Overview, Report
from diffinsight.render import render
from diffinsight.report import assemble

HERE = Path(__file__).parent
DAY = date(2025, 2, 4)
BECAME = {  # the same words in quotation marks on both sides
    "en": re.compile(r"(“[^”]+”|`[^`]+`) (?:became|to|→|was replaced by|instead of) \1(?!\w)"),
    "ja": re.compile(r"(「[^」]+」|`[^`]+`)(?:を|から| → )\1(?:に|へ|と|。)"),
    "zh-Hans": re.compile(r"(“[^”]+”|`[^`]+`) ?(?:改为|→|换成|替换为) ?\1"),
}
OPEN = re.compile(r"\{[a-z_]+(:[a-z0-9]*)?\}|\bNone\b")

each_case = pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
each_language = pytest.mark.parametrize("language", languages.available())


def report_of(case: Path, phrases: Phrases) -> tuple[Analysis, Report]:
    return _reported(case, phrases.code)


@cache
def _reported(case: Path, language: str) -> tuple[Analysis, Report]:
    return report_anew(case, languages.load(language))


def report_anew(case: Path, phrases: Phrases) -> tuple[Analysis, Report]:
    analysis, overview = OfflineEngine(phrases=phrases).write(analyse(load_case(case)))
    report = assemble(
        analysis,
        overview,
        phrases=phrases,
        config=Config(),
        on=DAY,
        category=None,
        use=EngineUse(),
    )
    return analysis, report


def rendered(report: Report, phrases: Phrases) -> str:
    """The committed report; without diffs, which the case holds already."""
    files = tuple(replace(file, patch=None) for file in report.files)
    return render(replace(report, files=files), form="markdown", phrases=phrases, flavor="github")


@each_case
@each_language
def test_reports_are_as_expected(case: Path, language: str, update_goldens: bool) -> None:  # noqa: FBT001 - a fixture
    phrases = languages.load(language)
    found = rendered(report_of(case, phrases)[1], phrases)
    expected = case / f"report.{language}.md"
    if update_goldens:
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


def words_over_all(overview: Overview) -> Iterator[str]:
    points = (*overview.new_features, *overview.breaking_changes, *overview.other_updates)
    yield from (escape_prose(overview.summary), overview.highlights, overview.insights)
    yield from (point.text for point in points)


@each_case
@each_language
def test_what_is_said_of_a_file_is_in_its_findings(case: Path, language: str) -> None:
    phrases = languages.load(language)
    analysis, report = report_of(case, phrases)
    for file, facts in zip(report.files, analysis.files, strict=True):
        grounds = Grounds.of([facts], phrases)
        assert_grounded(escape_prose(file.title), grounds, phrases)
        assert_grounded(file.explanation, grounds, phrases)


@each_case
@each_language
def test_what_is_said_over_all_is_in_the_findings(case: Path, language: str) -> None:
    phrases = languages.load(language)
    analysis, report = report_of(case, phrases)
    grounds = Grounds.of(analysis.files, phrases)
    for text in words_over_all(report.overview):
        assert_grounded(text, grounds, phrases)


def assert_grounded(text: str, grounds: Grounds, phrases: Phrases) -> None:
    """Every number, name and quotation stands in a finding or in the file's own data."""
    for quotation in quotations_in(text, phrases):
        assert grounds.have(quotation), (quotation, text)
    for code in code_in(text):
        assert grounds.have(code), (code, text)
    for number in numbers_in(text, phrases):
        assert grounds.count(number), (number, text)


@each_case
@each_language
def test_no_phrase_is_left_open(case: Path, language: str) -> None:
    phrases = languages.load(language)
    analysis, report = report_of(case, phrases)
    grounds = Grounds.of(analysis.files, phrases)
    for text in (*words_over_all(report.overview), *map(_words_of, report.files)):
        for found in OPEN.finditer(text):
            assert grounds.have(found[0]), (found[0], text)


@each_case
@each_language
def test_nothing_became_what_it_was(case: Path, language: str) -> None:
    _, report = report_of(case, languages.load(language))
    for text in (*words_over_all(report.overview), *map(_words_of, report.files)):
        assert not BECAME[language].search(text), text


@each_case
@each_language
def test_every_kind_has_words_of_its_own(case: Path, language: str) -> None:
    _, report = report_of(case, languages.load(language))
    for file in report.files:
        for finding in file.findings:
            assert f"`{finding.kind}`" not in file.explanation
            assert not file.title.startswith(finding.kind)


def _words_of(file: FileReport) -> str:
    return f"{file.title}\n{file.explanation}"


@each_case
@each_language
def test_every_line_stays_in_its_table_list_or_fence(case: Path, language: str) -> None:
    phrases = languages.load(language)
    _, report = report_of(case, phrases)
    body = rendered(report, phrases).partition("\n---\n")[2]
    html = cmarkgfm.github_flavored_markdown_to_html(body)
    points = report.overview.new_features, report.overview.breaking_changes
    notes = report.notes, *(file.notes for file in report.files)
    bullets = sum(map(len, (*points, report.overview.other_updates, *notes)))
    assert html.count("<tr>") == 1 + len(report.files)
    assert {row.count("<td") for row in re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)[1:]} == {7}
    assert html.count("<li>") == bullets
    fences = re.findall(r'<pre lang="json"><code>(.*?)</code></pre>', html, re.DOTALL)
    told = [json.loads(unescape(fence))["modification_title"] for fence in fences]
    assert told == [file.title for file in report.files]


@each_case
@each_language
def test_the_same_case_gives_the_same_words(case: Path, language: str) -> None:
    phrases = languages.load(language)
    once, again = (asdict(report_anew(case, phrases)[1]) for _ in range(2))
    assert once == again


def test_grounds_refuse_what_is_not_there() -> None:
    phrases = languages.load("en")
    analysis, _ = report_of(HERE / "step-changed", phrases)
    grounds = Grounds.of(analysis.files, phrases)
    assert not grounds.have("words that stand nowhere")
    assert not grounds.count(987_654)
