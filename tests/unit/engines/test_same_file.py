from __future__ import annotations

import pytest

from diffinsight.engines.same_file import named_once
from diffinsight.engines.voice import Voice
from diffinsight.languages import load

NAMES = ("setup.md", "use.md")


@pytest.mark.parametrize(
    ("second", "told"),
    [
        ("A row was added in `setup.md`.", "A row was added in the same file."),
        ("A row was added in `use.md`.", "A row was added in `use.md`."),
        ("In `setup.md` a row went to `use.md`.", "In `setup.md` a row went to `use.md`."),
        ("3 more files changed.", "3 more files changed."),
    ],
)
def test_a_file_is_named_once_in_sentences_side_by_side(second: str, told: str) -> None:
    first = "Section “Keys” was added in `setup.md`."
    voice = Voice(phrases=load("en"))
    assert list(named_once([first, second], NAMES, voice)) == [first, told]


def test_plain_text_has_names_that_others_begin_with() -> None:
    voice = Voice(phrases=load("en"), plain=True)
    sentences = ["A row came in a.md.", "A row went in a.mdx."]
    assert list(named_once(sentences, ["a.md"], voice)) == sentences


@pytest.mark.parametrize(
    ("language", "sentence", "told"),
    [
        ("ja", "`a.md`で、表に1行を追加しました。", "同じファイルで、表に1行を追加しました。"),
        ("zh-Hans", "在 `a.md` 中，新增 1 行。", "在同一文件中，新增 1 行。"),  # noqa: RUF001 - Chinese
    ],
)
def test_each_language_has_its_words_for_it(language: str, sentence: str, told: str) -> None:
    voice = Voice(phrases=load(language))
    assert list(named_once([sentence, sentence], ["a.md"], voice)) == [sentence, told]
