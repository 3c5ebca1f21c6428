from __future__ import annotations

import re
from html import unescape

import cmarkgfm  # type: ignore[import-untyped]  # it ships no types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diffinsight.markdown_text import (
    as_shown,
    code_span,
    escape_prose,
    is_code,
    one_line,
    prose_with_code,
    without_backticks,
)

ANY_TEXT = st.text(max_size=60) | st.text("`*_[]()<>!#@|~$&{}\\-+=:.1a \n\r\t/", max_size=40)
HOSTILE = [
    "@octocat please merge",
    "fixes #12 and GH-3, octo/repo#4",
    "![x](https://evil.example/pixel.png) [y](javascript:alert(1))",
    "https://evil.example www.evil.example a@evil.example",
    "<img src=x onerror=alert(1)> <!-- hidden",
    "a | b || c",
    "```\ncode",
    "- item\n# heading\n> quote\n1. one\n---",
    "&amp; &lt; &#64;octocat",
    "\u202etxt.exe \x1b[31mred",
    "{#id} $x$ :smile: ~~gone~~ ^up^",
    "\\",
    "==\n==",
]


def shown(markdown: str) -> str:
    """What a reader sees of a line of Markdown on GitHub, without zero-width spaces."""
    html = cmarkgfm.github_flavored_markdown_to_html(markdown)
    return unescape(re.sub(r"<[^>]*>", "", html)).replace("\u200b", "").strip()


def tags(markdown: str) -> set[str]:
    html = cmarkgfm.github_flavored_markdown_to_html(markdown)
    return set(re.findall(r"<(\w+)", html))


def visible(text: str) -> str:
    return one_line(text).replace("\u200b", "").replace("\0", "").strip()


@given(ANY_TEXT)
def test_escaped_prose_shows_the_text_and_nothing_else(text: str) -> None:
    escaped = escape_prose(text)
    assert len(escaped.splitlines()) <= 1
    assert tags(f"Seen: {escaped}.") <= {"p"}
    assert shown(f"Seen: {escaped}.") == visible(f"Seen: {one_line(text)}.")


@given(ANY_TEXT)
def test_escaped_prose_starts_no_block(text: str) -> None:
    assert tags(escape_prose(text)) <= {"p"}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text: str) -> None:
    escaped = escape_prose(text)
    assert tags(escaped) <= {"p"}
    assert not re.search(r"@\w|(?<!&)#\d|GH-\d", escaped)


@given(ANY_TEXT)
def test_a_code_span_is_one_span(text: str) -> None:
    assert tags(f"a {code_span(text)} b") == {"p", "code"}
    assert shown(f"a {code_span(text)} b").split() == f"a {one_line(text)} b".split()


@given(ANY_TEXT)
def test_prose_keeps_only_code(text: str) -> None:
    assert tags(f"a {prose_with_code(text)} b") <= {"p", "code"}


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("see [the guide](https://a.example/x_(y)) now", "see the guide now"),
        ('[a](b.md "title") ![alt](i.png)', "a alt"),
        ("[text][ref] and [plain]", "text and [plain]"),
        ("**bold** and *light* and __strong__", "bold and light and strong"),
        ("run `*.md` and `**`", "run `*.md` and `**`"),
        (r"\*not\*", "*not*"),
        ("snake_case_name 2 * 3 * 4", "snake_case_name 2 * 3 * 4"),
        ("a<br/>b", "a, b"),
        ("[`x` and `y`](b.md) or **`z`**", "`x` and `y` or `z`"),
        ("[a `]` b](c.md)", "a `]` b"),
        ("`a` \U00100000", "`a` \U00100000"),
    ],
)
def test_markdown_source_reads_as_shown(source: str, seen: str) -> None:
    assert as_shown(source) == seen


def test_code_in_prose_loses_its_backticks_in_plain_text() -> None:
    assert without_backticks("set `a` to ``b`c``") == "set a to b`c"


@pytest.mark.parametrize(("text", "whole"), [("`a`", True), ("`a` `b`", False), ("a", False)])
def test_code_alone_is_told_from_text(text: str, whole: bool) -> None:  # noqa: FBT001 - a table of cases
    assert is_code(text) is whole


@pytest.mark.parametrize("number", ["1,000", "10:20:30", "1234567", "v2.5.1"])
def test_numbers_stay_as_they_are(number: str) -> None:
    assert escape_prose(number) == number


def test_a_commit_name_is_no_reference() -> None:
    assert escape_prose("see 51e566e") == "see 5\u200b1e566e"


GUID = "7ca78c08-252a-4471-8644-bb5ff32d4ba0"


def test_an_identifier_can_be_copied() -> None:
    assert escape_prose(f"Role ({GUID})") == f"Role ({GUID})"


@pytest.mark.parametrize("more", [f"{GUID}51e566e", GUID[:24] + "51e566e" * 5, "51e566e-" + GUID])
def test_a_commit_name_beside_an_identifier_is_none(more: str) -> None:
    assert "\u200b" in escape_prose(more)
