"""What an explanation ends with: the urgent rest at its place, and one count of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from itertools import chain

from diffinsight.engines.choosing.clauses import Clause, counted_as, is_kept
from diffinsight.engines.choosing.passages import Passage
from diffinsight.engines.choosing.ranking import TEXT
from diffinsight.engines.choosing.urgency import is_rewritten, is_slight
from diffinsight.engines.explaining.clause_counts import can_count_more, say_count, say_count_more
from diffinsight.engines.explaining.examples import (
    leads_elsewhere,
    most_urgent_ones,
    names_of,
    say_brief,
    say_instance,
)
from diffinsight.engines.explaining.teller import Teller
from diffinsight.engines.explaining.whereabouts import lines_of
from diffinsight.engines.quoting.contrasting import contrast
from diffinsight.engines.quoting.voice import Voice
from diffinsight.languages import Markdown
from diffinsight.models import Finding

MOST_COUNTED = 3  # kinds counted by name
MOST_SECTIONS = 2  # named where the rest is counted
MOST_SHOWN = 2  # kinds counted with what is an example of them
MOST_SPANS = 2  # ranges of lines that say where something is
MOST_TITLED = 6  # titles that are named
_TITLED = ("heading-", "section-")  # kinds that are about titles
_TEXTS = ("paragraph-", "list-item-", "step-", "note-")
_SHOWN = frozenset(
    f"{text}{change}" for text in _TEXTS for change in ("added", "removed", "changed")
)
# What is small, counted together: which it was concerns nobody.
_SMALL = {
    "case-changed": "case",
    "comment-changed": "comments",
    "formatting-changed": "markup",
    "front-matter-changed": "metadata",
    "punctuation-changed": "punctuation",
    "reflowed": "breaks",
    "typo-fixed": "spelling",
    "whitespace-changed": "space",
}
_WORDING = "wording"
# What the other changes are about, where they are too many to be told.
_FAMILIES = {
    "text": ("paragraph-", "list-", "listing-", "passage-", "term-", "content-", "text-"),
    "figures": ("version-", "value-", "availability-"),
    "steps": ("step-", "steps-"),
    "notes": ("note-",),
    "tables": ("table-", "footnote-"),
    "code": ("code-", "option-"),
    "links": ("link-",),
    "images": ("image-", "alt-text-", "lightbox-", "asset-"),
    "sections": ("heading-", "section-", "anchor-", "release-"),
    "includes": ("include-",),
    "entries": ("toc-",),
    "settings": ("setting-", "redirect-"),
}
# Others came or went with words that changed: counted by themselves, these would read as all.
_CODE_MARKS = frozenset({"code-off", "code-on"})


def close(
    clauses: Sequence[Clause], teller: Teller, told: Collection[Hashable], under: str | None
) -> Iterator[Markdown]:
    """``told``: as what some were counted in sentences; ``under``: the section named last."""
    worth = [clause for clause in clauses if clause.impact != "noise"]
    passages = [passage for clause in worth for passage in clause.passages]
    urgent = most_urgent_ones(teller, passages)
    yield from _urgent(urgent, teller, under)
    left = (Clause(passages=tuple(_without(clause.passages, urgent))) for clause in clauses)
    counted = [clause for clause in left if clause.passages]
    if counted:
        yield _also(counted, teller, told)


def _without(passages: Iterable[Passage], told: Iterable[Passage]) -> Iterator[Passage]:
    known = set(map(id, told))
    return (passage for passage in passages if id(passage) not in known)


def _urgent(passages: Sequence[Passage], teller: Teller, under: str | None) -> Iterator[Markdown]:
    """Each text in brief, section by section."""
    sections: dict[object, list[Passage]] = {}
    for passage in passages:
        sections.setdefault(passage.finding.values.get("section"), []).append(passage)
    for section, listed in sections.items():
        briefs = {id(one): say_brief(teller, one) for one in listed if one.finding.kind in TEXT}
        texts = [one.finding for one in listed if briefs.get(id(one))]
        if texts:
            changes = teller.voice().enumerate(chain.from_iterable(briefs.values()))
            yield teller.phrases.say(
                "file.section", lead=lead(texts, teller, under), changes=changes
            )
            under = section if isinstance(section, str) else None
        for one in listed:
            if not briefs.get(id(one)):
                yield teller.sentence(Clause(passages=(one,)), under)
                under = section if isinstance(section, str) else None


def lead(findings: Sequence[Finding], teller: Teller, under: str | None) -> Markdown:
    """Where findings are: their section, if they have one in common, and their lines."""
    voice = teller.voice()
    sections = {finding.values.get("section") for finding in findings}
    section = sections.pop() if len(sections) == 1 else None
    spans, gone = lines_of(findings, teller.source.change, whole=section is not None)
    lines = [teller.source.line(voice, None, span) for span in spans]
    lines += [teller.source.line(voice, span, None) for span in gone]
    if section == teller.source.title:
        section = None  # everything on the page is under its title
    new = isinstance(section, str) and section != under
    return voice.say(
        "place.lead",
        section=voice.quoted(str(section)) if new else None,
        line=voice.enumerate(lines) if 0 < len(lines) <= MOST_SPANS else None,
        same=section is not None and not new,
    )


def _also(clauses: Sequence[Clause], teller: Teller, told: Collection[Hashable]) -> Markdown:
    """How much of what has no sentence of its own, and under which headings."""
    worth = [clause for clause in clauses if clause.impact != "noise"]
    under = [finding.values.get("section") for clause in worth for finding in clause.findings]
    voice = teller.voice()
    named = tuple(dict.fromkeys(voice.quoted(str(section)) for section in under))
    known = None not in under and len(worth) == len(clauses)
    return voice.say(
        "file.also",
        sections=named if known and len(named) <= MOST_SECTIONS else None,
        changes=voice.enumerate(_counts(clauses, teller, told)),
    )


def _counts(
    clauses: Sequence[Clause], teller: Teller, told: Collection[Hashable]
) -> Iterator[Markdown]:
    """The most important kinds one by one, all others together."""
    small: dict[str, list[Passage]] = {}
    merged: dict[Hashable, list[Passage]] = {}
    for clause in clauses:
        for passage in clause.passages:
            name = _small(passage)
            key = counted_as(clause)
            found = small.setdefault(name, []) if name else merged.setdefault(key, [])
            found.append(passage)
    kinds = [Clause(passages=tuple(found)) for found in merged.values()]
    kinds.sort(key=lambda clause: (_place(clause), counted_as(clause) in told))
    # Of a kind whose number was told without these, no other number is told.
    named = [c for c in kinds if counted_as(c) not in told or can_count_more(teller, c.passages)]
    most = MOST_COUNTED + (len(named) == MOST_COUNTED + 1 and not small)
    shown = [clause for clause in named[:most] if clause.kind in _SHOWN][:MOST_SHOWN]
    for clause in named[:most]:
        counted = _counted(clause, teller, more=counted_as(clause) in told)
        yield _shown(clause, counted, teller) if clause in shown else counted
    told_now = set(map(id, named[:most]))
    left = [clause for clause in kinds if id(clause) not in told_now]
    if left:
        yield _others(left, sum(map(len, small.values())), teller)
    else:
        yield from _small_ones(small, teller, told)


def _others(clauses: Sequence[Clause], small: int, teller: Teller) -> Markdown:
    """How many more there are, and of what, most of it first; ``small`` ones are counted last."""
    families: Counter[str] = Counter()
    for clause in clauses:
        families[_family(clause.kind)] += len(clause.passages)
    several = len(families) > 1 or small
    about = [
        teller.phrases.say(
            "file.of_family",
            family=teller.phrases.say(f"file.families.{name}"),
            count=count if several else None,
        )
        for name, count in families.most_common()
    ]
    if small:
        about.append(teller.phrases.say("file.small", count=small))
    return teller.phrases.say("file.others", count=families.total() + small, about=tuple(about))


def _family(kind: str) -> str:
    return next((name for name, kinds in _FAMILIES.items() if kind.startswith(kinds)), "layout")


def _place(clause: Clause) -> int:
    """What readers run or do comes first, then what the page consists of."""
    runs = clause.kind == "code-changed" and clause.impact == "notable"
    does = clause.kind.startswith("step-") and clause.kind in _SHOWN
    return 0 if runs or does else 2 - clause.kind.startswith(_TITLED)


def _shown(clause: Clause, counted: Markdown, teller: Teller) -> Markdown:
    """The count of texts with what one became, or with how those begin that came or went."""
    if is_kept(clause.findings):
        return counted
    if not clause.kind.endswith("-changed"):
        names = names_of(teller, clause.passages)
        return teller.phrases.say("file.counted", counted=counted, names=names)
    edit, whole = say_instance(teller, clause.passages)
    shown = teller.phrases.say("file.counted", counted=counted, edit=edit, several=not whole)
    return shown if edit else counted


def _small(passage: Passage) -> str:
    """What a small change is about; empty: it is none."""
    finding = passage.finding
    if finding.impact != "noise" and finding.kind.startswith(_TEXTS) and is_slight(finding):
        return "" if is_rewritten(finding) or leads_elsewhere(passage) else _WORDING
    thing = finding.values.get("thing")
    if finding.kind == "formatting-changed" and thing and thing not in _CODE_MARKS:
        return ""  # readers see it
    return _SMALL.get(finding.kind, "")


def _counted(clause: Clause, teller: Teller, *, more: bool) -> Markdown:
    """How many there are of a kind, or ``more`` of it; sections with what they are called."""
    passages = clause.passages
    counted = say_count_more(teller, passages) if more else say_count(teller, clause, done=True)
    if not clause.kind.startswith(_TITLED) or len(passages) > MOST_TITLED:
        return counted
    voice = teller.voice()
    names = tuple(_called(finding, voice) for finding in clause.findings)
    return voice.say("file.counted", counted=counted, names=names)


def _called(finding: Finding, voice: Voice) -> str:
    """A section by its name, or by the two that it had."""
    if finding.kind != "heading-renamed" or not (finding.before and finding.after):
        return voice.quoted(finding.subject)
    before, after = contrast(finding.before, finding.after, voice.limit)
    return voice.say("pair", before=before, after=after)


def _small_ones(
    small: dict[str, list[Passage]], teller: Teller, told: Collection[Hashable]
) -> Iterator[Markdown]:
    """Changes that are small in one item, by its own count where they are all alike."""
    passages = tuple(passage for found in small.values() for passage in found)
    if not passages:
        return
    clause = Clause(passages=passages)
    more = counted_as(clause) in told
    alike = len(small) == 1 and (_WORDING not in small or len(passages) == 1)
    if alike and (not more or can_count_more(teller, passages)):
        yield _counted(clause, teller, more=more)
    else:
        names = tuple(teller.phrases.say(f"file.forms.{name}") for name in sorted(small))
        yield teller.phrases.say("file.smaller", count=len(passages), forms=names)
