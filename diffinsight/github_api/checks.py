"""A check run as the requests that write it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diffinsight.edges import Annotation, Check

# "limited to a maximum of 50 annotations per API request … each time you update the check run,
# annotations are appended": https://docs.github.com/rest/checks/runs#update-a-check-run
BATCH = 50


def batches(check: Check) -> Iterator[Mapping[str, object]]:
    """The body of the request that makes it, then of those that add the other annotations."""
    first = {
        "name": check.name,
        "head_sha": check.head,
        "status": "completed",
        "conclusion": check.conclusion,
    }
    told = check.annotations
    for start in range(0, max(len(told), 1), BATCH):
        some = [_annotation(it) for it in told[start : start + BATCH]]
        output = {"title": check.title, "summary": check.summary, "annotations": some}
        yield {**(first if start == 0 else {}), "output": output}


def _annotation(annotation: Annotation) -> Mapping[str, object]:
    return {
        "path": annotation.path,
        "start_line": annotation.first_line,
        "end_line": annotation.last_line,
        "annotation_level": annotation.level,
        "title": annotation.title,
        "message": annotation.message,
    }
