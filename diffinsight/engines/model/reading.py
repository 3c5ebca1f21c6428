"""What a model answered, read as tolerantly as can be done without guessing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_FENCED = re.compile(r"```(?:json)?\s*\n(.*?)\n\s*```", re.DOTALL)
_LONGEST = 400_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What a model says of one file, not checked yet."""

    type: str
    title: str
    explanation: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftPoint:
    """One point and the numbers of the changes that back it."""

    text: str
    changes: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftOverview:
    """What a model says over all files, not checked yet."""

    summary: str
    highlights: str
    new_features: tuple[DraftPoint, ...]
    breaking_changes: tuple[DraftPoint, ...]
    other_updates: tuple[DraftPoint, ...]
    insights: str


def read_drafts(text: str, count: int) -> dict[int, Draft]:
    """Drafts by file number, 1 to ``count``; those that make no sense are left out."""
    for data in _objects(text):
        files = data.get("files") if isinstance(data, dict) else data
        if count == 1 and not isinstance(files, list):
            files = [data]
        if isinstance(files, list):
            drafts = dict(_numbered(files, count))
            if drafts:
                return drafts
    return {}


def _numbered(files: list[Any], count: int) -> Iterator[tuple[int, Draft]]:
    taken: set[int] = set()
    for item in files:
        if not isinstance(item, dict):
            continue
        number = item.get("file", 1 if count == 1 else None)
        number = int(number) if isinstance(number, str) and number.isdecimal() else number
        draft = _draft(item)
        if draft and type(number) is int and 1 <= number <= count and number not in taken:
            taken.add(number)
            yield number, draft


def _draft(item: Mapping[str, Any]) -> Draft | None:
    values = [item.get(f"modification_{key}", item.get(key)) for key in ("type", "title")]
    values.append(item.get("explanation"))
    if not all(isinstance(value, str) and value.strip() for value in values):
        return None
    return Draft(type=values[0].strip().lower(), title=values[1], explanation=values[2])


def read_overview(text: str) -> DraftOverview | None:
    """The overview; None when the answer is no such thing."""
    for data in _objects(text):
        if not isinstance(data, dict):
            continue
        prose = [data.get(key) for key in ("summary", "highlights", "insights")]
        if all(isinstance(value, str) and value.strip() for value in prose):
            return DraftOverview(
                summary=str(prose[0]),
                highlights=str(prose[1]),
                insights=str(prose[2]),
                new_features=_points(data.get("new_features")),
                breaking_changes=_points(data.get("breaking_changes")),
                other_updates=_points(data.get("other_updates")),
            )
    return None


def _points(items: object) -> tuple[DraftPoint, ...]:
    found = []
    for item in items if isinstance(items, list) else []:
        text, numbers = (
            (item.get("text"), item.get("changes")) if isinstance(item, dict) else (0, 0)
        )
        if isinstance(text, str) and text.strip() and isinstance(numbers, list):
            found.append(DraftPoint(text=text, changes=tuple(n for n in numbers if type(n) is int)))
    return tuple(found)


def _objects(text: str) -> Iterator[Any]:
    """JSON values in a text: all of it, what is fenced, from the first brace to its end."""
    text = text[:_LONGEST]
    first = min((at for at in (text.find("{"), text.find("[")) if at >= 0), default=-1)
    candidates = [text, *_FENCED.findall(text)]
    for candidate in candidates:
        data = _parsed(candidate)
        if data is not None:
            yield data
    if first >= 0:
        data = _parsed_start(text[first:])
        if data is not None:
            yield data


def _parsed(text: str) -> Any:  # noqa: ANN401 - JSON has no narrower name than Any
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _parsed_start(text: str) -> Any:  # noqa: ANN401 - JSON has no narrower name than Any
    try:
        return json.JSONDecoder(strict=False).raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None
