"""Sentences that left one page of the range and came to others, be it from one into many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from diffinsight.detectors.comparison import Comparison
from diffinsight.detectors.comparison.telling import add_values, known
from diffinsight.matching.sentences import sentences
from diffinsight.matching.words import count, first_words
from diffinsight.models import FileAnalysis, Finding, Values
from diffinsight.outline.model import PROSE, Outline

WHOLE = 0.85  # of the words of a text that stand elsewhere: it moved
LEAST = 5  # words of a sentence; shorter ones are alike by chance
ENOUGH = 12  # words that moved between two pages; fewer are there by accident
TEXTS = ("paragraph", "list-item", "step", "note")
ONE_SIDED = {
    f"{text}-{change}": (text, way)
    for text in TEXTS
    for change, way in (("removed", "to"), ("added", "from"))
}
CHANGED = frozenset(f"{text}-changed" for text in TEXTS)


def mark(
    comparisons: Sequence[Comparison], files: Sequence[FileAnalysis]
) -> tuple[FileAnalysis, ...]:
    """``files`` with texts told as moved that other pages of the range lost, or have now.

    Where a part of a text is elsewhere, `now_in` has the paths.
    """
    pages = [file for file in comparisons if file.kind == "page"]
    if len(pages) <= 1:
        return tuple(files)
    gone = {file.before_path: _said(file.before) - _said(file.after) for file in pages}
    came = {file.path: _said(file.after) - _said(file.before) for file in pages}
    ways = {"to": _Said.of(came, besides=gone), "from": _Said.of(gone, besides=came)}
    return tuple(
        _marked(file, analysis, ways) if file.kind == "page" and file.compared else analysis
        for file, analysis in zip(comparisons, files, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """Which pages lost a sentence, or got it."""

    paths: Mapping[str, frozenset[str]]  # by sentence

    @classmethod
    def of(
        cls, pages: Mapping[str, frozenset[str]], *, besides: Mapping[str, frozenset[str]]
    ) -> _Said:
        """Without what several pages got and several lost: no one can say which is from which."""
        paths, others = _by_sentence(pages), _by_sentence(besides)
        return cls(
            {
                sentence: frozenset(found)
                for sentence, found in paths.items()
                if 1 in {len(found), len(others.get(sentence, ()))} and sentence in others
            }
        )

    def holding(self, texts: Iterable[str], least: float, page: Comparison) -> dict[str, int]:
        """How many words of ``texts`` each other page has, where it has that part of them."""
        listed = list(texts)
        words: defaultdict[str, int] = defaultdict(int)
        for text in listed:
            for path in self.paths.get(text, frozenset()) - {page.path, page.before_path}:
                words[path] += count(text)
        enough = least * sum(map(count, listed))
        return {path: words[path] for path in sorted(words) if words[path] >= enough}


def _by_sentence(pages: Mapping[str, frozenset[str]]) -> Mapping[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path, said in pages.items():
        for sentence in said:
            found[sentence].add(path)
    return found


def _said(page: Outline) -> frozenset[str]:
    texts = (text for b in page.blocks if b.kind in PROSE | {"note"} for text in _split(b.text))
    return frozenset(text for text in texts if count(text) >= LEAST)


def _split(text: str) -> Iterator[str]:
    """The sentences of a text, in the form in which they are compared."""
    return map(_plain, _parts(text))


def _parts(text: str) -> Iterator[str]:
    return (part for sentence in sentences(text) for part in sentence.split("; "))  # of a note


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .:;")


def _marked(page: Comparison, file: FileAnalysis, ways: Mapping[str, _Said]) -> FileAnalysis:
    moved = dict(_moves(file.findings, ways, page))
    findings: list[Finding] = []
    for index, finding in enumerate(file.findings):
        way, paths = moved.get(index, ("", ()))
        findings.append(_moved(finding, way, paths) if paths else finding)
    parts = {index: _now_in(finding, ways["to"], page) for index, finding in enumerate(findings)}
    parts = {index: values for index, values in parts.items() if values}
    return add_values(replace(file, findings=tuple(findings)), parts)


def _moves(
    findings: Sequence[Finding], ways: Mapping[str, _Said], page: Comparison
) -> Iterator[tuple[int, tuple[str, tuple[str, ...]]]]:
    """Which findings are of a text that went to other pages or came from them: way and pages."""
    found: dict[int, tuple[str, dict[str, int]]] = {}
    words: defaultdict[tuple[str, str], int] = defaultdict(int)
    for index, finding in enumerate(findings):
        if finding.kind in ONE_SIDED:
            way = ONE_SIDED[finding.kind][1]
            found[index] = way, ways[way].holding(_split(_text(finding)), WHOLE, page)
            for path, held in found[index][1].items():
                words[way, path] += held
    for index, (way, pages) in found.items():
        yield index, (way, tuple(path for path in pages if words[way, path] >= ENOUGH))


def _text(finding: Finding) -> str:
    return finding.before or finding.after or ""


def _moved(finding: Finding, way: str, paths: tuple[str, ...]) -> Finding:
    return Finding(
        kind="content-moved",
        subject=first_words(_text(finding)),
        impact="notable" if way == "to" else "minor",
        before_lines=finding.before_lines,
        after_lines=finding.after_lines,
        values=known(
            block=ONE_SIDED[finding.kind][0],
            direction=way,
            path=paths[0],
            paths=paths if len(paths) > 1 else None,
            section=finding.values.get("section"),
        ),
    )


def _now_in(finding: Finding, came: _Said, page: Comparison) -> Values:
    """The pages that have what went of a text, and how it begins."""
    if finding.kind not in CHANGED | {"note-removed"} or not finding.before:
        return {}
    stays = set(_split((finding.kind in CHANGED and finding.after) or ""))
    gone = {_plain(part): part for part in _parts(finding.before)}
    found = came.holding(gone.keys() - stays, 0, page)
    paths = tuple(path for path, words in found.items() if words >= ENOUGH)
    there = (part for text, part in gone.items() if came.paths.get(text, frozenset()) & set(paths))
    return {"went": first_words(next(there)), "now_in": paths} if paths else {}
