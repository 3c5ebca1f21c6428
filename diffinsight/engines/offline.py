"""The engine that needs no model and no key: language packs over findings."""

from __future__ import annotations

from dataclasses import dataclass, replace

from diffinsight.change_types import classify, name_types
from diffinsight.engines.choosing.clauses import gather
from diffinsight.engines.explaining.explanations import explain
from diffinsight.engines.explaining.teller import Teller, teller_of
from diffinsight.engines.explaining.titles import write_title
from diffinsight.engines.insights import write_insights
from diffinsight.engines.overview.topics import collect
from diffinsight.engines.overview.writing import write_overview
from diffinsight.languages import Phrases
from diffinsight.models import Analysis, FileAnalysis, Finding, Group, Overview, TypeRule


@dataclass(frozen=True, kw_only=True, slots=True)
class OfflineEngine:
    """Writes in the language of ``phrases``; ``types`` are the user's own names of types."""

    phrases: Phrases
    types: tuple[TypeRule, ...] = ()

    def write(self, analysis: Analysis) -> tuple[Analysis, Overview]:
        """The analysis with a type, a title and an explanation per file, and the words over all."""
        tellers = [
            teller_of(file.change, phrases=self.phrases, change_set=analysis.change_set)
            for file in analysis.files
        ]
        files = tuple(map(_write_file, analysis.files, tellers))
        written = replace(analysis, files=files, groups=tuple(self._groups(analysis, files)))
        topics = collect(tuple(zip(files, tellers, strict=True)), analysis.groups)
        overview = write_overview(written, topics, self.phrases)
        insights = write_insights(written, topics, self.phrases, said=overview.highlights)
        typed = replace(written, files=name_types(files, self.types))
        return typed, replace(overview, insights=insights)

    def _groups(self, analysis: Analysis, files: tuple[FileAnalysis, ...]) -> list[Group]:
        titles = {file.change.path: file.title for file in files}
        return [
            replace(
                group,
                title=self.phrases.say_plain(
                    f"groups.{group.reason}",
                    count=len(group.paths),
                    title=titles.get(group.paths[0], ""),
                ),
            )
            for group in analysis.groups
        ]


def _write_file(file: FileAnalysis, teller: Teller) -> FileAnalysis:
    clauses = gather(file.findings)
    type_, deciding = classify([finding for clause in clauses for finding in clause.findings])
    return replace(
        file,
        type=type_,
        title=write_title(clauses, teller),
        explanation=explain(clauses, teller),
        findings=tuple(_marked(finding, type_, deciding) for finding in file.findings),
    )


def _marked(finding: Finding, type_: str, deciding: Finding | None) -> Finding:
    """The finding that decided the file's type says so, for readers of the JSON."""
    if finding is not deciding:
        return finding
    return replace(finding, values={**finding.values, "decides": type_})
