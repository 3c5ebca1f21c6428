"""Which files a model is asked about, together with which others, and for how many tokens."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from diffinsight.engines.model.prompting import tokens_in
from diffinsight.models import Analysis, FileAnalysis

SMALL = 1_200  # tokens; questions up to this share a call with others of their folder
MOST_TOGETHER = 8
TOKENS_TOGETHER = 4_000
RANKS = {"breaking": 0, "notable": 1, "minor": 2, "noise": 3}


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A file to ask about, and the files that were changed in the same way."""

    file: FileAnalysis
    twins: tuple[FileAnalysis, ...] = ()

    @property
    def path(self) -> str:
        return self.file.change.path

    @property
    def files(self) -> tuple[FileAnalysis, ...]:
        return (self.file, *self.twins)


def units_of(analysis: Analysis) -> tuple[Unit, ...]:
    """The files worth asking about, the weightiest first."""
    by_path = {file.change.path: file for file in analysis.files}
    twins: dict[str, tuple[FileAnalysis, ...]] = {}
    followers: set[str] = set()
    for group in analysis.groups:
        if group.reason == "same-change":
            first, *others = (path for path in group.paths if path in by_path)
            twins[first] = tuple(by_path[path] for path in others)
            followers.update(others)
    units = (
        Unit(file=file, twins=twins.get(path, ()))
        for path, file in by_path.items()
        if path not in followers and _is_worth_asking(file)
    )
    return tuple(sorted(units, key=_weight))


def _is_worth_asking(file: FileAnalysis) -> bool:
    """Whether there are words in the change that prose could say more about than the findings."""
    change = file.change
    return bool(change.patch and not change.binary and impact_of(file) != "noise")


def impact_of(file: FileAnalysis) -> str:
    return min(
        (finding.impact for finding in file.findings), key=RANKS.__getitem__, default="noise"
    )


def _weight(unit: Unit) -> tuple[int, int]:
    change = unit.file.change
    return RANKS[impact_of(unit.file)], -(change.additions + change.deletions)


def batches(units: Sequence[Unit]) -> tuple[tuple[Unit, ...], ...]:
    """Small ones of one folder together, in the order of each batch's weightiest."""
    found: list[list[Unit]] = []
    open_by_folder: dict[str, list[Unit]] = {}
    for unit in units:
        folder = unit.path.rpartition("/")[0]
        if _size(unit) > SMALL:
            found.append([unit])
            continue
        batch = open_by_folder.get(folder)
        if batch is None or not _has_room(batch, unit):
            batch = open_by_folder[folder] = []
            found.append(batch)
        batch.append(unit)
    return tuple(map(tuple, found))


def _has_room(batch: Sequence[Unit], unit: Unit) -> bool:
    tokens = sum(map(_size, batch)) + _size(unit)
    return len(batch) < MOST_TOGETHER and tokens <= TOKENS_TOGETHER


def _size(unit: Unit) -> int:
    """About how many tokens the question will be, before it is written."""
    return tokens_in(unit.file.change.patch or "") + 30 * len(unit.file.findings) + 60


class Ledger:
    """The tokens and calls of a run; used from several threads at once."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._lock = threading.Lock()
        self._reserved = 0
        self.calls = 0
        self.input_tokens = 0
        self.output_tokens = 0

    def reserve(self, tokens: int) -> bool:
        """Whether there is room for so many; they are then set aside."""
        with self._lock:
            fits = tokens <= self.left
            self._reserved += tokens if fits else 0
            return fits

    @property
    def left(self) -> int:
        return self._budget - self._reserved - self.input_tokens - self.output_tokens

    def settle(
        self, reserved: int, *, calls: int = 0, input_tokens: int = 0, output_tokens: int = 0
    ) -> None:
        """What a reservation came to."""
        with self._lock:
            self._reserved -= reserved
            self.calls += calls
            self.input_tokens += input_tokens
            self.output_tokens += output_tokens
