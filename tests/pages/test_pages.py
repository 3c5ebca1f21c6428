"""A folder of committed reports in Pandoc and MkDocs Material: no warning, no dead link."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from support.report_samples import HOSTILE, sample_report

from diffinsight import languages
from diffinsight.inputs import Flavor
from diffinsight.models import Report
from diffinsight.publishers.archive import Shelf, blob_sha, pages
from diffinsight.publishers.report_path import PUSH_NAME, report_paths
from diffinsight.run import document

pytestmark = pytest.mark.pages

# `make pages` sets it up.
MKDOCS = Path(sys.executable).with_name("mkdocs").parents[1] / "mkdocs/bin/mkdocs"
SETTINGS = """\
site_name: Reports
strict: true
theme: {name: material, font: false}
markdown_extensions: [attr_list, md_in_html, pymdownx.superfences]
validation:
  omitted_files: warn
  absolute_links: warn
  unrecognized_links: warn
  anchors: warn
"""


def reports(text: str = HOSTILE) -> Iterator[Report]:
    """Of many sizes, with ``text`` all over, and one in Japanese."""
    for at, count in enumerate((1, 3, 8)):
        made = saying(text, sample_report(count, grouped=count // 2))
        yield replace(
            made,
            date=made.date + timedelta(days=40 * at),
            head=f"{at:07}" + (made.head or "")[7:],
            language="ja" if at == 1 else "en",
            category="API & *docs*" if at == 2 else None,
        )


def shelved(flavor: Flavor, text: str = HOSTILE) -> Mapping[str, str]:
    """Path and text of the reports, the index and the feed."""
    texts = {
        next(report_paths(report, folder="reports", name=PUSH_NAME)): document(
            report, form="markdown", flavor=flavor
        )
        for report in reports(text)
    }
    made = pages(
        {path: blob_sha(text) for path, text in texts.items()},
        shelf=Shelf(folder="reports", url="https://github.com/o/r/blob/main/reports", name="o/r"),
        existing={},
        phrases=languages.load("en"),
        read=texts.__getitem__,
    )
    return {**texts, **made}


def write(folder: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def saying(text: str, report: Report) -> Report:
    """A sample with ``text`` where it has text that is fit to break a page."""
    files = tuple(
        replace(
            file,
            title=file.title.replace(HOSTILE, text),
            explanation=file.explanation.replace(HOSTILE, text),
        )
        for file in report.files
    )
    broken = tuple(
        replace(point, text=point.text.replace(HOSTILE, text))
        for point in report.overview.breaking_changes
    )
    return replace(report, files=files, overview=replace(report.overview, breaking_changes=broken))


class Links(HTMLParser):
    """The targets of a page's links, and what can be a target in it."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.names: set[str] = set()
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.names |= {text for key in ("id", "name") if (text := values.get(key))}
        if tag == "a" and (target := values.get("href")):
            self.targets.append(target)


def dead_links(folder: Path) -> list[str]:
    """Links between the pages of a folder, and inside them, that lead nowhere."""
    dead = []
    for page in folder.rglob("*.html"):
        links = Links(page)
        for target in links.targets:
            url = urlsplit(target)
            if url.scheme or target.startswith(("//", "/")):
                continue
            there = (page.parent / unquote(url.path)).resolve() if url.path else page
            there = there / "index.html" if there.is_dir() else there
            names = Links(there).names if there.suffix == ".html" and there.is_file() else set()
            if not there.is_file() or (url.fragment and unquote(url.fragment) not in names):
                dead.append(f"{page.name}: {target}")
    return dead


@pytest.mark.parametrize(("flavor", "source"), [("pandoc", "markdown"), ("github", "gfm")])
def test_pandoc(tmp_path: Path, flavor: Flavor, source: str) -> None:
    files = shelved(flavor)
    write(tmp_path, files)
    for path in files:
        if path.endswith(".md"):
            page = tmp_path / path
            extensions = "+yaml_metadata_block" if source == "gfm" else ""
            command = ["pandoc", f"--from={source}{extensions}", "--to=html", "--standalone"]
            checks = ["--fail-if-warnings", "--metadata=pagetitle:Reports"]
            result = subprocess.run(
                [*command, *checks, f"--output={page.with_suffix('.html')}", str(page)],
                capture_output=True,
                text=True,
                check=False,
            )
            assert (result.stderr, result.returncode) == ("", 0)
    # The index leads to the sources, which stand beside the pages.
    assert dead_links(tmp_path) == []


def test_mkdocs_material(tmp_path: Path) -> None:
    # Python-Markdown escapes neither `<` nor `|` by a backslash, as CommonMark and Pandoc do.
    files = shelved("github", "an `option` of *many* (and [more])")
    write(tmp_path / "docs", files)
    (tmp_path / "docs/index.md").write_text("# Docs\n\n[Reports](reports/README.md)\n")
    (tmp_path / "mkdocs.yml").write_text(SETTINGS)
    result = subprocess.run(
        [str(MKDOCS), "build", "--strict"],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "WARNING" not in result.stderr
    assert result.returncode == 0
    site = tmp_path / "site"
    assert len(list(site.glob("reports/*/*/index.html"))) == len(list(reports()))
    shutil.rmtree(site / "assets")
    (site / "404.html").unlink()
    assert dead_links(site) == []
