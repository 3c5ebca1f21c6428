"""How much longer something takes over a text of four times the length.

Four times, not twice: what grows with the length (4) and with its square (16) are then so far
apart that a busy machine does not turn one into the other.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

TIMES = 4
MOST = 8.0  # times as long; half way from 4 to 16
_ATTEMPTS = 4  # a load on the machine slows one of them, not all
_LEAST = 0.005  # seconds; less is as good as nothing


def growth(run: Callable[[int], object], length: int) -> float:
    """Processor time for ``TIMES`` the ``length`` as a multiple of that for the ``length``.

    Measured again while it is above ``MOST``; ``run`` gets a length that differs each time, so
    that nothing remembers the answer.
    """
    short = long = float("inf")
    for attempt in range(_ATTEMPTS):
        short = min(short, _seconds(run, length + attempt))
        long = min(long, _seconds(run, TIMES * length + attempt))
        if long <= MOST * max(short, _LEAST):
            break
    return long / max(short, _LEAST)


def _seconds(run: Callable[[int], object], length: int) -> float:
    gc.disable()  # what other tests left behind is not part of it
    try:
        started = time.process_time()
        run(length)
        return time.process_time() - started
    finally:
        gc.enable()
