"""The words over all files: summary, highlights and their points."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product

from diffinsight.change_types import BREAKING_CHANGE, NEW_FEATURE
from diffinsight.engines.choosing.audience import is_included
from diffinsight.engines.overview.leads import Level
from diffinsight.engines.overview.matters import Topic, is_fault, is_sure
from diffinsight.engines.overview.same_file import named_once
from diffinsight.engines.overview.shared_names import (
    find_shared_names,
    say_shared_names,
    with_shared_names,
)
from diffinsight.engines.overview.statements import state, state_all
from diffinsight.engines.overview.topics import short_names
from diffinsight.engines.quoting.voice import Voice
from diffinsight.languages import Markdown, Phrases, Value
from diffinsight.models import Analysis, FileAnalysis, Overview, Point

MOST_POINTS = 10  # of a class; the rest is counted
MOST_LISTED = 16  # ... but for facts and news
LONGEST_SUMMARY = 600  # characters; more is no summary
# Matters told in the summary, and characters of each quotation: the first that fits is taken.
_SUMMARIES = (
    (4, 60), (3, 90), (3, 60), (2, 90), (2, 60), (3, 40), (2, 40), (1, 60), (1, 40), (1, 24),
)  # fmt: skip
_WHOLE_SUMMARIES = tuple(
    ((most, limit), False)
    for most, limit in ((4, 260), (4, 180), (4, 130), (4, 100), (3, 100), (2, 130), (2, 100))
)
_MOST_NEWS = 3  # ... of any kind; more are told where they are facts
MOST_TOLD = 2  # matters told in the first paragraph, before the lists
MOST_RULES = 4  # ... where a reader must act on them
MOST_FACTS = 5  # ... where they are values or news
_MOST_GROUPS = 2  # of files that the same names came to, or left
MANY_FILES = 15  # of a range of which two more are told
MOST_FIELDS = 3  # of metadata, by name
QUOTATIONS = (260, 180, 130, 100)  # characters of one in the highlights, as far as there is room
LONGEST_ROOMY = 1_000  # ... of highlights with longer ones than the last


def write_overview(analysis: Analysis, topics: Sequence[Topic], phrases: Phrases) -> Overview:
    """``topics`` come the most important first."""
    breaking = [topic for topic in topics if topic.type == BREAKING_CHANGE]
    new = [topic for topic in topics if topic.type == NEW_FEATURE]
    told = breaking + new
    others = [topic for topic in _told_once(topics) if topic not in told]
    names = short_names([file.change.path for file in analysis.files])
    noise = _noise(analysis)
    highlights = phrases.join(
        named_once(
            _highlights(analysis, topics, names, phrases),
            names.values(),
            Voice(phrases=phrases),
        )
    )
    return Overview(
        summary=_summary(analysis, topics, names, phrases),
        highlights=highlights,
        new_features=tuple(_points(new, names, phrases)),
        breaking_changes=tuple(_points(breaking, names, phrases)),
        other_updates=(
            *_points(others, names, phrases),
            *_noise_point(noise, names, phrases),
        ),
    )


def _told_once(topics: Sequence[Topic]) -> Iterator[Topic]:
    """Without new files of which all that is told is that sections left another one for them."""
    left = {pair for topic in topics for pair in _moves(topic, "to")}
    for topic in topics:
        came = set(_moves(topic, "from"))
        if not (came and came <= left):
            yield topic


def _moves(topic: Topic, direction: str) -> Iterator[tuple[str, str]]:
    """The file and the other one of each section that a matter says to have moved."""
    findings = [f for it in topic.members for clause in it.clauses for f in clause.findings]
    if direction == "from" and any(f.kind not in {"section-moved", "page-added"} for f in findings):
        return  # there is more to it
    for finding in findings:
        other = finding.values.get("path" if finding.kind == "section-moved" else "text_of")
        if isinstance(other, str) and finding.values.get("direction", "from") == direction:
            here = topic.paths[0]
            yield (here, other) if direction == "to" else (other, here)


def _summary(
    analysis: Analysis, topics: Sequence[Topic], names: Mapping[str, str], phrases: Phrases
) -> str:
    if not analysis.files:
        return phrases.say_plain("overview.nothing")
    text = ""
    for (most, limit), terse in (*_WHOLE_SUMMARIES, *product(_SUMMARIES, (False, True))):
        voice = Voice(phrases=phrases, plain=True, limit=limit, terse=terse)
        facts = [topic for topic in topics[_MOST_NEWS:most] if topic.place[0] <= Level.RULE]
        told = [*topics[:1], *filter(_says_much, topics[1 : min(most, _MOST_NEWS)]), *facts]
        said = _summarise(analysis, topics, told, names, voice)
        text = phrases.join(named_once(said, names.values(), voice))
        if len(text) <= LONGEST_SUMMARY:
            break
    return text


def _summarise(
    analysis: Analysis,
    topics: Sequence[Topic],
    told: Sequence[Topic],
    names: Mapping[str, str],
    voice: Voice,
) -> Iterator[str]:
    shared = find_shared_names(analysis.files, topics)[:1]
    shared_names = say_shared_names(shared, names, voice)
    breaking = [topic for topic in topics if topic.type == BREAKING_CHANGE]
    if breaking:
        several = len(breaking) > 1  # one may tell of several things
        yield voice.phrases.say_plain("overview.breaking", count=len(breaking), several=several)
    for topic, said in with_shared_names(state_all(told, names, voice), shared_names):
        links = _broken_links(topic) if topic else 0
        why = voice.phrases.say_plain("overview.breaks_links", count=links) if links else ""
        yield voice.phrases.join(filter(None, (said, why)))
    named = {path for topic in told for path in topic.paths}
    named.update(path for group in shared for path in group.paths)
    yield from _others(analysis, named, voice.phrases)


def _broken_links(topic: Topic) -> int:
    """How many links still lead to what a matter says to be gone: why it breaks something."""
    if any(map(is_included, topic.paths)):
        return 0  # pages take it in, no link leads to it
    found = [f for it in topic.members for clause in it.clauses for f in clause.findings]
    breaking = [f for f in found if f.impact == "breaking" and not f.values.get("image")]
    counts = (finding.values.get("links") for finding in breaking)
    return sum(count for count in counts if isinstance(count, int))


def _others(analysis: Analysis, named: Collection[str], phrases: Phrases) -> Iterator[str]:
    """How many files are not told of, and how much of that is noise."""
    noise = _noise(analysis)
    if noise and len(noise) == len(analysis.files):
        yield phrases.say_plain("overview.only_noise", **_only_noise(analysis))
        return
    left = len({file.change.path for file in analysis.files}.difference(named))
    if left > len(noise):
        yield phrases.say_plain("overview.others", count=left, noise=len(noise) or None)
    elif noise:
        yield phrases.say_plain("overview.noise", count=len(noise))


def _highlights(
    analysis: Analysis, topics: Sequence[Topic], names: Mapping[str, str], phrases: Phrases
) -> Iterator[str]:
    """The most important matters, and what has to be done about those that break something."""
    if not analysis.files:
        yield phrases.say("overview.nothing")
        return
    told = _leading(topics, MOST_FACTS + 2 * (len(analysis.files) > MANY_FILES))
    shared = find_shared_names(analysis.files, topics)[:_MOST_GROUPS]
    shared_names = say_shared_names(shared, names, Voice(phrases=phrases))
    stated: tuple[tuple[Topic | None, Markdown], ...] = ()
    for limit in QUOTATIONS:
        voice = Voice(phrases=phrases, limit=limit)
        stated = tuple(with_shared_names(state_all(told, names, voice), shared_names))
        if sum(len(said) for _, said in stated) <= LONGEST_ROOMY:
            break
    actions = [_action(topic) if topic else Markdown() for topic, _ in stated]
    for place, (_, said) in enumerate(stated):
        yield said
        if actions[place] not in actions[place + 1 :]:  # what is to be done for several, once
            yield actions[place]
    left = (topic for topic in topics if topic not in told)
    yield from (state(topic, names, voice) for topic in left if is_fault(topic))
    if not topics:
        yield phrases.say("overview.only_noise", **_only_noise(analysis))


def _action(topic: Topic) -> Markdown:
    """What somebody has to do because of it; empty where it breaks nothing."""
    if topic.type != BREAKING_CHANGE or not topic.members:
        return Markdown()
    member = topic.members[0]
    return member.teller.action(member.clauses[0])


def _leading(topics: Sequence[Topic], most: int) -> list[Topic]:
    """The first matter, those that say more than other words or form, facts, and what is news."""
    first, second, others = topics[:1], topics[1:MOST_TOLD], topics[MOST_TOLD:]
    told = [*first, *filter(_says_much, second)]
    facts = [topic for topic in others if topic.place[0] <= Level.RULE]
    room = max(MOST_RULES - len(told), 0)
    kept = [topic for number, topic in enumerate(facts) if number < room or is_sure(topic)]
    return [*told, *kept[: most - len(told)]]


def _says_much(topic: Topic) -> bool:
    """Whether it is more than other words or another form."""
    return topic.type == BREAKING_CHANGE or topic.place[0] < Level.WORDING


def _only_noise(analysis: Analysis) -> dict[str, Value]:
    """What is said of files without a change for readers: how many, and of which fields."""
    findings = [finding for file in analysis.files for finding in file.findings]
    fields = {f.subject for f in findings if f.kind == "front-matter-changed"}
    metadata = all(
        any(finding.kind == "front-matter-changed" for finding in file.findings)
        for file in analysis.files
    )
    form = all(f.kind in {"front-matter-changed", "whitespace-changed"} for f in findings)
    told = tuple(sorted(fields)) if metadata and form and len(fields) <= MOST_FIELDS else None
    return {"count": len(analysis.files), "fields": told}


def _noise(analysis: Analysis) -> list[FileAnalysis]:
    return [
        file
        for file in analysis.files
        if file.findings and all(finding.impact == "noise" for finding in file.findings)
    ]


def _points(topics: Sequence[Topic], names: dict[str, str], phrases: Phrases) -> Iterator[Point]:
    facts = sum(topic.place[0] <= Level.RULE for topic in topics)
    most = max(MOST_POINTS, min(facts, MOST_LISTED))
    kept = topics if len(topics) <= most + 1 else topics[:most]
    for topic in kept:
        files = tuple(names[path] for path in topic.paths)
        named = len(files) == 1 and files[0] in topic.title
        text = phrases.say("overview.point", title=topic.title, files=None if named else files)
        yield Point(text=text, paths=topic.paths)
    left = topics[len(kept) :]
    if left:
        paths = tuple(dict.fromkeys(path for topic in left for path in topic.paths))
        text = phrases.say("overview.more_points", count=len(left), files=len(paths))
        yield Point(text=text, paths=paths)


def _noise_point(
    noise: Sequence[FileAnalysis], names: dict[str, str], phrases: Phrases
) -> Iterator[Point]:
    if noise:
        paths = tuple(file.change.path for file in noise)
        files = tuple(names[path] for path in paths)
        text = phrases.say("overview.noise_point", count=len(noise), files=files)
        yield Point(text=text, paths=paths)
