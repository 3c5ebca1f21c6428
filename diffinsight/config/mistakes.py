"""Config values held to `config.schema.json`: every mistake, with its line and what to write."""

from __future__ import annotations

import json
import re
import zoneinfo
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import filter as filter_names
from functools import cache
from importlib.resources import files
from typing import Any, cast

import jsonschema

from diffinsight import languages
from diffinsight.config.document import Document, Mistake, Place
from diffinsight.errors import did_you_mean
from diffinsight.globs import GlobError, check_glob, takes_nothing
from diffinsight.pages import PageRuleError, check_rule

_FORBIDDEN_IN_NAMES = re.compile(r"[/\\\x00-\x1f\x7f]|^\.+$|^\s|\s$")
_TYPE_NAMES = {
    "string": "text",
    "array": "a list",
    "object": "keys and values",
    "boolean": "true or false",
    "integer": "a number",
    "null": "empty",
}


class FormatError(ValueError):
    """A value of the right type that can't be meant: ``args`` are message and hint."""


@cache
def schema() -> Mapping[str, Any]:
    """The schema that editors use too."""
    text = files("diffinsight").joinpath("config.schema.json").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = json.loads(text)
    return loaded


def find_mistakes(document: Document) -> tuple[Mistake, ...]:
    """What is wrong with the values, in the order of the lines."""
    if not isinstance(document.value, dict):
        message = f"the file holds {_kind(document.value)} instead of keys and values"
        return (Mistake(line=1, message=message, hint="write keys such as `language: en`"),)
    validator = jsonschema.Draft202012Validator(schema(), format_checker=_formats())
    found = {
        mistake
        for error in validator.iter_errors(document.value)
        for mistake in _mistakes(_violation(error), document)
    }
    found.update(_repeated_names(document))
    return tuple(sorted(found, key=lambda mistake: (mistake.line or 0, mistake.message)))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Violation:
    """What jsonschema found, as far as it is used here."""

    keyword: str  # of the schema
    wanted: Any  # the keyword's value
    value: Any
    place: Place
    known: tuple[str, ...]  # keys that the schema lists here
    message: str
    reason: tuple[str, str]  # of a format


def _violation(error: jsonschema.ValidationError) -> _Violation:
    here: Any = error.schema
    return _Violation(
        keyword=str(error.validator),
        wanted=error.validator_value,
        value=error.instance,
        place=tuple(error.absolute_path),
        known=tuple(here.get("properties", ())),
        message=error.message.splitlines()[0][:200],
        reason=cast("tuple[str, str]", error.cause.args if error.cause else (error.message, "")),
    )


def _mistakes(error: _Violation, document: Document) -> Iterator[Mistake]:
    place = error.place
    if error.keyword == "additionalProperties":
        yield from _unknown_keys(error, document)
        return
    message, hint = _SENTENCES.get(error.keyword, _wrong_value)(error)
    where = _spell(place)
    in_name = isinstance(error.value, str) and (*place, error.value) in document.lines
    line = document.lines.get((*place, error.value) if in_name else place)
    name = f"`{where}`" if where else "the file"
    yield Mistake(line=line, message=f"{name} {message}", hint=hint)


def _unknown_keys(error: _Violation, document: Document) -> Iterator[Mistake]:
    inside = f" in `{_spell(error.place)}`" if error.place else ""
    for key in error.value:
        if key not in error.known:
            yield Mistake(
                line=document.lines.get((*error.place, key)),
                message=f"unknown key `{key}`{inside}",
                hint=did_you_mean(key, error.known),
            )


def _repeated_names(document: Document) -> Iterator[Mistake]:
    categories = document.value.get("categories") if isinstance(document.value, dict) else None
    seen: dict[str, int | None] = {}
    for at, category in enumerate(categories if isinstance(categories, list) else ()):
        name = category.get("name") if isinstance(category, dict) else None
        if not isinstance(name, str):
            continue
        line = document.lines.get(("categories", at, "name"))
        if name in seen:
            message = f"a second category `{name}`, the first is on line {seen[name]}"
            yield Mistake(line=line, message=message, hint="put the paths of both into one")
        seen.setdefault(name, line)


def _spell(place: Place) -> str:
    """`categories.docs[2]`, counted from one as people do."""
    parts = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in place)
    return "".join(parts).removeprefix(".")


def _kind(value: object) -> str:
    kinds: Sequence[tuple[type | tuple[type, ...], str]] = (
        (dict, "keys and values"),
        (list, "a list"),
        (str, "text"),
        (bool, "true or false"),
        ((int, float), "a number"),
        (date, "a date"),
    )
    return next((name for kind, name in kinds if isinstance(value, kind)), "nothing")


