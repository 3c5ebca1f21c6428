"""The report as a file in the repository's reports folder, committed through the API.

The commits carry no `[skip ci]`: a site that shows the reports has to be built. Pushes made with
GITHUB_TOKEN start no workflow, and for other tokens the reports folder is out of scope, so a push
of a report leads to no report.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import yaml

from diffinsight.edges import ConflictError, GitHub, NotFoundError, NotPermittedError
from diffinsight.inputs import Inputs
from diffinsight.models import Publication, Report
from diffinsight.publishers.delivery import Delivery
from diffinsight.publishers.report_path import PUSH_NAME, WATCH_NAME, report_paths

_TRIES = 8  # each reads the branch anew: eight runs can finish in the same seconds
_FIRST_WAIT = 0.5  # seconds, doubled after each try
_PERMISSIONS = "give the job `permissions: { contents: write }`"
_LONGEST_FRONT_MATTER = 20_000  # characters


@dataclass(frozen=True, kw_only=True, slots=True)
class CommitPublisher:
    """``name`` is the report's path below ``folder``, see ``report_paths``."""

    folder: str = "reports"
    name: str = PUSH_NAME

    @classmethod
    def of(cls, inputs: Inputs) -> Self:
        """From what the workflow's author asked for."""
        default = WATCH_NAME if inputs.repository else PUSH_NAME
        return cls(folder=inputs.reports_folder, name=inputs.report_name or default)

    def publish(self, delivery: Delivery) -> Publication:
        """Commit the report, unless the branch has the very same one."""
        if not delivery.report.files:
            message = "no report committed: nothing in scope changed"
            return Publication(destination="commit", outcome="skipped", message=message)
        if delivery.branch is None:
            return Publication(
                destination="commit",
                outcome="refused",
                message="no report committed: the pull request comes from a fork",
                hint="use `publish: comment` on pull requests",
            )
        try:
            return self._write(delivery, delivery.branch)
        except NotPermittedError as error:
            return _refused(error.problems[0].message)
        except NotFoundError as error:
            return _not_there(delivery.github, delivery.branch, error)

    def _write(self, delivery: Delivery, branch: str) -> Publication:
        text = delivery.write("markdown")
        for attempt in range(_TRIES - 1):
            try:
                return self._try(delivery, branch, text)
            except ConflictError:
                delivery.sleep(wait_before_retry(attempt, delivery.run.number))
        return self._try(delivery, branch, text)

    def _try(self, delivery: Delivery, branch: str, text: str) -> Publication:
        github = delivery.github
        for path in report_paths(delivery.report, folder=self.folder, name=self.name):
            there = github.read_file(path, branch=branch)
            if there and not is_about(there.text, delivery.report):
                continue  # another range's or category's: never overwritten
            if there and there.text == text:
                return Publication(destination="commit", outcome="unchanged", path=path)
            commit = github.write_file(
                path,
                text,
                branch=branch,
                message=subject(delivery.report),
                replaces=there.sha if there else None,
            )
            return Publication(
                destination="commit",
                outcome="updated" if there else "created",
                path=path,
                commit=commit,
            )
        raise ConflictError(f"every path for the report in {self.folder} is taken", "remove one")


def _refused(said: str) -> Publication:
    hint = f"{_PERMISSIONS}; a protected branch must let the workflow's token in"
    return Publication(destination="commit", outcome="refused", message=said, hint=hint)


def _not_there(github: GitHub, branch: str, error: NotFoundError) -> Publication:
    """A branch that is gone, or a token that must not know: the answer is the same 404."""
    try:
        github.branch_head(branch)
    except NotFoundError:
        message = f"no report committed: the branch {branch} is not there any more"
        return Publication(destination="commit", outcome="skipped", message=message)
    return _refused(error.problems[0].message)


def wait_before_retry(attempt: int, run: int) -> float:
    """Seconds; runs that collided wait for different times."""
    return float(_FIRST_WAIT * 2**attempt * (1 + run % 10 / 10))


def subject(report: Report) -> str:
    """The commit's subject: the report's own title and the range, in no language of ours."""
    if not report.head:
        return report.title
    ends = f"{report.base[:7]}...{report.head[:7]}" if report.base else report.head[:7]
    return f"{report.title} ({ends})"


def is_about(text: str, report: Report) -> bool:
    """Whether a committed report is about the same range and category as ``report``.

    The front matter says so; a report without permalink is known by its path alone.
    """
    if report.permalink is None:
        return True
    start, _, rest = text.partition("---\n")
    if start.strip() or not rest:
        return False
    try:
        values = yaml.safe_load(rest[:_LONGEST_FRONT_MATTER].partition("\n---")[0])
    except yaml.YAMLError:
        return False
    if not isinstance(values, dict):
        return False
    same_title = report.category is None or values.get("title") == report.title
    return values.get("permalink") == report.permalink and same_title
