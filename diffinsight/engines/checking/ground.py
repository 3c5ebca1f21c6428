"""What is known of a change, in the form in which sentences are held against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from diffinsight.engines.checking.counting import BROUGHT, counts_of
from diffinsight.engines.checking.folding import both, count, fold
from diffinsight.engines.checking.lexicon import lexicon
from diffinsight.engines.checking.numbers import numbers_in
from diffinsight.models import FileAnalysis, Finding, Json

LONGEST_FILE = 400_000  # characters of a version that are looked at
# Values that tell what came or went, not where it stood.
_CONTENT = ("title", "cells", "columns", "headings", "commands", "key", "text", "target", "column")
_WHOLE = (
    "page-",
    "heading-",
    "section-",
    "file-",
    "table-",
    "note-",
    "list-item-",
    "step-",
    "paragraph-",
)
_COARSE = ("section-", "text-changed", "html-", "directive-", "content-", "reflowed")


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """A finding: its folded words, its numbers, and its lines in both versions."""

    words: str
    section: str
    pair: tuple[str, str]
    numbers: frozenset[int]
    before: tuple[int, int] | None
    after: tuple[int, int] | None

    def lines(self, *, old: bool) -> tuple[tuple[int, int], ...]:
        """Where it stands in the new version, of what went and if ``old`` in the old one."""
        lines = self.before if old else self.after or self.before
        return (lines,) if lines else ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """Folded texts, numbers and counts of one file, or of several."""

    added: str
    removed: str
    shown: str  # diff with its context, findings, paths
    file: str  # both versions
    came: str  # strings of findings that say something was added
    went: str
    subjects_came: frozenset[str]  # of these findings
    subjects_went: frozenset[str]
    pairs: tuple[tuple[str, str], ...]  # before and after
    moved: str  # strings of findings by the other directions
    kinds: frozenset[str]
    things: frozenset[tuple[str, str]]  # noun, direction
    numbers: frozenset[str]
    counts: Mapping[str, frozenset[int]]  # by noun
    spots: tuple[Spot, ...]  # one for each finding
    own: frozenset[str]  # its folded names
    additions: int
    deletions: int
    breaking: bool

    def net(self, text: str) -> int:
        """How much more often a folded text stands in added than in removed lines."""
        return count(self.added, text) - count(self.removed, text)


def ground_of(analysis: FileAnalysis, *, said: Iterable[str] = ()) -> Ground:
    """What is known of one file; ``said``: texts known to be true, such as offline ones."""
    change = analysis.change
    lines = (change.patch or "").splitlines()
    added = [line[1:] for line in lines if line.startswith("+")]
    removed = [line[1:] for line in lines if line.startswith("-")]
    file = "\n".join(text[:LONGEST_FILE] for text in (change.before, change.after) if text)
    paths = [change.path, change.previous_path or ""]
    facts = [string for finding in analysis.findings for string in _strings(finding)]
    shown = "\n".join(
        chain((line.removeprefix(" ").removeprefix("+").removeprefix("-") for line in lines),
              facts, paths, (path.rpartition("/")[2] for path in paths), said)
    )  # fmt: skip
    return Ground(
        added=both("\n".join(added)),
        removed=both("\n".join(removed)),
        shown=both(shown),
        file=both(file),
        came=_said_by(analysis.findings, lexicon().directions["added"].backed),
        went=_said_by(analysis.findings, lexicon().directions["removed"].backed),
        subjects_came=_subjects(analysis.findings, ("-added",)),
        subjects_went=_subjects(analysis.findings, ("-removed",)),
        pairs=tuple(_pairs(analysis.findings)),
        moved=_said_by(analysis.findings, ("-renamed", "-moved", "-reordered", "term-replaced")),
        kinds=frozenset(finding.kind for finding in analysis.findings)
        | ({"file-moved"} if change.status == "renamed" else set()),
        things=frozenset(_things(analysis.findings, added, removed)),
        numbers=numbers_in(shown),
        counts=counts_of(analysis),
        spots=tuple(map(_spot, analysis.findings)),
        own=frozenset(
            fold(name) for path in paths if path for name in (path, path.rpartition("/")[2])
        ),
        additions=change.additions,
        deletions=change.deletions,
        breaking=any(finding.impact == "breaking" for finding in analysis.findings),
    )


def merged(grounds: Iterable[Ground], *, facts: str = "", counts: Iterable[int] = ()) -> Ground:
    """What is known of several files, and of the range by ``facts`` and ``counts``."""
    parts = tuple(grounds)
    names = sorted({name for part in parts for name in part.counts} | set(lexicon().counted))
    own = frozenset(counts)
    summed = {
        name: own.union(*(part.counts.get(name, frozenset()) for part in parts)) for name in names
    }
    return Ground(
        added="\n".join(part.added for part in parts),
        removed="\n".join(part.removed for part in parts),
        shown="\n".join(part.shown for part in parts) + "\n" + both(facts),
        file="\n".join(part.file for part in parts),
        came="\n".join(part.came for part in parts),
        went="\n".join(part.went for part in parts),
        subjects_came=frozenset().union(*(part.subjects_came for part in parts)),
        subjects_went=frozenset().union(*(part.subjects_went for part in parts)),
        pairs=tuple(pair for part in parts for pair in part.pairs),
        moved="\n".join(part.moved for part in parts),
        kinds=frozenset().union(*(part.kinds for part in parts)),
        things=frozenset().union(*(part.things for part in parts)),
        numbers=numbers_in(facts).union({str(n) for n in own}, *(p.numbers for p in parts)),
        counts=summed,
        spots=tuple(spot for part in parts for spot in part.spots),
        own=frozenset().union(*(part.own for part in parts)),
        additions=sum(part.additions for part in parts),
        deletions=sum(part.deletions for part in parts),
        breaking=any(part.breaking for part in parts),
    )


def _strings(finding: Finding) -> Iterator[str]:
    yield from (finding.subject, finding.before or "", finding.after or "")
    yield from _leaves(finding.values)


def _leaves(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for held in value.values():
            yield from _leaves(held)
    elif isinstance(value, tuple | list):
        for held in value:
            yield from _leaves(held)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)


def _said_by(findings: Iterable[Finding], endings: tuple[str, ...]) -> str:
    strings: list[str] = []
    for finding in findings:
        added_key = finding.values.get("change") == endings[0].removeprefix("-")
        if finding.kind.endswith(endings) or added_key:
            strings += (finding.subject, finding.before or "", finding.after or "")
            strings += chain.from_iterable(_leaves(finding.values.get(key)) for key in _CONTENT)
    return both("\n".join(strings))


def _subjects(findings: Iterable[Finding], endings: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(f.subject) for f in findings if f.kind.endswith(endings))


def _pairs(findings: Iterable[Finding]) -> Iterator[tuple[str, str]]:
    for finding in findings:
        if finding.before and finding.after:
            yield fold(finding.before), fold(finding.after)
        for key in ("edits", "cells"):
            held = finding.values.get(key)
            for edit in held if isinstance(held, tuple | list) else ():
                if isinstance(edit, Mapping):
                    yield fold(str(edit.get("before") or "")), fold(str(edit.get("after") or ""))


def _things(
    findings: Iterable[Finding], added: list[str], removed: list[str]
) -> Iterator[tuple[str, str]]:
    """Which sorts of things came, went, were moved or renamed."""
    words = lexicon()
    for finding in findings:
        for way, direction in words.directions.items():
            if finding.kind.endswith(direction.backed):
                yield from (
                    (name, way) for name, noun in words.nouns.items()
                    if finding.kind.startswith(noun.kinds)
                )  # fmt: skip
        brought = "removed" if finding.kind.endswith("-removed") else "added"
        for key, name in BROUGHT.items():
            if finding.values.get(key):
                yield name, brought
    for way, lines in (("added", added), ("removed", removed)):
        if not any(_swallows(finding.kind, way) for finding in findings):
            continue
        for name, noun in words.nouns.items():
            if noun.line and any(map(noun.line.match, lines)):
                yield name, way


def _swallows(kind: str, way: str) -> bool:
    """Whether a finding stands for things of its own that have no finding."""
    return kind.startswith(_COARSE) or (kind.endswith(f"-{way}") and kind.startswith(_WHOLE))


def _spot(finding: Finding) -> Spot:
    return Spot(
        words=both("\n".join(_strings(finding))),
        section=fold(str(finding.values.get("section") or "")),
        pair=(fold(finding.before or ""), fold(finding.after or "")),
        numbers=frozenset(
            number for number in finding.values.values()
            if isinstance(number, int) and not isinstance(number, bool)
        ),
        before=finding.before_lines,
        after=finding.after_lines,
    )  # fmt: skip
