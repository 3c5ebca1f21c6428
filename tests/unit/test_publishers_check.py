from __future__ import annotations

from dataclasses import replace

import pytest
from support.report_samples import PLAIN_FILE, plain_report

from diffinsight import languages
from diffinsight.edges import Check
from diffinsight.github_api.checks import batches
from diffinsight.models import FileReport, Finding, LineRange
from diffinsight.publishers.check import (
    MOST_ANNOTATIONS,
    broken_lines,
    conclusion,
    lines,
    verdict,
)

ENGLISH = languages.load("en")
PATCH = "@@ -3,5 +3,4 @@\n a\n-b\n-c\n+d\n e\n f\n@@ -20,2 +19,1 @@\n g\n-h\n"


def gone(
    before: LineRange | None = None, after: LineRange | None = None, subject: str = "Limits"
) -> Finding:
    return Finding(
        kind="heading-removed",
        subject=subject,
        impact="breaking",
        before=subject,
        before_lines=before,
        after_lines=after,
        values={"links": 2},
    )


def file(*findings: Finding, patch: str | None = PATCH) -> FileReport:
    return replace(PLAIN_FILE, patch=patch, type="breaking change", findings=findings)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, (7, 9), (7, 9)),
        ((3, 3), (7, 9), (7, 9)),
        ((3, 3), None, (3, 3)),
        ((4, 5), None, (4, 4)),
        ((5, 5), None, (4, 4)),
        ((6, 6), None, (5, 5)),
        ((21, 21), None, (20, 20)),
        ((400, 400), None, (1, 1)),
        (None, None, (1, 1)),
    ],
)
def test_where_a_finding_is_seen(
    before: LineRange | None, after: LineRange | None, expected: LineRange
) -> None:
    found = gone(before, after)
    assert lines(file(found), found) == expected
    assert lines(file(found, patch=None), found) == (after or (1, 1))


def test_what_is_said_of_a_line_is_plain_text() -> None:
    (told,) = broken_lines(plain_report(file(gone((4, 4)))), ENGLISH, strict=False)
    assert (told.path, told.first_line, told.level) == ("docs/a.md", 4, "warning")
    assert "Limits" in told.message
    assert "](" not in told.message
    assert told.message.endswith(".")
    (strict,) = broken_lines(plain_report(file(gone((4, 4)))), ENGLISH, strict=True)
    assert strict.level == "failure"


def test_only_what_breaks_something_is_remarked_on() -> None:
    minor = Finding(kind="paragraph-added", subject="x", impact="minor", after="x")
    assert broken_lines(plain_report(file(minor)), ENGLISH, strict=False) == []


def test_remarks_are_short_and_not_too_many() -> None:
    many = [gone(after=(n, n + 900), subject=f"S {n}") for n in range(1, MOST_ANNOTATIONS + 20)]
    told = broken_lines(plain_report(file(*many)), ENGLISH, strict=False)
    assert len(told) == MOST_ANNOTATIONS
    assert {it.last_line - it.first_line for it in told} == {49}


@pytest.mark.parametrize(
    ("count", "strict", "expected"),
    [(0, False, "neutral"), (3, False, "neutral"), (0, True, "success"), (3, True, "failure")],
)
def test_what_a_check_concludes(count: int, strict: bool, expected: str) -> None:  # noqa: FBT001 - a case
    assert conclusion(count, strict=strict) == expected


def test_the_title_is_the_verdict() -> None:
    noise = Finding(kind="reflowed", subject="x", impact="noise")
    minor = Finding(kind="paragraph-added", subject="x", impact="minor")
    said = [
        verdict(plain_report(file(gone())), 1, ENGLISH),
        verdict(plain_report(file(minor, noise)), 0, ENGLISH),
        verdict(plain_report(file(noise)), 0, ENGLISH),
        verdict(plain_report(), 0, ENGLISH),
    ]
    assert said == [
        "1 file breaks something for readers",
        "No breaking changes found",
        "Nothing changes for readers",
        "Nothing changes for readers",
    ]


@pytest.mark.parametrize(
    ("count", "sizes"), [(0, [0]), (50, [50]), (51, [50, 1]), (120, [50, 50, 20])]
)
def test_annotations_go_in_batches(count: int, sizes: list[int]) -> None:
    told = broken_lines(
        plain_report(file(*(gone(after=(n, n)) for n in range(1, count + 1)))),
        ENGLISH,
        strict=False,
    )
    check = Check(
        name="n",
        head="a" * 40,
        conclusion="neutral",
        title="t",
        summary="s",
        annotations=tuple(told),
    )
    sent = [dict(body) for body in batches(check)]
    assert [len(body["output"]["annotations"]) for body in sent] == sizes  # type: ignore[index]  # JSON
    assert ["head_sha" in body for body in sent] == [True] + [False] * (len(sizes) - 1)
