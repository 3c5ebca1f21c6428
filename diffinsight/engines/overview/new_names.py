"""What a range brings in: names that several of its files have now, and none had before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from diffinsight.change_types import BREAKING_CHANGE
from diffinsight.engines.choosing.audience import is_noise
from diffinsight.engines.overview.matters import Topic
from diffinsight.engines.quoting.voice import Voice
from diffinsight.languages import Markdown
from diffinsight.models import FileAnalysis

_FEW = 3  # files of a range that say themselves what they have in common
_WIDE = 1 / 8  # of the files that changed for readers
_MOST_NAMES = 2  # that the same files have


Shared = Sequence[tuple[tuple[str, ...], Sequence[str]]]  # files by path, and the names they have


def find_new_names(files: Sequence[FileAnalysis], topics: Sequence[Topic]) -> Shared:
    """The names, those of most files first, but for what the matters say already."""
    told = [file for file in files if not is_noise(file)]
    having: defaultdict[str, list[str]] = defaultdict(list)
    for file in told:
        for name in _names_of(file):
            having[name].append(file.change.path)
    wide = {
        name: tuple(paths)
        for name, paths in having.items()
        if len(told) >= _FEW and len(paths) > _WIDE * len(told)
    }
    groups: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, paths in wide.items():
        if not _is_told(name, paths, topics) and not _is_part(name, paths, wide):
            groups[paths].append(name)
    return sorted(groups.items(), key=lambda group: -len(group[0]))


def say_new_names(shared: Shared, names: Mapping[str, str], voice: Voice) -> Markdown:
    """A sentence for each group of files; ``names`` are theirs by path."""
    said = (
        voice.say(
            "overview.new_names",
            count=len(paths),
            names=tuple(found[:_MOST_NAMES]),
            files=tuple(names[path] for path in paths),
        )
        for paths, found in shared
    )
    return Markdown(voice.phrases.join(said))


def with_new_names(
    stated: Iterable[tuple[Topic, Markdown]], said: Markdown
) -> Iterator[tuple[Topic | None, Markdown]]:
    """``said`` stands before the matters, but behind those that break something."""
    left = said
    for topic, sentence in stated:
        if left and topic.type != BREAKING_CHANGE:
            yield None, left
            left = Markdown()
        yield topic, sentence
    if left:
        yield None, left


def _names_of(file: FileAnalysis) -> Iterator[str]:
    for finding in file.findings:
        listed = finding.values.get("new_names")
        yield from map(str, listed if isinstance(listed, tuple | list) else ())


def _is_told(name: str, paths: Sequence[str], topics: Sequence[Topic]) -> bool:
    return any(
        name in (topic.theme.after if topic.theme else topic.title)
        for topic in topics
        if set(paths) <= set(topic.paths)
    )


def _is_part(name: str, paths: Sequence[str], wide: Mapping[str, Sequence[str]]) -> bool:
    return any(name != other and name in other and set(paths) <= set(wide[other]) for other in wide)
