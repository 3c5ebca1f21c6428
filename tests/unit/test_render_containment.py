import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.github_html import html_of
from support.guest_pieces import PIECES

from diffinsight.render.containment import contained

GUEST = st.lists(
    st.sampled_from((*PIECES, "[x](javascript:a)", "{=html}", "https://a")),
    max_size=25,
).map("".join)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**設定** は `<b>` で [x](y.md)\n\n- a < b\n", None),
        ("```html\n<details>\n```\n", None),
        ("see <https://example.com/a>", None),
        ("a <b>x</b>", "a &lt;b>x&lt;/b>"),
        ("<!-- hidden", "&lt;!-- hidden"),
        ("<details>\n\nx", "&lt;details>\n\nx"),
        (r"already \<b> \\<b>", r"already &lt;b> \\&lt;b>"),
        ("text\n\n````\nopen", "text\n\n````\nopen\n````"),
        ("~~~\nopen", "~~~\nopen\n~~~"),
        ("- a\n  ```\n  ends with its list", "- a\n  `ends with its list`"),
        ("- a\n  ```\n  plain\n  ```", None),
        ("- a\n\n      <b>\n      x\n\nb", "- a\n\n  `<b>` `x`\n\nb"),
        ("a\n\n    <b>\n    x\n\nb", "a\n\n```\n<b>\nx\n```\n\nb"),
        ("see https://a`<i>`", "see https://a `<i>`"),
        ("a [b] c [1] [d\\]", "a \\[b] c \\[1] \\[d\\]"),
        ("a [b] - [ ] c [d](e)", None),
        ("[a\nb](c) $x$ \\~~~~", "[a\nb](c) &#36;x&#36; &#126;&#126;&#126;&#126;"),
        ("a `b\n<i>` c", "a `b <i>` c"),
        ("a ``` x `<b>` b", "a \\`\\`\\` x `<b>` b"),
        ("```{=html}\n<b>\n`````", "```\n<b>\n```"),
        ('``` js onclick="x"\na\n```', "```js\na\n```"),
        (
            "[a](javascript:b) [c]( JAVA&#83;CRIPT:d)",
            "[a]&#40;javascript:b) [c]&#40; JAVA&#83;CRIPT:d)",
        ),
        ("[a][b]\n\n[b]: data:text/html,c", "[a][b]\n\n[b]&#58; data:text/html,c"),
        ("[a](b.md#c) [d](e?f:g 'h') [i](https://j/k:l) [m](#n)", None),
        ("[a](<b c.md>) <javascript:d>", "[a](b%20c.md) &lt;javascript:d>"),
        ("[a](<javascript:b>)", "[a]&#40;&lt;javascript:b>)"),
        ("`a`{=html} [b](c){onclick=d} \\{e}", "`a`\\{=html} [b](c)\\{onclick=d} \\{e}"),
        ("https://a/{b} <https://a/{b}>", "https://a/%7Bb} <https://a/%7Bb}>"),
        (r"C:\Users \\x \input", r"C:\\Users \\x \\input"),
        ("a\n\n---\ntitle: b\n---", "a\n\n***\ntitle: b\n---"),
        ("::: a\nb\n~~~ c", "&#58;&#58;&#58; a\nb\n\n~~~c\n~~~"),
        ("a\0b", "a\ufffdb"),
    ],
)
def test_only_what_others_would_read_otherwise_is_changed(text: str, expected: str | None) -> None:
    assert contained(text) == (text if expected is None else expected)


@given(GUEST)
def test_what_follows_a_guest_is_not_part_of_it(text: str) -> None:
    html = html_of(f"{contained(text)}\n\n# the end\n")
    assert html.endswith("<h1>the end</h1>\n")
    assert not re.search(r"<(!--|/?details|/?b>)", html)
