"""Where a report can go; one file each, listed here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from diffinsight.errors import ActionError
from diffinsight.inputs import Inputs
from diffinsight.models import Publication
from diffinsight.publishers.check import CheckPublisher
from diffinsight.publishers.comment import CommentPublisher
from diffinsight.publishers.commit import CommitPublisher
from diffinsight.publishers.delivery import Delivery, Publisher
from diffinsight.publishers.job_summary import JobSummaryPublisher

__all__ = ["PUBLISHERS", "Delivery", "Publisher", "publish"]

PUBLISHERS: Mapping[str, Callable[[Inputs], Publisher]] = {
    "comment": CommentPublisher.of,
    "commit": CommitPublisher.of,
    "summary": JobSummaryPublisher.of,
    "check": CheckPublisher.of,
}


def publish(
    delivery: Delivery, inputs: Inputs, *, parts: Sequence[Delivery] = ()
) -> tuple[Publication, ...]:
    """Bring the report to every destination asked for; one that fails stops no other.

    ``parts`` are the reports of its categories. What a destination refuses goes to the job
    summary, which needs no permission.
    """
    done = [made for name in inputs.publish for made in _publish(name, delivery, parts, inputs)]
    if "summary" not in inputs.publish and any(it.outcome == "refused" for it in done):
        done += _publish("summary", delivery, parts, inputs)
    return tuple(done)


def failures(publications: Iterable[Publication]) -> tuple[Publication, ...]:
    """Those that did not get where they should."""
    return tuple(it for it in publications if it.outcome in {"refused", "failed"})


def _publish(
    name: str, delivery: Delivery, parts: Sequence[Delivery], inputs: Inputs
) -> tuple[Publication, ...]:
    try:
        return PUBLISHERS[name](inputs).publish(delivery, parts)
    except ActionError as error:
        first = error.problems[0]
        return (
            Publication(destination=name, outcome="failed", message=first.message, hint=first.hint),
        )
