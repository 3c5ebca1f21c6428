from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diffinsight.engines.quoting.contrasting import contrast
from diffinsight.engines.quoting.cutting import around, cut_name, longest, shorten


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("a short text", 20, "a short text"),
        ("a text that is too long", 15, "a text…"),
        ("see [the guide](https://a.example) now", 40, "see the guide now"),
        ("/azure/ai-studio/how-to/deploy", 20, "…/how-to/deploy"),
        ("run `wsl --install` first", 16, "run `wsl`…"),
        ("Then run `wsl --install` first", 16, "Then run…"),
        ("search-monitor-enable-logging.md", 24, "search-monitor-enable…"),
        ("a/search-monitor-enable-logging-of-things.md", 30, "…-enable-logging-of-things.md"),
        ("build.metadata.feedback_product_url", 24, "….feedback_product_url"),
        (
            "/rest/api/services/get-result?view=services-v4.0&tabs=HTTP",
            30,
            "…/api/services/get-result?…",
        ),
        ("Vision enhancements preview features", 16, "Vision…"),
        ("directory: /home/<user name>/Project/of/it", 24, "directory: /home/…"),
    ],
)
def test_texts_are_cut_at_words_and_paths_at_their_start(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short


@given(st.text(max_size=120), st.integers(min_value=5, max_value=60))
def test_a_cut_text_is_never_too_long(text: str, limit: int) -> None:
    assert len(shorten(text, limit)) <= longest(limit) + 1  # a backtick may close what was cut open


def test_the_subject_of_a_cut_sentence_stays_with_the_word_that_matters() -> None:
    end = "The preview features of vision including grounding and prompts will be retired soon."
    assert (
        around(f"Stays. {end}", "retired", 60)
        == "The preview features of vision… will be retired soon."
    )
    assert around(f"Stays. {end}", "retired", 88) == end
    assert around("A short one.", "other", 60) == "A short one."


def test_a_long_name_keeps_the_words_that_tell_it_from_others() -> None:
    name = "Install and run Personally Identifiable Information (PII) Detection containers"
    assert cut_name(name, 60) == "Install and run… (PII) Detection containers"
    assert cut_name(name, 80) == name


@given(st.text(max_size=120), st.integers(min_value=5, max_value=60))
def test_a_cut_name_is_never_too_long(text: str, limit: int) -> None:
    assert len(cut_name(text, limit)) <= longest(limit) + 1


def test_the_word_that_matters_is_never_cut_off() -> None:
    text = "Preview enhancements of all sorts, with optical character recognition, will be retired."
    assert "will be retired" in around(text, "will be retired", 36)


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        # A few words more, where they bring it to the end of the sentence.
        (
            "You need a kernel version of 5.10 or higher. An older one can be updated by itself.",
            36,
            "You need a kernel version of 5.10 or higher…",
        ),
        ("The old model is retired once it is upgraded to the new one.", 50, None),
        # Not within a name, nor before what the words lead up to.
        ("They can be created in the East US 2 and Sweden Central regions.", 36, "…East US 2…"),
        (
            "It waits quite patiently for 10 minutes before it tries that again.",
            31,
            "…for 10 minutes…",
        ),
        ("The mirrored mode of it doesn't forward traffic from other networks.", 32, "…forward…"),
        (
            "Deployments on a deleted resource go on until it is purged for good.",
            26,
            "Deployments…",
        ),
        (
            "The files can be read without specifying the name of the folder.",
            41,
            "…specifying the name…",
        ),
    ],
)
def test_a_quotation_ends_where_it_promises_nothing(
    text: str, limit: int, short: str | None
) -> None:
    cut = shorten(text, limit)
    assert cut.endswith((short or text).removeprefix("…"))
    assert len(cut) <= longest(limit)


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        # What was cut before ends as well as what is cut now.
        ("Save the file and close it. They are…", 60, "Save the file and close it…"),
        ("Use the data of your own…", 60, "Use the data…"),
        # A condition of which hardly anything is left says nothing.
        ("Requests to the service fail once the old key is rotated by hand.", 41, "…service fail…"),
    ],
)
def test_no_quotation_ends_in_the_start_of_something_else(
    text: str, limit: int, short: str
) -> None:
    assert shorten(text, limit).endswith(short.removeprefix("…"))


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        (
            "For each object detected, bounding polygon or bounding regions aren't supported.",
            54,
            "…bounding polygon or bounding regions aren't supported",
        ),
        (
            "Resources of the service that were created in the studio aren't supported. Make one.",
            44,
            "…created in the studio aren't supported",
        ),
        (
            "The outputs are not supported on your own data.",
            36,
            "…are not supported on your own data",
        ),
        # The denial belongs to an aside.
        (
            "Use a second key for the stores that can't be opened with it.",
            36,
            "Use a second key for the stores…",
        ),
        # Brackets and addresses say least.
        (
            "The client (https://example.com/a/long/address/of/a/page) opens the store of the day.",
            60,
            "The client (…) opens the store of the day.",
        ),
        # What a list is led into by says less than the list.
        (
            "To use it, take the way that fits your version: On version 2 and later, run: `it up`.",
            44,
            "…On version 2 and later, run: `it up`.",
        ),
        ("The model is retired on April 3, 2024 in all regions of it.", 30, "…April 3, 2024…"),
    ],
)
def test_a_quotation_keeps_what_turns_it(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit).endswith(short.removeprefix("…"))


