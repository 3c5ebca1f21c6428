"""Findings put together into what is told in one sentence, the most important first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from diffinsight.engines.choosing.passages import Passage, edits_of, put_together
from diffinsight.engines.choosing.ranking import TEXT, is_metadata_title, is_page_title, rank, size
from diffinsight.engines.choosing.urgency import is_slight, urgency
from diffinsight.matching.ratios import ratio
from diffinsight.matching.sentences import LEAST_ALIKE, alike
from diffinsight.matching.words import STOP_WORDS, bag
from diffinsight.models import Finding, Impact

# One finding per place; told once with the count of places.
_PER_PLACE = frozenset(
    {
        "term-replaced",
        "version-changed",
        "value-changed",
        "footnote-renumbered",
    }
)
# What is told apart by what it is about.
_OF_THINGS = frozenset(
    {
        *("content-moved", "formatting-changed", "heading-promoted", "rendering-changed"),
        *("paragraph-added", "paragraph-removed"),
    }
)


_REWRITTEN = 200  # words of texts that came, went or changed
_LONG = 50  # words of sections that went, or came
_OTHER_WORDS = 2  # that a title lost: one may be a product's new name


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """Passages of one kind and impact that are told together; at least one."""

    passages: tuple[Passage, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(passage.finding for passage in self.passages)

    @property
    def kind(self) -> str:
        return self.passages[0].finding.kind

    @property
    def impact(self) -> Impact:
        return self.passages[0].finding.impact

    @property
    def section(self) -> str | None:
        """The heading all of them are under."""
        sections = {finding.values.get("section") for finding in self.findings}
        only = sections.pop()
        return only if isinstance(only, str) and not sections else None


def gather(findings: Iterable[Finding], *, but: Collection[int] = ()) -> tuple[Clause, ...]:
    """Clauses over ``findings``, the most important first; otherwise in the order of the file.

    ``but`` are the ids of findings that are told elsewhere.
    """
    groups: dict[Hashable, list[Passage]] = {}
    passages = [one for one in put_together(tuple(findings), but) if id(one.finding) not in but]
    times = Counter(_text(passage.finding) for passage in passages)
    for passage in passages:
        carried = tuple(item for item in passage.carried if id(item) not in but)
        text = _text(passage.finding)
        topic = text if text and times[text] > 1 else _topic(passage.finding)
        groups.setdefault(topic, []).append(replace(passage, carried=carried))
    clauses = (Clause(passages=_ordered(_once(group))) for group in groups.values())
    return _renamed_first(sorted(clauses, key=standing))


def _renamed_first(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """The new title of a page before the rules in its texts, where these are another text."""
    title = next((clause for clause in clauses if _names_page(clause)), None)
    if title is None:
        return tuple(clauses)
    rewritten = size(_texts(clauses)) >= _REWRITTEN and _is_less(clauses[0], clauses)
    if not (rewritten or is_another_page(title.findings[0], clauses)):
        return tuple(clauses)
    return title, *(clause for clause in clauses if clause is not title)


def is_another_page(title: Finding, clauses: Iterable[Clause]) -> bool:
    """Whether a page is about something else: its title is, and sections went and others came."""
    went = bag(title.before or "") - bag(title.after or "") - STOP_WORDS
    kinds = {clause.kind for clause in clauses if size(clause.findings) >= _LONG}
    return len(went) >= _OTHER_WORDS and kinds >= {"heading-added", "heading-removed"}


def _is_less(first: Clause, clauses: Sequence[Clause]) -> bool:
    """Whether a clause is about text, or about sections with fewer words than went elsewhere."""
    left = [f for clause in clauses if clause.kind == "section-moved" for f in clause.findings]
    sections = first.kind == "heading-added" and size(first.findings) < size(left)
    return first.kind in TEXT or sections


def rewrites_page(clauses: Sequence[Clause]) -> bool:
    """Whether a page has another title and, for a good part, another text."""
    if not clauses or not _names_page(clauses[0]):
        return False
    much = size(_texts(clauses)) >= _REWRITTEN
    return much or is_another_page(clauses[0].findings[0], clauses)


def _names_page(clause: Clause) -> bool:
    finding = clause.findings[0]
    return is_page_title(finding) and not is_slight(finding)


def _texts(clauses: Iterable[Clause]) -> list[Finding]:
    """What changed of the text of a page, or went to other pages."""
    told = (clause for clause in clauses if clause.kind in {*TEXT, "section-moved"})
    return [finding for clause in told for finding in clause.findings]


def _ordered(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """What says more first, and terms by how often they were replaced; else as in the file."""
    return tuple(sorted(passages, key=_order))


def _order(passage: Passage) -> tuple[tuple[int, int], int, float, int]:
    finding = passage.finding
    row = finding.kind.startswith("table-row-")  # steps keep their order
    weight = urgency(finding) if row else 0
    most = max((ratio(*edit) for edit in edits_of(finding.values)), default=1.0) if row else 1.0
    if finding.kind == "heading-renamed":  # another name before another word in it
        most = float(alike(finding.before or "", finding.after or "") < LEAST_ALIKE)
    return rank(finding), -weight, -most, -_times(finding)


def _times(finding: Finding) -> int:
    count = finding.values.get("count")
    return count if finding.kind == "term-replaced" and isinstance(count, int) else 0


def _once(passages: Iterable[Passage]) -> Iterator[Passage]:
    told = set()
    for passage in passages:
        if passage.finding.kind not in _PER_PLACE:
            yield passage
            continue
        finding = passage.finding
        # Each table or section has footnotes of its own.
        own = finding.values.get("section") if finding.kind == "footnote-renumbered" else None
        same = (finding.subject, finding.before, finding.after, own)
        if same not in told:
            told.add(same)
            yield passage


def _text(finding: Finding) -> Hashable:
    """What came or went word for word, in whatever section; nothing of another finding."""
    one_sided = finding.kind in TEXT and not (finding.before and finding.after)
    return (finding.kind, finding.impact, finding.before, finding.after) if one_sided else None


def _topic(finding: Finding) -> Hashable:
    section = str(finding.values.get("section")) if finding.kind in TEXT else ""
    title = is_page_title(finding) or is_metadata_title(finding)
    # A heading over text that was there is no new section, and one that was merged not gone.
    own = finding.values.get("into") or finding.values.get("partly_in")
    if finding.kind in {"heading-added", "heading-removed"} and not own:
        own = finding.values.get("namesake") or bool(finding.values.get("text_stays"))
    if finding.kind.endswith("-removed") and not own:
        own = finding.values.get("copy")
    if finding.kind.startswith("setting-"):  # entries of lists and packages are no settings
        own = next((name for name in ("item", "package") if name in finding.values), None)
    if finding.kind in _OF_THINGS:
        own = finding.values.get("thing")
    return finding.kind, finding.impact, section, title, str(own)


def own_topic(clause: Clause) -> Hashable:
    """What is counted by itself: marks that readers see, rows of another table, second copies."""
    values = clause.findings[0].values
    if clause.kind == "content-moved":
        return "row_names" in values  # rows of another table, which are told by name
    if clause.kind.endswith("-removed"):
        return values.get("copy")
    return clause.kind in {"formatting-changed", "rendering-changed"} and values.get("thing")


def counted_as(clause: Clause) -> Hashable:
    """What has one number: sections that came are no headings that text there was has now.

    The heading of the page is no section.
    """
    told = is_kept(clause.findings), leads_there_still(clause.findings), own_topic(clause)
    return clause.kind, is_page_title(clause.findings[0]), *told


def standing(clause: Clause) -> tuple[int, int, bool, int]:
    """Lower is told earlier: a value or a row of a table is plainer than a text as weighty."""
    text = clause.kind.startswith(("paragraph-", "list-item-", "step-", "note-"))
    return (*min(map(rank, clause.findings)), text, -size(clause.findings))


def is_within(note: Clause, others: Iterable[Clause]) -> bool:
    """Whether notes stand in sections that are new, and are told with these."""
    return note.kind == "note-added" and is_in_new(note, others)


def is_in_new(clause: Clause, others: Iterable[Clause]) -> bool:
    """Whether all that a clause is about stands in sections that are new."""
    new = (other for other in others if other.kind == "heading-added")
    spans = [f.after_lines for other in new for f in other.findings if f.after_lines]
    return all(
        any(first <= place <= last for first, last in spans)
        for place, _ in (finding.after_lines or (0, 0) for finding in clause.findings)
    )


def is_kept(findings: Iterable[Finding]) -> bool:
    """Whether the words of what came or went stand in the other version, too."""
    return all(finding.values.get("text_stays") for finding in findings)


def are_merged(findings: Iterable[Finding]) -> bool:
    """Whether they are sections of which at least a part stands in another one now."""
    return all(f.values.get("into") or f.values.get("partly_in") for f in findings)


def leads_there_still(findings: Iterable[Finding]) -> bool:
    """Whether they are links that only write the same address in another way."""
    return all(f.kind == "link-retargeted" and f.impact == "noise" for f in findings)
