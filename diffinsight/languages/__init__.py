"""The words people read: one YAML pack per language, English underneath key by key."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import yaml

from diffinsight.errors import ActionError
from diffinsight.languages.dates import dated
from diffinsight.languages.listing import spaced, style_of
from diffinsight.languages.quoting import nested, unstopped
from diffinsight.markdown_text import (
    code_span,
    escape_prose,
    is_code,
    one_line,
    prose_with_code,
    without_backticks,
)

_FALLBACK = "en"
# Where simplified characters are written; other regions only differ in what packs leave alone:
# https://www.unicode.org/cldr/charts/latest/supplemental/likely_subtags.html
_REGIONS = {"zh": "zh-hans", "zh-cn": "zh-hans", "zh-sg": "zh-hans"}
_SUFFIX = ".yml"


class Markdown(str):
    """Markdown that is already written: shown as it is, never escaped again."""

    __slots__ = ()


_LEAST_NAMED = 3  # of a list that two short items more make no longer
_SHORT_ITEMS = 60  # characters of the two
_MOST_PHRASES = 8192  # remembered; two packs have about half as many
Value = str | int | float | bool | None | Sequence[str]
Phrase = str | Mapping[str, str]
Loader: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def available() -> tuple[str, ...]:
    """The codes of the languages there is a pack for, sorted."""
    names = (entry.name for entry in resources.files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in names if name.endswith(_SUFFIX)))


def find(code: str) -> str | None:
    """The code of the pack for a language that people may write as `JA`, `ja-JP` or `zh-CN`."""
    known = {name.lower(): name for name in available()}
    wanted = _REGIONS.get(code.lower(), code.lower())
    return known.get(wanted) or known.get(wanted.partition("-")[0])


def load(code: str) -> Phrases:
    """The phrases of a language; unknown codes are the caller's mistake."""
    name = find(code)
    if name is None:
        raise ActionError(f"unknown language {code!r}", f"use one of {', '.join(available())}")
    return Phrases(code=name, _entries={**read_pack(_FALLBACK), **read_pack(name)})


def _is_countless(items: Sequence[str], limit: int) -> bool:
    """Whether naming the items past ``limit`` is as short as counting them."""
    brief = limit >= _LEAST_NAMED and sum(map(len, items[limit:])) <= _SHORT_ITEMS
    return len(items) <= limit + 1 + brief


@cache
def read_pack(code: str) -> Mapping[str, Any]:
    """One pack's own entries, by dotted key; without what English would add."""
    text = resources.files(__name__).joinpath(code + _SUFFIX).read_text(encoding="utf-8")
    return dict(_flatten(yaml.load(text, Loader=Loader)))  # noqa: S506 - both are safe loaders


