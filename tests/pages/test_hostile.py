"""Reports full of hostile text, in every renderer: nothing runs, and the text is what it was."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.browser import Browser
from support.renderers import build_mkdocs, run_github, run_pandoc
from support.report_samples import sample_report
from support.site import served

from diffinsight.markdown_text import escape_prose
from diffinsight.models import Flavor, Report
from diffinsight.run import document

pytestmark = pytest.mark.pages

RUNS = "<script>document.title = 'ran'; alert(1)</script>"
# A title, and what a reader sees of it.
TITLES = (
    (RUNS, RUNS),
    ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
    (r"\<svg onload=alert(1)>", r"\<svg onload=alert(1)>"),
    ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
    ("![x](https://evil.invalid/pixel.png)", "![x](https://evil.invalid/pixel.png)"),
    ("<javascript:alert(1)>", "<javascript:alert(1)>"),
    ("a | b || c", "a | b || c"),
    ("`a` and ``b`c`` and `d|e`", "a and b`c and d|e"),
    ("``` left open ``", "``` left open ``"),
    (
        "`{{ code }}` {{ 7*7 }} {% include x %} {# y #}",
        "{{ code }} {{ 7*7 }} {% include x %} {# y #}",
    ),
    ("{onclick=alert(1)} x{: onclick=alert(1)}", "{onclick=alert(1)} x{: onclick=alert(1)}"),
    ("@octocat fixes #1, GH-2 and o/r#3", "@octocat fixes #1, GH-2 and o/r#3"),
    ("ends in a backslash \\", "ends in a backslash \\"),
    ("# not a heading #", "# not a heading #"),
    ("- no item", "- no item"),
    ("1. no item", "1. no item"),
    ("> no quotation", "> no quotation"),
    ("!!! note", "!!! note"),
    ("**no** _emphasis_ ~~at~~ ==all== __here__ _", "**no** _emphasis_ ~~at~~ ==all== __here__ _"),
    ("$x$ and $$y$$ ^z^ [^1] [@cited]", "$x$ and $$y$$ ^z^ [^1] [@cited]"),
    (r"C:\Users \input{x} \(y\)", r"C:\Users \input{x} \(y\)"),
    ("&lt;b&gt; &amp; &#64;octocat &copy;", "&lt;b&gt; &amp; &#64;octocat &copy;"),
    (
        "https://a.invalid www.a.invalid :smile: --x ...",
        "https://a.invalid www.a.invalid :smile: --x ...",
    ),
    ("<!-- --> <?php ?> <![CDATA[ ]]>", "<!-- --> <?php ?> <![CDATA[ ]]>"),
)
# Markdown by others, and a part of it that has to be seen.
GUESTS = (
    (RUNS, RUNS),
    (f"`a\n{RUNS}\nb`", f"a {RUNS} b"),
    (f"a ``` b `{RUNS}` c", RUNS),
    (f"> ```\n> {RUNS}\n> ```", RUNS),
    (f"- a\n\n      {RUNS}", RUNS),
    (f"text\n    ~~~\n\n```\n    ~~~\n{RUNS}\n```", RUNS),
    (f"```{{=html}}\n{RUNS}\n`````", RUNS),
    (f"`{RUNS}`{{=html}}", "{=html}"),
    (f'[a](https://a.invalid "t\n{RUNS}\n")', "a"),
    ("[x](javascript:alert(1)) [y](java\nscript:alert(1))", "[x](javascript:alert(1))"),
    ("[x](<javascript:alert(1)>) [y](&#106;avascript:alert(1))", "[x](<javascript:alert(1)>)"),
    ("[x][r] [r]\n\n[r]: javascript:alert(1)", "[r]: javascript:alert(1)"),
    ('[x](https://a.invalid){onclick="alert(1)"}', '{onclick="alert(1)"}'),
    ('text\n{: onclick="alert(1)"}', '{: onclick="alert(1)"}'),
    ('``` {.py onclick="alert(1)"}\nx = 1\n```', "x = 1"),
    ("text\n\n---\ntitle: taken over\n---", "title: taken over"),
    ("<details>\n<!-- swallows the rest", "swallows the rest"),
    ("```\nnever closed", "never closed"),
)
# What may begin, end or hide something for one renderer and not for another.
PIECES = (
    *(
        RUNS,
        RUNS,
        "<svg onload=alert(1)>",
        "<iframe src=x>",
        "<a b.md>",
        "<!--",
        "-->",
        "<details>",
    ),
    *("</details>", "<?php", "<![CDATA[", "]]>", "[x](javascript:alert(1))", "[x][r]", "](", "[x"),
    *("[r]: javascript:alert(1)\n", "<javascript:alert(1)>", "https://a.invalid/{x}", "(", ")"),
    *("{onclick=alert(1)}", "{=html}", "{: onclick=alert(1)}", "```", "````", "~~~", "`", "``"),
    *("\\", "\n", "\n\n", "    ", "\t", "- ", "> ", "1. ", "# ", "| a | b |\n|---|---|\n", "---\n"),
    *("=\n", ":::", "!!! note\n", "**", "_", "$", "^", "@me", '"', "word", "&lt;", "&#60;script>"),
)
LOOKED_AT = """(() => {
  const page = document.querySelector('article') ?? document.body;
  const all = [...page.querySelectorAll('*')];
  const plain = text => text.replaceAll('\\u200b', '').replace(/\\s+/g, ' ').trim();
  // Pandoc turns quotation marks of sentences for the reader's eye.
  const typed = text => text.replace(/[\\u201c\\u201d]/g, '"').replace(/[\\u2018\\u2019]/g, "'");
  const text = it => typed(plain(it.textContent));
  const addresses = all.flatMap(it => [it.getAttribute('href'), it.getAttribute('src')]);
  return JSON.stringify({
    title: document.title,
    elements: all.map(it => it.localName),
    attributes: all.flatMap(it => it.getAttributeNames()),
    addresses: addresses.filter(it => it !== null).map(it => new URL(it, 'page:/').protocol),
    rows: [...page.querySelectorAll('tr')].map(it => [...it.cells].map(text)),
    headings: [...page.querySelectorAll('h2')].map(text),
    linked: [...page.querySelectorAll('a')].map(text),
    text: text(page),
  });
})()"""


def hostile_report() -> Report:
    """Each title is also a path and an explanation; after them come others' explanations."""
    file, *_ = (sample := sample_report(1)).files
    titled = [
        replace(file, path=f"docs/{title}", title=title, explanation=f"Saw: {escape_prose(title)}")
        for title, _ in TITLES
    ]
    guests = [
        replace(file, path=f"docs/guest-{at}.md", title="A guest", explanation=text)
        for at, (text, _) in enumerate(GUESTS)
    ]
    notes = tuple(title for title, _ in TITLES)
    overview = replace(sample.overview, breaking_changes=(), summary=RUNS, insights=RUNS)
    return replace(sample, files=(*titled, *guests), notes=notes, overview=overview)


