from __future__ import annotations

import pytest

from diffinsight.errors import ActionError
from diffinsight.languages import Markdown, Phrases, available, find, load

FORMAT = {
    "format.singular": [1],
    "format.between_sentences": " ",
    "format.quote": "“{}”",
    "format.list.separator": ", ",
    "format.list.pair": "{} and {}",
    "format.list.last": "{}, and {}",
    "format.list.more": "{}, and {} more",
    "format.number.thousands": ",",
    "format.number.decimal": ".",
}


def phrases(**entries: object) -> Phrases:
    return Phrases(code="xx", _entries={**FORMAT, **entries})


def test_shipped_languages() -> None:
    assert {"en", "ja", "zh-Hans"} <= set(available())


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("en", "en"),
        ("JA", "ja"),
        ("ja-JP", "ja"),
        ("en-GB", "en"),
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
    ],
)
def test_a_language_is_found_by_code_and_region(asked: str, found: str) -> None:
    assert find(asked) == load(asked).code == found


@pytest.mark.parametrize("code", ["xx", "zh-Hant", "", "../en"])
def test_an_unknown_language_names_the_known_ones(code: str) -> None:
    with pytest.raises(ActionError) as raised:
        load(code)
    assert find(code) is None
    assert raised.value.problems[0].hint == f"use one of {', '.join(available())}"


def test_a_missing_phrase_is_said_in_english() -> None:
    # The names of programming languages are in the English pack only.
    assert load("ja").say_plain("code_languages.json") == "JSON"


@pytest.mark.parametrize(
    ("phrase", "markdown", "plain"),
    [
        ("see {x}", r"see a\_b \*c\*", "see a_b *c*"),
        ("see {x:code}", "see `a_b *c*`", "see “a_b *c*”"),
        ("see {x:quote}", r"see “a\_b \*c\*”", "see “a_b *c*”"),
        ("see {x:plain}", "see a_b *c*", "see a_b *c*"),
        ("see{x:if}", "see", "see"),
    ],
)
def test_text_is_written_by_its_place(phrase: str, markdown: str, plain: str) -> None:
    said = phrases(p=phrase)
    assert said.say("p", x="a_b *c*") == markdown
    assert said.say_plain("p", x="a_b *c*") == plain


def test_code_is_not_quoted_twice() -> None:
    said = phrases(p="{x:quote} or {y:quote}")
    assert said.say("p", x="`a`", y="run `b` now") == "`a` or “run `b` now”"
    assert said.say_plain("p", x="`a`", y="run `b` now") == "“a” or “run b now”"


def test_written_markdown_is_not_escaped_again() -> None:
    said = phrases(p="at {x}: {xs:list}")
    link = Markdown("[line 1](url)")
    assert said.say("p", x=link, xs=(link, "a_b")) == r"at [line 1](url): [line 1](url) and a\_b"


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ((), ""),
        (("a",), "a"),
        (("a", "b"), "a and b"),
        (("a", "b", "c"), "a, b, and c"),
        (("a", "b", "c", "d"), "a, b, and 2 more"),
    ],
)
def test_lists_are_joined_and_counted(items: tuple[str, ...], text: str) -> None:
    assert phrases(p="{xs:list2}").say("p", xs=items) == text


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ("abcde", "a, b, c, d, and e"),  # naming two more is as short as counting them
        ("abcdef", "a, b, c, and 3 more"),
        (("a", "b", "c", "d" * 40, "e" * 40), "a, b, c, and 2 more"),
    ],
)
def test_two_short_items_more_are_named(items: tuple[str, ...], text: str) -> None:
    assert phrases(p="{xs:list3}").say("p", xs=tuple(items)) == text


def test_lists_of_code_and_quotations() -> None:
    said = phrases(p="{xs:codes} {xs:quotes}")
    assert said.say("p", xs=("a", "b")) == "`a` and `b` “a” and “b”"


def test_numbers() -> None:
    said = phrases(p="{n:number} {n}")
    assert said.say("p", n=12345) == "12,345 12345"
    german = Phrases(
        code="xx", _entries={**FORMAT, "format.number.thousands": ".", "format.number.decimal": ","}
    )
    assert german.number(1234.5) == "1.234,5"


def test_one_and_other_are_chosen_by_count_or_by_what_is_named() -> None:
    said = phrases(
        p={"one": "1 file", "other": "{count} files"},
        q={"by": "lines", "one": "1 line", "other": "{lines} lines"},
    )
    assert [said.say("p", count=count) for count in (0, 1, 2)] == ["0 files", "1 file", "2 files"]
    assert said.say("q", count=5, lines=1) == "1 line"


def test_the_first_variant_whose_values_are_there_is_said() -> None:
    said = phrases(p=["{x} in {y}", "{x}{flag:if}!", "{x}"])
    assert said.say("p", x="a", y="b") == "a in b"
    assert said.say("p", x="a", y=None, flag=True) == "a!"
    assert said.say("p", x="a", y="", flag=False) == "a"
    assert list(said.say_each("p", x="a", y="b")) == [(0, "a in b"), (2, "a")]


def test_what_cannot_be_said_is_known_before() -> None:
    said = phrases(p="{x} in {y}")
    assert said.can_say("p", x="a", y=0)
    assert not said.can_say("p", x="a", y=())


