"""What the reader is told about a run with a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from diffinsight.conversation import FINAL, Reason
from diffinsight.engines.asking import Outcome
from diffinsight.engines.excerpts import excerpt_of
from diffinsight.engines.memory import Memory
from diffinsight.engines.planning import Ledger, Unit
from diffinsight.models import Analysis, EngineUse, FileAnalysis, Note


def use_of(  # noqa: PLR0913 - what there is to count
    *,
    told: Analysis,
    outcomes: Mapping[str, Outcome],
    units: Sequence[Unit],
    ledger: Ledger,
    memory: Memory,
    model: str,
) -> EngineUse:
    """Who wrote the words, and what it took."""
    spoken = [file for file in told.files if file.engine == "model"]
    return EngineUse(
        name="model" if spoken else "offline",
        model=model,
        calls=ledger.calls,
        input_tokens=ledger.input_tokens,
        output_tokens=ledger.output_tokens,
        written=len(spoken),
        cached=memory.used,
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
    spent = fallen.pop("budget", 0)
    if fallen:
        reason = min(fallen, key=lambda name: (name not in FINAL, -fallen[name], name))
        yield Note(kind=f"model-{reason}", values={"model": use.model, "count": fallen.total()})
    if spent:
        yield Note(kind="model-budget", values={"count": spent})
    if no_overview and not fallen and not spent:
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
