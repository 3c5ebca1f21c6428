"""Broken links as the detectors see them, beside npm's `remark-validate-links` at both ends.

npm install --ignore-scripts remark-cli remark-validate-links remark-frontmatter  # in FOLDER
.venv/bin/python bench/link_agreement.py CLONE FOLDER [how many ranges]
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

from diffinsight.detectors import analyse
from diffinsight.git_cli import GitRepository
from diffinsight.models import Analysis, RunContext

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
MESSAGE = re.compile(r"^(\d+):\d+-\d+:\d+\s+warning\s+(Cannot find .*?)\s+missing-")
HOLDS_PLACES = ("page-", "asset-", "heading-", "anchor-", "section-moved")

Place = tuple[str, int]


def git(clone: Path, *words: str) -> bytes:
    return subprocess.run(["git", "-C", str(clone), *words], check=True, capture_output=True).stdout


def checker_says(clone: Path, revision: str, tools: Path) -> dict[Place, str]:
    """Messages of the checker by place."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["tar", "x", "-C", folder], input=git(clone, "archive", revision), check=True
        )
        plugin = f'remark-validate-links=repository:false,root:"{folder}"'
        command = [str(tools / "node_modules/.bin/remark"), folder, "--quiet", "--no-stdout"]
        command += ["--use", "remark-frontmatter", "--use", plugin]
        done = subprocess.run(command, capture_output=True, check=False, cwd=tools)
        text = COLOUR.sub("", done.stderr.decode())
        if done.returncode:
            raise SystemExit(f"the checker failed: {text[:500]}")
        return _parsed(text, folder, tools)


def _parsed(text: str, folder: str, tools: Path) -> dict[Place, str]:
    found: dict[Place, str] = {}
    path = ""
    for line in text.splitlines():
        message = MESSAGE.match(line)
        if message:
            found[path, int(message[1])] = message[2]
        elif line and line[0] not in " 0123456789":
            path = os.path.relpath(tools / line, folder)
    return found


def we_say(analysis: Analysis) -> set[Place]:
    """Links broken by the range: in its own files, and where the rest of the repository is hit."""
    found: set[Place] = set()
    for file in analysis.files:
        for finding in file.findings:
            if finding.kind == "link-broken" and finding.after_lines:
                found.add((file.change.path, finding.after_lines[0]))
            if finding.impact == "breaking" and finding.kind.startswith(HOLDS_PLACES):
                places = finding.values.get("places", ())
                found |= {(p["path"], p["line"]) for p in places}  # type: ignore[union-attr,index,call-overload,misc]  # a list of places
    return {place for place in found if place[0].endswith(".md")}


def main() -> None:
    clone, tools = Path(sys.argv[1]), Path(sys.argv[2]).resolve()
    ranges = int(sys.argv[3]) if len(sys.argv) > 3 else 40  # noqa: PLR2004 - program, clone, tools
    commits = git(clone, "rev-list", "--reverse", "HEAD").decode().split()[-ranges - 1 :]
    repository = GitRepository(path=clone, environ=dict(os.environ))
    before = checker_says(clone, commits[0], tools)
    agreed = 0
    for base, head in pairwise(commits):
        after = checker_says(clone, head, tools)
        known = {(path, message) for (path, _), message in before.items()}
        theirs = {p for p, message in after.items() if (p[0], message) not in known}
        context = RunContext(base=base, head=head, two_dot=True)
        ours = we_say(analyse(repository.change_set(context)))
        agreed += ours == theirs
        if ours or theirs:
            print(head[:8], "both", len(ours & theirs))
        for place in sorted(theirs - ours):
            print(f"  only the checker: {place[0]}:{place[1]} {after[place]}")
        for place in sorted(ours - theirs):
            print(f"  only the findings: {place[0]}:{place[1]}")
        before = after
    print(f"{agreed} of {len(commits) - 1} ranges agree")


if __name__ == "__main__":
    main()
