"""Reports of any size, made of text that is fit to break a page."""

from dataclasses import replace
from datetime import date

from diffinsight.models import (
    FileReport,
    Finding,
    Group,
    Impact,
    Overview,
    Point,
    Report,
)

_IMPACTS: tuple[Impact, ...] = ("minor", "notable", "noise", "minor", "breaking")
_TYPES = {"breaking": "breaking change", "notable": "new feature"}
HOSTILE = "<details> `code` | **「強調」**です @octocat #12 o/r#3 51e566e <!-- ```"


PLAIN_FILE = FileReport(
    path="docs/a.md",
    status="modified",
    additions=1,
    deletions=1,
    patch=None,
    type="minor update",
    title="A",
    explanation="B",
)


def plain_report(*files: FileReport) -> Report:
    return Report(title="T", date=date(2024, 1, 3), language="en", files=files)


def sample_file(number: int, *, impact: Impact, group: str | None = None) -> FileReport:
    finding = Finding(
        kind="heading-removed",
        subject=f"Heading {number}",
        impact=impact,
        after_lines=(number + 1, number + 2),
    )
    return FileReport(
        path=f"docs/section-{number % 37}/page-{number}/index.md",
        status="modified",
        additions=number % 7,
        deletions=number % 3,
        patch=f"@@ -1,2 +1,2 @@\n-old {number}\n+new {number}\n ````\n",
        type=_TYPES.get(impact, "minor update"),
        title=f"Title {number} {HOSTILE}",
        explanation=f"Explanation {number} {HOSTILE}\n\n- item\n\n```\nleft open {number}",
        findings=(finding,),
        group=group,
    )


def sample_report(count: int, *, grouped: int = 0) -> Report:
    """``count`` files of all impacts in turn, and a noise group of ``grouped`` more."""
    files = [sample_file(number, impact=_IMPACTS[number % 5]) for number in range(count)]
    twins = [sample_file(count + n, impact="noise", group="noise-1") for n in range(grouped)]
    groups = (
        Group(
            id="noise-1",
            reason="noise",
            title=f"Nothing for readers in {grouped} files",
            paths=tuple(twin.path for twin in twins),
        ),
    )
    breaking = [file for file in files if file.type == "breaking change"]
    return Report(
        title="Diff Insight Report",
        date=date(2025, 2, 4),
        language="en",
        repository="octo/docs",
        base="1" * 40,
        head="2" * 40,
        permalink="https://github.com/octo/docs/compare/octo:1111111...octo:2222222",
        pull_request=7,
        overview=Overview(
            summary=f"{count + grouped} files changed.",
            highlights="Much changed.",
            breaking_changes=tuple(
                Point(text=f"Gone in `index.md` {HOSTILE}", paths=(file.path,))
                for file in breaking[:20]
            ),
            new_features=(Point(text="Something new", paths=(files[0].path,)),),
            other_updates=tuple(
                Point(text=f"Update {number}", paths=tuple(file.path for file in files[:5]))
                for number in range(5)
            ),
            insights="Read it anew.",
        ),
        files=(*files, *twins),
        groups=groups if grouped > 1 else (),
        notes=("Only the diff was at hand.",),
    )


def without_page(report: Report) -> Report:
    return replace(report, repository=None, permalink=None, pull_request=None)
