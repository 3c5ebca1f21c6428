"""What a range brings in or does away with: names that came to several files or left them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from diffinsight.change_types import BREAKING_CHANGE
from diffinsight.engines.choosing.audience import is_noise
from diffinsight.engines.overview.matters import Topic
from diffinsight.engines.quoting.voice import Voice
from diffinsight.languages import Markdown
from diffinsight.models import FileAnalysis

_FEW = 3  # files of a range that say themselves what they have in common
_WIDE = 1 / 8  # of the files that changed for readers

Direction = Literal["new_names", "gone_names"]
_FEWEST: Mapping[Direction, int] = {"new_names": 2, "gone_names": 3}  # what goes says less


class SharedNames(NamedTuple):
    """Names that are new in the same files, or gone from them."""

    direction: Direction
    paths: tuple[str, ...]
    names: tuple[str, ...]


def find_shared_names(
    files: Sequence[FileAnalysis], topics: Sequence[Topic]
) -> tuple[SharedNames, ...]:
    """Those of most files first, new ones before old ones; but for what the matters say already."""
    told = [file for file in files if not is_noise(file)]
    if len(told) < _FEW:
        return ()
    found = (*_shared(told, topics, "new_names"), *_shared(told, topics, "gone_names"))
    return tuple(sorted(found, key=lambda shared: -len(shared.paths)))


def _shared(
    files: Sequence[FileAnalysis], topics: Sequence[Topic], direction: Direction
) -> Iterator[SharedNames]:
    having: defaultdict[str, list[str]] = defaultdict(list)
    for file in files:
        for name in _names_of(file, direction):
            having[name].append(file.change.path)
    least = max(_FEWEST[direction], int(_WIDE * len(files)) + 1)
    wide = {name: tuple(paths) for name, paths in having.items() if len(paths) >= least}
    groups: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, paths in wide.items():
        if not _is_told(name, paths, topics, direction) and not _is_part(name, paths, wide):
            groups[paths].append(name)
    yield from (SharedNames(direction, paths, tuple(names)) for paths, names in groups.items())


def _names_of(file: FileAnalysis, direction: Direction) -> Iterator[str]:
    for finding in file.findings:
        listed = finding.values.get(direction)
        yield from map(str, listed if isinstance(listed, tuple | list) else ())


def _is_told(
    name: str, paths: Sequence[str], topics: Sequence[Topic], direction: Direction
) -> bool:
    """Whether a matter has the name and all of its files, or most where it took another's place."""
    for topic in topics:
        theme, within = topic.theme, len(set(paths).intersection(topic.paths))
        side = (
            (theme.before if direction == "gone_names" else theme.after) if theme else topic.title
        )
        exchanged = theme is not None and theme.kind == "term-replaced"
        if name in side and (within == len(paths) or (exchanged and within > len(paths) / 2)):
            return True
    return False


def _is_part(name: str, paths: Sequence[str], wide: Mapping[str, Sequence[str]]) -> bool:
    return any(name != other and name in other and set(paths) <= set(wide[other]) for other in wide)


def say_shared_names(
    shared: Iterable[SharedNames], names: Mapping[str, str], voice: Voice
) -> Markdown:
    """A sentence for each group of files; ``names`` are theirs by path."""
    said = (
        voice.say(
            f"overview.{group.direction}",
            count=len(group.paths),
            names=group.names,
            files=tuple(names[path] for path in group.paths),
        )
        for group in shared
    )
    return Markdown(voice.phrases.join(said))


def with_shared_names(
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
