from __future__ import annotations

import pytest

from diffinsight.matching.sentences import carried, changed_sentences, is_kept, sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One here. Two there.", ("One here.", "Two there.")),
        ("Use e.g. Python. Run `a. B`.", ("Use e.g. Python.", "Run `a. B`.")),
        ("See v1.2.3 of it. go on", ("See v1.2.3 of it. go on",)),
        ("一つ目です。二つ目です。", ("一つ目です。", "二つ目です。")),
        ("「終わり。」次。", ("「終わり。」", "次。")),
        ("", ()),
    ],
)
def test_sentences_end_where_readers_see_their_end(text: str, parts: tuple[str, ...]) -> None:
    assert sentences(text) == parts


@pytest.mark.parametrize(
    ("before", "after", "pairs"),
    [
        (
            "It starts. For more on filters, see the guide.",
            "It starts. A filter adds criteria. For more on filters and queries, see the guide.",
            [
                ("", "A filter adds criteria."),
                (
                    "For more on filters, see the guide.",
                    "For more on filters and queries, see the guide.",
                ),
            ],
        ),
        (
            "Vector fields have specific types and dimensions.",
            "Paths are found by algorithms. Vector fields also have specific types and dimensions.",
            [
                ("", "Paths are found by algorithms."),
                (
                    "Vector fields have specific types and dimensions.",
                    "Vector fields also have specific types and dimensions.",
                ),
            ],
        ),
        ("First this. Then that.", "Then that. First this.", []),
        (
            "Open the page of the service. Wait a minute for all replicas.",
            "Wait a minute for every one of all replicas. Open the start page of the service.",
            [
                (
                    "Wait a minute for all replicas.",
                    "Wait a minute for every one of all replicas.",
                ),
                ("Open the page of the service.", "Open the start page of the service."),
            ],
        ),
        (
            "Save the file. Restart the server.",
            "Save the file, and restart the server.",
            [("Save the file. Restart the server.", "Save the file, and restart the server.")],
        ),
        (
            "Cats sleep long. Stays.",
            "Rockets need fuel for takeoff every morning. Stays.",
            [("Cats sleep long.", ""), ("", "Rockets need fuel for takeoff every morning.")],
        ),
        ("10 MB", "20 MB", [("10 MB", "20 MB")]),
        ("`en`, `es`", "`fr`, `de`, `it`", [("`en`, `es`", "`fr`, `de`, `it`")]),
        (
            "保存してください。サーバーを再起動します。",
            "保存し、サーバーを再起動してください。",
            [
                (
                    "保存してください。サーバーを再起動します。",
                    "保存し、サーバーを再起動してください。",
                )
            ],
        ),
        (
            "The Azure one. Azure stays here. The portal of it.",
            "The portal of it is the Azure one. Azure stays here.",
            [
                ("The Azure one.", "The portal of it is the Azure one."),
                ("The portal of it.", ""),
            ],
        ),
        (
            (
                "Then, you need to deploy a small model with your own resource. "
                "For more, see how to create a resource and deploy a model with the service."
            ),
            "Deploy a tiny model with your own resource of the service.",
            [
                (
                    "Then, you need to deploy a small model with your own resource.",
                    "Deploy a tiny model with your own resource of the service.",
                ),
                (
                    "For more, see how to create a resource and deploy a model with the service.",
                    "",
                ),
            ],
        ),
        (
            "It ends. The new models come in the following variants with a long context.",
            "It ends. The following models are available:",
            [
                ("The new models come in the following variants with a long context.", ""),
                ("", "The following models are available:"),
            ],
        ),
        (
            "It ends. Models come in these variants.",
            "Models end here. The model comes in this variant. It ends.",
            [
                ("", "Models end here."),
                ("Models come in these variants.", "The model comes in this variant."),
            ],
        ),
    ],
)
def test_sentences_stand_beside_the_ones_they_came_from(
    before: str, after: str, pairs: list[tuple[str, str]]
) -> None:
    assert list(changed_sentences(before, after)) == pairs


KEPT = "Cellars have a size."
AGED = "For cheese that is made with blue mould, all sorts stay in the cellar."


