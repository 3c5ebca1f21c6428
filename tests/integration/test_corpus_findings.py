"""The detectors over real days of a docs repository; skipped where the corpus is not at hand."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from diffinsight.changes import hunks
from diffinsight.detectors import analyse

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus" / "real"

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")


@pytest.fixture(scope="module")
def table_module() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "findings_table", ROOT / "bench" / "findings_table.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # dataclasses look their module up by name
    import sys

    sys.modules["findings_table"] = module
    spec.loader.exec_module(module)
    return module


def test_every_changed_line_of_every_day_is_told(table_module: ModuleType) -> None:
    for name, change_set in table_module.read_corpus(CORPUS):
        for file in analyse(change_set).files:
            assert file.findings, (name, file.change.path)
            before, after = set(), set()
            for finding in file.findings:
                if finding.before_lines:
                    before |= set(range(finding.before_lines[0], finding.before_lines[1] + 1))
                if finding.after_lines:
                    after |= set(range(finding.after_lines[0], finding.after_lines[1] + 1))
            for hunk in hunks(file.change.patch or ""):
                for line in hunk.lines:
                    covered = line.mark == " " or line.before in before or line.after in after
                    assert covered, (name, file.change.path, line)


def test_single_changes_are_recognised_and_little_is_told_as_text(
    table_module: ModuleType,
) -> None:
    table = table_module.tabulate(table_module.read_corpus(CORPUS))
    assert table.silent == 0
    assert table.text_changed_lines < 0.02 * table.markdown_lines
    asked, agreed = table.asked.total(), table.agreed.total()
    assert asked > 300
    assert agreed >= 0.98 * asked, table.differ
