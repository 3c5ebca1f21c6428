"""What the action hands to the steps after it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from diffinsight.models import Publication, Report


@dataclass(frozen=True, kw_only=True, slots=True)
class Outputs:
    """The outputs of the action as `action.yml` lists them; empty: there is none."""

    report_path: str
    comment_url: str
    commit_sha: str
    pull_request_url: str
    title: str
    summary: str
    changed_files: int
    additions: int
    deletions: int
    breaking: int
    types: str
    report_json: str

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Name and value of each, as they go into the output file."""
        for field in fields(self):
            yield output_name(field.name), str(getattr(self, field.name))


def output_name(field: str) -> str:
    """`changed-files` for `changed_files`."""
    return field.replace("_", "-")


def read_outputs(
    report: Report, publications: Iterable[Publication], *, report_json: str
) -> Outputs:
    """The outputs that ``report`` and where it was published make."""
    done = tuple(publications)
    types = Counter(file.type for file in report.files)
    return Outputs(
        report_path="\n".join(it.path for it in done if it.path),
        comment_url=_first(it.url for it in done if it.destination == "comment"),
        commit_sha=_first(it.commit for it in done),
        pull_request_url=_first(it.url for it in done if it.destination == "commit"),
        title=report.title,
        summary=report.overview.summary,
        changed_files=len(report.files),
        additions=sum(file.additions for file in report.files),
        deletions=sum(file.deletions for file in report.files),
        breaking=sum(
            finding.impact == "breaking" for file in report.files for finding in file.findings
        ),
        types=json.dumps(dict(sorted(types.items())), ensure_ascii=False),
        report_json=report_json,
    )


def _first(values: Iterable[str | None]) -> str:
    return next((value for value in values if value), "")
