"""What one job found out for a report that several make: a small file, and how they fit together.

It has the model's words only. The facts are worked out again by whoever puts the parts together,
and the words are held against them again, so that a part can make no report say what is not so.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, get_args

from diffinsight import __version__
from diffinsight.conversation import Reason
from diffinsight.engines.model.sharing import Brought, Share
from diffinsight.errors import ActionError
from diffinsight.models import MOST_PARTS, EngineUse

_SCHEMA = "diffinsight/part/1"
_HINT = "`diffinsight backfill --ranges` makes such files"
_TOGETHER = "keep the parts of one plan in a folder of their own"
_COUNTS = ("calls", "input_tokens", "output_tokens", "cached")

_TEXT = {"type": "string"}
_NAME_OR_NONE = {"type": ["string", "null"], "maxLength": 500}
_SHA = {"type": "string", "pattern": "^[0-9a-f]{40}([0-9a-f]{24})?$"}
_DRAFT = {
    "type": "object",
    "properties": {
        "type": _TEXT,
        "title": _TEXT,
        "explanation": _TEXT,
        "removed": {"type": "array", "items": _TEXT},
    },
    "required": ["type", "title", "explanation", "removed"],
    "additionalProperties": False,
}
_FIELDS: dict[str, Any] = {
    "schema": {"const": _SCHEMA},
    "version": {"type": "string", "maxLength": 100},
    "base": _SHA,
    "head": _SHA,
    "category": _NAME_OR_NONE,
    "language": {"type": "string", "maxLength": 100},
    "share": {"type": "string", "maxLength": 20},
    "model": _NAME_OR_NONE,
    **{name: {"type": "integer", "minimum": 0, "maximum": 10**12} for name in _COUNTS},
    "drafts": {"type": "object", "additionalProperties": _DRAFT},
    "reasons": {"type": "object", "additionalProperties": {"enum": list(get_args(Reason))}},
}
_SHAPE = {
    "type": "object",
    "properties": _FIELDS,
    "required": list(_FIELDS),
    "additionalProperties": False,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One job's words, and which range of which report they are for."""

    base: str  # SHA
    head: str  # SHA
    category: str | None
    language: str
    brought: Brought
    version: str = __version__

    @property
    def model(self) -> str | None:
        """Whose words they are; None: no model was asked."""
        return self.brought.use.model


@dataclass(frozen=True, kw_only=True, slots=True)
class Parts:
    """All parts of one plan that there are."""

    parts: tuple[Part, ...]  # one or more

    @property
    def first(self) -> Part:
        """One of them, for what they have in common."""
        return self.parts[0]

    @property
    def missing(self) -> tuple[Share, ...]:
        """The shares that there is no part of."""
        of = self.first.brought.share.of
        there = {part.brought.share for part in self.parts}
        every = (Share(number=number, of=of) for number in range(1, of + 1))
        return tuple(share for share in every if share not in there)

    def brought(self, category: str | None) -> tuple[Brought, ...]:
        """What the jobs brought for the report of a category, in their order."""
        mine = (part.brought for part in self.parts if part.category == category)
        return tuple(sorted(mine, key=lambda it: it.share))


def write_part(part: Part) -> str:
    """The part as JSON, indented, ending in a line feed."""
    brought, use = part.brought, part.brought.use
    value = {
        "schema": _SCHEMA,
        "version": part.version,
        "base": part.base,
        "head": part.head,
        "category": part.category,
        "language": part.language,
        "share": str(brought.share),
        "model": use.model,
        **{name: getattr(use, name) for name in _COUNTS},
        "drafts": {path: json.loads(text) for path, text in sorted(brought.texts.items())},
        "reasons": dict(sorted(brought.reasons.items())),
    }
    return json.dumps(value, ensure_ascii=True, indent=2) + "\n"


def read_part(data: bytes, *, origin: str) -> Part:
    """What `write_part` wrote. Raises ActionError for anything else."""
    value = _checked(data, origin)
    if value["version"] != __version__:
        message = (
            f"{origin} was made by diffinsight {value['version']!r:.40}, this is {__version__}"
        )
        raise ActionError(message, "make all parts with one version")
    use = EngineUse(model=value["model"], **{name: value[name] for name in _COUNTS})
    texts = {path: json.dumps(draft) for path, draft in value["drafts"].items()}
    return Part(
        base=value["base"],
        head=value["head"],
        category=value["category"],
        language=value["language"],
        brought=Brought(
            share=Share.read(value["share"]),
            origin=origin,
            use=use,
            texts=texts,
            reasons=value["reasons"],
        ),
    )


def _checked(data: bytes, origin: str) -> dict[str, Any]:
    """The JSON object in ``data``, of the shape of a part."""
    from jsonschema import Draft202012Validator

    try:
        value = json.loads(data)
        json.dumps(value, ensure_ascii=False).encode()  # no halves of characters
        error = next(Draft202012Validator(_SHAPE).iter_errors(value), None)
        if error is None and Share.read(value["share"]).of <= MOST_PARTS:
            return value  # type: ignore[no-any-return]  # an object, says the schema
        where = f": {error.json_path:.60}" if error else ": $.share"
    except (ValueError, RecursionError):
        where = ""
    raise ActionError(f"{origin} is no part of a report{where}", _HINT)


def gather(found: Iterable[tuple[str, bytes]]) -> Parts:
    """All parts of one plan, by name and content. Raises ActionError when they do not fit."""
    parts = tuple(read_part(data, origin=origin) for origin, data in found)
    places: dict[tuple[str | None, Share], str] = {}
    for part in parts:
        origin, share = part.brought.origin, part.brought.share
        for name, one, other in zip(_NAMES, _kinship(parts[0]), _kinship(part), strict=True):
            if one != other:
                message = f"{parts[0].brought.origin} and {origin} differ in their {name}"
                raise ActionError(message, _TOGETHER)
        twin = places.setdefault((part.category, share), origin)
        if twin != origin:
            raise ActionError(f"{twin} and {origin} are both part {share}", _TOGETHER)
    return Parts(parts=parts)


_NAMES = ("base", "head", "language", "model", "number of parts")


def _kinship(part: Part) -> tuple[object, ...]:
    """What the parts of a plan have in common."""
    return part.base, part.head, part.language, part.model, part.brought.share.of
