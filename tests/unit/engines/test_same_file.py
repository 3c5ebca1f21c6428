from __future__ import annotations

import pytest

from diffinsight.engines.overview.same_file import named_once
from diffinsight.engines.quoting.voice import Voice
from diffinsight.languages import load

NAMES = ("setup.md", "use.md")


@pytest.mark.parametrize(
    ("second", "told"),
    [
        ("A row was added in `setup.md`.", "A row was added in the same file."),
        ("A row was added in `use.md`.", "A row was added in `use.md`."),
        ("In `setup.md` a row went to `use.md`.", "In `setup.md` a row went to `use.md`."),
        ("In `setup.md`, `a` became `b`.", "In the same file, `a` became `b`."),
        ("3 more files changed.", "3 more files changed."),
    ],
)
def test_a_file_is_named_once_in_sentences_side_by_side(second: str, told: str) -> None:
    first = "Section “Keys” was added in `setup.md`."
    voice = Voice(phrases=load("en"))
    assert list(named_once([first, second], NAMES, voice)) == [first, told]


def test_many_sentences_about_a_file_name_it_once() -> None:
    said = ["Keys came in `setup.md`.", "In `setup.md`, X.", "Y in `setup.md`.", "Z in `use.md`."]
    told = list(named_once(said, NAMES, Voice(phrases=load("en"))))
    assert told == [said[0], "Also in the same file: X.", "Y.", said[3]]


def test_a_name_that_belongs_to_what_is_said_stays_in_a_run() -> None:
    said = ["節（`a.md`）。", "`a.md`の手順で、X。", "`a.md`で、Y。", "Z（`a.md`）。"]  # noqa: RUF001
    told = list(named_once(said, ["a.md", "b.md"], Voice(phrases=load("ja"))))
    assert told[:2] == [said[0], "同じファイルの手順で、X。"]
    assert "".join(told[2:]).startswith("同じファイルのほかの変更：Y。")  # noqa: RUF001


def test_plain_text_has_names_that_others_begin_with() -> None:
    voice = Voice(phrases=load("en"), plain=True)
    sentences = ["A row came in a.md.", "A row went in a.mdx."]
    assert list(named_once(sentences, ["a.md", "b.md"], voice)) == sentences


def test_the_only_file_there_is_goes_without_saying() -> None:
    said = ["Keys came in `a.md`.", "1 link is old.", "In `a.md`, in step 2, X.", "Y in `a.md`."]
    told = list(named_once(said, ["a.md"], Voice(phrases=load("en"))))
    assert told == ["Keys came in `a.md`.", "1 link is old.", "In step 2, X.", "Y."]


@pytest.mark.parametrize(
    ("language", "sentence", "told"),
    [
        ("ja", "`a.md`で、表に1行を追加しました。", "同じファイルで、表に1行を追加しました。"),
        ("zh-Hans", "在 `a.md` 中，新增 1 行。", "在同一文件中，新增 1 行。"),  # noqa: RUF001 - Chinese
    ],
)
def test_each_language_has_its_words_for_it(language: str, sentence: str, told: str) -> None:
    voice = Voice(phrases=load(language))
    assert list(named_once([sentence, sentence], ["a.md", "b.md"], voice)) == [sentence, told]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("`a.md`で、表に1行を追加しました。", "表に1行を追加しました。"),
        ("`a.md`の箇条書きで、項目を変更しました。", "`a.md`の箇条書きで、項目を変更しました。"),
        ("節を削除しました（`a.md`）。", "節を削除しました。"),  # noqa: RUF001 - Japanese
    ],
)
def test_nothing_is_left_of_the_place_of_the_only_file(sentence: str, told: str) -> None:
    first = "段落が増えました（`a.md`）。"  # noqa: RUF001 - Japanese
    assert list(named_once([first, sentence], ["a.md"], Voice(phrases=load("ja")))) == [first, told]
