from datetime import date

from diffinsight.models import FileReport, Finding, Overview, Report
from diffinsight.outputs import Outputs, read_outputs


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
    outputs = dict(read_outputs(report, comment_url="https://example.com/1").pairs())
    assert outputs == {
        "report-path": "",
        "comment-url": "https://example.com/1",
        "commit-sha": "",
        "title": "Report",
        "summary": "要約",
        "changed-files": "3",
        "additions": "9",
        "deletions": "3",
        "breaking": "3",
        "types": '{"breaking change": 1, "追加": 2}',
        "report-json": "",
    }


def test_a_run_without_a_report_has_empty_outputs() -> None:
    outputs = dict(Outputs().pairs())
    assert outputs["changed-files"] == "0"
    assert outputs["title"] == ""
