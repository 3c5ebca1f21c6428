from __future__ import annotations

import pytest

from diffinsight.matching.spellings import is_variant


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("behaviour", "behavior"),
        ("color", "colour"),
        ("greyed", "grayed"),
        ("customise", "customize"),
        ("Organisation", "Organization"),
        ("analyse", "analyze"),
        ("centre", "center"),
        ("catalogue", "catalog"),
        ("cancelled", "canceled"),
    ],
)
def test_two_ways_to_spell_a_word_are_no_mistake(before: str, after: str) -> None:
    assert is_variant(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("behavoir", "behavior"),
        ("instalation", "installation"),
        ("colur", "color"),
        ("four", "for"),
        ("premise", "premis"),
        ("same", "same"),
    ],
)
def test_a_mistake_is_one(before: str, after: str) -> None:
    assert not is_variant(before, after)
