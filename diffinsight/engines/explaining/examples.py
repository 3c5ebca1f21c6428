"""A few of many changes: the most urgent ones quoted, texts by how they begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, zip_longest

from diffinsight.engines.choosing.clauses import Clause
from diffinsight.engines.choosing.passages import Edit, Passage
from diffinsight.engines.choosing.ranking import TEXT, size
from diffinsight.engines.choosing.urgency import is_rewritten, is_slight, picks_other, urgency
from diffinsight.engines.explaining.teller import Teller
from diffinsight.engines.quoting.cutting import shorten
from diffinsight.engines.quoting.voice import Voice
from diffinsight.languages import Markdown
from diffinsight.matching.weight import Weight
from diffinsight.models import Finding

_MOST_EXAMPLES = 2
_MARKS = " ,;.:"
_MOST_LEFT = 3  # texts that are told of those that would only be counted
_MOST_NEW = 1  # ... of those that a page begins with
_SAMPLE = 40  # characters of the name of a text
_SAID = 100  # ... that came or went: how it begins rarely tells what it says
_BRIEF = 70  # ... of a change among others


def say_sample(teller: Teller, clause: Clause) -> Markdown:
    """The count of texts and a few of them, of those that came or went the weightiest."""
    voice = teller.voice()
    subjects = tuple(_named(teller, passage) for passage in sampled(clause.passages))
    shared = {name: _shared(clause.findings, name) for name in ("led_by", "instead")}
    key = f"findings.{clause.kind}.sampled"
    return voice.say(key, count=len(subjects), subjects=subjects, **shared)


def _shared(findings: Iterable[Finding], name: str) -> str | None:
    values = {finding.values.get(name) for finding in findings}
    return str(values.pop() or "") or None if len(values) == 1 else None


def _named(teller: Teller, passage: Passage) -> str:
    """A text by how it begins; what came or went by what it says, a rule as a whole."""
    finding = passage.finding
    side = {"added": "after", "removed": "before"}.get(finding.kind.rpartition("-")[2])
    if side:
        voice = teller.voice()
        said = teller.values(Clause(passages=(passage,)), voice).get(side)
        if isinstance(said, str):
            rule = urgency(finding) >= Weight.RULE
            return said if rule else teller.voice(limit=_SAID).quoted(said)
        return shorten(finding.subject, _SAMPLE)  # all of it was quoted before
    return teller.voice(limit=_SAMPLE).quoted(finding.subject)


def say_changes(teller: Teller, clause: Clause) -> tuple[Markdown, ...]:
    """What a lone text became, came or went, quoted; empty where only a count can be told."""
    passage, count = clause.passages[0], len(clause.passages)
    alike = {(finding.before, finding.after) for finding in clause.findings}
    if count > 1 and (len(alike) > 1 or not clause.kind.endswith("-changed")):
        return ()
    brief = urgency(passage.finding) < Weight.RULE
    limit = _BRIEF if clause.kind.endswith("-changed") else _SAID
    voice = teller.voice(limit=limit) if brief else teller.voice()
    told = tuple(_quoted(teller, passage, voice, Weight.NOTHING))
    return tuple(_in_places(teller, edit, count) for edit in told) if count > 1 else told


def say_exchange(teller: Teller, removed: Clause, added: Clause) -> Markdown:
    """One text that took the place of another one everywhere; empty where that is not so."""
    texts = [{finding.subject for finding in each.findings} for each in (removed, added)]
    count = len(added.passages)
    if count != len(removed.passages) or count == 1 or any(len(said) > 1 for said in texts):
        return Markdown()
    before, after = (teller.values(each, teller.voice()) for each in (removed, added))
    edit = teller.phrases.say(
        "edit.replaced", before=before["first_subject"], after=after["first_subject"]
    )
    return _in_places(teller, edit, count)


def _in_places(teller: Teller, edit: Markdown, count: int) -> Markdown:
    return teller.phrases.say("file.in_places", edit=edit, count=count)


def most_urgent_ones(teller: Teller, passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """The few that a reader must act on, or reads first, of those only counted otherwise."""
    ordered = sorted(passages, key=_importance, reverse=True)
    urgent = [one for one in ordered if urgency(one.finding) >= Weight.RULE]
    new = (one for one in ordered if one not in urgent and _introduces(teller, one.finding))
    return tuple(urgent + list(new)[:_MOST_NEW])[:_MOST_LEFT]


def _introduces(teller: Teller, finding: Finding) -> bool:
    """Whether a text right under the title of the page, of which every page has few, is new."""
    opens = teller.source.title and finding.values.get("section") == teller.source.title
    whole = not finding.kind.endswith("-changed")
    return bool(opens) and finding.kind in TEXT and (whole or is_rewritten(finding))


def say_brief(teller: Teller, passage: Passage) -> tuple[Markdown, ...]:
    """The first difference of a text, in few words; empty where none can be quoted.

    Two where more than a few words changed.
    """
    voice = teller.voice(limit=_BRIEF)
    most = 1 + is_rewritten(passage.finding)
    return tuple(islice(_quoted(teller, passage, voice), most))


def say_instance(teller: Teller, passages: Sequence[Passage]) -> tuple[Markdown, bool]:
    """What most of a changed text became, of texts that are counted, and whether that is all.

    Empty: nothing can be quoted.
    """
    voice = teller.voice(limit=_BRIEF)
    first = max(passages, key=lambda one: (picks_other(one.finding), *_importance(one)))
    leading = leads_elsewhere(first)
    told = first
    if leading and is_slight(first.finding):
        told = replace(first, edits=(), carried=leading)
    said = list(_quoted(teller, told, voice))
    return next(iter(said), Markdown()), len(passages) == len(said) == 1 and told == first


def leads_elsewhere(passage: Passage) -> tuple[Finding, ...]:
    """The links of a changed text that now lead to other places."""
    return tuple(
        item
        for item in passage.carried
        if item.kind == "link-retargeted" and item.impact != "noise"
    )


def names_of(teller: Teller, passages: Sequence[Passage]) -> tuple[str, ...]:
    """Texts that are counted by how they begin, before those that only lead in to something."""
    listed = sorted(passages, key=lambda one: one.finding.subject.endswith(":"))
    texts = (str(f.values.get("text") or f.subject) for f in (p.finding for p in sampled(listed)))
    return tuple(map(teller.voice(limit=_BRIEF).quoted, texts))


def say_urgent(teller: Teller, passages: Iterable[Passage], said: str) -> Markdown:
    """The changes that a reader must act on, of those that are only named; empty: none is."""
    return say_example(teller, (p for p in passages if urgency(p.finding) >= Weight.RULE), said)


def say_example(teller: Teller, passages: Iterable[Passage], said: str = "") -> Markdown:
    """The most urgent change that can be quoted, and one of another text that says as much.

    What the sentence before has ``said`` is no example; empty: there is none.
    """
    voice = teller.voice()
    told: list[list[Markdown]] = []
    known: set[frozenset[Edit]] = set()
    for passage in sorted(passages, key=_importance, reverse=True):
        if _words_of(passage) in known:
            continue  # the same words elsewhere are no other example
        says_much = urgency(passage.finding) >= Weight.LISTED or is_rewritten(passage.finding)
        if told and not says_much:
            break
        edits = [edit for edit in _quoted(teller, passage, voice) if edit not in said]
        told += [edits] if edits else []
        known |= {_words_of(passage)} if edits and passage.edits else set()
        if len(told) >= _MOST_EXAMPLES:
            break
    in_turn = filter(None, chain.from_iterable(zip_longest(*told, fillvalue=Markdown())))
    listed = voice.enumerate(islice(dict.fromkeys(in_turn), _MOST_EXAMPLES))
    return voice.say("file.example", edits=listed) if told else Markdown()


def _words_of(passage: Passage) -> frozenset[Edit]:
    """What came and went in a text, without the marks around it."""
    return frozenset((old.strip(_MARKS), new.strip(_MARKS)) for old, new in passage.edits)


def _quoted(
    teller: Teller, passage: Passage, voice: Voice, least: Weight = Weight.RULE
) -> Iterator[Markdown]:
    """The differences of a changed text; one that came or went if it weighs ``least``."""
    values = teller.values(Clause(passages=(passage,)), voice)
    if passage.finding.kind.startswith("table-row-"):
        if urgency(passage.finding) >= least and teller.can_say("item.row", values):
            yield voice.say("item.row", **values)
    elif passage.finding.kind.endswith("-changed"):
        edits = values.get("edit_list")
        yield from map(Markdown, edits if isinstance(edits, tuple) else ())
    elif urgency(passage.finding) >= least:
        added = passage.finding.kind.endswith("-added")
        if values.get("after" if added else "before"):  # what was said before is not said again
            yield voice.say("edit.inserted" if added else "edit.deleted", **values)


def sampled(passages: Sequence[Passage]) -> Sequence[Passage]:
    """Texts in the order in which a few stand for all: rules that came or went come first."""
    return sorted(passages, key=lambda passage: not _is_rule(passage))


def _is_rule(passage: Passage) -> bool:
    changed = passage.finding.kind.endswith("-changed")
    return not changed and urgency(passage.finding) >= Weight.RULE


def _importance(passage: Passage) -> tuple[int, int]:
    return urgency(passage.finding), size((passage.finding,))
