"""A difference of a text as it is told."""

from __future__ import annotations

from dataclasses import dataclass

from diffinsight.matching.weight import Weight


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """What differs between two sides, as it is told; one is empty where something came or went."""

    before: str
    after: str
    whole: bool = False  # the sides are sentences, which may be longer
    weight: Weight = Weight.NOTHING
    light: bool = False  # other joining words only: told where there is nothing else
    slight: bool = False  # beside others it is only counted
    gave_way: bool = False  # one came where the other stood, and says something else

    @property
    def is_exchange(self) -> bool:
        """Whether one sentence became another one."""
        return self.whole and bool(self.before and self.after)
