from __future__ import annotations

import pytest

from diffinsight.matching.slips import WORD, Vocabulary, misspelt, mistyped

USED = dict.fromkeys(
    (
        *("virtualization", "successfully", "experimental", "mirrored", "planned", "complied"),
        *("indexers", "writable", "--install", "--labels", "reactor", "string", "international"),
        "multi-service",
    ),
    3,
)


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("virtulization", "virtualization"),
        ("virtualizaation", "virtualization"),
        ("succesfully", "successfully"),
        ("experiemntal", "experimental"),
        ("mirrorred", "mirrored"),
        ("--instal", "--install"),
        ("--isntall", "--install"),
        ("internetional", "international"),
    ],
)
def test_a_slip_is_told_by_the_word_in_use(written: str, right: str) -> None:
    assert Vocabulary(USED).meant(written) == right


@pytest.mark.parametrize(
    "word",
    [
        *("planed", "compiled", "indexes", "writeable", "--label", "refactor", "storing"),
        *("internationale", "installs", "successful", "mirror-red", "multiservice"),
    ],
)
def test_other_words_are_no_slips(word: str) -> None:
    assert Vocabulary(USED).meant(word) == ""


def test_a_word_that_is_hardly_in_use_tells_nothing() -> None:
    assert Vocabulary({"virtualization": 2}).meant("virtulization") == ""
    assert Vocabulary({"--install": 1}).meant("--instal") == ""
    often = {"virtualization": 9, "virtulization": 3}
    assert Vocabulary(often).meant("virtulization") == ""


def test_a_letter_too_many_at_the_start_is_seen() -> None:
    assert mistyped("pprecise") == "precise"
    assert mistyped("llama") == ""
    assert mistyped("www") == ""


def test_parts_of_names_paths_and_addresses_are_no_words() -> None:
    text = "Use `a/instal`, instal.sh, in_stal, https://instal.org, instal() or `wsl --instal -d`."
    assert WORD.findall(text) == ["Use", "or", "wsl", "--instal"]


def test_a_slip_made_again_and_again_is_told_where_the_word_is_much_more_in_use() -> None:
    assert Vocabulary({"virtualization": 15, "virtulization": 3}).meant("virtulization")
    assert Vocabulary({"complement": 30, "compliment": 1}).meant("compliment") == ""


def test_known_misspellings_are_no_words_and_what_they_mean_is_not_among_them() -> None:
    known = misspelt()
    assert known["teh"] == "the"
    assert all(WORD.fullmatch(written) for written in known)
    assert not set(known) & set(known.values())
    assert list(known) == sorted(known)
