from dataclasses import replace

import pytest
from support.html_tags import tags_of
from support.report_samples import sample_report

from diffinsight import languages
from diffinsight.models import Report
from diffinsight.render import render

HOSTILE = (
    "</title></style></pre><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[x](javascript:alert(1)) ![y](javascript:z)",
    "<!-- ",
    "{{ report }} &lt;b&gt;",
)


def page(report: Report) -> str:
    return render(report, form="html", phrases=languages.load("en"))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_page_is_whole_and_runs_nothing_whatever_the_text(text: str) -> None:
    report = sample_report(3)
    file = replace(
        report.files[0],
        path=text,
        title=text,
        type=text,
        explanation=f"x {text}\n\n{text}",
        patch=f"@@ {text}\n+{text}\n",
        notes=(text,),
    )
    overview = replace(report.overview, summary=text, highlights=text, insights=text)
    html = page(
        replace(
            report,
            title=text,
            language=text,
            overview=overview,
            notes=(text,),
            files=(file, *report.files[1:]),
        )
    )
    tags = tags_of(html)
    assert tags.open == []
    assert tags.comments == []
    assert not tags.seen & {"script", "iframe", "object", "form", "base"}
    assert all(target.startswith(("https://", "#")) or not target for target in tags.targets)


def test_a_page_loads_nothing() -> None:
    html = page(sample_report(3))
    assert "default-src 'none'" in html
    assert not tags_of(html).seen & {"link", "script", "img"}


def test_rows_lead_to_their_files() -> None:
    html = page(sample_report(3))
    anchors = [target for target in tags_of(html).targets if target.startswith("#item-")]
    assert len(anchors) == 3
    assert all(f'<h2 id="{anchor[1:]}">' in html for anchor in anchors)


def test_a_page_has_every_part_of_the_report() -> None:
    report = sample_report(2)
    html = page(replace(report, files=(replace(report.files[0], notes=("Cut.",)),)))
    for part in ("2 files changed", "Much changed", "Something new", "Read it anew", "Cut."):
        assert part in html
    assert '<span class="added">+new 0\n</span>' in html
