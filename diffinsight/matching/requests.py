"""Requests in code: the method and the path of the address that one is sent to."""

from __future__ import annotations

import re
from typing import NamedTuple

# What readers put their own for.
GAP = re.compile(r"<[^<>\n]{1,60}>|\{\w{1,60}\}|%\w{1,60}%")
_REQUEST = re.compile(
    r"(?:(?P<method>GET|POST|PUT|PATCH|DELETE|HEAD)\s+)?"
    r"(?P<host>https?://[^/\s]+|<[^<>\s]{1,60}>|\{\w{1,60}\}|%\w{1,60}%|(?=/))"
    r"(?P<path>[^\s?]*/[^\s?]*)(?P<query>\?\S*)?(?:\s+HTTP/[\d.]+)?"
)
_VERSION = re.compile(r"[?&]?api-version=[^&]*")  # told as what it is
_ID = re.compile(r"(?i)[\da-z]{8}(?:-[\da-z]{4}){3}-[\da-z]{12}")


class Request(NamedTuple):
    """What a request is, but for where it is sent to and what it is about this time."""

    method: str
    path: str
    query: str


def request_of(code: str) -> Request | None:
    """The request that a piece of code is; a mere address is none."""
    found = _REQUEST.fullmatch(code.strip("\"'"))
    query = found["query"] or "" if found else ""
    if not found or not (found["method"] or _VERSION.search(query)):
        return None
    path, asked = (GAP.sub("#", _ID.sub("#", part)) for part in (found["path"], query))
    return Request(found["method"] or "", path.lstrip("/"), _VERSION.sub("", asked))


def exchanges_request(before: str, after: str) -> bool:
    """Whether a request has another method than before, or is sent to another path."""
    old, new = request_of(before), request_of(after)
    if old is None or new is None:
        return False
    methods = {old.method, new.method} - {""}
    return len(methods) > 1 or not _may_be_same(old.path.split("/"), new.path.split("/"))


def _may_be_same(old: list[str], new: list[str]) -> bool:
    """Whether two paths are one where readers put their own for a part of it."""
    same = (a == b or "#" in {a, b} for a, b in zip(old, new, strict=False))
    return len(old) == len(new) and all(same)
