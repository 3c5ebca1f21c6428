import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from jinja2 import Environment
from support import reference_reports
from support.github_html import html_of

from diffinsight import languages
from diffinsight.models import FileReport, Overview, Point, Report
from diffinsight.render import render
from diffinsight.schema import from_json, to_json

ENGLISH = languages.load("en")
FILE = FileReport(
    path="docs/setup.md",
    status="modified",
    additions=3,
    deletions=1,
    patch="@@ -1,2 +1,4 @@\n # Setup\n-old\n+new\n+```sh\n+run\n",
    type="new feature",
    title="Added how to run it",
    explanation="The section **Run** was added.",
)
REPORT = Report(
    title="Diff Insight Report",
    date=date(2025, 2, 4),
    language="en",
    permalink="https://github.com/octo/docs/compare/octo:1111111...octo:2222222",
    overview=Overview(
        summary="One page says more.",
        highlights="A section was added.",
        new_features=(Point(text="**Run** in `setup.md`.", paths=("docs/setup.md",)),),
        insights="Readers can now run it.",
    ),
    files=(FILE,),
)
HOSTILE = [
    "a\nb.md",
    "a`b``c.md",
    "x{#item-47e305}.md",
    "a|b [c](d).md",
    "</details><script>alert(1)</script>.md",
    "````",
    "# top",
    "@octocat #1",
    "\u202egpj.md",
    "日本語 名前.md",
    "__init__.py",
]


def markdown(report: Report, **options: object) -> str:
    return render(report, form="markdown", phrases=ENGLISH, **options)  # type: ignore[arg-type]  # options of the tests