def test_a_name_keeps_its_negation() -> None:
    name = "I'm on the old version 1903 of it and I still do not see any options for WSL 2"
    assert "see any" not in cut_name(name, 60).partition("…")[2]
    assert cut_name(name.replace("not ", ""), 60).endswith("options for WSL 2")


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        (
            (
                "If you get `X-Refused: Bearer realm=search error=invalid text=none code=401`, "
                "remove the quotes around the key, save it, and try again."
            ),
            70,
            "If you get `X-Refused: Bearer realm=search`…, remove the quotes around the key…",
        ),
        (
            "Although it is possible to set up a database server for tests, this is not supported.",
            60,
            "…this is not supported.",
        ),
        (
            "Once you have entered all of the settings of it, click Confirm prices.",
            50,
            "…click Confirm prices.",
        ),
        # Members of a list are not what is said, and a few words of a condition are none.
        (
            "If you use the first one, the second, or any other one of them, you must wait.",
            50,
            "If you use the first one, the second, or any other one of them…",
        ),
        (
            "If a key that has been made before the first of May is in use, you must make another.",
            50,
            "If a key that has been made…, you must make another.",
        ),
        # What a subject does or is counts more than the start of it.
        (
            "If not specified, the model or the feature is absent from the cloud of governments.",
            44,
            "…the model or the feature is absent…",
        ),
        # A pronoun needs what it stands for.
        (
            "When sharing this book with your team, they must have the role of readers of it all.",
            54,
            "…book with your team, they must have the role of readers of it all.",
        ),
        ("Using address=0.0.0.0 will have it listen on all of them.", 20, "Using…"),
        ("(See the issue for all of it.", 60, "See the issue for all of it."),
    ],
)
def test_what_is_said_under_a_condition_is_told_with_it(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Authenticate to a function app using easy auth (Azure AI Search)", "using easy auth…"),
        ("How does merging cells affect the scores, given the presence of all names?", "presence…"),
    ],
)
def test_a_name_has_no_hole_where_its_end_can_be_left_out(name: str, short: str) -> None:
    assert cut_name(name, 52).endswith(short)


_PIECES = st.sampled_from(
    "You must not isn't can't If when unless , . : ; ( ) \" ' “ ” `a.b` `a b` --x the it only "  # noqa: SIM905 - as texts have them
    "service's 2,048 v2.0 https://a.example/b?c=d [x](y.md) **bold** however-long-a-name-may-be"
    " 見出し を ない".split()
)
_SENTENCES = st.lists(_PIECES, min_size=1, max_size=60).map(" ".join)


@settings(max_examples=300)
@given(_SENTENCES, st.integers(min_value=1, max_value=200))
def test_whatever_a_sentence_has_it_can_be_cut(text: str, limit: int) -> None:
    assert isinstance(shorten(text, limit), str)


@settings(max_examples=300)
@given(_SENTENCES, _SENTENCES, st.integers(min_value=1, max_value=200))
def test_whatever_two_sentences_have_they_can_be_set_against_each_other(
    before: str, after: str, limit: int
) -> None:
    assert len(contrast(before, after, limit)) == 2  # and nothing fails
