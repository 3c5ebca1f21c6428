"""Words that came where others went, while these stand in a new sentence of the text."""

import pytest

from diffinsight.engines.choosing.passages import Passage
from diffinsight.engines.quoting.differences import quotable
from diffinsight.matching.edits import prose_edits
from diffinsight.models import Finding


def told(before: str, after: str) -> set[tuple[str, str]]:
    finding = Finding(
        kind="paragraph-changed", subject="x", impact="minor", before=before, after=after
    )
    edits = tuple((edit.before, edit.after) for edit in prose_edits(before, after))
    quotes = quotable(Passage(finding=finding, edits=edits, more_edits=0))
    return {(quote.before, quote.after) for quote in quotes}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "Yes, however kettles are built to boil water.",
            "Yes! Take a boiler then. Pots work as well, but kettles are built to boil water.",
            {("", "Pots work as well, but"), ("", "Yes! Take a boiler then.")},
        ),
        (
            "The file that cooks read at dawn holds settings of each kettle (`kettle.ini`).",
            "The file that cooks read at dawn holds settings in force now. One is `kettle.ini`.",
            {
                ("", "in force now"),
                ("", "One is `kettle.ini`."),
            },
        ),
        (  # said of the same place in other words
            "You need a kettle in a supported region to boil the water.",
            "You need a kettle in the East or South regions to boil the water. See all regions.",
            {
                (
                    "You need a kettle in a supported region",
                    "You need a kettle in the East or South regions",
                ),
                ("", "See all regions."),
            },
        ),
        (  # another figure
            "Kettles hold up to 2 liters when full. It stays.",
            "Kettles hold at least 5 when full. It stays. In all, full ones weigh up to 9 liters.",
            {
                ("Kettles hold up to 2 liters", "Kettles hold at least 5"),
                ("", "In all, full ones weigh up to 9 liters."),
            },
        ),
        (  # members that changed places, and a new one
            "Today the best kettles are Old Copper from the East, Red, and Blue.",
            "Today the best kettles are Green, Red, and Blue, Old Copper from the East.",
            {
                (
                    "Today the best kettles are Old Copper from the East, Red, and Blue.",
                    "Today the best kettles are Green, Red, and Blue, Old Copper from the East.",
                )
            },
        ),
    ],
)
def test_what_stands_on_did_not_become_something_else(
    before: str, after: str, expected: set[tuple[str, str]]
) -> None:
    assert told(before, after) == expected
