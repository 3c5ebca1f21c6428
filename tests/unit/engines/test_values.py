from __future__ import annotations

import pytest

from diffinsight.engines.offline import OfflineEngine
from diffinsight.languages import load
from diffinsight.models import Analysis, ChangeSet, FileAnalysis, FileChange, Finding


def told(*findings: Finding, language: str = "en", path: str = "docs/page.md") -> FileAnalysis:
    change = FileChange(path=path, status="modified", patch="@@ -1 +1 @@\n-a\n+b")
    file = FileAnalysis(change=change, findings=findings)
    analysis = Analysis(change_set=ChangeSet(files=(change,)), files=(file,))
    written, _ = OfflineEngine(phrases=load(language)).write(analysis)
    return written.files[0]


@pytest.mark.parametrize(
    ("language", "column", "words"),
    [
        ("en", "column 3", "“no” → “yes”"),
        ("ja", "3列目", "「no」→「yes」"),
        ("zh-Hans", "第 3 列", "“no” → “yes”"),
    ],
)
def test_a_column_without_a_name_is_told_by_its_number(
    language: str, column: str, words: str
) -> None:
    cells = ({"column": "#3", "before": "no", "after": "yes"},)
    row = Finding(
        kind="table-row-changed", subject="x", impact="notable", values={"key": "x", "cells": cells}
    )
    told_words = told(row, language=language).explanation
    assert column in told_words
    assert words in told_words


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Remove “India” from the “Full tiers” table"),
        ("ja", "「Full tiers」の表から「India」を削除"),
        ("zh-Hans", "从“Full tiers”的表格中删除“India”一行"),
    ],
)
def test_a_removed_row_is_told_with_its_table(language: str, title: str) -> None:
    values = {"key": "India", "head": "Full tiers", "holds": "Full tiers: S2; Instead: Japan"}
    row = Finding(kind="table-row-removed", subject="India", impact="notable", values=values)
    file = told(row, language=language)
    assert file.title == title
    assert "Full tiers: S2; Instead: Japan" in file.explanation
