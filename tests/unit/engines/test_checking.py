# ruff: noqa: RUF001 - Japanese and Chinese marks are what is tested
from __future__ import annotations

import random
from collections import Counter

import pytest
from support.corpus_analyses import days
from support.statements import false_ones, true_statements

from diffinsight.engines.checking import check, check_language, ground_of, sentences
from diffinsight.models import FileAnalysis, FileChange, Finding

PATCH = """\
@@ -1,6 +1,7 @@ # Intro
 ## Install
-## Old setup
-Requests are limited to 100 per minute. See [guide](./guide.md).
+## Sample notebook
+Requests are limited to 120 per minute. See [guide](./guide.md).
+Use `az login` to sign in to Azure Portal with Contoso.
 ## Delete a node
"""
FILE = FileAnalysis(
    change=FileChange(
        path="docs/setup.md", status="modified", additions=3, deletions=2, patch=PATCH
    ),
    findings=(
        Finding(
            kind="heading-removed",
            subject="Old setup",
            impact="breaking",
            before="Old setup",
            values={"anchor": "old-setup", "links": 2},
        ),
        Finding(
            kind="heading-added",
            subject="Sample notebook",
            impact="notable",
            after="Sample notebook",
        ),
        Finding(
            kind="value-changed",
            subject="per minute",
            impact="notable",
            before="100 per minute",
            after="120 per minute",
        ),
    ),
)
GROUND = ground_of(FILE)

TRUE = {
    "en": """\
The heading "Sample notebook" was added.
Adds the section “Sample notebook” and removes “Old setup”.
The limit was raised from 100 to 120 requests per minute.
3 lines were added and 2 removed.
The page docs/setup.md now shows `az login`.
Two links lead to the removed heading "Old setup".
This is a breaking change for readers of “Old setup”.
This section explains how to delete a node.
Sign-in to Azure Portal with Contoso is now described.""",
    "ja": """\
見出し「Old setup」が削除され、「Sample notebook」が追加されました。
リクエストの上限が100から120に変更されました。
３行が追加され、２行が削除されました。
Azure Portal へのサインインに `az login` を使う説明が追加されました。
「Install」のセクションは変わりません。""",
    "zh-Hans": """\
删除了标题“Old setup”，新增了“Sample notebook”。
上限从 100 改为 120。""",
}
FALSE = {
    "en": """\
The heading "Sample notebook" was removed.
Adds the section “Old setup”.
Removes “Sample notebook”.
The limit was raised from 120 to 100 requests per minute.
The limit was raised from 100 to 130 requests per minute.
4 lines were added and 2 removed.
2 lines were added and 3 removed.
The page docs/install.md now shows `az login`.
Now shows `az logout`.
See https://example.com/other for more.
Three links lead to the removed heading "Old setup".
There are no breaking changes.
The heading "Install" was removed.
Uses the Google Console.
Globex is mentioned first.
An image was added.
The heading "Install" was renamed to "Sample notebook".
The page is deprecated.
この見出しは削除されました。""",
    "ja": """\
見出し「Old setup」が追加されました。
見出し「Sample notebook」が削除されました。
リクエストの上限が120から100に変更されました。
リクエストの上限が100から130に変更されました。
４行が追加されました。
三行が削除されました。
Google Portal の説明が追加されました。
画像が追加されました。
The heading "Old setup" was removed.
删除了标题“Old setup”，这是为了读者。""",
    "zh-Hans": """\
删除了标题“Sample notebook”。
上限从 120 改为 100。
見出し「Old setup」が削除されました。""",
}


def lines(texts: dict[str, str]) -> list[tuple[str, str]]:
    return [(code, line) for code, text in texts.items() for line in text.splitlines()]


@pytest.mark.parametrize(("code", "text"), lines(TRUE))
def test_true_sentences_pass(code: str, text: str) -> None:
    assert check(text, GROUND, code) == ()


@pytest.mark.parametrize(("code", "text"), lines(FALSE))
def test_false_sentences_are_caught(code: str, text: str) -> None:
    assert check(text, GROUND, code)