@pytest.mark.parametrize(
    ("before", "after", "pairs"),
    [
        (  # what stands in its place, before what has more of its words in a row
            f"{KEPT} All sorts of cheese must be kept in the cellar. It is cold there.",
            f"{KEPT} {AGED} It is cold there. Dry cheese is kept in the cellar only for a week.",
            [
                ("All sorts of cheese must be kept in the cellar.", AGED),
                ("", "Dry cheese is kept in the cellar only for a week."),
            ],
        ),
        (  # two that became one which says both
            (
                "It will come in the 'Cellar' optional component. "
                "This optional component will be available in all shops."
            ),
            "It comes as an optional component named 'Cellar', available in all large shops.",
            [
                (
                    (
                        "It will come in the 'Cellar' optional component. "
                        "This optional component will be available in all shops."
                    ),
                    (
                        "It comes as an optional component named 'Cellar', available in all "
                        "large shops."
                    ),
                )
            ],
        ),
        (  # not one that says the first in the midst of what it says of the second
            (
                "Big trucks are recommended for bringing cheese to towns with narrow streets. "
                "But vans can be used by building your own shelves, which the shop sells."
            ),
            (
                "If your vans are small, the shop sells what can be used for building your own "
                "shelves for bringing cheese to towns with narrow streets."
            ),
            [
                (
                    "Big trucks are recommended for bringing cheese to towns with narrow streets.",
                    "",
                ),
                (
                    "But vans can be used by building your own shelves, which the shop sells.",
                    (
                        "If your vans are small, the shop sells what can be used for building your "
                        "own shelves for bringing cheese to towns with narrow streets."
                    ),
                ),
            ],
        ),
        (  # a label makes one of them
            "Age of it: If you bought it at the fair, ask there.",
            "Age of it: Read the stamp. Old ones have none.",
            [
                (
                    "Age of it: If you bought it at the fair, ask there.",
                    "Age of it: Read the stamp.",
                ),
                ("", "Old ones have none."),
            ],
        ),
    ],
)
def test_of_two_likely_ones_the_place_and_the_order_decide(
    before: str, after: str, pairs: list[tuple[str, str]]
) -> None:
    assert list(changed_sentences(before, after)) == pairs


@pytest.mark.parametrize(
    ("sentence", "text", "said"),
    [
        ("Cheese is available in all shops.", "It rains. Cheese, available in most shops.", True),
        ("Cheese is available in 10 shops.", "It rains. Cheese, available in most shops.", False),
        ("Run `age cheese` in the shop.", "Age the cheese, then run it in the shop.", False),
        ("Cheese is sold.", "Bread and milk are sold in most shops of the town.", False),
        ("Cheese is sold in shops.", "Cheese is old. Bread is sold. Go to shops.", False),
    ],
)
def test_what_a_text_says_in_one_sentence_is_kept(sentence: str, text: str, *, said: bool) -> None:
    assert is_kept(sentence, text) == said


def test_a_text_too_long_for_a_paragraph_is_one_sentence() -> None:
    assert len(sentences("Go. Stop. " * 2_000)) == 1


@pytest.mark.parametrize(
    "text", ["`" * 9_000, "` a `` b " * 1_000, "A. " * 3_000, "e.g. X " * 1_400]
)
def test_hostile_texts_take_no_longer_than_others(text: str) -> None:
    assert "".join(sentences(text)).replace(" ", "") == text.replace(" ", "")


def test_what_is_typed_at_the_end_of_a_line_ends_a_sentence() -> None:
    text = "Enter `run --now` This example shows how. See `The x` for `x`."
    assert sentences(text) == (
        "Enter `run --now`",
        "This example shows how.",
        "See `The x` for `x`.",
    )


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("Open it. Close it.", "Open it. Close it.", "Open it. Close it."),
        ("Lock the red door.", "Rain falls there. Lock the green door.", "Lock the green door."),
        ("Lock the red door.", "Rain falls on hills.", ""),
        ("Speed: no wait.", "Speed: all pages load at once.", "Speed: all pages load at once."),
    ],
)
def test_what_an_older_text_says_nowhere_is_not_carried(before: str, after: str, same: str) -> None:
    assert carried(before, after) == same
