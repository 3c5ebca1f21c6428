"""What reports on real changes must say, and must never say, as readers of earlier ones asked.

.venv/bin/python bench/statements.py [part of a range's name] [--all]

Prints how many statements of `bench/statements/*.yml` hold and each that does not; `--all` prints
the words it was looked for in, too. A statement has `of` (a day of the corpus, such as
`20240915-openai`, or `wsl-14`: the 15th change from the end of `wsl-docs`), `says` or `never` (a
regular expression, case does not count), and where it is looked for: `file` (part of a path: its
title and explanation; absent: everything above the files), `in` (`title`, `explanation`, `summary`,
`highlights`, `points` or `insights`) and `language`.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import yaml
from findings_table import read_corpus
from support.corpus_analyses import CORPUS, has_corpus

from diffinsight.git_cli import GitRepository
from diffinsight.models import ChangeSet, Config, Report, RunContext
from diffinsight.run import Wishes, make_report

FOLDER = Path(__file__).with_suffix("")
NOW = datetime(2025, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Statement:
    """Something a report must say, or must not."""

    of: str
    file: str = ""
    part: str = ""
    language: str = "en"
    says: str = ""
    never: str = ""

    def holds(self, words: str) -> bool:
        found = re.search(self.says or self.never, words, re.IGNORECASE)
        return bool(found) == bool(self.says)


def read_statements(name: str) -> list[Statement]:
    found = []
    for path in sorted(FOLDER.glob("*.yml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8")) or ():
            item["part"] = item.pop("in", "")
            found.append(Statement(**item))
    return [statement for statement in found if name in statement.of]


def change_sets(wanted: set[str]) -> Iterator[tuple[str, ChangeSet]]:
    for name, changes in read_corpus(CORPUS):
        short = name.removeprefix("report-").removesuffix(".json")
        if short in wanted:
            yield short, changes
    numbers = sorted(int(name.removeprefix("wsl-")) for name in wanted if name.startswith("wsl-"))
    bundle = CORPUS.parent / "wsl-docs.bundle"
    if not (numbers and bundle.is_file()):
        return
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["git", "clone", "--quiet", "--branch", "main", bundle, folder], check=True)
        repository = GitRepository(path=Path(folder), environ=dict(os.environ))
        for number in numbers:
            context = RunContext(base=f"main~{number + 1}", head=f"main~{number}", two_dot=True)
            yield f"wsl-{number}", repository.change_set(context)


def words(report: Report, statement: Statement) -> str:
    """What the report says where the statement is looked for, on one line."""
    if statement.file:
        files = [file for file in report.files if statement.file in file.path]
        if not files:
            raise SystemExit(f"{statement.of} has no file {statement.file}")
        found = [getattr(f, part) for f in files for part in parts(statement, "title explanation")]
    else:
        said = report.overview
        points = (*said.new_features, *said.breaking_changes, *said.other_updates)
        lists = {"points": "\n".join(point.text for point in points)}
        asked = parts(statement, "summary highlights points insights")
        found = [lists[part] if part in lists else getattr(said, part) for part in asked]
    return " ".join(" ".join(found).split())


def parts(statement: Statement, default: str) -> list[str]:
    return (statement.part or default).split()


def judge(statements: Sequence[Statement]) -> Iterator[tuple[Statement, str]]:
    """Each statement with the words it was looked for in; one range at a time."""
    for name, changes in change_sets({statement.of for statement in statements}):

        @cache
        def report(language: str, changes: ChangeSet = changes) -> Report:
            return make_report(changes, config=Config(), wishes=Wishes(language=language), now=NOW)

        for statement in statements:
            if statement.of == name:
                yield statement, words(report(statement.language), statement)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("name", nargs="?", default="", help="part of a range's name")
    parser.add_argument("--all", action="store_true", help="print the words, too")
    options = parser.parse_args()
    statements = read_statements(options.name)
    held = judged = 0
    for statement, said in judge(statements):
        judged += 1
        held += statement.holds(said)
        if not statement.holds(said):
            asked = f"says {statement.says}" if statement.says else f"never {statement.never}"
            print(f"{statement.of} {statement.file} [{statement.language}]: {asked}")
            print(f"    {said}\n" if options.all else "", end="")
    elsewhere = len(statements) - judged
    print(f"{held} of {judged} statements hold; {elsewhere} are on ranges that are not here")


if __name__ == "__main__" and has_corpus():
    main()
