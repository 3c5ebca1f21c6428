from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from support.github_html import html_of

from diffinsight import schema
from diffinsight.errors import ActionError
from diffinsight.models import FileReport, Group, Overview, Point, Report, RunContext
from diffinsight.vetting import vet, without_links

BASE, HEAD = "b" * 40, "a" * 40
CONTEXT = RunContext(repository="contoso/docs", base=BASE, head=HEAD, pull_request=7)
EVIL = "[look](https://evil.example) ![](https://evil.example/x.png)"


def report(**changes: object) -> Report:
    file = FileReport(
        path="docs/a.md",
        status="modified",
        additions=1,
        deletions=1,
        patch="@@ -1 +1 @@\n-a\n+b\n",
        type="minor update",
        title="Changed",
        explanation="Explained.",
    )
    made = Report(
        title="Diff Insight Report",
        date=date(2024, 1, 3),
        language="en",
        repository="contoso/docs",
        base=BASE,
        head=HEAD,
        pull_request=7,
        files=(file,),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # of a report's fields


def vetted(made: Report) -> Report:
    return vet(schema.to_json(made).encode(), origin="r.json", context=CONTEXT)


def test_an_honest_report_stays_as_it_is() -> None:
    link = "https://github.com/contoso/docs/compare/contoso:bbbbbbb...contoso:aaaaaaa"
    assert vetted(report()) == report(permalink=link)


def test_a_report_on_something_else_is_refused_with_all_that_differs() -> None:
    other = report(repository="contoso/other", head="c" * 40, pull_request=8)
    with pytest.raises(ActionError) as refused:
        vetted(other)
    assert [problem.message for problem in refused.value.problems] == [
        "r.json: its repository is not contoso/docs",
        f"r.json: its head is not {HEAD}",
        "r.json: its pull_request is not 7",
    ]
    with pytest.raises(ActionError):
        vetted(report(pull_request=None))


def test_what_it_says_of_itself_is_not_believed() -> None:
    said = vetted(
        report(title="Approved", category="x", base="d" * 40, permalink="https://evil.example")
    )
    assert (said.title, said.category, said.base) == ("Diff Insight Report", None, BASE)
    assert said.permalink is not None
    assert said.permalink.startswith("https://github.com/contoso/docs/compare/")


def test_no_words_of_it_lead_anywhere() -> None:
    (file,) = report().files
    point = Point(text=EVIL, paths=("docs/a.md",))
    overview = Overview(
        summary=EVIL,
        highlights=EVIL,
        new_features=(point,),
        breaking_changes=(point,),
        other_updates=(point,),
        insights=EVIL,
    )
    hostile = report(
        overview=overview,
        files=(replace(file, title=EVIL, type=EVIL, explanation=EVIL, notes=(EVIL,)),),
        groups=(Group(id="g", reason="moved", paths=("a", "b"), title=EVIL),),
        notes=(EVIL,),
    )
    assert "](" not in schema.to_json(vetted(hostile))
    assert "://evil" not in schema.to_json(vetted(hostile))


@pytest.mark.parametrize(
    "text",
    [
        "[a](https://evil.example)",
        "[a](//evil.example 'x')",
        "[a](evil)",
        "![a](https://evil.example/x.png)",
        "[a][b]\n\n[b]: https://evil.example",
        "[b]\n\n[b]: //evil.example",
        "<https://evil.example>",
        "https://evil.example and http://evil.example",
        "www.evil.example",
        "WWW.evil.example",
        "<mailto:a@evil.example>",
        "[![a](//evil.example)](//evil.example)",
    ],
)
def test_every_way_to_write_a_link(text: str) -> None:
    html = html_of(without_links(text))
    assert "<a " not in html
    assert "<img" not in html


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b"\xff", b'{"schema": "diffinsight/report/1"}', b"[" * 100_000]
)
def test_what_is_no_report_is_refused(data: bytes) -> None:
    with pytest.raises(ActionError):
        vet(data, origin="r.json", context=CONTEXT)