def lines_that_count(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("name", ["report-20241113-misc.md", "report-20250204-misc.md"])
def test_a_reference_reports_data_gives_it_back(name: str) -> None:
    path = reference_reports.SEEDS / name
    if not path.exists():
        pytest.skip("the reference reports are not here")
    text = path.read_bytes().decode()
    report = reference_reports.parse(text)
    assert len(report.files) in (3, 9)
    read_back = from_json(to_json(report))
    rendered = markdown(read_back)
    assert lines_that_count(rendered) == lines_that_count(text)


def test_a_small_report_is_written_in_full() -> None:
    assert markdown(REPORT) == Path("tests/unit/golden/small.md").read_text(encoding="utf-8")


def test_the_github_flavor_has_anchors_that_github_knows() -> None:
    text = markdown(REPORT, flavor="github")
    (anchor,) = re.findall(r"\]\(#(item-\w+)\)", text)
    assert f'<a name="{anchor}"></a>\n\n## docs/setup.md\n' in text
    assert "{" not in text.partition("```json")[0].replace("{target", "{")
    assert "</summary>\n\n````diff\n" in text


def test_without_a_permalink_its_line_is_left_out() -> None:
    text = markdown(replace(REPORT, permalink=None))
    assert "permalink" not in text
    assert "View Diff" not in text


def test_files_without_a_patch_have_no_details() -> None:
    image = replace(FILE, path="a.png", binary=True, patch=None, additions=0, deletions=0)
    text = markdown(replace(REPORT, files=(image,)))
    assert "<details>" not in text
    assert "| modified | 0 | 0 | 0 |" in text


def test_notes_are_shown_where_they_belong() -> None:
    noted = replace(
        REPORT, notes=("Only 300 files.",), files=(replace(FILE, notes=("Its diff is cut.",)),)
    )
    text = markdown(noted)
    assert "\n# Notes\n\n- Only 300 files.\n\n# Summary Table\n" in text
    assert "\n### Notes\n\n- Its diff is cut.\n" in text


def test_headings_follow_their_own_language() -> None:
    japanese = replace(REPORT, language="ja", overview=replace(REPORT.overview, insights="洞察"))
    assert "# ハイライト\n" in markdown(japanese)
    mixed = markdown(replace(japanese, heading_language="en"))
    assert "# Highlights\n" in mixed
    assert "## Breaking changes\n\nなし\n" in mixed


def test_a_language_without_a_pack_gets_the_words_it_is_rendered_with() -> None:
    assert "# Highlights\n" in markdown(replace(REPORT, language="tlh"))


@pytest.mark.parametrize("flavor", ["pandoc", "github"])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_breaks_nothing(name: str, flavor: str) -> None:
    hostile = replace(
        FILE,
        path=f"docs/{name}",
        title=f"title {name}",
        type=f"type {name}",
        patch=f"@@ -1 +1 @@ {name}\n-a\n+{name}\n",
        explanation=f"Text {name}\n\n```\nleft open",
    )
    report = replace(REPORT, files=(hostile, FILE), notes=(name,))
    text = markdown(report, flavor=flavor).partition("\n---\n")[2]
    # Pandoc reads Markdown behind a tag's line, GitHub only behind a blank line.
    html = html_of(text.replace("</summary>\n", "</summary>\n\n"))
    assert html.count("<tr>") == 3
    assert html.count("<td>") == 14
    assert html.count("<h2>") == 5
    assert html.count("<details>") == html.count("</details>") == 2
    assert html.count("<pre") == 5
    assert "<script" not in html.lower().replace("&lt;script", "")


def test_a_title_as_long_as_a_book_is_cut_in_the_table_only() -> None:
    title = "word " * 200_000
    text = markdown(replace(REPORT, files=(replace(FILE, title=title),)))
    (row,) = (line for line in text.splitlines() if line.startswith("| [setup.md]"))
    assert len(row) < 1_200
    assert f'"modification_title": "{title}"' in text


@pytest.mark.parametrize(
    "title", ["```\n# gone", '"quoted" \\ |', "日本語", "\u2028", "{{ {# x #} }}{% y %}"]
)
def test_the_json_of_a_file_is_json(title: str) -> None:
    text = markdown(replace(REPORT, files=(replace(FILE, title=title),)))
    (block,) = re.findall(r"^```json\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert json.loads(block) == {"modification_type": FILE.type, "modification_title": title}
    assert block.startswith('{\n    "modification_type"')


def test_front_matter_is_yaml_whatever_the_text() -> None:
    overview = replace(REPORT.overview, summary='a: "b" # c --- [d')
    text = markdown(replace(REPORT, title="{{ x }}: y", overview=overview))
    front = yaml.safe_load(text.split("\n---\n")[0].removeprefix("---\n"))
    assert front == {
        "date": "2025-02-04",
        "permalink": REPORT.permalink,
        "summary": 'a: "b" # c --- [d',
        "title": "{{ x }}: y",
    }


def test_text_is_no_template() -> None:
    explanation = "{{ report.title }} {% raw %} {# x #}"
    text = markdown(replace(REPORT, files=(replace(FILE, explanation=explanation),)))
    # Nor one of a site's: there are engines that fill in pages.
    assert r"\{\{ report.title }} &#123;% raw %} &#123;# x #}" in text


def test_no_engine_of_a_site_finds_its_marks_in_names_and_titles() -> None:
    marks = "{{ 7 * 7 }} {% if x %} {# y #} `{{ z }}`"
    hostile = replace(FILE, path=f"docs/{marks}.md", title=marks, type=marks, page=None)
    text = markdown(replace(REPORT, files=(hostile,), notes=(marks,)), flavor="github")
    body = text.partition("\n---\n")[2]
    assert Environment(autoescape=True).from_string(body).render() == body.rstrip("\n")


def test_a_point_of_several_lines_stays_one_item() -> None:
    point = Point(text="first\n\nsecond", paths=())
    overview = replace(REPORT.overview, other_updates=(point,))
    assert "- first\n\n  second\n" in markdown(replace(REPORT, overview=overview))


def test_a_committed_report_pings_as_little_as_it_changes() -> None:
    # GitHub notifies from comments, not from files; a committed report keeps its characters.
    text = markdown(replace(REPORT, files=(replace(FILE, explanation="Thanks @octocat #1"),)))
    assert "Thanks @octocat #1" in text
