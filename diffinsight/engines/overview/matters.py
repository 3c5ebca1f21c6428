"""A matter of a range: what it is called, where it is, what its files say; and what it is like."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from diffinsight.engines.choosing.clauses import Clause
from diffinsight.engines.choosing.urgency import urgency
from diffinsight.engines.explaining.teller import Teller
from diffinsight.engines.overview.leads import Level, Place, is_plain
from diffinsight.engines.overview.themes import Theme
from diffinsight.matching.weight import Weight
from diffinsight.models import Finding


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


def origin(clauses: Iterable[Clause]) -> str | None:
    """The file that all texts of ``clauses`` came from, in which their old words stood."""
    found = {finding.values.get("came_from") for finding in findings_of(clauses)}
    path = found.pop() if len(found) == 1 else None
    return path if isinstance(path, str) else None


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
