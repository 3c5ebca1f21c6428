"""A list of phrases about several findings, which few of the phrases about them all name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from diffinsight.engines.quoting.voice import Voice
from diffinsight.engines.values.speaker import Spoken
from diffinsight.languages import Markdown


@dataclass(frozen=True, kw_only=True)
class Said(Sequence[str]):
    """The phrase ``key`` about each finding, written when it is first asked for."""

    voice: Voice
    key: str
    ones: Sequence[Spoken]

    @cached_property
    def _texts(self) -> tuple[Markdown, ...]:
        return tuple(self.voice.say(self.key, **one) for one in self.ones)

    def __len__(self) -> int:
        return len(self.ones)

    def __iter__(self) -> Iterator[Markdown]:
        return iter(self._texts)

    @overload
    def __getitem__(self, index: int) -> Markdown: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Markdown, ...]: ...
    def __getitem__(self, index: int | slice) -> Markdown | tuple[Markdown, ...]:
        return self._texts[index]
