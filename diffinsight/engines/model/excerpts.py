"""As much of a patch as a question can hold, the weightiest sections first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from diffinsight.models import Finding

LONGEST_PATCH = 12_000  # characters, about 3,000 tokens
_LONGEST_CHANGED_LINE = 1_200
_LONGEST_CONTEXT_LINE = 160
_CONTEXT = 2  # lines around a change are enough to see where it stands
_HUNK = re.compile(r"(?=^@@ )", re.MULTILINE)
_HEAD = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)")
_RANKS = {"breaking": 3, "notable": 2, "minor": 1, "noise": 0}


@dataclass(frozen=True, kw_only=True, slots=True)
class Excerpt:
    """Hunks of a patch, and by their headings or lines what was left out."""

    text: str
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Section:
    index: int
    text: str
    name: str
    rank: int


def excerpt_of(patch: str, findings: Sequence[Finding], longest: int = LONGEST_PATCH) -> Excerpt:
    """The whole patch, or the hunks with the weightiest findings that fit."""
    sections = [_section(i, hunk, findings) for i, hunk in enumerate(_HUNK.split(patch)) if hunk]
    taken: set[int] = set()
    room = longest
    for section in sorted(sections, key=lambda s: (-s.rank, len(s.text), s.index)):
        if len(section.text) <= room or not taken:
            taken.add(section.index)
            room -= len(section.text)
    shown = [section.text[:longest] for section in sections if section.index in taken]
    left_out = [section.name for section in sections if section.index not in taken]
    left_out += [s.name for s in sections if s.index in taken and len(s.text) > longest]
    return Excerpt(text="\n".join(shown), left_out=tuple(dict.fromkeys(left_out)))


def _section(index: int, hunk: str, findings: Sequence[Finding]) -> _Section:
    head = _HEAD.match(hunk)
    lines = hunk.splitlines()
    heading = next((line.lstrip("+- #") for line in lines[1:] if re.match(r"[+ -]#+ ", line)), "")
    name = heading or (head[5] if head else "")
    first, last = _after_range(head)
    ranks = [_RANKS[f.impact] for f in findings if _meets(f, first, last)]
    shown = "\n".join((lines[0], *_trimmed(lines[1:])))
    place = f"lines {first}-{last}"
    return _Section(
        index=index,
        text=shown,
        name=f'"{name[:80]}" ({place})' if name else place,
        rank=max(ranks, default=0),
    )


def _after_range(head: re.Match[str] | None) -> tuple[int, int]:
    if not head:
        return 1, 1
    start, count = int(head[3]), int(head[4] or 1)
    return start, start + max(count - 1, 0)


def _meets(finding: Finding, first: int, last: int) -> bool:
    lines = finding.after_lines or finding.before_lines
    return bool(lines and lines[0] <= last and first <= lines[1])


def _trimmed(lines: Sequence[str]) -> list[str]:
    """Lines near a change, long ones cut."""
    changed = [index for index, line in enumerate(lines) if line[:1] in ("+", "-")]
    near = {at for index in changed for at in range(index - _CONTEXT, index + _CONTEXT + 1)}
    return [_cut(line) for index, line in enumerate(lines) if index in near]


def _cut(line: str) -> str:
    most = _LONGEST_CHANGED_LINE if line[:1] in ("+", "-") else _LONGEST_CONTEXT_LINE
    return line if len(line) <= most else line[: most - 1] + "…"
