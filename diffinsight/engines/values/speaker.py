"""Who speaks of one file, and what is handed to the phrases."""

from __future__ import annotations

from dataclasses import dataclass

from diffinsight.engines.quoting.voice import Source, Voice
from diffinsight.languages import Value
from diffinsight.models import ChangeSet

Spoken = dict[str, Value]


@dataclass(frozen=True, kw_only=True, slots=True)
class Speaker:
    """What is needed to say a finding: how to speak, and of which file."""

    voice: Voice
    source: Source
    change_set: ChangeSet

    @property
    def in_full(self) -> bool:
        """Whether a file's own explanation is written, which has room."""
        return not self.voice.plain and self.voice.files is None
