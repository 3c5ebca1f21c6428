"""How many there are of what is not told one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from diffinsight.engines.choosing.clauses import Clause, are_merged, is_kept, leads_there_still
from diffinsight.engines.choosing.passages import Passage
from diffinsight.engines.choosing.ranking import is_page_title
from diffinsight.engines.explaining.teller import Teller, led
from diffinsight.engines.quoting.code_lines import changed_places
from diffinsight.engines.quoting.voice import Voice
from diffinsight.engines.values import Spoken, integer
from diffinsight.engines.values.exchanges import are_quotes
from diffinsight.languages import Markdown
from diffinsight.matching.weight import Weight
from diffinsight.models import Finding

_SAMPLE = 40  # characters of a name
# What is said where it is so of all.
_SHARED = ("copy", "namesake", "repaired", "ids", "relabelled")
# Kinds that are counted by what they are about.
_DETAILED = ("code-", "list-level-", "note-", "table-added", "table-removed", "table-replaced")
_WAYS = ("to", "from")
_ONE_SIDED = ("added", "removed")  # of what would have changed, had it been there before and after


def say_count(teller: Teller, clause: Clause, *, done: bool = False) -> Markdown:
    """Such as "3 links added"; ``done``: in a sentence, where some languages want a verb."""
    # Another syntax highlighting is told apart from code that changed.
    counted = [f for f in clause.findings if f.values.get("aspects") != ("language",)]
    counted = counted or list(clause.findings)
    values: Spoken = {
        "count": sum(_number(teller, finding) for finding in counted),
        "hunks": teller.source.in_hunks,
        "done": done,
    }
    values["quotes"] = are_quotes(clause.findings)
    values["text_stays"] = is_kept(clause.findings)
    values["merged"] = are_merged(clause.findings)
    values |= {name: all(f.values.get(name) for f in clause.findings) for name in _SHARED}
    values["same_place"] = leads_there_still(clause.findings)
    values |= {name: _all(clause.findings, "change", name) for name in _ONE_SIDED}
    values |= {f"moved_{way}": _all(clause.findings, "direction", way) for way in _WAYS}
    values["missing_image"] = _all(clause.findings, "reason", "missing-image")
    values["final_newline"] = _all(clause.findings, "what", "final-newline")
    values["column_order"] = _all(clause.findings, "block", "table-column")
    things = {str(finding.values.get("thing")) for finding in clause.findings}
    values |= {things.pop().replace("-", "_"): True} if len(things) == 1 else {}
    values["page_title"] = all(map(is_page_title, clause.findings))
    values["data"] = all(finding.values.get("data") for finding in clause.findings)
    if done and clause.kind.startswith(_DETAILED):
        told = teller.values(clause, teller.voice(limit=_SAMPLE))
        values |= told | values | ({"count": told["count"]} if teller.source.in_hunks else {})
        return teller.phrases.say(teller.key(clause, ("rest",), values), **values)
    key = teller.key(clause, ("rest",), values)
    return Markdown(teller.phrases.say_plain(key, **values))


def _number(teller: Teller, finding: Finding) -> int:
    """How many a finding stands for: of code in hunks, the places that changed."""
    if teller.source.in_hunks and finding.kind == "code-changed":
        return changed_places(finding, teller.source.change) or 1
    return integer(finding.values.get("count")) or 1


def can_count_more(teller: Teller, passages: Sequence[Passage]) -> bool:
    return teller.phrases.has(f"findings.{passages[0].finding.kind}.more")


def say_count_more(teller: Teller, passages: Sequence[Passage]) -> Markdown:
    """How many there are beside those of the kind that are told."""
    key = f"findings.{passages[0].finding.kind}.more"
    question = all(p.finding.values.get("thing") == "question" for p in passages)
    hunks = teller.source.in_hunks
    retold = all(p.finding.values.get("aspects") == ("language",) for p in passages)
    values = {"question": question, "hunks": hunks, "retold": retold}
    return teller.phrases.say(key, count=len(passages), **values)


def say_name(teller: Teller, clause: Clause) -> Markdown:
    """What is counted, by its name where there is only one that has a short one."""
    key = f"findings.{clause.kind}.named"
    every = clause
    if clause.kind == "table-row-changed":  # a value tells more than how many there are
        clause = led(clause, (clause.kind,), Weight.RULE)
    name = teller.values(clause, Voice(phrases=teller.phrases, plain=True, limit=_SAMPLE))
    finding = clause.findings[0]
    long = len(finding.before or finding.subject) > _SAMPLE and not is_page_title(finding)
    if len(clause.passages) > 1 or long or not teller.can_say(key, name):
        return say_count(teller, every)
    return Markdown(teller.phrases.say_plain(key, **name | {"before": finding.before}))


def _all(findings: Iterable[Finding], name: str, value: str) -> bool:
    return all(finding.values.get(name) == value for finding in findings)