def test_sentences_are_joined_without_empty_ones() -> None:
    assert phrases().join(["One.", "", "Two."]) == "One. Two."
    assert load("ja").join(["一。", "二。"]) == "一。二。"


def test_plain_text_is_one_line() -> None:
    assert phrases(p="{x}").say_plain("p", x="a\n\tb\x1b[0m") == "a b[0m"


APART = [{"like": "→|^put .*“", "mark": "; ", "more": "{0}; {1} more"}]
COUNTED = [{"of": ["files"], "more": "{0} and others, {2} files"}]


@pytest.mark.parametrize(
    ("items", "text"),
    [
        (("“a” → “b”",), "“a” → “b”"),
        (("“a” → “b”", "“c” → “d”"), "“a” → “b”; “c” → “d”"),
        (("put “a”", "put “b”", "put “c”"), "put “a”; put “b”; put “c”"),
        (("“a → b”", "`c → d`"), "“a → b” and `c → d`"),
        (("a → b", "c", "d", "e", "f"), "a → b; c; 3 more"),
    ],
)
def test_clauses_stand_further_apart_than_names(items: tuple[str, ...], text: str) -> None:
    said = phrases(p="{xs:list2}", **{"format.list.apart": APART})
    assert said.say("p", xs=tuple(map(Markdown, items))) == text


def test_a_list_is_counted_by_name_where_its_phrase_does_not_count() -> None:
    said = phrases(
        p="in {files:codes1}", q="{count} in {files:codes1}", **{"format.list.counted": COUNTED}
    )
    files = ("a", "b", "c")
    assert said.say("p", files=files) == "in `a` and others, 3 files"
    assert said.say("q", files=files, count=3) == "3 in `a`, and 2 more"


def test_chinese_words_after_a_list_close_up() -> None:
    said = load("zh-Hans")
    files = ("a.md", "b.md", "c.md", "d.md", "e.md", "f.md")
    part = "指向 `a.md`、`b.md`、`c.md` 等 6 个文件中已删除"
    assert part in said.say("insights.no_links", files=files, count=6)
    assert said.enumerate(["“甲”", "“乙”", "“丙”"], limit=1) == "“甲”等"
    left_out = said.enumerate(["`a` → `b`", "`c` → `d`", "`e` → `f`"], limit=1)
    assert left_out == "`a` → `b`；另有 2 项"  # noqa: RUF001 - East Asian marks are meant


@pytest.mark.parametrize(
    ("language", "title"), [("cmd", "新增命令提示符示例"), ("bash", "新增 Bash 示例")]
)
def test_chinese_words_in_a_chinese_phrase_close_up(language: str, title: str) -> None:
    said = load("zh-Hans")
    name = said.say(f"code_languages.{language}")
    assert said.say("findings.code-added.title", language=name) == title


@pytest.mark.parametrize(
    ("code", "quoted"),
    [("en", "“a \u2018b\u2019 c”"), ("ja", "「a 『b』 c」"), ("zh-Hans", "“a \u2018b\u2019 c”")],
)
def test_quotation_marks_in_a_quotation_are_the_inner_ones(code: str, quoted: str) -> None:
    marks = ("「", "」") if code == "ja" else ("“", "”")
    said = load(code).say("pair", before="a {}b{} c".format(*marks), after="x")
    assert said.startswith(quoted)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('Sign in with "Easy Auth" first', "“Sign in with \u2018Easy Auth\u2019 first”"),
        ('"Error: 1 The machine could…', "“\u2018Error: 1 The machine could…\u2019”"),
        ('Set `a "b" c` to "on" now', '“Set a "b" c to \u2018on\u2019 now”'),
        ('{"a": "b", "c": "d", "e": "f"}', '“{"a": "b", "c": "d", "e": "f"}”'),
        ('"on"', '“"on"”'),
    ],
)
def test_straight_marks_are_turned_in_sentences_only(text: str, quoted: str) -> None:
    assert (
        phrases(p="{x:quote}", **{"format.inner_quote": "\u2018{}\u2019"}).say_plain("p", x=text)
        == quoted
    )


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("Use the old one.", "Use the new one.", "将“Use the old one”改为“Use the new one”"),
        ("Use the old one", "Use the old one.", "将“Use the old one”改为“Use the old one.”"),
        ("U.S.", "e.g.", "将“U.S.”改为“e.g.”"),
        ("And so on it goes...", "Stop", "将“And so on it goes...”改为“Stop”"),
    ],
)
def test_quoted_sentences_lose_their_stop(before: str, after: str, said: str) -> None:
    assert load("zh-Hans").say_plain("edit.replaced", before=before, after=after) == said


@pytest.mark.parametrize(
    ("code", "date"),
    [("en", "May 3rd, 2025"), ("ja", "2025年5月3日"), ("zh-Hans", "2025 年 5 月 3 日")],
)
def test_dates_of_english_pages_are_written_as_the_language_does(code: str, date: str) -> None:
    phrases = load(code)
    assert phrases.date("May 3rd, 2025") == date
    assert phrases.date("Fall 2025") == "Fall 2025"
    assert phrases.date("2025-05-03") == "2025-05-03"
