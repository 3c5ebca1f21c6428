"""A range of lines covers what is told of it."""

from __future__ import annotations

from support.case_folder import between

from diffinsight.engines.explaining.whereabouts import lines_of
from diffinsight.models import FileChange, Finding, LineRange

TEXT = [f"Line {number}." for number in range(1, 101)]


def told(kind: str, before: LineRange | None, after: LineRange | None) -> Finding:
    return Finding(kind=kind, subject="x", impact="minor", before_lines=before, after_lines=after)


def change_of(gone: set[int], come: dict[int, str]) -> FileChange:
    """A file of 100 lines; ``come`` are lines below a number."""
    new: list[str] = []
    for number, line in enumerate(TEXT, 1):
        new += [line] if number not in gone else []
        new += [come[number]] if number in come else []
    pages = {"a.md": "\n".join(TEXT) + "\n"}, {"a.md": "\n".join(new) + "\n"}
    (change,) = between(*pages, {}).files
    return change


def test_what_went_nearby_is_within_the_lines() -> None:
    change = change_of({20}, {10: "New.", 30: "New."})
    findings = [told("list-item-added", None, (11, 11)), told("list-item-removed", (20, 20), None)]
    assert lines_of(findings, change, whole=False) == ([(11, 21)], [])
    findings.append(told("list-item-added", None, (31, 31)))
    assert lines_of(findings, change, whole=False) == ([(11, 31)], [])


def test_what_went_far_away_has_its_old_lines() -> None:
    change = change_of({60, 61}, {10: "New."})
    findings = [told("paragraph-added", None, (11, 11)), told("paragraph-removed", (60, 61), None)]
    for whole in (False, True):
        assert lines_of(findings, change, whole=whole) == ([(11, 11)], [(60, 61)])


def test_lines_that_all_went_have_their_old_numbers() -> None:
    change = change_of({10, 12, 60}, {})
    findings = [told("paragraph-removed", (line, line), None) for line in (10, 12, 60)]
    assert lines_of(findings, change, whole=True) == ([], [(10, 12), (60, 60)])
