"""What is told over all files: each matter once, with the files it concerns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from posixpath import basename

from diffinsight.change_types import BREAKING_CHANGE, MINOR_UPDATE, NEW_FEATURE, classify
from diffinsight.engines.choosing.audience import is_unseen
from diffinsight.engines.choosing.clauses import (
    Clause,
    gather,
    is_in_new,
    is_kept,
    is_within,
    rewrites_page,
)
from diffinsight.engines.choosing.passages import edits_of
from diffinsight.engines.choosing.ranking import TEXT, size
from diffinsight.engines.choosing.retold import gone_anchors
from diffinsight.engines.explaining.clause_titles import title_of
from diffinsight.engines.explaining.teller import Teller
from diffinsight.engines.explaining.titles import write_title
from diffinsight.engines.overview.leads import Level, Place, leaves_anchor, magnitude, place
from diffinsight.engines.overview.matters import Member, Topic, findings_of, origin
from diffinsight.engines.overview.parts import bare, once, parted
from diffinsight.engines.overview.theme_topics import leading, theme_topic
from diffinsight.engines.overview.themes import Theme, find_themes
from diffinsight.models import FileAnalysis, Finding, Group
from diffinsight.outline.requirements import is_requirements

# What breaks links to a place, and so tells a broken link's cause.
_CAUSES = frozenset(
    {
        "heading-removed",
        "heading-demoted",
        "heading-renamed",
        "rendering-changed",
        "section-moved",
        "anchor-removed",
        "page-removed",
    }
    | {"page-moved", "asset-removed", "asset-moved"}
)

# New whatever else came; of steps or examples only those that decide what a file is.
_NEWS = frozenset({"heading-added", "option-added", "page-added", "release-added"})


MOST_FILES = 3  # that a single matter concerns as a rule
WIDE = 0.2  # of all files
_FEW = 5  # files, of which more can be told than facts
_MOST_PARTS = 5  # of one file beside what is new in it
_MUCH = 40  # words of a file that has other news
_ALL_OVER = 20  # places
_VERY_WIDE = 2  # times as many: words within sentences
_MANY_LISTS = 3  # matters about lists of packages: more are told as one
_LABEL = 30  # characters of the label of a note, such as "Deprecated"
# However many files they concern, they are what goes along with other changes.
_ALONG = ("asset-", "link-", "page-", "text-")


def collect(
    files: Sequence[tuple[FileAnalysis, Teller]], groups: Iterable[Group] = ()
) -> tuple[Topic, ...]:
    """Topics of all files that changed for a reader, the most important first."""
    twins = {group.paths[0]: group for group in groups if group.reason == "same-change"}
    hidden = {path for group in twins.values() for path in group.paths[1:]}
    told = [pair for pair in files if pair[0].change.path not in hidden]
    causes = _causes(file for file, _ in files)
    few = sum(not _is_asset(file) for file, _ in told) <= _FEW
    themes = find_themes([replace(file, findings=_own_words(file)) for file, _ in files])
    themed = {id(finding) for theme in themes for finding in theme.findings}
    themed |= {id(row) for file, _ in files for row in _rows_told(file, themed)}
    topics = [theme_topic(theme, files[0][1]) for theme in leading(themes)]
    for file, teller in told:
        group = twins.get(file.change.path)
        own = _topics(file, teller, causes, themed, detailed=few)
        topics += [replace(topic, paths=group.paths) if group else topic for topic in own]
    unseen = {file.change.path for file, _ in files if is_unseen(file)}
    matters = _packages_together(tuple(_merge(topics)), files)
    return tuple(
        sorted(
            matters,
            key=lambda topic: (
                topic.type != BREAKING_CHANGE,
                unseen.issuperset(topic.paths),
                _importance(topic, len(files)),
            ),
        )
    )


def _rows_told(file: FileAnalysis, themed: Collection[int]) -> Iterator[Finding]:
    """Table rows in which nothing changed but versions that are told of several files."""
    told = {(f.before, f.after) for f in file.findings if id(f) in themed}
    for row in file.findings if told else ():
        edits = {bare(edit) for edit in edits_of(row.values)}
        if row.kind == "table-row-changed" and edits and edits <= told:
            yield row


def _is_asset(file: FileAnalysis) -> bool:
    """Whether nothing is told of a file but that it is there, such as an image."""
    return all(finding.kind.startswith("asset-") for finding in file.findings)


def _packages_together(
    topics: Sequence[Topic], files: Sequence[tuple[FileAnalysis, Teller]]
) -> Iterator[Topic]:
    """What lists of packages have to say as one matter, where it is many."""
    lists = {file.change.path: file for file, _ in files if is_requirements(file.change.path)}
    told = {
        path: [f for f in file.findings if f.values.get("package")] for path, file in lists.items()
    }
    paths = tuple(path for path, found in told.items() if found)
    about = [topic for topic in topics if set(topic.paths) <= set(paths)]
    if len(about) < _MANY_LISTS:
        yield from topics
        return
    packages = {finding.subject: finding for path in paths for finding in told[path]}
    findings = tuple(packages.values())
    theme = Theme(kind="packages", before="", after="", findings=findings, paths=paths)
    yield from (topic for topic in topics if topic not in about)
    yield theme_topic(theme, files[0][1])


def _merge(topics: Iterable[Topic]) -> Iterator[Topic]:
    """Topics of the same title as one, unless only one of them breaks something."""
    merged: dict[tuple[bool, str], Topic] = {}
    for topic in topics:
        key = (topic.type == BREAKING_CHANGE, topic.title)
        known = merged.get(key)
        merged[key] = _joined(known, topic) if known else topic
    yield from merged.values()


def _joined(known: Topic, topic: Topic) -> Topic:
    """Both as one, which tells as much as the two."""
    members = (*known.members, *topic.members)
    findings = [finding for member in members for finding in findings_of(member.clauses)]
    return replace(
        known,
        type=topic.type if topic.type == NEW_FEATURE else known.type,
        paths=tuple(dict.fromkeys((*known.paths, *topic.paths))),
        place=min(known.place, topic.place, place(findings)) if findings else known.place,
        weight=known.weight + topic.weight,
        members=members,
    )


def _importance(topic: Topic, files: int) -> tuple[bool, Level, bool, Place, int, int]:
    """A change of text in many of all files comes before all but facts, in most before these."""
    kind = topic.theme.kind if topic.theme else ""
    wide = max(MOST_FILES, files * WIDE)
    least = _VERY_WIDE * wide if kind.startswith(("edit-", "code-")) else wide
    level = topic.place[0]
    few = len(topic.paths) <= least and not _is_all_over(topic)
    narrow = few or level == Level.FORM or _goes_along(topic)
    if not narrow:
        level = min(level, Level.END if len(topic.paths) > files / 2 else Level.NEWS)
    return (
        topic.type != BREAKING_CHANGE,
        level,
        narrow,
        topic.place,
        -len(topic.paths),
        -topic.weight,
    )


def _is_all_over(topic: Topic) -> bool:
    """Whether a name became another one in so many places that the range is about it."""
    theme = topic.theme
    if theme is None or theme.kind != "term-replaced":
        return False
    return len(topic.paths) > MOST_FILES and len(theme.findings) >= _ALL_OVER


def _goes_along(topic: Topic) -> bool:
    """Whether it is what goes along with other changes, however many files it concerns."""
    if topic.theme is not None:
        return topic.theme.kind.startswith(_ALONG)
    first = topic.members[0].clauses[0].kind
    return first in TEXT and not first.endswith("-changed")


def _topics(
    file: FileAnalysis,
    teller: Teller,
    causes: Mapping[tuple[str, str], str],
    themed: Collection[int],
    *,
    detailed: bool,
) -> Iterator[Topic]:
    breaking = [finding for finding in file.findings if finding.impact == "breaking"]
    others = [finding for finding in _own_words(file) if finding.impact != "noise"]
    told = [f for f in breaking if id(f) not in themed and not _cause(f, causes)]
    for clause in gather(told):
        member = Member(clauses=(clause,), teller=teller)
        yield _topic(BREAKING_CHANGE, member, title_of(teller, clause))
    clauses = gather(others, but={*themed, *map(id, breaking)})
    least = Level.WORDING if detailed else Level.RULE
    yield from _matters(clauses, teller, gather(file.findings), alone=not told, least=least)


def _matters(
    clauses: Sequence[Clause],
    teller: Teller,
    whole: Sequence[Clause],
    *,
    alone: bool,
    least: Level,
) -> Iterator[Topic]:
    """What is new, each fact, and the rest of a file.

    ``alone``: nothing in it breaks; ``least`` is the level of what is told beside other matters.
    """
    news = _news(clauses)
    for clauses_told in _with_options(news):
        member = Member(clauses=clauses_told, teller=teller)
        yield _topic(NEW_FEATURE, member, write_title(clauses_told, teller))
    left = [clause for clause in clauses if clause not in news and not is_within(clause, news)]
    parts = list(once(parted(left)))[:_MOST_PARTS]
    for number, told in enumerate(parts):
        if (number or news or not alone) and not _is_told(told, least):
            continue
        type_, _ = classify(findings_of(told))
        title = write_title(told, teller, whole if len(parts) == 1 and not news else None)
        yield _topic(
            type_ if type_ != NEW_FEATURE else MINOR_UPDATE,
            Member(clauses=tuple(told), teller=teller),
            title,
        )


def _news(clauses: Sequence[Clause]) -> list[Clause]:
    """Clauses about what readers find in the file that was not there before."""
    type_, deciding = classify(findings_of(clauses))
    if type_ != NEW_FEATURE or deciding is None:
        return []
    kinds = {deciding.kind, *_NEWS}
    return [clause for clause in clauses if clause.kind in kinds and not is_kept(clause.findings)]


def _with_options(news: Sequence[Clause]) -> Iterator[tuple[Clause, ...]]:
    """Each clause, a new section together with the options that it describes."""
    options = [c for c in news if c.kind == "option-added" and is_in_new(c, news)]
    for clause in news:
        if clause not in options:
            yield (clause, *options) if clause.kind == "heading-added" else (clause,)


def _is_told(part: Sequence[Clause], least: Level) -> bool:
    """Whether it is worth a line of its own beside other matters of the file."""
    first = place(findings_of(part))[0]
    if any(map(leaves_anchor, findings_of(part))):
        return True
    return first <= least or (first <= Level.TEXT and size(findings_of(part)) >= _MUCH)


def _own_words(file: FileAnalysis) -> tuple[Finding, ...]:
    """Findings without texts that came and say what an announced end says already."""
    ends = [f for f in file.findings if f.kind == "deprecation-announced" and f.after]
    return tuple(f for f in file.findings if not any(_quotes(end, f) for end in ends))


def _quotes(end: Finding, text: Finding) -> bool:
    """Whether the announcement of an end is what a text that came begins with, or most of it."""
    said, whole = str(end.after), text.after or ""
    short = said in whole and len(whole) <= len(said) + _LABEL
    return text is not end and not text.before and (short or whole.startswith(said))


def _topic(type_: str, member: Member, title: str) -> Topic:
    findings = findings_of(member.clauses)
    if origin(member.clauses):
        title = member.teller.phrases.say_plain("overview.moved_text", title=title)
    first = place(findings)
    if rewrites_page(member.clauses):
        first = min(Level.NEWS, first[0]), -magnitude(findings), first[2]
    return Topic(
        type=type_,
        title=title,
        paths=(member.teller.source.change.path,),
        place=first,
        weight=size(findings),
        members=(member,),
    )


def _causes(files: Iterable[FileAnalysis]) -> Mapping[tuple[str, str], str]:
    """Places that went away in this range: path and anchor, and the file that tells it."""
    causes: dict[tuple[str, str], str] = {}
    for file in files:
        for finding in file.findings:
            if finding.kind in _CAUSES:
                path = file.change.previous_path or file.change.path
                causes |= {(path, anchor): file.change.path for anchor in gone_anchors(finding)}
    return causes


def _cause(finding: Finding, causes: Mapping[tuple[str, str], str]) -> str | None:
    """The file whose change broke a link, where that is told."""
    if finding.kind != "link-broken":
        return None
    page, anchor = str(finding.values.get("page")), str(finding.values.get("anchor") or "")
    return causes.get((page, anchor)) or causes.get((page, ""))


def short_names(paths: Sequence[str]) -> dict[str, str]:
    """A name for each path: as many of its last segments as it takes to tell them apart."""
    names = {path: basename(path) for path in paths}
    depth = 1
    while len(set(names.values())) < len(set(paths)):
        depth += 1
        taken = list(names.values())
        names = {
            path: "/".join(path.split("/")[-depth:]) if taken.count(name) > 1 else name
            for path, name in names.items()
        }
    return names