LISTED = ground_of(
    FileAnalysis(
        change=FileChange(
            path="docs/list.md",
            status="modified",
            additions=3,
            deletions=1,
            patch="@@ -4,2 +4,4 @@\n+- Alpha\n+- Beta\n+- Gamma\n-- Delta\n",
        ),
        findings=(
            *(
                Finding(
                    kind="list-item-added",
                    subject=name,
                    impact="notable",
                    after=name,
                    after_lines=(line, line),
                )
                for line, name in ((4, "Alpha"), (5, "Beta"), (6, "Gamma"))
            ),
            Finding(
                kind="list-item-removed",
                subject="Delta",
                impact="notable",
                before="Delta",
                before_lines=(4, 5),
            ),
        ),
    )
)


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ("3 list items were added: “Alpha”, “Beta”, and “Gamma”.", True),
        ("2 list items were added: “Alpha”, “Beta”, and “Gamma”.", False),
        ("3 list items were added: “Alpha”, “Beta”, and 1 more.", True),
        ("3 list items were added: “Alpha”, “Beta”, and 2 more.", False),
        ("4 list items were added: “Alpha”, “Beta”, and 2 more.", False),
        ("A list item was added (line 5): “Beta”.", True),
        ("A list item was added (line 6): “Beta”.", False),
        ("In lines 4–6: 3 list items added (“Alpha”, “Beta”, and “Gamma”).", True),
        ("In lines 5–4: 3 list items added (“Alpha”, “Beta”, and “Gamma”).", False),
        ("A list item was removed (old lines 4–5): “Delta”.", True),
        ("A list item was removed (old lines 4–6): “Delta”.", False),
        ("A list item was added (old lines 4–5).", False),
    ],
)
def test_numbers_are_held_against_what_stands_beside_them(text: str, fine: bool) -> None:  # noqa: FBT001 - a column of the table
    assert (check(text, LISTED, "en") == ()) is fine


def test_only_the_wrong_sentence_is_named() -> None:
    text = "The limit is now 120. The limit was 777. It is per minute."
    assert [fault.sentence for fault in check(text, GROUND, "en")] == ["The limit was 777. "]


def test_real_changes_told_right_and_with_one_fact_changed() -> None:
    """A sample; the whole table is printed by ``make bench``."""
    chance = random.Random(11)  # noqa: S311 - a sample, the same every time
    files = [file for day in list(days())[::24] for file in day.files if file.change.patch]
    if not files:
        pytest.skip("no real changes here")
    seen: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for file in files[:40]:
        ground = ground_of(file)
        for code in ("en", "ja", "zh"):
            told = list(true_statements(file, code))[:8]
            for said in told:
                seen["true"] += 1
                wrong["true"] += bool(check(said.text, ground, code))
                for _, text in false_ones(said, ground, files, chance):
                    if text not in {other.text for other in told}:
                        seen["false"] += 1
                        wrong["false"] += not check(text, ground, code)
    assert seen["true"] > 150
    assert seen["false"] > 150
    assert wrong["true"] <= 0.02 * seen["true"]
    assert wrong["false"] <= 0.02 * seen["false"]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("One. Two! Three?", ["One. ", "Two! ", "Three?"]),
        ("Use v1.2 of it, e.g. here. Then go.", ["Use v1.2 of it, e.g. here. ", "Then go."]),
        ("Added: “It is so.” Removed: “No.”", ["Added: “It is so.” ", "Removed: “No.”"]),
        ("See `a. B` and “x. Y”. Next.", ["See `a. B` and “x. Y”. ", "Next."]),
        ("一つ目です。二つ目です！三つ目？", ["一つ目です。", "二つ目です！", "三つ目？"]),
        ("「はい。そうです」と言う。次。", ["「はい。そうです」と言う。", "次。"]),
        ("第一句。第二句！", ["第一句。", "第二句！"]),
        ("- a\n- b", ["- a\n", "- b"]),
    ],
)
def test_where_sentences_end(text: str, pieces: list[str]) -> None:
    assert list(sentences(text)) == pieces
    assert "".join(sentences(text)) == text


@pytest.mark.parametrize(
    ("text", "language", "foreign"),
    [
        ("The page was changed.", "en", False),
        ("ページが変更されました。", "ja", False),
        ("页面已更改，新增了链接。", "zh-Hans", False),
        ("La page a été modifiée pour les lecteurs de la documentation.", "fr", False),
        ("Die Seite wurde für die Leser der Dokumentation geändert.", "de", False),
        ("Azure OpenAI API の更新", "ja", False),
        ("更新履歴", "ja", False),
        ("`az login` — Azure", "en", False),
        ("ページが変更されました。", "en", True),
        ("The page was changed.", "ja", True),
        ("页面已更改，新增了链接。", "ja", True),
        ("ページが変更されました。", "zh-Hans", True),
        ("Die Seite wurde für die Leser der Dokumentation geändert.", "en", True),
        ("The page was changed for the readers of the documentation.", "de", True),
        ("La page a été modifiée pour les lecteurs de la documentation.", "es", True),
        ("페이지가 변경되었습니다.", "ja", True),
    ],
)
def test_the_language_of_a_text(text: str, language: str, foreign: bool) -> None:  # noqa: FBT001 - a column of the table
    assert check_language(text, language, lone=True) is foreign


@pytest.mark.parametrize(
    "text", ["", "\n\n", "`", "“", "「", "#" * 500, "a" * 5000, "１２３" * 500, "((" * 800]
)
def test_odd_texts_are_no_trouble(text: str) -> None:
    check(text, GROUND, "en")
    check(text, GROUND, "ja")
