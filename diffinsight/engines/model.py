"""The engine that has a language model phrase the facts, and believes nothing unchecked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from diffinsight.change_types import name_types
from diffinsight.conversation import (
    DEFAULT_CONCURRENCY,
    DEFAULT_TOKEN_BUDGET,
    Answers,
    Model,
    NoAnswers,
)
from diffinsight.engines.asking import Inquiry, Line, Outcome
from diffinsight.engines.memory import Memory
from diffinsight.engines.model_notes import file_notes, notes_of, use_of
from diffinsight.engines.model_overview import OverviewWriter, expected_tokens
from diffinsight.engines.offline import OfflineEngine
from diffinsight.engines.planning import Unit, batches, units_of
from diffinsight.engines.verdict import Grounds, Verdict, judge_again, written
from diffinsight.languages import Phrases
from diffinsight.models import Analysis, EngineUse, FileAnalysis, Overview, TypeRule

Progress = Callable[[int, int], None]  # files done, files to do


@dataclass(frozen=True, kw_only=True, slots=True)
class Composition:
    """What a run of the engine came to."""

    analysis: Analysis  # with notes on what the reader must know of the run
    overview: Overview
    use: EngineUse


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelEngine:
    """Asks ``model`` about what is worth it; everything else keeps its offline words."""

    phrases: Phrases
    model: Model
    types: tuple[TypeRule, ...] = ()
    answers: Answers = field(default_factory=NoAnswers)
    concurrency: int = DEFAULT_CONCURRENCY
    token_budget: int = DEFAULT_TOKEN_BUDGET
    progress: Progress = lambda done, total: None  # noqa: ARG005 - says nothing

    def write(self, analysis: Analysis) -> tuple[Analysis, Overview]:
        """The analysis in words, and the words over all files."""
        composed = self.compose(analysis)
        return composed.analysis, composed.overview

    def compose(self, analysis: Analysis) -> Composition:
        """As ``write``, with what it took."""
        offline, ground = OfflineEngine(phrases=self.phrases).write(analysis)
        units = units_of(offline)
        line = Line(self.model, self.token_budget)
        memory = Memory(answers=self.answers, model=self.model.name, language=self.phrases.code)
        grounds = Grounds()
        # So that something is left for the words over all files, whatever the files cost.
        kept = expected_tokens(offline)
        set_aside = bool(units) and line.ledger.reserve(kept)
        outcomes = self._outcomes(units, line, memory, grounds)
        if set_aside:
            line.ledger.settle(kept)
        told = replace(offline, files=_told(offline, units, outcomes, grounds, self.phrases.code))
        writer = OverviewWriter(line=line, memory=memory, phrases=self.phrases, grounds=grounds)
        # With nothing to say of any file there is nothing to say over them.
        overview, missing = writer.write(told, ground) if units else (ground, None)
        use = use_of(
            told=told,
            outcomes=outcomes,
            units=units,
            ledger=line.ledger,
            memory=memory,
            model=self.model.name,
        )
        notes = notes_of(use, outcomes, units, missing)
        files = name_types(told.files, self.types)
        return Composition(
            analysis=replace(told, files=files, notes=(*told.notes, *notes)),
            overview=overview,
            use=use,
        )

    def _outcomes(
        self, units: Sequence[Unit], line: Line, memory: Memory, grounds: Grounds
    ) -> dict[str, Outcome]:
        """What is known of each unit after the cache and the model were asked, by path."""
        known: dict[str, Outcome] = {}
        for unit in units:
            verdict = memory.recall(unit, grounds)
            if verdict:
                known[unit.path] = verdict
        fresh = [unit for unit in units if unit.path not in known]
        language = f"{self.phrases.say_plain('name')} ({self.phrases.code})"
        inquiry = Inquiry(line=line, code=self.phrases.code, language=language, grounds=grounds)
        found = self._ask(batches(fresh), inquiry, len(known), len(units))
        for unit in fresh:
            outcome = found[unit.path]
            if isinstance(outcome, Verdict):
                memory.keep(unit, outcome)
        return known | found

    def _ask(
        self, groups: Sequence[Sequence[Unit]], inquiry: Inquiry, done: int, total: int
    ) -> dict[str, Outcome]:
        """The batches, several at a time, the weightiest first."""
        lock = threading.Lock()
        found: dict[str, Outcome] = {}
        self.progress(done, total)

        def ask(batch: Sequence[Unit]) -> None:
            outcomes = inquiry.about(batch)
            with lock:
                found.update(outcomes)
                self.progress(done + len(found), total)

        with ThreadPoolExecutor(max_workers=self.concurrency) as pool:
            for future in [pool.submit(ask, batch) for batch in groups]:
                future.result()
        return found


def _told(
    offline: Analysis,
    units: Sequence[Unit],
    outcomes: Mapping[str, Outcome],
    grounds: Grounds,
    language: str,
) -> tuple[FileAnalysis, ...]:
    """All files, in the model's words where it has some that hold."""
    spoken: dict[str, FileAnalysis] = {}
    for unit in units:
        outcome = outcomes[unit.path]
        if isinstance(outcome, Verdict):
            spoken |= _spoken(unit, outcome, grounds, language)
    return tuple(spoken.get(file.change.path, file) for file in offline.files)


def _spoken(
    unit: Unit, verdict: Verdict, grounds: Grounds, language: str
) -> dict[str, FileAnalysis]:
    """A unit's files in the words of a verdict; those twins excepted that differ."""
    holding = (
        unit.file,
        *(twin for twin in unit.twins if judge_again(verdict, grounds.of(twin), language)),
    )
    files = (written(file, verdict, grounds.of(file)) for file in holding)
    return {
        file.change.path: replace(file, notes=(*file.notes, *file_notes(file))) for file in files
    }
