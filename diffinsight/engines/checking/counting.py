"""How many of each sort of thing came, went and changed in a file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from diffinsight.engines.checking.lexicon import lexicon
from diffinsight.models import FileAnalysis, Finding

# What a new heading or page brought with it.
BROUGHT = {
    "paragraphs": "paragraph",
    "items": "item",
    "steps": "step",
    "code_blocks": "code",
    "tables": "table",
    "images": "image",
    "headings": "heading",
    "rows": "row",
}


_FORM = (
    "case-changed",
    "formatting-changed",
    "punctuation-changed",
    "reflowed",
    "whitespace-changed",
)


def counts_of(analysis: FileAnalysis) -> dict[str, frozenset[int]]:
    """Which numbers of things are true of a file, by noun."""
    change = analysis.change
    counts: dict[str, set[int]] = {name: set() for name in lexicon().counted}
    counts["lines"] |= {change.additions, change.deletions, change.additions + change.deletions}
    counts["files"] |= {1, 2} if change.previous_path else {1}
    counts["lines-added"], counts["lines-removed"] = {change.additions}, {change.deletions}
    for findings in _sections(analysis.findings):
        _count_kinds(findings, counts)
    counts["places"] |= _hunks(change.patch) | _repeated(analysis.findings)
    counts["places"] |= _of_each_kind(analysis.findings)
    for finding in analysis.findings:
        way = "removed" if finding.kind.endswith("-removed") else "added"
        for key, value in finding.values.items():
            number = len(value) if isinstance(value, tuple | list) else value
            if isinstance(number, int) and not isinstance(number, bool):
                for name in _counted_by(key):
                    counts.setdefault(name, set()).add(number)
                    counts.setdefault(f"{name}-{way}", set()).add(number)
    _add_sums(analysis.findings, counts)
    return {name: frozenset(held) for name, held in counts.items()}


def _add_sums(findings: Iterable[Finding], counts: dict[str, set[int]]) -> None:
    """What findings of a kind have together, such as the words of two new sections."""
    sums: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        way = "removed" if finding.kind.endswith("-removed") else "added"
        for key, value in finding.values.items():
            if isinstance(value, int) and not isinstance(value, bool):
                for name in _counted_by(key):
                    sums[finding.kind, name] += value
                    sums[finding.kind, f"{name}-{way}"] += value
    for (_, name), total in sums.items():
        counts.setdefault(name, set()).add(total)


def _sections(findings: Iterable[Finding]) -> Iterator[list[Finding]]:
    """All findings, and those of each section: a sentence may be about one of them only."""
    by_section: dict[str, list[Finding]] = {}
    for finding in findings:
        by_section.setdefault(str(finding.values.get("section")), []).append(finding)
    yield [finding for held in by_section.values() for finding in held]
    yield from by_section.values()


def _count_kinds(findings: Iterable[Finding], counts: dict[str, set[int]]) -> None:
    families: dict[str, Counter[str]] = {}
    different: dict[str, set[tuple[str, str | None, str | None]]] = {}
    for finding in findings:
        stem, _, way = finding.kind.rpartition("-")
        families.setdefault(stem, Counter())[way] += 1
        different.setdefault(stem, set()).add((finding.subject, finding.before, finding.after))
    for name, noun in lexicon().nouns.items():
        for stem, ways in families.items():
            if stem.startswith(noun.kinds):
                together = (*ways.values(), ways.total(), len(different[stem]))
                counts.setdefault(name, set()).update(together)
                for way, number in ways.items():
                    for direction in _directions(way):
                        counts.setdefault(f"{name}-{direction}", set()).add(number)


def _directions(way: str) -> set[str]:
    """How the ending of a kind is told: what was extended had things added."""
    told = {name for name, one in lexicon().directions.items() if f"-{way}" in one.backed}
    return {way, *told}


def _repeated(findings: Iterable[Finding]) -> set[int]:
    """How often the same was found."""
    return set(Counter((f.kind, f.before, f.after) for f in findings).values())


def _of_each_kind(findings: Sequence[Finding]) -> set[int]:
    """How many findings of a kind there are, and of those about form together."""
    kinds = Counter(finding.kind for finding in findings)
    edited = Counter(finding.kind for finding in findings if finding.values.get("edits"))
    return {sum(kinds[kind] for kind in _FORM), *kinds.values(), *edited.values()}


def _hunks(patch: str | None) -> set[int]:
    return {len(re.findall(r"^@@ ", patch or "", re.MULTILINE))}


def _counted_by(key: str) -> Iterator[str]:
    """The nouns that a finding's number counts, by its key."""
    stem = key.partition("_")[0]
    if key in BROUGHT:
        yield BROUGHT[key]
    if stem in ("lines", "added", "removed"):
        yield "lines"
        yield from (f"lines-{way}" for way in ("added", "removed") if key.endswith(way))
    if stem == "words":
        yield "words"
        yield from (f"words-{way}" for way in ("added", "removed") if key.endswith(way))
    if stem == "members":
        yield "entry"
    if stem == "files":
        yield "files"
    if stem == "links":
        yield "link"
    if stem in ("count", "total", "links", "more"):
        yield "places"
