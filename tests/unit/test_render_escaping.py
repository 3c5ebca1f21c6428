import re
from html import unescape

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from support.github_html import html_of

from diffinsight.render import escaping

HEAD = "| a |\n|---|\n"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("サンプルノートブックの追加", "サンプルノートブックの追加"),
        ("`az login` in snake_case (v4.0)", "`az login` in snake_case (v4.0)"),
        ("*all* of `*`", r"\*all\* of `*`"),
        ("a | b", r"a \| b"),
        ("C:\\temp", r"C:\\temp"),
        ("one\r\ntwo\u2028three", "one two three"),
        ("<script>", "&lt;script>"),
        ("{{ x }} and {% y %}", r"\{\{ x \}\} and &#123;% y %\}"),
        (
            "``a`b`` or `c|d` `{{ e }}`",
            "<code>a\\`b</code> or <code>c\\|d</code> <code>\\{\\{ e \\}\\}</code>",
        ),
        ("`left open", r"\`left open"),
        ("thanks @octocat in #1", "thanks @\u200boctocat in #\u200b1"),
        ("see https://a.example www.a.example", r"see https&#58;//a.example www\.a.example"),
        ("~$^ --all", r"&#126;&#36;&#94; -\-all"),
        ("1 < 2", "1 < 2"),
        ("[x](javascript:y)", r"\[x\](javascript:y)"),
        ("a\u202eb\0", r"a\\u202eb\\u0000"),
    ],
)
def test_a_cell_changes_only_what_means_something_there(title: str, shown: str) -> None:
    assert escaping.cell(title) == shown


@given(st.text())
def test_a_cell_is_one_cell(text: str) -> None:
    html = html_of(HEAD + f"| {escaping.cell(text)} |\n| end |")
    assert html.count("<td>") == 2


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("articles/ai-studio/how-to/fine-tune-phi-3.md", None),
        ("docs/_index.md", r"docs/\_index.md"),
        ("docs/snake_case_name.md", None),
        ("src/__init__.py", r"src/\_\_init\_\_.py"),
        ("a{#b}.md", r"a&#123;#b\}.md"),
        ("a`b[c]*.md", r"a\`b\[c\]\*.md"),
        ("@scope/x|y", "@\u200bscope/x\\|y"),
        ("icon@2x.png", None),
        ("[...slug].md", r"\[\...slug\].md"),
        ("a--b's.md", r"a-\-b&#39;s.md"),
        ("C##", r"C\#\#"),
        ("tab\there\nnew", r"tab\\there\\nnew"),
        ("old.md → new.md", None),
    ],
)
def test_an_ordinary_path_keeps_its_characters(path: str, shown: str | None) -> None:
    # An invisible character becomes an escape whose backslash is then escaped as Markdown.
    assert escaping.name(path) == (shown or path)


@given(st.text(alphabet="ab_*`[](){}<>|\\#@~^$&;!/.:-'\"1 é"))
def test_a_name_in_a_heading_is_shown_as_it_is(path: str) -> None:
    html = html_of(f"## x{escaping.name(path)}x")
    # What looks like a mail address leads to it whatever is escaped: GFM looks at shown text.
    unlinked = re.sub(r'<a href="mailto:[^"]*">(.*?)</a>', r"\1", html)
    assert unescape(unlinked).replace("\u200b", "") == f"<h2>x{path}x</h2>\n"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://github.com/o/r/compare/o:1...o:2", "https://github.com/o/r/compare/o:1...o:2"),
        ('https://x/a b(c)"<d>\n', "https://x/a%20b%28c%29%22%3Cd%3E%0A"),
        ("https://x/%20", "https://x/%20"),
        ("https://x/é", "https://x/%C3%A9"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("#item-1", "#item-1"),
    ],
)
def test_an_address_leads_to_the_web_or_into_the_page(address: str, shown: str) -> None:
    assert escaping.url(address) == shown


@pytest.mark.parametrize(
    ("patch", "length"),
    [
        ("+plain", 4),
        ("+```json", 4),
        (" ```", 4),
        (" ````", 5),
        ("+a\n `````md\n b", 6),
        ("+x\r`````", 6),
        (" a ```````", 4),
    ],
)
def test_a_fence_is_longer_than_any_run_that_starts_a_line(patch: str, length: int) -> None:
    assert escaping.fence(patch) == "`" * length


@given(st.text(alphabet="`+- \r\na~"))
def test_nothing_in_a_patch_closes_its_fence(patch: str) -> None:
    fence = escaping.fence(patch)
    html = html_of(f"{fence}diff\n{patch}\n{fence}\n\n*end*\n")
    assert html.count("<pre") == 1
    assert html.endswith("<p><em>end</em></p>\n")


def test_front_matter_is_sorted_quoted_where_needed_and_leaves_out_what_is_not_there() -> None:
    values = {"title": "a: b", "date": "2025-02-04", "permalink": None, "summary": "--- x: [1]"}
    text = escaping.front_matter(values)
    assert text.startswith("date: '2025-02-04'\nsummary:")
    assert yaml.safe_load(text) == {key: value for key, value in values.items() if value}


@given(st.text())
def test_front_matter_keeps_any_text(summary: str) -> None:
    kept = yaml.safe_load(escaping.front_matter({"summary": summary}))
    assert kept == {"summary": escaping.one_row(summary)}


def test_front_matter_is_cut_where_nobody_reads_on() -> None:
    text = escaping.front_matter({"summary": "word " * 2_000_000, "title": "t" * 3_000})
    kept = yaml.safe_load(text)
    assert len(kept["summary"]) <= 3_000
    assert kept["summary"].endswith("word…")
    assert kept["title"] == "t" * 3_000
