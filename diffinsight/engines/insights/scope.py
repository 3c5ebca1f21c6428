"""The files of a range, and what is asked of them more than once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from diffinsight.engines.audience import is_noise, is_unseen
from diffinsight.engines.passages import places_of
from diffinsight.engines.topics import Topic, short_names
from diffinsight.languages import Markdown, Phrases
from diffinsight.models import Analysis, FileAnalysis, Finding


class Scope:
    """All files by whom their changes reach."""

    def __init__(self, analysis: Analysis, topics: Sequence[Topic], phrases: Phrases) -> None:
        self.analysis = analysis
        self.topics = topics
        self.phrases = phrases
        self.files = analysis.files
        self.noise = [file for file in self.files if is_noise(file)]
        behind = [file for file in self.files if not is_noise(file)]
        self.unseen = [file for file in behind if is_unseen(file)]
        self.told = [file for file in behind if not is_unseen(file)]
        self.names = short_names([file.change.path for file in self.files])

    def named(self, files: Sequence[FileAnalysis]) -> tuple[str, ...]:
        return tuple(self.names[file.change.path] for file in files)

    def having(self, fits: Callable[[Finding], bool]) -> list[FileAnalysis]:
        return [file for file in self.files if any(map(fits, file.findings))]

    def findings(self, fits: Callable[[Finding], bool]) -> list[Finding]:
        return [finding for file in self.files for finding in file.findings if fits(finding)]

    def places(self, findings: Sequence[Finding], value: str) -> tuple[Markdown, ...]:
        """Paths with lines that ``findings`` list as their ``value``, each once."""
        listed = (place for item in findings for place in places_of(item.values.get(value)))
        return tuple(self._place(path, line) for path, line in dict.fromkeys(listed))

    def _place(self, path: str, line: int) -> Markdown:
        said = self.phrases.say("place.line", line=line)
        return self.phrases.say("place.linked_from", path=path, line=said)
