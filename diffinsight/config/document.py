"""YAML text → plain values, each with its line; refuses what a config file has no use for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

LONGEST = 200_000  # bytes; a config with a thousand globs has 40,000
DEEPEST = 20  # levels; the schema has five

Place = tuple[str | int, ...]  # keys and positions from the root
_QUOTE = "put text that starts with {0} in quotes: '{0}…'"


@dataclass(frozen=True, kw_only=True, slots=True)
class Mistake:
    """Something wrong on a line of the file."""

    line: int | None  # 1-based
    message: str
    hint: str
    column: int | None = None  # 1-based


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """The content of a YAML file and where it stands."""

    value: object  # dict, list, str, int, float, bool, None, date
    lines: Mapping[Place, int]  # of each key and list item
    mistakes: tuple[Mistake, ...] = ()


class _Refused(Exception):  # noqa: N818 - carries a Mistake out of a loop, is no error of its own
    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake.message)
        self.mistake = mistake


def read_document(source: str | bytes) -> Document:
    """The one YAML document in ``source``; what is wrong with it is in ``mistakes``."""
    try:
        text = _decode(source)
        _refuse_dangerous(text)
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
    except _Refused as refused:
        return Document(value=None, lines={}, mistakes=(refused.mistake,))
    except yaml.MarkedYAMLError as error:
        return Document(value=None, lines={}, mistakes=(_syntax_mistake(error, text),))
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        character = f"U+{ord(text[error.position]):04X}"
        mistake = Mistake(
            line=line, message=f"control character {character}", hint="remove it from the file"
        )
        return Document(value=None, lines={}, mistakes=(mistake,))
    return _Reading(loader).document(node)


def _decode(source: str | bytes) -> str:
    if len(source) > LONGEST:
        message = f"the file has {len(source):,} bytes; at most {LONGEST:,} are read"
        raise _Refused(Mistake(line=None, message=message, hint="shorten it"))
    if isinstance(source, str):
        return source.removeprefix("\ufeff")
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        mistake = Mistake(
            line=source.count(b"\n", 0, error.start) + 1,
            message=f"not UTF-8 (byte 0x{source[error.start]:02x})",
            hint="save the file as UTF-8",
        )
        raise _Refused(mistake) from None


def _refuse_dangerous(text: str) -> None:
    """Stop at aliases (a few lines of them unfold to gigabytes) and at deep nesting."""
    depth = 0
    documents = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        documents += isinstance(event, yaml.DocumentStartEvent)
        line = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, yaml.AliasEvent):
            hint = f"write the value out; or {_QUOTE.format('*')}"
            raise _Refused(Mistake(line=line, message=f"alias *{event.anchor}", hint=hint))
        if depth > DEEPEST:
            message = f"more than {DEEPEST} levels of lists and keys"
            raise _Refused(Mistake(line=line, message=message, hint="the config needs five"))
        if documents > 1:
            message = "a second YAML document starts here"
            raise _Refused(Mistake(line=line, message=message, hint="remove the '---' line"))


def _syntax_mistake(error: yaml.MarkedYAMLError, text: str) -> Mistake:
    mark, message = error.problem_mark, f"not YAML: {error.problem}"
    if "stream" in message and error.context_mark:
        # Where it was opened helps, where the file ends does not.
        mark, message = error.context_mark, f"not YAML: {error.context}: {error.problem}"
    if mark is None:
        return Mistake(line=None, message=message, hint="check the file's syntax")
    lines = text.splitlines()
    line = lines[mark.line] if mark.line < len(lines) else ""
    return Mistake(
        line=mark.line + 1, column=mark.column + 1, message=message, hint=_syntax_hint(line)
    )


def _syntax_hint(line: str) -> str:
    if "\t" in line:
        return "use spaces, not tabs"
    if line.count("'") % 2 or line.count('"') % 2:
        return "a quote on this line is not closed"
    _, _, value = line.replace("- ", ": ").rpartition(": ")
    start = value.strip()[:1]
    if start and start in "*&!{[%@`|>":
        return _QUOTE.format(start)
    return "check the indentation, colons and quotes of this line and the one above"


class _Reading:
    """Walks the node tree once; collects values, lines and mistakes."""

    def __init__(self, loader: yaml.SafeLoader) -> None:
        self._loader = loader
        self._lines: dict[Place, int] = {}
        self._mistakes: list[Mistake] = []

    def document(self, node: yaml.Node | None) -> Document:
        value = None if node is None else self._value(node, ())
        empty = value is None and not self._mistakes
        return Document(
            value={} if empty else value, lines=self._lines, mistakes=tuple(self._mistakes)
        )

    def _value(self, node: yaml.Node, place: Place) -> object:
        line = node.start_mark.line + 1
        self._lines.setdefault(place, line)
        if node.tag not in yaml.SafeLoader.yaml_constructors:
            self._add(line, f"the tag {node.tag} means nothing here", _QUOTE.format("!"))
            return None
        if isinstance(node, yaml.MappingNode):
            return dict(self._entries(node, place))
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, (*place, at)) for at, item in enumerate(node.value)]
        return self._scalar(node)

    def _entries(self, node: yaml.MappingNode, place: Place) -> Iterator[tuple[str, object]]:
        first_lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = key_node.value
            if not isinstance(key, str):
                self._add(line, "a key that is a list or a mapping", "keys are plain words")
                continue
            if key in first_lines:
                message = f"`{key}` is given twice, first on line {first_lines[key]}"
                self._add(line, message, "keep one of the two")
                continue
            first_lines[key] = line
            self._lines[(*place, key)] = line
            yield key, self._value(value_node, (*place, key))

    def _scalar(self, node: yaml.Node) -> object:
        try:
            return self._loader.construct_object(node)
        except (ValueError, LookupError, AttributeError):  # 31 February, `!!int x`, `!!bool x`
            line = node.start_mark.line + 1
            self._add(line, f"`{node.value}` can't be read", "put it in quotes")
            return None

    def _add(self, line: int, message: str, hint: str) -> None:
        self._mistakes.append(Mistake(line=line, message=message, hint=hint))
