"""The report on the page of the workflow run; the one destination that needs no permission."""

from __future__ import annotations

from collections.abc import Sequence

from diffinsight.models import Publication
from diffinsight.publishers.delivery import Delivery, Publisher

# GitHub drops the whole summary above 1 MiB, and a step before this one may have written some:
# https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
MOST_BYTES = 1024 * 1024 - 64 * 1024


class JobSummaryPublisher(Publisher):
    """Has no options."""

    def publish(self, delivery: Delivery, parts: Sequence[Delivery]) -> tuple[Publication, ...]:
        """Add the report to the summary of the step."""
        del parts  # the whole says what they say
        delivery.append_summary(delivery.write("summary", limit=MOST_BYTES))
        return (Publication(destination="summary", outcome="created"),)
