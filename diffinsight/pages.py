"""Where a file is published, by the rules of the config."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from urllib.parse import quote

_GROUP = re.compile(r"\\(\d)")


class PageRuleError(ValueError):
    """A rule that can't work: message and hint."""


def published_at(path: str, rules: Iterable[tuple[str, str]]) -> str | None:
    """The address of the page made from ``path``: of the first pattern and address that fit."""
    for pattern, url in rules:
        found = _compiled(pattern).fullmatch(path)
        if found:
            taken = found.groups("")
            return _GROUP.sub(lambda group: quote(taken[int(group[1]) - 1], safe="/"), url)  # noqa: B023 - called at once
    return None


def check_rule(pattern: str, url: str) -> None:
    """Raise PageRuleError when the pattern is none, or the address uses groups it does not have."""
    try:
        groups = _compiled(pattern).groups
    except re.error as error:
        raise PageRuleError(
            f"has '{pattern}', which is no regular expression: {error.msg}",
            "put a backslash before ( [ . *",
        ) from None
    if not re.fullmatch(r"https?://[^\s<>\"]+", url):
        raise PageRuleError(
            f"has '{url}', which is no web address", r"write one such as https://…/\1"
        )
    asked = [int(number) for number in _GROUP.findall(url)]
    missing = [f"\\{number}" for number in asked if not 1 <= number <= groups]
    if missing:
        hint = "put what it stands for in parentheses in the pattern"
        raise PageRuleError(
            f"has '{url}', which uses {missing[0]} that the pattern does not have", hint
        )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
