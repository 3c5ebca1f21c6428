"""The words over all files: summary, highlights and their points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diffinsight.change_types import BREAKING_CHANGE, NEW_FEATURE
from diffinsight.engines.insights import write_insights
from diffinsight.engines.topics import Topic, short_names
from diffinsight.languages import Markdown, Phrases
from diffinsight.models import Analysis, FileAnalysis, Overview, Point

MOST_POINTS = 7  # of a class; the rest is counted
MOST_OF = 0.5  # of all files: what concerns more than these comes first
MOST_NAMED = 3  # matters named in the summary

_PAGES = (".md", ".mdx", ".markdown", ".rst", ".adoc", ".html", ".ipynb")
_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp", ".ico")
_STATUSES = {"added": "added", "removed": "removed", "renamed": "moved"}


def write_overview(analysis: Analysis, topics: Sequence[Topic], phrases: Phrases) -> Overview:
    """``topics`` come the most important first."""
    breaking = [topic for topic in topics if topic.type == BREAKING_CHANGE]
    new = [topic for topic in topics if topic.type == NEW_FEATURE]
    others = [topic for topic in topics if topic not in breaking and topic not in new]
    names = short_names([file.change.path for file in analysis.files])
    noise = _noise(analysis)
    return Overview(
        summary=phrases.join(_summary(analysis, topics, phrases)),
        highlights=phrases.join(_highlights(analysis, topics, phrases)),
        new_features=tuple(_points(new, names, phrases)),
        breaking_changes=tuple(_points(breaking, names, phrases)),
        other_updates=(
            *_points(others, names, phrases),
            *_noise_point(noise, names, phrases),
        ),
        insights=write_insights(analysis, topics, phrases),
    )


def _summary(analysis: Analysis, topics: Sequence[Topic], phrases: Phrases) -> Iterator[str]:
    if not analysis.files:
        yield phrases.say_plain("overview.nothing")
        return
    yield _totals(analysis, phrases)
    breaking = [topic.title for topic in topics if topic.type == BREAKING_CHANGE]
    rest = [topic for topic in topics if topic.type != BREAKING_CHANGE]
    if breaking:
        named = tuple(breaking[:MOST_NAMED])
        yield phrases.say_plain("overview.breaking", count=len(breaking), titles=named)
    if rest:
        key = "overview.also" if breaking else "overview.main"
        titles = tuple(_title_in(topic, phrases) for topic in _foremost(rest)[:MOST_NAMED])
        yield phrases.say_plain(key, count=len(rest), titles=titles)
    noise = _noise(analysis)
    if noise and len(noise) < len(analysis.files):
        yield phrases.say_plain("overview.noise", count=len(noise))
    elif noise:
        yield phrases.say_plain("overview.only_noise")
    elif not breaking:
        yield phrases.say_plain("overview.no_breaking")


def _foremost(topics: Sequence[Topic]) -> list[Topic]:
    """``topics`` with one that concerns most of the files put first."""
    files = len({path for topic in topics for path in topic.paths})
    wide = [topic for topic in topics if len(topic.paths) > max(1, files * MOST_OF)]
    return [*wide, *(topic for topic in topics if topic not in wide)]


def _title_in(topic: Topic, phrases: Phrases) -> str:
    """The title, with the number of files when there are several."""
    files = len(topic.paths)
    key = "overview.title_in" if files > 1 else "overview.title"
    return phrases.say_plain(key, title=topic.title, count=files)


def _highlights(analysis: Analysis, topics: Sequence[Topic], phrases: Phrases) -> Iterator[str]:
    if not analysis.files:
        yield phrases.say("overview.nothing")
        return
    yield Markdown(_totals(analysis, phrases))
    breaking = [topic for topic in topics if topic.type == BREAKING_CHANGE]
    for topic in (breaking or _foremost(topics))[:1]:
        yield phrases.say("overview.foremost", title=_title_in(topic, phrases))


def _totals(analysis: Analysis, phrases: Phrases) -> str:
    changes = [file.change for file in analysis.files]
    counts: dict[str, int] = {}
    for change in changes:
        area = _area(change.path)
        happened = f"{area}_{_STATUSES.get(change.status, 'changed')}"
        counts[happened] = counts.get(happened, 0) + 1
    return phrases.say_plain(
        "overview.totals",
        count=len(changes),
        additions=sum(change.additions for change in changes),
        deletions=sum(change.deletions for change in changes),
        what=tuple(
            phrases.say_plain(f"overview.{key}", count=count)
            for key, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ),
    )


def _area(path: str) -> str:
    name = path.lower()
    if name.endswith(_PAGES):
        return "pages"
    return "images" if name.endswith(_IMAGES) else "files"


def _noise(analysis: Analysis) -> list[FileAnalysis]:
    return [
        file
        for file in analysis.files
        if file.findings and all(finding.impact == "noise" for finding in file.findings)
    ]


def _points(topics: Sequence[Topic], names: dict[str, str], phrases: Phrases) -> Iterator[Point]:
    kept = topics if len(topics) <= MOST_POINTS + 1 else topics[:MOST_POINTS]
    for topic in kept:
        files = tuple(names[path] for path in topic.paths)
        text = phrases.say("overview.point", title=topic.title, files=files)
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
