"""Charts drawn by Mermaid itself in a browser, where `make pictures` installed them."""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from unicodedata import normalize

import pytest

from diffinsight.render.chart import Bar, ChartWords, mermaid

MERMAID = Path("build/pictures/node_modules/mermaid/dist/mermaid.min.js").resolve()
CHROMIUM = shutil.which("chromium")
WORDS = ChartWords(title="変更", noise='変更 & <b> ("gray": %%)', others="other folders")
FOLDERS = (
    "docs/guide/",
    '"quoted", [x]/',
    "%%{init: {}}%%/",
    "`tick`/",
    "<img src=x onerror=alert(1)>/",
    "a#35;b&lt;/",
    "日本語のとても長いフォルダーの名前/",
    "a\nb\\n; end/",
)

pytestmark = pytest.mark.skipif(
    not (CHROMIUM and MERMAID.exists()), reason="needs chromium and `make pictures`"
)


def drawn(source: str, folder: Path) -> list[str]:
    """The texts in the picture of a chart, or the error instead."""
    script = (
        "mermaid.initialize({startOnLoad: false, securityLevel: 'strict'});"
        "mermaid.render('x', source).then(x => {document.body.innerHTML = x.svg;"
        "const texts = [...document.querySelectorAll('text')].map(x => x.textContent);"
        "document.body.textContent = JSON.stringify(texts)},"
        "error => {document.body.textContent = JSON.stringify([String(error)])})"
    )
    quoted = json.dumps(source).replace("<", "\\u003c")
    page = folder / "page.html"
    page.write_text(
        f'<!doctype html><meta charset="utf-8"><body><script src="{MERMAID.as_uri()}"></script>'
        f"<script>const source = {quoted};{script}</script>",
        encoding="utf-8",
    )
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    flags += ["--virtual-time-budget=10000", f"--user-data-dir={folder}/profile", "--dump-dom"]
    done = subprocess.run(
        [CHROMIUM or "", *flags, page.as_uri()], capture_output=True, check=True, timeout=120
    )
    body = re.search(r"<body>(.*)</body>", done.stdout.decode(), re.DOTALL)
    assert body
    texts = json.loads(html.unescape(body[1]))
    assert isinstance(texts, list)
    return texts


def test_mermaid_draws_every_name_as_text(tmp_path: Path) -> None:
    shown = tuple(Bar(folder=name, real=9 - at, noise=at) for at, name in enumerate(FOLDERS))
    texts = drawn(mermaid((*shown, Bar(folder=None, real=1, noise=0)), WORDS), tmp_path)
    # Marks of Mermaid's own are written in full width.
    assert [normalize("NFKC", text) for text in texts] == [
        '変更 & <b> ("gray": %%)',
        "guide: 9",
        '"quoted", [x]: 8 + 1',
        "%%{init: {}}%%: 7 + 2",
        "`tick`: 6 + 3",
        "... src=x onerror=alert(1)>: 5 + 4",
        "a#35;b&lt;: 4 + 5",
        "...ても長いフォルダーの名前: 3 + 6",
        "a\\nb\\n; end: 2 + 7",
        "other folders: 1",
    ]