def _flatten(tree: Mapping[str, Any], prefix: str = "") -> Iterable[tuple[str, Any]]:
    for name, entry in tree.items():
        if isinstance(entry, Mapping) and not {"one", "other"} & entry.keys():
            yield from _flatten(entry, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", entry


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrases:
    """One language's phrases, filled with values that are escaped by place.

    An entry is a text with ``{name}`` placeholders, a mapping ``one``/``other`` chosen by the
    value ``count`` (or the one that ``by`` names), or a list of these, of which the first is used
    whose values are all there.
    """

    code: str
    _entries: Mapping[str, Any]

    def has(self, key: str) -> bool:
        return key in self._entries

    def say(self, key: str, /, **values: Value) -> Markdown:
        """The phrase as Markdown; text values are escaped."""
        return Markdown(self._fill(key, values, _Formatter(self, _MARKDOWN)))

    def say_plain(self, key: str, /, **values: Value) -> str:
        """The phrase as plain text on one line, for titles, notes and the summary."""
        return one_line(self._fill(key, values, _Formatter(self, _PLAIN)))

    def say_each(self, key: str, /, **values: Value) -> Iterator[tuple[int, str]]:
        """Every variant of the phrase that can be said, numbered from 0, as plain text."""
        formatter = _Formatter(self, _PLAIN)
        for number, text in enumerate(self._texts(key, values)):
            if _fits(text, values):
                yield number, one_line(self._finished(formatter.fill(text, values)))

    def can_say(self, key: str, /, **values: Value) -> bool:
        """Whether the values that a phrase needs are all there."""
        return any(_fits(text, values) for text in self._texts(key, values))

    def join(self, sentences: Iterable[str]) -> Markdown:
        """Sentences as one paragraph."""
        return Markdown(self._text("format.between_sentences").join(filter(None, sentences)))

    def enumerate(self, items: Sequence[str], limit: int = 0) -> str:
        """Items as the language joins them; past ``limit``, unless 0, the rest is counted.

        Items that look the same are named once, with their number, so that the list adds up.
        """
        return self.listed(items, limit).replace(_SHUT, "")

    def listed(self, items: Sequence[str], limit: int, name: str = "", *, said: bool = True) -> str:
        """As `enumerate`, for a phrase that calls the list ``name``; ``said``: and counts it."""
        total, counts = len(items), Counter(items)
        items = tuple(item if times == 1 else f"{item} ×{times}" for item, times in counts.items())  # noqa: RUF001 - the sign is meant
        style = style_of(self._entries, items, name, said=said)
        named = items if not limit or _is_countless(items, limit) else items[:limit]
        left = total - sum(tuple(counts.values())[: len(named)])
        if not left:
            return style.joined(items)
        listed = style.separator.join(named)
        if self.code_apart and _BEFORE_WORD.match(style.more):
            listed = spaced(listed)
        return style.more.format(listed, self.number(left), self.number(total)) + _SHUT

    def number(self, value: float) -> str:
        """A number with the language's marks."""
        return f"{value:,}".translate(
            {
                ord(","): self._text("format.number.thousands"),
                ord("."): self._text("format.number.decimal"),
            }
        )

    def date(self, text: str) -> str:
        """A date of an English page as the language writes dates; other texts as they are."""
        return dated(text, self._text("format.date"))

    def quote(self, text: str) -> str:
        """Text between the language's quotation marks."""
        return self._text("format.quote").format(text)

    def nested(self, text: str) -> str:
        """Text that will be quoted, its own quotation marks turned to the inner ones."""
        inner = self._entries.get("format.inner_quote")
        return nested(text, self._text("format.quote"), str(inner)) if inner else text

    def _text(self, key: str) -> str:
        return str(self._entries[key])

    def _fill(self, key: str, values: Mapping[str, Value], formatter: _Formatter) -> str:
        texts = self._texts(key, values)
        chosen = next((text for text in texts if _fits(text, values)), texts[-1])
        return self._finished(formatter.fill(chosen, values))

    def _finished(self, text: str) -> str:
        """What stands side by side set apart or closed up, as the language has it."""
        text = _AFTER_LIST.sub("", self._ended(text)) if self.code_apart else self._ended(text)
        text = text.replace(_SHUT, "")
        if not self.code_apart:
            return text
        text = _LOOSE.sub("", text).replace(_TIGHT, "")
        return _BESIDE.sub(" ", text).replace(_APART, "")

    def _ended(self, sentence: str) -> str:
        """The sentence with one full stop, where it ends in a quoted sentence."""
        if not self._entries.get("format.quoted_stop", True):
            sentence = unstopped(sentence, self._text("format.quote"))
        mark = self._text("format.quote").partition("{}")[2]
        stops = _STOPS.get(sentence[-1:], "")
        twice = sentence[:-1].endswith(mark) and sentence[: -1 - len(mark)].endswith(tuple(stops))
        return sentence[:-1] if stops and twice else sentence

    @property
    def code_apart(self) -> bool:
        """Whether a space stands between code and the letters beside it."""
        return bool(self._entries.get("format.code_apart"))

    def _texts(self, key: str, values: Mapping[str, Value]) -> list[str]:
        entry = self._entries[key]
        variants = entry if isinstance(entry, list) else [entry]
        return [self._plural(variant, values) for variant in variants]

    def _plural(self, phrase: Phrase, values: Mapping[str, Value]) -> str:
        if isinstance(phrase, str):
            return phrase
        singular = values.get(phrase.get("by", "count")) in self._singular and "one" in phrase
        return phrase["one" if singular else "other"]

    @property
    def _singular(self) -> Sequence[int]:
        counts = self._entries["format.singular"]
        return counts if isinstance(counts, list) else []


@lru_cache(maxsize=_MOST_PHRASES)
def placeholders(text: str) -> tuple[str, ...]:
    """The names of the values a phrase shows or asks for, in order."""
    return tuple(name for _, name, _ in _parsed(text) if name is not None)


@lru_cache(maxsize=_MOST_PHRASES)
def _parsed(text: str) -> tuple[tuple[str, str | None, str], ...]:
    """The pieces of a phrase: words, and the name and format spec of the value behind them."""
    parsed = string.Formatter().parse(text)
    return tuple((words, name, spec or "") for words, name, spec, _ in parsed)


def _fits(text: str, values: Mapping[str, Value]) -> bool:
    return all(_is_there(values.get(name)) for name in placeholders(text))


def _is_there(value: Value) -> bool:
    if isinstance(value, Markdown | int) and value is not False:
        return True
    return bool(value)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Ways:
    """How a text value is written: in prose, as code, between quotation marks."""

    prose: Callable[[str], str]
    code: Callable[[str], str]
    quoted: Callable[[str], str]


_MARKDOWN = _Ways(prose=escape_prose, code=code_span, quoted=prose_with_code)
_PLAIN = _Ways(prose=one_line, code=one_line, quoted=without_backticks)
_STOPS = {".": ".!?", "。": "。！？"}  # noqa: RUF001 - East Asian marks are meant
_APART = "\0"  # between code and what is around it, until that is known
_TIGHT = "\1"  # between code in quotation marks and what is around it
_LOOSE = re.compile(rf"{_TIGHT} ?(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]) ?{_TIGHT}")
_EAST_ASIAN_ENDS = re.compile(r"^(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])$")
_SHUT = "\2"  # after a list that the language's own words end
_BEFORE_WORD = re.compile(r"\{0\}[\u4e00-\u9fff]")
_AFTER_LIST = re.compile(rf"{_SHUT} ?(?=[\u4e00-\u9fff])")
_BESIDE = re.compile(rf"(?<=[\u4e00-\u9fff]){_APART}|{_APART}(?=[\u4e00-\u9fff])")


class _Formatter:
    """Fills placeholders, each text value written by its format spec."""

    def __init__(self, phrases: Phrases, ways: _Ways) -> None:
        self._phrases = phrases
        singles: dict[str, Callable[[str], str]] = {
            "": ways.prose,
            "plain": one_line,
            "code": lambda text: _code(text, phrases, ways),
            "quote": lambda text: _quote(text, phrases, ways),
        }
        self._writers = singles | {
            "list": singles[""],
            "codes": singles["code"],
            "quotes": singles["quote"],
        }

    def fill(self, text: str, values: Mapping[str, Value]) -> str:
        """A phrase with the values that it names."""
        counts = "count" in placeholders(text)
        parts = []
        for words, name, spec in _parsed(text):
            parts.append(words)
            if name is not None:
                parts.append(self._format(values[name], spec, name, counts=counts))
        return "".join(parts)

    def _format(self, value: object, format_spec: str, field: str, *, counts: bool) -> str:
        name = format_spec.rstrip("0123456789")
        limit = int(format_spec.removeprefix(name) or 0)
        if name == "if" or value is None:
            return ""
        if isinstance(value, Markdown):
            return _EAST_ASIAN_ENDS.sub(_TIGHT, value) if self._phrases.code_apart else value
        if isinstance(value, int | float):
            return self._phrases.number(value) if name == "number" else str(value)
        if isinstance(value, str):
            return self._writers[name](value)
        if not isinstance(value, Sequence):
            raise TypeError(f"{value!r} cannot be put into a phrase")
        items = [self._write(item, name) for item in value]
        return self._phrases.listed(items, limit, field, said=counts)

    def _write(self, item: object, name: str) -> str:
        return item if isinstance(item, Markdown) else self._writers[name](str(item))


def _code(text: str, phrases: Phrases, ways: _Ways) -> str:
    """In plain text, code of several words is quoted: nothing else shows where it ends."""
    written = ways.code(text)
    if ways is not _PLAIN or " " not in written:
        return written
    quoted = phrases.quote(written)
    return f"{_TIGHT}{quoted}{_TIGHT}" if phrases.code_apart else quoted


def _quote(text: str, phrases: Phrases, ways: _Ways) -> str:
    """Code looks quoted already where it is shown as code."""
    quoted = ways.quoted(phrases.nested(text))
    if ways is not _MARKDOWN or not is_code(text):
        return phrases.quote(quoted)
    return f"{_APART}{quoted}{_APART}" if phrases.code_apart else quoted
