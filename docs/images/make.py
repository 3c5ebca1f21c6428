# ruff: noqa: INP001 - a script, no package
"""Pictures of a report as GitHub shows it.

`make.py` makes those of the documentation from the change in `sample.py`;
`make.py REPORT.json --form comment --width 390 --output x.png` makes one of any report.

Needs Chromium with fonts for the report's language, and from npm GitHub's stylesheet
(`github-markdown-css`) and the charts' own program (`mermaid`). GitHub's sanitizer is not
imitated: what the templates write passes it.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import tempfile
from pathlib import Path

import cmarkgfm  # type: ignore[import-untyped]  # ships no types
import sample  # type: ignore[import-not-found]  # stands beside this script
from cmarkgfm.cmark import Options  # type: ignore[import-untyped]  # ships no types

from diffinsight import languages, schema
from diffinsight.models import Report
from diffinsight.render import Form, render

HERE = Path(__file__).parent
# Name, form, language, width and height.
PICTURES: tuple[tuple[str, Form, str, int, int], ...] = (
    ("comment.png", "comment", "en", 900, 815),
    ("comment-ja.png", "comment", "ja", 900, 815),
    ("report.png", "markdown", "en", 900, 1300),
)

PAGE = """<!doctype html><html lang="{language}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<style>{style}</style>
<style>
  body {{ margin: 0; padding: {margin}px; background: #fff; box-sizing: border-box; }}
  .box {{ border: 1px solid #d1d9e0; border-radius: 6px; overflow: hidden; }}
  .head {{ padding: 8px 16px; font: 14px/1.5 -apple-system, "Noto Sans", Helvetica, sans-serif;
           color: #59636e; background: #f6f8fa; border-bottom: 1px solid #d1d9e0; }}
  .head b {{ color: #1f2328; }}
  .markdown-body {{ padding: 16px; font-size: 14px; }}
  .mermaid {{ margin-bottom: 16px; }}
</style>
<div class="box"><div class="head">{head}</div>
<div class="markdown-body">{body}</div></div>
<script src="{mermaid}"></script>
<script>mermaid.initialize({{startOnLoad: true, securityLevel: "strict"}})</script>"""
CHART = re.compile(r'<pre lang="mermaid"><code>(.*?)</code></pre>', re.DOTALL)
HEADS = {
    "comment": "<b>github-actions</b> bot commented",
    "summary": "<b>report</b> summary",
    "markdown": "<b>report.md</b>",
}
# Chromium of a closed machine tries to look up its maker's servers at every start.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--hide-scrollbars",
    "--virtual-time-budget=10000",  # for charts to be drawn
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def page(report: Report, *, form: Form, stylesheet: Path, width: int, unfold: bool) -> str:
    phrases = languages.load(report.language)
    text = render(report, form=form, flavor="github", phrases=phrases)
    if form == "markdown":
        text = text.split("\n---\n", maxsplit=1)[1]
    # A single line break is one in a comment, not in a file.
    breaks = Options.CMARK_OPT_HARDBREAKS if form == "comment" else 0
    body = str(cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE | breaks))
    body = CHART.sub(r'<div class="mermaid">\1</div>', body)
    return PAGE.format(
        language=report.language,
        style=stylesheet.read_text(encoding="utf-8"),
        margin=8 if width < 500 else 16,  # noqa: PLR2004 - a phone's
        head=HEADS[form],
        mermaid=(stylesheet.resolve().parents[1] / "mermaid/dist/mermaid.min.js").as_uri(),
        body=body.replace("<details>", "<details open>") if unfold else body,
    )


def photograph(html: str, target: Path, *, width: int, height: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "page.html")
        source.write_text(html, encoding="utf-8")
        subprocess.run(
            [
                "chromium",
                *FLAGS,
                f"--user-data-dir={folder}/profile",
                f"--window-size={width},{height}",
                f"--screenshot={target.resolve()}",
                source.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", type=Path, nargs="?")
    parser.add_argument("--form", choices=sorted(HEADS), default="comment")
    parser.add_argument("--width", type=int, default=900)
    parser.add_argument("--height", type=int, default=1200)
    parser.add_argument("--unfold", action="store_true", help="open everything that is folded")
    parser.add_argument("--output", type=Path, default=Path("report.png"))
    parser.add_argument(
        "--stylesheet",
        type=Path,
        default=Path("node_modules/github-markdown-css/github-markdown-light.css"),
    )
    flags = parser.parse_args()
    if flags.report is None:
        make_all(flags.stylesheet)
        return
    html = page(
        schema.from_json(flags.report.read_bytes(), origin=str(flags.report)),
        form=flags.form,
        stylesheet=flags.stylesheet,
        width=flags.width,
        unfold=flags.unfold,
    )
    photograph(html, flags.output, width=flags.width, height=flags.height)


def make_all(stylesheet: Path) -> None:
    for name, form, language, width, height in PICTURES:
        with tempfile.TemporaryDirectory() as folder:
            report = sample.report(Path(folder), language)
        html = page(report, form=form, stylesheet=stylesheet, width=width, unfold=False)
        photograph(html, HERE / name, width=width, height=height)


if __name__ == "__main__":
    main()
