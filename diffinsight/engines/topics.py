"""What is told over all files: each matter once, with the files it concerns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from posixpath import basename

from diffinsight.engines.clauses import gather, rank, weight
from diffinsight.engines.teller import Teller
from diffinsight.models import FileAnalysis, Finding
from diffinsight.report import BREAKING_CHANGE, NEW_FEATURE, classify


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """One matter and the files it concerns; its class is one of the built-in types."""

    type: str
    title: str  # plain text
    paths: tuple[str, ...]
    rank: tuple[int, int]  # lower is more important
    weight: int


def collect(files: Sequence[tuple[FileAnalysis, Teller]]) -> tuple[Topic, ...]:
    """Topics of all files that changed for a reader, the most important first."""
    merged: dict[tuple[str, str], Topic] = {}
    for file, teller in files:
        for topic in _topics(file, teller):
            key = (topic.type, topic.title)
            known = merged.get(key)
            merged[key] = _joined(known, topic) if known else topic
    return tuple(sorted(merged.values(), key=_importance))


def _joined(known: Topic, topic: Topic) -> Topic:
    paths = (*known.paths, *(path for path in topic.paths if path not in known.paths))
    return replace(known, paths=paths, weight=known.weight + topic.weight)


def _importance(topic: Topic) -> tuple[tuple[int, int], int, int]:
    return topic.rank, -len(topic.paths), -topic.weight


def _topics(file: FileAnalysis, teller: Teller) -> Iterator[Topic]:
    seen = [finding for finding in file.findings if finding.impact != "noise"]
    if not seen:
        return
    breaking = [finding for finding in seen if finding.impact == "breaking"]
    others = [finding for finding in seen if finding.impact != "breaking"]
    for clause in gather(breaking):
        yield _topic(file, BREAKING_CHANGE, clause.findings, teller.title(clause))
    type_, deciding = classify(others)
    if type_ == NEW_FEATURE and deciding is not None:
        for clause in gather(others):
            if deciding.kind == clause.kind:
                yield _topic(file, NEW_FEATURE, clause.findings, teller.title(clause))
    elif not breaking:
        yield _topic(file, type_, others, file.title)


def _topic(file: FileAnalysis, type_: str, findings: Sequence[Finding], title: str) -> Topic:
    return Topic(
        type=type_,
        title=title,
        paths=(file.change.path,),
        rank=min(rank(finding) for finding in findings),
        weight=weight(findings),
    )


def short_names(paths: Sequence[str]) -> dict[str, str]:
    """A name for each path: as many of its last segments as it takes to tell them apart."""
    names = {path: basename(path) for path in paths}
    depth = 1
    while len(set(names.values())) < len(set(paths)):
        depth += 1
        names = {path: "/".join(path.split("/")[-depth:]) for path in paths}
    return names
