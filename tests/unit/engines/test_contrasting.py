from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diffinsight.engines.quoting.addresses import difference
from diffinsight.engines.quoting.contrasting import contrast, shows_point
from diffinsight.engines.quoting.cutting import longest

WORDS = st.lists(
    st.sampled_from(["the", "`a", "b`", "(see", "below)", "of", "Go.", "設定を", "x/z", "“it”"]),
    max_size=24,
).map(" ".join)


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
    assert contrast(before, after, 30) == (
        "…/run.md#execution",
        "…/run.md#execution-environment",
    )
    assert contrast(before, after, 24) == ("…#execution", "…#execution-environment")


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
        "Give SQL Server DB permissions…",
        "Give SQL DB permissions…",
    )


@pytest.mark.parametrize("limit", [70, 54, 44, 36, 28, 22])
def test_what_differs_shows_after_a_long_word(limit: int) -> None:
    name = "`Set-Setting -Name '{40E0AC32-46A5-438A-A0B2-2B479E8F2E90}' -Default"
    old, new = contrast(f"{name}Connection Allow`", f"{name}Action Allow`", limit)
    assert "-DefaultC" in old
    assert "-DefaultA" in new


def test_addresses_that_differ_at_their_end_show_it() -> None:
    start = "limits.md#create-and-submit-support-request"
    assert contrast(f"{start}-for-quota", f"{start}-for-tps-increase", 30) == (
        "…-request-for-quota",
        "…-request-for-tps-increase",
    )


@pytest.mark.parametrize(
    ("before", "after", "limit", "cut"),
    [
        (  # the same end on both sides
            "Select the origin country of the text that you want to have translated.",
            "Select the origin country or region of the text that you want to have translated.",
            50,
            (
                "Select the origin country of the text…",
                "Select the origin country or region of the text…",
            ),
        ),
        (  # marks of code come before the words that changed
            "Set it to True, so that the container connects. The first way works.",
            "Set it to `True`, so that the container connects. The first way works well on Linux.",
            40,
            ("…way works.", "…way works well on Linux."),
        ),
        (  # a new sentence does not borrow the end of the one before it
            "Read the keys first. You will need one of them to sign in to the service there.",
            "Read the keys first. You need one of them to sign in to the service there.",
            30,
            ("…You will need one of them…", "…You need one of them…"),
        ),
        (  # a name stays whole
            "Learn what you can do in the Contoso Cloud Studio of your region.",
            "Learn what you can do in the Contoso Cloud Portal of your region.",
            40,
            (
                "…Contoso Cloud Studio of your region.",
                "…Contoso Cloud Portal of your region.",
            ),
        ),
    ],
)
def test_both_sides_are_cut_alike(
    before: str, after: str, limit: int, cut: tuple[str, str]
) -> None:
    assert contrast(before, after, limit) == cut


def test_addresses_start_and_end_at_the_same_marks() -> None:
    site = "https://docs.example.com/guides/remote/trouble"
    old, new = (
        f"{site}#_line-endings-in-{where}-resulting-in-many-modified-files"
        for where in ("containers", "wsl")
    )
    assert contrast(old, new, 94) == (
        "…/guides/remote/trouble#_line-endings-in-containers-resulting-in-many-modified-files",
        "…/guides/remote/trouble#_line-endings-in-wsl-resulting-in-many-modified-files",
    )
    assert contrast(old, new, 48) == (
        "…-in-containers-resulting-in-many-modified-files",
        "…-in-wsl-resulting-in-many-modified-files",
    )


def test_of_a_command_that_lost_a_word_the_rest_is_left_out() -> None:
    address = "https://downloads.example.com/stable/current/browser_amd64.deb"
    old, new = contrast(f"Get it: `sudo wget {address}`", f"Get it: `wget {address}`", 60)
    assert (old, new) == ("Get it: `sudo wget`…", "Get it: `wget`…")


@given(WORDS, WORDS, st.integers(min_value=20, max_value=70))
def test_two_texts_that_differ_are_told_apart_and_not_too_long(
    before: str, after: str, limit: int
) -> None:
    old, new = contrast(before, after, limit)
    assert max(len(old), len(new)) <= longest(limit) + 1  # a backtick may close what was cut open
    assert old != new or before == after


def test_a_cut_side_ends_in_no_joining_word() -> None:
    before = "The batch mode and structured outputs have a known issue that stops all of the jobs."
    after = (
        "Outputs can be had with the batch mode when it is used in conjunction with the new API."
    )
    assert contrast(before, after, 40) == (
        "The batch mode and structured outputs…",
        "Outputs can be had with the batch mode…",
    )


def test_sides_that_would_be_cut_before_they_differ_show_how_they_end() -> None:
    before, after = "Fine-tune models in Big AI Studio", "Fine-tune models with Big AI Foundry"
    assert contrast(before, after, 28) == ("…in Big AI Studio", "…with Big AI Foundry")
    before, after = "Use Big AI Search without keys", "Connect an app to Big AI Search using names"
    assert contrast(before, after, 28) == ("…without keys", "…using names")


def test_a_word_that_went_is_told_with_what_came_for_it() -> None:
    before = "A registration form is not required to access most of the models."
    after = "A registration form is required to access some of the models or features."
    old, new = contrast(before, after, 34)
    assert "not required to access most" in old
    assert "required to access some" in new


def test_a_value_that_became_another_one_shows_before_other_words() -> None:
    before = "These options come with the old setup program in version 1709 of the system"
    after = "These options are there after the first start in version 1809 of the system"
    for limit in (60, 44, 30):
        old, new = contrast(before, after, limit)
        assert ("1709" in old, "1809" in new) == (True, True)
    assert contrast(
        "It is there in Insider Build 17713", "It is there in release 9 (17763)", 26
    ) == (
        "…Insider Build 17713",
        "…release 9 (17763)",
    )


@pytest.mark.parametrize("limit", [60, 44, 30])
def test_a_long_name_is_cut_to_the_end_that_differs(limit: int) -> None:
    old, new = contrast(
        "In the field, enter `com.example.analytics:synapse_2.12:1.0.4`.",
        "In the field, search for or type `com.example.analytics:synapse_2.12:1.0.9`.",
        limit,
    )
    assert (old.rstrip("`.")[-5:], new.rstrip("`.")[-5:]) == ("1.0.4", "1.0.9")


def test_the_marks_of_a_list_stay_where_it_is_cut() -> None:
    before = "East US2 and Sweden Central regions have it."
    after = "East US, East US2, North Central US, South Central US, and West US regions have it."
    assert "US2 North" not in contrast(before, after, 36)[1]


@pytest.mark.parametrize(
    ("before", "after", "limit"),
    [
        ("It comes up on Mondays in every house.", "It goes down on Mondays in every house.", 30),
        ("Use it.", "Do not use it.", 40),
        ("Do enter `com.example.box_2.12:1.0.4`.", "Do type in `com.example.box_2.12:1.0.9`.", 28),
    ],
)
def test_a_contrast_shows_what_became_of_what(before: str, after: str, limit: int) -> None:
    assert shows_point(before, after, contrast(before, after, limit))


@pytest.mark.parametrize(
    ("before", "after", "limit"),
    [
        (
            "When increasing the limit for training, note that all of the hours are free there.",
            "When you increase it, know that hours are billed and that none of them is free.",
            30,
        ),
        ("The script is not the same for each.", "Click will print what to save in a file.", 28),
    ],
)
def test_and_it_does_not_where_that_is_cut_off(before: str, after: str, limit: int) -> None:
    assert not shows_point(before, after, contrast(before, after, limit))
