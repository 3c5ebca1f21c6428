import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.github_html import html_of
from support.guest_pieces import PIECES

from diffinsight.render.containment import contained
from diffinsight.render.guest_markdown import emphasised, quiet

Z = "\u200b"
GUEST = st.lists(
    st.sampled_from((*PIECES, "&#64;a")),
    max_size=25,
).map("".join)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("thanks @octocat and @org/team", f"thanks @{Z}octocat and @{Z}org/team"),
        ("fixes #12, o/r#3 and GH-4", f"fixes #{Z}12, o/r#{Z}3 and GH-{Z}4"),
        ("&#64;me &#x40;me &commat;me", f"&#64;{Z}me &#x40;{Z}me &commat;{Z}me"),
        ("\\@me #&#49;", f"\\@{Z}me #{Z}&#49;"),
        ("since 51e566e, not 1234567 or defaced", f"since 5{Z}1e566e, not 1234567 or defaced"),
        ("role 7ca78c08-252a-4471-8644-bb5ff32d4ba0", None),
        ("`@me #1 51e566e` and\n\n```\n@me\n```", None),
        ("[x](https://example.com/@me#1)", None),
        ("https://example.com/@me#1", None),
        (
            "[x](https://github.com/o/r/issues/1) and https://github.com/o/r/pull/2",
            "[x](https://redirect.github.com/o/r/issues/1) and https://redirect.github.com/o/r/pull/2",
        ),
        ("https://github.com/o/r/blob/main/a.md", None),
        ("`https://github.com/o/r/issues/1`", None),
        ("# heading, C# and a @ sign", None),
    ],
)
def test_quiet_breaks_what_github_would_follow(text: str, expected: str | None) -> None:
    assert quiet(text) == (text if expected is None else expected)


@given(GUEST)
def test_nothing_calls_anybody(text: str) -> None:
    shown = re.sub(r"(?s)<(pre|code|a)\b.*?</\1>", "", html_of(quiet(contained(text))))
    assert not re.search(r"@me|@a|#1", shown)


@given(GUEST)
def test_quiet_and_contained_are_done_once(text: str) -> None:
    once = quiet(contained(text))
    assert quiet(once) == once


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("これは**「重要」**です", "<p>これは<strong>「重要」</strong>です</p>\n"),
        (
            "**「`x`」**と**普通**です",
            "<p><strong>「<code>x</code>」</strong>と<strong>普通</strong>です</p>\n",
        ),
        ("**普通**です `**「x」**`", "<p><strong>普通</strong>です <code>**「x」**</code></p>\n"),
        ("**『注』**と書く", "<p><strong>『注』</strong>と書く</p>\n"),
        ("2 ** 3 ** 4", "<p>2 ** 3 ** 4</p>\n"),
        (r"\*\*「x」**", "<p>**「x」**</p>\n"),
    ],
)
def test_emphasis_beside_japanese_punctuation_is_seen(text: str, shown: str) -> None:
    assert html_of(emphasised(text)) == shown


def test_ordinary_emphasis_stays_as_it_was_written() -> None:
    text = "**bold** and *more*\n\n- **x** y"
    assert emphasised(text) == text
