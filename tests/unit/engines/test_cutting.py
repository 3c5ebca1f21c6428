from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diffinsight.engines.cutting import around, contrast, cut_name, difference, shorten


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("a short text", 20, "a short text"),
        ("a text that is too long", 15, "a text that is…"),
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
    assert len(shorten(text, limit)) <= limit + 1  # a backtick may close what was cut open


def test_long_texts_are_cut_to_their_difference() -> None:
    before = "A description of the field mapping options in Azure OpenAI Studio."
    after = "A description of the field mapping options in Azure AI Foundry portal."
    assert contrast(before, after, 40) == (
        "…Azure OpenAI Studio.",
        "…Azure AI Foundry portal.",
    )


def test_addresses_are_cut_to_the_segment_that_differs() -> None:
    before, after = (
        "articles/search/run.md#execution",
        "articles/search/run.md#execution-environment",
    )
    assert contrast(before, after, 30) == ("…#execution", "…#execution-environment")


def test_texts_that_only_differ_in_markup_show_it() -> None:
    assert contrast("use **bold**", "use bold", 40) == ("use **bold**", "use bold")


@pytest.mark.parametrize(
    ("before", "after", "differing"),
    [
        ("/azure/ai-studio/x", "/azure/ai-foundry/x", ("ai-studio", "ai-foundry")),
        ("a.md", "b.md", ("a.md", "b.md")),
        ("/en-us/azure/x", "/azure/x", ("en-us", "")),
    ],
)
def test_targets_differ_in_segments(before: str, after: str, differing: tuple[str, str]) -> None:
    assert difference(before, after) == differing


def test_addresses_that_differ_in_a_long_segment_are_never_cut_to_the_same() -> None:
    start = "/azure/ai/service-limits#create-and-submit-support-request"
    old, new = contrast(f"{start}-for-quota", f"{start}-for-tps-increase", 30)
    assert old != new
    assert old.endswith("-for-quota")


def test_what_two_sentences_end_in_is_left_out() -> None:
    end = "permissions to the identity of the search service in the Azure portal."
    old, new = contrast(f"Give SQL Server DB {end}", f"Give SQL DB {end}", 60)
    assert (old, new) == (
        "Give SQL Server DB permissions to the…",
        "Give SQL DB permissions to the…",
    )


def test_the_subject_of_a_cut_sentence_stays_with_the_word_that_matters() -> None:
    end = "The preview features of vision including grounding and prompts will be retired soon."
    assert (
        around(f"Stays. {end}", "retired", 60)
        == "The preview features of… prompts will be retired soon."
    )
    assert around(f"Stays. {end}", "retired", 88) == end
    assert around("A short one.", "other", 60) == "A short one."


def test_a_long_name_keeps_the_words_that_tell_it_from_others() -> None:
    name = "Install and run Personally Identifiable Information (PII) Detection containers"
    assert cut_name(name, 60) == "Install and run Personally… Detection containers"
    assert cut_name(name, 80) == name


@given(st.text(max_size=120), st.integers(min_value=5, max_value=60))
def test_a_cut_name_is_never_too_long(text: str, limit: int) -> None:
    assert len(cut_name(text, limit)) <= limit + 1


@pytest.mark.parametrize("limit", [70, 54, 44, 36, 28, 22])
def test_what_differs_shows_after_a_long_word(limit: int) -> None:
    name = "`Set-Setting -Name '{40E0AC32-46A5-438A-A0B2-2B479E8F2E90}' -Default"
    old, new = contrast(f"{name}Connection Allow`", f"{name}Action Allow`", limit)
    assert "-DefaultC" in old
    assert "-DefaultA" in new


def test_the_word_that_matters_is_never_cut_off() -> None:
    text = "Preview enhancements of all sorts, with optical character recognition, will be retired."
    assert "will be retired" in around(text, "will be retired", 36)


def test_addresses_that_differ_at_their_end_show_it() -> None:
    start = "limits.md#create-and-submit-support-request"
    assert contrast(f"{start}-for-quota", f"{start}-for-tps-increase", 30) == (
        "…-for-quota",
        "…-for-tps-increase",
    )
