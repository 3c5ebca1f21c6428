"""A folder of committed reports in Pandoc and MkDocs Material: no warning, no dead link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from support.browser import Browser
from support.renderers import build_mkdocs, run_pandoc
from support.report_samples import HOSTILE, sample_report
from support.site import feed_links, follow_links, served

from diffinsight import languages
from diffinsight.models import Flavor, Report
from diffinsight.publishers.archive import Shelf, blob_sha, pages
from diffinsight.publishers.report_path import PUSH_NAME, report_paths
from diffinsight.run import document

pytestmark = pytest.mark.pages

ON_GITHUB = "https://github.com/o/r/blob/main/reports"


def reports() -> Iterator[Report]:
    """Of many sizes, with hostile text all over, and one in Japanese."""
    for at, count in enumerate((1, 3, 8)):
        made = sample_report(count, grouped=count // 2)
        # The index and the feed quote it.
        said = f"{made.overview.summary} {HOSTILE} <script>alert(1)</script> [x](javascript:y)"
        yield replace(
            made,
            overview=replace(made.overview, summary=said),
            date=made.date + timedelta(days=40 * at),
            head=f"{at:07}" + (made.head or "")[7:],
            language="ja" if at == 1 else "en",
            category="API & *docs*" if at == 2 else None,
        )


def shelved(flavor: Flavor, url: str = ON_GITHUB) -> Mapping[str, str]:
    """Path and text of the reports, the index and the feed."""
    texts = {
        next(report_paths(report, folder="reports", name=PUSH_NAME)): document(
            report, form="markdown", flavor=flavor
        )
        for report in reports()
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
        assert browser.troubles_at(site.address) == []
        assert site.missing == []


def test_mkdocs_material(tmp_path: Path, browser: Browser) -> None:
    files = shelved("github")
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
        assert browser.troubles_at(site.address) == []
        assert site.missing == []


def made_pages(site: Path) -> Iterator[str]:
    for page in site.rglob("index.html"):
        yield str(page.relative_to(site)).removesuffix("index.html")