def _wrong_type(error: _Violation) -> tuple[str, str]:
    wanted = error.wanted
    names = [wanted] if isinstance(wanted, str) else list(wanted)
    expected = " or ".join(_TYPE_NAMES[name] for name in names)
    value = error.value
    if value is None:
        return "is empty", "give it a value or remove the key"
    hint = f"write {expected}"
    if "string" in names and not isinstance(value, list | dict):
        hint = "put it in quotes" if not isinstance(value, bool) else "put it in quotes: YAML"
        hint += " reads it so otherwise" if isinstance(value, bool) else ""
    return f"is {_kind(value)}, not {expected}", hint


def _not_listed(error: _Violation) -> tuple[str, str]:
    return f"can't be `{error.value}`", did_you_mean(
        str(error.value), error.wanted, otherwise=f"write one such as `{error.wanted[0]}`"
    )


def _missing(error: _Violation) -> tuple[str, str]:
    missing = [key for key in error.wanted if key not in error.value]
    return f"lacks {', '.join(f'`{key}`' for key in missing)}", "add it"


def _wrong_format(error: _Violation) -> tuple[str, str]:
    return error.reason


def _wrong_value(error: _Violation) -> tuple[str, str]:
    return f"is wrong: {error.message}", "see docs/configuration.md"


_SENTENCES: Mapping[str, Callable[[_Violation], tuple[str, str]]] = {
    "type": _wrong_type,
    "enum": _not_listed,
    "required": _missing,
    "format": _wrong_format,
    "minItems": lambda _: ("is an empty list", "add an item or remove the key"),
    "minProperties": lambda _: ("is empty", "add a line or remove the key"),
    "minLength": lambda _: ("is empty", "give it a value or remove the key"),
    "maxLength": lambda error: (f"is longer than {error.wanted} characters", "shorten it"),
    "pattern": lambda _: ("has a line break or control character", "write one line of text"),
    "not": lambda _: ("uses the name `drop`, which means no category", "choose another name"),
}


def _formats() -> jsonschema.FormatChecker:
    checker = jsonschema.FormatChecker(formats=())
    checks: Mapping[str, Callable[[Any], object]] = {
        "glob": _check_glob,
        "takes-something": _check_takes_something,
        "timezone": _check_timezone,
        "folder-name": _check_folder_name,
        "family": _check_family,
        "page-rules": _check_page_rules,
        "folder": _check_folder,
        "language": _check_language,
    }
    for name, check in checks.items():
        checker.checks(name, raises=FormatError)(_true_after(check))
    return checker


def _true_after(check: Callable[[Any], object]) -> Callable[[object], bool]:
    def checked(value: object) -> bool:
        check(value)
        return True

    return checked


def _check_glob(value: object) -> None:
    if not isinstance(value, str):
        return
    try:
        check_glob(value)
    except GlobError as error:
        message, hint = error.args
        raise FormatError(f"'{value}' {message}", hint) from None


def _check_takes_something(value: object) -> None:
    patterns = [value] if isinstance(value, str) else value
    if not isinstance(patterns, list) or not all(isinstance(item, str) for item in patterns):
        return
    if patterns and takes_nothing(patterns):
        raise FormatError("takes no file: '!' only takes back", "put a pattern without '!' first")


def _check_timezone(value: object) -> None:
    if not isinstance(value, str) or value == "UTC":
        return
    known = zoneinfo.available_timezones() - {"localtime"}  # differs from machine to machine
    if value not in known:
        hint = did_you_mean(value, known, otherwise="use an IANA name such as Europe/Berlin")
        raise FormatError(f"has the unknown time zone '{value}'", hint)


def _check_folder_name(value: object) -> None:
    if isinstance(value, str) and _FORBIDDEN_IN_NAMES.search(value):
        hint = "it is part of file names: leave out slashes"
        if not re.search(r"[/\\]", value):
            hint = "it is part of file names: no control characters, outer spaces, or only dots"
        raise FormatError(f"has the name '{value}'", hint)


def _check_family(value: object) -> None:
    """The schema lists the kinds; a pattern has to fit one of them."""
    kinds = schema()["$defs"]["finding"]["else"]["enum"]
    if isinstance(value, str) and value.endswith("*") and not filter_names(kinds, value):
        raise FormatError(f"is `{value}`, which fits no kind", "write one such as `heading-*`")


def _check_folder(value: object) -> None:
    if isinstance(value, str) and {"", ".", "..", ".git"} & set(value.rstrip("/").split("/")):
        hint = "write it from the repository's root, with `/`, without `..`"
        raise FormatError(f"is '{value}', which is no folder in the repository", hint)


def _check_page_rules(value: object) -> None:
    for pattern, url in value.items() if isinstance(value, dict) else ():
        try:
            check_rule(str(pattern), str(url))
        except PageRuleError as error:
            message, hint = error.args
            raise FormatError(message, hint) from None


def _check_language(value: object) -> None:
    if isinstance(value, str) and languages.find(value) is None:
        hint = did_you_mean(value, languages.available())
        raise FormatError(f"has the unknown language '{value}'", hint)
