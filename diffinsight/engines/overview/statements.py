"""One sentence about a matter, for the words over all files."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from diffinsight.engines.choosing.clauses import Clause
from diffinsight.engines.choosing.passages import places_of
from diffinsight.engines.choosing.urgency import urgency
from diffinsight.engines.explaining.examples import say_example
from diffinsight.engines.explaining.teller import Teller
from diffinsight.engines.explaining.titles import (
    most_urgent,
    only,
    revised_texts,
    with_members,
)
from diffinsight.engines.overview.matters import Member, Topic, origin
from diffinsight.engines.overview.themes import Theme
from diffinsight.engines.quoting.contrasting import contrast
from diffinsight.engines.quoting.voice import Files, Voice
from diffinsight.engines.values import integer
from diffinsight.engines.values.code import say_code_edit
from diffinsight.languages import Markdown
from diffinsight.matching.weight import Weight

MOST_FILES = 3  # named; more are counted
FEW_TEXTS = 3  # of which one stands for all
_BEGINNING = 12  # characters of a quotation that tell which text it is of
_LONGEST_TERM = 60  # characters


def state(topic: Topic, names: Mapping[str, str], voice: Voice) -> Markdown:
    """``names`` are the files' names by path; plain text if ``voice`` is plain."""
    if topic.theme is not None:
        return _theme(topic.theme, names, voice)
    own = [names[path] for path in topic.paths]
    files = _files(own, voice)
    before = {origin(member.clauses) for member in topic.members}
    came_from = before.pop() if len(before) == 1 else None
    if came_from:
        path = names.get(came_from, came_from)
        files = replace(files, text=voice.say("place.taken", files=files.text, path=path))
    for bare in (False, True):
        told = {_member(member, files, voice, bare=bare) for member in topic.members}
        if len(told) == 1:
            break
    else:
        return _in_common(topic, files, voice)
    text = told.pop()
    page = topic.members[0].clauses[0].kind.startswith("page-")  # called by its title
    if page or files.text in text or own[0] in text:
        return text
    return voice.say("overview.stated", files=files.text, statement=text)


def state_all(
    topics: Sequence[Topic], names: Mapping[str, str], voice: Voice
) -> Iterator[tuple[Topic, Markdown]]:
    """A sentence for each matter, and one for changes of code that the same files share.

    What both files of a move say alike is said once, and of a lesser change only what it is.
    """
    known: set[str] = set()
    for topic, said in _stated(topics, names, voice):
        files = _files([names[path] for path in topic.paths], voice)
        mere = known and _is_mere(topic) and said == _in_common(topic, files, voice)
        if said not in known and not mere:
            yield topic, said
        known.add(said)


def _in_common(topic: Topic, files: Files, voice: Voice) -> Markdown:
    """What is the same in general, not in each detail."""
    several = files.one  # places in it; how many is not sure, for a place can be told elsewhere
    return voice.say("overview.in_common", title=topic.title, files=files.text, several=several)


def _is_mere(topic: Topic) -> bool:
    """Whether the title of a changed text says no word of what it became."""
    clauses = [member.clauses[0] for member in topic.members]
    sides = [side for it in clauses for p in it.passages for edit in p.edits for side in edit]
    said = any(side[:_BEGINNING] in topic.title for side in sides if side)
    return not said and all(clause.kind.endswith("-changed") for clause in clauses)


def _stated(
    topics: Sequence[Topic], names: Mapping[str, str], voice: Voice
) -> Iterator[tuple[Topic, Markdown]]:
    for _, group in groupby(enumerate(topics), key=_shared_code):
        alike = [topic for _, topic in group]
        themes = [topic.theme for topic in alike if topic.theme]
        if len(alike) == 1 or len(themes) < len(alike):
            yield from ((topic, state(topic, names, voice)) for topic in alike)
        else:
            yield alike[0], _code(themes, voice)


def _shared_code(numbered: tuple[int, Topic]) -> Hashable:
    number, topic = numbered
    theme = topic.theme
    return theme.paths if theme and theme.about_code else number


def _code(themes: Sequence[Theme], voice: Voice) -> Markdown:
    """Code that changed alike in the same files."""
    brief = replace(voice, limit=_LONGEST_TERM)
    edits = tuple(dict.fromkeys(say_code_edit(brief, theme.edit) for theme in themes))
    return voice.say("statements.code", edits=edits, files=len(themes[0].paths))


def _files(names: Sequence[str], voice: Voice) -> Files:
    many = len(names) > MOST_FILES
    text = voice.say("place.files", files=tuple(names), count=len(names), many=many)
    return Files(text=text, many=many, one=len(names) == 1)


def _member(member: Member, files: Files, voice: Voice, *, bare: bool) -> Markdown:
    clauses, teller = member.clauses, member.teller
    texts = revised_texts(clauses)
    if texts:
        return _texts(texts, teller, replace(voice, files=files))
    return teller.statement(clauses[0], replace(voice, files=files), bare=bare)


def _texts(texts: Sequence[Clause], teller: Teller, voice: Voice) -> Markdown:
    """The most urgent of several changed texts, or where they are with one of them."""
    first = most_urgent(texts)
    few = sum(len(clause.passages) for clause in texts) <= FEW_TEXTS
    if few or urgency(first.finding) >= Weight.LISTED:
        return teller.statement(with_members(first, texts), voice)
    named = dict.fromkeys(clause.section for clause in texts if clause.section)
    sections = tuple(map(voice.quoted, named))
    where = voice.place_in(voice.files, "where") if voice.files else Markdown()
    revised = voice.say("file.revised", sections=sections, where=where, **only(texts))
    example = Markdown() if voice.plain else say_example(teller, (first,))
    return voice.phrases.join((revised, example))


def _theme(theme: Theme, names: Mapping[str, str], voice: Voice) -> Markdown:
    if theme.about_code:
        return _code([theme], voice)
    before, after = contrast(theme.before, theme.after, _LONGEST_TERM)
    said = voice.say(
        f"statements.{theme.kind}",
        count=len(theme.findings),
        files=len(theme.paths),
        before=before,
        after=after,
        was=voice.quoted(theme.was) if theme.was else None,
        image=theme.after == "image",
        package=theme.package,
        versions=theme.versions or None,
        commits=theme.commits,
        buttons=theme.buttons,
        names=tuple(names[path] for path in theme.paths),
    )
    links = sum(integer(finding.values.get("links")) for finding in theme.findings)
    if theme.kind not in {"moved", "renamed"} or not links:
        return said
    left = voice.say("statements.links_left", links=links, files=_linking(theme))
    return voice.phrases.join((said, left))


def _linking(theme: Theme) -> tuple[str, ...]:
    """The files whose links still lead to the old paths."""
    listed = (finding.values.get("places") for finding in theme.findings)
    return tuple(dict.fromkeys(path for places in listed for path, _ in places_of(places)))
