"""The report as a file in the repository's reports folder, committed through the API.

The commits carry no `[skip ci]`: a site that shows the reports has to be built. Pushes made with
GITHUB_TOKEN start no workflow, and for other tokens the reports folder is out of scope, so a push
of a report leads to no report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import quote

from diffinsight import languages
from diffinsight.edges import ConflictError, GitHub, NotFoundError, NotPermittedError
from diffinsight.inputs import Inputs
from diffinsight.models import Outcome, Publication, Report
from diffinsight.publishers.archive import Shelf, blob_sha, pages, read_front_matter
from diffinsight.publishers.delivery import Delivery
from diffinsight.publishers.report_path import PUSH_NAME, WATCH_NAME, report_paths
from diffinsight.render.words import Words

_TRIES = 24  # each reads the branch anew: twenty runs can finish in the same seconds
_FIRST_WAIT = 0.5  # seconds, doubled after each try
_LONGEST_WAIT = 16.0
_PERMISSIONS = "give the job `permissions: { contents: write }`"


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

    def publish(
        self, delivery: Delivery, parts: Sequence[Delivery] = ()
    ) -> tuple[Publication, ...]:
        """Commit the reports in one commit, unless the branch has the very same ones."""
        wanted = [part for part in parts or (delivery,) if part.report.files]
        if not wanted and not delivery.beside:
            return (_not_made("skipped", "no report committed: nothing in scope changed"),)
        if delivery.branch is None:
            message = "no report committed: the pull request comes from a fork"
            return (_not_made("refused", message, "use `publish: comment` on pull requests"),)
        shelving = _Shelving(
            delivery=delivery,
            branch=delivery.branch,
            folder=self.folder,
            name=self.name,
            texts=tuple((part.report, part.write("markdown")) for part in wanted),
        )
        try:
            return shelving.put()
        except NotPermittedError as error:
            return (_refused(error.problems[0].message),)
        except NotFoundError as error:
            return (_not_there(delivery.github, delivery.branch, error),)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shelving:
    """Reports on their way into the folder."""

    delivery: Delivery
    branch: str
    folder: str
    name: str
    texts: tuple[tuple[Report, str], ...]
    blobs: dict[str, str] = field(default_factory=dict)  # text by SHA: they never change

    def put(self) -> tuple[Publication, ...]:
        for attempt in range(_TRIES - 1):
            try:
                return self._try()
            except ConflictError:
                self.delivery.sleep(wait_before_retry(attempt, self.delivery.run.number))
        return self._try()

    def _try(self) -> tuple[Publication, ...]:
        github = self.delivery.github
        head = github.branch_head(self.branch)
        there = github.files_below(self.folder, revision=head)
        placed = self._placed(there)
        wanted = {**self.delivery.beside, **self._with_pages(placed, there)}
        changed = {path: text for path, text in wanted.items() if there.get(path) != blob_sha(text)}
        commit = None
        if changed:
            message = subject(self.delivery.report)
            commit = github.commit_files(changed, branch=self.branch, onto=head, message=message)
        return tuple(_made(path, text, there, commit) for path, text in placed.items())

    def _placed(self, there: Mapping[str, str]) -> Mapping[str, str]:
        """Path and text of each report."""
        placed: dict[str, str] = {}
        for report, text in self.texts:
            placed[self._place(report, there, taken=placed)] = text
        return placed

    def _place(self, report: Report, there: Mapping[str, str], taken: Iterable[str]) -> str:
        """The report's own path, or a free one: another range's or category's is left alone."""
        for path in report_paths(report, folder=self.folder, name=self.name):
            if path in taken:
                continue
            if path not in there or is_about(self._read(there[path]), report):
                return path
        raise NotPermittedError(f"every path for the report in {self.folder} is taken")

    def _with_pages(self, placed: Mapping[str, str], there: Mapping[str, str]) -> Mapping[str, str]:
        """The reports, and the index and the feed of all reports."""
        blobs = {**there, **{path: blob_sha(text) for path, text in placed.items()}}
        made = pages(
            blobs,
            shelf=self._shelf,
            existing={it: self._read(there[it]) for it in self._shelf.pages if it in there},
            phrases=Words.of(self.delivery.report, languages.load("en")).headings,
            read=lambda path: placed.get(path) or self._read(blobs[path]),
        )
        return {**made, **placed}

    def _read(self, blob: str) -> str:
        if blob not in self.blobs:
            self.blobs[blob] = self.delivery.github.read_blob(blob)
        return self.blobs[blob]

    @property
    def _shelf(self) -> Shelf:
        repository = self.delivery.repository
        tree = f"{self.delivery.server_url}/{repository}/blob/{quote(self.branch)}"
        return Shelf(folder=self.folder, url=f"{tree}/{quote(self.folder)}", name=repository)


def _made(path: str, text: str, there: Mapping[str, str], commit: str | None) -> Publication:
    outcome: Outcome = "updated" if path in there else "created"
    if there.get(path) == blob_sha(text):
        return Publication(destination="commit", outcome="unchanged", path=path)
    return Publication(destination="commit", outcome=outcome, path=path, commit=commit)


def _not_made(outcome: Outcome, message: str, hint: str = "") -> Publication:
    return Publication(destination="commit", outcome=outcome, message=message, hint=hint)


def _refused(said: str) -> Publication:
    hint = f"{_PERMISSIONS}; a protected branch must let the workflow's token in"
    return _not_made("refused", said, hint)


def _not_there(github: GitHub, branch: str, error: NotFoundError) -> Publication:
    """A branch that is gone, or a token that must not know: the answer is the same 404."""
    try:
        github.branch_head(branch)
    except NotFoundError:
        message = f"no report committed: the branch {branch} is not there any more"
        return _not_made("skipped", message)
    return _refused(error.problems[0].message)


def wait_before_retry(attempt: int, run: int) -> float:
    """Seconds; runs that collided wait for different times."""
    return float(min(_FIRST_WAIT * 2**attempt, _LONGEST_WAIT) * (1 + run % 10 / 10))


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
    front = read_front_matter(text)
    if front is None or front.permalink != report.permalink:
        return False
    return report.category is None or front.title == report.title
