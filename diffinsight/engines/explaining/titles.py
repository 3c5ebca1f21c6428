"""A file's title: the most important thing about it, in one line of plain text."""

from __future__ import annotations

from collections.abc import Sequence

from diffinsight.engines.choosing.clauses import (
    Clause,
    are_merged,
    is_another_page,
    is_kept,
    is_within,
)
from diffinsight.engines.choosing.passages import Edit, Passage, edits_of
from diffinsight.engines.choosing.ranking import TEXT, is_page_title, size
from diffinsight.engines.choosing.urgency import limits, turns, urgency
from diffinsight.engines.explaining.clause_counts import say_count, say_name
from diffinsight.engines.explaining.clause_titles import (
    LONGEST_TITLE,
    title_of,
    title_of_corrections,
)
from diffinsight.engines.explaining.teller import Teller
from diffinsight.engines.quoting.contrasting import contrast
from diffinsight.engines.quoting.cutting import shorten
from diffinsight.engines.values import integer
from diffinsight.matching.typos import are_slips
from diffinsight.matching.weight import Weight
from diffinsight.models import Finding

STRUCTURE = frozenset({"heading-added", "heading-removed", "heading-renamed", "release-added"})
# Characters of a section's name, and of the text that came to it or went, tried in turn.
_ROOMS = ((60, 40), (60, 30), (50, 22), (60, 0), (40, 0), (30, 0), (20, 0), (12, 0))
MANY_SECTIONS = 6  # that came, went or changed their name: the page is another one


_MEMBERS = frozenset({"list-item-added", "list-item-removed"})


def write_title(
    clauses: Sequence[Clause], teller: Teller, whole: Sequence[Clause] | None = None
) -> str:
    """``clauses`` come the most important first; none: nothing can be told.

    ``whole`` are all clauses of the file, where some of them are told elsewhere: what is counted
    is counted in the whole file.
    """
    if not clauses:
        return teller.phrases.say_plain("file.nothing_title")
    whole = whole or clauses
    slips = _corrected(clauses) and _corrected(whole)
    if slips:
        return title_of_corrections(teller, slips)
    texts = revised_texts(clauses)
    if texts:
        return _exchange(texts, teller) or _revision(texts, teller)
    structure = rebuilt_sections(clauses)
    if structure:
        return _restructuring([of_kind(clause, whole) for clause in structure], teller)
    return _with_next(clauses, teller, whole)


def of_kind(clause: Clause, whole: Sequence[Clause]) -> Clause:
    """All of the file that is counted as what ``clause`` is: of any impact, in any section."""
    noise, title = clause.impact == "noise", is_page_title(clause.findings[0])
    sort = _sort(clause)
    alike = (
        passage
        for other in whole
        if other.kind == clause.kind and (other.impact == "noise") == noise
        if _sort(other) == sort
        for passage in other.passages
        if is_page_title(passage.finding) == title
    )
    return Clause(passages=tuple(alike) or clause.passages)


def _sort(clause: Clause) -> tuple[bool, bool]:
    """A heading over old text is counted as a heading, and a merged section is not gone."""
    return is_kept(clause.findings), are_merged(clause.findings)


def _corrected(clauses: Sequence[Clause]) -> list[Edit]:
    """Each word before and after, where spelling and inflection are all that readers see change."""
    if clauses[0].impact == "noise":
        return []
    found: dict[Edit, int] = {}
    for clause in clauses:
        for finding in clause.findings:
            if finding.kind == "typo-fixed":
                edit = finding.before or "", finding.after or ""
                found[edit] = found.get(edit, 0) + 1
            elif clause.impact != "noise":
                edits = edits_of(finding.values)
                known = clause.kind in TEXT and edits and not finding.values.get("more_edits")
                if not known or not are_slips(edits):
                    return []
                for edit in edits:
                    found[edit] = found.get(edit, 0) + 1
    if not all(before and after for before, after in found):
        return []  # a word that only went is no other spelling of it
    return [edit for edit, times in found.items() for _ in range(times)]


def revised_texts(clauses: Sequence[Clause]) -> list[Clause]:
    """Clauses about text, where text in several places is the most important change."""
    texts = [clause for clause in clauses if clause.kind in TEXT and clause.impact != "noise"]
    several = len(texts) + len(clauses[0].findings) > 2  # noqa: PLR2004 - a lone text is named by its own words
    return texts if clauses[0] in texts and several else []


def rebuilt_sections(clauses: Sequence[Clause]) -> list[Clause]:
    """Clauses about sections, where so many came and went that the page is another one."""
    found = [clause for clause in clauses if clause.kind in STRUCTURE and clause.impact != "noise"]
    own = [clause for clause in found if not is_page_title(clause.findings[0])]
    sections = {(clause.kind, _sort(clause)): clause for clause in own}
    structure = [of_kind(clause, found) for clause in sections.values()]
    structure.sort(key=lambda clause: are_merged(clause.findings))  # the least of it, where cut
    other_page = len(structure) > 1 and _number(structure) >= MANY_SECTIONS
    leading = clauses[0] in found and clauses[0].impact == "notable"
    leading = leading and not is_another_page(clauses[0].findings[0], clauses)
    return structure if leading and other_page else []


