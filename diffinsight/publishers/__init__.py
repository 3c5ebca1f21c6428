"""Where a report can go; one file each, listed here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from diffinsight.errors import ActionError
from diffinsight.inputs import Inputs
from diffinsight.models import Publication
from diffinsight.publishers.check import CheckPublisher
from diffinsight.publishers.comment import CommentPublisher
from diffinsight.publishers.commit import CommitPublisher
from diffinsight.publishers.delivery import Delivery, Publisher
from diffinsight.publishers.job_summary import MOST_BYTES, JobSummaryPublisher
from diffinsight.publishers.report_list import locate, report_list

__all__ = ["PUBLISHERS", "Delivery", "Publisher", "publish", "publish_many"]

PUBLISHERS: Mapping[str, Callable[[Inputs], Publisher]] = {
    "comment": CommentPublisher.of,
    "commit": CommitPublisher.of,
    "summary": JobSummaryPublisher.of,
    "check": CheckPublisher.of,
}
_BATCH = 50  # reports in one commit: its request must not get too large


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


def publish_many(deliveries: Sequence[Delivery], inputs: Inputs) -> tuple[Publication, ...]:
    """Commit many reports and list them in the job summary; elsewhere the last one has the word."""
    done: list[Publication] = []
    for name in inputs.publish:
        if name == "commit":
            done += _commit(deliveries, inputs)
        elif name != "summary":
            done += _publish(name, deliveries[-1], (), inputs)
    if "summary" in inputs.publish or any(it.outcome == "refused" for it in done):
        done += _attempt("summary", lambda: _list(deliveries, done))
    return tuple(done)


def _commit(deliveries: Sequence[Delivery], inputs: Inputs) -> Iterator[Publication]:
    for at in range(0, len(deliveries), _BATCH):
        batch = deliveries[at : at + _BATCH]
        done = _publish("commit", batch[-1], batch, inputs)
        yield from done
        if any(it.outcome == "refused" for it in done):
            return  # the others would be as well


def _list(deliveries: Sequence[Delivery], done: Sequence[Publication]) -> tuple[Publication, ...]:
    listed = locate(deliveries, done)
    if not listed:
        message = "nothing in scope changed"
        return (Publication(destination="summary", outcome="skipped", message=message),)
    deliveries[-1].append_summary(report_list(listed, limit=MOST_BYTES))
    return (Publication(destination="summary", outcome="created"),)


def failures(publications: Iterable[Publication]) -> tuple[Publication, ...]:
    """Those that did not get where they should."""
    return tuple(it for it in publications if it.outcome in {"refused", "failed"})


def _publish(
    name: str, delivery: Delivery, parts: Sequence[Delivery], inputs: Inputs
) -> tuple[Publication, ...]:
    return _attempt(name, lambda: PUBLISHERS[name](inputs).publish(delivery, parts))


def _attempt(name: str, send: Callable[[], tuple[Publication, ...]]) -> tuple[Publication, ...]:
    try:
        return send()
    except ActionError as error:
        first = error.problems[0]
        return (
            Publication(destination=name, outcome="failed", message=first.message, hint=first.hint),
        )
