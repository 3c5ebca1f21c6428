from __future__ import annotations

from diffinsight.engines.quoting.unsaid import unsaid

SENTENCE = "The preview of the vision features will be retired in March."


def test_a_sentence_that_was_quoted_is_not_told_again() -> None:
    text = f"{SENTENCE} Move your deployments before that."
    assert unsaid(text, f"Announced: “{SENTENCE}”") == "Move your deployments before that."
    assert unsaid(SENTENCE, f"It says: “{SENTENCE}”") == ""


def test_a_quotation_that_was_cut_is_known_and_its_markdown_does_not_matter() -> None:
    long = (
        "Use `wsl --update` to **update** it, which may take several minutes on a slow network "
        "at work."
    )
    said = (
        "“Use `wsl \\-\\-update` to update it, which may take several minutes on a slow network…”"
    )
    assert unsaid(long, said) == ""


def test_a_short_sentence_may_stand_in_both() -> None:
    assert unsaid("Save the file.", "“Save the file. Then close it.”") == "Save the file."
