import pytest
from hypothesis import given
from hypothesis import strategies as st

from diffinsight.render.fitting import longest


@given(st.lists(st.integers(0, 9), max_size=30), st.integers(1, 100))
def test_the_longest_that_fits_is_found(sizes: list[int], limit: int) -> None:
    def write(count: int) -> str:
        return "x" * sum(sizes[:count])

    text = longest(write, count=len(sizes), fits=lambda text: len(text) <= limit)
    assert len(text) <= limit
    fitting = [write(count) for count in range(len(sizes) + 1) if len(write(count)) <= limit]
    assert text == max(fitting, key=len)


@pytest.mark.parametrize("count", [0, 1, 1000])
def test_it_takes_few_attempts(count: int) -> None:
    attempts: list[int] = []

    def write(number: int) -> str:
        attempts.append(number)
        return "x" * number

    assert len(longest(write, count=count, fits=lambda text: len(text) <= 500)) == min(count, 500)
    assert len(attempts) <= 12


def test_when_nothing_fits_nothing_optional_is_written() -> None:
    assert longest(lambda count: f"frame {count}", count=5, fits=lambda _: False) == "frame 0"
