"""What the detectors say of the corpus, beside an independent reading of the changed lines.

.venv/bin/python bench/findings_table.py
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.corpus_analyses import CORPUS, has_corpus

from diffinsight.changes import hunks
from diffinsight.detectors import analyse
from diffinsight.models import ChangeSet, FileAnalysis, FileChange

KEY = re.compile(r"^[A-Za-z_][\w.-]*:(?:\s.*)?$|^\s+-\s+[\w.-]+$|^#.*customer intent.*|^---$")
TARGET = re.compile(
    r"(\]\()(?!#tab/)[^)\s]+|((?:href|src|source)\s*[:=]\s*[\"']?)[^\"'\s>]+|(\]:\s*)\S+"
)
LOOKED_AT = ("front-matter", "whitespace", "links")


@dataclass
class Table:
    """Counts over a corpus."""

    kinds: Counter[str] = field(default_factory=Counter)
    agreed: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    differ: list[str] = field(default_factory=list)
    markdown_lines: int = 0
    text_changed_lines: int = 0
    files: int = 0
    silent: int = 0
    seconds: float = 0.0


def read_corpus(folder: Path) -> Iterator[tuple[str, ChangeSet]]:
    for path in sorted(folder.glob("*.json")):
        day = json.loads(path.read_text(encoding="utf-8"))
        yield path.name, ChangeSet(files=tuple(_change(item) for item in day["files"]))


def _change(item: dict[str, object]) -> FileChange:
    patch = str(item.get("patch") or "") or None
    path = str(item["path"])
    moved = item["status"] == "renamed"
    return FileChange(
        path=path,
        previous_path=str(item.get("previous_path") or path) if moved else None,
        status=item["status"],  # type: ignore[arg-type]  # git's word, as the corpus has it
        additions=int(str(item.get("additions") or 0)),
        deletions=int(str(item.get("deletions") or 0)),
        patch=patch,
        binary=patch is None and not moved,
    )


def changed_lines(change: FileChange) -> tuple[list[str], list[str]]:
    lines = [line for hunk in hunks(change.patch or "") for line in hunk.lines]
    return [x.text for x in lines if x.mark == "-"], [x.text for x in lines if x.mark == "+"]


def read_independently(change: FileChange) -> str:
    """The one thing that changed, judged by the lines alone; empty when it is not one thing."""
    removed, added = changed_lines(change)
    if change.status != "modified" or not change.path.endswith(".md") or not removed + added:
        return ""
    if "".join("".join(removed).split()) == "".join("".join(added).split()):
        return "whitespace"
    if all(KEY.match(line) for line in removed + added) and _is_at_the_top(change):
        return "front-matter"
    bare = [[TARGET.sub(r"\1\2\3", line) for line in side] for side in (removed, added)]
    return "links" if bare[0] == bare[1] else ""


def _is_at_the_top(change: FileChange) -> bool:
    last = max(hunk.after_start for hunk in hunks(change.patch or ""))
    return last < 20  # noqa: PLR2004 - no front matter of the corpus is longer


def read_findings(file: FileAnalysis) -> str:
    """The one thing that changed, as the findings tell it."""
    kinds = {finding.kind for finding in file.findings}
    quiet = {"whitespace-changed", "reflowed", "formatting-changed"}
    if kinds <= quiet:
        return "whitespace"
    if kinds <= {"front-matter-changed", *quiet}:
        return "front-matter"
    linked = {"link-retargeted", "image-changed", "include-changed", "html-changed"}
    linked |= {"directive-changed"}
    return "links" if kinds <= linked | quiet else ""


def tabulate(corpus: Iterator[tuple[str, ChangeSet]]) -> Table:
    table = Table()
    for name, change_set in corpus:
        started = time.perf_counter()
        analysis = analyse(change_set)
        table.seconds += time.perf_counter() - started
        for file in analysis.files:
            _count(table, name, file)
    return table


def _count(table: Table, name: str, file: FileAnalysis) -> None:
    table.files += 1
    table.silent += not file.findings
    table.kinds.update(finding.kind for finding in file.findings)
    if file.change.path.endswith(".md"):
        table.markdown_lines += file.change.additions + file.change.deletions
        for finding in file.findings:
            if finding.kind == "text-changed":
                for count in (finding.values["added"], finding.values["removed"]):
                    table.text_changed_lines += int(str(count))
    expected = read_independently(file.change)
    if expected:
        table.asked[expected] += 1
        table.agreed[expected] += read_findings(file) == expected
        if read_findings(file) != expected:
            told = sorted({finding.kind for finding in file.findings})
            table.differ.append(f"{name} {file.change.path}: {expected}, not {told}")


def main() -> None:
    table = tabulate(read_corpus(CORPUS))
    share = 100 * table.text_changed_lines / max(1, table.markdown_lines)
    print(f"{table.files} files in {table.seconds:.1f} s; without a finding: {table.silent}")
    print(f"changed Markdown lines told as text-changed only: {share:.2f} %")
    print("\n| only this changed | files | recognised |\n| --- | --- | --- |")
    for what in LOOKED_AT:
        print(f"| {what} | {table.asked[what]} | {table.agreed[what]} |")
    print("\n| kind | findings |\n| --- | --- |")
    for kind, count in table.kinds.most_common():
        print(f"| {kind} | {count} |")
    for line in table.differ:
        print(f"differs: {line}", file=sys.stderr)


if __name__ == "__main__" and has_corpus():
    main()
