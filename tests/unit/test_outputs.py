from datetime import date

from diffinsight.models import FileReport, Finding, Overview, Publication, Report
from diffinsight.outputs import read_outputs


def file(path: str, type_: str, *impacts: str) -> FileReport:
    findings = {
        "breaking": Finding(kind="page-removed", subject=path, impact="breaking"),
        "minor": Finding(kind="text-changed", subject=path, impact="minor"),
    }
    return FileReport(
        path=path,
        status="modified",
        additions=3,
        deletions=1,
        patch=None,
        type=type_,
        title="",
        explanation="",
        findings=tuple(findings[impact] for impact in impacts),
    )


def test_outputs_count_what_the_report_shows() -> None:
    report = Report(
        title="Report",
        date=date(2024, 1, 31),
        language="ja",
        overview=Overview(summary="要約"),
        files=(
            file("a", "追加"),
            file("b", "breaking change", "breaking", "minor", "breaking"),
            file("c", "追加", "breaking"),
        ),
    )
    published = (
        Publication(destination="check", outcome="created", url="https://example.com/check"),
        Publication(destination="comment", outcome="created", url="https://example.com/1"),
        Publication(
            destination="commit",
            outcome="created",
            path="reports/a.md",
            commit="c1",
            url="https://example.com/pull/2",
        ),
        Publication(destination="commit", outcome="unchanged", path="reports/b.md"),
    )
    outputs = dict(read_outputs(report, published, report_json="report.json").pairs())
    assert outputs == {
        "report-path": "reports/a.md\nreports/b.md",
        "comment-url": "https://example.com/1",
        "commit-sha": "c1",
        "pull-request-url": "https://example.com/pull/2",
        "title": "Report",
        "summary": "要約",
        "changed-files": "3",
        "additions": "9",
        "deletions": "3",
        "breaking": "3",
        "types": '{"breaking change": 1, "追加": 2}',
        "report-json": "report.json",
    }


def test_what_there_is_none_of_is_empty() -> None:
    report = Report(title="Report", date=date(2024, 1, 31), language="en")
    outputs = dict(read_outputs(report, (), report_json="report.json").pairs())
    assert (outputs["changed-files"], outputs["types"]) == ("0", "{}")
    assert (outputs["comment-url"], outputs["commit-sha"], outputs["report-path"]) == ("", "", "")
