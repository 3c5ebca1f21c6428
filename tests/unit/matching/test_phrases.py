from __future__ import annotations

import pytest

from diffinsight.matching.phrases import phrases


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        (
            "You can now create it in Azure AI Studio with a few steps.",
            "You can now create it in Azure AI Foundry with a few steps.",
            [("Azure AI Studio", "Azure AI Foundry")],
        ),
        (
            "At this time, only `a` and `b` models support the `dim` response parameter.",
            "At this time, only the o1 model family supports the `dim` response parameter.",
            [
                (
                    "At this time, only `a` and `b` models support the `dim` response parameter.",
                    "At this time, only the o1 model family supports the `dim` response parameter.",
                )
            ],
        ),
        (
            "You need a kettle in a supported region to boil it, as you can see there.",
            "You need a kettle in the East or South regions to boil it, as you can see there.",
            [
                (
                    "You need a kettle in a supported region",
                    "You need a kettle in the East or South regions",
                )
            ],
        ),
        (
            "Data residency needs are met by this page in each region.",
            "Data processing needs are met by this page in each region.",
            [("Data residency needs", "Data processing needs")],
        ),
        (
            "When the service is ready for users, you can sign in to the portal.",
            "When the service is ready for users, you can sign in to the Azure portal.",
            [("sign in to the portal", "sign in to the Azure portal")],
        ),
        (
            "If a file has encryption enabled, an error message similar to this may be met:",
            "If a file has encryption enabled, you might see this error message:",
            [("an error message similar to this may be met", "you might see this error message")],
        ),
        (
            "Choose one of these regions for it: East US, East US2, and South Central in America.",
            "Choose one of these regions for it: East US2 and South Central in America.",
            [("East US", "")],
        ),
        (
            "Here is another example of what the model says if you refocus the prompt.",
            "Here is another example of what the model says if you refocus the prompt on facts.",
            [("refocus the prompt", "refocus the prompt on facts")],
        ),
        (
            "It is natively capable of calling; along with the mode, this helps developers.",
            "It is natively capable of calling, enabling application work, this helps developers.",
            [
                (
                    "It is natively capable of calling; along with the mode",
                    "It is natively capable of calling, enabling application work",
                )
            ],
        ),
        (
            "`en`, `es`, `pt-pt`, `zh-hans`, `ja`",
            "`en`, `es`, `zh`, `ja`, `pt-pt`, `nl`, `sv`",
            [("`zh-hans`", ""), ("", "`zh`"), ("", "`nl`, `sv`")],
        ),
        (  # to the end of the group of words
            "Each stays under the REST API payload limit of the whole service in a day.",
            "Each stays under the API payload limit of the whole service in a day.",
            [
                (
                    "Each stays under the REST API payload limit",
                    "Each stays under the API payload limit",
                )
            ],
        ),
        (  # to the quotation mark that closes
            "All updates require a 'push model' that is fed by the service itself.",
            "All updates mean that you build a 'push model' that is fed by the service itself.",
            [
                (
                    "All updates require a 'push model'",
                    "All updates mean that you build a 'push model'",
                )
            ],
        ),
        (  # a title to the end of what its verb goes with
            "Review Create a filing pipeline for code that files a page in the house.",
            "To see it, skip to Create a filing pipeline for code that files a page in the house.",
            [
                (
                    "Review Create a filing pipeline",
                    "To see it, skip to Create a filing pipeline",
                )
            ],
        ),
        (  # a name with all that belongs to it
            "Use Contoso Lite or Contoso Database for Postgres if you need to have vectors.",
            "Use Contoso Lite, and Contoso Database for Postgres if you need to have vectors.",
            [
                (
                    "Use Contoso Lite or Contoso Database for Postgres",
                    "Use Contoso Lite, and Contoso Database for Postgres",
                )
            ],
        ),
        (  # words that follow on both sides belong to neither
            "Follow these instructions to collect detailed logs and file one.",
            "Follow the instructions to Find logs online to collect detailed logs and file one.",
            [("Follow these instructions", "Follow the instructions to Find logs online")],
        ),
        (  # an address is never cut
            "Sign in to Contoso Studio at https://a.example with the account you have.",
            "Sign in to Contoso portal at https://a.example with the account you have.",
            [
                (
                    "Sign in to Contoso Studio at https://a.example",
                    "Sign in to Contoso portal at https://a.example",
                )
            ],
        ),
        ("a, in b, c, `gid=1000`.", "a, in b, c, `gid=1003`.", [("`gid=1000`", "`gid=1003`")]),
        ("a, b, c, d, e", "b, a, c, d, e", [("a, b, c, d, e", "b, a, c, d, e")]),
        (
            "The files are old.",
            "A rocket needs fuel.",
            [("The files are old.", "A rocket needs fuel.")],
        ),
    ],
)
def test_pieces_have_the_words_they_need(
    before: str, after: str, pieces: list[tuple[str, str]]
) -> None:
    assert [(phrase.before, phrase.after) for phrase in phrases(before, after)] == pieces


@pytest.mark.parametrize("bound", ["and higher", "or later", "and 3.0", "on Windows"])
def test_a_figure_keeps_what_says_that_others_count_too(bound: str) -> None:
    before = f"You can use this in version 2.5 {bound} of the system if you have it at hand."
    after = before.replace("can", "may").replace("version", "release")
    (piece,) = phrases(before, after)
    bounded = bound in {"and higher", "or later"}
    assert piece.after.endswith(f"2.5 {bound}") is bounded


def test_brackets_are_never_cut_open() -> None:
    before = "Store the index (with each key of the old one and its fields) in the same place."
    after = "Store the index (with each key of the new one and its fields) in the same place."
    for phrase in phrases(before, after):
        assert phrase.before.count("(") == phrase.before.count(")")
