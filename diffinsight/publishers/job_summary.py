"""The report on the page of the workflow run; the one destination that needs no permission."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from diffinsight.inputs import Inputs
from diffinsight.models import Publication
from diffinsight.publishers.delivery import Delivery

# GitHub drops the whole summary above 1 MiB, and a step before this one may have written some:
# https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
MOST_BYTES = 1024 * 1024 - 64 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class JobSummaryPublisher:
    """Has no options."""

    @classmethod
    def of(cls, inputs: Inputs) -> Self:
        """From what the workflow's author asked for."""
        del inputs
        return cls()

    def publish(
        self, delivery: Delivery, parts: Sequence[Delivery] = ()
    ) -> tuple[Publication, ...]:
        """Add the report to the summary of the step."""
        del parts  # the whole says what they say
        delivery.append_summary(delivery.write("summary", limit=MOST_BYTES))
        return (Publication(destination="summary", outcome="created"),)
