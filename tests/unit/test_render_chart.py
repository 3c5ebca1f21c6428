import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.github_html import html_of
from support.report_samples import sample_file, sample_report

from diffinsight import languages
from diffinsight.models import Report
from diffinsight.render import render
from diffinsight.render.chart import Bar, ChartWords, bars, mermaid
from diffinsight.render.view import FileView, file_views

ENGLISH = languages.load("en")
WORDS = ChartWords(title="Files", noise="Files (gray: noise)", others="other folders")


def views(*paths: str, noise: int = 0) -> tuple[FileView, ...]:
    """Files at ``paths``, of which the last ``noise`` change nothing for a reader."""
    real = len(paths) - noise
    files = tuple(
        replace(sample_file(at, impact="minor" if at < real else "noise"), path=path)
        for at, path in enumerate(paths)
    )
    return file_views(replace(sample_report(1), files=files))


def in_folder(folder: str, count: int) -> tuple[str, ...]:
    return tuple(f"{folder}page-{at}.md" for at in range(count))


def test_a_chart_counts_files_by_folder_with_noise_apart() -> None:
    paths = (*in_folder("docs/a/", 4), *in_folder("docs/b/", 4), *in_folder("docs/guide/", 8))
    assert bars(views(*paths, noise=3)) == (
        Bar(folder="docs/guide/", real=5, noise=3),
        Bar(folder="docs/a/", real=4, noise=0),
        Bar(folder="docs/b/", real=4, noise=0),
    )


def test_the_folders_are_the_topmost_that_part_the_files() -> None:
    paths = (*in_folder("a/docs/x/deep/", 9), *in_folder("a/docs/y/", 4), "toc.yml", "a/docs/z.md")
    shown = [(bar.folder, bar.files) for bar in bars(views(*paths))]
    assert shown == [("a/docs/x/deep/", 9), ("a/docs/y/", 4), ("", 1), ("a/docs/", 1)]


def test_small_folders_are_one_bar() -> None:
    paths = [path for name in "abcdefghijkl" for path in in_folder(f"{name}/", 2)]
    shown = bars(views(*paths))
    assert len(shown) == 9
    assert shown[-1] == Bar(folder=None, real=8, noise=0)
    assert '"other folders: 8"' in mermaid(shown, WORDS)


@pytest.mark.parametrize(
    "paths",
    [
        in_folder("docs/", 20),
        (*in_folder("docs/", 95), *in_folder("src/", 5)),
        (*in_folder("docs/", 5), *in_folder("src/", 5)),
        (*in_folder("docs/", 9), *in_folder("src/", 9)),
    ],
)
def test_a_chart_that_would_say_nothing_is_none(paths: tuple[str, ...]) -> None:
    assert bars(views(*paths)) == ()


def test_a_chart_of_noise_alone_is_none() -> None:
    paths = (*in_folder("a/", 6), *in_folder("b/", 6), *in_folder("c/", 6))
    assert bars(views(*paths, noise=17))
    assert bars(views(*paths, noise=18)) == ()


def test_without_findings_nobody_knows_what_is_noise() -> None:
    shown = views(*in_folder("a/", 9), *in_folder("b/", 9), *in_folder("c/", 9))
    bare = tuple(replace(item, file=replace(item.file, findings=())) for item in shown)
    assert bars(shown)
    assert bars(bare) == ()


def test_a_chart_reads_as_mermaid() -> None:
    shown = (Bar(folder="docs/guide/", real=5, noise=3), Bar(folder="", real=4, noise=0))
    first, *rest = mermaid(shown, WORDS).split("\n")
    assert first.startswith('%%{init: {"xyChart": {"width": ')
    assert rest == [
        "xychart-beta horizontal",
        '    title "Files (gray: noise)"',
        '    x-axis ["guide: 5 + 3", "/: 4"]',
        "    y-axis 0 --> 8",
        "    bar [8, 4]",
        "    bar [5, 4]",
    ]


def test_without_noise_nothing_is_said_of_it() -> None:
    text = mermaid((Bar(folder="a/", real=5, noise=0), Bar(folder="b/", real=1, noise=0)), WORDS)
    assert "gray" not in text
    assert text.count("bar [") == 1


@given(st.lists(st.text(min_size=1), min_size=2, max_size=8, unique=True))
def test_no_folder_breaks_out_of_its_label(names: list[str]) -> None:
    shown = tuple(Bar(folder=f"{name}/", real=1, noise=0) for name in names)
    lines = mermaid(shown, WORDS).splitlines()
    assert len(lines) == 6
    axis = lines[3].removeprefix('    x-axis ["').removesuffix('"]')
    labels = axis.split('", "')
    assert len(set(labels)) == len(names)
    assert not any(mark in axis.replace('", "', "") for mark in '"#%&<>`')


@pytest.mark.parametrize("form", ["comment", "summary", "markdown"])
def test_pages_have_a_chart_where_it_says_something(form: str) -> None:
    def page(report: Report) -> str:
        return render(report, form=form, phrases=ENGLISH)  # type: ignore[arg-type]  # one of three

    assert page(sample_report(40)).count("\n```mermaid\n") == 1
    assert "mermaid" not in page(sample_report(10))


def test_a_hostile_folder_stays_in_the_chart() -> None:
    report = sample_report(24)
    folders = ('"]\n```\n# x', "%%{init: {}}%%", "<img src=x>")
    files = tuple(
        replace(file, path=f"{folders[at % 3]}/{at}.md") for at, file in enumerate(report.files)
    )
    text = render(replace(report, files=files), form="comment", phrases=ENGLISH)
    chart = text.partition("\n```mermaid\n")[2].partition("\n```\n")[0]
    assert chart.splitlines()[-1].startswith("    bar [")
    assert chart.count("%%{") == 1
    assert html_of(text).count('<pre lang="mermaid">') == 1


def test_a_chart_gives_way_to_rows_and_not_to_explanations() -> None:
    report = sample_report(40)
    cut = render(report, form="comment", phrases=ENGLISH, limit=14_000)
    assert "Left out for length: the explanations" in cut
    assert "mermaid" in cut
    cut = render(report, form="comment", phrases=ENGLISH, limit=6_000)
    assert re.search(r"Left out for length: .*\d+ files and the explanations", cut)
    assert "mermaid" not in cut


@pytest.mark.parametrize("code", languages.available())
def test_every_language_has_the_words_of_a_chart(code: str) -> None:
    report = replace(sample_report(40), language=code)
    text = render(report, form="comment", phrases=languages.load(code))
    title = languages.load(code).say_plain("labels.chart_noise")
    assert f'    title "{title}"' in text


def test_a_folder_within_another_one_that_has_a_bar_is_named_with_it() -> None:
    shown = (
        Bar(folder="guide/", real=2, noise=0),
        Bar(folder="guide/train/", real=2, noise=0),
        Bar(folder="studio/how-to/", real=5, noise=0),
    )
    assert '"guide: 2", "guide/train: 2", "how-to: 5"' in mermaid(shown, WORDS)


def test_insights_are_not_none_above_a_chart() -> None:
    files = tuple(item.file for item in views(*in_folder("a/", 5), *in_folder("b/", 4), *"cdef"))
    report = replace(sample_report(1), files=files)
    quiet = replace(report, overview=replace(report.overview, insights=""))
    insights = render(quiet, form="markdown", phrases=ENGLISH).partition("# Insights\n")[2]
    assert insights.lstrip().startswith("```mermaid")
