"""How well the checker tells true sentences from false ones, over real changes."""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.corpus_analyses import days, has_corpus
from support.statements import Statement, false_ones, offline_statements, true_statements

from diffinsight import languages
from diffinsight.engines.checking import check, ground_of
from diffinsight.engines.offline import OfflineEngine
from diffinsight.models import Analysis, FileAnalysis

SHOW, EVERY = (*map(int, sys.argv[1:]), *(0, 1)[len(sys.argv) - 1 :])  # mistakes; every n-th day


def main() -> None:
    seen: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    chance = random.Random(7)  # noqa: S311 - a sample, the same every time
    analyses = list(days())[::EVERY]
    files = [file for day in analyses for file in day.files if file.change.patch]
    written = {code: _written(code, analyses) for code in ("en", "ja")}
    for index, file in enumerate(files):
        ground = ground_of(file)
        statements: list[Statement] = []
        for code in ("en", "ja", "zh"):
            statements += list(true_statements(file, code))[:12]
            if code in written:
                statements += list(offline_statements(written[code][index], code))
        told = {said.text for said in statements}
        for said in statements:
            kind = f"true, {said.language}"
            seen[kind] += 1
            faults = check(said.text, ground, said.language)
            if faults:
                wrong[kind] += 1
                _show(kind, said.text, str([(f.fault, f.what) for f in faults]))
                continue
            for fact, text in false_ones(said, ground, files, chance):
                if text in told:  # happens to be true as well
                    continue
                seen[f"false {fact}"] += 1
                if not check(text, ground, said.language):
                    wrong[f"false {fact}"] += 1
                    _show(f"missed {fact}", text, said.text)
            other = chance.choice([c for c in ("en", "ja", "zh") if c != said.language])
            seen["false language"] += 1
            if not check(said.text, ground, other):
                wrong["false language"] += 1
                _show("missed language", said.text, other)
    _print(seen, wrong)


def _written(code: str, analyses: Sequence[Analysis]) -> list[FileAnalysis]:
    engine = OfflineEngine(phrases=languages.load(code))
    return [file for day in analyses for file in engine.write(day)[0].files if file.change.patch]


SHOWN: Counter[str] = Counter()


def _show(kind: str, text: str, more: str) -> None:
    SHOWN[kind] += 1
    if SHOWN[kind] <= SHOW:
        print(f"  {kind}: {text}\n      {more}")


def _print(seen: Counter[str], wrong: Counter[str]) -> None:
    print(f"{'sentences':<18}{'number':>8}{'wrong':>8}{'share':>9}")
    for kind in sorted(seen):
        print(f"{kind:<18}{seen[kind]:>8}{wrong[kind]:>8}{wrong[kind] / seen[kind]:>9.2%}")
    for group, label in (("true", "true ones rejected"), ("false", "false ones caught")):
        total = sum(count for kind, count in seen.items() if kind.startswith(group))
        bad = sum(count for kind, count in wrong.items() if kind.startswith(group))
        share = bad / total if group == "true" else 1 - bad / total
        print(f"{label}: {share:.2%} of {total}")


if __name__ == "__main__" and has_corpus():
    main()
