from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diffinsight.errors import ActionError
from diffinsight.models import Report
from diffinsight.publishers.commit import is_about, subject, wait_before_retry
from diffinsight.publishers.report_path import PUSH_NAME, WATCH_NAME, report_paths

REPORT = Report(
    title="Diff Insight Report - misc",
    date=date(2024, 11, 13),
    language="en",
    category="misc",
    base="b" * 40,
    head="a1" * 20,
    permalink="https://github.com/o/r/compare/o:bbbbbbb...o:a1a1a1a",
)
PLAIN = replace(REPORT, category=None)


def first(report: Report, name: str, folder: str = "reports") -> str:
    return next(report_paths(report, folder=folder, name=name))


@pytest.mark.parametrize(
    ("report", "name", "expected"),
    [
        (REPORT, WATCH_NAME, "reports/202411/report-20241113-misc.md"),
        (PLAIN, WATCH_NAME, "reports/202411/report-20241113.md"),
        (REPORT, PUSH_NAME, "reports/202411/report-20241113-misc-a1a1a1a.md"),
        (PLAIN, PUSH_NAME, "reports/202411/report-20241113-a1a1a1a.md"),
        (PLAIN, "{base}..{head}", "reports/bbbbbbb..a1a1a1a.md"),
        (PLAIN, "%Y/%j", "reports/2024/318.md"),
        (PLAIN, "100%%-{head}.md", "reports/100%-a1a1a1a.md"),
        (PLAIN, "%Y/{category}.md", "reports/2024/report.md"),
        (REPORT, "%Y%m%d.md", "reports/20241113-misc.md"),
        (
            replace(REPORT, category="API & Docs/.."),
            "{category}-{head}",
            "reports/api-docs-a1a1a1a.md",
        ),
        (replace(REPORT, category="開発"), "{category}-{head}", "reports/開発-a1a1a1a.md"),
    ],
)
def test_the_path_of_a_report(report: Report, name: str, expected: str) -> None:
    assert first(report, name) == expected


def test_a_taken_path_has_successors_that_no_other_range_gets() -> None:
    assert list(report_paths(PLAIN, folder="r", name="%Y%m%d.md")) == [
        "r/20241113.md",
        "r/20241113-a1a1a1a.md",
        "r/20241113-bbbbbbb-a1a1a1a.md",
        f"r/20241113-{'b' * 40}-{'a1' * 20}.md",
    ]


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", ".git/x", "x/.GIT/y", "a//b", "/"])
def test_no_path_leaves_the_folder(name: str) -> None:
    with pytest.raises(ActionError, match="leaves the folder"):
        first(PLAIN, name)


@given(category=st.text(), name=st.text(st.sampled_from("a./{category}{head}-%Y\\"), max_size=30))
def test_any_path_is_inside_the_folder_or_refused(category: str, name: str) -> None:
    try:
        paths = list(
            islice(report_paths(replace(REPORT, category=category), folder="r", name=name), 4)
        )
    except ActionError:
        return
    for path in paths:
        assert path.startswith("r/")
        assert not {"..", ".git"} & set(path.split("/"))


def committed(title: str, permalink: str) -> str:
    return f"---\ndate: '2024-11-13'\npermalink: {permalink}\ntitle: {title}\n---\n\n# Highlights\n"


def test_a_report_is_known_by_its_range_and_category() -> None:
    permalink = REPORT.permalink or ""
    assert is_about(committed(REPORT.title, permalink), REPORT)
    assert not is_about(committed(REPORT.title, "https://elsewhere"), REPORT)
    assert not is_about(committed("Diff Insight Report - api", permalink), REPORT)
    assert is_about(committed("Another title", permalink), PLAIN)


@pytest.mark.parametrize(
    "text", ["", "# Notes\n", "---\n", "---\n- a\n---\n", "---\na: [\n---\n", "x\n---\na: 1\n---\n"]
)
def test_what_is_no_report_is_about_nothing(text: str) -> None:
    assert not is_about(text, REPORT)


def test_the_subject_names_the_range() -> None:
    assert subject(REPORT) == "Diff Insight Report - misc (bbbbbbb...a1a1a1a)"
    assert subject(replace(REPORT, base=None)) == "Diff Insight Report - misc (a1a1a1a)"
    assert subject(replace(REPORT, base=None, head=None)) == "Diff Insight Report - misc"


def test_runs_that_collide_wait_for_different_times() -> None:
    assert len({wait_before_retry(0, run) for run in range(10)}) == 10
    assert wait_before_retry(3, 1) > wait_before_retry(2, 9)
