"""What the reader is told about a run with a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from diffinsight.conversation import FINAL, Reason
from diffinsight.engines.model.asking import Outcome
from diffinsight.engines.model.excerpts import excerpt_of
from diffinsight.engines.model.memory import Memory
from diffinsight.engines.model.planning import Ledger, Unit
from diffinsight.models import EngineUse, FileAnalysis, Note


def spent(ledger: Ledger, memory: Memory, model: str) -> EngineUse:
    """What the questions of one run took."""
    return EngineUse(
        model=model,
        calls=ledger.calls,
        input_tokens=ledger.input_tokens,
        output_tokens=ledger.output_tokens,
        cached=memory.used,
    )


def use_of(
    uses: Sequence[EngineUse],
    *,
    files: Sequence[FileAnalysis],
    outcomes: Mapping[str, Outcome],
    units: Sequence[Unit],
) -> EngineUse:
    """Who wrote the words, and what all runs took that were needed for it."""
    spoken = [file for file in files if file.engine == "model"]
    return EngineUse(
        name="model" if spoken else "offline",
        model=uses[-1].model,
        calls=sum(it.calls for it in uses),
        input_tokens=sum(it.input_tokens for it in uses),
        output_tokens=sum(it.output_tokens for it in uses),
        written=len(spoken),
        cached=sum(it.cached for it in uses),
        fallen_back=sum(_fallen(outcomes, units).values()),
        removed=sum(len(file.removed) for file in spoken),
    )


def notes_of(
    use: EngineUse,
    outcomes: Mapping[str, Outcome],
    units: Sequence[Unit],
    no_overview: Reason | None,
) -> Iterator[Note]:
    """One note with the counts, and one that says why files kept their offline words."""
    if not units:
        return
    yield Note(
        kind="model-used",
        values={
            "model": use.model,
            "count": use.written,
            "calls": use.calls,
            "tokens": use.input_tokens + use.output_tokens,
            "cached": use.cached,
            "removed": use.removed,
            "fallen_back": use.fallen_back,
        },
    )
    fallen = _fallen(outcomes, units)
    apart: tuple[Reason, ...] = ("budget", "missing")  # not the model's doing
    counts = {reason: fallen.pop(reason) for reason in apart if reason in fallen}
    if fallen:
        reason = min(fallen, key=lambda name: (name not in FINAL, -fallen[name], name))
        yield Note(kind=f"model-{reason}", values={"model": use.model, "count": fallen.total()})
    for reason, count in counts.items():
        yield Note(kind=f"model-{reason}", values={"count": count})
    if no_overview and no_overview not in {*fallen, *counts}:
        yield Note(kind="model-no-overview", values={"model": use.model})


def _fallen(outcomes: Mapping[str, Outcome], units: Sequence[Unit]) -> Counter[Reason]:
    """Files that were asked about in vain, by reason."""
    counts: Counter[Reason] = Counter()
    for unit in units:
        outcome = outcomes[unit.path]
        if isinstance(outcome, str):
            counts[outcome] += len(unit.files)
    return counts


def file_notes(file: FileAnalysis) -> Iterator[Note]:
    """What of a big patch the model did not see."""
    left_out = excerpt_of(file.change.patch or "", file.findings).left_out
    if left_out:
        yield Note(
            kind="model-saw-part", values={"sections": left_out[:10], "count": len(left_out)}
        )
