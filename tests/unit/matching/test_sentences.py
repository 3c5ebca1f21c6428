from __future__ import annotations

import pytest

from diffinsight.matching.sentences import changed_sentences, sentences


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


def test_a_text_too_long_for_a_paragraph_is_one_sentence() -> None:
    assert len(sentences("Go. Stop. " * 2_000)) == 1


@pytest.mark.parametrize(
    "text", ["`" * 9_000, "` a `` b " * 1_000, "A. " * 3_000, "e.g. X " * 1_400]
)
def test_hostile_texts_take_no_longer_than_others(text: str) -> None:
    assert "".join(sentences(text)).replace(" ", "") == text.replace(" ", "")
