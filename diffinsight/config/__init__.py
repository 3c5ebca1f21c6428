"""The config file: `.github/diffinsight.yml` → Config, or every mistake in it at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from diffinsight.config.document import Mistake, read_document
from diffinsight.errors import ActionError, Problem
from diffinsight.models import Category, Config, PageRule, TypeRule

__all__ = ["DEFAULT_PATH", "Config", "read_config"]

DEFAULT_PATH = ".github/diffinsight.yml"
LONGEST_LINE = 400  # characters of a problem; the file may hold whole novels


def read_config(source: str | bytes, *, origin: str) -> Config:
    """What the YAML in ``source`` says; ActionError with every mistake as `origin:line: …`."""
    document = read_document(source)
    mistakes = list(document.mistakes)
    if document.value is not None:
        from diffinsight.config.mistakes import find_mistakes

        told = {mistake.line for mistake in mistakes}  # one mistake leads to others on its line
        found = find_mistakes(document)
        mistakes += [mistake for mistake in found if mistake.line not in told]
    if mistakes:
        mistakes.sort(key=lambda mistake: mistake.line or 0)
        raise ActionError.of(_problem(mistake, origin) for mistake in mistakes)
    return _config(cast("Mapping[str, Any]", document.value))


def _problem(mistake: Mistake, origin: str) -> Problem:
    place = (origin, *(str(number) for number in (mistake.line, mistake.column) if number))
    text = f"{':'.join(place)}: {mistake.message}"
    shown = "".join(letter if letter.isprintable() else " " for letter in text[:LONGEST_LINE])
    return Problem(message=shown, hint=mistake.hint)


def _config(value: Mapping[str, Any]) -> Config:
    return Config(
        language=value.get("language", Config().language),
        heading_language=value.get("heading-language"),
        title=value.get("title"),
        timezone=value.get("timezone", Config().timezone),
        types=tuple(_types(value.get("types", {}))),
        categories=tuple(_categories(value.get("categories", {}))),
        unmatched=_unmatched(value.get("unmatched")),
        include=_several(value.get("include", ())),
        exclude=_several(value.get("exclude", ())),
        templates=_folder(value.get("templates")),
        pages=tuple(
            PageRule(pattern=pattern, url=url) for pattern, url in value.get("pages", {}).items()
        ),
    )


def _several(value: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _folder(value: str | None) -> str | None:
    return value.strip("/") if value else None


def _unmatched(value: str | None) -> str | None:
    if value == "drop":
        return None
    return value or Config().unmatched


def _categories(value: Mapping[str, Any] | list[Mapping[str, Any]]) -> Iterator[Category]:
    if isinstance(value, list):
        for item in value:
            yield Category(name=item["name"], paths=_several(item["paths"]))
    else:
        for name, paths in value.items():
            yield Category(name=name, paths=_several(paths))


def _types(value: Mapping[str, str] | list[Mapping[str, Any]]) -> Iterator[TypeRule]:
    if isinstance(value, list):
        for item in value:
            yield TypeRule(
                name=item["name"],
                classes=_several(item.get("is", ())),
                paths=_several(item.get("paths", ())),
                findings=_several(item.get("findings", ())),
                statuses=_several(item.get("status", ())),  # type: ignore[arg-type]  # the schema lists them
            )
    else:
        for built_in, name in value.items():
            yield TypeRule(name=name, classes=(built_in,))
