"""What asking a model costs, against one call per file and two more for the overview.

Calls and tokens over real days, with a model that answers at once; wall time against a model that
takes a second a call.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.corpus_analyses import days, has_corpus
from support.doc_changes import analysed, pages
from support.model_server import OVERVIEW, entries

from diffinsight import languages
from diffinsight.conversation import Answer, Request
from diffinsight.engines.model.engine import ModelEngine
from diffinsight.engines.model.prompting import prompt_text, tokens_in
from diffinsight.models import Analysis

MOST_CALLS = 0.45  # per changed file
MOST_TOKENS = 0.6
LEAST_SPEEDUP = 8.0
FILES = 100
ANSWER = 250  # tokens of one file's title and explanation, as the reports of earlier tools have


class Model:
    """Answers with something true of any file."""

    name = "bench"

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds

    def ask(self, request: Request) -> Answer:
        time.sleep(self.seconds)
        count = request.user.count("\npath: ")
        text: Any = OVERVIEW
        if request.schema_name == "files":
            text = entries([""] * count, "The page changed.", "A changed page")
        return Answer(
            text=json.dumps(text),
            input_tokens=tokens_in(request.system) + tokens_in(request.user),
            output_tokens=ANSWER * max(count, 2),
        )

    def close(self) -> None:
        """Nothing was opened."""


def one_by_one(day: Analysis) -> tuple[int, int]:
    """Calls and tokens of a call per file with its whole patch, and two over all of it."""
    instructions = tokens_in(prompt_text("files.md"))
    patches = [tokens_in(file.change.patch or "") for file in day.files]
    tokens = sum(instructions + patch + ANSWER for patch in patches)
    overview = 2 * (instructions + ANSWER * len(patches) + 2 * ANSWER)
    return len(patches) + 2, tokens + overview


def main() -> None:
    engine = ModelEngine(phrases=languages.load("en"), model=Model(), token_budget=10_000_000)
    files = calls = tokens = old_calls = old_tokens = 0
    for day in days():
        use = engine.compose(day).use
        before = one_by_one(day)
        files += len(day.files)
        calls += use.calls
        tokens += use.input_tokens + use.output_tokens
        old_calls += before[0]
        old_tokens += before[1]
    if has_corpus():
        print(f"real days: {files} files, {calls} calls, {tokens} tokens; "
              f"one by one {old_calls} calls, {old_tokens} tokens")  # fmt: skip
        _tell("calls per changed file", calls / files, most=MOST_CALLS)
        _tell("tokens against one by one", tokens / old_tokens, most=MOST_TOKENS)
    _tell("times faster than one by one", _speedup(), least=LEAST_SPEEDUP)


def _speedup() -> float:
    """Wall time of 100 changed files at a second a call."""
    analysis = analysed(pages(FILES, folders=10))
    start = time.monotonic()
    ModelEngine(phrases=languages.load("en"), model=Model(1.0)).compose(analysis)
    return (FILES + 2) * 1.0 / (time.monotonic() - start)


def _tell(
    what: str, value: float, *, most: float | None = None, least: float | None = None
) -> None:
    good = (most is None or value <= most) and (least is None or value >= least)
    wanted = f"at most {most}" if most is not None else f"at least {least}"
    print(f"{what}: {value:.2f} ({wanted}: {'yes' if good else 'NO'})")


if __name__ == "__main__":
    main()
