"""Every folder beside this file is a case; its name, up to a dot, is the kind it is about.

`real*` and `tricky*` files, or those in such a folder, have a finding of that kind; `quiet*` ones
have none.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from support.case_folder import CASES, between, load_case, read_side, without_texts

from diffinsight.changes import hunks
from diffinsight.detectors import analyse
from diffinsight.models import Analysis, ChangeSet, FileAnalysis, Finding

HERE = Path(__file__).parent
OPPOSITES = {"added": "removed", "removed": "added"}
# Kinds whose opposite is more than a word exchanged.
ONE_WAY = ("deprecation-", "redirect-", "anchor-", "heading-", "section-", "option-")

each_case = pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)


def told(analysis: Analysis) -> str:
    """An analysis as the expected file holds it."""
    data = {
        "files": {file.change.path: [asdict(f) for f in file.findings] for file in analysis.files},
        "groups": [asdict(group) for group in analysis.groups],
        "notes": [asdict(note) for note in analysis.notes],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


@each_case
def test_findings_are_as_expected(case: Path, update_goldens: bool) -> None:  # noqa: FBT001 - a fixture
    found = told(analyse(load_case(case)))
    expected = case / "findings.json"
    if update_goldens:
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


@each_case
def test_the_kind_fires_where_it_should_and_nowhere_else(case: Path) -> None:
    kind = case.name.partition(".")[0]
    for file in analyse(load_case(case)).files:
        path = file.change.path
        kinds = {finding.kind for finding in file.findings}
        if _is_called(path, "real", "tricky"):
            assert kind in kinds, path
        if _is_called(path, "quiet"):
            assert kind not in kinds, path


def _is_called(path: str, *names: str) -> bool:
    return any(part.startswith(names) for part in path.split("/"))


def assert_complete(file: FileAnalysis) -> None:
    """Every changed line is in some finding's lines, and every file has a finding."""
    assert file.findings, file.change.path
    before = _covered(file.findings, "before_lines")
    after = _covered(file.findings, "after_lines")
    for hunk in hunks(file.change.patch or ""):
        for line in hunk.lines:
            if line.mark == "-":
                assert line.before in before, (file.change.path, line)
            if line.mark == "+":
                assert line.after in after, (file.change.path, line)


def _covered(findings: tuple[Finding, ...], side: str) -> set[int]:
    spans = [getattr(finding, side) for finding in findings]
    return {number for span in spans if span for number in range(span[0], span[1] + 1)}


@each_case
def test_every_changed_line_is_told(case: Path) -> None:
    for file in analyse(load_case(case)).files:
        assert_complete(file)


@each_case
def test_every_changed_line_is_told_from_the_patch_alone(case: Path) -> None:
    for file in analyse(without_texts(load_case(case))).files:
        assert_complete(file)


@each_case
def test_two_runs_tell_the_same(case: Path) -> None:
    assert told(analyse(load_case(case))) == told(analyse(load_case(case)))


def reversed_case(case: Path) -> ChangeSet:
    before, after = read_side(case / "before"), read_side(case / "after")
    moves = {file.path: file.previous_path for file in load_case(case).files if file.previous_path}
    return between(after, before, moves)


def one_sided(analysis: Analysis, *, swapped: bool) -> list[tuple[str, str]]:
    """Kinds and subjects of what was added and removed, exchanged on demand."""
    found = []
    for file in analysis.files:
        for finding in file.findings:
            stem, _, way = finding.kind.rpartition("-")
            if way in OPPOSITES and not finding.kind.startswith(ONE_WAY):
                kind = f"{stem}-{OPPOSITES[way]}" if swapped else finding.kind
                found.append((kind, finding.subject))
    return sorted(found)


@each_case
def test_swapping_the_versions_swaps_added_and_removed(case: Path) -> None:
    forward = one_sided(analyse(load_case(case)), swapped=False)
    backward = one_sided(analyse(reversed_case(case)), swapped=True)
    assert forward == backward


def test_every_kind_is_described() -> None:
    described = (HERE.parents[1] / "docs" / "findings.md").read_text(encoding="utf-8")
    kinds = {
        finding.kind
        for case in CASES
        for file in analyse(load_case(case)).files
        for finding in file.findings
    }
    assert {kind for kind in kinds if f"`{kind}`" not in described} == set()
