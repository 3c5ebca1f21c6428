"""Names that tell what a piece of code is about: variables of its environment, imports, calls."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diffinsight.matching.code_comments import COMMENT

_ENVIRONMENT = re.compile(
    r"process\.env(?:\.|\[[\"'])(\w+)"
    r"|(?:os\.environ(?:\.get\(|\[)|getenv\(|GetEnvironmentVariable\()\s*[\"'](\w+)"
    r"|\$[Ee]nv:(\w+)"
    r"|^[ \t]*(?:export\s+|setx\s+)(\w+)"
    r"|^[ \t]*([A-Z][A-Z0-9]*_[A-Z0-9_]+)\s*=",
    re.MULTILINE,
)
_FROM = re.compile(
    r"^[ \t]*from[ \t]+[\w.]+[ \t]+import[ \t]+(?:\(([^()]{1,500})\)|([\w, \t]{1,500}))",
    re.MULTILINE,
)
_BRACED = re.compile(r"(?:import|const|let|var)\s+(?:type\s+)?\{([^{}]+)\}")
_MODULE = re.compile(
    r"^[ \t]*(?:import|using|use)[ \t]+(?:static[ \t]+)?([A-Za-z_][\w.]*)[ \t]{0,9};?[ \t]*$"
    r"|(?:from|require\(|^[ \t]*import)[ \t]*[\"']([^\"'\n]+)[\"']",
    re.MULTILINE,
)
_CALL = re.compile(r"(?<![\w.@#-])((?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*)\(")
_GIVEN = re.compile(
    r"""\b([A-Za-z_]\w+)["']?[ \t]{0,9}[:=][ \t]{0,9}("[^"\n]+"|'[^'\n]+'|\d[\d.]*\b)"""
)
_DEFINED = re.compile(r"\b(?:def|function|func|fn|void|class|async)\s+$")
_LEAST = 4  # letters of a name that can be told from others
_EVERYDAY = frozenset(
    "print console.log Console.WriteLine System.out.println main range list dict open input "  # noqa: SIM905 - a list of words
    "while switch return await catch function super format join append echo printf "
    "app.run".split()
)


def names_in(code: str) -> tuple[str, ...]:
    """Distinct names, those that say most about the code first; comments do not count."""
    lines = (line for line in code.split("\n") if not COMMENT.match(line))
    text = "\n".join(lines)
    found = (*_of_environment(text), *_imported(text), *_called(text))
    return tuple(dict.fromkeys(name for name in found if len(name) >= _LEAST))


def _of_environment(text: str) -> Iterator[str]:
    for found in _ENVIRONMENT.finditer(text):
        yield next(filter(None, found.groups()))


def imported_names(code: str) -> tuple[str, ...]:
    """What is imported, if all lines do nothing else."""
    lines = [line for line in code.split("\n") if line.strip()]
    each = [tuple(_imported(line)) for line in lines]
    called = any(name for line in lines for name in _called(line) if "require" not in line)
    return tuple(name for names in each for name in names) if all(each) and not called else ()


def _imported(text: str) -> Iterator[str]:
    for found in (*_FROM.finditer(text), *_BRACED.finditer(text)):
        for name in next(filter(None, found.groups())).split(","):
            yield re.split(r"\s+as\s+|:", name.strip())[0].removeprefix("type ")
    for found in _MODULE.finditer(text):
        yield found[1] or found[2]


def _called(text: str) -> Iterator[str]:
    """What is called by a name that was chosen for it, such as `get_token` or `Client`."""
    for found in _CALL.finditer(text):
        name = found[1]
        own = any(mark in name for mark in "_.") or name.lower() != name
        if (
            own
            and name not in _EVERYDAY
            and not _DEFINED.search(text, max(0, found.start() - 12), found.start())
        ):
            yield name


def values_in(code: str) -> dict[str, str]:
    """What is written for a name, where it is the same everywhere; comments do not count."""
    found: dict[str, set[str]] = {}
    for line in code.split("\n"):
        if not COMMENT.match(line):
            for name, value in _GIVEN.findall(line):
                found.setdefault(name, set()).add(value.strip("\"'"))
    return {name: value for name, values in found.items() for value in values if len(values) == 1}


def is_named(name: str, code: str) -> bool:
    """Whether ``name`` stands anywhere in ``code``, as a whole."""
    return re.search(rf"(?<![\w]){re.escape(name)}(?![\w])", code) is not None
