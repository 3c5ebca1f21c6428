"""Changes of layout alone on the pages of `wsl-docs`: does the report say what readers see?

.venv/bin/python bench/layout.py [part of a name] [--seeds n] [--show n]

Each page is changed in each of the ways of `tests/support/layout_changes.py`, at as many places as
there are seeds. A renderer says whether the page looks otherwise then, the peer that the report is
held against: a change that shows must not be told as one that changes nothing for readers.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from known_changes import pages
from support.corpus_analyses import has_corpus
from support.known_changes import Known, said_of
from support.layout_changes import layout_changes, looks_the_same
from support.told import told


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("name", nargs="?", default="")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    seen: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for path, lines in pages():
        for seed in range(options.seeds):
            for change in layout_changes(lines, f"{path} {seed}"):
                if options.name not in change.name or looks_the_same(change.before, change.after):
                    continue
                seen[change.name] += 1
                findings = told(change.before, change.after)
                if any(finding.impact != "noise" for finding in findings):
                    said[change.name] += 1
                elif seen[change.name] - said[change.name] <= options.show:
                    before, after = (text.splitlines() for text in (change.before, change.after))
                    known = Known(name=change.name, before=before, after=after, says=())
                    print(f"== {change.name}, {path}:{change.line}\n>> {said_of(known)}\n")
    for name in (*seen, "in all"):
        right, of = (said[name], seen[name]) if name in seen else (said.total(), seen.total())
        print(f"{name:<40}{right:>5} of {of:<5}{right / max(of, 1):>7.1%}")


if __name__ == "__main__" and has_corpus():
    main()
