"""A file's explanation: the most important first, in paragraphs where that is much."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace

from diffinsight.engines.choosing.clauses import Clause, counted_as
from diffinsight.engines.choosing.passages import Edit, Passage
from diffinsight.engines.choosing.ranking import TEXT, is_page_title, size
from diffinsight.engines.choosing.urgency import urgency
from diffinsight.engines.explaining.all_told import tells_all
from diffinsight.engines.explaining.examples import (
    say_changes,
    say_example,
    say_exchange,
    say_sample,
    say_urgent,
)
from diffinsight.engines.explaining.leftovers import close, lead
from diffinsight.engines.explaining.teller import Teller, in_page_order, is_same, quotes_value
from diffinsight.engines.explaining.whereabouts import lines_of
from diffinsight.engines.quoting.cutting import ELLIPSIS
from diffinsight.engines.quoting.unsaid import unsaid
from diffinsight.engines.values.edits import MOST_QUOTES
from diffinsight.languages import Markdown
from diffinsight.matching.weight import Weight
from diffinsight.models import FileChange, Finding

MOST_TOLD = 4  # matters; what is left is counted in one sentence more
MOST_URGENT = 6  # ... where a reader must act on them
LONGEST_ROOMY = 1_000  # characters of an explanation with longer quotations
LONGEST_PARAGRAPH = 600  # ... in one; longer ones are read in parts
_LEAST_PARAGRAPH, LEAST_LAST = 200, 60  # characters
_ROOMS = (1.5, 2)  # times the usual length of a quotation
FEW = 2  # changes of text in a section that are each told
MOST_ALL = 4  # ... where nothing else is; and changes that one sentence tells, none left out
# Several of them are named, not quoted.
_NAMED = frozenset({"step-added", "step-changed", "note-added", "note-changed"})
_SHOWN = {"step-added": 4, "note-added": 3}  # so many are named by what they say
# A note may repeat a sentence that was told as what its section says, or as an announcement.
_QUOTED = frozenset({"note-added", "note-changed", "paragraph-added", "list-item-added"})


def explain(clauses: Sequence[Clause], teller: Teller) -> str:
    """Markdown; ``clauses`` come the most important first.

    Where little is told, quotations are longer: a reader misses what is cut, not the room.
    """
    if not clauses:
        return teller.phrases.say("file.nothing")
    said = _explain(clauses, teller)
    for room in _ROOMS:
        if not any(ELLIPSIS in matter for matter in said) or _length(said) > LONGEST_ROOMY:
            break
        roomier = _explain(clauses, replace(teller, room=room))
        said = roomier if _length(roomier) <= LONGEST_ROOMY else said
    if _length(said) <= LONGEST_PARAGRAPH:
        return teller.phrases.join(said)
    return "\n\n".join(map(teller.phrases.join, _in_paragraphs(said)))


def _length(said: Sequence[Markdown]) -> int:
    return sum(map(len, said))


def _in_paragraphs(said: Sequence[Markdown]) -> Iterator[list[Markdown]]:
    """Matters that are said one after the other, the short ones together."""
    paragraph: list[Markdown] = []
    for place, matter in enumerate(said):
        paragraph.append(matter)
        if _length(paragraph) >= _LEAST_PARAGRAPH and _length(said[place + 1 :]) >= LEAST_LAST:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def _explain(clauses: Sequence[Clause], teller: Teller) -> list[Markdown]:
    """What is said of each matter."""
    # The mark at the end of a zone goes without saying.
    clauses = [clause for clause in clauses if not _is_end_mark(clause)] or clauses
    said: list[Markdown] = []
    count = 0  # of sentences
    rest: list[Clause] = []
    noisy = clauses[0].impact == "noise"  # then so is everything
    under: str | None = None
    told = 0
    kinds: set[Hashable] = set()
    values: dict[int, Finding] = {}
    matters = _paragraphs(_steps(clauses))
    few = _few(matters)
    for steps in matters:
        most = MOST_URGENT if _is_urgent(steps) else MOST_TOLD
        room = told < most and count <= MOST_TOLD and not _is_more(steps, kinds)
        if room and (noisy or steps[0].impact != "noise"):
            told += 1
            named = (clause for clause in steps if clause.kind not in TEXT)
            kinds |= {counted_as(clause) for clause in named if not _is_title(clause)}
            value = _lone_value(steps)
            if value:
                values[len(said)] = value
            news = [_news(clause, teller.phrases.join(said)) for clause in steps]
            sentences = list(filter(None, _tell(news, teller, under, few=few)))
            said += [teller.phrases.join(sentences)] if sentences else []
            count += len(sentences)
            under = under if value else steps[-1].section
        else:
            rest += steps
    kept = _without_values(said, values)
    count -= len(said) - len(kept)
    said = kept
    if rest:
        said += close(rest, teller, kinds, under)
    elif noisy:
        said.append(teller.phrases.say("file.only_noise"))
    elif count == 1 and _is_all(clauses, teller.source.change, said[0]):
        said.append(teller.phrases.say("file.nothing_else"))
    return said


def _news(clause: Clause, said: str) -> Clause:
    """``clause`` without sentences of what came that those before, ``said``, have quoted."""
    if clause.kind not in _QUOTED or not said:
        return clause
    passages = (replace(one, finding=_without(one.finding, said)) for one in clause.passages)
    return Clause(passages=tuple(passages))


def _without(finding: Finding, said: str) -> Finding:
    kept = finding.kind.endswith("-changed")  # its sides are what it was and is
    after = finding.after if kept else unsaid(finding.after or "", said)
    text = unsaid(str(finding.values.get("text") or ""), said)
    goes_on = not kept and bool(after) and after != finding.after
    values = {**finding.values, "text": text or None, "goes_on": goes_on or None}
    return replace(finding, after=after or None, values=values)


def _lone_value(steps: Sequence[Clause]) -> Finding | None:
    """A value that is told by itself: a text that has it says more."""
    finding = steps[0].findings[0]
    alone = len(steps) == 1 and len(steps[0].passages) == 1
    value = finding.kind == "value-changed" and finding.impact != "breaking"
    return finding if alone and value else None


def _without_values(said: list[Markdown], values: Mapping[int, Finding]) -> list[Markdown]:
    """``said`` without values, one sentence each, that a later one quotes with its text."""
    return [
        matter
        for place, matter in enumerate(said)
        if place not in values
        or not any(quotes_value(later, values[place]) for later in said[place + 1 :])
    ]


def _is_more(steps: Sequence[Clause], told: Collection[Hashable]) -> bool:
    """Whether it is more code beside code that was told, and matters less."""
    return steps[0].kind == "code-changed" and counted_as(steps[0]) in told


def _is_title(clause: Clause) -> bool:
    """Whether it is about the title of the page, which is no section among others."""
    return is_page_title(clause.findings[0])


def _is_end_mark(clause: Clause) -> bool:
    return clause.kind.startswith("directive-") and clause.impact == "noise"


def _is_all(clauses: Sequence[Clause], change: FileChange, sentence: str) -> bool:
    """Whether one sentence has told everything that changed."""
    passages = [passage for clause in clauses for passage in clause.passages]
    cut = any(
        passage.more_edits or passage.carried or len(passage.edits) > MOST_QUOTES
        for passage in passages
    )
    few = not cut and len(passages) <= MOST_ALL
    return few and _is_changed_text(change) and tells_all(sentence, change)


def _is_changed_text(change: FileChange) -> bool:
    return change.status == "modified" and not change.binary and change.patch is not None


def _steps(clauses: Sequence[Clause]) -> list[list[Clause]]:
    """Clauses told together: text by its section, everything else by itself."""
    steps: dict[object, list[Clause]] = {}
    for index, clause in enumerate(clauses):
        by_section = clause.kind in TEXT and clause.impact != "noise"
        steps.setdefault(clause.section if by_section else index, []).append(clause)
    return list(steps.values())


def _paragraphs(steps: list[list[Clause]]) -> list[list[Clause]]:
    """The most important first; of texts, the most urgent, then the longest."""
    texts = [step for step in steps if step[0].kind in TEXT and step[0].impact == "minor"]
    ordered = iter(sorted(texts, key=_importance, reverse=True))
    return [next(ordered) if step in texts else step for step in steps]


def _importance(step: list[Clause]) -> tuple[int, int]:
    findings = [finding for clause in step for finding in clause.findings]
    return max(map(urgency, findings)), size(findings)


def _is_urgent(step: list[Clause]) -> bool:
    return any(urgency(finding) >= Weight.RULE for clause in step for finding in clause.findings)


def _few(matters: Sequence[Sequence[Clause]]) -> int:
    """How many texts of a section are told one by one: more where nothing but these changed."""
    first, *others = matters
    alone = all(steps[0].impact == "noise" for steps in others)
    return MOST_ALL if alone and all(c.kind.endswith("-changed") for c in first) else FEW


def _tell(
    steps: Sequence[Clause], teller: Teller, under: str | None, *, few: int = FEW
) -> Iterator[Markdown]:
    """``under``: the section that the sentence before has named; ``few``: texts told one by one."""
    passages = [passage for clause in steps for passage in clause.passages]
    apart = _apart(steps, teller)
    if apart:
        here = [clause for clause in steps if clause not in apart]
        yield from _tell(here, teller, under, few=few)
        yield from _tell(apart, teller, under, few=few)
    elif steps[0].kind not in TEXT:
        said = teller.sentence(steps[0], under)
        yield said
        if steps[0].kind in _NAMED and len(passages) > 1 and not is_same(steps[0]):
            yield say_urgent(teller, _unnamed(steps[0]), said)
        yield teller.action(steps[0])
    elif len(passages) > few:
        quoted = {clause.kind: say_changes(teller, clause) for clause in steps}
        quoted |= _exchanges(steps, teller)
        told = [
            said
            for clause in steps
            for said in quoted.get(clause.kind) or (say_sample(teller, clause),)
        ]
        told = list(filter(None, told))
        changes = teller.voice().enumerate(told)
        where = lead([passage.finding for passage in passages], teller, under)
        yield teller.phrases.say("file.section", lead=where, changes=changes)
        unquoted = (
            passage
            for clause in steps
            if not quoted[clause.kind] and clause.kind.endswith("-changed")
            for passage in clause.passages
        )
        yield say_example(teller, unquoted)
    else:
        told_edits: set[tuple[Edit, ...]] = set()
        for passage in passages:
            if passage.edits and passage.edits in told_edits:
                yield teller.again(passage, under)
            else:
                yield teller.sentence(Clause(passages=(passage,)), under)
            told_edits.add(passage.edits)
            under = steps[0].section


def _apart(steps: Sequence[Clause], teller: Teller) -> Sequence[Clause]:
    """Those that tell what went far from where the others are; empty: none does."""
    findings = [finding for clause in steps for finding in clause.findings]
    here, gone = lines_of(findings, teller.source.change, whole=False)
    if not (here and gone):
        return ()
    far = {line for first, last in gone for line in range(first, last + 1)}
    return [
        clause
        for clause in steps
        if all(not f.after_lines and far.issuperset(f.before_lines or ()) for f in clause.findings)
    ]


def _exchanges(steps: Sequence[Clause], teller: Teller) -> dict[str, tuple[Markdown, ...]]:
    """By kind, what came in the place of the same text everywhere, and nothing of what went."""
    by_kind = {clause.kind: clause for clause in steps}
    found: dict[str, tuple[Markdown, ...]] = {}
    for kind, added in by_kind.items():
        gone = kind.removesuffix("-added") + "-removed"
        if kind.endswith("-added") and gone in by_kind:
            said = say_exchange(teller, by_kind[gone], added)
            found |= {kind: (said,), gone: (Markdown(),)} if said else {}
    return found


def _unnamed(clause: Clause) -> Sequence[Passage]:
    """Passages of which the sentence about all of them says less than there is to say."""
    if clause.kind.endswith("-changed"):
        return clause.passages
    return in_page_order(clause).passages[_SHOWN[clause.kind] :]
