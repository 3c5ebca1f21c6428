"""Nothing else changed only where each word that changed was told."""

from __future__ import annotations

import pytest
from support.case_folder import CASES, between, load_case

from diffinsight.detectors import analyse
from diffinsight.engines.explaining.all_told import tells_all
from diffinsight.engines.offline import OfflineEngine
from diffinsight.languages import available, load
from diffinsight.models import FileChange

ROWS = "| Region | Two | Three |\n|---|---|---|\n| east | yes | no |\n"


def change_of(before: str, after: str, path: str = "a.md") -> FileChange:
    (change,) = between({path: before}, {path: after}, {}).files
    return change


@pytest.mark.parametrize(
    ("before", "after", "sentence", "expected"),
    [
        ("Use 5 keys.", "Use 6 keys.", "“5 keys” became “6 keys”.", True),
        ("Use 5 keys. It is for tests.", "Use 6 keys.", "“5 keys” became “6 keys”.", False),
        ("Use 5 keys.", "Use **6** keys.", "“5” became “6”.", True),
        ("Keys, two or three.", "Keys, three or two.", "The order changed.", False),
        ("Use it.", "Use `new_key`.", "“it” became `new\\_key`.", True),
    ],
)
def test_each_word_that_changed_is_told(
    before: str, after: str, sentence: str, *, expected: bool
) -> None:
    change = change_of(f"# A\n\n{before}\n", f"# A\n\n{after}\n")
    assert tells_all(sentence, change) is expected


def test_names_of_fields_go_without_saying_in_data() -> None:
    change = change_of("- name: A\n", "- name: A\n- name: B\n  href: b.md\n", "toc.yml")
    assert tells_all("New contents entry “B”, leading to `b.md`.", change)
    assert not tells_all("New contents entry “B”.", change)


@pytest.mark.parametrize("language", available())
def test_columns_that_changed_places_are_something_else(language: str) -> None:
    phrases = load(language)
    said = phrases.say("file.nothing_else")
    new = ROWS.replace("| Two | Three |", "| One | Three | Two |")
    new = new.replace("---|\n", "---|---|\n", 1).replace("| yes | no |", "| new | no | yes |")
    for after, expected in ((new, False), (ROWS.replace("| yes |", "| often |"), True)):
        analysis = analyse(between({"a.md": f"# A\n\n{ROWS}"}, {"a.md": f"# A\n\n{after}"}, {}))
        (file,) = OfflineEngine(phrases=phrases).write(analysis)[0].files
        assert (said in file.explanation) == expected


def test_where_nothing_else_changed_each_word_is_told() -> None:
    phrases = load("en")
    said = phrases.say("file.nothing_else")
    told = [
        (file.explanation.removesuffix(said), file.change)
        for case in CASES
        for file in OfflineEngine(phrases=phrases).write(analyse(load_case(case)))[0].files
        if file.explanation.endswith(said)
    ]
    assert told
    assert [sentence for sentence, change in told if not tells_all(sentence, change)] == []
