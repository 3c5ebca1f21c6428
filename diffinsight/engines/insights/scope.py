"""The files of a range, and what is asked of them more than once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from diffinsight.change_types import BUG_FIX, classify
from diffinsight.engines.choosing.audience import is_noise, is_unseen
from diffinsight.engines.choosing.passages import edits_of
from diffinsight.engines.overview.matters import Topic
from diffinsight.engines.overview.topics import short_names
from diffinsight.languages import Markdown, Phrases
from diffinsight.matching.typos import are_slips
from diffinsight.matching.words import SLIGHT
from diffinsight.models import TEXT_CHANGED, Analysis, FileAnalysis, Finding


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A line of a file."""

    path: str
    line: int


class Scope:
    """All files by whom their changes reach."""

    def __init__(
        self, analysis: Analysis, topics: Sequence[Topic], phrases: Phrases, said: str = ""
    ) -> None:
        self._said = said
        self.analysis = analysis
        self.topics = topics
        self.phrases = phrases
        self.files = analysis.files
        self.noise = [file for file in self.files if is_noise(file)]
        behind = [file for file in self.files if not is_noise(file)]
        self.unseen = [file for file in behind if is_unseen(file)]
        seen = [file for file in behind if not is_unseen(file)]
        self.mended = [file for file in seen if _is_mended(file)]
        self.told = [file for file in seen if not _is_mended(file)]
        self.names = short_names([file.change.path for file in self.files])

    def named(self, files: Sequence[FileAnalysis]) -> tuple[str, ...]:
        return tuple(self.names[file.change.path] for file in files)

    def named_before(self, files: Sequence[FileAnalysis]) -> tuple[str, ...]:
        """What files were called before the range."""
        paths = [file.change.previous_path or file.change.path for file in files]
        names = short_names(paths)
        return tuple(names[path] for path in paths)

    def has_said(self, texts: Iterable[str]) -> bool:
        """Whether the words above the insights have all of ``texts``."""
        return all(text in self._said for text in texts)

    def having(self, fits: Callable[[Finding], bool]) -> list[FileAnalysis]:
        return [file for file in self.files if any(map(fits, file.findings))]

    def findings(self, fits: Callable[[Finding], bool]) -> list[Finding]:
        return [finding for file in self.files for finding in file.findings if fits(finding)]

    def places(self, places: Iterable[Place]) -> tuple[Markdown, ...]:
        """Each file once, with its lines in order."""
        lines: dict[str, set[int]] = {}
        for place in places:
            lines.setdefault(place.path, set()).add(place.line)
        return tuple(self._place(path, sorted(known)) for path, known in lines.items())

    def _place(self, path: str, lines: Sequence[int]) -> Markdown:
        numbers = tuple(map(str, lines))
        said = self.phrases.say("insights.lines", count=len(lines), numbers=numbers)
        return self.phrases.say("place.linked_from", path=path, line=said)


def _is_mended(file: FileAnalysis) -> bool:
    """Whether only spelling, punctuation or layout was put right."""
    seen = [finding for finding in file.findings if finding.impact != "noise"]
    return classify(file.findings)[0] == BUG_FIX or (bool(seen) and all(map(_only_mends, seen)))


def _only_mends(finding: Finding) -> bool:
    if finding.kind not in TEXT_CHANGED or finding.values.get("more_edits"):
        return False
    edits = edits_of(finding.values)
    marks = "".join(SLIGHT) + " "
    return bool(edits) and are_slips((old.strip(marks), new.strip(marks)) for old, new in edits)
