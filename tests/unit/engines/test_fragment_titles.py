"""Titles of fragments: with what they are of, or with what they say."""

import pytest
from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.engines.offline import OfflineEngine
from diffinsight.languages import load

PIECES = (
    "# Tea\n\n## Pots\n\nWe broke the pots up into pieces, one per {}, so that they stay "
    "under the {} of one {}.\n"
)


def title(before: str, after: str) -> str:
    changes = between({"a.md": before}, {"a.md": after}, {})
    return OfflineEngine(phrases=load("en")).write(analyse(changes))[0].files[0].title


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (
            PIECES.format("cup", "tea payload limit", "cup at noon"),
            PIECES.format("cup", "payload limit", "cup at noon and also the weight of all pots"),
            "after “…one cup at noon”",
        ),
        (
            "# Tea\n\n## Kettle\n\nIt boils.\n",
            "# Tea\n\n## Kettle\n\nIt boils.\n\nRead on about tea:\n\n- [A cup](a.md)\n\nThen:\n",
            "Add text to “Kettle”: “",
        ),
    ],
)
def test_a_fragment_is_told_with_what_it_is_of(before: str, after: str, words: str) -> None:
    assert words in title(before, after)


def test_a_text_that_became_the_same_one_everywhere_is_told_with_both() -> None:
    page = "# Tea\n\n## Green\n\n**{0}**\n\n`en`, `de`\n\n## Black\n\n**{0}**\n\n`en`, `fr`\n"
    said = title(page.format("Supported document languages"), page.format("Supported languages"))
    assert said == "Replace “Supported document languages” with “Supported languages”"
