"""Pages that others' programs make of reports: Pandoc, MkDocs Material, GitHub's parser.

The settings are those that docs/destinations.md gives for sites.
"""

import re
import subprocess
import sys
from pathlib import Path

from support.github_html import html_of

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


def documented(language: str) -> str:
    """The code that the documentation gives for sites."""
    (found,) = re.findall(rf"```{language}\n(?:#|--) site\n(.*?)```", DOCS, re.DOTALL)
    return str(found)


def run_pandoc(page: Path, source: str) -> None:
    """Make a page beside its source; no warning."""
    (page.parent / "links.lua").write_text(documented("lua"))
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
    """Make ``folder``'s `docs` its `site`; no warning."""
    (folder / "mkdocs.yml").write_text(documented("yaml") + CHECKS)
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


def run_github(page: Path) -> None:
    """Make a page beside its source, without GitHub's sanitizer."""
    text = page.read_text(encoding="utf-8").partition("\n---\n")[2]
    start = "<!doctype html><meta charset=utf-8><title>Reports</title>"
    page.with_suffix(".html").write_text(f"{start}<body>{html_of(text)}", encoding="utf-8")
