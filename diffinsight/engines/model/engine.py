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
from diffinsight.engines.model.asking import Inquiry, Line, Outcome
from diffinsight.engines.model.memory import Memory
from diffinsight.engines.model.notes import file_notes, notes_of, spent, use_of
from diffinsight.engines.model.overview import OverviewWriter, expected_tokens
from diffinsight.engines.model.planning import Unit, batches, units_of
from diffinsight.engines.model.sharing import Brought, Share, outcomes_of
from diffinsight.engines.model.verdict import Grounds, Verdict, judge_again, written
from diffinsight.engines.offline import OfflineEngine
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
class _Job:
    """What one run works with."""

    offline: Analysis  # in the offline words
    overview: Overview  # the same
    units: tuple[Unit, ...]
    line: Line
    memory: Memory
    grounds: Grounds


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
        job = self._begin(analysis)
        # So that something is left for the words over all files, whatever the files cost.
        kept = expected_tokens(job.offline)
        set_aside = bool(job.units) and job.line.ledger.reserve(kept)
        outcomes = self._outcomes(job, batches(job.units))
        if set_aside:
            job.line.ledger.settle(kept)
        return self._composed(job, outcomes, ())

    def ask(self, analysis: Analysis, share: Share) -> Brought:
        """Only what there is to say of the files of ``share``."""
        job = self._begin(analysis)
        outcomes = self._outcomes(job, share.batches(job.units))
        return Brought.of(share, outcomes, spent(job.line.ledger, job.memory, self.model.name))

    def compose_from(self, analysis: Analysis, brought: Sequence[Brought]) -> Composition:
        """As ``compose``, asking only over all files: others asked about each."""
        job = self._begin(analysis)
        outcomes = outcomes_of(brought, job.units, job.grounds, self.phrases.code)
        return self._composed(job, outcomes, tuple(it.use for it in brought))

    def _begin(self, analysis: Analysis) -> _Job:
        offline, overview = OfflineEngine(phrases=self.phrases).write(analysis)
        return _Job(
            offline=offline,
            overview=overview,
            units=units_of(offline),
            line=Line(self.model, self.token_budget),
            memory=Memory(answers=self.answers, model=self.model.name, language=self.phrases.code),
            grounds=Grounds(),
        )

    def _composed(
        self, job: _Job, outcomes: Mapping[str, Outcome], before: Sequence[EngineUse]
    ) -> Composition:
        """All files in the words that came of the questions, and the words over them."""
        files = _told(job, outcomes, self.phrases.code)
        told = replace(job.offline, files=files)
        writer = OverviewWriter(
            line=job.line, memory=job.memory, phrases=self.phrases, grounds=job.grounds
        )
        # With nothing to say of any file there is nothing to say over them.
        overview, missing = writer.write(told, job.overview) if job.units else (job.overview, None)
        uses = (*before, spent(job.line.ledger, job.memory, self.model.name))
        use = use_of(uses, files=files, outcomes=outcomes, units=job.units)
        notes = notes_of(use, outcomes, job.units, missing)
        return Composition(
            analysis=replace(
                told, files=name_types(files, self.types), notes=(*told.notes, *notes)
            ),
            overview=overview,
            use=use,
        )

    def _outcomes(self, job: _Job, groups: Sequence[Sequence[Unit]]) -> dict[str, Outcome]:
        """What is known of each unit after the cache and the model were asked, by path."""
        units = [unit for group in groups for unit in group]
        known: dict[str, Outcome] = {}
        for unit in units:
            verdict = job.memory.recall(unit, job.grounds)
            if verdict:
                known[unit.path] = verdict
        fresh = [unit for unit in units if unit.path not in known]
        language = f"{self.phrases.say_plain('name')} ({self.phrases.code})"
        inquiry = Inquiry(
            line=job.line, code=self.phrases.code, language=language, grounds=job.grounds
        )
        # What the cache leaves of the batches is packed anew.
        found = self._ask(batches(fresh) if known else groups, inquiry, len(known), len(units))
        for unit in fresh:
            outcome = found[unit.path]
            if isinstance(outcome, Verdict):
                job.memory.keep(unit, outcome)
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


def _told(job: _Job, outcomes: Mapping[str, Outcome], language: str) -> tuple[FileAnalysis, ...]:
    """All files, in the model's words where it has some that hold."""
    spoken: dict[str, FileAnalysis] = {}
    for unit in job.units:
        outcome = outcomes[unit.path]
        if isinstance(outcome, Verdict):
            spoken |= _spoken(unit, outcome, job.grounds, language)
    return tuple(spoken.get(file.change.path, file) for file in job.offline.files)


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
