import pytest

from diffinsight.matching.ratios import ratio


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("100 K", "2 M", 20),
        ("6 requests", "100 requests", 100 / 6),
        ("5 M", "1 M", 5),
        ("1,000", "2,000", 2),
        ("-", "5 M", 1),
        ("1 of 2", "1 of 3", 1),  # which one it is about is not said
        ("0", "5", 1),
        ("gpt-4", "gpt-8", 1),  # names
    ],
)
def test_how_many_times_as_large(before: str, after: str, expected: float) -> None:
    assert ratio(before, after) == pytest.approx(expected)
