from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diffinsight import languages
from diffinsight.publishers.archive import (
    MOST_FED,
    FrontMatter,
    Shelf,
    blob_sha,
    pages,
    read_front_matter,
)

SHELF = Shelf(folder="reports", url="https://github.com/o/r/blob/main/reports", name="o/r")
INDEX, FEED = SHELF.pages
ATOM = "{http://www.w3.org/2005/Atom}"


def report(title: str, day: str, summary: str = "What changed.") -> str:
    return f"---\ndate: '{day}'\nsummary: {summary!r}\ntitle: {title!r}\n---\n\n# Highlights\n"


def made(
    reports: Mapping[str, str], existing: Mapping[str, str] | None = None, language: str = "en"
) -> tuple[Mapping[str, str], list[str]]:
    """The pages for reports (path and text), and which of them were read."""
    read: list[str] = []

    def text_of(path: str) -> str:
        read.append(path)
        return reports[path]

    written = pages(
        {path: blob_sha(text) for path, text in reports.items()},
        shelf=SHELF,
        existing=existing or {},
        phrases=languages.load(language),
        read=text_of,
    )
    return written, read


THREE = {
    "reports/202401/a.md": report("A", "2024-01-03"),
    "reports/202312/b.md": report("B", "2023-12-31"),
    "reports/202401/c--d (1).md": report("C", "2024-01-20"),
    "reports/notes.md": "# Notes\n",
    "reports/state.json": "{}",
}


def test_the_newest_report_comes_first() -> None:
    written, _ = made(THREE)
    lines = [re.sub(" <!-- .*", "", line) for line in written[INDEX].splitlines() if line]
    assert lines == [
        "# Reports",
        "[Atom feed](feed.xml)",
        "<!-- diffinsight index -->".partition(" <!-- ")[0],
        "## 2024-01",
        "- 2024-01-20 [C](202401/c-%2Dd%20%281%29.md): What changed.",
        "- 2024-01-03 [A](202401/a.md): What changed.",
        "## 2023-12",
        "- 2023-12-31 [B](202312/b.md): What changed.",
    ]


def test_the_feed_is_an_atom_feed() -> None:
    written, _ = made(THREE)
    feed = ET.fromstring(written[FEED])  # noqa: S314 - ours
    assert feed.findtext(f"{ATOM}updated") == "2024-01-20T00:00:00Z"
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["C", "A", "B"]
    for part in ("id", "title", "updated", "summary", "link"):
        assert all(entry.find(f"{ATOM}{part}") is not None for entry in entries)
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    assert entries[1].findtext(f"{ATOM}id") == f"{SHELF.url}/202401/a.md"


def test_only_what_is_new_or_changed_is_read() -> None:
    before, _ = made(THREE)
    later = {**THREE, "reports/d.md": report("D", "2024-02-01")}
    later["reports/202401/a.md"] = report("A2", "2024-01-04")
    after, read = made(later, before)
    assert set(read) == {"reports/d.md", "reports/202401/a.md", "reports/notes.md"}
    assert after == made(later)[0]


def test_a_report_that_is_gone_leaves_the_pages() -> None:
    before, _ = made(THREE)
    fewer = {path: text for path, text in THREE.items() if path != "reports/202401/a.md"}
    after, _ = made(fewer, before)
    assert after == made(fewer)[0]
    assert "[A]" not in after[INDEX]


def test_the_feed_holds_the_newest_ones_and_the_index_all() -> None:
    many = {
        f"reports/{at:03}.md": report(f"R {at}", f"2024-{at % 12 + 1:02}-03") for at in range(80)
    }
    written, _ = made(many)
    assert written[INDEX].count("](0") == 80
    assert written[FEED].count("<entry ") == MOST_FED


def test_pages_by_others_are_not_written() -> None:
    written, _ = made(THREE, {INDEX: "# Our reports\n", FEED: "<rss/>"})
    assert written == {}


def test_the_words_are_of_the_language() -> None:
    written, _ = made(THREE, language="ja")
    assert written[INDEX].startswith("# レポート一覧\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Notes\n",
        "---\n",
        "---\n- a\n---\n",
        "---\na: [\n---\n",
        "---\ntitle: T\n---\n",
        "---\ndate: never\ntitle: T\n---\n",
        "---\ndate: '2024-01-03'\ntitle: [1]\n---\n",
    ],
)
def test_what_is_no_report(text: str) -> None:
    assert read_front_matter(text) is None


@pytest.mark.parametrize("day", ["2024-01-03", "'2024-01-03'", "2024-01-03T10:00:00+09:00"])
def test_a_day_however_it_is_written(day: str) -> None:
    found = read_front_matter(f"---\ndate: {day}\ntitle: T\n---\n")
    assert found == FrontMatter(title="T", day=date(2024, 1, 3))


@given(title=st.text(min_size=1), summary=st.text())
def test_no_text_of_a_report_breaks_the_pages(title: str, summary: str) -> None:
    import yaml

    front = yaml.safe_dump({"date": "2024-01-03", "title": title, "summary": summary})
    reports = {"reports/a.md": f"---\n{front}---\n", "reports/b.md": report("B", "2024-01-02")}
    written, _ = made(reports)
    assert len(re.findall(r"^- 20", written[INDEX], re.MULTILINE)) == 2
    assert len(ET.fromstring(written[FEED]).findall(f"{ATOM}entry")) == 2  # noqa: S314 - ours
    again, read = made(reports, written)
    assert (again, read) == (written, [])


def test_a_blob_is_named_as_git_names_it() -> None:
    told = subprocess.run(
        ["git", "hash-object", "--stdin"], input="# 一\n".encode(), capture_output=True, check=True
    )
    assert blob_sha("# 一\n") == told.stdout.decode().strip()
