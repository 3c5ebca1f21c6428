"""Deprecations announced and withdrawn; preview and general availability."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.detectors.comparison.telling import tell
from diffinsight.detectors.reading.ends import End, ends, listed, said
from diffinsight.detectors.reading.nearby import name_before
from diffinsight.detectors.reading.rows import without_marks
from diffinsight.detectors.reading.sides import Lines
from diffinsight.detectors.reading.stages import MARK, stages, subject_of, unmarked
from diffinsight.detectors.releases import Releases
from diffinsight.matching.announcing import MENTION
from diffinsight.matching.words import first_words
from diffinsight.models import Finding
from diffinsight.outline.model import Block, Fragment

SKIPPED = frozenset({"code", "meta", "directive", "definition", "html"})
NAMES = frozenset({"heading", "row", "item"})
LONGEST = 20_000  # characters; a longer block is no announcement


def find(file: Comparison, whole: Whole) -> Iterator[Finding]:
    """What ends; what a release says of it is told with the release."""
    releases = Releases.came(file, whole)
    spans = [lines for release in releases if (lines := releases.lines(release))]
    for finding in _all(file):
        first = finding.after_lines[0] if finding.after_lines else 0
        if not any(start <= first <= end for start, end in spans):
            yield finding


def _all(file: Comparison) -> Iterator[Finding]:
    yield from _without_labels([*_announced(file), *_listed(file)])
    for pair in _pairs(file):
        if not _is_left_out(pair):
            yield from _stage(file, pair, _text(pair.before), _text(pair.after))


def _announced(file: Comparison) -> Iterator[Finding]:
    pages: tuple[str, str] | None = None
    for pair in _pairs(file):
        mentioned = any(MENTION.search(_text(block)) for block in (pair.before, pair.after))
        if mentioned and not _is_left_out(pair):
            pages = pages or (_squeezed(file.before_text), _squeezed(file.after_text))
            yield from _ended(file, pair, pages)


def _is_left_out(pair: Pair) -> bool:
    return pair.moved or max(len(_text(pair.before)), len(_text(pair.after))) > LONGEST


def _text(block: Block | None) -> str:
    return block.text if block else ""


def _without_labels(found: Sequence[Finding]) -> Iterator[Finding]:
    """``found`` without a mere "Deprecated" over a sentence that says it of the same thing."""
    said = {(f.kind, f.subject) for f in found if not _is_label(f)}
    yield from (f for f in found if not _is_label(f) or (f.kind, f.subject) not in said)


def _is_label(finding: Finding) -> bool:
    sentence = finding.after or finding.before
    return bool(sentence) and " " not in str(sentence)


def _pairs(file: Comparison) -> Iterator[Pair]:
    for pair in file.pairs:
        if pair.block.kind not in SKIPPED:
            yield pair
    for section in file.sections:
        old = section.before.heading if section.before else None
        new = section.after.heading if section.after else None
        if (old or new) and (old and old.text) != (new and new.text):
            yield Pair(before=old, after=new)


def _squeezed(fragments: tuple[Fragment, ...]) -> str:
    return " ".join(" ".join(fragment.text.split()) for fragment in fragments)


def _ended(file: Comparison, pair: Pair, pages: tuple[str, str]) -> Iterator[Finding]:
    """The first sentence about an end that the other version does not have."""
    before, after = _texts(pair.before), _texts(pair.after)
    was, now = said(before), said(after)
    if now > was and _on_changed_lines(pair.after, file.added):
        new = (end for end in ends(after) if not _stands_in(end, before, pages[0]))
        yield from (_tell(file, "deprecation-announced", pair, end) for end in islice(new, 1))
    if (
        was > now
        and not (pair.inside or not after)
        and _on_changed_lines(pair.before, file.removed)
    ):
        # A sentence that goes with its section or block withdraws nothing.
        gone = (end for end in ends(before) if not _stands_in(end, after, pages[1]))
        yield from (_tell(file, "deprecation-withdrawn", pair, end) for end in islice(gone, 1))


def _texts(block: Block | None) -> tuple[str, ...]:
    """What can speak of an end: each cell by itself, but no row's mere name."""
    if block is None:
        return ()
    cells = block.cells if block.kind == "row" else (block.text,)
    named = block.kind == "row" and MENTION.fullmatch(cells[0])
    return cells[1:] if named else cells


