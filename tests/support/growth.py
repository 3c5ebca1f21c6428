"""How much longer something takes over a text of twice the length."""

from __future__ import annotations

import time
from collections.abc import Callable

_ATTEMPTS = 4  # a load on the machine slows one of them, not all
_LEAST = 0.01  # seconds; less is as good as nothing


def growth(run: Callable[[int], object], length: int, *, limit: float) -> float:
    """Processor time for twice the ``length`` as a multiple of that for the ``length``.

    Measured again while it is above the ``limit``; ``run`` gets a length that differs each time,
    so that nothing remembers the answer.
    """
    once = twice = float("inf")
    for attempt in range(_ATTEMPTS):
        once = min(once, _seconds(run, length + attempt))
        twice = min(twice, _seconds(run, 2 * length + attempt))
        if twice <= limit * max(once, _LEAST):
            break
    return twice / max(once, _LEAST)


def _seconds(run: Callable[[int], object], length: int) -> float:
    started = time.process_time()
    run(length)
    return time.process_time() - started
