import pytest
from support.github_html import html_of

from diffinsight.render import filters

Z = "\u200b"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Change `az login` to `a|b`", r"Change `az login` to `a\|b`"),
        ("**bold** [x](y) | z", r"\*\*bold\*\* \[x\](y) \| z"),
        ("by @octocat in #12", f"by @{Z}octocat in #{Z}12"),
        ("a\nb", "a b"),
        ("an ` alone", r"an \` alone"),
    ],
)
def test_a_title_in_a_cell_keeps_its_code_and_calls_nobody(title: str, shown: str) -> None:
    assert filters.title_cell(title) == shown


def test_a_title_in_a_tag_keeps_its_code_and_opens_no_tag() -> None:
    shown = filters.title_html("Change `<a>` to <b> & thank @octocat")
    assert shown == f"Change <code>&lt;a&gt;</code> to &lt;b&gt; &amp; thank @{Z}octocat"


def test_posted_markdown_is_contained_seen_and_quiet() -> None:
    text = filters.posted("<!-- これは**「重要」**です @octocat\n\n```\nopen")
    assert html_of(text + "\n\nend").startswith("<p>&lt;!-- これは<strong>「重要」</strong>です")
    assert "@octocat" not in text
    assert html_of(text + "\n\nend").endswith("<p>end</p>\n")


def test_guest_markdown_in_a_committed_report_stays_but_for_what_would_break_it() -> None:
    text = "これは**「重要」**です @octocat #1"
    assert filters.guest(text, "pandoc") == text
    assert filters.guest(text, "github") == "これは<strong>「重要」</strong>です @octocat #1"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**a** `b`", "<p><strong>a</strong> <code>b</code></p>\n"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"),
        ("[x](javascript:alert\\(1\\))", "<p>[x](javascript:alert(1))</p>\n"),
        ("[x](JavaScript:a)", "<p>[x](JavaScript:a)</p>\n"),
        ("[x](data:text/html,y)", "<p>[x](data:text/html,y)</p>\n"),
        ("[x](https://a/b:c) [y](#z)", '<p><a href="https://a/b:c">x</a> <a href="#z">y</a></p>\n'),
        ("[y](a/b:c.md)", '<p><a href="a/b:c.md">y</a></p>\n'),
    ],
)
def test_markdown_on_a_page_is_html_without_others_tags(text: str, html: str) -> None:
    assert filters.html_block(text) == html


def test_a_patch_is_told_line_by_line() -> None:
    assert filters.diff_lines("@@ -1 +1 @@\n-a\n+b\n c\n\\ No newline\n") == [
        ("hunk", "@@ -1 +1 @@"),
        ("removed", "-a"),
        ("added", "+b"),
        ("context", " c"),
        ("context", "\\ No newline"),
    ]


def test_what_is_too_long_is_cut_where_it_tells_least() -> None:
    assert filters.short("word " * 50, 11) == "word word…"
    assert filters.short_name("a/very/long/path.md", 8) == "…path.md"
    assert filters.short("short") == "short"
    assert filters.short_name("short.md") == "short.md"


def test_a_point_of_several_lines_is_one_item() -> None:
    assert filters.bullet("a\n\n```\nb\n```") == "a\n\n  ```\n  b\n  ```"
