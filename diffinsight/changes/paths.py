"""The names of a file in a diff's headers: quoted, prefixed, dated, or not there at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

NULL_NAME = b"/dev/null"

_SPECIAL = {b"a": 7, b"b": 8, b"t": 9, b"n": 10, b"v": 11, b"f": 12, b"r": 13, b'"': 34, b"\\": 92}
_ESCAPE = re.compile(rb'\\([abtnvfr"\\]|[0-7]{1,3})')
_QUOTED = re.compile(rb'"((?:[^"\\]|\\.)*)"')
# a/ b/ by default; c/ i/ o/ w/ with diff.mnemonicPrefix; 1/ 2/ in `git diff --no-index`
_PREFIX = re.compile(rb"[abciow12]/")
# Tools that put spaces, not a tab, before the date or revision.
_SPACED_STAMP = re.compile(rb"(?<! )[ ]+(\d{4}-\d\d-\d\d[ T]\d\d:\d\d.*|\(.*\))$")
_ISO_STAMP = re.compile(rb"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.\d+)?(?: ([+-]\d{4}))?")
_ABSENT_STAMPS = (b"(nonexistent)", b"(revision 0)")  # Subversion's


def decode_path(raw: bytes) -> str:
    """A path as text; bytes that are not UTF-8 are spelt out so that two names never become one."""
    return raw.decode("utf-8", "backslashreplace")


def unquote(name: bytes) -> bytes:
    """A name without git's (and GNU diff's) C-style quoting."""
    match = _QUOTED.fullmatch(name)
    return _ESCAPE.sub(_unescape, match[1]) if match else name


def _unescape(match: re.Match[bytes]) -> bytes:
    code = match[1]
    return bytes([_SPECIAL[code] if code in _SPECIAL else int(code, 8) & 0xFF])


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """What a ``---`` or ``+++`` line says: a name and, in most tools, when the file was written."""

    raw: bytes
    stamp: bytes = b""

    @classmethod
    def of(cls, text: bytes) -> Name:
        """Read what follows the mark."""
        text = text.rstrip(b"\r")
        if match := _QUOTED.match(text):
            return cls(raw=unquote(match[0]), stamp=text[match.end() :].strip())
        name, tab, stamp = text.partition(b"\t")
        if not tab and (match := _SPACED_STAMP.search(name)):
            name, stamp = name[: match.start()], match[1]
        return cls(raw=name, stamp=stamp.strip())

    @property
    def absent(self) -> bool:
        """Whether this side of the change has no file.

        GNU ``diff -N`` dates a missing file at the epoch, Subversion says so in words.
        """
        return self.raw == NULL_NAME or self.stamp in _ABSENT_STAMPS or _is_epoch(self.stamp)


def _is_epoch(stamp: bytes) -> bool:
    match = _ISO_STAMP.match(stamp)
    if match is None:
        return False
    text, zone = match[1].decode(), match[2]
    try:
        if zone is None:
            return text == "1970-01-01 00:00:00"
        return datetime.fromisoformat(f"{text}{zone.decode()}").timestamp() == 0
    except ValueError:  # no such day
        return False


def common_path(old: bytes, new: bytes) -> bytes:
    """The path that both sides of a change mean, whatever was put before it."""
    if old == new:
        return new
    if _PREFIX.match(old) and _PREFIX.match(new) and old[0] != new[0]:
        return new[2:]
    shared = _shared_tail(old, new)
    return shared or new


def strip_prefix(name: bytes) -> bytes:
    """``name`` without the one-letter folder that git and Mercurial put before it."""
    return name[2:] if _PREFIX.match(name) else name


def _shared_tail(old: bytes, new: bytes) -> bytes:
    """The folders and the name that both end in: ``v1/docs/a.md``, ``v2/docs/a.md``: docs/a.md."""
    shared: list[bytes] = []
    pairs = zip(reversed(old.split(b"/")), reversed(new.split(b"/")), strict=False)
    for left, right in pairs:
        if left != right:
            break
        shared.append(left)
    return b"/".join(reversed(shared))


def header_names(header: bytes) -> tuple[bytes, bytes]:
    """Both names of a ``diff --git`` line, which has no mark between them but a space."""
    header = header.rstrip(b"\r")
    if match := _QUOTED.match(header):
        return unquote(match[0]), unquote(header[match.end() + 1 :])
    if header.endswith(b'"') and (match := re.search(rb' ("(?:[^"\\]|\\.)*")$', header)):
        return header[: match.start()], unquote(match[1])
    return split_names(header, b" ")


def split_names(text: bytes, separator: bytes) -> tuple[bytes, bytes]:
    """Two names that may hold the separator: cut where both sides mean the same path."""
    cuts = list(_cuts(text, separator))
    for same in (_identical, _same_but_folder):
        for left, right in cuts:
            if same(left, right):
                return left, right
    for left, right in cuts:
        if _PREFIX.match(left) and _PREFIX.match(right):
            return left, right
    return cuts[0] if cuts else (text, text)


def _cuts(text: bytes, separator: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = text.find(separator)
    while at >= 0:
        yield text[:at], text[at + len(separator) :]
        at = text.find(separator, at + 1)


def _identical(left: bytes, right: bytes) -> bool:
    return left == right


def _same_but_folder(left: bytes, right: bytes) -> bool:
    old, new = left.partition(b"/"), right.partition(b"/")
    return bool(old[1]) and old[1:] == new[1:]