def _stands_in(end: End, texts: Sequence[str], page: str) -> bool:
    """Whether the other version has the sentence, too; a mere word stands in any page."""
    return end.sentence in texts or (" " in end.sentence and end.sentence in page)


def _on_changed_lines(block: Block | None, changed: Lines) -> bool:
    """Whether one of the lines that speak of an end came or went."""
    if block is None:
        return False
    lines = block.source.splitlines()
    spoken = [block.first + place for place, line in enumerate(lines) if MENTION.search(line)]
    return not spoken or any(number in changed for number in spoken)


def _tell(file: Comparison, kind: str, pair: Pair, end: End) -> Finding:
    announced = kind == "deprecation-announced"
    row = first_words(without_marks(pair.block.cells[0])) if pair.block.cells else ""
    outline = file.after if announced else file.before
    block = (pair.after if announced else pair.before) or pair.block
    thing = end.thing if end.marked else row or end.thing
    subject = name_before(block, end.sentence, thing, outline)
    return tell(
        kind,
        pair,
        "breaking" if announced and not end.taken_over else "notable",
        subject=subject,
        before=None if announced else end.sentence,
        after=end.sentence if announced else None,
        values={
            "word": end.word,
            "date": end.date,
            "marked": end.marked or None,
            "over": end.over or None,
            "deprecated": (announced and end.deprecated) or None,
            "moves": (announced and end.moves) or None,
            "named": True if subject != thing else None,
            "row": row if end.marked and row != end.thing else None,
        },
    )


def _listed(file: Comparison) -> Iterator[Finding]:
    """Rows that came to a table of ends, with a date."""
    columns = {b.group: b.cells for b in file.after.blocks if b.kind == "table"}
    for pair in file.pairs:
        row = pair.after
        if row is None or pair.before or pair.inside or row.kind != "row":
            continue
        found = listed(row.cells, columns.get(row.group, ()))
        if found:
            yield tell(
                "deprecation-announced",
                pair,
                "breaking",
                subject=found.thing,
                values={
                    "date": found.date,
                    "replacement": found.replacement,
                    "moves": bool(found.replacement) or None,
                    "earlier": found.earlier or None,
                    "listed": True,
                },
            )


def _stage(file: Comparison, pair: Pair, before: str, after: str) -> Iterator[Finding]:
    """Another stage than before, or the mark `(preview)` gone from a name."""
    if not before or not after:
        return
    old, new = stages(before), stages(after)
    gone = [stage for stage in old if stage not in new]
    came = [stage for stage in new if stage not in old]
    named = pair.block.kind in NAMES or bool(MARK.search(before) or MARK.search(after))
    if (gone and came) or ((gone or came) and named and _only_stage(pair, before, after)):
        yield tell(
            "availability-changed",
            pair,
            "notable",
            subject=_named(file, pair, (*came, *gone)),
            before=", ".join(gone),
            after=", ".join(came),
        )


def _named(file: Comparison, pair: Pair, changed: Sequence[str]) -> str:
    """What a stage is said of, by the version that says it."""
    for stage in changed:
        for block, outline in ((pair.after, file.after), (pair.before, file.before)):
            name = subject_of(block, stage) if block else ""
            if block and name:
                return name_before(block, name, name, outline)
    return first_words(pair.block.text)


def _only_stage(pair: Pair, before: str, after: str) -> bool:
    """Whether nothing but the stage changed, so that its loss says something."""
    if pair.edits:
        return all(
            stages(edit.before) or stages(edit.after) for edit in pair.edits if edit.kind == "words"
        )
    short, long = sorted((before, after), key=len)
    return unmarked(long).split() == short.split()
