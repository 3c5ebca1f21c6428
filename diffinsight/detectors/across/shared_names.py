"""Names that come to several files of a range, or leave them for good: what the range is about."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from diffinsight.detectors.comparison import Comparison
from diffinsight.detectors.comparison.telling import MOST_LISTED, add_values
from diffinsight.matching.figures import UNIT
from diffinsight.matching.words import STOP_WORDS
from diffinsight.models import FileAnalysis, Json
from diffinsight.outline.model import Block

FEWEST_FILES = 2
_WORD = re.compile(r"[A-Za-z0-9]+(?:[-.+#&][A-Za-z0-9]+)*")
_NUMBER = re.compile(r"[\d.-]+")
_ICON = re.compile(r":[a-z0-9][\w+-]*:")  # shown as a picture
_UNIT = re.compile(UNIT)
_CAPITAL = re.compile(r"[A-Z]")
_CAPITALISED = re.compile(r"[A-Z][a-z]*(?:-[a-z]+)*")  # as any word at the start of a sentence
_UNMISTAKABLE = re.compile(r"\d|[^-A-Z][A-Z]|-[A-Z]")  # as no word but a name
_OPENING = "\"'“‘(* "  # noqa: RUF001 - typographic marks are meant
_ENDS = (".", ":", ";", "!", "?")
_NEAR = 8  # characters before a word that tell whether a sentence starts there
_MOST_WORDS = 8  # of a name
_MOST_RUNS = 30  # with a word, of which the name of it is what they have in common
_Words = tuple[str, ...]


class _Run(NamedTuple):
    """Words that follow each other, each of which may be a part of a name."""

    words: _Words
    begins_text: bool  # so that any word may have a capital in the first place

    def holds(self, name: _Words) -> bool:
        return f" {' '.join(name)} ".casefold() in f" {' '.join(self.words)} ".casefold()

    def shows(self, name: _Words) -> bool:
        """Whether it holds ``name``, and not because of where that stands."""
        return _Run(self.words[self.begins_text :], begins_text=False).holds(name)


_Runs = Mapping[str, Mapping[_Run, int]]  # by each word; with the line where they first stand


def mark(
    comparisons: Sequence[Comparison], files: Sequence[FileAnalysis]
) -> tuple[FileAnalysis, ...]:
    """``files`` with `new_names` and `gone_names` on the first finding about a line with one."""
    both = tuple(zip(comparisons, files, strict=True))
    came, went = (_names(both, old=old) for old in (False, True))
    return tuple(
        _marked(
            _marked(file, came.get(file.change.path, {}), old=False),
            went.get(file.change.path, {}),
            old=True,
        )
        for file in files
    )


def _runs(file: Comparison, told: FileAnalysis, *, old: bool) -> _Runs:
    """What may be a name in one version of the texts that changed; releases name their own."""
    found: defaultdict[str, dict[_Run, int]] = defaultdict(dict)
    releases = [
        lines
        for finding in told.findings
        if finding.kind.startswith("release-")
        and (lines := finding.before_lines if old else finding.after_lines)
    ]
    for pair in file.pairs:
        block = pair.before if old else pair.after
        if not block or any(first <= block.first <= last for first, last in releases):
            continue
        if block.is_counted and block.kind != "html":
            for run in _runs_in(block):
                for word in run.words:
                    found[word.casefold()].setdefault(run, block.first)
    return found


def _runs_in(block: Block) -> Iterator[_Run]:
    for text in block.cells or (block.text,):
        plain = _ICON.sub(" ", text.replace("`", ""))
        words: list[re.Match[str]] = []
        for word in _WORD.finditer(plain):
            named = _may_be_name(word[0])
            if words and not (named and plain[words[-1].end() : word.start()] == " "):
                yield from _run(words, plain)
                words = []
            if named:
                words.append(word)
        yield from _run(words, plain)


def _may_be_name(word: str) -> bool:
    if _UNIT.fullmatch(word) and not _CAPITALISED.fullmatch(word):
        return False
    named = _CAPITAL.search(word) or not word.isalpha()
    return bool(named) and not _NUMBER.fullmatch(word) and word.casefold() not in STOP_WORDS


def _run(words: Sequence[re.Match[str]], text: str) -> Iterator[_Run]:
    """The words as one run, or each by itself, where they are too many for a name."""
    if not words:
        return
    before = text[max(words[0].start() - _NEAR, 0) : words[0].start()].rstrip(_OPENING)
    starts = not before or before.endswith(_ENDS)
    begins_text = starts and _CAPITALISED.fullmatch(words[0][0]) is not None
    named = tuple(word[0] for word in words)
    if len(named) <= _MOST_WORDS:
        yield _Run(named, begins_text)
    else:
        yield from (_Run((word,), begins_text and not at) for at, word in enumerate(named))


def _names(
    both: Sequence[tuple[Comparison, FileAnalysis]], *, old: bool
) -> Mapping[str, Mapping[str, int]]:
    """The names that only one version of the range has, by file, with their first lines.

    Files that came or went as a whole say themselves what they are about.
    """
    comparisons = [file for file, _ in both]
    runs = {file.path: _runs(file, told, old=old) for file, told in both}
    having: defaultdict[str, list[str]] = defaultdict(list)
    for path, words in runs.items():
        for word in words:
            having[word].append(path)
    shared = {word: paths for word, paths in having.items() if len(paths) >= FEWEST_FILES}
    known = _known(comparisons, old=not old) if shared else frozenset()
    whole = {file.path for file in comparisons if not file.compared}
    names: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for word, paths in shared.items():
        if whole.issuperset(paths) or {word, word.removesuffix("s")} & known:
            continue
        name = _whole(word, [tuple(runs[path][word])[:_MOST_RUNS] for path in paths])
        for path in paths if name else ():
            found = runs[path][word]
            if len(names[path]) >= MOST_LISTED:
                continue
            names[path][" ".join(name)] = min(found[run] for run in found if run.holds(name))
    return names


def _known(comparisons: Sequence[Comparison], *, old: bool) -> frozenset[str]:
    """All words of one version in small letters, those with hyphens without them, too."""
    sides = (file.before_text if old else file.after_text for file in comparisons)
    words = {
        word.casefold() for side in sides for part in side for word in _WORD.findall(part.text)
    }
    return frozenset(words | {word.replace("-", "") for word in words})


def _whole(word: str, files: Sequence[Sequence[_Run]]) -> _Words:
    """The longest words around ``word`` that all files have; empty: it may be any word."""
    parts = Counter(
        part
        for run in (run for runs in files for run in runs)
        for start, end in combinations(range(len(run.words) + 1), 2)
        if word in map(str.casefold, part := run.words[start:end])
    )
    common = [
        part
        for part in parts
        if all(any(run.holds(part) for run in runs) for runs in files)
        and any(run.shows(part) for runs in files for run in runs)
    ]
    best = max(common, key=lambda part: (len(part), parts[part]), default=())
    return best if len(best) > 1 or any(map(_UNMISTAKABLE.search, best)) else ()


def _marked(file: FileAnalysis, names: Mapping[str, int], *, old: bool) -> FileAnalysis:
    found: defaultdict[int, list[Json]] = defaultdict(list)
    for name, line in names.items():
        lines = (finding.before_lines if old else finding.after_lines for finding in file.findings)
        told = (number for number, at in enumerate(lines) if at and at[0] <= line <= at[1])
        found[next(told, 0)].append(name)
    key = "gone_names" if old else "new_names"
    return add_values(file, {number: {key: tuple(it)} for number, it in found.items()})
