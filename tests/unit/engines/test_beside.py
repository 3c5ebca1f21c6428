from __future__ import annotations

from diffinsight.engines.values.beside import Beside, beside, lone_side, without_same_end


def test_words_that_came_are_told_with_those_before_them() -> None:
    text = "Keys are old. A rule admits requests from the service and from the portal. Save it."
    assert beside(text, "and from the portal") == Beside(lead="…admits requests from the service")


def test_at_the_start_of_a_sentence_they_are_told_with_those_behind_them() -> None:
    text = "Save it. On newer systems, you can turn it on."
    assert beside(text, "On newer systems,") == Beside(tail="you can turn it on.")


def test_a_sentence_says_by_itself_what_it_is_about() -> None:
    assert beside("Save it. Then close it.", "Then close it.") == Beside()
    assert beside("Save it twice, twice.", "twice") == Beside()


def test_a_side_that_is_all_of_the_other_and_more_only_came() -> None:
    assert lone_side("You can turn it on", "On newer systems, you can turn it on") == (
        "",
        "On newer systems",
        Beside(tail="you can turn it on"),
    )
    assert lone_side("Run the command to open it:", "Run the command to:") == (
        "open it",
        "",
        Beside(lead="Run the command to"),
    )
    assert lone_side("You can turn it on", "You may turn it on") is None
    assert lone_side("is required", "is not required") is None


def test_a_word_that_only_its_case_tells_apart_is_no_end_of_a_difference() -> None:
    sides = without_same_end("`--name`: For import only, specifies", "`--name <x>`: Specifies")
    assert sides == ("`--name`: For import only", "`--name <x>`")
    assert without_same_end("specifies", "Specifies") == ("specifies", "Specifies")
    assert without_same_end("the old key", "the new key") == ("the old key", "the new key")
