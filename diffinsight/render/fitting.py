"""As much of something as fits."""

from __future__ import annotations

from collections.abc import Callable


def longest(write: Callable[[int], str], *, count: int, fits: Callable[[str], bool]) -> str:
    """``write(n)`` for the largest n up to ``count`` that fits, or ``write(0)``.

    Texts are taken to grow with n, but for a few characters that say what was left out.
    """
    text = write(count)
    if fits(text):
        return text
    fitting, too_long = 0, count
    text = write(0)
    while too_long - fitting > 1:
        middle = (fitting + too_long) // 2
        attempt = write(middle)
        if fits(attempt):
            fitting, text = middle, attempt
        else:
            too_long = middle
    return text