def _restructuring(structure: Sequence[Clause], teller: Teller) -> str:
    counts = tuple(say_count(teller, clause) for clause in structure)
    titles = (
        teller.phrases.say_plain("file.restructure", changes=counts[:most])
        for most in range(len(counts), 0, -1)
    )
    return next(title for title in titles if len(title) <= LONGEST_TITLE)


def _number(clauses: Sequence[Clause]) -> int:
    return sum(len(clause.passages) for clause in clauses)


def _exchange(texts: Sequence[Clause], teller: Teller) -> str:
    """One text that became the same other one wherever it stood; empty: no such one."""
    found = {(f.before, f.after) for clause in texts for f in clause.findings}
    before, after = found.pop()
    if found or not (before and after):
        return ""
    sides = (contrast(before, after, limit) for limit, _ in _ROOMS)
    titles = (
        teller.phrases.say_plain("themes.edit-replaced", before=old, after=new)
        for old, new in sides
        if old and new and old != new
    )
    return next((title for title in titles if len(title) <= LONGEST_TITLE), "")


def _revision(texts: Sequence[Clause], teller: Teller) -> str:
    """Text that changed in several places: what is urgent, or the sections it changed in."""
    first = most_urgent(texts)
    if urgency(first.finding) >= Weight.LISTED:
        listed = urgency(first.finding) < Weight.RULE or bool(first.finding.values.get("turned"))
        return title_of(teller, with_members(first, texts) if listed else Clause(passages=(first,)))
    named = dict.fromkeys(clause.section for clause in texts if clause.section)
    if len(named) == 1 and not all(clause.section for clause in texts):
        # More changed than what the section says.
        return title_of(teller, Clause(passages=(first,)))
    leads_in = first.finding.subject.endswith((":", "\uff1a"))
    quotable = len(named) == 1 and not leads_in
    titles = [
        teller.phrases.say_plain(
            "file.revise",
            sections=tuple(shorten(section, limit) for section in named),
            subject=shorten(first.finding.subject, limit),
            quoted=shorten(first.finding.subject, room) if quotable and room else None,
            **only(texts),
        )
        for limit, room in _ROOMS
    ]
    return next((title for title in titles if len(title) <= LONGEST_TITLE), titles[-1])


def most_urgent(texts: Sequence[Clause]) -> Passage:
    """Of texts as urgent: what limits, what came rather than went, what is much longer."""
    return max((passage for clause in texts for passage in clause.passages), key=_lead)


def with_members(first: Passage, texts: Sequence[Clause]) -> Clause:
    """``first``, and the other members that came to its list or left it: one alone reads as all.

    What stands below another member comes later.
    """
    if first.finding.kind not in _MEMBERS:
        return Clause(passages=(first,))
    alike = (passage for clause in texts for passage in clause.passages)
    others = (p for p in alike if p is not first and _is_beside(first.finding, p.finding))
    depth = sorted(others, key=lambda passage: integer(passage.finding.values.get("depth")))
    return Clause(passages=(first, *depth))


def _is_beside(first: Finding, other: Finding) -> bool:
    """Whether both came to one list, as far as its words tell, or left it."""
    return first.kind == other.kind and first.values.get("led_by") == other.values.get("led_by")


def _lead(passage: Passage) -> tuple[int, int, bool, bool, int, bool, bool, bool, int, bool, int]:
    finding = passage.finding
    words = size((finding,))
    weight = urgency(finding)
    return (
        weight if weight >= Weight.RULE else 0,
        -integer(finding.values.get("depth")),  # what stands below another item tells of that
        bool(finding.values.get("turned")),  # told with the words that lead into its list
        not (finding.after or "").endswith(":"),  # what it leads into tells
        weight,
        not finding.kind.endswith("-removed"),
        turns(finding),
        limits(finding.after or "") > limits(finding.before or ""),
        words.bit_length() // 2,
        finding.kind.endswith("-changed"),
        words,
    )


def only(texts: Sequence[Clause]) -> dict[str, bool]:
    """Whether texts only came, or only went."""
    kinds = {clause.kind.rpartition("-")[2] for clause in texts}
    return {change: kinds == {change} for change in ("added", "removed")}


def _with_next(clauses: Sequence[Clause], teller: Teller, whole: Sequence[Clause]) -> str:
    """The first clause and, when there is room, the next thing that is as important."""
    first, *others = clauses
    title = title_of(teller, first)
    weighty = ("breaking", first.impact)
    others = [clause for clause in others if not is_within(clause, clauses)]
    following = next((clause for clause in others if clause.impact in weighty), None)
    if first.impact in {"breaking", "notable"} and following and following.kind != first.kind:
        counted = of_kind(following, whole)
        for second in (say_name(teller, counted), say_count(teller, counted)):
            both = teller.phrases.say_plain("file.two", first=title, second=second)
            if len(both) <= LONGEST_TITLE:
                return both
    return title