def mixed_report(count: int) -> Report:
    """Explanations of random pieces, the same ones every time."""
    choose = random.Random(1)  # noqa: S311 - no secret
    file, *_ = (sample := sample_report(1)).files
    texts = ("".join(choose.choices(PIECES, k=choose.randint(2, 14))) for _ in range(count))
    files = (
        replace(file, path=f"mixed/{at}.md", title="Mixed", explanation=text)
        for at, text in enumerate(texts)
    )
    return replace(sample, files=tuple(files))


def build(folder: Path, renderer: str, report: Report) -> str:
    """Make a site of the report; the path of its page."""
    flavor: Flavor = "pandoc" if renderer == "pandoc" else "github"
    text = document(report, form="markdown", flavor=flavor)
    if renderer == "mkdocs":
        (folder / "docs").mkdir()
        (folder / "docs/index.md").write_text(text, encoding="utf-8")
        build_mkdocs(folder)
        shutil.copytree(folder / "site", folder, dirs_exist_ok=True)
        return "index.html"
    (folder / "page.md").write_text(text, encoding="utf-8")
    if renderer == "github":
        run_github(folder / "page.md")
    else:
        run_pandoc(folder / "page.md", "markdown" if renderer == "pandoc" else "gfm")
    return "page.html"


@pytest.fixture(params=["github", "mkdocs", "pandoc", "pandoc-gfm"])
def renderer(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def look_at(folder: Path, browser: Browser, page: str) -> Mapping[str, Any]:
    """What is in a page in which nothing runs."""
    with served(folder) as site:
        browser.open(f"{site.address}/{page}")
        seen: Mapping[str, Any] = json.loads(browser.ask(LOOKED_AT))
        assert browser.troubles_at(site.address) == []
        assert site.missing == []
    assert seen["title"].startswith(("Diff Insight Report", "Reports"))
    assert not {"script", "iframe", "object", "embed", "svg", "style", "form"} & {*seen["elements"]}
    assert not [name for name in seen["attributes"] if name.startswith("on")]
    assert {*seen["addresses"]} <= {"https:", "page:"}
    return seen


def test_nothing_runs_and_all_is_seen(tmp_path: Path, browser: Browser, renderer: str) -> None:
    page = build(tmp_path, renderer, hostile_report())
    seen = look_at(tmp_path, browser, page)
    assert_seen(seen["rows"], seen["headings"], seen["text"])
    assert not [text for text in seen["linked"] if text in ("@octocat", "#1", "GH-2", "o/r#3")]


def test_no_mixture_runs_or_swallows(tmp_path: Path, browser: Browser, renderer: str) -> None:
    page = build(tmp_path, renderer, mixed_report(300))
    seen = look_at(tmp_path, browser, page)
    paths = [f"mixed/{at}.md" for at in range(300)]
    assert [heading for heading in seen["headings"] if heading in paths] == paths


def assert_seen(rows: Sequence[Sequence[str]], headings: Sequence[str], text: str) -> None:
    """Titles in cells, paths in headings and links, explanations and notes in the text."""
    titled = [(row[0], row[2]) for row in rows[1 : 1 + len(TITLES)]]
    assert titled == [(title.rpartition("/")[2], shown) for title, shown in TITLES]
    paths = [f"docs/{title}" for title, _ in TITLES]
    assert [heading for heading in headings if heading in paths] == paths
    for title, _ in TITLES:
        assert f"Saw: {title}" in text
    for _, part in GUESTS:
        assert part in text
