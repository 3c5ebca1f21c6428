"""A check run at the reported commit, with remarks on the lines that break something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from diffinsight import languages
from diffinsight.edges import Annotation, Check, Conclusion, NotPermittedError
from diffinsight.engines.explaining.remarks import remarks
from diffinsight.inputs import Inputs
from diffinsight.languages import Phrases
from diffinsight.models import FileReport, Finding, Publication, Report
from diffinsight.publishers.delivery import Delivery, what_to_allow
from diffinsight.render.words import Words

NAME = "diffinsight"
# "Only 65535 characters are allowed", in GitHub's own refusal of a longer summary
MOST_CHARACTERS = 65_535
MOST_ANNOTATIONS = 200  # four requests; nobody reads more one by one, and the summary has all
_MOST_LINES = 50  # of one annotation: a longer one covers the page
_PERMISSIONS = "checks: write, contents: read"
_HUNK = re.compile(r"@@ -(\d+)(?:,\d+)? \+(\d+)")


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckPublisher:
    """``strict``: what breaks something for readers fails the check."""

    strict: bool = False

    @classmethod
    def of(cls, inputs: Inputs) -> Self:
        """From what the workflow's author asked for."""
        return cls(strict="breaking" in inputs.fail_on)

    def publish(self, delivery: Delivery, parts: Sequence[Delivery]) -> tuple[Publication, ...]:
        """Make a check run; a check that is asked for is there also when nothing changed."""
        del parts  # the whole says what they say
        # Without a pull request the event may name a branch instead of a commit.
        proposed = delivery.pull_request_head if delivery.pull_request is not None else None
        head = proposed or delivery.report.head
        if not head:
            message = "no check run: it is not known for which commit"
            return (Publication(destination="check", outcome="skipped", message=message),)
        check = self._check(delivery, head)
        try:
            url = delivery.github.create_check(check)
        except NotPermittedError as error:
            said = error.problems[0].message
            hint = what_to_allow(delivery, _PERMISSIONS)
            refused = Publication(destination="check", outcome="refused", message=said, hint=hint)
            return (refused,)
        return (Publication(destination="check", outcome="created", url=url),)

    def _check(self, delivery: Delivery, head: str) -> Check:
        report = delivery.report
        phrases = Words.of(report, languages.load("en")).text
        broken = sum(any(map(_breaks, file.findings)) for file in report.files)
        return Check(
            name=NAME,
            head=head,
            conclusion=conclusion(broken, strict=self.strict),
            title=verdict(report, broken, phrases),
            summary=delivery.write("comment", limit=MOST_CHARACTERS),
            annotations=tuple(broken_lines(report, phrases, strict=self.strict)),
        )


def conclusion(broken: int, *, strict: bool) -> Conclusion:
    """Without ``strict`` a check only informs."""
    if not strict:
        return "neutral"
    return "failure" if broken else "success"


def verdict(report: Report, broken: int, phrases: Phrases) -> str:
    """The check's title, one line of plain text."""
    if broken:
        return phrases.say_plain("labels.breaking_files", count=broken)
    noise = all(finding.impact == "noise" for file in report.files for finding in file.findings)
    return phrases.say_plain(f"labels.{'nothing_for_readers' if noise else 'nothing_breaks'}")


def broken_lines(report: Report, phrases: Phrases, *, strict: bool) -> list[Annotation]:
    """Remarks on what breaks something, in the order of the report; the first of too many."""
    title = phrases.say_plain("labels.breaking")
    found = []
    for file in report.files:
        for finding, said in remarks(file, phrases):
            first, last = lines(file, finding)
            found.append(
                Annotation(
                    path=file.path,
                    first_line=first,
                    last_line=min(last, first + _MOST_LINES - 1),
                    level="failure" if strict else "warning",
                    title=title,
                    message=said,
                )
            )
    return found[:MOST_ANNOTATIONS]


def lines(file: FileReport, finding: Finding) -> tuple[int, int]:
    """Where a finding is seen in the new version: what is gone, where it was."""
    if finding.after_lines:
        return finding.after_lines
    if finding.before_lines is None or file.status == "removed":
        return 1, 1
    wanted = finding.before_lines[0]
    line = next((new for old, new in _pairs(file.patch or "") if old >= wanted), 1)
    return max(line, 1), max(line, 1)


def _pairs(patch: str) -> Iterator[tuple[int, int]]:
    """Each old line of a patch, and the line of the new version that is there now."""
    old = new = 0
    for text in patch.split("\n"):
        if found := _HUNK.match(text):
            old, new = int(found[1]), int(found[2])
        elif text.startswith("-"):
            yield old, new
            old += 1
        elif text.startswith("+"):
            new += 1
        elif text.startswith(" "):
            yield old, new
            old, new = old + 1, new + 1


def _breaks(finding: Finding) -> bool:
    return finding.impact == "breaking"
