"""How long a person waits: the whole process, as ratios to a floor measured in the same run.

Each row is the best of several runs, so that another busy process does not count.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

RUNS = 7
COMMAND = [str(Path(sys.executable).with_name("diffinsight"))]
PAGE = "---\ntitle: Page {n}\nms.date: 01/01/2026\n---\n\n# Page {n}\n\n" + "\n\n".join(
    f"## Section {section}\n\nSome words about part {section}, and a [link](page-1.md)."
    for section in range(20)
)


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Bench", "-c", "user.email=bench@example.com"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def write_history(folder: Path) -> None:
    """Ten pages, and a commit that edits each of them."""
    git(folder, "init", "--quiet")
    for old, new in (("", ""), ("about part 7", "on chapter 7")):
        for number in range(10):
            page = PAGE.replace("{n}", str(number))
            folder.joinpath(f"page-{number}.md").write_text(page.replace(old, new) if old else page)
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--message", "Edit")


def seconds(command: Sequence[str], folder: Path) -> float:
    """The best wall time of a command over several runs, in seconds."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_history(folder)
        bare = seconds([sys.executable, "-c", "pass"], folder)
        diff = seconds(["git", "diff", "HEAD~1", "HEAD"], folder)
        version = seconds([*COMMAND, "--version"], folder)
        report = seconds(
            [*COMMAND, "report", "--repo", ".", "--base", "HEAD~1", "--head", "HEAD"], folder
        )
    print(f"diffinsight --version       {version:6.3f} s  {version / bare:5.1f} x python -c pass")
    print(f"report over ten files       {report:6.3f} s  {report / diff:5.1f} x git diff")
    print(f"                                      {report / bare:5.1f} x python -c pass")


if __name__ == "__main__":
    main()
