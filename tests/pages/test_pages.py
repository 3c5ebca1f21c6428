"""A folder of committed reports in Pandoc and MkDocs Material: no warning, no dead link.

The settings are those that docs/destinations.md gives.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from support.browser import Browser, chromium
from support.report_samples import HOSTILE, sample_report
from support.site import Site, feed_links, follow_links, served

from diffinsight import languages
from diffinsight.inputs import Flavor
from diffinsight.models import Report
from diffinsight.publishers.archive import Shelf, blob_sha, pages
from diffinsight.publishers.report_path import PUSH_NAME, report_paths
from diffinsight.run import document

pytestmark = pytest.mark.pages

# `make pages` sets it up.
MKDOCS = Path(sys.executable).with_name("mkdocs").parents[1] / "mkdocs/bin/mkdocs"
DOCS = Path("docs/destinations.md").read_text(encoding="utf-8")
CHECKS = """
site_name: Reports
strict: true
validation:
  omitted_files: warn
  absolute_links: warn
  unrecognized_links: warn
  anchors: warn
"""
ON_GITHUB = "https://github.com/o/r/blob/main/reports"


def block(language: str) -> str:
    """The code that the documentation gives for sites."""
    (found,) = re.findall(rf"```{language}\n(# site\n|-- site\n)(.*?)```", DOCS, re.DOTALL)
    return str(found[1])


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture
def browser(running: Browser) -> Browser:
    running.troubles.clear()
    running.requested.clear()
    return running


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


def shelved(flavor: Flavor, text: str = HOSTILE, url: str = ON_GITHUB) -> Mapping[str, str]:
    """Path and text of the reports, the index and the feed."""
    texts = {
        next(report_paths(report, folder="reports", name=PUSH_NAME)): document(
            report, form="markdown", flavor=flavor
        )
        for report in reports(text)
    }
    made = pages(
        {path: blob_sha(text) for path, text in texts.items()},
        shelf=Shelf(folder="reports", url=url, name="o/r"),
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


def run_pandoc(page: Path, source: str) -> None:
    """The page beside its source; no warning."""
    (page.parent / "links.lua").write_text(block("lua"))
    extensions = "+yaml_metadata_block" if source == "gfm" else ""
    result = subprocess.run(
        [
            "pandoc",
            f"--from={source}{extensions}",
            "--to=html",
            "--standalone",
            "--lua-filter=links.lua",
            "--fail-if-warnings",
            "--metadata=pagetitle:Reports",
            f"--output={page.with_suffix('.html').name}",
            page.name,
        ],
        cwd=page.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.stderr, result.returncode) == ("", 0)


def build_mkdocs(folder: Path) -> None:
    """The folder's `docs` as `site`; no warning."""
    (folder / "mkdocs.yml").write_text(block("yaml") + CHECKS)
    result = subprocess.run(
        [str(MKDOCS), "build", "--strict"],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "WARNING" not in result.stderr
    assert result.returncode == 0


def test_dead_links_are_seen(tmp_path: Path, browser: Browser) -> None:
    links = '<a href="#here">1</a> <a href="#gone">2</a> <a href="gone.html">3</a>'
    hidden = '<p id="here" hidden>out of sight</p>'
    write(tmp_path, {"index.html": f"{links}{hidden}<script>gone()</script>"})
    with served(tmp_path) as site:
        walk = follow_links(browser, site, "index.html")
        assert [trouble.partition("#")[2] for trouble in walk.dead] == [
            "here does not scroll there",
            "gone leads nowhere",
        ]
        assert site.missing == ["404 /gone.html"]
        assert "gone is not defined" in browser.troubles[0]


@pytest.mark.parametrize(("flavor", "source"), [("pandoc", "markdown"), ("github", "gfm")])
def test_pandoc(tmp_path: Path, browser: Browser, flavor: Flavor, source: str) -> None:
    with served(tmp_path) as site:
        files = shelved(flavor, url=f"{site.address}/reports")
        write(tmp_path, files)
        sources = [path for path in files if path.endswith(".md")]
        for path in sources:
            run_pandoc(tmp_path / path, source)
        walk = follow_links(browser, site, "reports/README.html")
        assert walk.dead == []
        assert {site.path(page) for page in walk.pages} == {
            *(str(Path(path).with_suffix(".html")) for path in sources),
            "reports/feed.xml",
        }
        assert len(walk.places) >= 1 + 4 + 12  # a link from each row to its file
        # The feed leads to the sources, which stand beside the pages.
        fed = feed_links(browser, f"{site.address}/reports/feed.xml")
        assert {site.path(address) for address in fed} == set(sources)
        for address in fed:
            browser.open(address)
        assert_calm(browser, site)


def test_mkdocs_material(tmp_path: Path, browser: Browser) -> None:
    # Python-Markdown escapes neither `<` nor `|` by a backslash, as CommonMark and Pandoc do.
    files = shelved("github", "an `option` of *many* (and [more])")
    write(tmp_path / "docs", files)
    (tmp_path / "docs/index.md").write_text("# Docs\n\n[Reports](reports/README.md)\n")
    build_mkdocs(tmp_path)
    with served(tmp_path / "site") as site:
        walk = follow_links(browser, site, "index.html")
        assert walk.dead == []
        opened = {site.path(page).removesuffix("index.html") for page in walk.pages}
        assert opened == {*made_pages(tmp_path / "site"), "reports/feed.xml"}
        assert len(walk.places) >= 1 + 4 + 12
        fed = feed_links(browser, f"{site.address}/reports/feed.xml")
        there = {address.replace(ON_GITHUB, "reports") for address in fed}
        assert there == {path for path in files if path.endswith(".md")}
        assert_calm(browser, site)


def assert_calm(browser: Browser, site: Site) -> None:
    """Nothing was missing, nothing complained, and nothing came from elsewhere."""
    assert (site.missing, browser.troubles) == ([], [])
    asked = (it for it in browser.requested if not it.startswith("data:"))
    assert [it for it in asked if not (site.is_inside(it) or it.endswith("/favicon.ico"))] == []


def made_pages(site: Path) -> Iterator[str]:
    for page in site.rglob("index.html"):
        yield str(page.relative_to(site)).removesuffix("index.html")
