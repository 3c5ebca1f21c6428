"""Where in the repository a change is: bars per folder, as source of a Mermaid chart."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from unicodedata import east_asian_width

from diffinsight.render import escaping
from diffinsight.render.view import FileView, short_names

_FEWEST_FILES = 11
_FEWEST_BARS = 3  # fewer are said as shortly
_MOST_BARS = 8
_DOMINANT = 0.5  # a folder with more than this part of the files is shown by what is in it
_SAYS_NOTHING = 0.9  # one bar with this part of the files
_LONGEST_NAME = 24  # in Latin letters: Mermaid drops all labels when one takes half the width
_WIDTH = 520
_BAR_HEIGHT = 26
_REAL, _NOISE = "#3b82f6", "#8b949e"  # told apart on white, on black and without colors
# What ends a string of Mermaid's or means something in it, as the same character in full width:
# an escape would be measured as long as it is written.
_FULL_WIDTH = {ord(mark): ord(mark) - 0x20 + 0xFF00 for mark in '"#%&<>`'}
# Only what Mermaid's own directive may set; everything else follows the reader's theme.
_NO_AXIS = {"showLabel": False, "showTick": False, "showAxisLine": False}


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """A folder with its changed files."""

    folder: str | None  # ends in a slash; empty for files in no folder; None for all smaller ones
    real: int  # files in which something changed for a reader
    noise: int

    @property
    def files(self) -> int:
        return self.real + self.noise


@dataclass(frozen=True, kw_only=True, slots=True)
class ChartWords:
    """What a chart says, as plain text."""

    title: str
    noise: str  # the title where bars have a gray part: says what that is
    others: str  # the bar of all smaller folders


def bars(views: Sequence[FileView]) -> tuple[Bar, ...]:
    """The folders with most changes first; none where a chart would say nothing."""
    # Where the report brings no findings nobody knows what is noise.
    if len(views) < _FEWEST_FILES or not any(item.file.findings for item in views):
        return ()
    counted = sorted(map(_bar, _folders(views).items()), key=_rank)
    shown, rest = counted[:_MOST_BARS], counted[_MOST_BARS:]
    if len(rest) == 1:
        shown, rest = counted, []
    if max(bar.files for bar in counted) > _SAYS_NOTHING * len(views):
        return ()
    if len(counted) < _FEWEST_BARS or not any(bar.real for bar in counted):
        return ()
    return (*shown, *_others(rest))


def _others(rest: Sequence[Bar]) -> Iterator[Bar]:
    if rest:
        yield Bar(
            folder=None, real=sum(bar.real for bar in rest), noise=sum(bar.noise for bar in rest)
        )


def _rank(bar: Bar) -> tuple[int, int, str]:
    return -bar.real, -bar.noise, bar.folder or ""


def _bar(entry: tuple[str, Sequence[FileView]]) -> Bar:
    folder, items = entry
    noise = sum(item.impact == "noise" for item in items)
    return Bar(folder=folder, real=len(items) - noise, noise=noise)


def _folders(views: Sequence[FileView]) -> Mapping[str, Sequence[FileView]]:
    """Files by folder: the topmost ones between which the files are spread."""
    found = _inside("", views)
    while True:
        largest = max(found, key=lambda folder: (len(found[folder]), folder))
        parts = _inside(largest, found[largest])
        small = len(found[largest]) <= _DOMINANT * len(views)
        if small or parts.keys() == {largest}:
            return found
        found = {name: items for name, items in found.items() if name != largest} | parts


def _inside(folder: str, items: Iterable[FileView]) -> dict[str, list[FileView]]:
    """Files by the next folder under ``folder``; those directly in it stay under its name."""
    parts: dict[str, list[FileView]] = {}
    for item in items:
        rest = item.file.path.removeprefix(folder).split("/", maxsplit=1)
        parts.setdefault(f"{folder}{rest[0]}/" if len(rest) > 1 else folder, []).append(item)
    return parts


def mermaid(shown: Sequence[Bar], words: ChartWords) -> str:
    """The source of the chart, without its fence; every line stands for itself."""
    noisy = any(bar.noise for bar in shown)
    title = words.noise if noisy else words.title
    most = max(bar.files for bar in shown)
    lines = (
        f"%%{{init: {json.dumps(_settings(len(shown), noisy=noisy))}}}%%",
        "xychart-beta horizontal",
        f"    title {_quoted(title)}",
        f"    x-axis [{', '.join(map(_quoted, _labels(shown, words)))}]",
        f"    y-axis 0 --> {most}",
        # A bar in front of a longer one: of Mermaid's charts only these stack.
        *([f"    bar {[bar.files for bar in shown]}"] if noisy else []),
        f"    bar {[bar.real for bar in shown]}",
    )
    return "\n".join(lines)


def _settings(count: int, *, noisy: bool) -> Mapping[str, object]:
    palette = f"{_NOISE}, {_REAL}" if noisy else _REAL
    height = 50 + _BAR_HEIGHT * count
    return {
        "xyChart": {
            "width": _WIDTH,
            "height": height,
            "titleFontSize": 14,
            "xAxis": {"labelPadding": 15},  # labels are measured too small on phones
            "yAxis": _NO_AXIS,
        },
        "themeVariables": {
            "xyChart": {"backgroundColor": "transparent", "plotColorPalette": palette}
        },
    }


def _labels(shown: Sequence[Bar], words: ChartWords) -> Iterator[str]:
    """A name and the numbers per bar, each once: Mermaid draws equal ones over each other."""
    seen: Counter[str] = Counter()
    folders = [bar.folder.rstrip("/") for bar in shown if bar.folder is not None]
    names = iter(map(_within, folders, short_names(folders), repeat(frozenset(folders))))
    for bar in shown:
        name = words.others if bar.folder is None else escaping.visible(next(names)) or "/"
        numbers = f"{bar.real} + {bar.noise}" if bar.noise else str(bar.real)
        label = f"{_cut(name)}: {numbers}"
        seen[label] += 1
        yield label if seen[label] == 1 else f"{label} ({seen[label]})"


def _within(folder: str, name: str, shown: frozenset[str]) -> str:
    """``name`` with the folder it is in, where that has a bar of its own for its other files."""
    above = folder.rpartition("/")[0]
    return "/".join(folder.split("/")[-2:]) if above in shown and "/" not in name else name


def _cut(name: str) -> str:
    """``name`` without what is too much of its start; its end tells more."""
    width = 0
    for kept, mark in enumerate(reversed(name)):
        width += 2 if east_asian_width(mark) in "WFA" else 1
        if width > _LONGEST_NAME:
            return "…" + name[len(name) - kept :]
    return name


def _quoted(text: str) -> str:
    return f'"{text.translate(_FULL_WIDTH)}"'
