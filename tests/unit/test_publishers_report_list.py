from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.report_samples import PLAIN_FILE

from diffinsight.edges import GitHub
from diffinsight.models import FileReport, Finding, Publication, Report
from diffinsight.publishers.delivery import Delivery, Form, RunNumber
from diffinsight.publishers.report_list import Listed, locate, report_list

BREAKS = Finding(kind="page-removed", subject="A", impact="breaking")
BROKEN = replace(PLAIN_FILE, findings=(BREAKS,))
FIRST = date(2024, 1, 1)


def report(day: int = 0, *files: FileReport, title: str = "Report") -> Report:
    return Report(
        title=title,
        date=FIRST + timedelta(days=day),
        language="en",
        base="b" * 40,
        head="a" * 40,
        permalink="https://github.com/o/r/compare/b...a",
        files=files or (PLAIN_FILE,),
    )


def delivery(one: Report, branch: str | None = "main") -> Delivery:
    def write(form: Form, *, limit: int | None = None) -> str:
        raise AssertionError((form, limit))

    return Delivery(
        report=one,
        write=write,
        github=cast("GitHub", None),  # nothing is asked
        run=RunNumber(),
        pull_request=None,
        pull_request_head=None,
        branch=branch,
        reads_only=False,
        repository="o/home",
        server_url="https://github.com",
        append_summary=lambda _: None,
        sleep=lambda _: None,
    )


def listed(count: int) -> list[Listed]:
    return [Listed(report=report(day), url=f"https://x/{day}") for day in range(count)]


def test_a_line_for_each_report_newest_first() -> None:
    some = [
        Listed(report=report(0, title="Docs [beta]"), url="https://x/a (1)"),
        Listed(report=report(2, PLAIN_FILE, BROKEN), url=None),
    ]
    assert report_list(some, limit=9_999) == (
        "#### Reports\n\n"
        "- 2024-01-03 Report: 2 files · 1 file breaks something for readers\n"
        "- 2024-01-01 [Docs \\[beta\\]](https://x/a%20%281%29): 1 file\n"
    )


def test_beyond_a_sensible_number_reports_are_counted() -> None:
    lines = report_list(listed(130), limit=99_999).splitlines()[2:]
    assert len(lines) == 101
    assert lines[0].startswith("- 2024-05-09 [Report](https://x/129)")
    assert lines[-1] == "- and 30 more"


def test_a_list_of_just_the_number_counts_nothing() -> None:
    assert "more" not in report_list(listed(100), limit=99_999)


@given(count=st.integers(1, 40), limit=st.integers(60, 2_000))
def test_a_list_stays_within_its_limit_and_loses_no_report(count: int, limit: int) -> None:
    text = report_list(listed(count), limit=limit)
    lines = text.splitlines()[2:]
    told = sum(line.startswith("- 2024") for line in lines)
    rest = int(lines[-1].split()[2]) if lines[-1].startswith("- and") else 0
    assert told + rest == count
    assert len(text.encode()) <= limit


def test_a_list_is_in_the_language_of_its_reports() -> None:
    japanese = replace(report(0), language="ja")
    assert "1ファイル" in report_list([Listed(report=japanese, url=None)], limit=9_999)


@pytest.mark.parametrize(
    ("made", "url"),
    [
        (
            Publication(destination="commit", outcome="created", path="r/a b.md", commit="c1"),
            "https://github.com/o/home/blob/c1/r/a%20b.md",
        ),
        (
            Publication(destination="commit", outcome="unchanged", path="r/a.md"),
            "https://github.com/o/home/blob/main/r/a.md",
        ),
        (
            Publication(
                destination="commit", outcome="unchanged", path="r/a.md", url="https://p/1"
            ),
            "https://p/1",
        ),
        (
            Publication(destination="commit", outcome="refused", message="No."),
            "https://github.com/o/r/compare/b...a",
        ),
    ],
)
def test_where_a_report_is_to_be_read(made: Publication, url: str) -> None:
    empty = replace(report(), files=())
    found = locate([delivery(report()), delivery(empty)], [made])
    assert [it.url for it in found] == [url]
