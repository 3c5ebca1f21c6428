from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diffinsight.engines.cutting import contrast, difference, shorten


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("a short text", 20, "a short text"),
        ("a text that is too long", 15, "a text that is…"),
        ("see [the guide](https://a.example) now", 40, "see the guide now"),
        ("/azure/ai-studio/how-to/deploy", 20, "…/how-to/deploy"),
        ("run `wsl --install` first", 16, "run `wsl`…"),
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
