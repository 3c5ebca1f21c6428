"""A matter of a range: what it is called, where it is, what its files say; and what it is like."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from diffinsight.engines.clauses import Clause
from diffinsight.engines.leads import Level, Place, is_plain
from diffinsight.engines.passages import Passage
from diffinsight.engines.ranking import must_be_told
from diffinsight.engines.teller import Teller
from diffinsight.engines.themes import Theme
from diffinsight.engines.titles import most_urgent, revised_texts
from diffinsight.engines.urgency import is_slight, urgency
from diffinsight.matching.weight import Weight
from diffinsight.models import Finding

_TOLD = ("paragraph-", "list-item-", "step-", "note-", "table-row-", "code-")


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """What one file has to say about a matter."""

    clauses: tuple[Clause, ...]
    teller: Teller


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """One matter and the files it concerns; its type is one of the built-in ones."""

    type: str
    title: str  # plain text
    paths: tuple[str, ...]
    place: Place  # lower is more important
    weight: int
    members: tuple[Member, ...] = ()
    theme: Theme | None = None


def findings_of(clauses: Iterable[Clause]) -> list[Finding]:
    return [finding for clause in clauses for finding in clause.findings]


def following(topic: Topic) -> tuple[Topic, ...]:
    """The matters of a file that come after the one that its topic states, facts only."""
    if topic.theme is not None or len(topic.members) != 1:
        return ()
    (member,) = topic.members
    first = most_urgent(texts) if (texts := revised_texts(member.clauses)) else None
    left = tuple(_without(clause, first) for clause in member.clauses[0 if first else 1 :])
    return tuple(
        replace(topic, members=(replace(member, clauses=(clause,)),))
        for clause in left
        if clause.passages and any(map(must_be_told, clause.findings))
    )


def _without(clause: Clause, told: Passage | None) -> Clause:
    return Clause(passages=tuple(passage for passage in clause.passages if passage is not told))


def is_wording(topic: Topic) -> bool:
    """Whether a file only says in other words what it said before."""
    clauses = [clause for member in topic.members for clause in member.clauses]
    findings = [finding for clause in clauses for finding in clause.findings]
    return bool(findings) and all(
        finding.kind.endswith("-changed")
        and (is_slight(finding) if finding.kind.startswith(_TOLD) else finding.impact == "noise")
        for finding in findings
    )


def is_sure(topic: Topic) -> bool:
    """Whether it is a fact or news by its kind: the words of a text may say less than they seem."""
    if topic.place[0] <= Level.NEWS:
        return True
    findings = [finding for member in topic.members for finding in findings_of(member.clauses)]
    findings += topic.theme.findings if topic.theme else ()
    return any(is_plain(finding) or urgency(finding) >= Weight.FIGURE for finding in findings)


def is_fault(topic: Topic) -> bool:
    """Whether it is nothing but what somebody has to mend: a link that came and leads nowhere."""
    clauses = [clause for member in topic.members for clause in member.clauses]
    findings = [finding for clause in clauses[:1] for finding in clause.findings]
    return any(f.kind == "link-broken" and f.values.get("new") for f in findings)
