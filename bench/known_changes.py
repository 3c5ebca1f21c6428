"""Changes made on purpose to the pages of `wsl-docs`: does the report say just what was done?

.venv/bin/python bench/known_changes.py [part of a name] [--seeds n] [--at-once n] [--show n]

Each page is changed in each of the ways of `tests/support/known_changes.py`, at as many places as
there are seeds, or in `--at-once` ways together. Prints of how many the title and the explanation
say what was done and nothing of the other sort, and shows the first of those that don't.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import support.known_edits  # noqa: F401 - adds its changes
from support.corpus_analyses import CORPUS, has_corpus
from support.doc_changes import changed
from support.known_changes import Known, Lines, faults, known_changes, said_of, several


def pages() -> Iterator[tuple[str, Lines]]:
    bundle = CORPUS.parent / "wsl-docs.bundle"
    if not bundle.is_file():
        raise SystemExit(f"no {bundle}")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["git", "clone", "--quiet", "--branch", "main", bundle, folder], check=True)
        for path in sorted(Path(folder, "WSL").rglob("*.md")):
            yield str(path.relative_to(folder)), path.read_text(encoding="utf-8-sig").splitlines()


def made(lines: Lines, seed: str, at_once: int) -> Iterator[Known]:
    if at_once == 1:
        yield from known_changes(lines, seed)
    elif known := several(lines, seed, at_once):
        yield known


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("name", nargs="?", default="")
    for name, default in (("--seeds", 3), ("--at-once", 1), ("--show", 0)):
        parser.add_argument(name, type=int, default=default)
    options = parser.parse_args()
    held: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    for path, lines in pages():
        for seed in range(options.seeds):
            for known in made(lines, f"{path} {seed}", options.at_once):
                if options.name not in known.name:
                    continue
                said = said_of(known)
                found = faults(known, said)
                row = known.name if options.at_once == 1 else f"{options.at_once} at once"
                judged[row] += 1
                held[row] += not found
                if found and judged[row] - held[row] <= options.show:
                    patch = changed(path, "\n".join(known.before), "\n".join(known.after)).patch
                    print(f"== {known.name}, {path}: {found}\n{patch}\n>> {said}\n")
    for row in (*judged, "in all"):
        right, of = (held[row], judged[row]) if row in judged else (held.total(), judged.total())
        print(f"{row:<40}{right:>5} of {of:<5}{right / max(of, 1):>7.1%}")


if __name__ == "__main__" and has_corpus():
    main()
