"""What measures with material that is not shipped says so, and is no failure, without it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench"


@pytest.mark.parametrize("name", ["checker", "findings_table", "known_changes", "statements"])
def test_without_the_corpus_one_line_says_so(tmp_path: Path, name: str) -> None:
    done = subprocess.run(
        [sys.executable, str(BENCH / f"{name}.py")],
        env={**os.environ, "DIFFINSIGHT_CORPUS": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
    (line,) = done.stderr.splitlines()
    assert f"no real days in {tmp_path / 'real'}" in line
    assert "DIFFINSIGHT_CORPUS" in line
