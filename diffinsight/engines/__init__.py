"""Who writes the words of a report."""

from __future__ import annotations

from typing import Protocol

from diffinsight.models import Analysis, Overview

NAMES = ("offline", "model")


class Engine(Protocol):
    """Facts in, words out."""

    def write(self, analysis: Analysis) -> tuple[Analysis, Overview]:
        """The analysis with a type, a title and an explanation per file, and the words over all."""
