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
from diffinsight.errors import ActionError
from diffinsight.inputs import Inputs
from diffinsight.languages import Phrases
from diffinsight.models import Outcome, Publication, Report
from diffinsight.publishers.archive import Shelf, blob_sha, pages, read_front_matter
from diffinsight.publishers.delivery import Delivery, what_to_allow
from diffinsight.publishers.report_branch import ReportBranch, request, request_branch
from diffinsight.publishers.report_path import PUSH_NAME, WATCH_NAME, report_paths
from diffinsight.render.words import Words

_TRIES = 24  # each reads the branch anew: twenty runs can finish in the same seconds
_FIRST_WAIT = 0.5  # seconds, doubled after each try
_LONGEST_WAIT = 16.0
_PERMISSIONS = "contents: write"
_PROTECTED = "for a protected branch set `commit-via: pull-request`"
_ASKING = "contents: write, pull-requests: write"
# https://docs.github.com/organizations/managing-organization-settings/disabling-or-limiting-github-actions-for-your-organization#preventing-github-actions-from-creating-or-approving-pull-requests
_NO_REQUESTS = "not permitted to create or approve pull requests"
_REQUEST_SETTING = (
    "allow it in the repository's settings: Actions, General, Workflow permissions,"
    " Allow GitHub Actions to create and approve pull requests"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class CommitPublisher:
    """``name`` is the report's path below ``folder``, see ``report_paths``."""

    folder: str = "reports"
    name: str = PUSH_NAME
    branch: str | None = None  # None: the one that the event is about
    asks: bool = False  # for a pull request, instead of pushing

    @classmethod
    def of(cls, inputs: Inputs) -> Self:
        """From what the workflow's author asked for."""
        default = WATCH_NAME if inputs.repository else PUSH_NAME
        return cls(
            folder=inputs.reports_folder,
            name=inputs.report_name or default,
            branch=inputs.commit_branch,
            asks=inputs.commit_via == "pull-request",
        )

    def publish(self, delivery: Delivery, parts: Sequence[Delivery]) -> tuple[Publication, ...]:
        """Commit the reports in one commit, unless the branch has the very same ones."""
        wanted = [part for part in parts or (delivery,) if part.report.files]
        if not wanted and not delivery.beside:
            return (_not_made("skipped", "no report committed: nothing in scope changed"),)
        target = self.branch or delivery.branch
        if target is None:
            return (_homeless(delivery),)
        try:
            shelving = _Shelving(
                delivery=delivery,
                branch=self._branch(delivery.github, target),
                folder=self.folder,
                name=self.name,
                texts=tuple((part.report, part.write("markdown")) for part in wanted),
            )
            return shelving.put()
        except NotPermittedError as error:
            return (_refused(delivery, error, asks=self.asks),)
        except NotFoundError as error:
            return (self._not_there(delivery, target, error),)

    def _branch(self, github: GitHub, target: str) -> ReportBranch:
        if self.asks:
            return request_branch(github, target)
        origin = github.default_branch() if self.branch else None
        return ReportBranch(target=target, name=target, origin=origin)

    def _not_there(self, delivery: Delivery, target: str, error: NotFoundError) -> Publication:
        """A branch that is gone, or a token that must not know: the answer is the same 404."""
        try:
            delivery.github.branch_head(target)
        except NotFoundError:
            message = f"no report committed: the branch {target} is not there any more"
            return _not_made("skipped", message)
        return _refused(delivery, error, asks=self.asks)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shelving:
    """Reports on their way into the folder."""

    delivery: Delivery
    branch: ReportBranch
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
        head, is_new = self._head()
        there = self.delivery.github.files_below(self.folder, revision=head)
        placed = self._placed(there)
        wanted = {**self.delivery.beside, **self._with_pages(placed, there)}
        changed = {path: text for path, text in wanted.items() if there.get(path) != blob_sha(text)}
        commit = self._commit(changed, onto=head, is_new=is_new) if changed else None
        url = self._request() if self.branch.asks and not (is_new and commit is None) else None
        return tuple(_made(path, text, there, commit, url) for path, text in placed.items())

    def _head(self) -> tuple[str, bool]:
        """The commit to build on, and whether the branch is still to be made."""
        github = self.delivery.github
        try:
            return github.branch_head(self.branch.name), False
        except NotFoundError:
            if self.branch.origin is None:
                raise
            return github.branch_head(self.branch.origin), True

    def _commit(self, files: Mapping[str, str], *, onto: str, is_new: bool) -> str:
        github, name = self.delivery.github, self.branch.name
        if is_new:
            github.create_branch(name, at=onto)
        message = subject(self.delivery.report)
        return github.commit_files(files, branch=name, onto=onto, message=message)

    def _request(self) -> str:
        words = self._words
        return request(
            self.delivery.github,
            self.branch,
            title=words.say_plain("archive.request_title"),
            body=words.say("archive.request_body"),
        )

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
            phrases=self._words,
            read=lambda path: placed.get(path) or self._read(blobs[path]),
        )
        return {**made, **placed}

    def _read(self, blob: str) -> str:
        if blob not in self.blobs:
            self.blobs[blob] = self.delivery.github.read_blob(blob)
        return self.blobs[blob]

    @property
    def _words(self) -> Phrases:
        return Words.of(self.delivery.report, languages.load("en")).headings

    @property
    def _shelf(self) -> Shelf:
        repository = self.delivery.repository
        tree = f"{self.delivery.server_url}/{repository}/blob/{quote(self.branch.target)}"
        return Shelf(folder=self.folder, url=f"{tree}/{quote(self.folder)}", name=repository)


def _made(
    path: str, text: str, there: Mapping[str, str], commit: str | None, url: str | None
) -> Publication:
    """What became of one report; ``url`` is the pull request's."""
    outcome: Outcome = "updated" if path in there else "created"
    if there.get(path) == blob_sha(text):
        return Publication(destination="commit", outcome="unchanged", path=path, url=url)
    return Publication(destination="commit", outcome=outcome, path=path, commit=commit, url=url)


def _not_made(outcome: Outcome, message: str, hint: str = "") -> Publication:
    return Publication(destination="commit", outcome=outcome, message=message, hint=hint)


def _homeless(delivery: Delivery) -> Publication:
    """What the event is about has no branch of ours that stays."""
    if delivery.pull_request is None:
        message = "no report committed: the branch of a merge group is the queue's own"
        return _not_made("refused", message, "set `commit-branch`")
    message = "no report committed: the pull request comes from a fork"
    return _not_made("refused", message, "use `publish: comment` on pull requests")


def _refused(delivery: Delivery, error: ActionError, *, asks: bool) -> Publication:
    said = error.problems[0].message
    if _NO_REQUESTS in said.lower():
        return _not_made("refused", said, _REQUEST_SETTING)
    allow = what_to_allow(delivery, _ASKING if asks else _PERMISSIONS)
    elsewhere = asks or delivery.reads_only
    return _not_made("refused", said, allow if elsewhere else f"{allow}; {_PROTECTED}")


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
