from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.github_html import html_of

from diffinsight.engines.model import cleaning
from diffinsight.engines.model.cleaning import strip_markup

KNOWN = "https://docs.example/known"


def shown(text: str) -> str:
    return cleaning.markdown(strip_markup(text), lambda url: url == KNOWN)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain prose.", "Plain prose."),
        ("Uses `az login` and **bold** words.", "Uses `az login` and **bold** words."),
        ("The list:\n\n- first\n- second", "The list:\n\n- first\n- second"),
        ("1. first\n2) second", "1. first\n2. second"),
        ("# Heading\n\nText", "Heading\n\nText"),
        ("> quoted", "quoted"),
        ("*weak* and ~~gone~~", "weak and gone"),
        (f"See [it]({KNOWN}).", f"See [it]({KNOWN})."),
        ("See [it](https://evil.example).", "See it."),
        ("See [it](../other.md).", "See it."),
        ("A ![picture](https://evil.example/x.png) here", "A picture here"),
        ("Go to https://evil.example/x now", "Go to `https://evil.example/x` now"),
        ("_www.evil.example", "\\_`www.evil.example`"),
        ("a <!-- hidden --> b", "a  b".replace("  ", " ")),
        ("a <b>c</b> <script>d</script>", "a c d"),
        ("```\ncode\n```\nText", "`code`\nText"),
        ("| a | b |\n| - | - |\n", "\\| a \\| b \\|"),
        ("Title\n=====", "Title"),
        ("---", ""),
        ("[x]: https://evil.example", ""),
    ],
)
def test_markdown_keeps_prose_lists_code_and_known_links(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text", ["@octocat", "#1", "GH-2", "owner/repo#3", "a@b.example", "@org/team"]
)
def test_nobody_is_pinged(text: str) -> None:
    for made in (shown(text), cleaning.title(text), cleaning.paragraph(text)):
        assert text not in made
        assert text == made.replace("\u200b", "").replace("\\", "")


@pytest.mark.parametrize(
    "hidden",
    [
        "\u200b",
        "\u202e",
        "\u2066",
        "\U000e0041",
        "\ufe0f",
        "\x07",
        "\x1b",
        "\u3164",
        "\ue000",
        "\ufeff",
    ],
)
def test_hidden_characters_go(hidden: str) -> None:
    for made in (
        shown(f"a{hidden}b"),
        cleaning.title(f"a{hidden}b"),
        cleaning.paragraph(f"a{hidden}b"),
    ):
        assert made == "ab"


def test_a_title_is_one_plain_line() -> None:
    assert cleaning.title("## **Bold** `code` [link](https://x.example).\nmore") == "Bold code link"
    assert len(cleaning.title("word " * 100)) <= cleaning.LONGEST_TITLE


def test_an_item_stands_at_most_one_deeper_than_the_one_above_it() -> None:
    said = "- One\n  - Two\n    - Three\n\nMore text\n\n    - Four"
    kept = "- One\n  - Two\n    - Three\n\nMore text\n\n- Four"
    assert shown(said) == kept


PIECES = (
    *("`", "``", "```", "~~~", "*", "**", "_", "[", "](", ")", "!", "<", ">", "#", "|", "\\", "\t"),
    *(
        "</details>",
        "<!--",
        "-->",
        "\n",
        "\n\n",
        "---",
        "===",
        "- ",
        "1. ",
        "    ",
        "&lt;",
        "a",
        " ",
    ),
    *("https://evil.example", "www.evil.example", "javascript:x", "@octocat", "<script>", "日本"),
    *("\u200b", "\ue0000\ue001", "[x]: y", "<a href=x>", "{#id}", "$x$", ":smile:"),
)
PARTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@given(PARTS)
@example("`\n\n\t- `")  # an item indented as far as code is
def test_nothing_but_prose_comes_out(text: str) -> None:
    html = html_of(shown(text))
    for tag in (
        "<a",
        "<img",
        "<script",
        "<h1",
        "<h2",
        "<table",
        "<hr",
        "<pre",
        "<details",
        "<!--",
        "</details",
    ):
        assert tag not in html, (text, shown(text))


@given(PARTS)
def test_nothing_swallows_what_follows(text: str) -> None:
    assert "<h2>Next</h2>" in html_of(f"{shown(text)}\n\n## Next\n\nText")


@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    assert "\n" not in cleaning.title(text)
    assert "\n" not in cleaning.paragraph(text)
    shown(text)
